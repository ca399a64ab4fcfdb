"""Songs that are there several times, from a shell."""

import csv
import io
import os

import pytest

from core.analysis import fingerprint
from core.cli import duplicates as module
from core.cli.duplicates import stars
from tests.planted_findings import STRANGE, PlantedFindings, id_of, path_of
from tests.shell_calls import Call, the_object


def test_groups_are_told_as_one_object(call: Call, findings: PlantedFindings) -> None:
    answer = the_object(call("duplicates", "--json", *findings.arguments).stdout_bytes)
    assert set(answer) == {"groups", "possible", "listed_twice"}
    alpha, delta = answer["groups"]
    assert alpha["keep"] == path_of("a.mp3")
    assert alpha["copies"] == [path_of("b.flac"), path_of("c.ogg")]
    assert (alpha["score"], alpha["kind"], delta["kind"]) == (0.96, "same audio", "identical")
    assert (alpha["rating"], alpha["conflict"], alpha["albums"]) == (0.8, True, ["First", "Second"])
    assert (delta["rating"], delta["conflict"], delta["gone"]) == (None, False, [])
    assert delta["copies"] == [path_of(STRANGE)]
    assert len({alpha["id"], delta["id"]}) == 2
    assert alpha["songs"] == [id_of("a.mp3"), id_of("b.flac"), id_of("c.ogg")]


def test_possible_duplicates_say_why(call: Call, findings: PlantedFindings) -> None:
    answer = the_object(call("duplicates", "--json", *findings.arguments).stdout_bytes)
    (pair,) = answer["possible"]
    assert {pair["first"], pair["second"]} == {path_of("short.mp3"), path_of("long.mp3")}
    assert (pair["score"], pair["why"]) == (0.75, "lengths differ")
    assert answer["listed_twice"] == [path_of("long.mp3")]


def test_strange_bytes_arrive(call: Call, findings: PlantedFindings) -> None:
    for form in ("--json", "--csv"):
        assert os.fsencode(path_of(STRANGE)) in call("duplicates", form, *findings.arguments).stdout_bytes


def test_the_table_has_a_row_for_each_song(call: Call, findings: PlantedFindings) -> None:
    printed = call("duplicates", "--csv", *findings.arguments).stdout_bytes.decode(errors="surrogateescape")
    rows = list(csv.DictReader(io.StringIO(printed, newline="")))
    assert [(row["role"], row["path"]) for row in rows] == [
        ("keep", path_of("a.mp3")),
        ("copy", path_of("b.flac")),
        ("copy", path_of("c.ogg")),
        ("keep", path_of("d, (1).mp3")),
        ("copy", path_of(STRANGE)),
        ("possible", path_of("long.mp3")),
        ("possible", path_of("short.mp3")),
        ("listed twice", path_of("long.mp3")),
    ]
    assert [row["rating"] for row in rows[:3]] == ["0.8", "0.5", ""]
    assert (rows[0]["conflict"], rows[3]["title"], rows[3]["artist"]) == ("yes", "'=Delta", "'+Artist")
    assert rows[5]["why"] == "lengths differ"


def test_people_see_which_copy_is_kept_and_where_stars_differ(call: Call, findings: PlantedFindings) -> None:
    shown = call("duplicates", *findings.arguments).stdout
    block = shown.split("\n\n")[1].splitlines()
    assert block == [
        "Artist – Alpha  (same audio, 0.96; different stars, ★★★★ counts)",
        "  keep  ★★★★   /planted/music/a.mp3",
        "  copy  ★★½    /planted/music/b.flac",
        "  copy         /planted/music/c.ogg",
    ]
    assert "(lengths differ, 0.75)" in shown
    assert "Files that the player lists twice, which count once: 1" in shown


def test_both_formats_at_once_are_wrong_usage(call: Call, findings: PlantedFindings) -> None:
    for command in ("duplicates", "speech", "skipped", "verdicts"):
        result = call(command, "--csv", "--json", *findings.arguments)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert "--csv and --json are two ways to print the same" in result.stderr


def test_without_the_library_a_notice_says_so(
    call: Call, findings: PlantedFindings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "is_available", lambda: False)
    assert fingerprint.NO_LIBRARY in call("duplicates", *findings.arguments).stderr


def test_none_are_a_sentence(call: Call, findings: PlantedFindings) -> None:
    configuration = findings.listened.profile.config_file
    configuration.parent.mkdir(parents=True)
    configuration.write_text("music: {deduplicate: false}\n")
    shown = call("duplicates", *findings.arguments).stdout
    assert "music.deduplicate is off" in shown
    assert "No song is there twice." in shown


@pytest.mark.parametrize(("rating", "shown"), [(-1.0, ""), (0.1, "½"), (0.7, "★★★½"), (1.0, "★★★★★")])
def test_stars(rating: float, shown: str) -> None:
    assert stars(rating) == shown
