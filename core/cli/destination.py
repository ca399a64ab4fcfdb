"""Where a command writes its list: the options that say so, and what they make of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from core.cli.option_groups import grouped
from core.engine import Engine
from core.errors import UserError
from core.playlist.files import ChangedByOthers
from core.recommend.suggestion import SongList

ENDINGS = (".xspf", ".m3u8", ".m3u")

Output = Annotated[Path | None, typer.Option(help="The playlist: .xspf or .m3u8.")]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Also write over a playlist that another program made or has changed.")
]
OpenPlayer = Annotated[bool, typer.Option("--open", help="Open it in the player as a new tab.")]


@dataclass(frozen=True, slots=True)
class Destination:
    """Without an ``output``, a list is called by its title."""

    output: Path | None = None
    overwrite: bool = False
    opened: bool = False

    @property
    def is_asked_for(self) -> bool:
        """Whether there is to be a playlist, of whatever command."""
        return self.output is not None or self.opened

    def write(self, engine: Engine, found: SongList) -> Path | None:
        """Write a list as a playlist, and open it in the player if that is asked for; None for an empty list."""
        with another_place_told():
            playlist = engine.suggestions.write_list(found, output=self.output, overwrite=self.overwrite)
        if self.opened and playlist is not None:
            engine.open_in_player(playlist)
        return playlist


def _destination(output: Output = None, overwrite: Overwrite = False, open_player: OpenPlayer = False) -> Destination:
    require_ending(output)
    return Destination(output, overwrite, open_player)


with_destination = grouped("destination", _destination)
"""Let a command take the options above as its ``destination``."""


def require_ending(output: Path | None) -> None:
    """Refuse what no player would take for a playlist, before anything is done for it."""
    if output is not None and output.suffix.lower() not in ENDINGS:
        raise UserError(f"The playlist {output} should end in .xspf or .m3u8: players know its kind by the ending.")


@contextmanager
def another_place_told() -> Iterator[None]:
    """Say what can be done where a file is somebody else's."""
    try:
        yield
    except ChangedByOthers as refused:
        raise UserError(
            f"{refused} It was left as it is: name another file with --output, or write over it with --overwrite."
        ) from refused
