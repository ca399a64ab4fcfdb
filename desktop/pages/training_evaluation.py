"""How good the predictions are on songs that were held out, beside simpler ones, with what the figures do not say."""

from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop import wording
from desktop.style.measures import SMALL
from desktop.widgets.bar_chart import Bar, BarChart
from desktop.widgets.choice_field import ChoiceField
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.flow import Flow


class TrainingEvaluation(QWidget):
    """Shows the report of the last evaluation; whoever holds it begins a new one."""

    evaluation_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: dict[str, Any] | None = None
        self._why_not, self._is_measuring = "", False
        self._question, self._figure = self._make_boxes()
        self._button = QPushButton(self.tr("Measure again"))
        self._button.clicked.connect(self.evaluation_wanted)
        self._chart, self._caveat = BarChart(), QLabel()
        self._chart.setAccessibleName(self.tr("Quality of the predictions"))
        self._caveat.setObjectName("secondary")
        self._caveat.setWordWrap(True)
        self._empty = EmptyState()
        shown = QWidget()
        layout = QVBoxLayout(shown)
        layout.setContentsMargins(0, SMALL, 0, 0)
        layout.setSpacing(SMALL)
        head, boxes = QHBoxLayout(), Flow()
        head.setSpacing(SMALL)
        for box in (self._question, self._figure):
            boxes.add(box)
        head.addWidget(boxes, stretch=1)
        head.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addWidget(self._scrolling(self._chart), stretch=1)
        layout.addWidget(self._caveat)
        self._body = QStackedLayout(self)
        self._body.addWidget(shown)
        self._body.addWidget(self._empty)
        self.show_report(None)

    def _scrolling(self, chart: QWidget) -> QScrollArea:
        """There may be more bars than room."""
        area = QScrollArea()
        area.setWidget(chart)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(self.tr("Quality of the predictions"))
        return area

    def show_report(self, report: dict[str, Any] | None) -> None:
        """None before the first evaluation."""
        self._report = report
        self._body.setCurrentIndex(0 if report else 1)
        self._explain_nothing()
        self._draw()

    def _explain_nothing(self) -> None:
        hint = self.tr("Some of your rated songs are held out, predicted without them, and compared with your stars.")
        if self._is_measuring:
            self._empty.say(self.tr("Measuring…"), hint)
        elif self._why_not:
            self._empty.say(self.tr("Nothing was measured yet"), hint)
        else:
            measure = self.tr("Measure now")
            act = self.evaluation_wanted.emit
            self._empty.say(self.tr("Nothing was measured yet"), hint, button=measure, act=act)

    def show_busy(self, why_not: str, *, is_measuring: bool) -> None:
        """``why_not`` says what goes on meanwhile; empty where nothing does."""
        self._why_not, self._is_measuring = why_not, is_measuring
        self._button.setDisabled(bool(why_not))
        self._button.setText(self.tr("Measuring…") if is_measuring else self.tr("Measure again"))
        self._button.setToolTip("" if is_measuring else why_not)
        self._explain_nothing()

    def _make_boxes(self) -> tuple[ChoiceField, ChoiceField]:
        asked = {
            "unseen_artist": self.tr("Artists it never heard"),
            "known_artist": self.tr("New albums of artists it knows"),
        }
        texts = {
            "spearman": self.tr("Right order of songs"),
            "ndcg20": self.tr("The best 20 are good"),
            "auc4": self.tr("Tells 4 stars or more from fewer"),
            "mae": self.tr("Stars off, on average"),
        }
        questions, figures = ChoiceField(asked), ChoiceField(texts)
        questions.setAccessibleName(self.tr("Which songs are held out"))
        figures.setAccessibleName(self.tr("What is measured"))
        for box in (questions, figures):
            box.edited.connect(self._draw)
        return questions, figures

    def _draw(self) -> None:
        report = self._report
        figure, question = self._figure.choice, self._question.choice
        answer = (report or {}).get(question) or {}
        if not answer:
            self._chart.set_bars([])
            self._caveat.setText(self.tr("There are too few ratings to hold any out for this question."))
            return
        self._chart.set_bars(self._bars(answer, figure))
        self._caveat.setText(self._what_it_says(answer, figure))

    def _bars(self, answer: dict[str, Any], figure: str) -> list[Bar]:
        errors = answer.get("standard_errors") or {}
        rows = {"model": answer["model"], **answer["baselines"]}
        bars = [
            Bar(
                self._who(name),
                values[figure],
                QLocale().toString(values[figure], "f", 2),
                error=float((errors.get(name) or {}).get(figure) or 0.0),
                is_ours=name == "model",
            )
            for name, values in rows.items()
            if values.get(figure) is not None
        ]
        return sorted(bars, key=lambda bar: bar.value, reverse=figure != "mae")

    def _who(self, name: str) -> str:
        known = {
            "model": self.tr("Marmalade"),
            "without_audio": self.tr("Names alone"),
            "global_mean": self.tr("Your average"),
            "artist_mean": self.tr("The artist’s average"),
            "album_mean": self.tr("The album’s average"),
            "artist_genre_ridge": self.tr("Artist and genre"),
            "encoder_ridge": self.tr("Sound alone, plainly"),
            "spectral_ridge": self.tr("Measured sound, plainly"),
            "random_encoder": self.tr("An untrained network"),
            "bliss_ridge": self.tr("bliss"),
            "classifier": self.tr("The plan’s network"),
        }
        return known.get(name) or name.replace("_", " ")

    def _what_it_says(self, answer: dict[str, Any], figure: str) -> str:
        meaning = {
            "spearman": self.tr("1 would be your own order, 0 a guess (Spearman’s rank correlation in each fold)."),
            "ndcg20": self.tr("1 if the 20 predicted best are those that you like best (NDCG@20)."),
            "auc4": self.tr(
                "How often, of one song that you gave 4 stars or more and one that you gave fewer, the right one is "
                "predicted higher; 0.5 is a guess (AUC)."
            ),
            "mae": self.tr("Less is better (mean absolute error in stars)."),
        }[figure]
        songs = self.tr("Measured on {songs} of yours in {folds} parts; the line shows the standard error.").format(
            songs=wording.songs(int(answer.get("songs", 0))), folds=answer.get("folds", "–")
        )
        return f"{meaning} {songs}"
