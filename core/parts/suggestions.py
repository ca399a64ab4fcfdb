"""Suggestions: from the predictions to a ranking, a playlist in the player, a picture of the library."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from core.curation import Curation
from core.errors import Cause, UserError
from core.jobs.events import Event, Finished, Progress
from core.parts.discoveries import Discoveries
from core.parts.explanations import Explanations
from core.parts.learning import PREDICTOR
from core.parts.stock import Look, StockRoom, away_notice, is_there, playable_list
from core.parts.workplace import Workplace
from core.parts.written_files import WrittenFiles, require_ours
from core.playlist import m3u, xspf
from core.playlist.files import write_playlist
from core.playlist.player import command_for, open_in_player
from core.recommend.confidence import Knowledge, knowledge
from core.recommend.explain import with_reasons
from core.recommend.filters import Filters
from core.recommend.map_drawing import LayoutJob, LayoutMoved, lay_out_in_child
from core.recommend.map_layout import Start
from core.recommend.map_picture import draw_map, require_picture
from core.recommend.ranking import Ranking, Recommendation, Wish, rank
from core.recommend.stock import Stock
from core.recommend.suggestion import Listed, SongList, Suggestion
from core.settings import playlist_folder
from core.song import Song, SongId
from core.store.companion import Prediction

FORBIDDEN = '/\\:*?"<>|'
"""In the name of a file: by Linux, or by the disks that music is carried on."""
LONGEST_NAME = 120
"""Bytes."""


@dataclass(frozen=True)
class Source:
    """Whose predictions are ranked: a predictor, and the embeddings that it heard; empty before the first of them."""

    model_version: str = ""
    embedding_version: str = ""


@dataclass(frozen=True)
class Playlist:
    """What was written; ``path`` is None when there was nothing to write."""

    path: Path | None
    ranking: Ranking
    source: Source = Source()
    predicted_at: float | None = None
    """When the predictions were made, in Unix seconds; None without any."""


class Suggestions:
    """A part of the engine; ``curation`` gives what there is to choose from, as it is now."""

    def __init__(
        self,
        workplace: Workplace,
        *,
        stock: StockRoom,
        discoveries: Discoveries,
        explanations: Explanations,
        curation: Callable[[], Curation],
    ) -> None:
        self._workplace, self._curation = workplace, curation
        self._room, self._discoveries, self._explanations = stock, discoveries, explanations
        self._companion = workplace.stores.companion
        self.playlist_folder = playlist_folder(workplace.config, workplace.profile)

    @property
    def current_source(self) -> Source:
        """The predictor in use."""
        predictor = self._companion.setting(PREDICTOR) or {"version": ""}
        return Source(predictor["version"], self._workplace.active_version or "")

    def knowledge(self) -> Knowledge:
        """How much is known of the owner's taste, in sentences."""
        return self._knowledge(self._curation().songs)

    def rank(self, wish: Wish, *, source: Source | None = None) -> Ranking:
        """The songs that fit a wish, each with the reason why; of the predictor in use if no ``source`` is given.

        Where it stands for no prediction yet, they are chosen by plays, the player's playlists and similarity.
        """
        look = self._room.look()
        # A source may have heard songs that no scan has looked at.
        songs = look.songs if source is None else self._room.listenable(look.curation)
        if source is None:
            predictions = self._room.predictions(songs)
            if not any(song.song_id in predictions and not song.is_rated for song in songs):
                return self._first_songs(wish, look)
        else:
            predictions = self._companion.predictions(source.model_version)
        used, away = source or self.current_source, set[SongId]()
        settled = [song for song in songs if song.song_id not in look.unsettled]
        ranking = rank(settled, predictions=predictions, wish=wish, is_playable=lambda song: _is_playable(song, away))
        if away:
            notices = [away_notice(len(away)), ranking.notice if ranking.recommendations else ""]
            ranking = replace(ranking, notice=" ".join(filter(None, notices)))
        if not ranking.recommendations or not used.embedding_version:
            return ranking
        ranking = replace(ranking, recommendations=self._with_reasons(ranking, songs, used, curation=look.curation))
        return self._explored(ranking, wish, look) if wish.explored else ranking

    def _with_reasons(
        self, ranking: Ranking, songs: Sequence[Song], source: Source, *, curation: Curation
    ) -> list[Recommendation]:
        matrix = self._workplace.stores.embeddings.matrix(source.embedding_version)
        chosen = [each.song.song_id for each in ranking.recommendations]
        is_current = source == self.current_source
        witnesses = self._explanations.reasons(chosen, curation=curation) if is_current else {}
        return with_reasons(ranking.recommendations, songs=songs, matrix=matrix, witnesses=witnesses)

    def _first_songs(self, wish: Wish, look: Look) -> Ranking:
        """What can be offered before there are predictions; raises UserError before the first scan."""
        found = self._discoveries.first_playlist(look, wanted=wish.top_n, filters=_filters(wish))
        notices = [self._knowledge(look.curation.songs).sentence, found.notice]
        return Ranking(_recommendations(found.suggestions), " ".join(filter(None, notices)))

    def _explored(self, ranking: Ranking, wish: Wish, look: Look) -> Ranking:
        def make(stock: Stock) -> SongList:
            # A drive may be unplugged at any time, and what is gone must not be offered again and again.
            chosen = [_suggestion(each) for each in ranking.recommendations if is_there(each.song)]
            return self._discoveries.explored(chosen, stock, share=wish.explored, filters=_filters(wish))

        found = playable_list(make, self._room.of(look))
        return replace(ranking, recommendations=_recommendations(found.suggestions))

    def _knowledge(self, songs: Sequence[Song]) -> Knowledge:
        heard = self._workplace.stores.embeddings.filenames(self._workplace.active_version or "")
        known = [song for song in songs if song.song_id in heard]
        run = self._companion.last_run("fit-predictor") or self._companion.last_run("train-classifier") or {}
        return knowledge(
            [song.rating for song in known if song.is_rated],
            songs=len(known),
            predicted=len(self._room.predictions(known).keys() & {song.song_id for song in known}),
            figures=run.get("figures"),
        )

    def recommend(
        self, wish: Wish, *, output: Path | None = None, source: Source | None = None, overwrite: bool = False
    ) -> Playlist:
        """Write the songs that fit a wish as XSPF, or as M3U8 if ``output`` ends so; nothing is written for none.

        Raises ChangedByOthers as ``write_playlist`` does.
        """
        ranking, used = self.rank(wish, source=source), source or self.current_source
        predicted_at = self._companion.predicted_at(used.model_version)
        if not ranking.recommendations:
            return Playlist(None, ranking, used, predicted_at)
        path = (output or self.playlist_folder / "Marmalade.xspf").expanduser().absolute()
        self.write_playlist(ranking.recommendations, path, overwrite=overwrite)
        return Playlist(path, ranking, used, predicted_at)

    def write_list(self, found: SongList, *, output: Path | None = None, overwrite: bool = False) -> Path | None:
        """Write a list as a playlist, named after its title if no place is; None, and nothing is written, for none."""
        if not found.suggestions:
            return None
        path = (output or self.playlist_folder / f"{file_name(found.title)}.xspf").expanduser().absolute()
        self.write_playlist(found.suggestions, path, overwrite=overwrite)
        return path

    def write_playlist(self, recommendations: Sequence[Listed], path: Path, *, overwrite: bool = False) -> None:
        """Write chosen songs in the format that the ending of ``path`` names.

        Without ``overwrite``, ChangedByOthers is raised for a file that we did not write, or that somebody has written
        to since.
        """
        if all(xspf.unplayable_reason(each.song) for each in recommendations):
            raise UserError("There is no song that a playlist can name, so no playlist was made.")
        if path.suffix.lower() in (".m3u", ".m3u8"):
            content = m3u.render(recommendations)
        else:
            content = xspf.render(recommendations, title=path.stem, player=self._workplace.library().player)
        written = WrittenFiles(self._companion)
        if not overwrite:
            require_ours({path: content}, written.known())
        write_playlist(path, content)
        written.note(path, content)

    def open_in_player(self, playlist: Path) -> None:
        """Hand a playlist to the player as a new tab."""
        open_in_player(playlist, name=playlist.stem, command=command_for(self._workplace.database.kind))

    def draw_map(self, output: Path) -> Iterator[Event]:
        """Lay out every song by t-SNE and draw the map to a PNG, SVG or PDF; ends with Finished."""
        version = self._workplace.active_version
        if version is None:
            raise UserError("There is nothing to draw yet: no song has been listened to.", cause=Cause.NOT_HEARD)
        require_picture(output)
        genre_of = {str(song.song_id): song.genre for song in self._curation().songs}
        names = sorted(self._workplace.stores.embeddings.filenames(version) & genre_of.keys())
        embeddings, seed = self._workplace.stores.embeddings.path, self._workplace.config.seed
        positions = np.empty((0, 2), np.float32)
        for event in lay_out_in_child(LayoutJob(embeddings, version, names, Start.nowhere(len(names)), seed)):
            positions = event.positions
            if isinstance(event, LayoutMoved):
                yield Progress(event.done, event.total)
        genres = [genre_of[name] for name in names]
        draw_map(positions, genres=genres, output=output, title=f"{len(genres):,} songs")
        yield Finished()


