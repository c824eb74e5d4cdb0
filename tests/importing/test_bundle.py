"""What is handed over: files, folders and archives, whole or hostile."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from reader.errors import IngestError
from reader.importing.bundle import Bundle
from reader.outcomes import Where


def zipped(file: Path, members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(file, "w", method) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return file


def reasons(bundle: Bundle) -> list[str]:
    return sorted(f"{x.name}: {x.remark.text}" for x in bundle.refused)


def test_a_file_is_its_own_member(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"url\n")
    bundle = Bundle([file])
    assert bundle.names == ("list.csv",)
    assert bundle.read("list.csv") == bundle.head("list.csv") == b"url\n"
    assert bundle.where("list.csv", 3) == Where("", 3)


def test_an_archive_is_read_without_the_folder_around_it(tmp_path: Path) -> None:
    file = zipped(
        tmp_path / "x.zip",
        {
            "out/": "",
            "out/a.json": "1",
            "out/b/c.md": "2",
            "__MACOSX/out/._a.json": "",
            "out/.DS_Store": "",
        },
    )
    bundle = Bundle([file])
    assert bundle.names == ("a.json", "b/c.md")
    assert bundle.read("b/c.md") == b"2"
    assert bundle.where("a.json", 1) == Where("a.json", 1)
    assert bundle.refused == ()
    bundle.close()


def test_a_folder_is_read_without_what_is_hidden(tmp_path: Path) -> None:
    for name in (".obsidian/app.json", "b/ü.md", "a.md", "b/.hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    bundle = Bundle([tmp_path])
    assert bundle.names == ("a.md", "b/ü.md")
    assert bundle.read("b/ü.md") == b"x"


def test_archives_of_the_same_names_stand_in_folders(tmp_path: Path) -> None:
    one = zipped(tmp_path / "one.zip", {"part.csv": "1"})
    two = zipped(tmp_path / "two.zip", {"part.csv": "2", "x.json": "3"})
    bundle = Bundle([one, two])
    assert bundle.names == ("part.csv", "two/part.csv", "two/x.json")
    assert bundle.read("two/part.csv") == b"2"
    bundle.close()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_last_member_of_a_name_that_is_not_empty_counts(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as out:
        for content in ("first", "second", ""):
            out.writestr("a.html", content)
    bundle = Bundle([tmp_path / "x.zip"])
    assert bundle.names == ("a.html",)
    assert bundle.read("a.html") == b"second"
    assert [bundle.read(x) for x in bundle.earlier("a.html")] == [b"", b"first"]
    bundle.close()


def test_members_that_lead_out_are_refused_and_the_others_read(tmp_path: Path) -> None:
    names = ["../a", "/etc/x", "C:\\x", "b/../../c", "a\\..\\..\\x"]
    file = zipped(
        tmp_path / "x.zip", {**dict.fromkeys(names, "no"), "good.csv": "yes", "..b": "yes"}
    )
    bundle = Bundle([file])
    assert bundle.names == ("good.csv", "..b")
    assert len(bundle.refused) == len(names)
    bundle.close()


def test_links_and_locked_members_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as out:
        out.writestr(link, "/etc/passwd")
        out.writestr("locked", "x")
        out.infolist()[1].flag_bits |= 1
    bundle = Bundle([tmp_path / "x.zip"])
    assert bundle.names == ()
    assert reasons(bundle) == ["link: a link", "locked: locked by a password"]
    bundle.close()


def test_members_in_the_same_bytes_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as out:
        out.writestr("kernel", b"x" * 1000)
        for number in range(5):
            copy = zipfile.ZipInfo(f"copy{number}")
            copy.file_size = copy.compress_size = 1000
            copy.header_offset = 0
            copy.CRC = out.infolist()[0].CRC
            out.filelist.append(copy)
        out.writestr("honest", b"y")
    bundle = Bundle([tmp_path / "x.zip"])
    assert bundle.names == ("kernel", "honest")
    assert {x.remark.text for x in bundle.refused} == {"it overlaps another one"}
    bundle.close()


def test_a_member_that_swells_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bundle = Bundle([zipped(tmp_path / "x.zip", {"bomb": bytes(12_000_000), "ok": bytes(9_000)})])
    assert bundle.names == ("ok",)
    assert reasons(bundle) == ["bomb: far too large"]
    bundle.close()


def test_a_damaged_member_is_an_error_of_its_own(tmp_path: Path) -> None:
    file = zipped(tmp_path / "x.zip", {"a.txt": os.urandom(5000), "b.txt": "good"})
    data = bytearray(file.read_bytes())
    data[500:600] = bytes(100)
    file.write_bytes(data)
    bundle = Bundle([file])
    with pytest.raises(IngestError, match=r"a\.txt is damaged"):
        bundle.read("a.txt")
    with pytest.raises(IngestError), io.TextIOWrapper(bundle.opened("a.txt"), "latin-1") as lines:
        list(lines)
    assert bundle.read("b.txt") == b"good"
    bundle.close()


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_names_without_a_declared_encoding_are_recognised(tmp_path: Path, encoding: str) -> None:
    name = "ノート/日本語の記事.md"
    raw = name.encode(encoding)
    stand_in = "x" * len(raw)
    data = zipped(tmp_path / "x.zip", {stand_in: "1", "b": ""}).read_bytes()
    (tmp_path / "x.zip").write_bytes(data.replace(stand_in.encode(), raw))
    bundle = Bundle([tmp_path / "x.zip"])
    assert bundle.names == (name, "b")
    bundle.close()


def test_a_book_and_a_damaged_archive_are_no_archives(tmp_path: Path) -> None:
    book = zipped(tmp_path / "a.epub", {"mimetype": "application/epub+zip", "x.html": ""})
    assert Bundle([book]).names == ("a.epub",)
    (tmp_path / "b.zip").write_bytes(b"PK\x03\x04" + bytes(50))
    with pytest.raises(IngestError):
        Bundle([tmp_path / "b.zip"])


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_pipes_links_and_missing_files_are_rows(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "out").symlink_to("/etc/passwd")
    (folder / "etc").symlink_to("/etc")
    (folder / "a.md").write_text("x")
    assert reasons(Bundle([folder])) == ["etc: a link", "out: a link", "pipe: not a file"]
    bundle = Bundle([folder / "a.md", tmp_path / "missing.csv"])
    assert bundle.names == ("a.md",)
    assert "does not exist" in bundle.refused[0].remark.text
    with pytest.raises(IngestError):
        Bundle([folder / "pipe"])


def test_a_file_that_is_still_written_ends_at_its_first_size(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"url\n")
    bundle = Bundle([file])
    assert bundle.changed() == ()
    file.write_bytes(b"url\nhttps://ex.org/\n")
    assert bundle.read("a.csv") == b"url\n"
    assert bundle.changed() == ("a.csv",)


@pytest.mark.parametrize("streamed", [True, False])
def test_what_is_whole_in_an_archive_that_was_cut_off_is_read(
    tmp_path: Path, streamed: bool
) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return not streamed

    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"ä{number}.txt", os.urandom(3000) + b"end")
    (tmp_path / "x.zip").write_bytes(out.getvalue()[:10_000])
    bundle = Bundle([tmp_path / "x.zip"])
    assert bundle.names == ("ä0.txt", "ä1.txt", "ä2.txt")
    assert bundle.read("ä2.txt").endswith(b"end")
    assert reasons(bundle) == [": the end of the archive is missing"]
    bundle.close()
