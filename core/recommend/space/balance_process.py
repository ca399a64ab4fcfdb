"""``python -m core.recommend.space.balance_process``: the reaches of a library, and how far the work is, in a child."""

import json
import sys
from pathlib import Path

import numpy as np

from core.jobs import short_lived_child
from core.recommend.space.sound_space import SoundSpace
from core.store.embeddings import vectors_in

NAMES, LISTED, REACHES = "names.json", "listed.npy", "reaches.npy"
"""In the folder of a job."""


def main() -> int:
    job, say = short_lived_child.begin()
    folder = Path(job["folder"])
    vectors = vectors_in(Path(job["store"]), json.loads((folder / NAMES).read_text()), version=job["version"])
    space = SoundSpace.of(vectors, listed=np.load(folder / LISTED), into=vectors)
    np.save(folder / REACHES, space.balanced(report=lambda share: say(share=share)))
    say(reaches=REACHES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
