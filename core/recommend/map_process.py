"""``python -m core.recommend.map_process``: a job in on stdin, a message for each look at the layout out on stdout."""

import json
import sys
from pathlib import Path

import numpy as np

from core.jobs import short_lived_child
from core.recommend.map_alignment import framed_like
from core.recommend.map_clusters import found_clusters
from core.recommend.map_layout import LayoutStep, Start, lay_out
from core.recommend.map_sound import SoundAxes
from core.store.embeddings import vectors_in

NAMES, START, RESULT = "names.json", "start.npy", "result.npz"
"""In the folder of a job."""


def main() -> int:
    job, say = short_lived_child.begin()
    folder = Path(job["folder"])
    vectors = vectors_in(Path(job["store"]), json.loads((folder / NAMES).read_text()), version=job["version"])
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


if __name__ == "__main__":
    sys.exit(main())
