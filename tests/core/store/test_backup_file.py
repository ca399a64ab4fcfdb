"""The file of a backup: readable by itself, written whole, and refused with a sentence when it is not ours."""

import json
import zipfile
from pathlib import Path

import pytest

from core.errors import UserError
from core.store.backup_file import Backup, is_backup, read_backup, write_backup
from core.store.keepsakes import ChoiceRow, Keepsakes, OwnRatingRow, PlayerRatingRow

SAID = Keepsakes(
    own_ratings=(OwnRatingRow("1:ab", "file:///caf%E9%20[1].mp3", 0.1 + 0.2, 1234567890.1234567),),
    player_ratings=(PlayerRatingRow("file:///a.mp3", None, -1.0, None, None),),
    choices=(ChoiceRow("recipe:ü", '{"x": 1}'),),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "my backup"


@pytest.fixture
def written(path: Path) -> Path:
    write_backup(Backup(SAID, b"seed: 3\n"), path, made_by="Marmalade 1.2")
    return path


def changed(path: Path, **parts: object) -> Path:
    """The same file with other texts in it; None leaves a part out."""
    with zipfile.ZipFile(path) as archive:
        texts = {name: archive.read(name) for name in archive.namelist()}
    for name, value in parts.items():
        texts[f"{name}.json"] = json.dumps(value).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in texts.items():
            if text != b"null":
                archive.writestr(name, text)
    return path


def test_it_comes_back_as_it_was(written: Path) -> None:
    backup = read_backup(written)
    assert (backup.keepsakes, backup.configuration) == (SAID, b"seed: 3\n")
    assert backup.made_at > 0
    write_backup(Backup(Keepsakes()), written, made_by="Marmalade 1.2")
    assert (read_backup(written).keepsakes, read_backup(written).configuration) == (Keepsakes(), None)
    assert [each.name for each in written.parent.iterdir()] == [written.name]


def test_it_can_be_read_without_marmalade(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        (rating,) = json.loads(archive.read("own_ratings.json"))
    assert (manifest["format"], manifest["version"], manifest["made_by"]) == ("marmalade-backup", 1, "Marmalade 1.2")
    assert manifest["parts"]["own_ratings"] == 1
    assert set(rating) == {"sound", "song", "rating", "said_at"}


def test_what_a_later_marmalade_adds_to_a_row_is_passed_over(written: Path) -> None:
    rows = [{"sound": "1:ab", "song": "file:///a.mp3", "rating": 1, "said_at": 5, "mood": "good"}]
    assert read_backup(changed(written, own_ratings=rows)).keepsakes.own_ratings == (
        OwnRatingRow("1:ab", "file:///a.mp3", 1.0, 5.0),
    )


@pytest.mark.parametrize(
    "parts",
    [
        {"own_ratings": None},
        {"own_ratings": "text"},
        {"own_ratings": [{"song": "file:///a.mp3"}]},
        {"own_ratings": [{"sound": "x", "song": "y", "rating": 7, "said_at": 5}]},
        {"own_ratings": [{"sound": "x", "song": "y", "rating": "many", "said_at": 5}]},
        {"own_ratings": [{"sound": "x", "song": "y", "rating": float("nan"), "said_at": 5}]},
        {"speech": [{"sound": "x", "song": "y", "speech_class": "noise", "said_at": 5}]},
    ],
)
def test_what_is_damaged_is_refused(written: Path, parts: dict[str, object]) -> None:
    with pytest.raises(UserError, match="is damaged, so nothing was restored"):
        read_backup(changed(written, **parts))


def test_a_backup_of_an_earlier_marmalade_had_fewer_parts(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        names = [name for name in archive.namelist() if name not in ("manifest.json", "playlists.json")]
        contents = {name: archive.read(name) for name in names}
    del manifest["parts"]["playlists"]
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in (contents | {"manifest.json": json.dumps(manifest).encode()}).items():
            archive.writestr(name, content)
    assert read_backup(written).keepsakes.playlists == ()


def test_a_file_of_which_a_part_is_lost_is_refused(written: Path) -> None:
    whole = written.read_bytes()
    for number in range(0, len(whole), 37):
        written.write_bytes(whole[:number])
        with pytest.raises(UserError):
            read_backup(written)


def test_a_file_with_a_flipped_bit_is_refused_or_the_same(written: Path) -> None:
    whole, refused = written.read_bytes(), 0
    for number in range(0, len(whole), 11):
        written.write_bytes(whole[:number] + bytes([whole[number] ^ 0x10]) + whole[number + 1 :])
        try:
            assert read_backup(written).keepsakes == SAID
        except UserError:
            refused += 1
    assert refused > 0


def test_a_backup_of_a_newer_marmalade_is_refused(written: Path) -> None:
    newer = changed(written, manifest={"format": "marmalade-backup", "version": 2})
    with pytest.raises(UserError, match="made by a newer Marmalade"):
        read_backup(newer)
    assert is_backup(newer)


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 nor this"])
def test_another_file_is_neither_read_nor_overwritten(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(UserError, match="is no backup of Marmalade"):
        read_backup(path)
    with pytest.raises(UserError, match="so it was left as it is"):
        write_backup(Backup(SAID), path, made_by="")
    assert path.read_bytes() == content


def test_another_zip_is_no_backup(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "Dear all")
    with pytest.raises(UserError, match="is no backup of Marmalade"):
        read_backup(path)
    assert not is_backup(path)


def test_a_folder_and_a_place_that_cannot_be_written_are_sentences(tmp_path: Path, path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        write_backup(Backup(SAID), tmp_path, made_by="")
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        write_backup(Backup(SAID), tmp_path / "file" / "backup", made_by="")
    with pytest.raises(UserError, match="cannot be read"):
        read_backup(path)
