"""What was written to playlist files outside the history."""

from pathlib import Path

import pytest

from core.parts import written_files
from core.parts.written_files import WrittenFiles, require_ours
from core.playlist.files import ChangedByOthers, checksum_of
from core.store.companion import CompanionStore


@pytest.fixture
def written(tmp_path: Path) -> WrittenFiles:
    return WrittenFiles(CompanionStore(tmp_path / "companion.db"))


def test_what_was_written_last_is_known(written: WrittenFiles) -> None:
    written.note(Path("/a.xspf"), b"one")
    written.note(Path("/a.xspf"), b"two")
    assert written.known() == {Path("/a.xspf"): {checksum_of(b"two")}}


def test_the_file_that_was_written_longest_ago_is_forgotten_first(
    written: WrittenFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(written_files, "REMEMBERED", 2)
    for name in ("a", "b", "a", "c"):
        written.note(Path(f"/{name}"), b"")
    assert set(written.known()) == {Path("/a"), Path("/c")}


def test_a_file_is_ours_as_we_wrote_it_and_as_it_is_to_be(tmp_path: Path) -> None:
    path = tmp_path / "a.xspf"
    require_ours({path: b"new"}, {})
    path.write_bytes(b"there")
    require_ours({path: b"there"}, {})
    require_ours({path: b"new"}, {path: {checksum_of(b"there")}})
    for known, sentence in (({}, "not made here"), ({path: {checksum_of(b"ours")}}, "has changed a.xspf since")):
        with pytest.raises(ChangedByOthers, match=sentence):
            require_ours({path: b"new"}, known)
