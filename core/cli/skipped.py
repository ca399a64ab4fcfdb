"""The command that lists the songs which could not be listened to."""

from core.cli.named_songs import name_of, path_of
from core.cli.shell import AsCsv, Shell, command


@command("skipped")
def skipped(shell: Shell, csv: AsCsv = False) -> None:
    """List the songs that could not be listened to, with the reason."""
    shell.require_one_format(csv=csv)
    terminal = shell.terminal
    with shell.engine() as engine:
        found = engine.skipped()
    if terminal.as_json:
        terminal.json(
            {"skipped": [{"path": path_of(each.song), "reason": each.reason, "detail": each.detail} for each in found]}
        )
    elif csv:
        rows = [
            (path_of(each.song), each.reason, each.detail, each.song.title, each.song.artist, each.song.song_id)
            for each in found
        ]
        terminal.csv(["path", "reason", "detail", "title", "artist", "song"], rows)
    elif found:
        rows_for_people = [(name_of(each.song), each.reason, each.detail) for each in found]
        terminal.table("Skipped songs", ["song", "reason", "detail"], rows_for_people)
    else:
        terminal.say("No song was skipped.")
