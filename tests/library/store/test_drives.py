"""A place is known by what sync programs keep in it and by the table of mounts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.library.conftest import names

from reader.library.library import Library
from reader.library.store import drives
from reader.library.store.drives import Kind, Mount, Place

_MOUNTS = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / /home/ada/Net\040share rw - cifs //host/files rw,vers=3.1.1
31 22 0:41 / /mnt/nfs rw shared:9 master:2 - nfs4 192.0.2.1:/export rw
32 22 0:42 / /mnt/nfs/inner rw - ext4 /dev/vdb rw
33 22 0:43 / /media/STICK rw - exfat /dev/sdb1 rw
34 22 0:44 / /home/ada/far rw - fuse.sshfs ada@host: rw
35 22 0:45 / /home/ada/cloud rw - fuse.rclone remote: rw
36 22 0:46 / /mnt/9p rw - 9p tag rw
37 22 0:47 / /home/ada/secret rw - fuse.gocryptfs /home/ada/.secret rw
"""


@pytest.mark.parametrize(
    ("folder", "kind", "name"),
    [
        ("/home/ada/reader", Kind.DISK, ""),
        ("/home/ada/Net share/reader", Kind.NETWORK, "cifs"),
        ("/mnt/nfs/reader", Kind.NETWORK, "nfs4"),
        ("/mnt/nfs/inner/reader", Kind.DISK, ""),
        ("/mnt/nfs2/reader", Kind.DISK, ""),
        ("/media/STICK/reader", Kind.REMOVABLE, "exFAT"),
        ("/home/ada/far", Kind.NETWORK, "sshfs"),
        ("/home/ada/cloud/x", Kind.NETWORK, "rclone"),
        ("/mnt/9p/x", Kind.NETWORK, "9p"),
        ("/home/ada/secret/reader", Kind.DISK, ""),
    ],
)
def test_a_file_system_is_known_by_the_table_of_mounts(
    folder: str, kind: Kind, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(_MOUNTS)
    monkeypatch.setattr(drives, "_MOUNTS", table)
    monkeypatch.setattr(sys, "platform", "linux")
    found = drives.of(Path(folder))
    assert (found.kind, found.name) == (kind, name)


def test_of_two_mounts_in_one_place_the_last_counts() -> None:
    mounts = [Mount(Path("/a"), "autofs", "x"), Mount(Path("/a"), "nfs4", "h:/x")]
    assert drives.holding(Path("/a/b"), iter(mounts)) == mounts[1]
    assert drives.holding(Path("/c"), iter(mounts)) is None


@pytest.mark.parametrize(
    ("mark", "program"),
    [
        (".stfolder/", "Syncthing"),
        (".dropbox.cache/", "Dropbox"),
        (".dropbox", "Dropbox"),
        (".nextcloudsync.log", "Nextcloud"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".sync/ID", "Resilio Sync"),
        (".tmp.driveupload/", "Google Drive"),
    ],
)
def test_a_synced_folder_is_known_by_what_its_program_keeps_there(
    tmp_path: Path, mark: str, program: str
) -> None:
    path = tmp_path / "Sync" / mark
    path.parent.mkdir(parents=True)
    path.mkdir() if mark.endswith("/") else path.touch()
    inside = tmp_path / "Sync" / "a" / "library"
    assert drives.of(inside) == Place(Kind.SYNCED, program, tmp_path / "Sync")
    assert drives.of(tmp_path / "beside").kind is Kind.DISK


def test_the_settings_folder_of_dropbox_makes_no_home_a_synced_folder(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert drives.of(tmp_path / "library").kind is Kind.DISK


def test_a_folder_of_onedrive_is_known_by_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "OneDrive - Work"))
    found = drives.of(tmp_path / "OneDrive - Work" / "reader")
    assert (found.kind, found.name) == (Kind.SYNCED, "OneDrive")


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Library/Mobile Documents/com~apple~CloudDocs/reader", "iCloud"),
        ("Library/CloudStorage/GoogleDrive-ada/reader", "GoogleDrive"),
        ("iCloudDrive/reader", "iCloud"),
    ],
)
def test_the_synced_folders_of_macos_and_windows_are_known_by_their_path(
    tmp_path: Path, folder: str, program: str
) -> None:
    found = drives.of(tmp_path / folder)
    assert (found.kind, found.name) == (Kind.SYNCED, program)


def test_a_link_into_a_synced_folder_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "Sync" / ".stfolder").mkdir(parents=True)
    (tmp_path / "library").symlink_to(tmp_path / "Sync")
    assert drives.of(tmp_path / "library").kind is Kind.SYNCED


def test_locks_are_tried_and_nothing_stays(tmp_path: Path) -> None:
    assert drives.holds_locks(tmp_path)
    assert names(tmp_path) == []


def test_a_library_on_this_disk_has_no_other_file_for_it(tmp_path: Path) -> None:
    assert drives.of(tmp_path).kind is Kind.DISK
    with Library.open(tmp_path):
        assert names(tmp_path) == ["library.db", "library.db-shm", "library.db-wal"]
    assert names(tmp_path) == ["library.db"]


def test_asking_for_a_place_writes_nothing_and_needs_no_folder(tmp_path: Path) -> None:
    drives.of(tmp_path / "none" / "below")
    assert names(tmp_path) == []


@pytest.mark.skipif(os.name != "posix" or not Path("/proc").exists(), reason="needs Linux")
def test_every_mount_of_this_computer_can_be_read() -> None:
    table = Path("/proc/self/mountinfo").read_text()
    assert len([*drives.mounts(table)]) == len(table.splitlines())
    points = subprocess.run(["cat", "/proc/self/mounts"], capture_output=True, text=True)
    assert len(points.stdout.splitlines()) == len(table.splitlines())
