"""What to rate next: the unrated songs whose stars would teach the most, and a few that are drawn at random."""

from collections.abc import Generator, Iterable
from contextlib import closing
from typing import TYPE_CHECKING

from core.recommend.filters import Filters
from core.recommend.inquiry import Ask, Inquiry
from core.recommend.remark import Remark
from core.recommend.stock import Stock
from core.recommend.suggestion import SongList, Suggestion
from core.song import Song
from core.training.protocol import UNRATED, TrainingSong
from core.training.rating.names import Names

if TYPE_CHECKING:
    from core.training.rating.asking import Question

ANY = Filters()
TITLE = "Rate next"
RANDOM_SHARE = 0.1
NOTHING_LIKE, LITTLE_LIKE = 0.9, 0.7
"""Of what the sound says of a song, the share that the ratings leave open."""
AT_RANDOM = "Drawn at random, so that the ratings also tell about songs that you would not choose."
LITTLE = "would tell a little about many songs"
ONE = "would tell about one other song"
SEVERAL = "would tell about {:,} other songs"
NONE_LEFT, NONE_FITS = "There is no unrated song to ask about.", "No unrated song fits."


def rate_next(
    stock: Stock,
    *,
    ask: Ask,
    filters: Filters,
    wanted: int = 10,
    random_share: float = RANDOM_SHARE,
    seed: int = 42,
) -> SongList:
    """Unrated songs, the one whose stars would teach the most first, each as if those before it were rated.

    One of ten is drawn at random from all that may be asked about, which ``is_exploration`` marks: people rate what
    they care about, and only such a sample tells how they like the rest. ``score`` is the share of the doubt about all
    songs that a rating takes away; the scores of a list add up. There need not be a rating yet.
    """
    found: dict[int, Question] = {}

    def rows() -> Generator[int, None, None]:
        with closing(ask(_inquiry(stock, filters=filters, random_share=random_share, seed=seed))) as asked:
            for row, question in asked:
                found[row] = question
                yield row

    with closing(rows()) as every:
        chosen = filters.choose(every, stock=stock, wanted=wanted)
    entries = tuple(_entry(stock, row, found[row]) for row in chosen)
    figures = {"at_random": float(sum(each.is_exploration for each in entries)), "doubt": sum(e.score for e in entries)}
    return SongList(TITLE, entries, remarks=() if entries else (none_left(filters),), figures=figures)


def none_left(filters: Filters) -> Remark:
    """Why nothing is asked: filters that are set may be what leaves none."""
    return Remark(NONE_LEFT if filters == ANY else NONE_FITS)


def _inquiry(stock: Stock, *, filters: Filters, random_share: float, seed: int) -> Inquiry:
    return Inquiry(
        [str(song_id) for song_id in stock.song_ids],
        _artists(stock.songs),
        stock.stars,
        filters.allowed(stock) & ~stock.is_rated,
        random_share,
        seed,
    )


def _artists(songs: Iterable[Song]) -> list[str]:
    """Keys, as the predictor counts artists."""
    named = [TrainingSong(song.song_id, UNRATED, song.group, song.album, artist=song.artist) for song in songs]
    return list(Names.of(named).artists)


def _entry(stock: Stock, row: int, question: "Question") -> Suggestion:
    return stock.suggestion(row, score=question.worth, why=_why(question), is_exploration=question.is_random)


def _why(question: "Question") -> str:
    if question.is_random:
        return AT_RANDOM
    told = ONE if question.tells == 1 else SEVERAL.format(question.tells) if question.tells else LITTLE
    if question.open_share >= NOTHING_LIKE:
        return f"Nothing like it is rated yet: it {told}."
    if question.open_share >= LITTLE_LIKE:
        return f"Little like it is rated yet: it {told}."
    return f"Its rating {told}."
