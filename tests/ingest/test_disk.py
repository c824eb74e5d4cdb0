"""What lies on a disk is read within bounds, and nothing is waited for."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import phrases
from reader.errors import IngestError
from reader.ingest import disk
from reader.ingest.save import add_paths
from reader.library.library import Library
from reader.model import Outcome

posix = pytest.mark.skipif(os.name == "nt", reason="there are no such files")
MOST = 1_000_000
ENDINGS = frozenset({".md", ".txt"})


def _names(folder: Path) -> list[str]:
    found = disk.files_in(folder, ENDINGS)
    return [str(each.path.relative_to(folder)) for each in found if not each.trouble]


@pytest.fixture
def unix_socket() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as made:
        yield made


@posix
@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "folder", "loop", "nowhere"])
def test_what_is_no_file_is_refused_at_once(
    tmp_path: Path, kind: str, unix_socket: socket.socket
) -> None:
    path = tmp_path / "x.md"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        unix_socket.bind(str(path))
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    elif kind == "loop":
        path.symlink_to(path)
    with pytest.raises(IngestError, match=r"[a-z]\.$|\)\.$"):
        disk.read(path, MOST)


@posix
def test_no_more_is_read_than_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 11)
    assert disk.read(tmp_path / "a.txt", 11).data == b"a" * 11
    with pytest.raises(IngestError, match="larger than"):
        disk.read(tmp_path / "a.txt", 10)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is no /proc")
def test_a_file_that_claims_to_be_empty_is_read() -> None:
    content = disk.read(Path("/proc/self/status"), MOST)
    assert content.data.startswith(b"Name:")
    assert not content.changed


def test_a_file_written_to_while_it_is_read_says_so(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.md"
    file.write_text("# Title\n\nThe first half")
    original = os.fstat

    def growing(handle: int) -> os.stat_result:
        found = original(handle)
        with file.open("a") as out:
            out.write(" and more")
        return found

    monkeypatch.setattr(os, "fstat", growing)
    row = add_paths(library, [file]).rows[0]
    assert row.outcome is Outcome.ADDED
    assert "written to while" in phrases.remarks(row.remarks)


@posix
def test_links_are_followed_inside_a_folder_only(tmp_path: Path) -> None:
    folder, secret = tmp_path / "notes", tmp_path / "secret.txt"
    folder.mkdir()
    secret.write_text("secret")
    (folder / "a.md").write_text("a")
    (folder / "b.md").symlink_to(folder / "a.md")
    (folder / "c.txt").symlink_to(secret)
    (folder / "d.txt").symlink_to(folder / "d.txt")
    (folder / "up").symlink_to(tmp_path)
    assert _names(folder) == ["a.md", "b.md", "d.txt"]
    assert disk.read(folder / "c.txt", MOST).data == b"secret"  # named directly it is meant


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    for name in (".git/a.md", ".a.md", "b/.c/d.md", "b/e.md", "f.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert _names(tmp_path) == [str(Path("b", "e.md"))]


@posix
def test_each_thing_in_a_folder_that_is_no_file_is_a_row(tmp_path: Path, library: Library) -> None:
    (tmp_path / "a.md").write_text("# A\n\ntext")
    os.mkfifo(tmp_path / "b.md")
    (tmp_path / "c.md").mkdir()
    (tmp_path / "d.md").symlink_to("/etc/passwd")
    (tmp_path / "e.md").write_text("# E\n\ntext")
    rows = add_paths(library, [tmp_path]).rows
    said = [(row.name, row.outcome) for row in rows]
    assert said == [
        ("a.md", Outcome.ADDED),
        ("b.md", Outcome.FAILED),
        ("d.md", Outcome.FAILED),
        ("e.md", Outcome.ADDED),
    ]


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="everything may be read")
def test_a_folder_that_cannot_be_read_is_a_row(tmp_path: Path, library: Library) -> None:
    (tmp_path / "a.md").write_text("# A\n\ntext")
    (tmp_path / "closed").mkdir(mode=0)
    rows = add_paths(library, [tmp_path]).rows
    assert [row.outcome for row in rows] == [Outcome.ADDED, Outcome.FAILED]


@posix
@pytest.mark.parametrize(
    "name", [b"caf\xe9.md", b"two\nlines.md", b"\x1b[31mred.md", b"a\xe2\x80\xaexcod.md"]
)
def test_any_name_comes_in_clean_and_again(tmp_path: Path, library: Library, name: bytes) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    file.write_text("only text")
    row = add_paths(library, [file]).rows[0]
    assert row.outcome is Outcome.ADDED
    title = library.article(row.article).title
    assert title.isprintable()
    assert title.encode()
    file.write_text("other text")
    again = add_paths(library, [file]).rows[0]
    assert (again.outcome, again.article) == (Outcome.UPDATED, row.article)


def test_a_name_in_latin_letters_is_read_as_it_was_meant() -> None:
    assert disk.name_of(Path(os.fsdecode(b"caf\xe9.md"))) == "café.md"


def _touched(*files: Path) -> None:
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")


def test_a_vault_has_the_file_of_a_name_wherever_it_lies(tmp_path: Path) -> None:
    vault, notes = tmp_path / "vault", tmp_path / "vault" / "notes" / "deep"
    _touched(vault / ".obsidian" / "app.json", vault / "files" / "Weir 1.png", notes / "a.md")
    _touched(vault / "old" / "deep" / "b.png", vault / "new" / "b.png", vault / ".trash" / "c.png")
    _touched(tmp_path / "secret.png")

    def found(name: str, *, embedded: bool = False) -> Path | None:
        return disk.in_vault(notes, name, embedded=embedded)

    assert found("weir 1.PNG") == vault / "files" / "Weir 1.png"
    assert found("files/Weir 1.png") == vault / "files" / "Weir 1.png"
    assert found("b.png") == vault / "new" / "b.png"  # the nearest to the top
    assert found("deep/b.png") == vault / "old" / "deep" / "b.png"
    for name in ("c.png", "secret.png", "../secret.png", "../../../secret.png", "", "/"):
        assert found(name, embedded=True) is None


def test_without_a_vault_only_what_is_embedded_is_searched_below_its_note(tmp_path: Path) -> None:
    _touched(tmp_path / "notes" / "deep" / "a.png", tmp_path / "b.png")
    notes = tmp_path / "notes"
    assert disk.in_vault(notes, "a.png", embedded=True) == notes / "deep" / "a.png"
    assert disk.in_vault(notes, "a.png", embedded=False) is None
    assert disk.in_vault(notes, "b.png", embedded=True) is None


@posix
def test_a_vault_does_not_lead_out_of_itself(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    _touched(vault / ".obsidian" / "app.json", tmp_path / "secret" / "a.png")
    (vault / "a.png").symlink_to(tmp_path / "secret" / "a.png")
    (vault / "away").symlink_to(tmp_path / "secret")
    assert disk.in_vault(vault, "a.png", embedded=True) is None
