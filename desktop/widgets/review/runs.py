"""The list of what was done: each listening, training and evaluation with what came of it."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QVBoxLayout

from desktop import wording
from desktop.item_models.review_table import ReviewColumn, ReviewModel
from desktop.widgets.review.review_list import ReviewList

if TYPE_CHECKING:
    from core.store.companion import Run


class RunsReview(ReviewList):
    """Nothing is said here."""

    def make_model(self) -> ReviewModel:
        columns = [
            ReviewColumn(self.tr("When"), _when, width=176, tooltip=_exactly),
            ReviewColumn(self.tr("What"), self._what, width=240, is_quiet=False),
            ReviewColumn(self.tr("Took"), _took, width=88, is_number=True),
            ReviewColumn(self.tr("What came of it"), self._result, share=1),
        ]
        return ReviewModel(columns, key=lambda run: (run.kind, run.finished_at), parent=self)

    def lay_out(self) -> None:
        self.table.setAccessibleName(self.tr("What was done"))
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def empty_words(self) -> tuple[str, str]:
        return self.tr("Nothing was done yet"), self.tr(
            "Each time that songs are listened to or something is learned, what came of it stands here."
        )

    def _what(self, run: "Run") -> str:
        return {
            "scan": self.tr("Listened to your music"),
            "fit-predictor": self.tr("Learned your taste"),
            "train-classifier": self.tr("Trained a classifier"),
            "train-encoder": self.tr("Trained an encoder"),
            "train-joint": self.tr("Trained encoder and classifier"),
            "evaluate": self.tr("Measured the predictions"),
            "compare": self.tr("Compared two encoders"),
            "embed": self.tr("Embedded every song anew"),
        }.get(run.kind, run.kind)

    def _result(self, run: "Run") -> str:
        found = run.report
        if run.kind != "scan":
            return self._learned(found)
        parts = [self.tr("{songs} heard").format(songs=wording.songs(found["analysed"]))]
        if found["recognized"]:
            parts.append(self.tr("{count} known already").format(count=wording.number(found["recognized"])))
        if found["skipped"]:
            parts.append(self.tr("{count} skipped").format(count=wording.number(found["skipped"])))
        if not found["complete"]:
            parts.append(self.tr("stopped before the end"))
        return ", ".join(parts)

    def _learned(self, found: dict[str, Any]) -> str:
        """What a training or an evaluation found, as far as it can be said in a few words."""
        told = _dig(found, "unseen_artist", "model", "auc4")
        if told is not None:
            words = self.tr("By artists it has never heard, it tells the better of two songs in {share} of 100 cases")
            return words.format(share=wording.number(round(100 * told)))
        if found.get("predicted"):
            return self.tr("{songs} predicted").format(songs=wording.songs(found["predicted"]))
        if found.get("songs") and found.get("epochs"):
            words = self.tr("{epochs} rounds through {songs}")
            return words.format(epochs=wording.number(found["epochs"]), songs=wording.songs(found["songs"]))
        return ""


def _dig(found: Any, *names: str) -> Any:  # noqa: ANN401 - a value of JSON
    """A value that lies some levels deep; None where there is none."""
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _when(run: "Run") -> str:
    moment = QDateTime.fromSecsSinceEpoch(int(run.finished_at))
    return f"{wording.day(run.finished_at)}, {QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)}"


def _exactly(run: "Run") -> str:
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(run.finished_at)), QLocale.FormatType.LongFormat)


def _took(run: "Run") -> str:
    seconds = run.report.get("seconds")
    return wording.time_left(seconds) if seconds else "–"
