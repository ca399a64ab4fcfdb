"""Where a picture of the map is offered to be saved."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from desktop.pages.map_deeds import pictures_folder


def test_pictures_are_offered_among_the_owners_or_else_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = {"PicturesLocation": str(tmp_path / "Pictures"), "HomeLocation": str(tmp_path)}
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda kind: places[kind.name])
    assert pictures_folder() == tmp_path
    (tmp_path / "Pictures").mkdir()
    assert pictures_folder() == tmp_path / "Pictures"
