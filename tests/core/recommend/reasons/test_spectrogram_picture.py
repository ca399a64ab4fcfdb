"""The picture shows what holds in its color, on axes that say what they are."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.image import imread

from core.errors import UserError
from core.recommend.reasons.explanation import SoundExplanation, SoundPart
from core.recommend.reasons.spectrogram_picture import AGAINST, FOR, UNCERTAIN, draw_explanation, explanation_figure
from core.song import UNRATED, Song
from core.training.spectrogram_file import Spectrogram

SONG = Song(1, "A $title$", "Somebody", "Album", 2000, UNRATED, "file:///music/a.mp3")
SPECTROGRAM = Spectrogram(np.full((4, 10), -20, np.float32), np.array([0.0, 300, 900, 2500, 8000]), 60.0, 68.0)
FOUND = SoundExplanation(
    SONG,
    0.8,
    60.0,
    68.0,
    (SoundPart(60, 64, 0.02, True), SoundPart(64, 68, -0.01, False)),
    (SoundPart(0, 300, -0.04, True), SoundPart(300, 900, 0.0, False), SoundPart(900, 8000, 0.1, True)),
)


def colors(axes: object) -> list[str]:
    return [to_hex(bar.get_facecolor()).upper() for bar in axes.patches]  # type: ignore[attr-defined]  # matplotlib's axes


def test_bars_have_the_color_of_what_they_say() -> None:
    sound, beside, below = explanation_figure(FOUND, SPECTROGRAM).axes
    assert colors(below) == [FOR, UNCERTAIN]
    assert colors(beside) == [AGAINST, UNCERTAIN, FOR]
    assert [bar.get_height() for bar in below.patches] == pytest.approx([0.1, -0.05])
    assert [bar.get_width() for bar in beside.patches] == pytest.approx([-0.2, 0, 0.5])
    assert colors(sound) == [FOR, AGAINST, FOR], "only what holds is tinted"


def test_the_axes_are_seconds_of_the_file_and_hertz() -> None:
    figure = explanation_figure(FOUND, SPECTROGRAM)
    sound, _, below = figure.axes
    assert sound.get_xlim() == (60, 68)
    assert (sound.get_ylabel(), below.get_xlabel()) == ("Hz", "seconds of the file")
    assert [label.get_text() for label in sound.get_yticklabels()][-1] == "8,000"
    assert r"A \$title\$" in figure.get_suptitle()


def test_it_is_written_where_it_was_asked_for(tmp_path: Path) -> None:
    SPECTROGRAM.save(tmp_path / "a.npz")
    found = replace(FOUND, spectrogram=str(tmp_path / "a.npz"))
    draw_explanation(found, output=tmp_path / "new" / "a.png")
    assert imread(tmp_path / "new" / "a.png").ndim == 3


def test_what_cannot_be_drawn_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"must end in \.png, \.svg or \.pdf"):
        draw_explanation(FOUND, output=tmp_path / "a.bmp")
    with pytest.raises(UserError, match="no spectrogram"):
        draw_explanation(FOUND, output=tmp_path / "a.png")
