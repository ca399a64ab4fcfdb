"""What a worker does for the duplicate detection alone: look at a file, hear its excerpt, hear all of it.

Each function takes a task and gives a value, or None for a file that cannot be read, so it can run in another process.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from core.analysis.facts import SongTask
from core.analysis.fingerprint import Items, WholeFingerprint, fingerprint_file, fingerprint_samples
from core.audio.probe import AudioMetadata, probe
from core.audio.reasons import AudioError

Result = TypeVar("Result")


def each(function: Callable[[SongTask], Result | None], tasks: Sequence[SongTask]) -> list[Result | None]:
    """What ``function`` gives for each task, in one way to a worker and back."""
    return [function(task) for task in tasks]


def look(task: SongTask) -> AudioMetadata | None:
    """What the headers of the file say."""
    try:
        return probe(task.path) if task.path else None
    except AudioError:
        return None


def hear_excerpt(task: SongTask) -> Items | None:
    """The fingerprint of the centre excerpt, as a scan takes it."""
    from core.audio.decode import decode_excerpt

    try:
        heard = decode_excerpt(task.path, beginning=task.beginning, length=task.length) if task.path else None
    except AudioError:
        return None
    return fingerprint_samples(heard.samples.numpy()) if heard else None


def hear_whole(task: SongTask) -> WholeFingerprint | None:
    """The fingerprint of all of the song."""
    try:
        return fingerprint_file(task.path, beginning=task.beginning, length=task.length) if task.path else None
    except AudioError:
        return None
