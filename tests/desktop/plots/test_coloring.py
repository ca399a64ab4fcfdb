"""What colors say: categories by how common they are, values on ramps, and nothing where nothing is known."""

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings

from core.analysis.speech_class import SpeechClass
from core.recommend.song_map import SongMap
from core.song import Song, SongId
from core.store.companion import Prediction
from desktop.item_models.song_marks import SongMark
from desktop.item_models.song_rows import make_rows
from desktop.plots.color_book import ColorBook
from desktop.plots.coloring import ColorBy, SizeBy, color, sizes
from desktop.plots.map_songs import MapSongs, arrange, carried_over, moved_from, with_rows
from desktop.plots.selection_facts import facts_of
from desktop.style.scales import MOST_CATEGORIES, OTHER, RAMP_STEPS, UNKNOWN

DAY = 86_400


def made(songs: list[Song], *, predicted: dict[int, tuple[float, float]] | None = None) -> MapSongs:
    """The songs in their order on a map; ``predicted`` are a rating and half an interval by place."""
    predictions = {
        songs[place].song_id: Prediction(songs[place].song_id, rating, rating - half, rating + half)
        for place, (rating, half) in (predicted or {}).items()
    }
    marks = {songs[0].song_id: SongMark(speech=SpeechClass.SPOKEN)} if songs and songs[0].genre == "Podcast" else {}
    rows = make_rows(songs, predictions=predictions, skipped={}, marks=marks)
    count = len(songs)
    positions = np.linspace(-1, 1, 2 * count, dtype=np.float32).reshape(count, 2)
    ids = tuple(song.song_id for song in songs)
    clusters = np.arange(count, dtype=np.int16) % 12
    return arrange(SongMap(ids, positions, np.zeros(count, dtype=bool), "v", clusters=clusters), rows)


def song(number: int, **facts: object) -> Song:
    given = {"title": f"T{number}", "artist": "A", "album": "B", "year": -1, "rating": -1.0} | facts
    return Song(number, filename=f"file:///{number}.mp3", **given)  # type: ignore[arg-type]


def test_the_commonest_genres_have_a_color_each() -> None:
    genres = ["Rock"] * 3 + ["Jazz"] * 5 + ["", ""] + [f"Rare {number}" for number in range(12)]
    found = color(made([song(number, genre=genre) for number, genre in enumerate(genres)]), ColorBy.GENRE)
    assert [(each.name, each.count) for each in found.categories[:2]] == [("Jazz", 5), ("Rock", 3)]
    assert [(each.code, each.name, each.count) for each in found.categories[-2:]] == [
        (OTHER, "All others", 4),
        (UNKNOWN, "Not known", 2),
    ]
    assert found.codes[:10].tolist() == [1, 1, 1, 0, 0, 0, 0, 0, UNKNOWN, UNKNOWN]
    assert not found.is_ramp


def test_a_genre_keeps_its_color_while_songs_arrive_and_next_time(tmp_path: Path) -> None:
    def codes(book: ColorBook, genres: list[str]) -> dict[str, int]:
        found = color(made([song(n, genre=genre) for n, genre in enumerate(genres)]), ColorBy.GENRE, book=book)
        return {each.name: each.code for each in found.categories if each.code < OTHER}

    book, settings = ColorBook(), QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    rare = [f"Rare {number}" for number in range(8)]
    before = codes(book, ["Jazz", "Jazz", "Rock", *rare])
    after = codes(book, ["rock"] * 9 + ["Jazz", "Folk", *rare[1:]])
    assert after["rock"] == before["Rock"]
    assert {name: after[name] for name in ("Jazz", *rare[1:])} == {name: before[name] for name in ("Jazz", *rare[1:])}
    book.save(settings)
    settings.sync()
    again = ColorBook()
    again.restore(QSettings(settings.fileName(), QSettings.Format.IniFormat), list(ColorBy))
    assert codes(again, ["Folk", "New"])["Folk"] == after["Folk"]


def test_what_grows_common_gets_a_color() -> None:
    book, full = ColorBook(), [f"Genre {number}" for number in range(MOST_CATEGORIES)]
    assert book.codes("genre", full) == list(range(MOST_CATEGORIES))
    assert book.codes("genre", [*full[:6], "Late", *full[6:]])[6] == -1
    assert book.codes("genre", ["Late", *full]) == [MOST_CATEGORIES - 1, *range(MOST_CATEGORIES - 1), -1]


def test_periods_stand_in_the_order_of_time() -> None:
    found = color(made([song(n, year=year) for n, year in enumerate([2003, 1969, 1968, -1, 2009])]), ColorBy.PERIOD)
    assert [(each.name, each.count) for each in found.categories] == [("1960s", 2), ("2000s", 2), ("Not known", 1)]
    assert found.codes.tolist() == [1, 0, 0, UNKNOWN, 1]


def test_stars_go_along_the_ramp() -> None:
    found = color(made([song(n, rating=rating) for n, rating in enumerate([0.2, 0.6, 1.0, -1.0])]), ColorBy.OWN)
    assert found.codes.tolist() == [0, round((RAMP_STEPS - 1) / 2), RAMP_STEPS - 1, UNKNOWN]
    assert [text for _, text in found.ticks] == ["1", "2", "3", "4", "5"]
    assert [(each.code, each.name, each.count) for each in found.categories] == [(UNKNOWN, "Not rated", 1)]