def file_name(title: str) -> str:
    """A title as the name of a file: without slashes and what cannot be shown, not hidden, short enough for a disk."""
    plain = "".join(each if each.isprintable() and each not in FORBIDDEN else "-" for each in title).strip(" .-")
    while len(plain.encode()) > LONGEST_NAME:
        plain = plain[:-1]
    return plain.strip() or "List"


def _filters(wish: Wish) -> Filters:
    return Filters(genre=wish.genre, max_per_artist=wish.max_per_artist, unrated=True)


def _suggestion(each: Recommendation) -> Suggestion:
    rating = each.predicted_rating
    prediction = None if rating is None else Prediction(each.song.song_id, rating, each.low, each.high)
    return Suggestion(each.song, rating or 0.0, prediction, each.why, each.is_exploration)


def _recommendations(suggestions: Sequence[Suggestion]) -> list[Recommendation]:
    return [
        Recommendation(
            each.song,
            each.predicted_rating,
            number,
            each.prediction.low if each.prediction else 0.0,
            each.prediction.high if each.prediction else 1.0,
            each.why,
            each.is_exploration,
        )
        for number, each in enumerate(suggestions, 1)
    ]


def _is_playable(song: Song, away: set[SongId]) -> bool:
    """Whether a playlist can hold the song; one of which only the file is missing is noted as ``away``."""
    if xspf.unplayable_reason(song):
        return False
    if not is_there(song):
        away.add(song.song_id)
        return False
    return True
