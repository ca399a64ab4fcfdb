"""The command that reports the stars which the player has lost, with a playlist of the songs to rate again."""

from collections.abc import Sequence
from pathlib import Path

from core.analysis.lost_ratings import Loss, LostRating
from core.cli.destination import Output, Overwrite, another_place_told, require_ending
from core.cli.named_songs import file_name_of_id, path_of, path_of_id
from core.cli.shell import AsCsv, Shell, command
from core.cli.spreadsheet import Cell
from core.cli.stars import day, iso, stars_of
from core.cli.terminal import Terminal
from core.file_url import name_from_url
from core.song import SECTION

MOST_MISSING = 50
"""Songs named one by one that are not there: with a drive unplugged there may be 60,000."""

WORDS = {
    Loss.MOVED: "moved",
    Loss.RESET: "scanned anew",
    Loss.REMOVED: "row removed",
    Loss.MISSING: "not there",
}
COLUMNS = ("path", "old_path", "title", "artist", "stars", "reason", "seen_at", "by_tags", "song", "old_song")


@command("restore-report")
def restore_report(shell: Shell, output: Output = None, overwrite: Overwrite = False, csv: AsCsv = False) -> None:
    """List the stars that the player has lost, and write a playlist of those songs to rate them again.

    Marmalade goes on learning from the stars of files that were moved and of rows that were removed, until “marmalade
    rate SONG 0” lets them go. Stars that a row lost where it is are listed, but not learned from.
    """
    shell.require_one_format(csv=csv)
    require_ending(output)
    with shell.engine() as engine:
        lost = engine.safekeeping.lost()
        with another_place_told():
            playlist = engine.safekeeping.write_playlist(lost, output=output, overwrite=overwrite)
        songs = len(engine.safekeeping.to_rate_again(lost))
    facts = [_facts(each) for each in lost]
    if shell.terminal.as_json:
        shell.terminal.json({"lost": facts, "output": str(playlist) if playlist else None})
    elif csv:
        shell.terminal.csv(list(COLUMNS), [tuple(each[name] for name in COLUMNS) for each in facts])
    else:
        _tell(shell.terminal, lost, playlist, songs=songs)


def _tell(terminal: Terminal, lost: Sequence[LostRating], playlist: Path | None, *, songs: int) -> None:
    there, missing = [each for each in lost if each.present], [each for each in lost if not each.present]
    if there:
        columns = ["stars", "song", "what happened", "old file", "given"]
        terminal.table("Lost stars", columns, [_row(each) for each in there])
    if missing:
        rows = [_row_of_missing(each) for each in missing[:MOST_MISSING]]
        terminal.table("Not there now: unplugged, or deleted", ["stars", "song", "file"], rows)
    if lost:
        terminal.say("--csv and --json tell the folders too.")
    if len(missing) > MOST_MISSING:
        terminal.say(f"… and {len(missing) - MOST_MISSING:,} more: --csv lists them all.")
    if playlist is not None:
        terminal.say(f"{songs} song{'s' if songs != 1 else ''} to rate again: {playlist}")
    elif not lost:
        terminal.say("The player has lost no stars.")


def _row(each: LostRating) -> tuple[str, ...]:
    song = each.song
    is_moved = song is not None and each.last.song_id != song.song_id
    return (
        f"{stars_of(each.last.rating):g}",
        song.name if song is not None else "",
        f"{WORDS[each.loss]}, by its tags" if each.by_tags else WORDS[each.loss],
        file_name_of_id(each.last.song_id) if is_moved else "",
        day(each.last.seen_at),
    )


def _row_of_missing(each: LostRating) -> tuple[str, ...]:
    song = each.old.name if each.old is not None else ""
    return f"{stars_of(each.last.rating):g}", song, file_name_of_id(each.last.song_id)


def _facts(each: LostRating) -> dict[str, Cell]:
    song, named = each.song, each.song or each.old
    return {
        "path": path_of(song) if song is not None else None,
        "old_path": path_of_id(each.last.song_id),
        "title": named.title if named is not None else name_from_url(each.last.song_id.partition(SECTION)[0]),
        "artist": named.artist if named is not None else "",
        "stars": stars_of(each.last.rating),
        "reason": each.loss.value,
        "seen_at": iso(each.last.seen_at if each.last.seen_at is not None else each.last.noted_at),
        "by_tags": each.by_tags,
        "song": song.song_id if song is not None else None,
        "old_song": each.last.song_id,
    }
