"""The plan of the demo library: how much there is, and that it does not change by itself."""

from core.demo.composition import length_seconds
from core.demo.oddities import plan_oddities
from core.demo.recipe import FORMATS, plan_songs


def test_library_is_as_large_as_promised() -> None:
    songs = plan_songs(1)
    assert len(songs) >= 64
    assert len({song.artist for song in songs}) >= 12
    assert len({(song.artist, song.album) for song in songs}) >= 20
    assert {song.format for song in songs} == set(FORMATS)
    assert len({song.relative_path for song in songs}) == len(songs)


def test_songs_last_between_half_a_minute_and_a_minute_and_a_half() -> None:
    for seed in (1, 2, 3):
        lengths = [length_seconds(song.sound) for song in plan_songs(seed)]
        assert min(lengths) >= 30.0
        assert max(lengths) <= 90.0


def test_same_seed_gives_the_same_plan_and_another_seed_another() -> None:
    assert plan_songs(1) == plan_songs(1)
    assert [song.sound for song in plan_songs(1)] != [song.sound for song in plan_songs(2)]


def test_small_library_is_spread_over_artists_and_formats() -> None:
    songs = plan_songs(1, limit=8)
    assert len(songs) == 8
    assert {song.format for song in songs} == set(FORMATS)
    assert len({song.artist for song in songs}) >= 5
    assert set(songs) <= set(plan_songs(1))


def test_awkward_names_are_among_the_songs() -> None:
    names = "".join(song.relative_path for song in plan_songs(1))
    for sign in ' #%?"&[ü':
        assert sign in names


def test_oddities_never_lie_where_a_song_lies() -> None:
    songs = plan_songs(1)
    oddities = plan_oddities(songs)
    assert [oddity.kind for oddity in oddities].count("damaged") == 1
    assert [oddity.kind for oddity in oddities].count("too long") == 1
    assert len({song.relative_path for song in songs} | {oddity.relative_path for oddity in oddities}) == len(
        songs
    ) + len(oddities)
