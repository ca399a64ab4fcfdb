"""Why a song is predicted as it is, from a shell."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import UserError
from core.jobs.events import Event
from core.parts.explanations import Explanations, SoundExplained
from core.recommend.reasons.explanation import SoundExplanation, SoundPart
from core.song import UNRATED, Song
from core.training.spectrogram_file import Spectrogram
from tests.learned_library import learn
from tests.planted_library import PlantedLibrary
from tests.shell_calls import Call, the_object

NAMES = {"path", "title", "artist", "rating", "predicted", "low", "high", "unlimited", "sure", "parts", "shares", "for"}
NAMES |= {"against", "without_for", "without_against", "sentences"}


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> PlantedLibrary:
    """A library of which the ratings were learned; nobody changes it."""
    folder = tmp_path_factory.mktemp("explained")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        return learn(PlantedLibrary.create(folder))


def song_of(learned: PlantedLibrary) -> Path:
    return learned.paths[50]


def test_an_explanation_is_one_object(call: Call, learned: PlantedLibrary) -> None:
    result = call("explain", song_of(learned), "--json", *learned.arguments)
    assert result.exit_code == 0, result.output
    answer = the_object(result.stdout_bytes)
    assert set(answer) == NAMES
    assert (answer["path"], answer["rating"]) == (str(song_of(learned)), None)
    assert sum(answer["parts"].values()) == pytest.approx(answer["unlimited"])
    assert sum(answer["shares"].values()) == pytest.approx(1)
    assert all(set(each) == {"path", "title", "artist", "stars", "change", "copies"} for each in answer["for"])
    assert all(each["change"] > 0 for each in answer["for"])
    assert all(each["change"] < 0 for each in answer["against"])
    if answer["for"]:
        assert answer["without_for"]["unlimited"] < answer["unlimited"]
        assert answer["without_for"]["learned_again"] is True
    assert (answer["predicted"] is None) == (answer["sure"] == "not yet")


def test_it_is_told_in_sentences(call: Call, learned: PlantedLibrary) -> None:
    result = call("explain", song_of(learned), *learned.arguments)
    assert result.exit_code == 0
    assert "on average you give" in result.stdout
    assert "without that it would be predicted" in result.stdout


def test_a_song_that_is_none_of_the_library_is_one_sentence(
    call: Call, learned: PlantedLibrary, tmp_path: Path
) -> None:
    result = call("explain", tmp_path / "other.mp3", *learned.arguments)
    assert isinstance(result.exception, UserError)
    assert "is no song of your library" in str(result.exception)


class Listened:
    """Stands for the child that explains sounds."""

    def __init__(self, folder: Path) -> None:
        self.files: list[Path | None] = []
        self.is_stopped = False
        spectrogram = folder / "a.npz"
        Spectrogram(np.zeros((2, 3), np.float32), np.array([0.0, 500, 4000]), 0.0, 8.0).save(spectrogram)
        song = Song(1, "Title", "Artist", "Album", 2000, UNRATED, "file:///a.mp3")
        parts = (SoundPart(0, 4, 0.02, True), SoundPart(4, 8, -0.03, False))
        bands = (SoundPart(0, 500, -0.1, True), SoundPart(500, 4000, 0.0, False))
        self.found = SoundExplanation(song, 0.8, 0.0, 8.0, parts, bands, str(spectrogram))

    def __call__(self, song_id: str, *, sound_file: Path | None, **_: Any) -> Iterator[Event]:  # noqa: ANN401 - as sound_of
        self.files.append(sound_file)
        yield SoundExplained(explanation=None if self.is_stopped else self.found)


@pytest.fixture
def listened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Listened:
    recorder = Listened(tmp_path)
    monkeypatch.setattr(Explanations, "sound_of", staticmethod(recorder))
    return recorder


def test_the_sound_is_explained_when_it_is_asked_for(
    call: Call, learned: PlantedLibrary, listened: Listened, tmp_path: Path
) -> None:
    files = ("--picture", tmp_path / "a.png", "--sound-file", tmp_path / "a.wav")
    result = call("explain", song_of(learned), "--json", *files, *learned.arguments)
    assert result.exit_code == 0, result.output
    sound = the_object(result.stdout_bytes)["sound"]
    assert (sound["start"], sound["stop"]) == (0, 8)
    assert sound["seconds"][0] == {"from": 0, "to": 4, "change": 0.02, "holds": True}
    assert [band["holds"] for band in sound["bands"]] == [True, False]
    assert listened.files == [tmp_path / "a.wav"]
    assert (tmp_path / "a.png").is_file()
    assert "What sounds below 500 Hz" in call("explain", song_of(learned), "--sound", *learned.arguments).stdout


def test_a_picture_of_no_kind_is_refused_before_anything_is_heard(
    call: Call, learned: PlantedLibrary, listened: Listened
) -> None:
    result = call("explain", song_of(learned), "--picture", "a.bmp", *learned.arguments)
    assert "must end in .png, .svg or .pdf" in str(result.exception)
    assert listened.files == []


def test_what_was_stopped_is_said(call: Call, learned: PlantedLibrary, listened: Listened) -> None:
    listened.is_stopped = True
    assert "Stopped before the end" in str(call("explain", song_of(learned), "--sound", *learned.arguments).exception)
