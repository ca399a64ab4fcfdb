"""What is plainly known of a song: its genre, its length, its file, how often it was played."""

from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from core.library.song_details import SongDetails
from core.song import Song
from desktop import wording
from desktop.item_models.songs import DASH
from desktop.style import fonts
from desktop.style.icons import icon
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.panel.fact_grid import fact_grid
from desktop.widgets.panel.section import Section

BETWEEN = " · "
UNKNOWN = SongDetails()
KILOHERTZ = 1000


class Facts(Section):
    """Every line is always there: nothing moves when the next song knows less."""

    def __init__(self, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__("facts", settings=settings, parent=parent)
        self.set_title(self.tr("Facts"))
        names = {
            "genre": self.tr("Genre"),
            "length": self.tr("Length"),
            "plays": self.tr("Played"),
            "file": self.tr("File"),
            "since": self.tr("Added"),
        }
        self._values = {name: ElidedLabel(font=fonts.figures()) for name in names}
        self._folder = ""
        self.body.addLayout(fact_grid(names, self._values))
        self._button = QPushButton(self.tr("Show in folder"))
        self._button.setIcon(icon("folder"))
        self._button.clicked.connect(self._show_folder)
        self.body.addWidget(self._button)

    def show_song(self, song: Song, details: SongDetails = UNKNOWN) -> None:
        """Without details first, if they have to be looked up."""
        self._say("genre", song.genre)
        self._say("length", wording.duration(song.duration))
        self._say("plays", self._plays(song))
        self._say("file", self._file(song, details))
        self._say("since", wording.day(song.ctime) if song.ctime > 0 else "")
        self._folder = str(song.filepath.parent)
        self._button.setEnabled(not song.unavailable)
        self._button.setToolTip(song.location.encode(errors="replace").decode())

    def _say(self, name: str, value: str) -> None:
        self._values[name].setText(value or DASH)

    def _plays(self, song: Song) -> str:
        if song.playcount <= 0:
            return self.tr("never")
        times = self.tr("once") if song.playcount == 1 else self.tr("{count} times")
        parts = [times.format(count=wording.number(song.playcount))]
        if song.last_played > 0:
            parts.append(self.tr("last {day}").format(day=wording.day(song.last_played)))
        return BETWEEN.join(parts)

    def _file(self, song: Song, details: SongDetails) -> str:
        parts = [song.filepath.suffix.lstrip(".").upper()]
        if details.bit_rate is not None:
            parts.append(self.tr("{count} kbit/s").format(count=wording.number(details.bit_rate)))
        if details.sample_rate is not None:
            parts.append(self.tr("{count} kHz").format(count=f"{details.sample_rate / KILOHERTZ:g}"))
        if song.filesize > 0:
            parts.append(wording.size(song.filesize))
        return BETWEEN.join(filter(None, parts))

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._folder))
