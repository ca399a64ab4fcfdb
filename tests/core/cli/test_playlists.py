"""Playlists and the map from a shell."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from matplotlib.image import imread

from core.errors import Cause, UserError
from core.jobs.events import Event
from core.parts.given_models import GivenModels
from core.training.process import TrainingFinished
from tests.library_databases import PlayerDatabase, SongRow
from tests.shell_calls import Call, Told, call_program, the_object

NAMES = {"rank", "path", "title", "artist", "album", "predicted", "low", "high", "why", "exploration"}


def test_recommendations_are_told_as_one_object(learned: Told, tmp_path: Path) -> None:
    output = tmp_path / "list.xspf"
    finished = call_program(
        "recommend", "--json", "--top-n", "5", "--min-rating", "0", "--output", str(output), *learned.arguments
    )
    assert finished.returncode == 0, finished.stderr.decode()
    answer = the_object(finished.stdout)
    assert {"output", "songs", "model_version", "predicted_at"} <= set(answer)
    assert answer["output"] == str(output)
    assert answer["model_version"] == learned.answer["version"]
    since = datetime.now(tz=UTC) - datetime.fromisoformat(answer["predicted_at"])
    assert timedelta(seconds=-1) <= since < timedelta(hours=1)
    assert [each["rank"] for each in answer["songs"]] == [1, 2, 3, 4, 5]
    assert all(set(each) == NAMES for each in answer["songs"])
    assert all(each["low"] <= each["predicted"] <= each["high"] for each in answer["songs"])
    assert [each["predicted"] for each in answer["songs"]] == sorted(
        (each["predicted"] for each in answer["songs"]), reverse=True
    )
    assert all(Path(each["path"]).is_file() for each in answer["songs"])
    named = [unquote(str(node.text)) for node in ET.parse(output).iter("{http://xspf.org/ns/0/}location")]  # noqa: S314
    assert named == [f"file://{each['path']}" for each in answer["songs"]]


def test_a_playlist_is_told_in_sentences(call: Call, learned: Told, tmp_path: Path) -> None:
    result = call("recommend", "--min-rating", "0", "--output", tmp_path / "[my] list.m3u8", *learned.arguments)
    assert result.exit_code == 0
    assert f"24 songs are in {tmp_path / '[my] list.m3u8'}." in result.stdout
    assert result.stdout.count("~") == 20, "a table of the first songs, with the stars that are predicted"
    assert "… and 4 more." in result.stdout
    assert "Only 24 of 100 songs: no more unrated songs fit." in result.stderr


@pytest.mark.parametrize(
    "options", [("--albums", "--explore", "0.5"), ("--albums", "a.pt", "a.pt"), ("--batch-size", "8")], ids=" ".join
)
def test_what_would_have_no_effect_is_refused(call: Call, learned: Told, options: tuple[str, ...]) -> None:
    result = call("recommend", *options, *learned.arguments)
    assert result.exit_code == 2
    assert "leave out" in " ".join(result.stderr.replace("│", " ").split())


def test_albums_of_an_artist_can_be_limited(call: Call, learned: Told) -> None:
    asked = ("recommend", "--albums", "--min-rating", "0", "--json", *learned.arguments)
    every, few = (
        [each["artist"] for each in the_object(call(*asked, *limit).stdout_bytes)["albums"]]
        for limit in ((), ("--max-per-artist", "1"))
    )
    assert len(set(few)) == len(few) == len(set(every))


def test_one_song_is_told_as_one(call: Call, learned: Told, tmp_path: Path) -> None:
    wish = ("--min-rating", "0", "--top-n", "1", "--output", tmp_path / "list.xspf")
    assert f"1 song is in {tmp_path / 'list.xspf'}." in call("recommend", *wish, *learned.arguments).stdout


@pytest.mark.parametrize("name", ["list.txt", "list", "list.xspf.bak"])
def test_an_ending_that_no_player_knows_is_refused(call: Call, learned: Told, tmp_path: Path, name: str) -> None:
    result = call("recommend", "--min-rating", "0", "--output", tmp_path / name, *learned.arguments)
    assert isinstance(result.exception, UserError)
    assert "should end in .xspf or .m3u8" in str(result.exception)
    assert not (tmp_path / name).exists()


def test_filters_reach_the_list(call: Call, learned: Told, tmp_path: Path) -> None:
    wish = ("--min-rating", "0", "--genre", "jazz", "--max-per-artist", "1", "--output", tmp_path / "list.xspf")
    answer = the_object(call("recommend", "--json", *wish, *learned.arguments).stdout_bytes)
    artists = [each["artist"] for each in answer["songs"]]
    assert len(set(artists)) == len(artists) > 0
    # Every third song is jazz, and a third of the twelve artists plays all of it.
    assert set(artists) <= {f"Artist {number}" for number in (1, 4, 7, 10)}


def test_none_above_the_minimum_ends_with_1_and_writes_nothing(call: Call, learned: Told, tmp_path: Path) -> None:
    output = tmp_path / "list.xspf"
    result = call("recommend", "--json", "--min-rating", "1", "--output", output, *learned.arguments)
    assert result.exit_code == 1
    answer = the_object(result.stdout_bytes)
    assert (answer["output"], answer["songs"]) == (None, [])
    assert "No song reaches the minimum of 1.00" in answer["notice"]
    assert "No song reaches" in result.stderr
    assert not output.exists()


def test_without_ratings_the_first_songs_are_offered_and_no_number_is_claimed(call: Call, scanned: Told) -> None:
    answer = the_object(call("recommend", "--json", *scanned.arguments).stdout_bytes)
    assert Path(answer["output"]).is_file()
    assert len(answer["songs"]) == 3
    assert {each["predicted"] for each in answer["songs"]} == {None}
    assert all(each["why"] for each in answer["songs"])
    assert "Knows nothing of your taste yet" in answer["notice"]


@pytest.mark.parametrize(
    "asked", [["recommend", "--min-rating", "0"], ["mix"], ["recommend", "--albums"]], ids=" ".join
)
def test_what_another_program_wrote_is_only_replaced_on_demand(
    call: Call, learned: Told, tmp_path: Path, asked: list[str]
) -> None:
    output = tmp_path / "list.xspf"
    output.write_text("by somebody else")
    refused = call(*asked, "--output", output, *learned.arguments)
    assert str(refused.exception) == (
        "There is a list.xspf already that was not made here. It was left as it is: "
        "name another file with --output, or write over it with --overwrite."
    )
    assert output.read_text() == "by somebody else"
    assert call(*asked, "--output", output, "--overwrite", *learned.arguments).exit_code == 0
    assert call(*asked, "--output", output, *learned.arguments).exit_code == 0
    assert "<track>" in output.read_text()


def test_a_library_that_was_not_listened_to_is_one_sentence(call: Call, tmp_path: Path) -> None:
    library = PlayerDatabase.create(tmp_path / "clementine.db", songs=[SongRow()])
    result = call("recommend", "--profile", tmp_path / "profile", "--database", library.path)
    assert isinstance(result.exception, UserError)
    assert result.exception.cause is Cause.NOT_HEARD
    assert not result.stderr


def test_a_player_that_is_not_installed_is_one_sentence(
    call: Call, learned: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = call("recommend", "--open", "--min-rating", "0", "--output", tmp_path / "a.xspf", *learned.arguments)
    assert "clementine is not installed" in str(result.exception)
    assert (tmp_path / "a.xspf").exists()


def test_the_map_is_drawn_where_it_was_asked_for(
    call: Call, learned: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = call("visualize-embeddings", "--json", "--output", "map.png", *learned.arguments)
    assert the_object(result.stdout_bytes) == {"output": str(tmp_path / "map.png")}
    assert imread(tmp_path / "map.png").ndim == 3


def test_a_picture_of_no_kind_is_one_sentence(call: Call, learned: Told) -> None:
    result = call("visualize-embeddings", "--output", "map.bmp", *learned.arguments)
    assert "must end in .png, .svg or .pdf" in str(result.exception)


class Asked:
    """Stands for the child that predicts by given models; it finds what the current predictor has predicted."""

    def __init__(self, learned: Told) -> None:
        self.calls: list[tuple[Path, Path, int]] = []
        self.result: dict[str, Any] = {
            "model_version": learned.answer["version"],
            "embedding_version": "planted-1-0",
        }
        self.complete = True

    def __call__(self, encoder: Path, classifier: Path, *, batch_size: int, **_: object) -> Iterator[Event]:
        self.calls.append((encoder, classifier, batch_size))
        yield TrainingFinished(complete=self.complete, result=self.result)


@pytest.fixture
def asked(learned: Told, monkeypatch: pytest.MonkeyPatch) -> Asked:
    recorder = Asked(learned)
    monkeypatch.setattr(GivenModels, "predict_with", staticmethod(recorder))
    return recorder


def test_models_that_are_given_are_asked(call: Call, learned: Told, asked: Asked, tmp_path: Path) -> None:
    wish = ("--json", "--min-rating", "0", "--top-n", "2", "--output", tmp_path / "list.xspf")
    result = call("recommend", "encoder.pt", "classifier.pt", "--batch-size", "16", *wish, *learned.arguments)
    assert result.exit_code == 0, result.output
    assert asked.calls == [(Path("encoder.pt"), Path("classifier.pt"), 16)]
    answer = the_object(result.stdout_bytes)
    assert answer["model_version"] == asked.result["model_version"]
    assert datetime.fromisoformat(answer["predicted_at"]).tzinfo is not None
    assert len(answer["songs"]) == 2
    call("recommend", "best_model.pt", "best_model.pt", *wish, *learned.arguments)
    assert asked.calls[1] == (Path("best_model.pt"), Path("best_model.pt"), 256)


def test_an_encoder_alone_is_one_sentence(call: Call, learned: Told, asked: Asked) -> None:
    result = call("recommend", "encoder.pt", *learned.arguments)
    assert isinstance(result.exception, UserError)
    assert "name a classifier after it" in str(result.exception)
    assert asked.calls == []


def test_given_models_that_were_stopped_write_no_list(call: Call, learned: Told, asked: Asked, tmp_path: Path) -> None:
    asked.complete = False
    output = tmp_path / "list.xspf"
    result = call("recommend", "encoder.pt", "classifier.pt", "--output", output, *learned.arguments)
    assert "Stopped before the end" in str(result.exception)
    assert not output.exists()
