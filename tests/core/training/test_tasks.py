"""Each kind of job has its task; the quick ones do not load torch."""

import subprocess
import sys
from importlib import import_module
from typing import get_args

import pytest

from core.training.protocol import Kind
from core.training.tasks import TASKS


def test_every_kind_of_job_has_a_task() -> None:
    assert set(TASKS) == set(get_args(Kind))


@pytest.mark.parametrize(("module", "function"), sorted(set(TASKS.values())))
def test_every_task_is_there(module: str, function: str) -> None:
    assert callable(getattr(import_module(f"core.training.{module}"), function))


def test_fitting_the_predictor_loads_no_torch() -> None:
    code = "import sys, core.training.rating.fitting, core.training.__main__; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
