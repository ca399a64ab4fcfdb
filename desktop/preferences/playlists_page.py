"""Playlists: where they are written, in which formats, and what opens them."""

from PySide6.QtCore import QCoreApplication, QSettings, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.config import Config
from desktop.preferences.fields import OneOfField, PlaceField, TextField
from desktop.preferences.form import FormPage, Group, Row
from desktop.preferences.opening import COMMAND, OPENER, Opener, command_of, mistake_in_command, opener_of
from desktop.style.measures import PAGE_MARGIN
from desktop.widgets.switch import Switch

translate = QCoreApplication.translate
FORMATS = "playlists/formats"
KNOWN = {"xspf": "XSPF", "m3u8": "M3U8"}


class FormatsField(QWidget):
    """One format or both."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._switches = {ending: Switch(words) for ending, words in KNOWN.items()}
        self.main = self._switches["xspf"]
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(PAGE_MARGIN)
        for each in self._switches.values():
            each.clicked.connect(self.edited)
            line.addWidget(each)
        line.addStretch()

    def value(self) -> str:
        return " ".join(ending for ending, each in self._switches.items() if each.isChecked())

    def show_value(self, value: str) -> None:
        for ending, each in self._switches.items():
            each.setChecked(ending in value.split())

    def mistake(self) -> str:
        return "" if self.value() else translate("Preferences", "needs one of them")


class PlaylistsPage(FormPage):
    """The folder is a key of the configuration; the others are settings of the window."""

    def __init__(self, settings: QSettings, *, player: str) -> None:
        self._settings = settings
        self.formats, self.command = FormatsField(), TextField()
        self.opener = OneOfField(
            {
                Opener.PLAYER.value: translate("Preferences", "{player}, as a new tab").format(player=player),
                Opener.DESKTOP.value: translate("Preferences", "What the desktop opens playlists with"),
                Opener.COMMAND.value: translate("Preferences", "A command"),
            }
        )
        self.opener.edited.connect(self._follow)
        super().__init__(translate("Preferences", "Playlists"), [self._files(), self._opening()])
        for row in self.rows:
            if row.field is self.formats:
                for switch, words in zip(self.formats.findChildren(Switch), KNOWN.values(), strict=True):
                    switch.setAccessibleName(f"{row.label}: {words}")

    def _files(self) -> Group:
        folder = PlaceField(left_open=translate("Preferences", "recommendations, in your music folder"), is_folder=True)
        return Group(
            translate("Preferences", "Files"),
            [
                Row("music.playlist_folder", translate("Preferences", "Folder"), folder),
                Row(
                    "",
                    translate("Preferences", "Formats"),
                    self.formats,
                    translate("Preferences", "Clementine reads both; XSPF tells it more of each song."),
                ),
            ],
        )

    def _opening(self) -> Group:
        return Group(
            translate("Preferences", "Opening"),
            [
                Row("", translate("Preferences", "Opened by"), self.opener),
                Row(
                    "",
                    translate("Preferences", "Command"),
                    self.command,
                    translate("Preferences", "The path of the playlist comes behind it."),
                ),
            ],
        )

    def load(self, config: Config) -> None:
        super().load(config)
        self.formats.show_value(str(self._settings.value(FORMATS) or "xspf"))
        self.opener.show_value(opener_of(self._settings).value)
        self.command.show_value(command_of(self._settings))
        self._follow()

    def check(self) -> str | None:
        sentence = super().check()
        if sentence is None and self.opener.value() == Opener.COMMAND.value:
            sentence = mistake_in_command(self.command.value() or "") or None
            if sentence:
                self.command.main.setFocus()
        return sentence

    def save_own(self) -> None:
        """Remember the settings of the window."""
        self._settings.setValue(FORMATS, self.formats.value())
        self._settings.setValue(OPENER, self.opener.value())
        self._settings.setValue(COMMAND, self.command.value() or "")

    def _follow(self) -> None:
        self.command.setEnabled(self.opener.value() == Opener.COMMAND.value)
