"""The little player: one song at a time, from the middle of it, where its character is."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from core.analysis.facts import ExcerptChoice
from core.song import Song
from desktop.listening.now_playing import NowPlaying
from desktop.listening.sound import NoSoundError, QtSound, Sound, Trouble

EXCERPT = ExcerptChoice().duration
"""Seconds that the analysis hears of a song; who listens begins where they begin."""
LOUD = 1.0
OF_THE_MACHINE = (Trouble.NO_SOUND, Trouble.NO_DEVICE)
"""Which every song has; told once for each try to hear one."""


class Listening(QObject):
    """What plays the sound is loaded when something is heard for the first time, or before, by ``prepare``.

    Places and lengths are seconds of the song, which for a cue track is a section of its file.
    """

    changed = Signal()
    """Another song, or it plays, or it stopped."""
    moved = Signal(float)
    """The place in seconds."""
    failed = Signal(str)
    """A sentence."""

    def __init__(self, parent: QObject | None = None, *, make_sound: Callable[[QObject], Sound] = QtSound) -> None:
        super().__init__(parent)
        self._make_sound = make_sound
        self._sound: Sound | None = None
        self._song: Song | None = None
        self._wanted: float | None = None
        self._is_playing = self._is_loaded = False
        self._place = self._length = 0.0
        self._volume = LOUD
        self._silent: Trouble | None = None
        """Why nothing was heard at this try."""

    @property
    def song(self) -> Song | None:
        """What is heard, or was heard last; None before the first."""
        return self._song

    @property
    def is_playing(self) -> bool:
        """From the moment that it is wanted."""
        return self._is_playing

    @property
    def place(self) -> float:
        return self._place

    @property
    def length(self) -> float:
        """0 until it is known."""
        return self._length

    @property
    def volume(self) -> float:
        """0 to 1, as one hears it."""
        return self._volume

    def prepare(self) -> None:
        """Load what plays the sound, 27 ms of work, when there is time for it; the first song is then heard at once."""
        with suppress(NoSoundError):
            self._make()

    # -------------------------------------------------------------------------------------------------- what is wanted

    def play(self, song: Song, *, at: float | None = None) -> None:
        """Hear a song, from its middle or from a second of its file; what was heard before ends."""
        self._song, self._wanted = song, at
        self._is_playing, self._is_loaded, self._silent = True, False, None
        self._length = max(song.duration, 0.0)
        self._place = self._start()
        sound = self._require_sound()
        self.changed.emit()
        if sound is not None:
            sound.open(song.location)

    def toggle(self, song: Song) -> None:
        """Hear this song, or end hearing it."""
        if self.is_playing and self._song is not None and self._song.song_id == song.song_id:
            self.stop()
        else:
            self.play(song)

    def pause(self) -> None:
        """Be quiet; ``resume`` goes on from here."""
        if self._is_playing:
            self._is_playing = False
            if self._sound is not None:
                self._sound.pause()
            self.changed.emit()

    def resume(self) -> None:
        """Go on where it was paused; what has ended begins anew."""
        if self._song is None or self._is_playing:
            return
        if not self._is_loaded or self._sound is None:
            self.play(self._song)
            return
        self._is_playing = True
        self._sound.play()
        self.changed.emit()

    def pause_or_resume(self) -> None:
        """What the space key does."""
        if self._is_playing:
            self.pause()
        else:
            self.resume()

    def seek(self, second: float) -> None:
        """Go to a second of the song."""
        if self._sound is not None and self._is_loaded:
            self._place = min(max(second, 0.0), self._length)
            self._sound.seek(self._begin() + self._place)
            self.moved.emit(self._place)

    def stop(self) -> None:
        """End hearing; nothing happens when nothing is heard."""
        if self._sound is not None and (self._is_playing or self._is_loaded):
            self._end()

    def set_volume(self, share: float) -> None:
        self._volume = min(max(share, 0.0), LOUD)
        if self._sound is not None:
            self._sound.set_volume(self._volume)

    def give_way_to(self, player: NowPlaying) -> None:
        """Be quiet whenever the player begins to play."""
        player.changed.connect(lambda: self.pause() if player.is_playing else None)

    # -------------------------------------------------------------------------------------------------- what happens

    def _require_sound(self) -> Sound | None:
        try:
            return self._make()
        except NoSoundError:
            self._fail(Trouble.NO_SOUND)
            return None

    def _make(self) -> Sound:
        """Raises NoSoundError."""
        if self._sound is None:
            self._sound = self._make_sound(self)
            self._sound.loaded.connect(self._begin_to_play)
            self._sound.moved.connect(self._move)
            self._sound.ended.connect(self._end)
            self._sound.failed.connect(self._fail)
            self._sound.set_volume(self._volume)
        return self._sound

    def _begin(self) -> float:
        """Where the song begins in its file."""
        return self._song.beginning if self._song is not None and self._song.is_cue_track else 0.0

    def _start(self) -> float:
        """The second of the song at which it is heard first."""
        if self._wanted is not None:
            return max(self._wanted - self._begin(), 0.0)
        return max(self._length - EXCERPT, 0.0) / 2

    def _begin_to_play(self, file_length: float) -> None:
        song = self._song
        if song is None or self._sound is None:
            return
        self._is_loaded, self._silent = True, None
        is_section = song.is_cue_track and song.duration > 0
        self._length = song.duration if is_section else max(file_length - self._begin(), 0.0)
        self._place = self._start()
        self._sound.seek(self._begin() + self._place)
        if self._is_playing:
            self._sound.play()
        self.changed.emit()

    def _move(self, second: float) -> None:
        if not self._is_loaded:
            return
        self._place = second - self._begin()
        if self._song is not None and self._song.is_cue_track and self._place >= self._length > 0:
            self._end()
            return
        self.moved.emit(self._place)

    def _end(self) -> None:
        """Let go of the file."""
        self._is_playing = self._is_loaded = False
        if self._sound is not None:
            self._sound.close()
        self._place = self._start()
        self.changed.emit()

    def _fail(self, trouble: Trouble) -> None:
        if self._song is None:
            return
        self._is_playing = self._is_loaded = False
        self.changed.emit()
        is_known, self._silent = trouble in OF_THE_MACHINE and trouble is self._silent, trouble
        if not is_known:
            self.failed.emit(self._sentence(trouble).format(title=self._song.title))

    def _sentence(self, trouble: Trouble) -> str:
        return {
            Trouble.NO_SOUND: self.tr("Songs cannot be heard here: Qt’s part for sound is not installed, or broken."),
            Trouble.NO_DEVICE: self.tr(
                "“{title}” cannot be heard: there is no sound device. Connect one, and try again."
            ),
            Trouble.GONE: self.tr("“{title}” cannot be heard: its file cannot be opened. Is a drive not connected?"),
            Trouble.UNKNOWN_FORMAT: self.tr(
                "“{title}” cannot be heard here: its format is not known, or it is damaged."
            ),
            Trouble.OTHER: self.tr("“{title}” cannot be heard: something went wrong with the sound. Try again."),
        }[trouble]
