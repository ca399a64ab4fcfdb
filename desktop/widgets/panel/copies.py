"""The other files of the same song, or of what may be the same, and what the owner can say about them."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.song import Song
from desktop import wording
from desktop.desk import Desk
from desktop.item_models import remarks
from desktop.item_models.song_rows import SongRows
from desktop.item_models.subject import Subject
from desktop.verdicts import Word, change_of
from desktop.widgets.flow import Flow
from desktop.widgets.panel.answer import paragraph
from desktop.widgets.panel.section import Section
from desktop.widgets.song_line import SongLine

MOST = 6
BETWEEN = " · "


class Copies(Section):
    """Not there for a song without copies."""

    chosen = Signal(Song)
    said = Signal(Word)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("copies", settings=desk.settings, parent=parent)
        self.set_title(self.tr("Copies"))
        self._lines = [SongLine(desk.listening) for _ in range(MOST)]
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for line in self._lines:
            line.chosen.connect(self.chosen)
            lines.addWidget(line)
        self._sentence, self._more = paragraph(), paragraph(secondary=True)
        self._buttons = {
            Word.KEEP: QPushButton(self.tr("Keep this one")),
            Word.DIFFERENT: QPushButton(self.tr("Not a duplicate")),
        }
        self._review = QPushButton(self.tr("Compare"))
        self._review.clicked.connect(lambda: desk.navigation.review("duplicates"))
        self.body.addWidget(self._sentence)
        self.body.addLayout(lines)
        self.body.addWidget(self._more)
        buttons = Flow()
        for word, button in self._buttons.items():
            button.clicked.connect(partial(self.said.emit, word))
            buttons.add(button)
        buttons.add(self._review)
        self.body.addWidget(buttons)
        self.hide()

    def show_subject(self, subject: Subject, rows: SongRows) -> None:
        songs = list(_others(subject, rows))
        self._sentence.setText(remarks.at_length(replace(subject.mark, speech=None, possible=())))
        self._sentence.setVisible(bool(subject.mark.copies))
        for number, line in enumerate(self._lines):
            line.setVisible(number < len(songs))
            if number < len(songs):
                line.show_song(
                    songs[number],
                    said=_in_a_line(songs[number], besides=subject.song),
                    more=remarks.printable(songs[number].location),
                )
        hidden = len(songs) - MOST
        self._more.setText(self.tr("And {count} more.").format(count=wording.number(hidden)))
        self._more.setVisible(hidden > 0)
        for word, button in self._buttons.items():
            button.setVisible(bool(change_of(word, [subject.song.song_id], mark_of=rows.mark_of)))
        self.setVisible(bool(songs))


def _others(subject: Subject, rows: SongRows) -> Iterable[Song]:
    """Copies first, then what may be one."""
    yield from (rows.song(each) for each in subject.mark.copies if each in rows.ids)
    yield from (each.song for each in subject.mark.possible)


def _in_a_line(song: Song, *, besides: Song) -> str:
    """What tells it from the other: its title if that is another one, its format and size, and its folder's name."""
    path = Path(song.location)
    size = wording.size(song.filesize) if song.filesize > 0 else ""
    title = song.title if song.title != besides.title else ""
    return BETWEEN.join(
        filter(None, (title, path.suffix.lstrip(".").upper(), size, remarks.printable(path.parent.name)))
    )
