"""The little player: one song at a time, from the middle of it, where its character is."""

from PySide6.QtCore import QObject, QUrl, Signal

from core.song import Song

SECOND = 1000
"""In Qt's milliseconds."""


class Listening(QObject):
    """Plays through QtMultimedia, which is loaded when something is heard for the first time."""

    changed = Signal()
    """Another song, or it plays, or it stopped."""
    moved = Signal(float)
    """The place in seconds."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._song: Song | None = None
        self._player: QObject | None = None

    @property
    def song(self) -> Song | None:
        """What is heard, or was heard last; None before the first."""
        return self._song

    @property
    def is_playing(self) -> bool:
        from PySide6.QtMultimedia import QMediaPlayer

        player = self._player
        return isinstance(player, QMediaPlayer) and player.isPlaying()

    def play(self, song: Song, *, at: float | None = None) -> None:
        """Hear a song; what was heard before ends."""
        from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer

        if self._player is None:
            player = QMediaPlayer(self)
            player.setAudioOutput(QAudioOutput(self))
            player.playingChanged.connect(lambda _: self.changed.emit())
            player.positionChanged.connect(lambda place: self.moved.emit(place / SECOND))
            player.errorOccurred.connect(lambda _, words: self.failed.emit(words))
            self._player = player
        self._song = song
        if isinstance(self._player, QMediaPlayer):
            self._player.setSource(QUrl.fromLocalFile(song.location))
            self._player.play()
        self.changed.emit()

    def toggle(self, song: Song) -> None:
        """Hear this song, or end hearing it."""
        if self._song == song and self.is_playing:
            self.stop()
        else:
            self.play(song)

    def stop(self) -> None:
        """End hearing; nothing happens when nothing is heard."""
        from PySide6.QtMultimedia import QMediaPlayer

        if isinstance(self._player, QMediaPlayer):
            self._player.stop()
