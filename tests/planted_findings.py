"""A library in which everything was found that can be: copies, possible ones, speech, a skipped song, one that waits.

Use::

    findings = PlantedFindings.create(tmp_path)
    the_object(call("duplicates", "--json", *findings.arguments).stdout_bytes)
"""

import os
from dataclasses import dataclass
from pathlib import Path

from core.analysis.speech import method_name
from core.engine import Engine
from core.song import SongId
from core.store.fingerprints import ComparisonRecord
from core.store.speech import SpeechEntry, SpeechFacts
from tests.library_databases import SongRow
from tests.listened_library import ListenedLibrary, listen_to

MUSIC = Path("/planted/music")
STRANGE = os.fsdecode(b"caf\xe9.mp3")
SPEAKING = SpeechFacts(0.9, 30.0, speech=0.9, singing=0.0, background=-30.0, bass=-30.0, method=method_name())
DOUBTFUL = SpeechFacts(0.5, 30.0, method=method_name())
ROWS = [
    SongRow(path=MUSIC / "a.mp3", title="Alpha", album="First", rating=0.8),
    SongRow(path=MUSIC / "b.flac", title="Alpha", album="Second", rating=0.5, mtime=1_500_000_000),
    SongRow(path=MUSIC / "c.ogg", title="Alpha", album="First"),
    SongRow(path=MUSIC / "d, (1).mp3", title="=Delta", artist="+Artist"),
    SongRow(path=MUSIC / STRANGE, title="Delta", mtime=1_500_000_000),
    SongRow(path=MUSIC / "short.mp3", title="Short"),
    SongRow(path=MUSIC / "long.mp3", title="Long"),
    SongRow(path=MUSIC / "talk.mp3", title="Talk"),
    SongRow(path=MUSIC / "maybe.mp3", title="Maybe"),
    SongRow(path=MUSIC / "damaged.mp3", title="Damaged"),
    SongRow(path=MUSIC / "gone.mp3", title="Gone", unavailable=1),
    SongRow(path=MUSIC / "album.flac", title="Track 1", cue_path="/planted/album.cue"),
    SongRow(path=MUSIC / "album.flac", title="Track 2", cue_path="/planted/album.cue", beginning=183.5),
]
WAITING = SongRow(path=MUSIC / "waiting.mp3", title="Waiting")
REPEATED = SongRow(path=MUSIC / "long.mp3", title="Long once more")


@dataclass(frozen=True)
class PlantedFindings:
    """The library, and the options that lead the command line to it."""

    listened: ListenedLibrary
    arguments: list[str]

    @classmethod
    def create(cls, folder: Path) -> "PlantedFindings":
        listened = listen_to(folder, ROWS, skipped={MUSIC / "damaged.mp3": "damaged"})
        with listened.open() as engine:
            _store_comparisons(engine)
            entries = (("talk.mp3", SPEAKING), ("maybe.mp3", DOUBTFUL))
            engine.stores.speech.save([SpeechEntry(id_of(name), 0.0, facts) for name, facts in entries])
        listened.database.add(WAITING, REPEATED)
        profile = str(listened.profile.data.parent)
        return cls(listened, ["--profile", profile, "--database", str(listened.database.path)])

    def open(self) -> Engine:
        return self.listened.open()


def id_of(name: str) -> SongId:
    """The key of a song that is a whole file."""
    return SongId(SongRow(path=MUSIC / name).url)


def path_of(name: str) -> str:
    return str(MUSIC / name)


def _store_comparisons(engine: Engine) -> None:
    found = [
        ("a.mp3", "b.flac", "same audio", 0.98, ""),
        ("a.mp3", "c.ogg", "same audio", 0.97, ""),
        ("b.flac", "c.ogg", "same audio", 0.96, ""),
        ("d, (1).mp3", STRANGE, "identical", 1.0, ""),
        ("short.mp3", "long.mp3", "possible", 0.75, "lengths differ"),
    ]
    records = [ComparisonRecord(id_of(first), id_of(second), *rest) for first, second, *rest in found]
    engine.stores.fingerprints.save_comparisons(records)
