"""Articles on an e-reader: missing, full, sent again."""

import errno
import os
from pathlib import Path
from zipfile import ZipFile

import pytest

from reader.errors import DeviceMissing, ExportError
from reader.exporting.device import Device, Parcel, mount_of, send
from reader.library.library import Library
from reader.model import Clipping, Outcome


@pytest.fixture
def device(tmp_path: Path) -> Device:
    folder = tmp_path / "KOBOeReader"
    folder.mkdir()
    return Device(folder, mount_of(folder))


def _add(library: Library, title: str, number: int = 0) -> int:
    html = "<p>Some words.</p>"
    return library.add(Clipping(f"https://example.org/{number}", title, html=html, words=2)).id


def _files(device: Device) -> list[str]:
    return sorted(each.name for each in device.folder.iterdir() if each.name[0] != ".")


def test_an_article_that_is_sent_again_replaces_its_file(library: Library, device: Device) -> None:
    id = _add(library, 'What is "it": a/b?')
    send(library, Parcel((id,)), device)
    (name,) = _files(device)
    assert not {*'<>:"/\\|?*'} & {*name}, "a name for FAT"
    library.set_title(id, "Another title")
    result = send(library, Parcel((id,)), device)
    assert _files(device) == [name]
    assert result.number_of(Outcome.FAILED) == 0
    with ZipFile(device.folder / name) as book:
        assert "Another title" in book.read("EPUB/package.opf").decode()


def test_several_are_a_book_each_and_the_queue_is_one(library: Library, device: Device) -> None:
    ids = (_add(library, "One", 1), _add(library, "Two", 2))
    send(library, Parcel(ids), device)
    send(library, Parcel(ids, "Reading Queue"), device)
    send(library, Parcel(ids[:1], "Reading Queue"), device)
    assert _files(device) == ["One.epub", "Reading Queue.epub", "Two.epub"]


def test_a_device_that_is_not_there_is_told_and_nothing_is_written(
    library: Library, device: Device, tmp_path: Path
) -> None:
    parcel = Parcel((_add(library, "One"),))
    device.folder.rmdir()
    with pytest.raises(DeviceMissing, match="Plug it in"):
        send(library, parcel, device)
    assert not device.folder.exists()
    device.folder.mkdir()  # as a disk leaves its empty mount point behind
    with pytest.raises(DeviceMissing):
        send(library, parcel, device._replace(mount=str(device.folder)))
    assert _files(device) == []


def test_a_full_device_has_nothing_half_and_keeps_the_old_file(
    library: Library, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = _add(library, "One")
    send(library, Parcel((id,)), device)
    before = (device.folder / "One.epub").read_bytes()
    library.set_title(id, "Other")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="No space left"):
        send(library, Parcel((id,)), device)
    assert _files(device) == ["One.epub"]
    assert (device.folder / "One.epub").read_bytes() == before
    assert [*device.folder.glob(".reader-writing-*")] == []


def test_a_device_is_named_after_its_disk(tmp_path: Path) -> None:
    assert Device(Path("/media/KOBOeReader/Books"), "/media/KOBOeReader").name == "KOBOeReader"
    assert Device(tmp_path / "Books", tmp_path.anchor).name == "Books"
