"""XSPF as Clementine reads it: file URIs, all five fields always, nothing that it would mistake for one of them."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

from core.errors import UserError
from core.file_url import SCHEME, is_local, path_text
from core.playlist.files import write_playlist
from core.recommend.suggestion import Listed
from core.song import Song

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<playlist version="1" xmlns="http://xspf.org/ns/0/">\n'
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold: one such character made Clementine lose every track after it."""
LONGEST_TITLE = 100
"""``<trackList`` must stand within the first 512 bytes, or the file is known by its extension only."""


def unplayable_reason(song: Song) -> str:
    """Why a playlist file cannot name a song for Clementine; empty when it can."""
    if not is_local(song.filename):
        return "it is no local file"
    if "\\" in path_text(song.filename):
        return "the player reads a backslash in its name as a slash"
    if song.is_cue_track and song.beginning > 0:
        return "a playlist can only name the first track of a file with a cue sheet"
    return ""


def location(song: Song, *, scheme: str = SCHEME) -> str:
    """The song's URI by RFC 3986: the player's own path, every byte outside of the unreserved ones escaped."""
    return scheme + quote_from_bytes(unquote_to_bytes(song.filename.removeprefix(SCHEME)), safe="/")


def render(recommendations: Iterable[Listed], *, title: str, player: str = "Clementine") -> bytes:
    """The document; songs that it cannot name are left out."""
    # Strawberry 1.0.14 decodes a URI twice and then misses names with # or ?; an escaped path without scheme it finds.
    scheme = "" if player == "Strawberry" else SCHEME
    tracks = [_track(each, scheme=scheme) for each in recommendations if not unplayable_reason(each.song)]
    name = _text(title)[:LONGEST_TITLE]
    body = "".join(tracks)
    return f"{HEAD}  <title>{name}</title>\n  <trackList>\n{body}  </trackList>\n</playlist>\n".encode()


def export_to_xspf(
    recommendations: Sequence[Listed], output_path: Path | None = None, *, player: str = "Clementine"
) -> bool:
    """Write a playlist (``~/Music/recommendations/test.xspf`` if no place is named); False when nothing changed."""
    path = output_path or Path.home() / "Music/recommendations/test.xspf"
    if all(unplayable_reason(each.song) for each in recommendations):
        raise UserError("There is no song that a playlist can name, so no playlist was made.")
    return write_playlist(path, render(recommendations, title=path.stem, player=player))


def _track(each: Listed, *, scheme: str) -> str:
    # Clementine overwrites what it knows with what is absent here, so every field is written, even an empty one.
    song = each.song
    fields = {
        "location": location(song, scheme=scheme),
        "title": song.title,
        "creator": song.artist,
        "album": song.album,
        "duration": str(max(round(song.duration * 1000), 0)),
        "trackNum": str(max(song.track, 0)),
    }
    if each.predicted_rating is not None:
        fields["annotation"] = f"Predicted rating: {each.predicted_rating:.2f}"
    lines = "".join(f"      <{name}>{_text(value)}</{name}>\n" for name, value in fields.items())
    return f"    <track>\n{lines}    </track>\n"


def _text(value: str) -> str:
    return escape(FORBIDDEN.sub("", value), quote=False)
