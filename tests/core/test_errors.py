"""Errors for their owner know what would mend them."""

import pickle
from pathlib import Path

import pytest

from core.errors import Cause, UserError, blamed_on


def test_errors_inside_are_given_the_cause(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught, blamed_on(Cause.CONFIGURATION, tmp_path):
        raise UserError("It is no YAML.")
    assert (caught.value.cause, caught.value.file) == (Cause.CONFIGURATION, tmp_path)


def test_the_cause_comes_back_from_a_worker() -> None:
    error: UserError = pickle.loads(pickle.dumps(UserError("It is away.", cause=Cause.DATABASE)))  # noqa: S301 - its own
    assert (str(error), error.cause) == ("It is away.", Cause.DATABASE)
