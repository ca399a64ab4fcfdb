"""All ratings with their source and time, as a table, CSV and JSON."""

import csv
import io
from typing import Any

import pytest

from tests.planted_findings import MUSIC, PlantedFindings, id_of, path_of
from tests.shell_calls import Call, the_object


@pytest.fixture
def rated(call: Call, findings: PlantedFindings) -> PlantedFindings:
    """4 stars in the player and 2 here; 2.5 in the player; 5 here, and 1 here of a song that is gone."""
    for name, stars in (("a.mp3", "2"), ("long.mp3", "5"), ("short.mp3", "1")):
        assert call("rate", path_of(name), stars, *findings.arguments).exit_code == 0
    findings.listened.database.remove(MUSIC / "short.mp3")
    return findings


def listed(call: Call, findings: PlantedFindings, *options: str) -> list[dict[str, Any]]:
    (rows,) = the_object(call("ratings", *options, "--json", *findings.arguments).stdout_bytes).values()
    assert isinstance(rows, list)
    return rows


def test_every_rating_is_told_with_its_source_and_time(call: Call, rated: PlantedFindings) -> None:
    rows = {row["path"]: row for row in listed(call, rated)}
    assert {path: (row["stars"], row["source"]) for path, row in rows.items()} == {
        path_of("a.mp3"): (2.0, "marmalade"),
        path_of("b.flac"): (2.5, "player"),
        path_of("long.mp3"): (5.0, "marmalade"),
        path_of("short.mp3"): (1.0, "marmalade"),
    }
    first = rows[path_of("a.mp3")]
    assert (first["player_stars"], first["player_at"], first["own_stars"]) == (4.0, None, 2.0)
    assert first["at"] == first["own_at"] is not None
    assert (first["song"], first["title"], first["conflict"]) == (id_of("a.mp3"), "Alpha", True)


def test_conflicts_are_shown(call: Call, rated: PlantedFindings) -> None:
    assert [row["path"] for row in listed(call, rated, "--conflicts")] == [path_of("a.mp3")]
    told = call("ratings", "--conflicts", *rated.arguments).stdout
    assert "Artist – Alpha" in told
    assert len(told.splitlines()) == 7, "a song takes one line"
    assert path_of("a.mp3") not in told
    assert "1 song has other stars here than in the player" in told
    call("rate", path_of("a.mp3"), "4", *rated.arguments)
    assert listed(call, rated, "--conflicts") == []
    assert "No song has other stars" in call("ratings", "--conflicts", *rated.arguments).stdout


def test_ratings_are_exported_to_spreadsheets(call: Call, rated: PlantedFindings) -> None:
    rows = list(csv.DictReader(io.StringIO(call("ratings", "--csv", *rated.arguments).stdout, newline="")))
    assert [(row["path"], row["stars"], row["source"], row["conflict"]) for row in rows] == [
        (path_of("a.mp3"), "2.0", "marmalade", "yes"),
        (path_of("b.flac"), "2.5", "player", "no"),
        (path_of("long.mp3"), "5.0", "marmalade", "no"),
        (path_of("short.mp3"), "1.0", "marmalade", "no"),
    ]


def test_the_history_of_a_song_is_told(call: Call, rated: PlantedFindings) -> None:
    call("rate", path_of("a.mp3"), "0", *rated.arguments)
    answer = the_object(call("ratings", "--history", path_of("a.mp3"), "--json", *rated.arguments).stdout_bytes)
    assert answer["path"] == path_of("a.mp3")
    assert [(each["source"], each["stars"], each["at"] is None) for each in answer["history"]] == [
        ("player", 4.0, True),
        ("marmalade", 2.0, False),
        ("marmalade", 0.0, False),
    ]
    told = call("ratings", "--history", path_of("a.mp3"), *rated.arguments).stdout
    assert "no stars" in told
    assert call("ratings", "--history", path_of("a.mp3"), "--csv", *rated.arguments).stdout.startswith("source,stars")
    assert "never given stars" in call("ratings", "--history", path_of("maybe.mp3"), *rated.arguments).stdout


def test_a_library_without_stars_is_a_sentence(call: Call, findings: PlantedFindings) -> None:
    for name in ("a.mp3", "b.flac"):
        findings.listened.database.remove(MUSIC / name)
    assert call("ratings", *findings.arguments).stdout.strip() == "No song has stars yet."


def test_two_questions_at_once_are_refused(call: Call, findings: PlantedFindings) -> None:
    assert call("ratings", "--conflicts", "--history", path_of("a.mp3"), *findings.arguments).exit_code == 2
    assert call("ratings", "--csv", "--json", *findings.arguments).exit_code == 2
