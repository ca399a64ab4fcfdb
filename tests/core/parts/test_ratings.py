"""Ratings through the engine: stars given here are learned from, the newest count, and lost ones are remembered."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.analysis.lost_ratings import Loss
from core.analysis.rating_statements import Source
from core.engine import Engine
from core.parts.ratings import KnownRating, Telling
from core.song import UNRATED, Song, SongId
from core.store.companion import FileState
from tests.library_databases import SongRow
from tests.planted_library import RATED, PlantedLibrary
from tests.recorded_trainings import Trainings


@pytest.fixture
def engine(library: PlantedLibrary) -> Iterator[Engine]:
    with library.open() as opened:
        hear(opened, *opened.library().songs)
        list(opened.scan())
        yield opened


def hear(engine: Engine, *songs: Song, **sounds: str) -> None:
    """Give the songs sounds of their own, or those named by title."""
    states = engine.stores.companion.file_states()
    engine.stores.companion.save_file_states(
        (states.get(song.song_id) or FileState(song.song_id, song.filesize, float(song.mtime), "x"))._replace(
            checksum=sounds.get(song.title.split()[1], f"sound of {song.title}")
        )
        for song in songs
    )


def conflict_of(engine: Engine) -> KnownRating:
    """The one song that has other stars here than in the player."""
    (found,) = [each for each in engine.ratings.known(engine.library().songs) if each.is_conflict]
    return found


def song_at(engine: Engine, path: Path) -> Song:
    (found,) = [song for song in engine.library().songs if song.filepath == path]
    return found


def learned(engine: Engine) -> dict[SongId, float]:
    return {song.song_id: song.rating for song in engine.curation().songs if song.is_rated}


def add_row(library: PlantedLibrary, path: Path, like: Path, **columns: object) -> None:
    """A row of a file that is what another one was."""
    path.write_bytes(like.read_bytes())
    state = like.stat()
    row = {"title": like.stem, "mtime": int(state.st_mtime), "filesize": state.st_size} | columns
    library.database.add(SongRow(path=path, **row))  # type: ignore[arg-type]


def test_stars_given_here_lead_to_a_new_prediction(
    library: PlantedLibrary, engine: Engine, trainings: Trainings
) -> None:
    list(engine.update_predictions())
    assert len(trainings.jobs) == 1
    list(engine.update_predictions())
    assert len(trainings.jobs) == 1, "nothing new was said"
    unrated = song_at(engine, library.paths[-1]).song_id
    engine.ratings.say([unrated], 0.9)
    list(engine.update_predictions())
    assert len(trainings.jobs) == 2
    assert {song.song_id: song.rating for song in trainings.jobs[-1].rated}[unrated] == 0.9
    engine.ratings.take_back([unrated])
    list(engine.update_predictions())
    assert len(trainings.jobs) == 3
    assert unrated not in {song.song_id for song in trainings.jobs[-1].rated}


def test_the_newest_stars_count_wherever_they_were_given(library: PlantedLibrary, engine: Engine) -> None:
    path = library.paths[0]
    song = song_at(engine, path)
    other = 0.1 if song.rating > 0.5 else 1.0
    engine.ratings.say([song.song_id], other)
    assert learned(engine)[song.song_id] == other
    conflict = conflict_of(engine)
    assert (conflict.song, conflict.counting and conflict.counting.source) == (song, Source.MARMALADE)
    library.database.rate(path, 0.6)
    list(engine.scan())
    assert learned(engine)[song.song_id] == 0.6
    conflict = conflict_of(engine)
    assert (conflict.counting and conflict.counting.source) is Source.PLAYER
    assert [each.source for each in engine.ratings.history(song.song_id)] == [
        Source.PLAYER,
        Source.MARMALADE,
        Source.PLAYER,
    ]


def test_the_player_s_newer_stars_count_at_once_without_a_scan(library: PlantedLibrary, engine: Engine) -> None:
    path = library.paths[0]
    song_id = song_at(engine, path).song_id
    engine.ratings.say([song_id], 0.4)
    library.database.rate(path, 0.9)
    assert learned(engine)[song_id] == 0.9
    (known,) = [each for each in engine.ratings.known(engine.library().songs) if each.song_id == song_id]
    assert known.counting is not None
    assert (known.counting.source, known.counting.rating) == (Source.PLAYER, 0.9)
    assert known.player is not None
    assert known.player.at is not None
    assert engine.ratings.history(song_id)[-1] == Telling(Source.PLAYER, known.player)


def test_a_click_in_the_player_that_nobody_saw_is_older_than_what_is_said_afterwards(
    library: PlantedLibrary, engine: Engine
) -> None:
    path = library.paths[0]
    library.database.rate(path, 0.6)
    engine.ratings.say([song_at(engine, path).song_id], 0.2)
    list(engine.scan())
    assert learned(engine)[song_at(engine, path).song_id] == 0.2


def test_stars_are_kept_while_the_player_s_database_is_away(library: PlantedLibrary, engine: Engine) -> None:
    songs = engine.library().songs
    unrated = next(song for song in songs if not song.is_rated)
    away = library.database.path.rename(library.database.path.with_suffix(".away"))
    engine.ratings.say([unrated.song_id], 0.8)
    assert {song.song_id: song.rating for song in engine.ratings.merged(songs)}[unrated.song_id] == 0.8
    away.rename(library.database.path)
    assert learned(engine)[unrated.song_id] == 0.8


def test_the_player_s_database_is_never_written(library: PlantedLibrary, engine: Engine) -> None:
    def digest() -> str:
        return hashlib.sha256(library.database.path.read_bytes()).hexdigest()

    before, song_id = digest(), song_at(engine, library.paths[0]).song_id
    engine.ratings.say([song_id], 0.2)
    engine.ratings.take_back([song_id])
    engine.ratings.known(engine.library().songs)
    engine.ratings.lost()
    assert digest() == before


def test_the_rows_of_the_window_have_the_stars_that_count(library: PlantedLibrary, engine: Engine) -> None:
    songs = engine.library().songs
    engine.ratings.say([songs[-1].song_id], 0.2)
    assert engine.ratings.merged(songs) == [*songs[:-1], replace(songs[-1], rating=0.2)]


def test_stars_of_music_that_is_not_there_are_told_too(library: PlantedLibrary, engine: Engine) -> None:
    path = library.paths[-1]
    song_id = song_at(engine, path).song_id
    engine.ratings.say([song_id], 0.2)
    library.database.remove(path)
    known = engine.ratings.known(engine.library().songs)
    assert len(known) == RATED + 1
    assert (known[-1].song_id, known[-1].song, known[-1].counting is not None) == (song_id, None, True)


def test_a_file_that_was_moved_keeps_its_stars_here_and_is_reported(library: PlantedLibrary, engine: Engine) -> None:
    old, new = library.paths[0], library.paths[0].with_name("moved.mp3")
    rating = song_at(engine, old).rating
    library.database.change(old, unavailable=1)
    add_row(library, new, old)
    hear(engine, replace(song_at(engine, new), title=song_at(engine, old).title))
    (lost,) = engine.ratings.lost()
    assert (lost.loss, lost.last.rating) == (Loss.MOVED, rating)
    assert lost.song == song_at(engine, new)
    assert learned(engine)[song_at(engine, new).song_id] == rating


def test_a_row_that_the_player_has_removed_is_remembered_by_its_sound(library: PlantedLibrary, engine: Engine) -> None:
    old, new = library.paths[0], library.paths[0].with_name("moved.mp3")
    song = song_at(engine, old)
    library.database.remove(old)
    add_row(library, new, old)
    hear(engine, replace(song_at(engine, new), title=song.title))
    (lost,) = engine.ratings.lost()
    assert (lost.loss, lost.song) == (Loss.REMOVED, song_at(engine, new))
    assert engine.curation().songs[-1].rating == song.rating
    (remembered,) = [each for each in engine.ratings.known(engine.library().songs) if each.song == lost.song]
    assert remembered.counting is not None
    assert remembered.counting.source is Source.REMEMBERED
    library.database.rate(new, 0.1)
    assert engine.ratings.lost() == []
    assert engine.curation().songs[-1].rating == 0.1


@pytest.mark.parametrize("is_noted", [True, False])
def test_stars_that_a_row_has_lost_are_reported_but_not_learned_from(
    library: PlantedLibrary, engine: Engine, is_noted: bool
) -> None:
    path = library.paths[0]
    song = song_at(engine, path)
    library.database.rate(path, -1)
    if is_noted:
        list(engine.scan())
    (lost,) = engine.ratings.lost()
    assert (lost.loss, lost.song) == (Loss.RESET, song_at(engine, path))
    assert song.song_id not in learned(engine), "the player's database is what counts of a row that is there"
    engine.ratings.take_back([song.song_id])
    assert engine.ratings.lost() == []
    assert song.song_id not in learned(engine)


@pytest.mark.parametrize("is_noted", [True, False])
def test_stars_that_the_owner_clicked_away_are_not_lost(
    library: PlantedLibrary, engine: Engine, is_noted: bool
) -> None:
    path = library.paths[0]
    library.database.rate(path, 0)
    if is_noted:
        list(engine.scan())
        library.database.rate(path, -1)  # as the player does when it reads the file anew
        list(engine.scan())
    assert engine.ratings.lost() == []
    assert song_at(engine, path).song_id not in learned(engine)


def test_a_drive_that_is_unplugged_is_missing_and_comes_back(library: PlantedLibrary, engine: Engine) -> None:
    path = library.paths[0]
    library.database.change(path, unavailable=1)
    (lost,) = engine.ratings.lost()
    assert (lost.loss, lost.song, lost.old) == (Loss.MISSING, None, song_at(engine, path))
    library.database.change(path, unavailable=0)
    assert engine.ratings.lost() == []


def test_rows_that_were_gone_before_us_are_found_by_their_tags(library: PlantedLibrary, engine: Engine) -> None:
    twin = library.paths[-1]
    state = song_at(engine, twin)
    columns = {"title": state.title, "artist": state.artist, "album": state.album, "filesize": state.filesize}
    old = SongRow(path=Path("/before/us.mp3"), rating=0.9, unavailable=1, **columns)  # type: ignore[arg-type]
    library.database.add(old)
    (lost,) = engine.ratings.lost()
    assert (lost.loss, lost.by_tags, lost.song) == (Loss.MOVED, True, song_at(engine, twin))
    assert song_at(engine, twin).rating == UNRATED
    assert song_at(engine, twin).song_id not in learned(engine)


def test_stars_for_a_file_that_was_replaced_are_not_those_of_its_old_sound(
    library: PlantedLibrary, engine: Engine
) -> None:
    path = library.paths[-1]
    song = song_at(engine, path)
    engine.ratings.say([song.song_id], 0.2)
    library.database.change(path, filesize=song.filesize + 1)
    engine.ratings.say([song.song_id], 0.9)
    sounds = {said.sound: said.statement.rating for said in engine.stores.companion.own_ratings.newest()}
    assert sounds == {f"sound of {song.title}": 0.2, song.song_id: 0.9}
    assert learned(engine)[song.song_id] == 0.9
