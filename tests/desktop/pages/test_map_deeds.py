"""A picture of the map is saved, and where it is offered to be."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from desktop.pages.map_deeds import pictures_folder
from tests.desktop.pages.planted_map import NAMES, Map


def test_pictures_are_offered_among_the_owners_or_else_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = {"PicturesLocation": str(tmp_path / "Pictures"), "HomeLocation": str(tmp_path)}
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda kind: places[kind.name])
    assert pictures_folder() == tmp_path
    (tmp_path / "Pictures").mkdir()
    assert pictures_folder() == tmp_path / "Pictures"


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_map_is_saved(shown: Map, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    target = tmp_path / f"picture.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    shown.page._stage.choices.export_wanted.emit(kind)
    shown.opened.wait_until(lambda: shown.opened.says(f"The map is in {target.name}."))
    assert target.stat().st_size > 500
    if kind == "svg":
        points = [line for line in target.read_text(encoding="utf-8").splitlines() if "fill-opacity" in line]
        assert len(points) == len(NAMES)
        assert sum("#0a75ff" in line for line in points) == 3


def test_a_picture_that_is_there_is_not_written_over_without_a_question(
    shown: Map, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dialog asks about the name that was typed, not about the one with the ending that was not."""
    mine = tmp_path / "my.map.png"
    mine.write_text("mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "my.map"), ""))
    shown.page._stage.choices.export_wanted.emit("png")
    shown.opened.wait_until(lambda: shown.opened.says("The map is in my.map 2.png."))
    assert mine.read_text() == "mine"
