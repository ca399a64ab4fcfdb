"""Whether songs that belong together lie together: a perfect space, a random one, codecs, the smallest libraries."""

from dataclasses import replace

import numpy as np
import pytest

from core.training.judgment import retrieval
from core.training.judgment.retrieval import Kinds, excerpt_recall, measure_retrieval, neighborhood
from core.training.protocol import TrainingSong

SEED = 1
GENRES = ("Rock", "Jazz", "Techno", "Classical")


def library(*, artists: int = 12, albums: int = 2, songs: int = 5) -> list[TrainingSong]:
    """Songs of one album alternate between two formats; each artist has one genre."""
    return [
        TrainingSong(
            f"{artist} {album} {number}",
            -1.0,
            f"artist {artist}",
            f"album {album}",
            genre=GENRES[artist % 4],
            path=f"/music/{artist}/{album}/{number}.{'flac' if number % 2 else 'mp3'}",
        )
        for artist in range(artists)
        for album in range(albums)
        for number in range(songs)
    ]


def spread(*parts: tuple[list[object], float], noise: float = 0.01, dimension: int = 16) -> np.ndarray:
    """Vectors of which each key of a part has its own corner, the farther the larger the part's size."""
    generator = np.random.default_rng(SEED)
    vectors = noise * generator.normal(size=(len(parts[0][0]), dimension))
    for keys, size in parts:
        corners = {key: generator.normal(size=dimension) for key in dict.fromkeys(keys)}
        vectors += size * np.stack([corners[key] for key in keys])
    return vectors.astype(np.float32)


def album_of(songs: list[TrainingSong]) -> list[object]:
    return [(song.group, song.album) for song in songs]


def test_albums_that_lie_together_are_found() -> None:
    songs = library()
    found = measure_retrieval(songs, spread((album_of(songs), 1.0)), seed=SEED)
    assert found["album_mates_at_10"]["value"] == pytest.approx(1.0)
    assert found["album_mates_at_10_across_formats"]["value"] == pytest.approx(1.0)
    assert found["same_artist"] == pytest.approx({"value": 1.0, "chance": 9 / 119, "queries": 120})
    # Artists do not lie together, only their albums do.
    assert found["same_artist_other_album"]["value"] < 0.3


def test_a_random_space_reaches_chance() -> None:
    songs = library(artists=40)
    found = measure_retrieval(songs, np.random.default_rng(2).normal(size=(400, 16)), seed=SEED)
    assert found["album_mates_at_10"]["chance"] == pytest.approx(10 / 399)
    assert found["genre"]["chance"] == pytest.approx(0.25)
    for name in ("album_mates_at_10", "album_mates_at_10_across_formats", "same_artist", "same_artist_other_album"):
        assert found[name]["value"] == pytest.approx(found[name]["chance"], abs=0.03)
    assert found["genre"]["value"] == pytest.approx(0.25, abs=0.08)


def test_a_space_of_codecs_finds_no_album_across_formats() -> None:
    songs = library()
    codecs: list[object] = [song.path.rpartition(".")[2] for song in songs]
    found = measure_retrieval(songs, spread((album_of(songs), 1.0), (codecs, 30.0)), seed=SEED)
    # Within its codec every album is found; across codecs everything else lies nearer.
    assert found["album_mates_at_10"]["value"] < 0.7
    assert found["album_mates_at_10_across_formats"]["value"] < 0.2


def test_songs_in_one_format_are_not_asked_across_formats() -> None:
    songs = [replace(song, path="/music/song.ogg") for song in library()]
    found = measure_retrieval(songs, spread((album_of(songs), 1.0)), seed=SEED)
    assert found["album_mates_at_10_across_formats"]["queries"] == 0
    assert found["album_mates_at_10"]["queries"] == 120


@pytest.mark.parametrize("path", ["", "/music.d/song", "/music/Vol. 2 of them", "/music/.mp3"])
def test_a_file_without_ending_has_no_format(path: str) -> None:
    kinds = Kinds.of([TrainingSong("a", 1.0, "a", "b", path=path), TrainingSong("b", 1.0, "a", "b", path="x.MP3")])
    assert (kinds.formats >= 0).tolist() == [path == "/music/.mp3", True]


