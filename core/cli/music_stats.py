"""The command that counts the library."""

from dataclasses import asdict

from core.cli.shell import Shell, command
from core.cli.terminal import Terminal
from core.statistics import MusicStats

MEANINGS = {
    "analysed": "listened to: what is learned from and played",
    "duplicate": "copies of other songs: see “marmalade duplicates”",
    "spoken": "not music: see “marmalade speech”",
    "skipped": "could not be listened to: see “marmalade skipped”",
    "waiting": "not listened to yet: run “marmalade scan”",
    "unavailable": "the player does not find their files now",
}
"""In the order in which they are told; every song is in one of them."""


@command("music-stats")
def music_stats(shell: Shell) -> None:
    """Count the songs: every song of the player in exactly one class."""
    terminal = shell.terminal
    with shell.engine() as engine:
        stats = engine.stats()
        possible = len(engine.duplicates.possible(engine.library().songs))
    if terminal.as_json:
        terminal.json({**asdict(stats), "possible_duplicates": possible})
    else:
        _tell(terminal, stats, possible=possible)


def _tell(terminal: Terminal, stats: MusicStats, *, possible: int) -> None:
    rows = [(name, f"{stats.classes[name]:,}", meaning) for name, meaning in MEANINGS.items()]
    rows += [("songs", f"{stats.songs:,}", f"all of these; {stats.rated:,} with your stars, {stats.unrated:,} without")]
    terminal.table("Your library", ["", "number", ""], rows)
    review = [
        ("doubtful", stats.doubtful, "may be speech: see “marmalade speech”"),
        ("possible duplicates", possible, "sound alike: see “marmalade duplicates”"),
        ("damaged in part", stats.damaged_in_part, "listened to as far as it goes"),
    ]
    terminal.table("Worth a look", ["", "number", ""], [(name, f"{count:,}", text) for name, count, text in review])
    embeddings = [(name, f"{count:,}", _use(name, stats)) for name, count in stats.embeddings.items()]
    if embeddings:
        terminal.table("Embeddings", ["version", "number", ""], embeddings)


def _use(version: str, stats: MusicStats) -> str:
    return "in use" if version == stats.active_version else "of another encoder or excerpt"
