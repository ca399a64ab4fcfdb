"""Marks in words: short for a cell, whole sentences for its tooltip."""

from pathlib import PurePath

from PySide6.QtCore import QCoreApplication, QLocale

from core.analysis.speech_class import SpeechClass
from core.song import Song
from desktop.item_models.song_marks import Possible, SongMark

translate = QCoreApplication.translate


def in_short(mark: SongMark) -> str:
    """What stands in a cell; empty if there is nothing to say."""
    return "; ".join(_short_parts(mark))


def in_a_word(mark: SongMark) -> str:
    """Why a song has no prediction, where stars would stand; empty if it may have one."""
    if mark.copy_of is not None:
        return translate("Remarks", "Copy")
    return translate("Remarks", "Spoken") if mark.is_spoken else ""


def at_length(mark: SongMark) -> str:
    """Each remark as a sentence that says what it means, a line each."""
    return "\n".join(_sentences(mark))


def file_name(song: Song) -> str:
    """The name of a song's file: titles of copies are mostly the same."""
    return printable(PurePath(song.filepath).name)


def _short_parts(mark: SongMark) -> list[str]:
    parts = [_copies(mark), _speech(mark)]
    if not mark.is_spoken:  # nobody has to tell one chapter from another
        parts += [translate("Remarks", "Perhaps {file}").format(file=file_name(each.song)) for each in mark.possible]
    said = [part for part in parts if part]
    return said or ([translate("Remarks", "No duplicate, you said")] if mark.said_apart else [])


def _copies(mark: SongMark) -> str:
    if mark.copy_of is not None:
        return translate("Remarks", "Copy of {file}").format(file=file_name(mark.copy_of))
    if not mark.copies:
        return ""
    count = len(mark.copies)
    said = (
        translate("Remarks", "Has 1 copy")
        if count == 1
        else translate("Remarks", "Has {count} copies").format(count=count)
    )
    if mark.stars_differ:
        return translate("Remarks", "{copies}, their stars differ").format(copies=said)
    return translate("Remarks", "{copies}, you keep this one").format(copies=said) if mark.said_keep else said


def _speech(mark: SongMark) -> str:
    if mark.said_speech is not None:
        return (
            translate("Remarks", "Spoken, you said")
            if mark.said_speech is SpeechClass.SPOKEN
            else translate("Remarks", "Music, you said")
        )
    if mark.is_spoken:
        return translate("Remarks", "Spoken, {ratio}").format(ratio=QLocale().toString(mark.ratio, "f", 2))
    return translate("Remarks", "Perhaps spoken") if mark.speech is SpeechClass.DOUBTFUL else ""


def _sentences(mark: SongMark) -> list[str]:
    found = []
    if mark.copy_of is not None:
        said = translate("Remarks", "A copy. “{title}” in the folder “{folder}” counts: it is learned from and played.")
        found.append(said.format(title=mark.copy_of.title, folder=_folder(mark.copy_of)))
    elif mark.copies:
        found.append(
            translate("Remarks", "{copies}. This one is learned from and played.").format(copies=_copies(mark))
        )
    if mark.speech is not None:
        found.append(_about_speech(mark))
    found += [_about_possible(each) for each in mark.possible]
    return found or [part + "." for part in _short_parts(mark)]


def _about_speech(mark: SongMark) -> str:
    if mark.said_speech is not None:
        return translate("Remarks", "You said that it is spoken: it is not learned from and in no playlist.")
    share = QLocale().toString(round(100 * mark.ratio))
    if mark.is_spoken:
        return translate(
            "Remarks", "Spoken: speech is {share} % of what was heard. It is not learned from and in no playlist."
        ).format(share=share)
    return translate(
        "Remarks", "Perhaps spoken: speech is {share} % of what was heard. It stays in until you say."
    ).format(share=share)


def _about_possible(possible: Possible) -> str:
    said = translate("Remarks", "Perhaps the same as “{title}” in the folder “{folder}”").format(
        title=possible.song.title, folder=_folder(possible.song)
    )
    doubt = doubt_in_words(possible.doubt)
    return f"{said}, {doubt}." if doubt else f"{said}."


def doubt_in_words(doubt: str) -> str:
    """What speaks against two songs being the same, after a comma; empty where nothing does."""
    doubts = {
        "lengths differ": translate("Remarks", "but their lengths differ"),
        "one has more around it": translate("Remarks", "but one has more around it"),
        "differs in places": translate("Remarks", "but they differ in places"),
        "differs all along": translate("Remarks", "but they differ all along"),
        "too uniform or too short to tell": translate("Remarks", "but it is too uniform or too short to tell"),
        "not heard as a whole": translate("Remarks", "but not both could be heard as a whole"),
    }
    return doubts.get(doubt, "")


def _folder(song: Song) -> str:
    """The name of the folder that a song's file lies in."""
    return printable(PurePath(song.filepath).parent.name)


def printable(name: str) -> str:
    """A file name that stays on its line, whatever bytes are in it."""
    return "".join(letter if letter.isprintable() else " " for letter in name.encode(errors="replace").decode())
