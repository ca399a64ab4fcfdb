"""The command with which the owner rates a song here: kept by Marmalade, never written into the player's database."""

from typing import Annotated

import typer

from core.analysis.rating_statements import Source
from core.cli.named_songs import NamedSongs, name_of_id, path_of, path_of_id, title_of
from core.cli.shell import Shell, command
from core.cli.stars import in_words, rating_of, stars_of
from core.engine import Engine
from core.parts.ratings import KnownRating
from core.song import UNRATED, Song, SongId

SongName = Annotated[str, typer.Argument(metavar="SONG", help="A song of your library.")]
Stars = Annotated[
    str | None, typer.Argument(metavar="STARS", help="0.5 to 5 in half stars; 0 or none takes your stars back.")
]
TakeBack = Annotated[bool, typer.Option("--take-back", help="Take back what you said here; the player's stars count.")]


@command("rate")
def rate(shell: Shell, song: SongName, stars: Stars = None, take_back: TakeBack = False) -> None:
    """Give a song stars, which Marmalade keeps; the player's database stays as it is.

    Of your stars here and in the player those that you gave last count.
    """
    rating = _rating(stars, take_back=take_back)
    with shell.engine() as engine:
        songs = engine.library().songs
        (song_id,) = NamedSongs(songs, also=engine.ratings.spoken_of()).find([song])
        engine.ratings.say([song_id], rating)
        found = next((each for each in songs if each.song_id == song_id), None)
        _tell(shell, engine, found, song_id)


def _rating(stars: str | None, *, take_back: bool) -> float:
    said = UNRATED if stars is None else rating_of(stars)
    if stars is None and not take_back:
        raise typer.BadParameter("Say how many stars: 0.5 to 5 in half stars, or 0 to take your stars back.")
    if take_back and said > 0:
        raise typer.BadParameter("Give stars or take them back: not both.")
    return said


def _tell(shell: Shell, engine: Engine, song: Song | None, song_id: SongId) -> None:
    known = next((each for each in engine.ratings.known(engine.library().songs) if each.song_id == song_id), None)
    if shell.terminal.as_json:
        shell.terminal.json(_facts(known, song, song_id))
    else:
        title = title_of(song) if song is not None else name_of_id(song_id)
        shell.terminal.say(f"{title} {_standing(known)}")


def _standing(known: KnownRating | None) -> str:
    if known is None or known.counting is None:
        return "has no stars now."
    counting, player = known.counting, known.player
    if counting.source is Source.PLAYER:
        return f"has {in_words(counting.rating)}, which you gave in the player."
    if counting.source is Source.REMEMBERED:
        return f"has {in_words(counting.rating)}, which the player has lost."
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
        "own_stars": stars_of(known.own.rating) if known and known.own else None,
        "player_stars": stars_of(known.player.rating) if known and known.player else None,
    }
