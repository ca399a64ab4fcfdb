"""Stars given by the shell are kept by Marmalade, and the player's database stays as it is."""

import hashlib

import pytest

from core.errors import UserError
from tests.planted_findings import MUSIC, PlantedFindings, path_of
from tests.shell_calls import Call, the_object


def rate(call: Call, findings: PlantedFindings, *arguments: str) -> dict[str, object]:
    return the_object(call("rate", *arguments, "--json", *findings.arguments).stdout_bytes)


def test_a_song_gets_stars_and_gives_them_back(call: Call, findings: PlantedFindings) -> None:
    before = hashlib.sha256(findings.listened.database.path.read_bytes()).hexdigest()
    found = rate(call, findings, path_of("short.mp3"), "3.5")
    assert (found["path"], found["title"], found["stars"], found["source"]) == (
        path_of("short.mp3"),
        "Short",
        3.5,
        "marmalade",
    )
    assert rate(call, findings, path_of("short.mp3"), "4")["stars"] == 4
    for undo in (["0"], ["none"], ["--take-back"]):
        assert rate(call, findings, path_of("short.mp3"), *undo)["stars"] is None
    assert hashlib.sha256(findings.listened.database.path.read_bytes()).hexdigest() == before


def test_the_player_s_stars_are_told_beside(call: Call, findings: PlantedFindings) -> None:
    assert rate(call, findings, path_of("a.mp3"), "2") == {
        "path": path_of("a.mp3"),
        "title": "Alpha",
        "artist": "Artist",
        "song": "file:///planted/music/a.mp3",
        "stars": 2.0,
        "source": "marmalade",
        "own_stars": 2.0,
        "player_stars": 4.0,
    }
    assert rate(call, findings, path_of("a.mp3"), "0")["source"] == "player"


def test_in_words(call: Call, findings: PlantedFindings) -> None:
    def words(name: str, stars: str) -> str:
        return str(call("rate", path_of(name), stars, *findings.arguments).stdout.strip())

    assert words("short.mp3", "1") == "Short – Artist has 1 star now."
    assert words("short.mp3", "0") == "Short – Artist has no stars now."
    assert words("a.mp3", "2") == "Alpha – Artist has 2 stars now; the 4 stars in the player are older."
    assert words("a.mp3", "0") == "Alpha – Artist has 4 stars, which you gave in the player."


def test_one_track_of_a_file_is_rated(call: Call, findings: PlantedFindings) -> None:
    assert rate(call, findings, path_of("album.flac") + "#t=183.5", "5")["title"] == "Track 2"


@pytest.mark.parametrize("arguments", [["3.7"], ["six"], [], ["4", "--take-back"]])
def test_what_are_no_stars_is_refused(call: Call, findings: PlantedFindings, arguments: list[str]) -> None:
    result = call("rate", path_of("short.mp3"), *arguments, *findings.arguments)
    assert result.exit_code == 2
    with findings.open() as engine:
        assert engine.stores.companion.own_ratings.newest() == []


def test_a_song_that_is_none_is_refused(call: Call, findings: PlantedFindings) -> None:
    result = call("rate", "/no/song.mp3", "4", *findings.arguments)
    assert isinstance(result.exception, UserError)


def test_stars_of_a_song_that_is_gone_can_be_taken_back(call: Call, findings: PlantedFindings) -> None:
    rate(call, findings, path_of("short.mp3"), "4")
    findings.listened.database.remove(MUSIC / "short.mp3")
    assert rate(call, findings, path_of("short.mp3"), "0")["stars"] is None
    assert "has no stars now" in call("rate", path_of("short.mp3"), "0", *findings.arguments).stdout


def test_lost_stars_of_a_song_that_is_gone_can_be_let_go(call: Call, findings: PlantedFindings) -> None:
    rate(call, findings, path_of("short.mp3"), "0")  # which notes the stars
    findings.listened.database.remove(MUSIC / "a.mp3")
    with findings.open() as engine:
        assert len(engine.ratings.lost()) == 1
    rate(call, findings, path_of("a.mp3"), "0")
    with findings.open() as engine:
        assert engine.ratings.lost() == []
