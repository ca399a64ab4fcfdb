"""The curves of a training as it happens, or of runs that were: losses by step, what was measured by epoch."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from core.jobs.events import Event
from core.training.process import EpochDone, Probed, StepDone
from core.training.records import Curve
from desktop.plots.curve_view import CurveView, Line
from desktop.style.measures import BETWEEN_GROUPS, SMALL

SMOOTHING_WIDTH = 160
FINEST = 100
NO_LOSS = ("train/learning_rate",)
"""What is told with the losses and would lie flat beside them."""
TOTAL = "train/total_loss"
PROBES = ("probe/score", "probe/artist_precision", "probe/excerpt_recall", "probe/genre_knn", "probe/rating_spearman")
"""Between 0 and 1; the rank and the like have other measures."""
Points = dict[float, float]


class TrainingCurves(QWidget):
    """Two plots beside each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live: dict[tuple[str, bool], Points] = defaultdict(dict)
        self._losses = CurveView(self.tr("Losses"), across=self.tr("step"))
        self._probes = CurveView(
            self.tr("What it can do"),
            across=self.tr("epoch"),
            explained=self.tr("Measured on songs that were held out"),
        )
        plots = QHBoxLayout()
        plots.setSpacing(BETWEEN_GROUPS)
        plots.addWidget(self._losses)
        plots.addWidget(self._probes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        layout.addLayout(plots, stretch=1)
        layout.addLayout(self._make_smoothing())

    def begin(self) -> None:
        """Forget what was shown: a training begins."""
        self._live.clear()
        self._show_live()

    def add(self, events: Sequence[Event]) -> None:
        """Go on with the curves of the training that is under way."""
        for event in events:
            match event:
                case StepDone(number, values):
                    self._note(values, number, by_epoch=False)
                case EpochDone(number, values) | Probed(number, values):
                    self._note(values, number, by_epoch=True)
        self._show_live()

    def show_runs(self, runs: Sequence[Sequence[Curve]]) -> None:
        """One run, or several over each other: the first drawn through, the others dashed."""
        lines = [
            (curve.by_epoch, self._line(curve.name, curve.places, curve.values, run=run))
            for run, curves in enumerate(runs)
            for curve in curves
        ]
        self._show(lines)

    def _note(self, values: dict[str, float], place: int, *, by_epoch: bool) -> None:
        for name, value in values.items():
            if isinstance(value, int | float):
                self._live[name, by_epoch][float(place)] = float(value)

    def _show_live(self) -> None:
        lines = []
        for (name, by_epoch), points in self._live.items():
            places = np.array(sorted(points))
            values = np.array([points[place] for place in places.tolist()])
            lines.append((by_epoch, self._line(name, places, values, run=0)))
        self._show(lines)

    def _show(self, lines: Sequence[tuple[bool, Line]]) -> None:
        losses = [line for by_epoch, line in lines if not by_epoch and line.name not in NO_LOSS]
        by_epoch = [line for of_epoch, line in lines if (of_epoch and "loss" in line.name) or "mse" in line.name]
        self._losses.set_lines(_without_sums_of_one(losses or by_epoch))
        probes = [line for _, line in lines if line.name in PROBES]
        self._probes.set_lines(probes)
        self._probes.setVisible(bool(probes) or not lines)  # a taste has no such measures

    def _line(self, name: str, places: "np.ndarray", values: "np.ndarray", *, run: int) -> Line:
        return Line(name, self._words(name), places, values, run)

    def _words(self, name: str) -> str:
        known = {
            "train/total_loss": self.tr("All together"),
            "train/contrastive_loss": self.tr("Sound"),
            "train/artist_loss": self.tr("Artists"),
            "train/album_loss": self.tr("Albums"),
            "train/genre_loss": self.tr("Genres"),
            "train/period_loss": self.tr("Years"),
            "train/epoch_loss": self.tr("All together"),
            "train/mse": self.tr("Learned from"),
            "val/mse": self.tr("Held out"),
            "probe/score": self.tr("All together"),
            "probe/artist_precision": self.tr("Same artist"),
            "probe/excerpt_recall": self.tr("Same song"),
            "probe/genre_knn": self.tr("Genre"),
            "probe/rating_spearman": self.tr("Your stars"),
        }
        return known.get(name) or name.partition("/")[2].replace("_", " ")

    def _make_smoothing(self) -> QHBoxLayout:
        line, label, slider = QHBoxLayout(), QLabel(self.tr("Smoothing")), QSlider(Qt.Orientation.Horizontal)
        label.setObjectName("secondary")
        label.setBuddy(slider)
        slider.setRange(0, FINEST)
        slider.setFixedWidth(SMOOTHING_WIDTH)
        slider.setAccessibleName(self.tr("Smoothing of the losses"))
        slider.valueChanged.connect(lambda value: self._losses.smooth(value / FINEST))
        line.setSpacing(SMALL)
        line.addWidget(label)
        line.addWidget(slider)
        line.addStretch()
        return line


def _without_sums_of_one(lines: Sequence[Line]) -> list[Line]:
    """A total that is one loss alone would lie upon it, and hide it or be hidden."""
    return [line for line in lines if line.name != TOTAL or not any(_are_one(line, other) for other in lines)]


def _are_one(line: Line, other: Line) -> bool:
    is_other = other is not line and other.run == line.run
    return is_other and np.array_equal(line.places, other.places) and np.allclose(line.values, other.values)
