"""Appearance: light or dark, the size of letters, and whether Marmalade starts with the desktop; seen at once."""

from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QApplication

from core.config import Config
from desktop import autostart
from desktop.preferences.appearance import LARGEST, SMALLEST, Appearance, appearance_of, save_appearance, show
from desktop.preferences.fields import NumberField, OneOfField, SwitchField
from desktop.preferences.form import FormPage, Group, Row
from desktop.style.theme import Look, Scheme, look_of, wear

translate = QCoreApplication.translate


class AppearancePage(FormPage):
    """Every row is a setting of the window."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings
        self._before = appearance_of(settings)
        self._worn: Look | None = None
        """What was worn before the first preview."""
        self.scheme = OneOfField(
            {
                Scheme.SYSTEM.value: translate("Preferences", "As the desktop"),
                Scheme.LIGHT.value: translate("Preferences", "Light"),
                Scheme.DARK.value: translate("Preferences", "Dark"),
            }
        )
        self.points = NumberField(
            whole=True, left_open=translate("Preferences", "as the desktop"), unit=translate("Preferences", "points")
        )
        self.autostart = SwitchField(translate("Preferences", "Start with the desktop, in its tray"))
        for field in (self.scheme, self.points):
            field.edited.connect(self._preview)
        super().__init__(
            translate("Preferences", "Appearance"),
            [
                Group(
                    translate("Preferences", "Look"),
                    [
                        Row("", translate("Preferences", "Colors"), self.scheme),
                        Row("", translate("Preferences", "Size of letters"), self.points),
                    ],
                ),
                Group(
                    translate("Preferences", "Start"),
                    [Row("", translate("Preferences", "Start with the desktop"), self.autostart)],
                ),
            ],
        )

    def load(self, config: Config) -> None:
        super().load(config)
        self.scheme.show_value(self._before.scheme.value)
        self.points.show_value(self._before.points)
        self.autostart.show_value(autostart.is_on())

    def check(self) -> str | None:
        sentence = super().check()
        if sentence is None and not self._is_size(self.points.value()):
            self.points.main.setFocus()
            words = translate("Preferences", "Letters can have {smallest} to {largest} points.")
            sentence = words.format(smallest=SMALLEST, largest=LARGEST)
        return sentence

    def save_own(self) -> None:
        """Remember what was chosen; raises OSError where the desktop's folder cannot be written."""
        save_appearance(self._settings, self._chosen())
        self._before = self._chosen()
        wanted = self.autostart.value()
        if wanted != autostart.is_on():
            (autostart.switch_on if wanted else autostart.switch_off)()

    def take_back(self) -> None:
        """Look again as before the preferences were opened."""
        application = QApplication.instance()
        if self._worn is not None and isinstance(application, QApplication):
            wear(application, self._worn)

    def _preview(self) -> None:
        if not self.points.mistake() and self._is_size(self.points.value()):
            self._dress(self._chosen())

    def _chosen(self) -> Appearance:
        points = self.points.value()
        return Appearance(Scheme(str(self.scheme.value())), None if points is None else int(points))

    def _dress(self, appearance: Appearance) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._worn = self._worn or look_of(application)
            show(application, appearance)

    @staticmethod
    def _is_size(points: float | None) -> bool:
        return points is None or SMALLEST <= points <= LARGEST
