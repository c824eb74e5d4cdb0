"""Moving a library: nothing is lost, whatever happens and whenever it happens."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from reader.cli import main
from reader.errors import LibraryError, LibraryReadOnly
from reader.library import known_libraries
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.moving import folders
from reader.library.moving import move as moving
from reader.library.moving.move import move
from reader.library.store import moved
from reader.model import Clipping, Query
from reader.progress import Cancelled

_PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


def _fill(folder: Path, count: int = 3) -> list[str]:
    with Library.open(folder) as library:
        names = [library.keep_picture(_PNG + bytes([n]), "png") for n in range(count)]
        for number, name in enumerate(names):
            library.add(Clipping(f"https://example.org/{number}", f"Title {number}",
                                 html=f'<p>Words.</p>\n<p><img src="{name}" alt=""></p>', words=1,
                                 pictures=(name,)))  # fmt: skip
    (folder / "rules.txt").write_text("example.org  remove  div.x\n")
    return names


def _titles(folder: Path) -> set[str]:
    with known_libraries.opened(folder) as library:
        return {row.title for row in library.rows(Query())}


def _is_whole(folder: Path, names: list[str]) -> bool:
    place = moved.follow(folder)
    with Library.open(place, create=False) as library:
        return (
            library.counts().total == len(names)
            and not library.check()
            and all((place / "images" / name).is_file() for name in names)
        )


@pytest.fixture
def source(new_library: Path) -> Path:
    return new_library


@pytest.mark.parametrize("keep", [True, False])
def test_everything_is_in_the_new_folder_and_the_old_one_leads_to_it(
    source: Path, tmp_path: Path, keep: bool
) -> None:
    names, target = _fill(source), tmp_path / "other drive" / "Articles"
    (source / "notes of my own.txt").write_text("mine")

    def report(_done: int, _total: int, text: str) -> None:
        if text == "Deleting the old files":  # as a program that is closed late leaves it
            (source / "library.db-journal").write_bytes(b"")

    move(source, target, report, keep=keep)
    assert not (source / "library.db-journal").exists()
    assert moved.follow(source) == target
    assert _is_whole(source, names)
    assert _titles(source) == {f"Title {n}" for n in range(3)}
    assert (target / "rules.txt").read_text() == "example.org  remove  div.x\n"
    assert (source / "library.db").exists() is keep
    assert all((source / "images" / name).exists() is keep for name in names)
    assert (source / "notes of my own.txt").read_text() == "mine", "foreign files stay"
    if os.name == "posix":
        assert target.stat().st_mode & 0o077 == 0


def test_a_library_may_come_back_to_the_folder_it_left(source: Path, tmp_path: Path) -> None:
    names, away = _fill(source), tmp_path / "away"
    move(source, away, keep=False)
    move(away, source, keep=False)
    assert (moved.follow(source), moved.follow(away)) == (source, source)
    assert _is_whole(away, names)


def test_who_had_it_open_writes_nothing_into_the_old_file(source: Path, tmp_path: Path) -> None:
    names, target = _fill(source), tmp_path / "away"
    with Library.open(source) as other:
        move(source, target, keep=True)
        with pytest.raises(LibraryReadOnly, match=r"moved to .*away"):
            other.add(Clipping("https://example.org/late", "Late"))
        assert other.counts().total == 3, "reading goes on"
    assert _is_whole(source, names)


def test_what_is_written_while_pictures_are_copied_moves_as_well(
    source: Path, tmp_path: Path
) -> None:
    names = _fill(source)

    def report(done: int, _total: int, _text: str) -> None:
        if done == 1 and len(names) == 3:
            with Library.open(source) as other:
                names.append(other.keep_picture(_PNG + b"late", "png"))
                other.add(Clipping("https://example.org/late", "Late", pictures=(names[-1],)))

    move(source, tmp_path / "away", report, keep=False)
    assert _is_whole(source, names)
    assert "Late" in _titles(source)


def _foreign(target: Path) -> None:
    target.mkdir()
    (target / "thesis.odt").write_text("years of work")


def _library(target: Path) -> None:
    _fill(target, 1)


def _file(target: Path) -> None:
    target.write_text("a file")


@pytest.mark.parametrize(
    ("prepare", "words"),
    [(_foreign, "not empty: it holds thesis.odt"), (_library, "not empty"), (_file, "is a file")],
)
def test_a_folder_with_anything_in_it_is_refused(
    source: Path, tmp_path: Path, prepare: object, words: str
) -> None:
    names, target = _fill(source), tmp_path / "taken"
    prepare(target)  # type: ignore[operator]
    before = sorted(each.name for each in target.parent.rglob("*"))
    with pytest.raises(LibraryError, match=words):
        move(source, target, keep=False)
    assert sorted(each.name for each in target.parent.rglob("*")) == before
    assert moved.follow(source) == source
    assert _is_whole(source, names)


@pytest.mark.parametrize("place", [".", "inside", "images/deep", ".."])
def test_a_folder_within_or_around_the_library_is_refused(source: Path, place: str) -> None:
    names = _fill(source)
    with pytest.raises(LibraryError, match=r"within the other|not empty"):
        move(source, (source / place).resolve(), keep=False)
    assert _is_whole(source, names)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_refused(source: Path, tmp_path: Path) -> None:
    names, place = _fill(source), tmp_path / "closed"
    place.mkdir(mode=0o500)
    with pytest.raises(LibraryError, match="no permission"):
        move(source, place / "new", keep=False)
    assert _is_whole(source, names)


def test_a_disk_without_room_is_refused(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = _fill(source)
    monkeypatch.setattr(folders, "_SPARE_BYTES", 1 << 60)
    with pytest.raises(LibraryError, match=r"MB left\. Nothing was moved"):
        move(source, tmp_path / "full", keep=False)
    assert not (tmp_path / "full").exists()
    assert _is_whole(source, names)


def test_a_move_that_is_stopped_leaves_nothing_behind(source: Path, tmp_path: Path) -> None:
    names, target = _fill(source), tmp_path / "new" / "deep"

    def stop(done: int, _total: int, _text: str) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        move(source, target, stop, keep=False)
    assert not (tmp_path / "new").exists()
    assert _is_whole(source, names)


def test_a_copy_that_differs_is_noticed(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, really = _fill(source), moving._digest

    def digest(file: Path) -> bytes:
        return b"other" if file.name.endswith(".new") else really(file)

    monkeypatch.setattr(moving, "_digest", digest)
    with pytest.raises(LibraryError, match="still in its old folder, and whole"):
        move(source, tmp_path / "failing", keep=False)
    assert not (tmp_path / "failing").exists()
    assert _is_whole(source, names)


_KILLED = """
    import os, signal, sys
    from pathlib import Path
    from reader.library.moving.move import move
    seen = 0
    def audit(event, args):
        global seen
        name = str(args[0]) if args else ""
        if event in ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir") and (
            "away" in name or "library" in name
        ):
            seen += 1
            if seen == int(sys.argv[3]):
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(audit)
    move(Path(sys.argv[1]), Path(sys.argv[2]), keep=False)
