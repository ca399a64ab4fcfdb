"""The four files of a profile, opened and closed together."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self, TypeVar

from core.store.companion import CompanionStore
from core.store.embeddings import EmbeddingStore
from core.store.fingerprints import FingerprintStore
from core.store.speech import SpeechCache


class _Closable(Protocol):
    def close(self) -> None: ...


Store = TypeVar("Store", bound=_Closable)


@dataclass(frozen=True)
class Stores:
    """What is known of the songs; all but the companion can be made again from the music."""

    companion: CompanionStore
    embeddings: EmbeddingStore
    fingerprints: FingerprintStore
    speech: SpeechCache
    files: tuple[Path, ...] = ()
    """Where they lie."""

    @classmethod
    def open(cls, *, companion: Path, embeddings: Path, fingerprints: Path, speech: Path) -> Self:
        """Open or create all of them; raises UserError, and leaves none open, if one cannot be."""
        with ExitStack() as opened:

            def keep(make: Callable[[Path], Store], path: Path) -> Store:
                store = make(path)
                opened.callback(store.close)
                return store

            stores = cls(
                keep(CompanionStore, companion),
                keep(EmbeddingStore, embeddings),
                keep(FingerprintStore, fingerprints),
                keep(SpeechCache, speech),
                files=(companion, embeddings, fingerprints, speech),
            )
            opened.pop_all()
        return stores

    def close(self) -> None:
        for store in (self.companion, self.embeddings, self.fingerprints, self.speech):
            store.close()
