"""Writing a file whole or not at all: nobody ever sees half of it, and what was there before stays until then."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A hidden file beside ``path`` to write to, which takes its place at the end; after an error it is gone.

    Raises OSError for a place that cannot be written.
    """
    # Not made of the name, which may be as long as the file system allows.
    temporary = path.with_name(f".marmalade-{os.getpid()}-{threading.get_ident()}")
    try:
        with temporary.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
