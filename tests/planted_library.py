"""A whole library that was listened to, made in a blink: small files, a player's database, embeddings stored by hand.

Use::

    from tests.planted_library import PlantedLibrary

    library = PlantedLibrary.create(tmp_path)
    with library.open() as engine:
        list(engine.train_classifier())
    library.database.rate(library.paths[0], 0.9)
"""

from dataclasses import dataclass
from pathlib import Path

from core.analysis.facts import EncoderFacts
from core.analysis.scan import embedding_version
from core.engine import Engine
from core.parts.learning import PREDICTOR
from core.parts.workplace import ACTIVE_EMBEDDINGS
from core.paths import Profile
from core.settings import analysis_settings, encoder_key
from core.store.companion import FileState, Prediction
from tests.library_databases import PlayerDatabase, SongRow
from tests.planted_taste import PlantedTaste
from tests.stored_facts import store_facts

SONGS = 60
RATED = 36
TASTE = PlantedTaste(songs=SONGS, artists_count=12)
FACTS = EncoderFacts("planted-1-0", TASTE.dimension, "SpectralEncoder")
SETTINGS = "hyperparameters: {classifier_hidden_dims: [16], classifier_lr: 0.02}\n"
"""A network so small that it is trained in a second."""


@dataclass(frozen=True)
class PlantedLibrary:
    """Songs with a planted taste, the first of them rated, all of them known to the stores."""

    database: PlayerDatabase
    profile: Profile
    paths: list[Path]

    @classmethod
    def create(cls, folder: Path, *, songs: int = SONGS, rated: int = RATED) -> "PlantedLibrary":
        """Make it below ``folder``: music, clementine.db and a profile with stores and settings."""
        music = folder / "music"
        music.mkdir(parents=True)
        paths = [music / f"{number:02} [live].mp3" for number in range(songs)]
        for number, path in enumerate(paths):  # of different sizes, or their metadata would make them copies
            path.write_bytes(b"no sound is needed where the embeddings are known" + bytes(number))
        rows = [_row(path, number, rated=rated) for number, path in enumerate(paths)]
        database = PlayerDatabase.create(folder / "clementine.db", directories=[music], songs=rows)
        library = cls(database, Profile.below(folder / "profile"), paths)
        library.profile.config.mkdir(parents=True)
        library.profile.config_file.write_text(SETTINGS)
        library._listen()
        return library

    def open(self) -> Engine:
        return Engine.open(profile=self.profile, database=self.database.path)

    @property
    def arguments(self) -> list[str]:
        """The options that lead the command line here."""
        root = self.profile.data.parent
        return ["--profile", str(root), "--database", str(self.database.path)]

    def _listen(self) -> None:
        """Store what a scan would have found."""
        with self.open() as engine:
            settings = analysis_settings(engine.config)
            version = embedding_version(FACTS, settings.excerpt)
            songs = engine.library().songs
            engine.stores.embeddings.store_embeddings_batch(
                [(song.song_id, vector) for song, vector in zip(songs, TASTE.vectors, strict=False)], version
            )
            states = [(song, song.filepath.stat()) for song in songs]
            engine.stores.companion.save_file_states(
                FileState(song.song_id, state.st_size, state.st_mtime, settings.excerpt.name) for song, state in states
            )
            store_facts(engine.stores, songs)
            facts = {"version": FACTS.version, "dimension": FACTS.dimension, "class_name": FACTS.class_name}
            engine.stores.companion.save_setting(f"encoder {encoder_key(settings.encoder)}", facts)
            engine.stores.companion.save_setting(ACTIVE_EMBEDDINGS, version)


def predict(engine: Engine, ratings: dict[int, float]) -> None:
    """Store predictions by row number, as a training would."""
    songs = {song.rowid: song.song_id for song in engine.library().songs}
    engine.stores.companion.replace_predictions(
        "rating-1",
        [Prediction(songs[row], rating, max(rating - 0.2, 0), min(rating + 0.2, 1)) for row, rating in ratings.items()],
    )
    engine.stores.companion.save_setting(PREDICTOR, {"version": "rating-1", "key": ""})


def _row(path: Path, number: int, *, rated: int) -> SongRow:
    state = path.stat()
    return SongRow(
        path=path,
        title=f"Song {number} [live]",
        artist=f"Artist {number % TASTE.artists_count}",
        album=TASTE.albums[number],
        genre=("Rock", "Jazz", "Techno")[number % 3],
        track=number + 1,
        rating=float(TASTE.ratings[number]) if number < rated else -1,
        mtime=int(state.st_mtime),
        filesize=state.st_size,
    )
