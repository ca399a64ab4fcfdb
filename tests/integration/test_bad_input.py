"""What is wrong with the owner's files or machine gets one sentence that says what to do, and nothing is lost."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.integration.command_line import CommandLine, Outcome, bound_by_permissions
from tests.integration.conftest import MadeLibrary, song_row
from tests.library_databases import PlayerDatabase

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def marmalade(made_library: MadeLibrary, tmp_path: Path) -> CommandLine:
    return CommandLine(profile=tmp_path / "profile", database=made_library.database.path)


def assert_sentence(outcome: Outcome, *words: str) -> None:
    """One sentence for a person on stderr, nothing for a program on stdout."""
    assert outcome.code == 1, outcome
    assert outcome.stdout == ""
    assert len(outcome.stderr.splitlines()) == 1, outcome.stderr
    assert outcome.stderr.rstrip().endswith((".", "?"))
    missing = [word for word in words if word not in outcome.stderr]
    assert missing == [], outcome.stderr


def player_database(path: Path, *, schema: int = 51, music: Path = Path("/music")) -> Path:
    return PlayerDatabase.create(path, schema=schema, directories=[music], songs=[song_row(music, 0)]).path


def text_file(path: Path) -> Path:
    path.write_text("These are the songs that I like best: all of them.\n" * 10)
    return path


def empty_file(path: Path) -> Path:
    path.touch()
    return path


def database_of_another_program(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
        connection.execute("INSERT INTO songs VALUES ('Title')")
    return path


def torn_database(path: Path) -> Path:
    player_database(path)
    path.write_bytes(path.read_bytes()[:6000])
    return path


def old_database(path: Path) -> Path:
    return player_database(path, schema=30)


def no_file(path: Path) -> Path:
    return path


def folder(path: Path) -> Path:
    path.mkdir()
    return path


BAD_DATABASES: dict[Callable[[Path], Path], str] = {
    text_file: "is not a database",
    empty_file: "is empty",
    database_of_another_program: "is not the database of a player",
    torn_database: "is damaged",
    old_database: "schema 30, at least 31 is needed): start a current Clementine once",
    no_file: "There is no database at",
    folder: "There is no database at",
}


@pytest.mark.parametrize("arguments", [("music-stats",), ("scan", "--json")], ids=lambda arguments: arguments[0])
def test_without_a_player_the_demo_is_offered(tmp_path: Path, own_home: Path, arguments: tuple[str, ...]) -> None:
    outcome = CommandLine(profile=tmp_path / "profile").run(*arguments)
    places = [own_home / ".config/Clementine/clementine.db", own_home / "Music/clementine.db"]
    assert_sentence(outcome, *map(str, places), "snap/", ".var/app/", "strawberry.db", "--database", "marmalade demo")


@pytest.mark.parametrize("make", BAD_DATABASES, ids=lambda make: make.__name__)
def test_a_bad_database_is_named(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    database = make(tmp_path / "clementine.db")
    before = database.read_bytes() if database.is_file() else b""
    outcome = CommandLine(profile=tmp_path / "profile", database=database).run("scan", "--json")
    assert_sentence(outcome, str(database), BAD_DATABASES[make])
    assert (database.read_bytes() if database.is_file() else b"") == before
    assert {path.name for path in tmp_path.iterdir()} <= {"clementine.db", "profile"}


def test_a_newer_player_is_a_notice(tmp_path: Path, made_library: MadeLibrary) -> None:
    database = player_database(tmp_path / "clementine.db", schema=99, music=made_library.music)
    outcome = CommandLine(profile=tmp_path / "profile", database=database).run("scan", "--json")
    assert outcome.code == 0, outcome
    assert outcome.json["analysed"] == 1
    told = [line for line in outcome.stderr.splitlines() if not line.startswith("Listening: ")]
    assert len(told) == 1
    assert "schema 99, known up to 51" in told[0]


def test_a_missing_music_folder_stops_a_scan(tmp_path: Path) -> None:
    database = player_database(tmp_path / "clementine.db", music=tmp_path / "disk/Music")
    outcome = CommandLine(profile=tmp_path / "profile", database=database).run("scan", "--json")
    assert_sentence(outcome, f"{tmp_path}/disk/Music is missing", "connect its disk", "music.path_map")


def test_a_disk_that_was_taken_away_keeps_its_facts(listened: CommandLine, tmp_path: Path) -> None:
    """The same library, as the player sees it while the disk with all of its music is not there."""
    marmalade = listened.copied_to(tmp_path / "profile")
    known = marmalade.done("music-stats")["classes"]["analysed"]
    configuration = marmalade.configure(music={"path_map": {"/": f"{tmp_path}/gone/"}})
    assert_sentence(marmalade.run("scan"), f"{tmp_path}/gone/", "connect its disk")
    assert marmalade.done("music-stats")["classes"]["analysed"] == known
    configuration.unlink()
    assert marmalade.done("scan")["songs"] == 0


def test_a_profile_is_made_where_there_is_none(marmalade: CommandLine, tmp_path: Path) -> None:
    deep = CommandLine(profile=tmp_path / "not/yet/there", database=marmalade.database)
    tmp_path.joinpath("not/yet").mkdir(parents=True)  # where the command is started from
    assert deep.done("music-stats")["songs"] > 0
    assert (deep.profile / "data/companion.db").is_file()


def test_a_read_only_profile_is_named(marmalade: CommandLine, tmp_path: Path) -> None:
    marmalade.profile.mkdir(mode=0o555)
    outcome = marmalade.wrapped(bound_by_permissions()).run("scan", "--json")
    assert_sentence(outcome, str(marmalade.profile), "Permission denied", "--profile DIR")


def test_a_profile_below_a_file_is_named(marmalade: CommandLine, tmp_path: Path) -> None:
    marmalade.profile.write_text("a file")
    assert_sentence(marmalade.run("music-stats"), str(marmalade.profile), "Not a directory", "--profile DIR")


def test_a_wrong_setting_is_named(marmalade: CommandLine) -> None:
    marmalade.configure(music={"audio_duratoin": 30})
    assert_sentence(marmalade.run("scan"), "music.audio_duratoin", "did you mean audio_duration?")


def test_a_folder_without_write_permission_gets_no_playlist(listened: CommandLine, tmp_path: Path) -> None:
    place = tmp_path / "closed"
    place.mkdir(mode=0o555)
    bound = listened.copied_to(tmp_path / "profile").wrapped(bound_by_permissions())
    outcome = bound.run("recommend", "--json", "--min-rating", 0, "--output", place / "mine.xspf")
    assert_sentence(outcome, str(place / "mine.xspf"), "Permission denied", "Choose another place")


@pytest.mark.parametrize("arguments", [("recommend",), ("train-classifier",), ("evaluate",)], ids=lambda each: each[0])
def test_nothing_to_learn_from_is_said(tmp_path: Path, arguments: tuple[str, ...], made_library: MadeLibrary) -> None:
    database = player_database(tmp_path / "clementine.db", music=made_library.music)
    marmalade = CommandLine(profile=tmp_path / "profile", database=database)
    assert_sentence(marmalade.run(*arguments, "--json"), "marmalade scan")


@pytest.mark.parametrize(
    "arguments",
    [("no-such-command",), ("scan", "--no-such-option"), ("scan", "--workers", 0), ("recommend", "--min-rating", 7)],
    ids=str,
)
def test_wrong_usage_is_told_from_the_rest(marmalade: CommandLine, arguments: tuple[object, ...]) -> None:
    outcome = marmalade.run(*arguments)
    assert outcome.code == 2
    assert outcome.stdout == ""
    assert "Usage:" in outcome.stderr
