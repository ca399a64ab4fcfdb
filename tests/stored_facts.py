"""What a scan would have stored besides embeddings: fingerprints of noise, searched for copies, and no speech."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from core.analysis.speech import method_name
from core.audio.probe import AudioMetadata
from core.song import Song
from core.store.fingerprints import FingerprintRecord
from core.store.speech import SpeechEntry, SpeechFacts
from core.store.stores import Stores

ITEMS = 230


def open_stores(folder: Path) -> Stores:
    """The four stores in one folder."""
    return Stores.open(
        companion=folder / "companion.db",
        embeddings=folder / "embeddings.db",
        fingerprints=folder / "fingerprints.db",
        speech=folder / "speech_cache.db",
    )


def store_facts(stores: Stores, songs: Iterable[Song]) -> None:
    """Store a fingerprint that no other song has, and a ratio of 0, for each song; no copies are left to look for."""
    random = np.random.default_rng(7)
    records, entries = [], []
    for song in songs:
        state = song.filepath.stat() if song.filepath.is_file() else None
        size, mtime = (state.st_size, state.st_mtime) if state else (song.filesize, float(song.mtime))
        found = AudioMetadata(song.song_id, size, song.duration, 44100, 192, 2, "FLAC", mtime)
        items = random.integers(0, 2**32, ITEMS, dtype=np.uint32)
        records.append(FingerprintRecord(song.song_id, found, items))
        entries.append(SpeechEntry(song.song_id, mtime, SpeechFacts(0.0, 30.0, method=method_name())))
    stores.fingerprints.save(records)
    stores.fingerprints.save_comparisons([], searched=[record.song_id for record in records])
    stores.speech.save(entries)
