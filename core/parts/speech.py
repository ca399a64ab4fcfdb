"""Speech: which songs are spoken or doubtful, and what the owner says to that."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.analysis.speech_class import SOME_VOICE, SpeechClass, classify, is_spoken_genre
from core.parts.workplace import Workplace
from core.song import Song, SongId
from core.store.speech import SpeechFacts


@dataclass(frozen=True)
class SpokenSong:
    """A song that is not plainly music."""

    song: Song
    speech_class: SpeechClass
    ratio: float
    """The share of the excerpt that is speech, 0 to 1."""
    by_owner: bool
    """Whether the owner said so."""


class Speech:
    """A part of the engine."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    @property
    def is_enabled(self) -> bool:
        return self._workplace.config.music.speech_detection.enabled

    def classes(self, songs: Sequence[Song]) -> dict[SongId, SpeechClass]:
        """The class of every song that is not plainly music; the owner's word stands above what was heard."""
        heard = self._heard(songs) if self.is_enabled else {}
        return {song_id: found for song_id, found in (heard | self.said()).items() if found is not SpeechClass.MUSIC}

    def said(self) -> dict[SongId, SpeechClass]:
        """The class of each song that the owner gave one."""
        verdicts = self._workplace.stores.companion.verdicts.speech()
        return {song_id: SpeechClass(value) for song_id, value in verdicts.items()}

    def listed(self, songs: Sequence[Song]) -> list[SpokenSong]:
        """The spoken and the doubtful songs that are there, in the order of the library."""
        classes = self.classes(songs)
        ratios = self._workplace.stores.speech.probabilities() if classes else {}
        said = self.said()
        return [
            SpokenSong(song, classes[song.song_id], ratios.get(song.song_id, 0.0), song.song_id in said)
            for song in songs
            if song.song_id in classes and not song.unavailable
        ]

    def say(self, song_id: SongId, speech_class: SpeechClass) -> None:
        """The owner's word: this is music, or this is spoken."""
        self._workplace.stores.companion.verdicts.say_speech(song_id, speech_class.value)

    def take_back(self, song_id: SongId) -> None:
        """Let what was heard decide again."""
        self._workplace.stores.companion.verdicts.take_back_speech(song_id)

    def _heard(self, songs: Sequence[Song]) -> dict[SongId, SpeechClass]:
        """What was heard of the songs in which there is a voice, or of which a tag says that they are spoken."""
        store = self._workplace.stores.speech
        voices = store.voices(SOME_VOICE)
        threshold = self._workplace.config.music.speech_detection.speech_threshold
        tagged = [song for song in songs if song.song_id not in voices and is_spoken_genre(song.genre)]
        ratios = store.probabilities() if tagged else {}
        facts = {song.song_id: SpeechFacts(ratios[song.song_id], 0.0) for song in tagged if song.song_id in ratios}
        facts |= voices
        return {
            song.song_id: classify(facts[song.song_id], duration=song.duration, genre=song.genre, threshold=threshold)
            for song in songs
            if song.song_id in facts
        }
