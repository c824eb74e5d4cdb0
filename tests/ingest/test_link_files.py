"""Files that hold an address are added as that address, whatever saved them."""

import plistlib
from pathlib import Path

import pytest

from reader.errors import IngestError
from reader.ingest.link_files import ENDINGS, address_in_file, is_link_file
from reader.ingest.save import add_paths
from reader.library.library import Library
from reader.model import Outcome
from reader.reasons import Reason

_URL = "https://example.org/story?a=1&b=%20x"
_XML = plistlib.dumps({"URL": _URL})
_BINARY = plistlib.dumps({"URL": _URL, "extra": 1}, fmt=plistlib.FMT_BINARY)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.url", f"[InternetShortcut]\r\nURL={_URL}\r\n".encode()),
        ("a.URL",
         f"[DEFAULT]\nBASEURL=https://no.example/\n[InternetShortcut]\nurl = {_URL} ".encode()),
        ("a.url", f"[InternetShortcut]\r\nIconIndex=0\r\nURL={_URL}\r\n".encode("utf-16")),
        ("a.website", f"[InternetShortcut]\nIDList=\nURL={_URL}\n".encode()),
        ("a.webloc", _XML),
        ("a.webloc", _BINARY),
        ("a.desktop", f"[Desktop Entry]\nType=Link\nName=A\nURL={_URL}\n".encode()),
        ("a.desktop", f"[Desktop Entry]\nURL[$e]={_URL}\nType=Link\n".encode()),
    ],
)  # fmt: skip
def test_the_address_is_added_and_not_the_text_of_the_file(
    library: Library, tmp_path: Path, name: str, data: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert is_link_file(file)
    (row,) = add_paths(library, [file]).rows
    assert row.outcome is Outcome.ADDED
    assert row.reasons == {Reason.WAITING}
    assert library.article(row.article).url == _URL
    assert not library.is_typed(row.article)  # a file may not name pages of the local network
    assert add_paths(library, [file]).rows[0].outcome is Outcome.UNCHANGED


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.desktop", b"[Desktop Entry]\nType=Application\nExec=x\n", "holds no address"),
        ("a.desktop", b"[Other]\nURL=https://example.org/\n", "holds no address"),
        ("a.url", b"", "holds no address"),
        ("a.url", bytes(range(256)), "holds no address"),
        ("a.url", b"[InternetShortcut]\nURL=file:///etc/passwd\n", "not the address of a web page"),
        ("a.url", b"[InternetShortcut]\nURL=javascript:alert(1)\n", "not the address"),
        ("a.webloc", b"bplist00" + bytes(40), "holds no address"),
        ("a.webloc", b"<plist><array/></plist>", "holds no address"),
        ("a.webloc", plistlib.dumps({"URL": 7}), "holds no address"),
        ("a.webloc", _BINARY[:-9], "holds no address"),
        ("a.webloc", b"<plist>" + b"<array>" * 50_000, "holds no address"),
    ],
)
def test_a_file_without_a_web_address_is_told_by_its_name(
    library: Library, tmp_path: Path, name: str, data: bytes, why: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(IngestError, match=why):
        address_in_file(file)
    (row,) = add_paths(library, [file]).rows
    assert row.outcome is Outcome.FAILED
    assert name in row.remarks[0].text


def test_links_in_a_folder_are_found_but_not_programs(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "Favourites"
    folder.mkdir()
    (folder / "a.url").write_text("[InternetShortcut]\nURL=https://example.org/1\n")
    (folder / "b.webloc").write_bytes(_XML)
    (folder / "program.desktop").write_text("[Desktop Entry]\nType=Application\n")
    rows = add_paths(library, [folder]).rows
    assert sorted(library.article(row.article).url for row in rows) == [
        "https://example.org/1",
        _URL,
    ]
    assert len(ENDINGS) == 4
