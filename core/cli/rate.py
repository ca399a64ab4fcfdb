"""The command with which the owner rates a song here: kept by Marmalade, never written into the player's database."""

from collections.abc import Sequence
from typing import Annotated

import typer

from core.analysis.lost_ratings import LostRating
from core.analysis.rating_statements import Source
from core.cli.named_songs import NamedSongs, file_name_of_id, path_of, path_of_id
from core.cli.shell import Shell, command
from core.cli.stars import in_words, rating_of, stars_of
from core.engine import Engine
from core.parts.ratings import KnownRating
from core.song import UNRATED, Song, SongId

SongName = Annotated[str, typer.Argument(metavar="SONG", help="A song of your library.")]
Stars = Annotated[
    str | None, typer.Argument(metavar="STARS", help="0.5 to 5 in half stars; 0 or none is the same as --take-back.")
]
TakeBack = Annotated[bool, typer.Option("--take-back", help="Take back what you said here; the player's stars count.")]

TAKEN_BACK = "what you said here is taken back"
LET_GO = "the stars that the player has lost are let go"
NOTHING_SAID = "you had said nothing here"


@command("rate")
def rate(shell: Shell, song: SongName, stars: Stars = None, take_back: TakeBack = False) -> None:
    """Give a song stars, which Marmalade keeps; the player's database stays as it is.

    Of your stars here and in the player those that you gave last count. 0, none and --take-back take back what you said
    here: then the player's stars count again, and a song without any is unrated.
    """
    rating = _rating(stars, take_back=take_back)
    with shell.engine() as engine:
        songs = engine.library().songs
        (song_id,) = NamedSongs(songs, also=engine.ratings.spoken_of()).find([song])
        done = "" if rating > 0 else _taken_back(engine, songs, song_id)
        engine.ratings.say([song_id], rating)
        found = next((each for each in songs if each.song_id == song_id), None)
        _tell(shell, engine, found, song_id, done=done)


def _rating(stars: str | None, *, take_back: bool) -> float:
    said = UNRATED if stars is None else rating_of(stars)
    if stars is None and not take_back:
        raise typer.BadParameter("Say how many stars: 0.5 to 5 in half stars, or 0 to take your stars back.")
    if take_back and said > 0:
        raise typer.BadParameter("Give stars or take them back: not both.")
    return said


def _known(engine: Engine, songs: Sequence[Song], song_id: SongId) -> KnownRating | None:
    return next((each for each in engine.ratings.known(songs) if each.song_id == song_id), None)


def _taken_back(engine: Engine, songs: Sequence[Song], song_id: SongId) -> str:
    """What taking back does: asked before it is done."""
    known = _known(engine, songs, song_id)
    if known is not None and known.own is not None and known.own.rating > 0:
        return TAKEN_BACK
    lost = (each for each in engine.ratings.lost() for name in _names(each) if name == song_id)
    return NOTHING_SAID if next(lost, None) is None else LET_GO


def _names(lost: LostRating) -> list[SongId]:
    return [lost.last.song_id, *(song.song_id for song in lost.present)]


def _tell(shell: Shell, engine: Engine, song: Song | None, song_id: SongId, *, done: str) -> None:
    known = _known(engine, engine.library().songs, song_id)
    if shell.terminal.as_json:
        shell.terminal.json(_facts(known, song, song_id))
    else:
        title = song.name if song is not None else file_name_of_id(song_id)
        shell.terminal.say(f"{title}: {done}; {_left(known)}" if done else f"{title} {_standing(known)}")


def _left(known: KnownRating | None) -> str:
    """What counts where nothing is said here."""
    counting = known.counting if known else None
    if counting is None:
        return "it has no stars now."
    verb = "counts" if stars_of(counting.rating) == 1 else "count"
    return f"your {in_words(counting.rating)} in the player {verb}."


def _standing(known: KnownRating | None) -> str:
    if known is None or known.counting is None:
        return "has no stars now."
    counting, player = known.counting, known.player
    if counting.source is Source.PLAYER:
        return f"has {in_words(counting.rating)}, which you gave in the player."
    if player is None or stars_of(player.rating) == stars_of(counting.rating):
        return f"has {in_words(counting.rating)} now."
    return f"has {in_words(counting.rating)} now; the {in_words(player.rating)} in the player are older."


def _facts(known: KnownRating | None, song: Song | None, song_id: SongId) -> dict[str, object]:
    counting = known.counting if known else None
    return {
        "path": path_of(song) if song is not None else path_of_id(song_id),
        "title": song.title if song is not None else "",
        "artist": song.artist if song is not None else "",
        "song": song_id,
        "stars": stars_of(counting.rating) if counting else None,
        "source": counting.source.value if counting else None,
        "own_stars": stars_of(known.own.rating) if known and known.own and known.own.rating > 0 else None,
        "player_stars": stars_of(known.player.rating) if known and known.player else None,
    }
