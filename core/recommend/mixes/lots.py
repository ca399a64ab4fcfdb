"""A lot for each song, drawn by its name: the same whatever else the library holds, another for each seed."""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from core.song import Song

BYTES = 8


def lots(songs: Iterable[Song], *, seed: int) -> NDArray[np.uint64]:
    """(songs,): which comes first among equals. By their names alone it would always be those that begin with A."""
    salt = (seed % 2**64).to_bytes(BYTES, "little")
    drawn = b"".join(
        blake2b(song.song_id.encode(errors="surrogateescape"), digest_size=BYTES, salt=salt).digest() for song in songs
    )
    return np.frombuffer(drawn, dtype="<u8").astype(np.uint64)
