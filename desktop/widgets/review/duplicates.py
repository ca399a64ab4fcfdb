"""The list of copies: what may be the same waits at the top, the copies of the chosen row stand side by side."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core.song import SongId
from desktop import wording
from desktop.desk import Desk
from desktop.item_models.remarks import doubt_in_words
from desktop.item_models.review_reading import Group, Standing
from desktop.item_models.review_table import ReviewColumn, ReviewModel
from desktop.style.measures import MEDIUM
from desktop.verdicts import Change, Word
from desktop.widgets.kept_room import keep_room
from desktop.widgets.review.cards import SideBySide
from desktop.widgets.review.review_list import ReviewList

KEYS = {"space", "left", "right", "k", "d", "t"}


class DuplicatesReview(ReviewList):
    """Up and down go through the groups, left and right through the copies of one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._cards = SideBySide(desk=desk)
        self._different = QPushButton()
        self._different.setText(self.tr("Not a duplicate"))
        self._different.setToolTip(self.tr("These are different songs, for ever (D)"))
        self._take_back = QPushButton(self.tr("Take back"))
        self._take_back.setToolTip(self.tr("Let what was heard decide about these songs again (T)"))
        for each in (self._different, self._take_back):
            keep_room(each)  # else one would come under the pointer when the other goes
        super().__init__(desk, keys=KEYS, parent=parent)
        self._different.clicked.connect(self._say_different)
        self._take_back.clicked.connect(self._say_take_back)
        self._cards.keep_wanted.connect(lambda song_id: self.say(Word.KEEP, [song_id]))

    def make_model(self) -> ReviewModel:
        columns = [
            ReviewColumn(self.tr("Song"), lambda group: group.copies[0].song.name, share=1, is_quiet=False),
            ReviewColumn(self.tr("What"), self._what, width=168),
            ReviewColumn(self.tr("Alike"), _alike, width=64, is_number=True, tooltip=lambda _: self._about_alike()),
        ]
        return ReviewModel(columns, key=lambda group: group.key, is_said=_is_settled, parent=self)

    def songs_of(self, row: Group) -> list[SongId]:
        return row.song_ids

    def continues(self, before: Group, now: Group) -> bool:
        """One more copy was found of the same song, or one is gone."""
        are_copies = before.standing is Standing.COPIES and now.standing is Standing.COPIES
        return are_copies and not set(before.key).isdisjoint(now.key)

    def as_seen(self, before: Group, now: Group) -> Group:
        return now.as_seen(before)

    def lay_out(self) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._cards)
        line, column = QHBoxLayout(), QVBoxLayout(self.body)
        line.setSpacing(MEDIUM)
        line.addWidget(self.table, stretch=5)
        line.addWidget(area, stretch=6)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addLayout(self.head_of(self._different, self._take_back))
        column.addLayout(line, stretch=1)
        self.table.setAccessibleName(self.tr("Songs that are or may be the same"))

    def show_selected(self) -> None:
        group: Group | None = self.table.selected
        self._cards.show_group(group, is_past=self.table.is_past)
        present = None if self.table.is_past else group
        self._different.setVisible(present is not None and present.standing is not Standing.APART)
        self._take_back.setVisible(present is not None and _is_settled(present))
        about = self.past_words() if present is not group else ""
        self.sentence.setText(self._explained(present) if present is not None else about)

    def say_key(self, key: str) -> None:
        chosen = self._cards.chosen
        if key in ("left", "right"):
            self._cards.step(-1 if key == "left" else 1)
        elif key == "space" and chosen is not None:
            self.listen(chosen)
        elif self.table.is_past:
            return
        elif key == "k" and chosen is not None:
            self.say(Word.KEEP, [chosen])
        elif key == "d":
            self._say_different()
        elif key == "t":
            self._say_take_back()

    def empty_words(self) -> tuple[str, str]:
        return self.tr("No duplicates"), self.tr(
            "When two files hold the same song, whatever their format, they appear here. "
            "Only one of them is then learned from and played."
        )

    def _say_different(self) -> None:
        """Of a group of two; of more copies the chosen one is the odd one out."""
        group: Group | None = self.table.selected
        chosen = self._cards.chosen
        if group is not None and chosen is not None and group.standing is not Standing.APART:
            self.say(Word.DIFFERENT, [chosen] if len(group.copies) > 2 else group.song_ids)

    def _say_take_back(self) -> None:
        group: Group | None = self.table.selected
        if group is None or not _is_settled(group):
            return
        apart = [frozenset(group.song_ids)] if group.standing is Standing.APART else []
        kept = frozenset(each.song.song_id for each in group.copies if each.said_keep)
        sentence = self.tr("What was heard decides about “{title}” again.").format(title=group.copies[0].song.title)
        self.desk.word.change(Change(together=frozenset(apart), unkeep=kept), sentence=sentence)

    def _what(self, group: Group) -> str:
        if group.standing is Standing.POSSIBLE:
            return self.tr("Perhaps the same")
        if group.standing is Standing.APART:
            return self.tr("Different, you said")
        count = wording.number(len(group.copies))
        if _is_settled(group):
            return self.tr("{count} copies, one kept").format(count=count)
        words = self.tr("{count} copies, stars differ") if group.stars_differ else self.tr("{count} copies")
        return words.format(count=count)

    def _explained(self, group: Group) -> str:
        if group.standing is Standing.APART:
            return self.tr("You said that these are different songs. Both are learned from and played.")
        if group.standing is Standing.POSSIBLE:
            doubt = doubt_in_words(group.doubt)
            if not doubt:
                return self.tr("These may be the same song. Both stay in until you say.")
            return self.tr("These may be the same song, {doubt}. Both stay in until you say.").format(doubt=doubt)
        if group.stars_differ:
            return self.tr("The same song with different stars: the newest count. Keep the copy whose stars are right.")
        return self.tr("The same song. One copy is learned from and played, with the stars of all.")

    def _about_alike(self) -> str:
        return self.tr("How well they fit when they are laid upon each other: 1 is the same sound all along.")


def _is_settled(group: Group) -> bool:
    """Whether the owner said something that can be taken back."""
    is_kept = group.standing is Standing.COPIES and any(each.said_keep for each in group.copies)
    return is_kept or group.standing is Standing.APART


def _alike(group: Group) -> str:
    return "–" if group.score is None else wording.share(group.score)
