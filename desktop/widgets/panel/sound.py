"""What in a song's sound speaks for it and against it: asked for by a button, since it takes the machine 15 seconds."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from core.jobs.events import Progress
from core.parts.explanations import SoundExplained
from core.recommend.reasons.explanation import SoundExplanation
from core.song import SongId
from core.training.spectrogram_file import Spectrogram
from desktop.desk import Desk
from desktop.item_models import reason_texts
from desktop.item_models.subject import Subject
from desktop.style.icons import icon
from desktop.style.measures import SMALL
from desktop.task_runner import Ending, Task
from desktop.widgets.panel.answer import paragraph
from desktop.widgets.panel.section import Section
from desktop.widgets.panel.sound_legend import SoundLegend
from desktop.widgets.panel.spectrogram_view import Heard, SpectrogramView

KEPT = 16
"""Songs of which the answer is kept while the window is open."""


class Sound(Section):
    """One song at a time; choosing another one stops it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("sound", settings=desk.settings, parent=parent)
        self.set_title(self.tr("Its sound"))
        self._desk = desk
        self._subject: Subject | None = None
        self._task: Task | None = None
        self._answers: dict[SongId, tuple[Subject, Heard]] = {}
        self._sentence, self._view, self._legend = paragraph(secondary=True), SpectrogramView(), SoundLegend()
        self._ask, self._stop, self._progress = self._make_buttons()
        self._view.second_chosen.connect(self._listen)
        line = QHBoxLayout()
        line.setSpacing(SMALL)
        line.addWidget(self._ask)
        line.addWidget(self._progress, stretch=1)
        line.addWidget(self._stop)
        self.body.addWidget(self._view)
        self.body.addWidget(self._legend)
        self.body.addWidget(self._sentence)
        self.body.addLayout(line)

    def _make_buttons(self) -> tuple[QPushButton, QPushButton, QProgressBar]:
        ask, stop, progress = QPushButton(self.tr("What in its sound?")), QPushButton(self.tr("Stop")), QProgressBar()
        ask.setIcon(icon("similar"))
        ask.clicked.connect(self._begin)
        stop.clicked.connect(self._cancel)
        progress.setTextVisible(False)
        progress.setAccessibleName(self.tr("How far the listening is"))
        return ask, stop, progress

    def show_subject(self, subject: Subject, *, is_heard: bool | None) -> None:
        """``is_heard`` is None as long as it was not looked up."""
        if self._subject is None or subject.song.song_id != self._subject.song.song_id:
            self._cancel()
        self._subject = subject
        answer = self._answers.get(subject.song.song_id)
        if answer is not None and answer[0].prediction == subject.prediction:
            self._show(answer[1])
        elif self._task is None:
            self._offer(is_possible=bool(is_heard))

    def forget(self) -> None:
        """Nothing is asked any more."""
        self._cancel()
        self._subject = None

    # -------------------------------------------------------------------------------------------------- the states

    def _offer(self, *, is_possible: bool) -> None:
        self._dress(is_working=False, has_answer=False)
        self._ask.setEnabled(is_possible)
        self._sentence.setText(self.tr("Hears it again without some of its seconds and frequencies; takes some 15 s."))

    def _show(self, heard: Heard) -> None:
        had_focus = self._stop.hasFocus()
        self._dress(is_working=False, has_answer=True)
        if had_focus:
            self._view.setFocus()
        self._view.show_sound(heard)
        self._sentence.setText("\n".join(reason_texts.of_sound(heard.found)))

    def _dress(self, *, is_working: bool, has_answer: bool) -> None:
        self._view.setVisible(has_answer)
        self._ask.setVisible(not is_working and not has_answer)
        self._progress.setVisible(is_working)
        self._stop.setVisible(is_working)
        self._legend.setVisible(has_answer)

    # -------------------------------------------------------------------------------------------------- the work

    def _begin(self) -> None:
        subject = self._subject
        if subject is None:
            return
        song_id = subject.song.song_id
        self._dress(is_working=True, has_answer=False)
        self._sentence.setText(self.tr("Listening to it in many ways…"))
        self._progress.setRange(0, 0)
        self._stop.setFocus()
        task = self._desk.session.work(
            lambda engine, control: engine.explanations.sound_of(song_id, control=control),
            otherwise=partial(self._tell, subject),
        )
        task.progressed.connect(self._show_progress)
        task.ended.connect(partial(self._end, subject, task))
        self._task = task

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.stop()
            self._task = None
            self._offer(is_possible=True)

    def _show_progress(self, progress: Progress) -> None:
        self._progress.setRange(0, progress.total)
        self._progress.setValue(progress.done)

    def _tell(self, subject: Subject, sentence: str) -> None:
        if self._subject is not None and self._subject.song.song_id == subject.song.song_id:
            self._offer(is_possible=True)
            self._sentence.setText(sentence)

    def _end(self, subject: Subject, task: Task, ending: Ending) -> None:
        if self._task is not task:
            return  # stopped, or another song's
        self._task = None
        result = ending.result
        found = result.explanation if isinstance(result, SoundExplained) else None
        if found is not None:
            self._desk.session.ask(
                lambda _: _with_picture(found),
                then=partial(self._take, subject),
                otherwise=partial(self._tell, subject),
            )
        elif ending.error is None and ending.bug is None:
            self._offer(is_possible=True)

    def _take(self, subject: Subject, heard: Heard) -> None:
        self._answers[subject.song.song_id] = (subject, heard)
        while len(self._answers) > KEPT:
            del self._answers[next(iter(self._answers))]
        if self._subject is not None and self._subject.song.song_id == subject.song.song_id:
            self._show(heard)

    def _listen(self, second: float) -> None:
        if self._subject is not None:
            self._desk.listening.play(self._subject.song, at=second)


def _with_picture(found: SoundExplanation) -> Heard:
    return Heard(found, Spectrogram.load(Path(found.spectrogram)) if found.spectrogram else None)
