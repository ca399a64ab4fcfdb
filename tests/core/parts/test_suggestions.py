"""Suggestions know each song once, and none that is spoken: ranking, playlist and map."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.analysis.speech_class import SpeechClass
from core.engine import Engine
from core.parts import suggestions as module
from core.playlist.files import ChangedByOthers
from core.recommend.ranking import Wish
from core.store.fingerprints import ComparisonRecord
from tests.planted_library import RATED, SONGS, PlantedLibrary, predict

EVERYTHING = Wish(top_n=SONGS, min_rating=0.0)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with PlantedLibrary.create(tmp_path).open() as opened:
        predict(opened, dict.fromkeys(range(1, SONGS + 1), 0.9))
        yield opened


def plant_copies(engine: Engine, first: int, second: int) -> None:
    """Let the songs of two rows be copies."""
    songs = engine.library().songs
    record = ComparisonRecord(songs[first - 1].song_id, songs[second - 1].song_id, "same audio", 0.9, "")
    engine.stores.fingerprints.save_comparisons([record])


def offered(engine: Engine) -> set[int]:
    return {each.song.rowid for each in engine.suggestions.rank(EVERYTHING).recommendations}


def test_of_copies_one_is_offered(engine: Engine) -> None:
    first, second = RATED + 1, RATED + 2
    plant_copies(engine, first, second)
    assert len(offered(engine) & {first, second}) == 1
    assert len(offered(engine)) == SONGS - RATED - 1


def test_a_song_that_is_rated_in_another_copy_is_not_new(engine: Engine) -> None:
    plant_copies(engine, 1, SONGS)
    assert SONGS not in offered(engine)
    (copies,) = engine.curation().duplicates
    engine.duplicates.say_keep(engine.library().songs[SONGS - 1].song_id, copies=copies)
    assert not offered(engine) & {1, SONGS}, "whichever copy is kept"


def test_what_is_left_out_is_in_no_playlist(engine: Engine) -> None:
    songs = engine.library().songs
    plant_copies(engine, RATED + 1, RATED + 2)
    engine.speech.say(songs[-1].song_id, SpeechClass.SPOKEN)
    playlist = engine.suggestions.recommend(EVERYTHING)
    assert playlist.path is not None
    text = playlist.path.read_text()
    assert f"Song {SONGS - 1} [live]" not in text
    assert text.count("<track>") == SONGS - RATED - 2


def test_a_playlist_that_another_program_changed_is_left_as_it_is(engine: Engine) -> None:
    path = engine.recommend(EVERYTHING).path
    assert path is not None
    assert engine.recommend(Wish(top_n=1, min_rating=0.0)).path == path, "what we wrote ourselves"
    path.write_text("by somebody else")
    with pytest.raises(ChangedByOthers, match=r"changed Marmalade\.xspf since"):
        engine.recommend(EVERYTHING)
    assert path.read_text() == "by somebody else"
    assert engine.recommend(EVERYTHING, overwrite=True).path == path
    assert "<track>" in path.read_text()


def test_the_window_and_the_shell_know_of_each_other_what_they_wrote(engine: Engine) -> None:
    path = engine.recommend(EVERYTHING).path
    made = engine.recipes.make_best().made
    assert made is not None
    assert made.files == (path,)
    assert engine.recommend(EVERYTHING).path == path


def test_what_is_left_out_is_not_on_the_map(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = list[int]()

    def draw(positions: object, *, genres: list[str], output: Path, title: str) -> None:
        drawn.append(len(genres))
        assert title == f"{len(genres)} songs"

    monkeypatch.setattr(module, "draw_map", draw)
    plant_copies(engine, 1, 2)
    engine.speech.say(engine.library().songs[-1].song_id, SpeechClass.SPOKEN)
    list(engine.suggestions.draw_map(tmp_path / "map.svg"))
    assert drawn == [SONGS - 2]


def test_a_song_whose_file_is_away_is_not_offered(engine: Engine) -> None:
    shutil.rmtree(engine.library().songs[0].filepath.parent)
    assert offered(engine) == set()
