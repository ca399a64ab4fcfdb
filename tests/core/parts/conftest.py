"""What tests of the engine's parts share: a library of real sound."""

from pathlib import Path

import pytest

from tests.scanned_library import ScannedLibrary


@pytest.fixture
def music(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ScannedLibrary:
    return ScannedLibrary.create(tmp_path, monkeypatch)