"""


def _kill_at(step: int, source: Path, target: Path) -> int:
    """Move in another process, killed at a step; return its exit code."""
    code = textwrap.dedent(_KILLED)
    words = [sys.executable, "-c", code, str(source), str(target), str(step)]
    return subprocess.run(words, check=False, capture_output=True).returncode


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_kill_at_any_step_leaves_one_whole_library_and_the_next_move_ends_it(
    source: Path, tmp_path: Path
) -> None:
    names, step, killed = _fill(source, 2), 1, 0
    while True:
        target = tmp_path / f"away-{step}"
        code = _kill_at(step, moved.follow(source), target)
        assert _is_whole(source, names), step
        if code != -signal.SIGKILL:
            assert code == 0
            break
        killed += 1
        step += 1 if step < 12 else 4
    assert killed > 10
    assert moved.follow(source) == target


def test_an_interrupted_copy_is_taken_up_again(source: Path, tmp_path: Path) -> None:
    names, target = _fill(source), tmp_path / "away"
    _kill_at(25, source, target)
    assert target.exists(), "it was killed amid the copying"
    assert moved.follow(source) == source
    move(source, target, keep=False)
    assert _is_whole(source, names)
    assert moved.follow(source) == target


def test_the_size_of_a_library_is_that_of_its_parts(source: Path) -> None:
    _fill(source)
    found = folders.usage(source)
    assert found.database == (source / "library.db").stat().st_size
    assert found.pictures == 3 * (len(_PNG) + 1)
    assert found.total == found.database + found.pictures + found.copies


@pytest.mark.parametrize("keep", [True, False])
def test_a_drive_that_is_gone_is_told_and_no_library_is_begun_anew(
    source: Path, tmp_path: Path, keep: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    names, target = _fill(source), tmp_path / "drive"
    move(source, target, keep=keep)
    target.rename(tmp_path / "unplugged")
    for _ in range(2):
        with pytest.raises(LibraryError, match=r"moved to .*drive, but is not there"):
            known_libraries.opened(source)
    assert main(["--library", str(source), "list"]) == 1
    assert "but is not there" in capsys.readouterr().err
    assert not target.exists()
    (tmp_path / "unplugged").rename(target)
    assert _is_whole(source, names)
    if keep:
        target.rename(tmp_path / "lost")
        (source / moved.MARK).unlink()  # as the sentence says
        assert _is_whole(source, names)


def test_commands_follow_a_library_that_was_moved(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _fill(source)
    move(source, tmp_path / "away", keep=True)
    assert main(["--library", str(source), "archive", "1"]) == 0
    assert main(["--library", str(source), "info"]) == 0
    assert str(tmp_path / "away") in capsys.readouterr().out
    with Library.open(tmp_path / "away") as library:
        assert library.counts().archive == 1


@pytest.mark.parametrize("links", [True, False])
def test_the_copies_move_along_and_their_pictures_are_linked_again(
    source: Path, tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, target = _fill(source), tmp_path / "Articles"
    with Library.open(source) as library:
        copy = library.backups.take(Reason.ASKED)
        (library.folder / "images" / names[0]).unlink()  # only the copy has it
    if not links:
        monkeypatch.setattr(os, "link", _refuse)
    move(source, target, keep=False)
    with Library.open(target) as library:
        (moved_copy,) = library.backups.all()
        assert moved_copy.id == copy.id
        with library.backups.opened(moved_copy) as connection:
            assert connection.execute("SELECT count(*) FROM article").get == 3
    kept = target / "backups" / "images"
    assert sorted(each.name for each in kept.iterdir()) == sorted(names)
    linked = [(kept / name).stat().st_nlink > 1 for name in names]
    assert linked == [False, links, links]
    assert not (source / "backups").exists()


def _refuse(*_: object) -> None:
    raise OSError(1, "Operation not permitted")