def test_predictions_use_the_whole_ramp() -> None:
    songs = made([song(0), song(1), song(2)], predicted={0: (0.5, 0.1), 1: (0.8, 0.2)})
    found = color(songs, ColorBy.PREDICTED)
    assert found.codes.tolist() == [0, RAMP_STEPS - 1, UNKNOWN]
    assert [text for _, text in found.ticks] == ["2.5", "3", "4"]
    unsure = color(songs, ColorBy.UNCERTAINTY)
    assert unsure.codes.tolist() == [0, RAMP_STEPS - 1, UNKNOWN]
    assert [text for _, text in unsure.ticks] == ["±0.5", "±0.8", "±1.0"]
    assert [each.name for each in (*found.categories, *unsure.categories)] == ["Not yet", "Not yet"]


def test_new_songs_are_at_the_end_of_the_ramp() -> None:
    now = time.time()
    ages = [0.1, 30, 3650 * 2]
    found = color(made([song(n, ctime=int(now - age * DAY)) for n, age in enumerate(ages)]), ColorBy.NEWNESS)
    assert found.codes[0] == RAMP_STEPS - 1
    assert 0 < found.codes[1] < RAMP_STEPS - 1
    assert found.codes[2] == 0


def test_speech_and_clusters() -> None:
    songs = made([song(0, genre="Podcast"), *(song(number) for number in range(1, 13))])
    speech = color(songs, ColorBy.SPEECH)
    assert [(each.name, each.count) for each in speech.categories] == [("Music", 12), ("Doubtful", 0), ("Spoken", 1)]
    clusters = color(songs, ColorBy.CLUSTER, cluster_names=["Loud", "", *["Quiet"] * 10])
    assert clusters.codes.tolist() == [*range(10), OTHER, OTHER, 0]
    assert [each.name for each in clusters.categories[:2]] == ["Loud", "Group 2"]


@pytest.mark.parametrize("by", ColorBy)
def test_an_empty_map_has_colors_too(by: ColorBy) -> None:
    assert len(color(made([]), by).codes) == 0


def test_sizes_grow_with_plays() -> None:
    songs = made([song(number, playcount=plays) for number, plays in enumerate([0, 1, 3, 9, 5000])])
    assert sizes(songs, SizeBy.PLAYS).tolist() == [0, 1, 2, 3, 4]
    assert set(sizes(songs, SizeBy.UNIFORM).tolist()) == {2}


def test_the_facts_of_a_selection() -> None:
    songs = made(
        [
            song(0, genre="Rock", artist="X", year=1990, rating=0.8),
            song(1, genre="Rock", artist="Y", year=2001, rating=0.4),
            song(2, genre="Jazz", artist="X"),
            song(3, genre="Jazz", artist="Z", rating=1.0),
        ],
        predicted={0: (0.6, 0.1), 2: (0.8, 0.1)},
    )
    facts = facts_of(songs, np.array([True, True, True, False]))
    assert (facts.count, facts.rated, facts.predicted_songs, facts.years) == (3, 2, 2, (1990, 2001))
    assert facts.own == pytest.approx(0.6)
    assert facts.predicted == pytest.approx(0.7)
    assert facts.genres == [("Rock", 2), ("Jazz", 1)]
    assert dict(facts.artists) == {"X": 2, "Y": 1}
    assert (facts.more_genres, facts.more_artists) == (0, 0)
    many = made([song(number, genre="Rock", artist=f"A{number}") for number in range(11)])
    assert facts_of(many, np.ones(11, dtype=bool)).more_artists == 6


def test_songs_that_are_gone_leave_the_map() -> None:
    whole = made([song(number) for number in range(4)])
    rows = make_rows([song(3), song(1)], predictions={}, skipped={})
    left = arrange(SongMap(whole.song_ids, whole.positions, whole.is_approximate, "v", clusters=whole.clusters), rows)
    assert [each.title for each in map(left.song, range(2))] == ["T1", "T3"]
    assert left.positions.tolist() == whole.positions[[1, 3]].tolist()
    assert left.clusters.tolist() == [1, 3]


def test_songs_come_from_their_old_places() -> None:
    songs = made([song(number) for number in range(4)])
    fewer = arrange(SongMap(songs.song_ids[1:3], songs.positions[1:3], np.zeros(2, dtype=bool), "v"), songs.rows)
    turned = arrange(SongMap(songs.song_ids[::-1], -songs.positions, np.zeros(4, dtype=bool), "w"), songs.rows)
    came = moved_from(turned, fewer)
    assert came[[1, 2]].tolist() == songs.positions[[2, 1]].tolist()
    assert came[[0, 3]].tolist() == turned.positions[[0, 3]].tolist()
    chosen = carried_over(np.array([True, False]), fewer, turned)
    assert turned.ids_of(chosen) == [SongId("file:///1.mp3")]


def test_a_verdict_needs_no_new_arrangement() -> None:
    songs = made([song(0), song(1)])
    judged = with_rows(songs, songs.rows.with_marks({SongId("file:///1.mp3"): SongMark(speech=SpeechClass.SPOKEN)}))
    assert judged is not None
    assert color(judged, ColorBy.SPEECH).codes.tolist() == [0, 2]
    assert with_rows(songs, make_rows([song(5)], predictions={}, skipped={})) is None
