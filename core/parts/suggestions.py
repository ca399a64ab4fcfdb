"""Suggestions: from the predictions to a ranking, a playlist in the player, a picture of the library."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.curation import Curation
from core.errors import UserError
from core.jobs.events import Event, Finished, Progress
from core.parts.workplace import Workplace
from core.playlist import m3u, xspf
from core.playlist.player import command_for, open_in_player
from core.recommend.explain import with_reasons
from core.recommend.map_layout import LEAST_SONGS, lay_out
from core.recommend.map_picture import draw_map, require_picture
from core.recommend.ranking import Ranking, Recommendation, Wish, rank
from core.settings import playlist_folder
from core.song import Song, SongId
from core.store.companion import Prediction


@dataclass(frozen=True)
class Playlist:
    """What was written; ``path`` is None when there was nothing to write."""

    path: Path | None
    ranking: Ranking


class Suggestions:
    """A part of the engine; ``curation`` and ``predictions`` give what there is to choose from, as it is now."""

    def __init__(
        self,
        workplace: Workplace,
        *,
        curation: Callable[[], Curation],
        predictions: Callable[[], Mapping[SongId, Prediction]],
    ) -> None:
        self._workplace, self._curation, self._predictions = workplace, curation, predictions
        self.playlist_folder = playlist_folder(workplace.config, workplace.profile)

    def rank(self, wish: Wish) -> Ranking:
        """The songs that fit a wish, each with the reason why."""
        songs = self._curation().songs
        ranking = rank(songs, predictions=self._predictions(), wish=wish, is_playable=_is_playable)
        version = self._workplace.active_version
        if not ranking.recommendations or version is None:
            return ranking
        matrix = self._workplace.stores.embeddings.matrix(version)
        return replace(ranking, recommendations=with_reasons(ranking.recommendations, songs=songs, matrix=matrix))

    def recommend(self, wish: Wish, *, output: Path | None = None) -> Playlist:
        """Write the songs that fit a wish as XSPF, or as M3U8 if ``output`` ends so; nothing is written for none."""
        ranking = self.rank(wish)
        if not ranking.recommendations:
            return Playlist(None, ranking)
        path = (output or self.playlist_folder / "Marmalade.xspf").expanduser().absolute()
        self.write_playlist(ranking.recommendations, path)
        return Playlist(path, ranking)

    def write_playlist(self, recommendations: list[Recommendation], path: Path) -> None:
        """Write chosen songs in the format that the ending of ``path`` names."""
        if path.suffix.lower() in (".m3u", ".m3u8"):
            m3u.export_to_m3u(recommendations, path)
        else:
            xspf.export_to_xspf(recommendations, path, player=self._workplace.library().player)

    def open_in_player(self, playlist: Path) -> None:
        """Hand a playlist to the player as a new tab."""
        open_in_player(playlist, name=playlist.stem, command=command_for(self._workplace.database.kind))

    def draw_map(self, output: Path) -> Iterator[Event]:
        """Lay out every song by t-SNE and draw the map to a PNG, SVG or PDF; ends with Finished."""
        version = self._workplace.active_version
        if version is None:
            raise UserError("There is nothing to draw yet: run “marmalade scan” first.")
        require_picture(output)
        genre_of = {str(song.song_id): song.genre for song in self._curation().songs}
        names, vectors = self._workplace.stores.embeddings.matrix(version).rows(list(genre_of))
        if len(names) < LEAST_SONGS:
            raise UserError(f"A map needs at least {LEAST_SONGS} songs, and {len(names)} were listened to.")
        positions = np.empty((0, 2))
        for step in lay_out(vectors, seed=self._workplace.config.seed):
            positions = step.positions
            yield Progress(step.done, step.total)
        genres = [genre_of[name] for name in names]
        draw_map(positions, genres=genres, output=output, title=f"{len(genres):,} songs")
        yield Finished()


def _is_playable(song: Song) -> bool:
    # Path.is_file raises where a name is too long or a folder must not be entered.
    return not xspf.unplayable_reason(song) and os.path.isfile(song.filepath)  # noqa: PTH113
