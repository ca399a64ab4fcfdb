"""How numbers are said: thousands with separators, durations, stars; in the language of the desktop."""

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from core.jobs.events import Progress

translate = QCoreApplication.translate

STARS = 5


def choose_locale() -> None:
    """A bare C locale writes 60113, which nobody can read: then numbers are written as in English."""
    if QLocale.system().language() == QLocale.Language.C:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))


def number(value: int) -> str:
    return QLocale().toString(value)


def songs(count: int) -> str:
    """A number of songs in words."""
    return (
        translate("Wording", "1 song")
        if count == 1
        else translate("Wording", "{count} songs").format(count=number(count))
    )


def stars(rating: float) -> str:
    """A rating of 0 to 1 as stars with one decimal at most: 4, 4.5, 3.7."""
    shown = round(rating * STARS, 1)
    return QLocale().toString(shown, "f", 0 if shown.is_integer() else 1)


def decimal_stars(rating: float) -> str:
    """A rating of 0 to 1 as stars, all of one width: 4.0, 4.5."""
    return QLocale().toString(rating * STARS, "f", 1)


def stars_in_words(rating: float) -> str:
    return (
        translate("Wording", "1 star")
        if rating * STARS == 1
        else translate("Wording", "{stars} stars").format(stars=stars(rating))
    )


def time_left(seconds: float) -> str:
    """A rough duration: 40 s, 55 min, 2 h 10 min."""
    whole = timedelta(seconds=round(seconds))
    hours, minutes = divmod(round(whole / timedelta(minutes=1)), 60)
    if whole < timedelta(seconds=90):
        return translate("Wording", "{seconds} s").format(seconds=round(seconds))
    if not hours:
        return translate("Wording", "{minutes} min").format(minutes=minutes)
    return translate("Wording", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def analysis(progress: Progress) -> str:
    """How far the listening to the whole library is: 4,210 of 60,113 analysed, 16.8 /s, 55 min."""
    parts = [
        translate("Wording", "{done} of {total} analysed").format(
            done=number(progress.before + progress.done), total=number(progress.before + progress.total)
        )
    ]
    if progress.per_second:
        parts.append(translate("Wording", "{speed} /s").format(speed=QLocale().toString(progress.per_second, "f", 1)))
    if progress.seconds_left:
        parts.append(time_left(progress.seconds_left))
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """The length of a song: 3:05, 1:02:03; empty if it is not known."""
    if seconds < 0:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def limit(seconds: float) -> str:
    """A length that somebody has set, of whole minutes mostly: 15 minutes."""
    minutes, rest = divmod(round(seconds), 60)
    if rest or not minutes:
        return duration(seconds)
    if minutes == 1:
        return translate("Wording", "1 minute")
    return translate("Wording", "{minutes} minutes").format(minutes=number(minutes))


def size(count: int) -> str:
    """Bytes as 4.2 MB."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def day(moment: float, *, now: datetime | None = None) -> str:
    """When something was, in Unix seconds: relative within a week, then the date."""
    then, today = datetime.fromtimestamp(moment).astimezone(), now or datetime.now().astimezone()
    days = (today.date() - then.date()).days
    if days in (0, 1):
        return translate("Wording", "today") if days == 0 else translate("Wording", "yesterday")
    if 1 < days < 7:
        return translate("Wording", "{days} days ago").format(days=days)
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(moment)).date(), QLocale.FormatType.ShortFormat)


def share(value: float) -> str:
    """A number of 0 to 1: 0.98."""
    return QLocale().toString(value, "f", 2)


def path(place: Path) -> str:
    """A place as it is written from home."""
    home = Path.home()
    shown = str(Path("~") / place.relative_to(home)) if place.is_relative_to(home) else str(place)
    return shown.encode(errors="replace").decode()
