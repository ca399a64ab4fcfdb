"""What a word about selected songs changes, and that it can be undone."""

from pathlib import Path

from core.analysis.speech_class import SpeechClass
from core.song import UNRATED, Song, SongId
from desktop.item_models.song_marks import UNMARKED, Possible, SongMark
from desktop.verdicts import Change, Word, apply, change_of
from tests.library_databases import SongRow
from tests.listened_library import listen_to


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


def test_undone_stars_leave_those_that_counted_before(tmp_path: Path) -> None:
    """The player's stars were given last; what was said here before them must not come back above them."""
    path = tmp_path / "song.mp3"
    listened = listen_to(tmp_path, [SongRow(path=path, title="Song", rating=0.2)])
    with listened.open() as engine:
        (song,) = engine.library().songs
        engine.ratings.say([song.song_id], 0.6)
        listened.database.rate(path, 0.8)
        before = engine.ratings.merged(engine.library().songs)
        assert [each.rating for each in before] == [0.8]
        undo = apply(Change(stars={song.song_id: 1.0}), engine, songs=engine.library().songs)
        assert [each.rating for each in engine.ratings.merged(engine.library().songs)] == [1.0]
        apply(undo, engine, songs=engine.library().songs)
        assert engine.ratings.merged(engine.library().songs) == before


def test_undone_stars_leave_those_that_were_said_here_and_none_where_none_were(tmp_path: Path) -> None:
    listened = listen_to(tmp_path, [SongRow(path=tmp_path / f"{name}.mp3", title=name) for name in ("said", "plain")])
    with listened.open() as engine:
        songs = engine.library().songs
        engine.ratings.say([songs[0].song_id], 0.6)
        undo = apply(Change(stars=dict.fromkeys([each.song_id for each in songs], 1.0)), engine, songs=songs)
        apply(undo, engine, songs=songs)
        assert [each.rating for each in engine.ratings.merged(songs)] == [0.6, UNRATED]
