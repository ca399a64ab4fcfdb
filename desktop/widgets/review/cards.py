"""Copies side by side: what differs between the files, each to be heard, one to be kept."""

from PySide6.QtCore import QCoreApplication, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from core.song import SongId
from desktop import wording
from desktop.desk import Desk
from desktop.item_models.review_reading import Copy, Group, Standing
from desktop.style import fonts
from desktop.style.icons import Tint, icon
from desktop.style.measures import ICON_IN_ROW, MEDIUM, SMALL, TINY
from desktop.widgets.elided_label import ElidedLabel
from desktop.widgets.listen_button import ListenButton
from desktop.widgets.own_stars import OwnStars

translate = QCoreApplication.translate

LEAST_WIDTH = 220


class CopyCard(QFrame):
    """One copy; it stores nothing."""

    chosen = Signal()
    keep_wanted = Signal()

    def __init__(self, copy: Copy, group: Group, *, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.song_id: SongId = copy.song.song_id
        self._desk = desk
        self.keep = QPushButton(self.tr("Keep this one"))
        self.keep.setToolTip(self.tr("Learn from this copy and play it instead of the others (K)"))
        self.keep.setEnabled(not copy.said_keep or not copy.is_kept)
        self.keep.clicked.connect(self.keep_wanted)
        self.setProperty("bar", "plain")
        self.setMinimumWidth(LEAST_WIDTH)
        self.setAccessibleName(copy.song.filepath.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
        column.setSpacing(SMALL)
        column.addLayout(self._head(copy, group))
        column.addLayout(self._facts(copy, group))
        column.addLayout(self._deeds(copy, group))

    def mark(self, *, is_chosen: bool) -> None:
        """Whether it is the one that a key would mean."""
        self.setProperty("chosen", is_chosen)
        self.style().unpolish(self)
        self.style().polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit()
        super().mousePressEvent(event)

    def _head(self, copy: Copy, group: Group) -> QVBoxLayout:
        title = ElidedLabel(font=fonts.section())
        title.setText(copy.song.title)
        by = ElidedLabel(secondary=True)
        by.setText(" · ".join(filter(None, [copy.song.artist, copy.song.album])))
        head = QVBoxLayout()
        head.setSpacing(TINY)
        for each in (title, by):
            head.addWidget(each)
        if group.standing is Standing.COPIES:
            head.addLayout(self._badge(copy))
        return head

    def _badge(self, copy: Copy) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(TINY)
        words, picture = QLabel(), QLabel()
        picture.setFixedSize(ICON_IN_ROW, ICON_IN_ROW)
        if copy.is_kept:
            picture.setPixmap(icon("done", tint=Tint.ACCENT).pixmap(ICON_IN_ROW, ICON_IN_ROW))
            words.setText(self.tr("Kept, you said") if copy.said_keep else self.tr("Kept"))
            words.setToolTip(self.tr("This copy is learned from and played."))
        else:
            words.setText(self.tr("Left out"))
            words.setObjectName("secondary")
            words.setToolTip(self.tr("Nothing is learned from this copy and no playlist has it; its stars count."))
        line.addWidget(picture)
        line.addWidget(words, stretch=1)
        if not copy.is_kept:
            picture.hide()
        line.setContentsMargins(0, TINY, 0, 0)
        words.setFixedHeight(ICON_IN_ROW)
        return line

    def _facts(self, copy: Copy, group: Group) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(TINY)
        grid.setColumnStretch(1, 1)
        facts = [
            (self.tr("Format"), _format(copy), _differ(group, _format)),
            (self.tr("Bit rate"), _bit_rate(copy), _differ(group, _bit_rate)),
            (self.tr("Sound"), _sound(copy), _differ(group, _sound)),
            (self.tr("Length"), _length(copy), _differ(group, _length)),
            (self.tr("Size"), _size(copy), _differ(group, _size)),
            (self.tr("File"), copy.song.filepath.name, False),
            (self.tr("Folder"), str(copy.song.filepath.parent), False),
        ]
        for row, (name, value, differs) in enumerate(facts):
            label, shown = QLabel(name), ElidedLabel(font=fonts.figures(), secondary=not differs)
            shown.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            label.setObjectName("secondary")
            shown.setText(_printable(value))
            grid.addWidget(label, row, 0)
            grid.addWidget(shown, row, 1)
        stars = OwnStars()
        stars.show_rating(copy.song.rating)
        stars.rated.connect(lambda rating: self._desk.word.rate([self.song_id], rating))
        label = QLabel(self.tr("Stars"))
        label.setObjectName("secondary")
        grid.addWidget(label, len(facts), 0)
        grid.addWidget(stars, len(facts), 1)
        return grid

    def _deeds(self, copy: Copy, group: Group) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(SMALL)
        listen = ListenButton(self._desk.listening)
        listen.show_song(copy.song)
        line.addWidget(listen)
        line.addStretch()
        if group.standing is Standing.COPIES:
            line.addWidget(self.keep)
        return line


def _differ(group: Group, fact: "object") -> bool:
    """Whether the copies differ in it: then it is what one looks at."""
    return callable(fact) and len({fact(each) for each in group.copies}) > 1


def _format(copy: Copy) -> str:
    return copy.file.codec if copy.file else copy.song.filepath.suffix.removeprefix(".").upper()


def _bit_rate(copy: Copy) -> str:
    rate = copy.file.bit_rate if copy.file else 0
    return translate("CopyCard", "{rate} kbit/s").format(rate=wording.number(rate)) if rate else "–"


def _sound(copy: Copy) -> str:
    if copy.file is None:
        return "–"
    kinds = {1: translate("CopyCard", "mono"), 2: translate("CopyCard", "stereo")}
    channels = kinds.get(copy.file.channels, translate("CopyCard", "{count} channels").format(count=copy.file.channels))
    rate = QLocale().toString(copy.file.sample_rate / 1000, "f", 1)
    return translate("CopyCard", "{rate} kHz, {channels}").format(rate=rate, channels=channels)


def _length(copy: Copy) -> str:
    return wording.duration(copy.file.duration if copy.file else copy.song.duration) or "–"


def _size(copy: Copy) -> str:
    size = copy.file.file_size if copy.file else copy.song.filesize
    return wording.size(size) if size > 0 else "–"


def _printable(text: str) -> str:
    """Names of files may be no text at all."""
    return text.encode("utf-8", "replace").decode()


class SideBySide(QWidget):
    """The copies of one group; left and right choose between them."""

    keep_wanted = Signal(str)

    def __init__(self, *, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._cards: list[CopyCard] = []
        self._shown: tuple[Group | None, bool] = (None, False)
        self._at = 0
        self._columns = 1
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SMALL)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignTop)

    @property
    def chosen(self) -> SongId | None:
        """The copy that a key means."""
        return self._cards[self._at].song_id if self._cards else None

    def show_group(self, group: Group | None, *, is_past: bool = False) -> None:
        """Other copies; the one that was chosen stays so if it is among them. Nothing can be said of past ones."""
        if (group, is_past) == self._shown:
            return  # a button that is just pressed must not be another one when it is let go
        self._shown = group, is_past
        before = self.chosen
        for card in self._cards:
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [CopyCard(each, group, desk=self._desk) for each in group.copies] if group is not None else []
        for number, card in enumerate(self._cards):
            card.chosen.connect(lambda number=number: self.choose(number))
            card.keep.setEnabled(card.keep.isEnabled() and not is_past)
            card.keep_wanted.connect(lambda song_id=card.song_id: self.keep_wanted.emit(song_id))
        self._arrange()
        known = [card.song_id for card in self._cards]
        self.choose(known.index(before) if before in known else 0)

    def minimumSizeHint(self) -> QSize:
        """One card wide, however many stand beside each other at the moment: there may be less room soon."""
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """As many beside each other as have room, the rest below."""
        columns = max(1, min(len(self._cards), (self.width() + SMALL) // (LEAST_WIDTH + SMALL)))
        for column in range(max(columns, self._columns)):
            self._layout.setColumnStretch(column, int(column < columns))
        self._columns = columns
        for number, card in enumerate(self._cards):
            self._layout.addWidget(card, *divmod(number, columns))

    def choose(self, number: int) -> None:
        """Let the keys mean this copy."""
        if self._cards:
            self._at = min(max(number, 0), len(self._cards) - 1)
            for at, card in enumerate(self._cards):
                card.mark(is_chosen=at == self._at)

    def step(self, by: int) -> None:
        self.choose(self._at + by)
