"""``python -m core.recommend.asking_process``: what may be asked about in, the questions out, in a child."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np

from core.jobs import short_lived_child
from core.recommend.inquiry import Inquiry
from core.store.embeddings import EmbeddingStore
from core.training.rating.hearing import hearing_in

NAMES, ARRAYS = "names.json", "arrays.npz"
"""In the folder of a job."""


def main() -> int:
    job, say = short_lived_child.begin(niceness=0)  # somebody waits for it
    folder = Path(job["folder"])
    arrays, store = np.load(folder / ARRAYS), EmbeddingStore(Path(job["store"]))
    inquiry = Inquiry(
        **json.loads((folder / NAMES).read_text()),
        ratings=arrays["ratings"],
        askable=arrays["askable"],
        random_share=job["random_share"],
        seed=job["seed"],
    )
    hearing = hearing_in(store, version=job["version"], measured=job["measured"])
    for row, question in inquiry.questions(hearing):
        say(row=row, question=asdict(question))
    return 0


if __name__ == "__main__":
    sys.exit(main())
