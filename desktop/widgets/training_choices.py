"""What to train, in plain words; the technical names stand in the tooltips."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core.parts.trainings import TrainingChoice, What
from desktop.style import fonts
from desktop.style.measures import MEDIUM, SMALL
from desktop.widgets.choice_field import ChoiceField

Option = tuple[str, str, str]
"""The value, its words, its tooltip."""


class TrainingChoices(QWidget):
    """Holds a choice; begins nothing itself."""

    start_wanted = Signal(TrainingChoice)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SMALL)
        self._what = self._add_box(self.tr("What to train"), self._kinds())
        self._explanation = QLabel()
        self._explanation.setObjectName("secondary")
        self._explanation.setWordWrap(True)
        self._explanation.setMinimumWidth(1)  # Qt would rather have long words in wide lines than in many
        self._layout.addWidget(self._explanation)
        self._preset = self._add_box(self.tr("How long"), self._presets())
        self._mode = self._add_box(self.tr("From what it learns"), self._modes())
        self._device = self._add_box(self.tr("Where"), self._devices())
        self._layout.addSpacing(MEDIUM - SMALL)
        self._button = QPushButton()
        self._button.setProperty("primary", True)
        self._button.clicked.connect(self._press)
        self._layout.addWidget(self._button)
        self._what.currentIndexChanged.connect(self._explain)
        self._stopping = ""
        """What the button says once it was pressed to stop what goes on; empty if nothing does."""
        self.show_idle()
        self._explain()

    @property
    def choice(self) -> TrainingChoice:
        boxes = (self._preset, self._mode, self._device)
        preset, mode, device = (str(box.currentData()) for box in boxes)
        return TrainingChoice(What(self._what.currentData()), preset, mode, device)

    def show_idle(self) -> None:
        """The button starts."""
        self._show("", self.tr("Start the training"))
        self._explain()

    def show_work(self, stop: str, *, stopping: str) -> None:
        """The button stops what goes on, training or other work; what was chosen cannot be changed meanwhile."""
        self._show(stopping, stop)

    def _show(self, stopping: str, words: str) -> None:
        self._stopping = stopping
        self._button.setText(words)
        self._button.setProperty("primary", not stopping)
        self._button.style().unpolish(self._button)
        self._button.style().polish(self._button)
        self._button.setEnabled(True)
        for box in (self._what, self._preset, self._mode, self._device):
            box.setDisabled(bool(stopping))

    def _press(self) -> None:
        if self._stopping:
            self._button.setEnabled(False)
            self._button.setText(self._stopping)
            self.stop_wanted.emit()
        else:
            self.start_wanted.emit(self.choice)

    def _add_box(self, heading: str, options: Sequence[Option]) -> ChoiceField:
        label, box = QLabel(heading), ChoiceField({value: words for value, words, _ in options})
        label.setFont(fonts.section())
        label.setBuddy(box)
        box.setAccessibleName(heading)
        for number, (_, _, tooltip) in enumerate(options):
            box.setItemData(number, tooltip, Qt.ItemDataRole.ToolTipRole)
        self._layout.addWidget(label)
        self._layout.addWidget(box)
        return box

    def _explain(self) -> None:
        what = What(self._what.currentData())
        self._explanation.setText(
            {
                What.ENCODER: self.tr(
                    "How songs are heard: it learns from your library which of them sound alike. All songs are then "
                    "heard anew, and it is used only if it is better."
                ),
                What.CLASSIFIER: self.tr(
                    "How your stars are predicted from what is heard. Marmalade does this by itself after every new "
                    "star; here you train the plain network of the plan, to compare."
                ),
                What.JOINT: self.tr("Hearing and predicting together, from the songs that you rated. It needs many."),
            }[what]
        )
        for box in (self._preset, self._mode):
            box.setEnabled(what is What.ENCODER and not self._stopping)

    def _kinds(self) -> list[Option]:
        return [
            (What.ENCODER, self.tr("Hearing"), self.tr("The encoder: from sound to an embedding")),
            (What.CLASSIFIER, self.tr("Taste"), self.tr("The classifier: from an embedding to a rating")),
            (What.JOINT, self.tr("Both together"), self.tr("Encoder and classifier by one backpropagation")),
        ]

    def _presets(self) -> list[Option]:
        return [
            ("", self.tr("As this computer suggests"), self.tr("By its processors and the size of the library")),
            ("quick", self.tr("Some minutes"), self.tr("Preset “quick”: pretrained taggers, adapted")),
            ("overnight", self.tr("A night"), self.tr("Preset “overnight”: a small network of its own, distilled")),
            ("gpu", self.tr("With a graphics card"), self.tr("Preset “gpu”: 50 epochs over the sound itself")),
        ]

    def _modes(self) -> list[Option]:
        return [
            ("", self.tr("As that suggests"), self.tr("The mode of the preset")),
            ("contrastive", self.tr("The sound alone"), self.tr("Contrastive (NT-Xent): parts of one song are alike")),
            ("supervised", self.tr("Your stars"), self.tr("Supervised: ratings as weak labels")),
            (
                "multitask",
                self.tr("Artists, albums, genres and years"),
                self.tr("Multi-task: contrastive and four heads over the tags"),
            ),
            ("distill", self.tr("A larger model"), self.tr("Distillation of the pretrained taggers")),
        ]

    def _devices(self) -> list[Option]:
        return [
            ("", self.tr("Where it is fastest"), self.tr("compute.device of the configuration")),
            ("cpu", self.tr("On the processor"), self.tr("CPU")),
            ("cuda", self.tr("On the graphics card"), self.tr("CUDA")),
        ]
