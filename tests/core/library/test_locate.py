"""Finding the players' databases and saying what is wrong with what they name."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import Cause, UserError
from core.file_url import url_from_path
from core.library.locate import (
    SAMPLE,
    DatabaseKind,
    choose_database,
    find_databases,
    missing_files_notice,
    missing_folder_notices,
    require_music_folders,
)
from core.song import Song

NATIVE = ".config/Clementine/clementine.db"
SNAP = "snap/clementine/current/.config/Clementine/clementine.db"
FLATPAK = ".var/app/org.clementine_player.Clementine/config/Clementine/clementine.db"
STRAWBERRY = ".local/share/strawberry/strawberry/strawberry.db"
STRAWBERRY_FLATPAK = ".var/app/org.strawberrymusicplayer.strawberry/data/strawberry/strawberry/strawberry.db"
COPY = "Music/clementine.db"


def put(path: Path, *, modified: float = 1_000_000_000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (modified, modified))
    return path


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (NATIVE, DatabaseKind.NATIVE),
        (SNAP, DatabaseKind.SNAP),
        (FLATPAK, DatabaseKind.FLATPAK),
        (STRAWBERRY, DatabaseKind.STRAWBERRY),
        (STRAWBERRY_FLATPAK, DatabaseKind.STRAWBERRY_FLATPAK),
        (COPY, DatabaseKind.COPY),
    ],
)
def test_each_place_is_looked_at(own_home: Path, place: str, kind: DatabaseKind) -> None:
    path = put(own_home / place)
    assert [(found.path, found.kind, found.stale) for found in find_databases()] == [(path, kind, False)]
    assert choose_database(None).path == path


def test_the_variables_of_the_desktop_are_followed(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_MUSIC_DIR", str(tmp_path / "Musik"))
    clementine = put(tmp_path / "config/Clementine/clementine.db", modified=3)
    before_2020 = put(own_home / NATIVE, modified=2)
    strawberry = put(tmp_path / "data/strawberry/strawberry/strawberry.db", modified=1)
    copy = put(tmp_path / "Musik/clementine.db", modified=9)
    assert [found.path for found in find_databases()] == [clementine, before_2020, strawberry, copy]


def test_snap_is_followed_to_another_revision(own_home: Path) -> None:
    snap = own_home / "snap/clementine"
    for revision in ("1", "2"):
        put(snap / revision / ".config/Clementine/clementine.db").write_text(revision, encoding="utf-8")
    (snap / "current").symlink_to("1")
    chosen = choose_database(None)
    assert (chosen.kind, chosen.path.read_text(encoding="utf-8")) == (DatabaseKind.SNAP, "1")
    (snap / "current").unlink()
    (snap / "current").symlink_to("2")
    assert chosen.path.read_text(encoding="utf-8") == "2"


def test_the_newest_live_database_is_chosen(own_home: Path) -> None:
    put(own_home / NATIVE, modified=10)
    flatpak = put(own_home / FLATPAK, modified=20)
    put(own_home / STRAWBERRY, modified=15)
    assert choose_database(None).path == flatpak


def test_an_old_copy_is_named_but_not_read(own_home: Path) -> None:
    copy = put(own_home / COPY, modified=1_500_000_000)
    live = put(own_home / NATIVE, modified=1_600_000_000)
    chosen = choose_database(None)
    assert chosen.path == live
    assert chosen.notices == (f"{copy} is an old copy of 2017-07-14 and is not read: {live} is newer.",)
    assert [found.stale for found in find_databases()] == [False, True]


def test_a_fresh_copy_does_not_stand_before_the_live_one(own_home: Path) -> None:
    put(own_home / COPY, modified=20)
    live = put(own_home / NATIVE, modified=10)
    assert choose_database(None) == replace(find_databases()[0], notices=())
    assert choose_database(None).path == live


def test_a_link_to_the_live_database_is_no_copy(own_home: Path) -> None:
    live = put(own_home / NATIVE)
    (own_home / "Music").mkdir()
    (own_home / COPY).symlink_to(live)
    assert [found.path for found in find_databases()] == [live]
    assert choose_database(own_home / COPY).notices == ()


def test_the_named_database_wins(own_home: Path, tmp_path: Path) -> None:
    put(own_home / NATIVE)
    named = put(tmp_path / "other.db")
    assert (choose_database(named).path, choose_database(named).kind) == (named, DatabaseKind.CONFIGURED)


def test_a_named_old_copy_is_read_with_a_notice(own_home: Path) -> None:
    live = put(own_home / NATIVE, modified=20)
    put(own_home / COPY, modified=10)
    chosen = choose_database(Path("~") / COPY)
    assert chosen.path == own_home / COPY
    assert str(live) in chosen.notices[0]


def test_a_named_database_that_is_missing_is_a_sentence(own_home: Path, tmp_path: Path) -> None:
    put(own_home / NATIVE)
    with pytest.raises(UserError, match=r"no database at .*gone\.db: correct the path"):
        choose_database(tmp_path / "gone.db")


def test_without_any_the_places_are_named(own_home: Path) -> None:
    with pytest.raises(UserError) as caught:
        choose_database(None)
    for place in (NATIVE, SNAP, FLATPAK, STRAWBERRY, STRAWBERRY_FLATPAK, COPY):
        assert str(own_home / place) in str(caught.value)
    assert caught.value.cause is Cause.NO_DATABASE
    assert str(caught.value).count(str(own_home / NATIVE)) == 1


def songs_at(*paths: Path) -> list[Song]:
    return [Song(i, "T", "A", "L", 1, 0.5, url_from_path(path)) for i, path in enumerate(paths)]


def test_over_half_of_the_files_missing_offers_the_path_map(tmp_path: Path) -> None:
    there = put(tmp_path / "there.mp3")
    songs = songs_at(there, Path("/gone/x/a.mp3"), Path("/gone/x/b.mp3"))
    assert missing_files_notice(songs) == (
        "2 of 3 songs have no file below /gone/x: if the music is mounted elsewhere, set music.path_map to {/gone/x: "
        "the folder where it is now}."
    )
    assert missing_files_notice(songs[:2]) is None
    assert missing_files_notice([]) is None


def test_songs_that_are_known_to_be_missing_do_not_count(tmp_path: Path) -> None:
    songs = [replace(song, unavailable=True) for song in songs_at(Path("/gone/a.mp3"))]
    songs += [replace(songs[0], unavailable=False, filename="http://radio/live")]
    assert missing_files_notice(songs) is None


def test_a_mapped_song_is_looked_for_where_it_is(tmp_path: Path) -> None:
    there = put(tmp_path / "there.mp3")
    songs = [replace(song, mapped_path=str(there)) for song in songs_at(Path("/gone/a.mp3"))]
    assert missing_files_notice(songs) is None


def test_a_large_library_is_sampled_and_the_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_for: list[Path] = []
    monkeypatch.setattr(Path, "exists", lambda path: bool(looked_for.append(path)))
    songs = songs_at(*(Path(f"/gone/{i}.mp3") for i in range(60_001)))
    notice = missing_files_notice(songs)
    assert notice is not None
    assert len(looked_for) <= SAMPLE
    assert f"{len(looked_for)} of {len(looked_for)} songs looked at as a sample of 60001 have no file" in notice
    names = [int(path.stem) for path in looked_for]
    assert (min(names), max(names) > 59_000) == (0, True)


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_a_name_that_cannot_be_a_file_counts_as_missing(name: str) -> None:
    song = replace(songs_at(Path("/gone/a.mp3"))[0], mapped_path=f"/music/{name}")
    assert "1 of 1 songs" in str(missing_files_notice([song]))


def test_missing_music_folders_are_named(tmp_path: Path) -> None:
    notices = missing_folder_notices([tmp_path, tmp_path / "disk"])
    assert len(notices) == 1
    assert notices[0].startswith(f"The music folder {tmp_path / 'disk'} is missing: connect its disk")
    assert "music.path_map" in notices[0]


def test_one_music_folder_that_is_there_is_enough(tmp_path: Path) -> None:
    require_music_folders([])
    require_music_folders([tmp_path, tmp_path / "disk"])


def test_no_music_folder_at_all_needs_the_owner(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^The music folder .*/disk is missing: connect its disk, or set"):
        require_music_folders([tmp_path / "disk"])
    with pytest.raises(UserError, match=r"^None of the music folders is there \(.*/disk, .*/stick\): connect"):
        require_music_folders([tmp_path / "disk", tmp_path / "stick"])
