"""Which kind of disk a folder lies on: inotify says nothing of what another machine does on a shared one."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import psutil

REMOTE = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "afs", "glusterfs", "lustre", "davfs", "ncpfs"),
        *("fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.s3fs", "fuse.davfs2", "fuse.cephfs"),
    }
)


class Mount(Protocol):
    """As ``psutil.disk_partitions`` describes one."""

    mountpoint: str
    fstype: str


def remote_file_system(folder: Path, *, mounts: Iterable[Mount] | None = None) -> str | None:
    """The kind of network disk that a folder lies on, or None for a disk of this machine."""
    place = os.path.realpath(folder)
    found = [mount for mount in mounts or psutil.disk_partitions(all=True) if _holds(mount.mountpoint, place)]
    # Of two mounts at one place, the later one covers the earlier.
    nearest = max(enumerate(found), key=lambda each: (len(each[1].mountpoint), each[0]), default=None)
    kind = nearest[1].fstype if nearest else ""
    return kind if kind in REMOTE else None


def _holds(mountpoint: str, place: str) -> bool:
    root = mountpoint.rstrip("/")
    return place == root or place.startswith(root + "/")
