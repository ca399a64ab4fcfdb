"""A library that Marmalade has listened to already: the player's database, and stores filled by hand, without audio.

An update finds nothing to do, so a window over it is quiet. Use::

    listened = listen_to(tmp_path, [SongRow(path=Path("/music/a.mp3"))], predicted={Path("/music/a.mp3"): 0.9})
    engine = listened.open()
    listened.database.rate(Path("/music/a.mp3"), 0.8)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.analysis.facts import EncoderFacts
from core.analysis.scan import embedding_version
from core.engine import Engine
from core.parts.learning import PREDICTOR
from core.parts.workplace import ACTIVE_EMBEDDINGS
from core.paths import Profile
from core.settings import analysis_settings, encoder_key
from core.song import Song
from core.store.companion import FileState, Prediction
from tests.library_databases import PlayerDatabase, SongRow
from tests.stored_facts import store_facts

PREDICTOR_VERSION = "filled by hand"
INTERVAL = 0.15


@dataclass(frozen=True)
class ListenedLibrary:
    """A profile and the database that it belongs to."""

    profile: Profile
    database: PlayerDatabase

    def open(self) -> Engine:
        return Engine.open(profile=self.profile, database=self.database.path)


def listen_to(
    folder: Path,
    rows: Sequence[SongRow],
    *,
    predicted: Mapping[Path, float] | None = None,
    skipped: Mapping[Path, str] | None = None,
    directories: Sequence[Path] = (),
    dimension: int = 8,
    interval: float = INTERVAL,
) -> ListenedLibrary:
    """Make the database and fill the stores; ``predicted`` ratings are 0 to 1, ``skipped`` songs have a reason.

    How sure the predictions are says ``interval``: the fewer ratings, the narrower it has to be for a number.
    """
    database = PlayerDatabase.create(folder / "clementine.db", songs=rows, directories=directories)
    listened = ListenedLibrary(Profile.below(folder / "profile"), database)
    with listened.open() as engine:
        songs = engine.library().songs
        _store_embeddings(engine, songs, reasons=skipped or {}, dimension=dimension)
        _store_predictions(engine, songs, predicted=predicted or {}, interval=interval)
    return listened


def _store_embeddings(engine: Engine, songs: Sequence[Song], *, reasons: Mapping[Path, str], dimension: int) -> None:
    settings = analysis_settings(engine.config)
    facts = {"version": "by hand", "dimension": dimension, "class_name": "SpectralEncoder"}
    engine.stores.companion.save_setting(f"encoder {encoder_key(settings.encoder)}", facts)
    version = embedding_version(EncoderFacts(**facts), settings.excerpt)
    engine.stores.companion.save_setting(ACTIVE_EMBEDDINGS, version)
    vectors = np.random.default_rng(1).normal(size=(len(songs), dimension)).astype(np.float32)
    heard = [
        (song.song_id, vector) for song, vector in zip(songs, vectors, strict=True) if song.filepath not in reasons
    ]
    engine.stores.embeddings.store_embeddings_batch(heard, version)
    engine.stores.companion.save_file_states(
        _state(song, reason=reasons.get(song.filepath), excerpt=settings.excerpt.name) for song in songs
    )
    store_facts(engine.stores, [song for song in songs if song.filepath not in reasons])


def _state(song: Song, *, reason: str | None, excerpt: str) -> FileState:
    there = song.filepath.stat() if song.filepath.is_file() else None
    size, modified = (there.st_size, there.st_mtime) if there else (-1, -1.0)
    return FileState(song.song_id, size, modified, excerpt, reason)


def _store_predictions(
    engine: Engine, songs: Sequence[Song], *, predicted: Mapping[Path, float], interval: float
) -> None:
    predictions = [
        Prediction(song.song_id, rating, max(0.0, rating - interval), min(1.0, rating + interval))
        for song in songs
        if (rating := predicted.get(song.filepath)) is not None
    ]
    engine.stores.companion.replace_predictions(PREDICTOR_VERSION, predictions)
    key = engine.learning.predictor_key(engine.learning.job("train-classifier"))
    engine.stores.companion.save_setting(PREDICTOR, {"version": PREDICTOR_VERSION, "key": key})
