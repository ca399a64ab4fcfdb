"""A network disk is told from one of this machine by the deepest mount that holds a folder."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from core.library.file_systems import remote_file_system


@dataclass
class Mount:
    mountpoint: str
    fstype: str


MOUNTS = [
    Mount("/", "ext4"),
    Mount("/srv/music", "nfs4"),
    Mount("/srv/music/local", "ext4"),
    Mount("/mnt/twice", "ext4"),
    Mount("/mnt/twice", "cifs"),
    Mount("/home/me/server", "fuse.sshfs"),
]


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/music", "nfs4"),
        ("/srv/music/Artist/Album", "nfs4"),
        ("/srv/music/local/Artist", None),
        ("/srv/musical", None),
        ("/srv", None),
        ("/mnt/twice/a", "cifs"),
        ("/home/me/server/a", "fuse.sshfs"),
        ("/", None),
    ],
)
def test_the_deepest_mount_decides(folder: str, kind: str | None) -> None:
    assert remote_file_system(Path(folder), mounts=MOUNTS) == kind


def test_a_link_is_followed(tmp_path: Path) -> None:
    target = tmp_path / "share"
    target.mkdir()
    (tmp_path / "link").symlink_to(target)
    mounts = [Mount("/", "ext4"), Mount(str(target.resolve()), "nfs")]
    assert remote_file_system(tmp_path / "link", mounts=mounts) == "nfs"


def test_a_folder_of_this_machine(tmp_path: Path) -> None:
    assert remote_file_system(tmp_path) is None
