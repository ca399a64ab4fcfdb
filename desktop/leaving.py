"""Closing the window while its owner's work goes on: what can be done then, asked in one question."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, SignalInstance
from PySide6.QtWidgets import QMessageBox, QWidget

translate = QCoreApplication.translate


class Leave(StrEnum):
    """What the owner chose."""

    STAY = "stay"
    TO_TRAY = "to the tray"
    QUIT = "quit"


def ask_to_leave(parent: QWidget, work: list[str], *, has_tray: bool, ended: SignalInstance) -> Leave:
    """Ask; ``work`` names what goes on. Without a tray nothing can go on unseen, so that is not offered.

    When the work has ``ended`` meanwhile, the question goes and the window stays, which says how it ended.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Marmalade")
    box.setText(translate("Leaving", "{work} is not done yet.").format(work=", ".join(work)))
    box.setInformativeText(
        translate("Leaving", "What is done so far is kept: it goes on from there when you start it again.")
    )
    tray = (
        box.addButton(translate("Leaving", "Go on in the tray"), QMessageBox.ButtonRole.AcceptRole)
        if has_tray
        else None
    )
    leave = box.addButton(translate("Leaving", "Stop and quit"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(translate("Leaving", "Keep the window"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(tray or stay)
    box.setEscapeButton(stay)
    ended.connect(box.reject)
    box.exec()
    ended.disconnect(box.reject)
    box.deleteLater()
    if tray is not None and box.clickedButton() is tray:
        return Leave.TO_TRAY
    return Leave.QUIT if box.clickedButton() is leave else Leave.STAY
