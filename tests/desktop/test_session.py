"""The whole path behind a window: real sound in a folder, analysed in the pool, learned in the child, predicted."""

from pathlib import Path

import pytest

from desktop.item_models.song_rows import Column
from tests.desktop.conftest import OpenWindow, sound
from tests.listened_library import ListenedLibrary


@pytest.mark.timeout(300)
def test_a_song_that_arrives_is_analysed_and_predicted_without_a_click(
    open_window: OpenWindow, unheard: ListenedLibrary, music: Path
) -> None:
    opened = open_window(unheard)
    opened.wait_until(lambda: all(cell.endswith("stars") for cell in opened.column(Column.PREDICTED)))
    unheard.database.add(sound(music / "new.wav", frequency=330.0))
    opened.wait_until(lambda: "new" in opened.column(Column.TITLE))
    row = opened.column(Column.TITLE).index("new")
    opened.wait_until(lambda: opened.cell(row, Column.PREDICTED).endswith("stars"))
