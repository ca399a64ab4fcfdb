"""The top songs by predicted rating, and a sentence when there are fewer than were asked for."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.song import Song, SongId
from core.store.companion import Prediction


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A song that its owner has not rated, and what they would probably give it."""

    song: Song
    predicted_rating: float | None
    """0 to 1; None for “not yet”: nothing is known that could be stood for."""
    rank: int
    """From 1."""
    low: float = 0.0
    high: float = 1.0
    why: str = ""
    is_exploration: bool = False
    """Chosen to find out, not because it is surely liked."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a list should hold; ``max_per_artist`` None is no limit, an empty ``genre`` any."""

    top_n: int = 100
    min_rating: float = 0.7
    genre: str = ""
    max_per_artist: int | None = None
    explored: float = 0.0
    """0 to 1: the share of songs that are there to find out."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The chosen songs, best first, and what the owner should know about the choice (empty: nothing)."""

    recommendations: list[Recommendation]
    notice: str = ""


def rank(
    songs: Iterable[Song],
    *,
    predictions: Mapping[SongId, Prediction],
    wish: Wish,
    is_playable: Callable[[Song], bool] = lambda _: True,
) -> Ranking:
    """The best unrated songs above the minimum; ``is_playable`` is asked only for songs that might be chosen."""
    candidates = [
        song for song in songs if not song.is_rated and song.song_id in predictions and _has_genre(song, wish.genre)
    ]
    candidates.sort(key=lambda song: (-predictions[song.song_id].rating, song.song_id))
    # Best first, a minimum only cuts the end off: so the songs below it tell what a lower one would give.
    possible = _choose(candidates, wish=wish, is_playable=is_playable)
    chosen = [song for song in possible if predictions[song.song_id].rating >= wish.min_rating]
    recommendations = [_recommend(song, predictions[song.song_id], number) for number, song in enumerate(chosen, 1)]
    ratings = [predictions[song.song_id].rating for song in possible]
    return Ranking(recommendations, _notice(len(chosen), ratings, wish=wish))


def _choose(songs: Sequence[Song], *, wish: Wish, is_playable: Callable[[Song], bool]) -> list[Song]:
    taken: Counter[str] = Counter()
    chosen: list[Song] = []
    for song in songs:
        if len(chosen) == wish.top_n:
            break
        if wish.max_per_artist is not None and taken[song.group] >= wish.max_per_artist:
            continue
        if is_playable(song):
            taken[song.group] += 1
            chosen.append(song)
    return chosen


def _recommend(song: Song, prediction: Prediction, number: int) -> Recommendation:
    return Recommendation(song, prediction.rating, number, prediction.low, prediction.high)


def _has_genre(song: Song, genre: str) -> bool:
    return genre.casefold() in song.genre.casefold()


def _notice(chosen: int, ratings: Sequence[float], *, wish: Wish) -> str:
    """``ratings`` are those of the songs that would be chosen without a minimum, best first."""
    if chosen >= wish.top_n:
        return ""
    if not ratings:
        return "There is no unrated song with a prediction that fits: scan the library, or loosen the filters."
    if chosen == len(ratings):
        limit = f" with at most {wish.max_per_artist} of one artist" if wish.max_per_artist is not None else ""
        return f"Only {chosen} of {wish.top_n} songs: no more unrated songs fit{limit}."
    would = f"a minimum of {_round_down(ratings[-1]):.2f} would give {len(ratings)}"
    if chosen:
        return f"{chosen} of {wish.top_n} songs reach the minimum of {wish.min_rating:.2f}; {would}."
    highest = f"the highest prediction is {_round_down(ratings[0]):.2f}"
    return f"No song reaches the minimum of {wish.min_rating:.2f}: {highest}, {would}."


def _round_down(rating: float) -> float:
    """To two digits that the rating reaches: 0.699 is below a minimum of 0.70 and must not read as 0.70."""
    nearest = round(rating, 2)
    return nearest if nearest <= rating else round(nearest - 0.01, 2)
