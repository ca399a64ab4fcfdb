"""The machine's sound, by QtMultimedia: one file at a time. Whatever goes wrong with it is a kind of trouble."""

from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, QUrl, Signal, SignalInstance

SECOND = 1000
"""In Qt's milliseconds."""


class Trouble(StrEnum):
    """Why a file is not heard."""

    NO_SOUND = "no sound"
    """QtMultimedia, or what it plays with, is not on this machine."""
    NO_DEVICE = "no device"
    GONE = "gone"
    UNKNOWN_FORMAT = "unknown format"
    OTHER = "other"


class NoSoundError(Exception):
    """Nothing can be heard here."""


class Sound(Protocol):
    """What Listening needs; all times in seconds from the beginning of the file."""

    loaded: SignalInstance
    """float: how long the file is. Nothing is heard before ``play``."""
    moved: SignalInstance
    """float"""
    ended: SignalInstance
    failed: SignalInstance
    """Trouble"""

    def open(self, path: str) -> None: ...
    def play(self) -> None: ...
    def pause(self) -> None: ...
    def seek(self, second: float) -> None: ...
    def close(self) -> None: ...
    def set_volume(self, share: float) -> None: ...


class QtSound(QObject):
    """Raises NoSoundError where QtMultimedia cannot be loaded: it needs libraries that not every desktop has."""

    loaded = Signal(float)
    moved = Signal(float)
    ended = Signal()
    failed = Signal(Trouble)

    def __init__(self, parent: QObject | None = None, *, is_heard: bool = True) -> None:
        """``is_heard`` False plays without a device, as a test does."""
        super().__init__(parent)
        try:
            from PySide6.QtMultimedia import QAudio, QAudioOutput, QMediaDevices, QMediaPlayer
        except ImportError as error:
            raise NoSoundError(str(error)) from error
        self._audio, self._devices, self._kinds = QAudio, QMediaDevices, QMediaPlayer
        self._is_heard = is_heard
        self._player = QMediaPlayer(self)
        if not self._player.isAvailable():
            raise NoSoundError
        self._output: QAudioOutput | None = None
        self._outputs = QAudioOutput
        self._volume = 1.0
        self._is_opening = False
        self._player.mediaStatusChanged.connect(self._follow)
        self._player.positionChanged.connect(self._tell_place)
        self._player.errorOccurred.connect(self._fail)

    def open(self, path: str) -> None:
        """Load a file; ``loaded`` or ``failed`` follows."""
        if self._is_heard and not self._has_device():
            self.failed.emit(Trouble.NO_DEVICE)
            return
        self._player.setSource(QUrl())  # the same file is loaded anew, too
        self._is_opening = True
        self._player.setSource(QUrl.fromLocalFile(path))

    def play(self) -> None:
        self._player.play()

    def pause(self) -> None:
        self._player.pause()

    def seek(self, second: float) -> None:
        self._player.setPosition(round(second * SECOND))

    def close(self) -> None:
        """Let go of the file: its drive may be taken away."""
        self._is_opening = False
        self._player.stop()
        self._player.setSource(QUrl())

    def set_volume(self, share: float) -> None:
        """0 to 1 as one hears it."""
        self._volume = share
        if self._output is not None:
            scales = self._audio.VolumeScale
            self._output.setVolume(
                self._audio.convertVolume(share, scales.LogarithmicVolumeScale, scales.LinearVolumeScale)
            )

    def _has_device(self) -> bool:
        """Looked for at each song, for headphones come and go; the output follows the desktop's choice."""
        if self._devices.defaultAudioOutput().isNull():
            return False
        if self._output is None:
            self._output = self._outputs(self)
            self._player.setAudioOutput(self._output)
            self.set_volume(self._volume)
        return True

    def _follow(self, status: object) -> None:
        statuses = self._kinds.MediaStatus
        if status == statuses.LoadedMedia and self._is_opening:  # it comes again after each seek
            self._is_opening = False
            self.loaded.emit(self._player.duration() / SECOND)
        elif status == statuses.EndOfMedia:
            self.ended.emit()
        elif status == statuses.InvalidMedia and self._player.error() == self._kinds.Error.NoError:
            self.failed.emit(Trouble.UNKNOWN_FORMAT)

    def _tell_place(self, place: int) -> None:
        if not self._player.source().isEmpty():
            self.moved.emit(place / SECOND)

    def _fail(self, error: object, _words: str) -> None:
        errors = self._kinds.Error
        troubles = {errors.ResourceError: Trouble.GONE, errors.FormatError: Trouble.UNKNOWN_FORMAT}
        self.failed.emit(troubles.get(error, Trouble.OTHER))  # type: ignore[call-overload]  # an Error, as Qt has it
