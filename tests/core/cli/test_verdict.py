"""The owner's word, from a shell: what is stored, what is said about it, and how it is taken back."""

import os
from pathlib import Path
from typing import Any

import pytest

from core.cli.verdicts import Said, everything_said
from core.errors import UserError
from tests.planted_findings import MUSIC, STRANGE, PlantedFindings, id_of, path_of
from tests.shell_calls import Call, the_object


def said(findings: PlantedFindings) -> list[Said]:
    with findings.open() as engine:
        return everything_said(engine)


def keep_of(call: Call, findings: PlantedFindings) -> list[tuple[str, list[str]]]:
    answer: dict[str, Any] = the_object(call("duplicates", "--json", *findings.arguments).stdout_bytes)
    return [(Path(each["keep"]).name, [Path(copy).name for copy in each["copies"]]) for each in answer["groups"]]


def test_another_copy_is_kept(call: Call, findings: PlantedFindings) -> None:
    result = call("verdict", "keep", path_of("c.ogg"), *findings.arguments)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "/planted/music/c.ogg stands for all its copies in training and playlists.",
        "/planted/music/a.mp3 stays out of training and playlists as a copy of /planted/music/c.ogg.",
        "/planted/music/b.flac stays out of training and playlists as a copy of /planted/music/c.ogg.",
    ]
    assert keep_of(call, findings)[0] == ("c.ogg", ["a.mp3", "b.flac"])
    call("verdict", "keep", path_of("b.flac"), *findings.arguments)
    assert said(findings) == [Said("keep", (id_of("b.flac"),))]


def test_a_song_without_copies_has_nothing_to_choose(call: Call, findings: PlantedFindings) -> None:
    result = call("verdict", "keep", path_of("talk.mp3"), *findings.arguments)
    assert isinstance(result.exception, UserError)
    assert str(result.exception) == "/planted/music/talk.mp3 has no copies, so there is nothing to choose."
    assert said(findings) == []


def test_different_songs_are_parted(call: Call, findings: PlantedFindings) -> None:
    result = call("verdict", "not-a-duplicate", path_of("a.mp3"), path_of("c.ogg"), *findings.arguments)
    assert result.exit_code == 0
    assert "/planted/music/c.ogg is learned from and played like any other song." in result.stdout
    assert keep_of(call, findings)[0] == ("a.mp3", ["b.flac"])
    call("verdict", "not-a-duplicate", path_of("short.mp3"), path_of("long.mp3"), *findings.arguments)
    answer = the_object(call("duplicates", "--json", *findings.arguments).stdout_bytes)
    assert path_of("short.mp3") not in {pair["second"] for pair in answer["possible"]}


def test_every_pair_of_several_songs_is_parted(call: Call, findings: PlantedFindings) -> None:
    names = [path_of(name) for name in ("a.mp3", "b.flac", "c.ogg")]
    call("verdict", "not-a-duplicate", *names, *findings.arguments)
    assert len(said(findings)) == 3
    assert len(keep_of(call, findings)) == 1
    call("verdict", "take-back", *names, *findings.arguments)
    assert said(findings) == []
    assert keep_of(call, findings)[0] == ("a.mp3", ["b.flac", "c.ogg"])


def test_one_song_cannot_differ_from_itself(call: Call, findings: PlantedFindings) -> None:
    result = call("verdict", "not-a-duplicate", path_of("a.mp3"), id_of("a.mp3"), *findings.arguments)
    assert result.exit_code == 2
    assert said(findings) == []


