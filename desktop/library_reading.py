"""What a session reads in the background: the first look at a library, its rows, and what a verdict changed in them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.jobs.control import WorkMode
from core.song import SongId
from desktop import core_texts
from desktop.item_models.song_marks import UNMARKED, read_marks, songs_around
from desktop.item_models.song_rows import SongRows, make_rows
from desktop.item_models.star_origins import counting_stars
from desktop.verdicts import Change, apply

if TYPE_CHECKING:
    from core.engine import Engine
    from core.library.songs_table import Library

OpenEngine = Callable[[], "Engine"]
WORK_MODE = "work_mode"


@dataclass(frozen=True)
class FirstLook:
    """What the window needs to be of use."""

    engine: "Engine"
    library: "Library"
    rows: SongRows
    mode: WorkMode


@dataclass(frozen=True)
class Said:
    """What a verdict made of the rows, and the change that undoes it."""

    change: Change
    undo: Change
    rows: SongRows

    @property
    def has_changed(self) -> bool:
        """Whether it had not been said already."""
        says_the_same = replace(self.undo, stars={}, speech={}) == Change()
        return not (says_the_same and (self.undo.stars, self.undo.speech) == (self.change.stars, self.change.speech))


def first_look(open_engine: OpenEngine) -> FirstLook:
    """Open the engine and read the songs; what was decided of them is read afterwards, once their ratings are noted."""
    engine = open_engine()
    try:
        library = engine.look()
        rows = make_rows(library.songs, predictions=engine.sure_predictions(library.songs), skipped={})
        return FirstLook(engine, library, rows, _work_mode(engine))
    except BaseException:
        engine.close()
        raise


def read_rows(engine: "Engine", library: "Library", *, before: SongRows | None) -> SongRows:
    """The rows with all that is known of the songs, and the stars that count: some may have been given here."""
    statements = engine.ratings.statements(library.songs)
    return make_rows(
        library.songs,
        predictions=engine.sure_predictions(statements.merged(library.songs)),
        skipped=_reasons(engine, library),
        marks=read_marks(engine, library),
        counting=counting_stars(statements, library.songs),
        before=before,
    )


def say(engine: "Engine", library: "Library", change: Change, *, rows: SongRows) -> Said:
    """Store what the owner said, and look again only at the songs that it may concern: that takes milliseconds."""
    around = songs_around(engine, library.songs, wanted=change.songs, marks=rows.marks_by_id())
    undo = apply(change, engine, songs=library.songs)
    marks = {song.song_id: UNMARKED for song in around} | read_marks(engine, replace(library, songs=around))
    marked = rows.with_marks(marks)
    if not change.stars:
        return Said(change, undo, marked)
    statements = engine.ratings.statements(library.songs)
    return Said(change, undo, marked.with_stars(counting_stars(statements, library.songs)))


def save_work_mode(engine: "Engine", mode: WorkMode) -> None:
    """Remember the mode for the next start."""
    engine.stores.companion.save_setting(WORK_MODE, mode.value)


def _work_mode(engine: "Engine") -> WorkMode:
    saved = engine.stores.companion.setting(WORK_MODE)
    return WorkMode(saved) if saved in set(WorkMode) else WorkMode.FULL


def _reasons(engine: "Engine", library: "Library") -> dict[SongId, str]:
    """Why songs could not be listened to, in words."""
    return {each.song.song_id: core_texts.skipped(each.reason, each.detail) for each in engine.skipped(library)}
