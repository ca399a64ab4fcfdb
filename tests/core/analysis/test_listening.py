"""What a worker does for the duplicate detection: a value for what can be heard, None for what cannot."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from core.analysis.facts import SongTask
from core.analysis.fingerprint import fingerprint_samples
from core.analysis.listening import hear_excerpt, hear_whole, look
from core.song import SongId
from tests.audio_files import write_wav
from tests.planted_copies import bit_error, melody


def task(path: Path | None, *, beginning: float = 0.0, length: float | None = None) -> SongTask:
    return SongTask(SongId("file:///song"), path, beginning, length)


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    samples = melody(seed=1, seconds=50)
    return write_wav(tmp_path_factory.mktemp("music") / "song.wav", samples[None], sample_rate=22050)


def test_a_song_is_looked_at_and_heard(song: Path) -> None:
    samples = melody(seed=1, seconds=50)
    found, excerpt, whole = look(task(song)), hear_excerpt(task(song)), hear_whole(task(song))
    assert found is not None
    assert excerpt is not None
    assert whole is not None
    assert found.duration == pytest.approx(50, abs=0.01)
    assert bit_error(excerpt, fingerprint_samples(samples[10 * 22050 : 40 * 22050])) < 0.01
    assert bit_error(whole.items, fingerprint_samples(samples)) < 0.01
    assert np.array_equal(pickle.loads(pickle.dumps(whole)).items, whole.items)  # noqa: S301 - our own bytes


def test_a_section_is_heard_by_itself(song: Path) -> None:
    part = melody(seed=1, seconds=50)[5 * 22050 : 17 * 22050]
    for heard in (
        hear_excerpt(task(song, beginning=5, length=12)),
        hear_whole(task(song, beginning=5, length=12)).items,
    ):
        assert heard is not None
        assert bit_error(heard, fingerprint_samples(part)) < 0.01


@pytest.mark.parametrize("name", [None, "missing.mp3", "text.mp3"])
def test_what_cannot_be_read_is_nothing(tmp_path: Path, name: str | None) -> None:
    (tmp_path / "text.mp3").write_text("no music")
    given = task(tmp_path / name if name else None)
    assert (look(given), hear_excerpt(given), hear_whole(given)) == (None, None, None)