def test_spoken_songs_leave_and_music_comes_back(call: Call, findings: PlantedFindings) -> None:
    left = call("verdict", "spoken", path_of("long.mp3"), path_of("maybe.mp3"), *findings.arguments)
    assert left.stdout.splitlines() == [
        "/planted/music/long.mp3 stays out of training and playlists, for it is spoken.",
        "/planted/music/maybe.mp3 stays out of training and playlists, for it is spoken.",
    ]
    back = call("verdict", "music", "--json", path_of("talk.mp3"), *findings.arguments)
    answer = the_object(back.stdout_bytes)
    assert (answer["verdict"], [each["now"] for each in answer["songs"]]) == ("music", ["in"])
    speech = the_object(call("speech", "--json", *findings.arguments).stdout_bytes)
    assert [each["path"] for each in speech["spoken"]] == [path_of("maybe.mp3"), path_of("long.mp3")]
    assert speech["doubtful"] == []


@pytest.mark.parametrize("verdict", ["not-a-duplicate", "music", "spoken", "take-back"])
def test_one_wrong_path_stores_nothing(call: Call, findings: PlantedFindings, verdict: str) -> None:
    before = call("verdict", "spoken", path_of("a.mp3"), *findings.arguments)
    assert before.exit_code == 0
    names = (path_of("a.mp3"), path_of("b.flac"), path_of("no.mp3"))
    result = call("verdict", verdict, *names, *findings.arguments)
    assert isinstance(result.exception, UserError)
    assert "/planted/music/no.mp3 is no song of your library" in str(result.exception)
    assert said(findings) == [Said("spoken", (id_of("a.mp3"),))]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("damaged.mp3", "stays out, for it could not be listened to: damaged."),
        ("gone.mp3", "is not there now; this counts when it is back."),
        ("b.flac", "stays out of training and playlists as a copy of /planted/music/a.mp3."),
        ("a.mp3", "stands for all its copies in training and playlists."),
    ],
)
def test_a_verdict_says_where_the_song_stands(call: Call, findings: PlantedFindings, name: str, expected: str) -> None:
    result = call("verdict", "music", path_of(name), *findings.arguments)
    assert result.stdout == f"{path_of(name)} {expected}\n"


def test_a_cue_track_is_judged_alone(call: Call, findings: PlantedFindings) -> None:
    track = id_of("album.flac") + "#t=183.5"
    call("verdict", "spoken", path_of("album.flac") + "#t=183.5", *findings.arguments)
    assert said(findings) == [Said("spoken", (track,))]


def test_taking_back_says_what_was_said(call: Call, findings: PlantedFindings) -> None:
    call("verdict", "keep", path_of("c.ogg"), *findings.arguments)
    call("verdict", "music", path_of("c.ogg"), *findings.arguments)
    result = call("verdict", "take-back", path_of("c.ogg"), *findings.arguments)
    assert result.stdout.splitlines() == [
        "Taken back: /planted/music/c.ogg is the copy to keep.",
        "Taken back: /planted/music/c.ogg is music.",
        "/planted/music/c.ogg stays out of training and playlists as a copy of /planted/music/a.mp3.",
    ]
    assert said(findings) == []


def test_a_pair_is_taken_back_by_both(call: Call, findings: PlantedFindings) -> None:
    call("verdict", "not-a-duplicate", path_of("a.mp3"), path_of("b.flac"), *findings.arguments)
    result = call("verdict", "take-back", path_of("a.mp3"), *findings.arguments)
    hint = "marmalade verdict take-back /planted/music/a.mp3 /planted/music/b.flac."
    assert str(result.exception).endswith(f"what you said of a pair needs both: {hint}")
    assert len(said(findings)) == 1


def test_what_was_said_of_a_song_that_left_can_be_taken_back(call: Call, findings: PlantedFindings) -> None:
    call("verdict", "spoken", path_of(STRANGE), *findings.arguments)
    findings.listened.database.remove(MUSIC / STRANGE)
    assert isinstance(call("verdict", "music", path_of(STRANGE), *findings.arguments).exception, UserError)
    for name in (os.fsdecode(os.fsencode(path_of(STRANGE))), id_of(STRANGE)):
        assert call("verdict", "take-back", name, *findings.arguments).exit_code == 0
        assert said(findings) == []
        with findings.open() as engine:
            engine.stores.companion.verdicts.say_speech(id_of(STRANGE), "spoken")
