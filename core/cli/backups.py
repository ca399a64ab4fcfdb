"""The commands that carry all that the owner said to a file, and from a file to another machine."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from core.cli.named_songs import name_of_id, path_of_id
from core.cli.shell import Shell, command
from core.cli.terminal import Terminal
from core.parts.safekeeping import Restored

MOST_NAMED = 20

NAMES = {
    "own_ratings": "ratings given here",
    "player_ratings": "ratings in the player and their changes",
    "not_duplicates": "pairs of songs that are no duplicates",
    "kept_copies": "copies to keep",
    "speech": "songs called music or spoken",
    "choices": "choices and recipes",
    "playlists": "playlists that were made",
}

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="OLD=NEW", help="The music folder of then, and where the player has it now."),
]


@command("backup")
def backup(shell: Shell, file: File) -> None:
    """Write your ratings and their history, verdicts, recipes, choices and made playlists to one file.

    Not in it: the music, what was heard in it, and trained models.
    """
    with shell.engine() as engine:
        keepsakes = engine.safekeeping.back_up(file)
        has_configuration = engine.profile.config_file.is_file()
    counts = keepsakes.counts()
    if shell.terminal.as_json:
        output = str(file.expanduser().absolute())
        shell.terminal.json({"output": output, "counts": counts, "configuration": has_configuration})
        return
    shell.terminal.table(f"In {file}", ["number", ""], [(f"{counts[name]:,}", text) for name, text in NAMES.items()])
    if has_configuration:
        shell.terminal.say(f"The configuration {engine.profile.config_file} is in it too.")
    shell.terminal.say("Encoders and predictors are not: another machine trains its own.")


@command("restore")
def restore(shell: Shell, file: File, path_map: Map = None) -> None:
    """Add what a backup holds to what is here; nothing is taken away, and your newest word stands.

    Songs are known by their sound, whatever they are called here. For those that were not listened to yet,
    --map and music.path_map say where the folders of then are now.
    """
    folders = dict(_folders(text) for text in path_map or [])
    with shell.engine() as engine:
        restored = engine.safekeeping.restore(file, path_map=folders)
    if shell.terminal.as_json:
        shell.terminal.json(_facts(restored))
    else:
        _tell(shell.terminal, restored)


def _folders(text: str) -> tuple[str, str]:
    old, sign, new = text.partition("=")
    if not (sign and old.startswith("/") and new.startswith(("/", "~"))):
        raise typer.BadParameter(
            f"--map {text} is no OLD=NEW: give two absolute folders, such as /home/a/Music=/music."
        )
    return old, new


def _facts(restored: Restored) -> dict[str, object]:
    return {
        "counts": dict(restored.counts),
        "new": dict(restored.new),
        "without_song": [path_of_id(song_id) for song_id in restored.without_song],
        "configuration": str(restored.configuration) if restored.configuration else None,
        "configuration_in_use": restored.is_in_use,
    }


def _tell(terminal: Terminal, restored: Restored) -> None:
    rows = [(f"{restored.counts[name]:,}", f"{restored.new[name]:,}", text) for name, text in NAMES.items()]
    terminal.table("Restored", ["in the backup", "new here", ""], rows)
    if restored.configuration is not None:
        use = (
            "is in use now" if restored.is_in_use else "is not in use: read it, and take from it what fits this machine"
        )
        terminal.say(f"The configuration {restored.configuration} {use}.")
    _tell_missing(terminal, [name_of_id(song_id) for song_id in restored.without_song])


def _tell_missing(terminal: Terminal, names: Sequence[str]) -> None:
    if not names:
        return
    songs = "1 song is" if len(names) == 1 else f"{len(names):,} songs are"
    terminal.say(f"{songs} not found here. What you said is kept: “marmalade scan” knows them by their sound. Missing:")
    more = [f"… and {len(names) - MOST_NAMED:,} more: --json lists them all."] if len(names) > MOST_NAMED else []
    terminal.say("\n".join([*(f"  {name}" for name in names[:MOST_NAMED]), *more]))
