"""All that the owner has said, each with the way to take it back."""

import csv
import io
import shlex

import pytest

from tests.planted_findings import STRANGE, PlantedFindings, id_of, path_of
from tests.shell_calls import Call, the_object


@pytest.fixture
def judged(call: Call, findings: PlantedFindings) -> PlantedFindings:
    call("verdict", "not-a-duplicate", path_of("d, (1).mp3"), path_of(STRANGE), *findings.arguments)
    call("verdict", "keep", path_of("b.flac"), *findings.arguments)
    call("verdict", "music", path_of("talk.mp3"), *findings.arguments)
    call("verdict", "spoken", path_of("album.flac") + "#t=0", *findings.arguments)
    return findings


def test_each_verdict_can_be_taken_back_as_it_says(call: Call, judged: PlantedFindings) -> None:
    found = the_object(call("verdicts", "--json", *judged.arguments).stdout_bytes)["verdicts"]
    assert [each["verdict"] for each in found] == ["not-a-duplicate", "keep", "music", "spoken"]
    assert set(found[0]["songs"]) == {id_of("d, (1).mp3"), id_of(STRANGE)}
    for left, each in reversed(list(enumerate(found))):
        program, *order = shlex.split(each["take_back"])
        assert program == "marmalade"
        assert call(*order, *judged.arguments).exit_code == 0
        assert len(the_object(call("verdicts", "--json", *judged.arguments).stdout_bytes)["verdicts"]) == left


def test_verdicts_are_shown_in_words(call: Call, judged: PlantedFindings) -> None:
    lines = call("verdicts", *judged.arguments).stdout.splitlines()
    assert lines[0] == "file:///planted/music/caf%E9.mp3 and /planted/music/d, (1).mp3 are different songs"
    assert lines[2:4] == [
        "/planted/music/b.flac is the copy to keep",
        "  marmalade verdict take-back /planted/music/b.flac",
    ]
    assert lines[4] == "/planted/music/talk.mp3 is music"
    assert lines[6] == "/planted/music/album.flac#t=0 is spoken"


def test_verdicts_as_a_table(call: Call, judged: PlantedFindings) -> None:
    rows = list(csv.DictReader(io.StringIO(call("verdicts", "--csv", *judged.arguments).stdout, newline="")))
    assert [(row["verdict"], row["song"], row["other_song"]) for row in rows] == [
        ("not-a-duplicate", id_of(STRANGE), id_of("d, (1).mp3")),
        ("keep", id_of("b.flac"), ""),
        ("music", id_of("talk.mp3"), ""),
        ("spoken", id_of("album.flac") + "#t=0", ""),
    ]


def test_nothing_said_is_a_sentence(call: Call, findings: PlantedFindings) -> None:
    assert "You have said nothing about songs yet" in call("verdicts", *findings.arguments).stdout
    assert the_object(call("verdicts", "--json", *findings.arguments).stdout_bytes) == {"verdicts": []}
