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

    taken_back = "what you said here is taken back"
    assert words("short.mp3", "1") == "Artist – Short has 1 star now."
    assert words("short.mp3", "0") == f"Artist – Short: {taken_back}; it has no stars now."
    assert words("short.mp3", "0") == "Artist – Short: you had said nothing here; it has no stars now."
    assert words("a.mp3", "2") == "Artist – Alpha has 2 stars now; the 4 stars in the player are older."
    for undo in ("0", "none"):
        assert words("a.mp3", "2").startswith("Artist – Alpha has 2 stars")
        assert words("a.mp3", undo) == f"Artist – Alpha: {taken_back}; your 4 stars in the player count."
    assert words("a.mp3", "0") == "Artist – Alpha: you had said nothing here; your 4 stars in the player count."


def test_what_was_taken_back_are_no_stars(call: Call, findings: PlantedFindings) -> None:
    rate(call, findings, path_of("a.mp3"), "2")
    found = rate(call, findings, path_of("a.mp3"), "0")
    assert (found["stars"], found["own_stars"], found["player_stars"]) == (4.0, None, 4.0)
    (listed,) = [
        each
        for each in the_object(call("ratings", "--json", *findings.arguments).stdout_bytes)["ratings"]
        if each["path"] == path_of("a.mp3")
    ]
    assert (listed["own_stars"], listed["own_at"], listed["conflict"]) == (None, None, False)


def test_the_player_s_newer_stars_count_without_a_scan(call: Call, findings: PlantedFindings) -> None:
    rate(call, findings, path_of("a.mp3"), "2")
    findings.listened.database.rate(MUSIC / "a.mp3", 0.9)
    rows = the_object(call("ratings", "--json", *findings.arguments).stdout_bytes)["ratings"]
    (found,) = [each for each in rows if each["path"] == path_of("a.mp3")]
    assert (found["stars"], found["source"], found["player_stars"]) == (4.5, "player", 4.5)
    assert found["at"] == found["player_at"] is not None
    history = the_object(call("ratings", "--history", path_of("a.mp3"), "--json", *findings.arguments).stdout_bytes)
    assert [each["stars"] for each in history["history"]] == [4.0, 2.0, 4.5]


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
    told = call("rate", path_of("short.mp3"), "0", *findings.arguments).stdout
    assert told == "short.mp3: you had said nothing here; it has no stars now.\n"


def test_lost_stars_of_a_song_that_is_gone_can_be_let_go(call: Call, findings: PlantedFindings) -> None:
    rate(call, findings, path_of("short.mp3"), "0")  # which notes the stars
    findings.listened.database.remove(MUSIC / "a.mp3")
    with findings.open() as engine:
        assert len(engine.ratings.lost()) == 1
    told = call("rate", path_of("a.mp3"), "0", *findings.arguments).stdout
    assert told == "a.mp3: the stars that the player has lost are let go; it has no stars now.\n"
    with findings.open() as engine:
        assert engine.ratings.lost() == []
