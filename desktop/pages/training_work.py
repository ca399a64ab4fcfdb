"""The long work of the page of training: what each kind is called while it goes on, and how it is stopped."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


class Work(StrEnum):
    """One at a time."""

    TRAINING = "training"
    MEASURING = "measuring"
    CHANGING = "changing"
    COMPARING = "comparing"


@dataclass(frozen=True)
class WorkWords:
    """A name, what the button says that stops it, and what it says then; ``meanwhile``: why other buttons are grey."""

    name: str
    stop: str
    stopping: str
    meanwhile: str


def words_of(work: Work) -> WorkWords:
    stopping = translate("Work", "Stopping…")
    match work:
        case Work.TRAINING:
            return WorkWords(
                translate("Work", "Training"),
                translate("Work", "Stop the training"),
                translate("Work", "Stopping after this step…"),
                translate("Work", "Not while a training goes on"),
            )
        case Work.MEASURING:
            return WorkWords(
                translate("Work", "Measuring"),
                translate("Work", "Stop measuring"),
                stopping,
                translate("Work", "Not while it is measured how good it is"),
            )
        case Work.CHANGING:
            return WorkWords(
                translate("Work", "Changing the version"),
                translate("Work", "Stop changing the version"),
                stopping,
                translate("Work", "Not while the version is being changed"),
            )
        case Work.COMPARING:
            return WorkWords(
                translate("Work", "Comparison"),
                translate("Work", "Stop comparing"),
                stopping,
                translate("Work", "Not while versions are compared"),
            )
