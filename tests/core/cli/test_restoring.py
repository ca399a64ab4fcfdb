"""The report of lost stars: a table, a playlist to rate again, CSV and JSON."""

import csv
import io
from pathlib import Path

import pytest

from core.errors import UserError
from tests.library_databases import SongRow
from tests.planted_findings import MUSIC, PlantedFindings, path_of
from tests.shell_calls import Call, the_object

MOST = 55


@pytest.fixture
def lost(call: Call, findings: PlantedFindings) -> PlantedFindings:
    """One rating that a rescan lost, one on a drive that is unplugged."""
    assert call("rate", path_of("maybe.mp3"), "0", *findings.arguments).exit_code == 0  # which notes the stars
    findings.listened.database.rate(MUSIC / "a.mp3", -1)
    findings.listened.database.change(MUSIC / "b.flac", unavailable=1)
    return findings


def test_what_was_lost_is_told_with_its_reason(call: Call, lost: PlantedFindings) -> None:
    answer = the_object(call("restore-report", "--json", *lost.arguments).stdout_bytes)
    first, second = answer["lost"]
    assert {name: first[name] for name in ("path", "old_path", "title", "artist", "stars", "reason")} == {
        "path": path_of("a.mp3"),
        "old_path": path_of("a.mp3"),
        "title": "Alpha",
        "artist": "Artist",
        "stars": 4.0,
        "reason": "reset",
    }
    assert (second["path"], second["old_path"], second["reason"]) == (None, path_of("b.flac"), "missing")
    assert first["seen_at"].endswith("+00:00")
    playlist = Path(answer["output"])
    assert playlist.name == "Lost ratings.xspf"
    assert "/planted/music/a.mp3" in playlist.read_text()
    assert "b.flac" not in playlist.read_text()


def test_in_words(call: Call, lost: PlantedFindings, tmp_path: Path) -> None:
    output = tmp_path / "again.m3u8"
    told = call("restore-report", "--output", output, *lost.arguments).stdout
    assert "scanned anew" in told
    assert "Not there now" in told
    assert "Artist – Alpha" in told
    assert "b.flac" in told
    assert f"1 song to rate again: {output}" in told
    assert path_of("a.mp3") in output.read_text()


def test_as_a_spreadsheet(call: Call, lost: PlantedFindings) -> None:
    rows = list(csv.DictReader(io.StringIO(call("restore-report", "--csv", *lost.arguments).stdout, newline="")))
    assert [(row["path"], row["old_path"], row["stars"], row["reason"]) for row in rows] == [
        (path_of("a.mp3"), path_of("a.mp3"), "4.0", "reset"),
        ("", path_of("b.flac"), "2.5", "missing"),
    ]


def test_a_moved_file_is_told_with_both_names(call: Call, lost: PlantedFindings) -> None:
    with lost.open() as engine:
        states = engine.stores.companion.file_states()
        sounds = {path_of("b.flac"): "one", path_of("long.mp3"): "one"}
        engine.stores.companion.save_file_states(
            states[song.song_id]._replace(checksum=sounds.get(str(song.filepath), song.song_id))
            for song in engine.library().songs
            if song.song_id in states
        )
    found = the_object(call("restore-report", "--json", *lost.arguments).stdout_bytes)["lost"]
    moved = next(each for each in found if each["reason"] == "moved")
    assert (moved["path"], moved["old_path"], moved["stars"]) == (path_of("long.mp3"), path_of("b.flac"), 2.5)
    told = call("restore-report", *lost.arguments).stdout
    assert "b.flac" in told
    assert path_of("b.flac") not in told, "a path takes several lines of a table"


def test_many_that_are_not_there_are_counted(call: Call, findings: PlantedFindings) -> None:
    rows = [SongRow(path=MUSIC / f"gone {number}.mp3", rating=0.8, unavailable=1) for number in range(MOST)]
    findings.listened.database.add(*rows)
    told = call("restore-report", *findings.arguments).stdout
    assert "… and 5 more: --csv lists them all." in told
    assert "to rate again" not in told


def test_nothing_lost_is_a_sentence_and_no_playlist(call: Call, findings: PlantedFindings) -> None:
    assert call("restore-report", *findings.arguments).stdout.strip() == "The player has lost no stars."
    answer = the_object(call("restore-report", "--json", *findings.arguments).stdout_bytes)
    assert answer == {"lost": [], "output": None}


def test_a_playlist_must_end_as_one(call: Call, lost: PlantedFindings, tmp_path: Path) -> None:
    result = call("restore-report", "--output", tmp_path / "lost.txt", *lost.arguments)
    assert isinstance(result.exception, UserError)
