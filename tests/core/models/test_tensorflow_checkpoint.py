"""Variables come out of a TensorFlow 1 checkpoint as they went in; a damaged one is told from a whole one."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.models.tensorflow_checkpoint import Variables, read_variables
from tests.musicnn_files import write_checkpoint

VARIABLES: dict[str, NDArray[np.generic]] = {
    "dense/bias": np.array([0.5, -2.0, 3.25], np.float32),
    "dense/kernel": np.arange(600, dtype=np.float32).reshape(2, 100, 3),
    "dense/kernel/Adam": np.ones(600, np.float32),
    "rate": np.array(0.25, np.float32),
    "steps": np.array([7], np.int64),
}


def contents(folder: Path) -> tuple[bytes, bytes]:
    return (folder / ".index").read_bytes(), (folder / ".data-00000-of-00001").read_bytes()


def read(folder: Path) -> Variables:
    return read_variables(*contents(folder))


@pytest.mark.parametrize("shares_keys", [True, False])
def test_reads_floats_and_leaves_out_counters_and_the_optimizer(tmp_path: Path, shares_keys: bool) -> None:
    write_checkpoint(tmp_path, VARIABLES, shares_keys=shares_keys)
    found = read(tmp_path)
    assert set(found) == {"dense/bias", "dense/kernel", "rate"}
    for name, values in found.items():
        assert values.shape == VARIABLES[name].shape
        assert np.array_equal(values, VARIABLES[name])


def test_data_that_broke_off_is_refused(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, VARIABLES)
    index, data = contents(tmp_path)
    with pytest.raises(ValueError, match="broke off"):
        read_variables(index, data[:1000])


def test_values_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, VARIABLES | {"wild": np.array([np.nan], np.float32)})
    with pytest.raises(ValueError, match="no numbers"):
        read(tmp_path)


@pytest.mark.parametrize("index", [b"", b"\0" * 60, b"no table at all, though long enough to be the end of one....."])
def test_what_is_no_table_is_refused(index: bytes) -> None:
    with pytest.raises(ValueError, match="does not end"):
        read_variables(index, b"")


def test_an_index_with_a_hole_is_an_error_of_value_and_no_other(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, VARIABLES)
    index, data = contents(tmp_path)
    refused = 0
    for at in range(len(index) - 48):
        try:
            read_variables(index[:at] + b"\xff" + index[at + 1 :], data)
        except ValueError:
            refused += 1
    assert refused > 10
