"""What a word about selected songs changes, and that it can be undone."""

from core.analysis.speech_class import SpeechClass
from core.song import UNRATED, Song, SongId
from desktop.item_models.song_marks import UNMARKED, Possible, SongMark
from desktop.verdicts import Change, Word, change_of


def song(name: str) -> Song:
    return Song(1, name, "A", "B", 2000, UNRATED, name)


KEPT, COPY, OTHER, TALK, MAYBE = (SongId(name) for name in ("kept", "copy", "other", "talk", "maybe"))
MARKS = {
    KEPT: SongMark(copies=(COPY, OTHER), possible=(Possible(song("maybe"), ""),)),
    COPY: SongMark(copies=(KEPT, OTHER), copy_of=song("kept")),
    OTHER: SongMark(copies=(KEPT, COPY), copy_of=song("kept"), said_keep=True),
    MAYBE: SongMark(possible=(Possible(song("kept"), ""),)),
    TALK: SongMark(speech=SpeechClass.SPOKEN, said_speech=SpeechClass.SPOKEN, said_apart=frozenset({KEPT})),
}


def change(word: Word, *songs: str) -> Change:
    return change_of(word, [SongId(each) for each in songs], mark_of=lambda each: MARKS.get(each, UNMARKED))


def pairs(found: Change) -> set[str]:
    return {" ".join(sorted(pair)) for pair in found.apart}


def test_a_copy_is_parted_from_its_copies() -> None:
    assert pairs(change(Word.DIFFERENT, COPY)) == {"copy kept", "copy other"}


def test_selected_songs_are_parted_from_each_other_only() -> None:
    assert pairs(change(Word.DIFFERENT, COPY, KEPT)) == {"copy kept"}


def test_a_doubt_is_settled_for_all_copies_and_leaves_them_together() -> None:
    assert pairs(change(Word.DIFFERENT, KEPT)) == {"kept maybe", "copy maybe", "maybe other"}
    assert pairs(change(Word.DIFFERENT, MAYBE)) == pairs(change(Word.DIFFERENT, KEPT))


def test_one_copy_is_kept_instead_of_another() -> None:
    assert change(Word.KEEP, COPY) == Change(keep=frozenset({COPY}), unkeep=frozenset({OTHER}))
    assert not change(Word.KEEP, COPY, KEPT)
    assert not change(Word.KEEP, "plain")


def test_music_and_speech_apply_to_what_they_change() -> None:
    assert change(Word.MUSIC, TALK, "plain") == Change(speech={TALK: SpeechClass.MUSIC})
    assert change(Word.SPOKEN, TALK, "plain") == Change(speech={SongId("plain"): SpeechClass.SPOKEN})


def test_everything_said_of_a_song_is_taken_back() -> None:
    assert change(Word.TAKE_BACK, TALK, OTHER) == Change(
        together=frozenset({frozenset({TALK, KEPT})}), unkeep=frozenset({OTHER}), speech={TALK: None}
    )
    assert not change(Word.TAKE_BACK, "plain")
