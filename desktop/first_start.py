"""The first start of a profile: its owner is asked which library it is of, and begins; later starts ask nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.jobs.events import Control, Event
from core.paths import Profile
from core.song import Song
from desktop import core_texts
from desktop.task_runner import Ending, TaskRunner

if TYPE_CHECKING:
    from core.config import Config
    from core.library.survey import Surveyed
    from desktop.main_window import MainWindow


@dataclass(frozen=True)
class Beginning:
    """What was said on the command line, as far as it matters here."""

    profile: Profile
    config_file: Path
    database: Path | None
    """As it was named; None for whichever is found."""

    @property
    def is_first(self) -> bool:
        """Whether nothing was ever kept in this profile."""
        return not self.profile.companion_database.exists()


class FirstStart(QObject):
    """Looks at what is there in the background; where nothing can be chosen, nobody is asked."""

    def __init__(
        self,
        beginning: Beginning,
        *,
        runner: TaskRunner,
        window: "MainWindow",
        begin: Callable[[Path | None], object],
        demo: Callable[[], object],
    ) -> None:
        """``begin`` opens the library in a database, or says what is wrong with what was named."""
        super().__init__(window)
        self._beginning, self._runner, self._window = beginning, runner, window
        self._begin, self._demo = begin, demo
        self._found: list[Surveyed] = []
        runner.call(self._survey).ended.connect(self._offer)

    def _survey(self) -> "list[Surveyed]":
        """What was named by itself, else all that is found. Runs in the background."""
        from core.library.survey import survey_databases, survey_named

        named = self._beginning.database or self._config().music.database_path
        return [survey_named(named)] if named is not None else survey_databases()

    def _config(self) -> "Config":
        from core.config import Config, load_config

        file = self._beginning.config_file
        return load_config(file) if file.is_file() else Config()

    def _offer(self, ending: Ending) -> None:
        found: list[Surveyed] = ending.result or []
        if not any(each.library is not None for each in found):
            self._begin(self._beginning.database)  # it says what is wrong, and offers the demo
            return
        from core.library.survey import survey_named
        from desktop.pages.first_start import FirstLook, FirstStartPage

        self._found = found
        look = FirstLook(survey_named, self._estimate)
        page = FirstStartPage(found, runner=self._runner, look=look)
        page.start_wanted.connect(self._start)
        page.demo_wanted.connect(self._demo)
        self._window.show_instead(page)

    def _estimate(self, songs: Sequence[Song], control: Control) -> Iterator[Event]:
        from core.parts.time_estimate import estimate_time

        weights = self._beginning.profile.pretrained_weights
        yield from estimate_time(songs, config=self._config(), weights=weights, control=control)

    def _start(self, database: Path) -> None:
        """A choice that would not be made without its owner is kept in the configuration."""
        self._window.show_pages()
        if database == self._found[0].found.path:
            self._begin(database)
            return
        task = self._runner.call(lambda: remember_database(self._beginning.config_file, database))
        task.ended.connect(partial(self._begin_with, database))

    def _begin_with(self, database: Path, ending: Ending) -> None:
        """What is opened reads the configuration, so it is opened after that was written."""
        self._begin(database)
        if ending.error is not None:
            self._window.desk.messages.fail(core_texts.said(str(ending.error)))


def remember_database(config_file: Path, database: Path) -> None:
    """Read this one from now on, whichever is found."""
    from core.config_file import save_config

    save_config(config_file, {"music.database_path": str(database)})
