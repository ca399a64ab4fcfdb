"""An explanation in the sentences of the window, for ``Explanation.sentences`` speaks English to a shell."""

from PySide6.QtCore import QCoreApplication, QLocale

from core.recommend.reasons.explanation import LEAST_TOLD, STARS, Explanation, SoundExplanation, SoundPart, Witnesses
from desktop import wording

translate = QCoreApplication.translate

OF_SOUND = "sound"
OF_NAMES = ("artist", "album", "genre")


def sentences(found: Explanation) -> list[str]:
    """What the prediction is, and what of the song it comes from; the songs behind it are shown below."""
    return [each for each in (_prediction(found), _because(found), _artist(found)) if each]


def removal(change: float) -> str:
    """What a prediction would lose, or gain where ``change`` is below 0, without something."""
    stars = _stars(abs(change))
    words = translate("ReasonTexts", "Without it, it would be predicted {stars} lower.")
    return (
        words if change > 0 else translate("ReasonTexts", "Without it, it would be predicted {stars} higher.")
    ).format(stars=stars)


def together(witnesses: Witnesses) -> str:
    """What they do together; empty for one, which says it by itself."""
    if len(witnesses.songs) < 2:
        return ""
    lower = translate("ReasonTexts", "Without these, it would be predicted {stars} lower.")
    higher = translate("ReasonTexts", "Without these, it would be predicted {stars} higher.")
    return (lower if witnesses.together > 0 else higher).format(stars=_stars(abs(witnesses.together)))


def of_sound(found: SoundExplanation) -> list[str]:
    """Which seconds and which frequencies matter, the strongest first; at most three."""
    parts = [(_seconds(each), each) for each in found.seconds] + [(_band(each), each) for each in found.bands]
    if not any(each.change for _, each in parts):
        return [translate("ReasonTexts", "Its sound does not matter: what you like is told by names alone.")]
    told = sorted(((name, each) for name, each in parts if each.holds), key=lambda one: -abs(one[1].change))
    if not told:
        return [
            translate(
                "ReasonTexts",
                "No part of its sound tells by itself: no seconds and no band change the prediction noticeably.",
            )
        ]
    return [_of_part(name, each) for name, each in told[:3]]


def part_in_words(part: SoundPart, *, is_band: bool) -> str:
    """One part of the sound with what it does, for its tooltip."""
    said = _of_part(_band(part) if is_band else _seconds(part), part)
    return (
        said
        if part.holds
        else translate("ReasonTexts", "{effect} That is too little to be sure of.").format(effect=said)
    )


def _prediction(found: Explanation) -> str:
    average = translate("ReasonTexts", "On average you give {stars}.").format(stars=_stars(found.parts["global"]))
    if not found.is_said:
        return translate("ReasonTexts", "Not yet: your ratings do not tell enough about this song. {average}").format(
            average=average
        )
    between = translate("ReasonTexts", "Nine of ten such songs get {low} to {high} from you.").format(
        low=wording.decimal_stars(found.low), high=wording.decimal_stars(found.high)
    )
    if found.song.is_rated:
        words = translate("ReasonTexts", "Without your own stars it would be predicted {stars}. {between} {average}")
        return words.format(stars=_stars(found.predicted), between=between, average=average)
    return translate("ReasonTexts", "{sure}: {between} {average}").format(
        sure=_sure(found.sure), between=_small(between), average=average
    )


def _sure(sure: str) -> str:
    known = {
        "sure": translate("ReasonTexts", "Sure"),
        "fairly sure": translate("ReasonTexts", "Fairly sure"),
        "unsure": translate("ReasonTexts", "Unsure"),
    }
    return known.get(sure, sure)


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _because(found: Explanation) -> str:
    names = {
        "sound": translate("ReasonTexts", "how it sounds"),
        "artist": translate("ReasonTexts", "the artist"),
        "album": translate("ReasonTexts", "the album"),
        "genre": translate("ReasonTexts", "the genre"),
    }
    weights = sorted(((names[name], found.parts[name] * STARS) for name in names), key=lambda each: -abs(each[1]))
    told = [
        translate("ReasonTexts", "{what} ({stars})").format(what=name, stars=_signed(value))
        for name, value in weights
        if _is_told(value)
    ]
    if not told:
        return translate("ReasonTexts", "Neither its names nor its sound set it apart from the average.")
    return translate("ReasonTexts", "What lifts or lowers it, in stars: {parts}.").format(parts=", ".join(told))


def _is_told(stars: float) -> bool:
    return abs(stars) >= LEAST_TOLD


def _artist(found: Explanation) -> str:
    if found.rated_of_artist or not found.song.artist:
        return ""
    return translate("ReasonTexts", "You have rated no other song by {artist}.").format(artist=found.song.artist)


def _of_part(name: str, part: SoundPart) -> str:
    words = (
        translate("ReasonTexts", "{what} speak for it: {stars} lower without.")
        if part.change > 0
        else translate("ReasonTexts", "{what} speak against it: {stars} higher without.")
    )
    return words.format(what=name, stars=_stars(abs(part.change)))


def _seconds(part: SoundPart) -> str:
    low, high = (wording.duration(second) for second in (part.low, part.high))
    return translate("ReasonTexts", "Seconds {low} to {high}").format(low=low, high=high)


def _band(part: SoundPart) -> str:
    if part.low <= 0:
        return translate("ReasonTexts", "Sounds below {high} Hz").format(high=wording.number(round(part.high)))
    return translate("ReasonTexts", "Sounds from {low} to {high} Hz").format(
        low=wording.number(round(part.low)), high=wording.number(round(part.high))
    )


def _stars(rating: float) -> str:
    return translate("ReasonTexts", "{stars} stars").format(
        stars=QLocale().toString(rating * STARS, "f", 2 if rating * STARS < LEAST_TOLD else 1)
    )


def _signed(stars: float) -> str:
    return f"{'+' if stars > 0 else '−'}{QLocale().toString(abs(stars), 'f', 1)}"
