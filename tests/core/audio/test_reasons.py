"""The error that carries a reason out of a worker."""

import pickle

from core.audio.reasons import AudioError, SkipReason


def test_an_error_survives_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(AudioError(SkipReason.TOO_LONG, "1000 s")))  # noqa: S301 - our own bytes
    assert isinstance(error, ValueError)
    assert (error.reason, error.detail) == (SkipReason.TOO_LONG, "1000 s")
    assert str(error) == "too long: 1000 s"
