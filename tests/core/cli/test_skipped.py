"""What was skipped, from a shell; with duplicates and speech it tells every song that is not in the training set."""

import csv
import io
import os

from tests.planted_findings import WAITING, PlantedFindings, path_of
from tests.shell_calls import STRANGE_DAMAGED_NAME, Call, Told, the_object


def test_skipped_songs_are_told_with_their_reason(call: Call, scanned: Told) -> None:
    answer = the_object(call("skipped", "--json", *scanned.arguments).stdout_bytes)
    assert set(answer) == {"skipped"}
    reasons = {each["path"]: each["reason"] for each in answer["skipped"]}
    assert reasons == {
        str(scanned.folder / "music/damaged [1].mp3"): "not audio",
        str(scanned.folder / "music" / STRANGE_DAMAGED_NAME): "not audio",
        "http://radio.example/stream": "not a local file",
    }
    assert all(set(each) == {"path", "reason", "detail"} for each in answer["skipped"])


def test_skipped_songs_are_shown_with_their_brackets(call: Call, scanned: Told) -> None:
    result = call("skipped", *scanned.arguments)
    assert result.exit_code == 0
    assert "[1]" in result.stdout.replace("\n", "")


def test_nothing_skipped_is_said(call: Call, learned: Told) -> None:
    assert "No song was skipped." in call("skipped", *learned.arguments).stdout
    assert the_object(call("skipped", "--json", *learned.arguments).stdout_bytes) == {"skipped": []}


def test_strange_bytes_of_a_path_arrive(call: Call, scanned: Told) -> None:
    path = os.fsencode(scanned.folder / "music" / STRANGE_DAMAGED_NAME)
    assert b"\xef" in path
    assert b'"' + path + b'"' in call("skipped", "--json", *scanned.arguments).stdout_bytes
    assert b"\n" + path + b",not audio," in call("skipped", "--csv", *scanned.arguments).stdout_bytes


def test_three_commands_tell_every_song_that_is_not_trained_on(call: Call, findings: PlantedFindings) -> None:
    def table(command: str) -> list[dict[str, str]]:
        printed = call(command, "--csv", *findings.arguments).stdout_bytes.decode(errors="surrogateescape")
        return list(csv.DictReader(io.StringIO(printed, newline="")))

    skipped = [row["song"] for row in table("skipped")]
    copies = [row["song"] for row in table("duplicates") if row["role"] == "copy"]
    spoken = [row["song"] for row in table("speech") if row["class"] == "spoken"]
    with findings.open() as engine:
        available = [song.song_id for song in engine.library().songs if not song.unavailable]
        embedded = engine.stores.embeddings.filenames(engine.active_version or "")
        trainable = [song.song_id for song in engine.curation().songs if song.song_id in embedded]
    told = [*trainable, *skipped, *copies, *spoken, WAITING.url]
    assert sorted(told) == sorted(available)
    assert (len(trainable), len(skipped), len(copies), len(spoken)) == (7, 1, 3, 1)
    assert table("skipped")[0]["path"] == path_of("damaged.mp3")
    classes = the_object(call("music-stats", "--json", *findings.arguments).stdout_bytes)["classes"]
    assert classes == {"analysed": 7, "skipped": 1, "duplicate": 4, "spoken": 1, "waiting": 1, "unavailable": 1}