def test_of_genres_only_other_artists_are_asked() -> None:
    songs = library(artists=16)
    own: list[object] = [song.group for song in songs]
    genres: list[object] = [song.genre for song in songs]
    # Artists in corners of their own: only their own songs would tell the genre.
    alone = measure_retrieval(songs, spread((own, 1.0)), seed=SEED)
    together = measure_retrieval(songs, spread((own, 1.0), (genres, 3.0)), seed=SEED)
    assert alone["genre"]["value"] < 0.6
    assert together["genre"]["value"] > 0.95


def test_songs_of_a_sampler_go_by_their_own_artist() -> None:
    songs = [TrainingSong("a", 1.0, "various artists", "lp", artist="Abba"), TrainingSong("b", 1.0, "abba", "lp")]
    kinds = Kinds.of([*songs, TrainingSong("c", 1.0, "various artists", "lp", artist="Queen")])
    assert kinds.artists[0] == kinds.artists[1] != kinds.artists[2]


def test_unknown_albums_and_genres_are_not_asked_for() -> None:
    songs = [replace(song, album="", genre="") for song in library(artists=3)]
    found = measure_retrieval(songs, spread((album_of(songs), 1.0)), seed=SEED)
    assert found["album_mates_at_10"]["queries"] == found["genre"]["queries"] == 0
    assert found["same_artist"]["queries"] == 30


@pytest.mark.parametrize("songs", [2, 3])
def test_with_ten_neighbors_or_fewer_everybody_is_near(songs: int) -> None:
    few = library(artists=2, albums=1, songs=songs)
    found = measure_retrieval(few, spread((album_of(few), 1.0)), seed=SEED)["album_mates_at_10"]
    assert found["value"] == found["chance"] == pytest.approx(1.0)


@pytest.mark.parametrize("songs", [0, 1])
def test_nothing_to_ask_for_is_no_error(songs: int) -> None:
    found = measure_retrieval(library()[:songs], np.ones((songs, 3)), seed=SEED, second=np.ones((songs, 3)))
    assert found["hubness"]["songs"] == 0
    assert found["excerpts"]["queries"] == 0


def test_songs_without_embedding_are_left_out() -> None:
    songs = library()
    vectors = spread((album_of(songs), 1.0))
    vectors[::3] = np.nan
    found = measure_retrieval(songs, vectors, seed=SEED, second=vectors)
    assert found["same_artist"]["queries"] == 80
    assert found["excerpts"]["queries"] == 160


def test_the_answer_does_not_depend_on_how_many_are_asked_for_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    songs = library()
    kinds, vectors = Kinds.of(songs), spread((album_of(songs), 1.0), noise=1.0)
    whole = neighborhood(vectors, kinds, seed=SEED)
    monkeypatch.setattr(retrieval, "AT_ONCE", 7)
    assert neighborhood(vectors, kinds, seed=SEED) == whole


def test_two_excerpts_of_a_track_find_each_other() -> None:
    generator = np.random.default_rng(4)
    tracks = generator.normal(size=(400, 16))
    near = [tracks + 0.01 * generator.normal(size=tracks.shape) for _ in range(2)]
    assert excerpt_recall(*near, seed=SEED) == pytest.approx(
        {"recall_at_1": 1.0, "recall_at_10": 1.0, "chance": 1 / 300, "queries": 600}
    )
    far = excerpt_recall(near[0], generator.normal(size=tracks.shape), seed=SEED)
    assert far["recall_at_1"] < 0.03
    assert far["recall_at_10"] == pytest.approx(10 / 300, abs=0.03)


def test_an_encoder_that_hears_nothing_finds_nothing() -> None:
    songs = library()
    same = np.ones((len(songs), 8), dtype=np.float32)
    found = measure_retrieval(songs, same, seed=SEED, second=same)
    assert found["same_artist"]["value"] == found["excerpts"]["recall_at_1"] == 0.0
