"""``python -m core.recommend.map_process``: a job in on stdin, a message for each look at the layout out on stdout.

It ends as soon as anything more is said on stdin, or its other end is closed: the kernel sees to that by a signal, in
the middle of a computation too.
"""

import fcntl
import json
import os
import select
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.recommend.map_alignment import framed_like
from core.recommend.map_clusters import found_clusters
from core.recommend.map_layout import LayoutStep, Start, lay_out
from core.recommend.map_sound import SoundAxes
from core.store.embeddings import EmbeddingStore

NICENESS = 10
"""The player, and whatever else its owner does, comes first."""
NAMES, START, RESULT = "names.json", "start.npy", "result.npz"
"""In the folder of a job."""


def main() -> int:
    os.nice(NICENESS)
    with open(0, "rb", buffering=0, closefd=False) as stdin:  # no byte more is read than the line
        job = json.loads(stdin.readline())
    die_with_stdin()
    out = _messages_only()

    def say(**message: Any) -> None:  # noqa: ANN401 - whatever JSON can say
        print(json.dumps(message), file=out, flush=True)

    folder = Path(job["folder"])
    vectors = _vectors(job, names=json.loads((folder / NAMES).read_text()))
    axes = SoundAxes.of(vectors)
    sound = axes.sound(vectors)
    start = Start(np.load(folder / START), job["scale"])

    def report(step: LayoutStep) -> None:
        shown = framed_like(step.positions, start.places)
        np.save(folder / f"{step.done}.npy", shown)
        say(frame=f"{step.done}.npy", done=step.done, total=step.total)

    positions = lay_out(sound, start=start, report=report, seed=job["seed"], threads=job["threads"])
    shown = framed_like(positions, start.places)
    np.savez(
        folder / RESULT,
        positions=shown,
        scale=positions.std() / max(float(shown.std()), 1e-12),
        clusters=found_clusters(sound, seed=job["seed"]),
        sound=sound,
        mean=axes.mean,
        directions=axes.directions,
    )
    say(result=RESULT)
    return 0


def die_with_stdin() -> None:
    """From now on, whatever happens at the other end of stdin ends this process, busy or not."""
    fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([0], [], [], 0)[0]:  # it has happened already
        sys.exit(1)


def _messages_only() -> Any:  # noqa: ANN401 - a text stream
    """The parent's end; what a library prints goes to the log."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return out


def _vectors(job: dict[str, Any], *, names: list[str]) -> NDArray[np.float32]:
    """The embeddings of the songs; one that was removed since counts as like all others."""
    store = EmbeddingStore(Path(job["store"]))
    try:
        matrix = store.matrix(job["version"])
        index = matrix.index()
        rows = np.array([index.get(name, -1) for name in names])
        vectors = np.array(matrix.vectors[rows])
    finally:
        store.close()
    vectors[rows < 0] = vectors[rows >= 0].mean(axis=0)
    return vectors


if __name__ == "__main__":
    sys.exit(main())
