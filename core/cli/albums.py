"""How a ranking of albums is told, and the playlist that it becomes."""

import typer

from core.cli.destination import Destination
from core.cli.shell import ACT
from core.cli.song_lists import song_facts
from core.cli.terminal import Terminal
from core.engine import Engine
from core.recommend.albums import AlbumSuggestion
from core.recommend.filters import Filters
from core.recommend.suggestion import SongList

COLUMNS = ("album", "artist", "stars", "songs", "why")


def tell_albums(
    terminal: Terminal,
    engine: Engine,
    filters: Filters,
    *,
    wanted: int,
    destination: Destination,
) -> None:
    """Rank albums, write all of their songs as one playlist, album by album, and show them."""
    found = engine.discoveries.albums(wanted=wanted, filters=filters)
    playlist = destination.write(engine, SongList("Albums", found.songs))
    if terminal.as_json:
        facts = [_facts(each) for each in found.albums]
        songs = [song_facts(each) for each in found.songs]
        path = str(playlist) if playlist else None
        terminal.json({"output": path, "albums": facts, "songs": songs, "notice": found.notice})
    elif playlist is not None:
        rows = [(each.album, each.artist, f"{each.rating * 5:.1f}", len(each.songs), each.why) for each in found.albums]
        terminal.table("Albums", COLUMNS, rows)
        terminal.say(f"Their {len(found.songs)} songs are in {playlist}.")
    if found.notice:
        terminal.warn(found.notice)
    if playlist is None:
        raise typer.Exit(ACT)


def _facts(each: AlbumSuggestion) -> dict[str, object]:
    return {
        "album": each.album,
        "artist": each.artist,
        "rating": each.rating,
        "low": each.low,
        "high": each.high,
        "spread": each.spread,
        "coverage": each.coverage,
        "score": each.score,
        "why": each.why,
        "songs": [song_facts(song) for song in each.songs],
    }
