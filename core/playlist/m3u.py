"""M3U8, for players that do not read XSPF; as file URIs even names with a line break come through."""

from collections.abc import Iterable
from pathlib import Path

from core.playlist.files import write_playlist
from core.playlist.xspf import location, unplayable_reason
from core.recommend.suggestion import Listed


def render(recommendations: Iterable[Listed]) -> bytes:
    """``#EXTINF`` and a file URI for each song; URIs hold what a bare path in a line could not."""
    lines = ["#EXTM3U"]
    for each in recommendations:
        if not unplayable_reason(each.song):
            song = each.song
            seconds = max(round(song.duration), 0) or -1
            lines += [f"#EXTINF:{seconds},{_line(song.artist)} - {_line(song.title)}", location(song)]
    return ("\n".join(lines) + "\n").encode()


def export_to_m3u(recommendations: Iterable[Listed], output_path: Path) -> bool:
    """Write a playlist; False when nothing changed."""
    return write_playlist(output_path, render(recommendations))


def _line(text: str) -> str:
    return " ".join(text.encode(errors="replace").decode().split())
