"""Discoveries: songs like others, ways from one to another, mixes, surprises, and lists for the first day."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.curation import Curation
from core.library.playlists import read_playlists
from core.parts.stock import Look, StockRoom, playable_list, playable_lists, rows_of
from core.parts.workplace import Workplace
from core.recommend.albums import AlbumRanking, rank_albums
from core.recommend.filters import Filters
from core.recommend.mix import daily_mixes, mix
from core.recommend.mixes.tempo import tempi_of
from core.recommend.path import path
from core.recommend.popularity import first_playlist, liking, playlist_liking
from core.recommend.remark import Remark
from core.recommend.similar import similar
from core.recommend.stock import Stock, Values
from core.recommend.suggestion import SongList, Suggestion
from core.recommend.surprise import exploration, exploration_rows, surprise, with_exploration
from core.settings import playlist_folder
from core.song import SongId
from core.training.rating.hearing import MEASURED

DISLIKED = 0.4
"""Two stars: what the owner rated so, or below, is what less is wanted of."""
EXPLORED = 0.1
"""The share of songs in an automatic playlist that are there to find out."""
ANY = Filters()
RATED_FIRST = Remark(
    "The songs that you have rated are listened to first. As soon as others were too, a list is made of them."
)


class Discoveries:
    """A part of the engine."""

    def __init__(self, workplace: Workplace, *, stock: StockRoom) -> None:
        self._workplace, self._room, self._seed = workplace, stock, workplace.config.seed

    def similar(
        self,
        plus: Sequence[SongId],
        *,
        minus: Sequence[SongId] = (),
        unlike_disliked: bool = False,
        other_artists: bool = False,
        filters: Filters = ANY,
        wanted: int = 20,
    ) -> SongList:
        """More like these, less like those; ``unlike_disliked`` takes songs of two stars or fewer for such too.

        ``other_artists`` leaves out the artists of ``plus``. Raises UserError for a song that is spoken or was not
        listened to, and before the first scan.
        """
        look = self._room.look()
        stock = self._room.of(look)
        wanted_rows, unwanted = (rows_of(each, stock=stock, curation=look.curation) for each in (plus, minus))
        if unlike_disliked:
            disliked = np.flatnonzero(np.nan_to_num(stock.stars, nan=1.0) <= DISLIKED).tolist()
            unwanted += [row for row in disliked if row not in {*wanted_rows, *unwanted}]
        if other_artists:
            groups = frozenset(stock.songs[row].group for row in wanted_rows)
            filters = replace(filters, without_groups=filters.without_groups | groups)
        return playable_list(
            lambda now: similar(now, plus=wanted_rows, minus=unwanted, filters=filters, wanted=wanted), stock
        )

    def path(
        self, start: SongId, end: SongId, *, wanted: int = 12, weight: float = 0.0, filters: Filters = ANY
    ) -> SongList:
        """Songs that change gradually from one to another; ``weight`` 0 to 1 counts how much they are liked."""
        look = self._room.look()
        stock = self._room.of(look)
        first, last = (rows_of([each], stock=stock, curation=look.curation)[0] for each in (start, end))
        return playable_list(
            lambda now: path(now, start=first, end=last, wanted=wanted, weight=weight, filters=filters), stock
        )

    def mix(
        self,
        *,
        wanted: int = 50,
        variety: float = 0.5,
        explored: float = EXPLORED,
        filters: Filters = ANY,
        seed: int | None = None,
    ) -> SongList:
        """Songs that are good and varied; a share of them, ``explored``, is there to find out.

        ``seed`` takes the place of the configured one. As long as nothing is predicted, it is made of stars, plays, the
        player's playlists and similarity.
        """
        draw, look = self._seed if seed is None else seed, self._room.look()
        stock = self._room.of(look)
        if not stock.has_predictions:
            return self._first_playlist(stock, look.curation, wanted=wanted, filters=filters)

        def make(now: Stock) -> SongList:
            finds = round(explored * wanted)
            extra = exploration_rows(now, wanted=finds, filters=filters, seed=draw) if finds else []
            return mix(now, wanted=wanted, variety=variety, filters=filters, extra_rows=extra, seed=draw)

        return playable_list(make, stock)

    def daily_mixes(
        self, *, mixes: int = 6, wanted: int = 40, explored: float = EXPLORED, filters: Filters = ANY
    ) -> Sequence[SongList]:
        """A mix for each kind of songs that the owner likes, named after it; one as long as nothing is predicted."""
        look = self._room.look()
        stock = self._room.of(look)
        if not stock.has_predictions:
            return [self._first_playlist(stock, look.curation, wanted=wanted, filters=filters)]
        tempi = self._tempi(stock)

        def make(now: Stock) -> Sequence[SongList]:
            found = daily_mixes(now, mixes=mixes, wanted=wanted, filters=filters, tempi=tempi, seed=self._seed)
            return self._explored(found, now, share=explored, filters=filters)

        return playable_lists(make, stock)

    def _tempi(self, stock: Stock) -> Values | None:
        """(songs,): beats a minute, as far as they were measured; None where nothing was."""
        measured = self._workplace.stores.embeddings.matrix(self._workplace.measured_version())
        if not len(measured.filenames) or measured.vectors.shape[1] != sum(MEASURED):
            return None
        index = measured.index()
        rows = np.array([index.get(song.song_id, -1) for song in stock.songs], dtype=np.intp)
        tempi = np.full(len(rows), np.nan)
        for places, vectors in measured.pieces(rows):
            tempi[places] = tempi_of(vectors)
        return np.where(rows < 0, np.nan, tempi)

    def albums(self, *, wanted: int = 10, filters: Filters = ANY) -> AlbumRanking:
        """The albums that are most surely liked, whole; those of which every song has stars are left out."""
        look = self._room.look()
        found = AlbumRanking(())

        def make(now: Stock) -> SongList:
            nonlocal found
            found = rank_albums(now, library=look.curation.songs, wanted=wanted, filters=filters)
            return SongList("Albums", found.songs, (Remark(found.notice),) if found.notice else ())

        told = playable_list(make, self._room.of(look))
        return replace(found, notice=told.notice)

    def surprise(self, *, wanted: int = 20, filters: Filters = ANY, seed: int | None = None) -> SongList:
        """Songs that are predicted to be liked, far from everything that was rated or played."""
        draw = self._seed if seed is None else seed
        return playable_list(lambda stock: surprise(stock, wanted=wanted, filters=filters, seed=draw), self._room.now())

    def first_playlist(self, look: Look, *, wanted: int, filters: Filters = ANY) -> SongList:
        """What can be offered before there are predictions, made of plays, scores and the owner's own playlists."""
        return self._first_playlist(self._room.of(look), look.curation, wanted=wanted, filters=filters)

    def _first_playlist(self, stock: Stock, curation: Curation, *, wanted: int, filters: Filters) -> SongList:
        liked = self.liked_without_stars(stock, curation)
        found = playable_list(
            lambda now: first_playlist(
                now, liked=liked, wanted=wanted, filters=filters, seed=self._seed, rated=self._rated_ones(curation)
            ),
            stock,
        )
        if not found.suggestions and stock.is_rated.all() and self._is_incomplete(stock, curation):
            return replace(found, remarks=(RATED_FIRST,))
        return found

    def _rated_ones(self, curation: Curation) -> int:
        """How many songs with stars there are to be listened to, or were."""
        return sum(song.is_rated and not song.unavailable for song in self._room.listenable(curation))

    def _is_incomplete(self, stock: Stock, curation: Curation) -> bool:
        """Whether there are unrated songs to be listened to yet."""
        missing = (song for song in self._room.listenable(curation) if song.song_id not in stock.row_of)
        return any(not song.is_rated and not song.unavailable for song in missing)

    def liked_without_stars(self, stock: Stock, curation: Curation) -> Values:
        """(songs,): how much the owner seems to like each, 0 to 1, by what the player knows."""
        folder = playlist_folder(self._workplace.config, self._workplace.profile)
        ours = {file.stem for file in folder.glob("*.*")} if folder.is_dir() else set()
        playlists = read_playlists(self._workplace.database.path, without=ours)
        in_lists = playlist_liking(playlists, songs_count=len(stock))
        of_kept: dict[SongId, float] = {}
        for song_id, liked in in_lists.items():
            kept = curation.copy_of.get(song_id, song_id)
            of_kept[kept] = max(liked, of_kept.get(kept, 0.0))
        return liking(stock.songs, of_playlists=of_kept)

    def explored(self, chosen: Sequence[Suggestion], stock: Stock, *, share: float, filters: Filters) -> SongList:
        """A list of chosen songs of which a share, marked, gives way to songs that are there to find out."""
        wanted = round(share * len(chosen))
        if not wanted:
            return SongList("", tuple(chosen))
        beside = stock.rows(each.song.song_id for each in chosen).tolist()
        others = replace(filters, without_songs=filters.without_songs | {each.song.song_id for each in chosen})
        finds = exploration(stock, wanted=wanted, filters=others, seed=self._seed, beside=beside)
        return SongList("", tuple(with_exploration(chosen, finds, share=share)))

    def _explored(self, mixes: Sequence[SongList], stock: Stock, *, share: float, filters: Filters) -> list[SongList]:
        """The same mixes with a share of songs in each, marked, that are there to find out; none is in two."""
        listed = frozenset(entry.song.song_id for each in mixes for entry in each.suggestions)
        found = []
        for each in mixes:
            others = replace(filters, without_songs=filters.without_songs | listed)
            explored = self.explored(each.suggestions, stock, share=share, filters=others)
            listed |= {entry.song.song_id for entry in explored.suggestions}
            found.append(replace(each, suggestions=explored.suggestions))
        return found
