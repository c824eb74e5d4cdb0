"""What the command line prints, wherever it goes: each command in a process of its own."""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.cli import main
from reader.commands import COMMANDS, add_options

_TITLE = "Čeština, naïve: 日本語 “x” 🙂"
_NEEDS = {
    "add": ["日.html"],
    "extract": ["日.html"],
    "export": ["--all", "--to", "text", "ünö"],
    "open": ["no-such-日.html"],
    "merge": ["1", "2"],
    "print": ["--preset", "list"],
    "restore": ["newest"],
    "session": ["20"],
    "tag-rename": ["ünï", "ünö"],
    "empty-trash": ["--yes"],
    "search": ["text"],
    "lookup": ["日"],
}
_OF_ONE = ("archive", "clean", "favourite", "show", "tag", "trash", "versions")

Done = subprocess.CompletedProcess[bytes]
Run = Callable[..., Done]

only_posix = pytest.mark.skipif(sys.platform == "win32", reason="shells and signals of POSIX")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of two files, and a home whose library has both."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "日.html").write_text(f"<title>{_TITLE}</title><p>Text – naïve 日本.</p>", "utf-8")
    (folder / "other.md").write_text("# Other\n\nSome text.\n", "utf-8")
    names = [str(folder / "日.html"), str(folder / "other.md")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("READER_HOME", str(folder / "reader-home"))
        assert main(["add", *names, "--tag", "ünï"]) == 0
    return folder


@pytest.fixture
def run(filled: Path, tmp_path: Path) -> Run:
    """Give a library with two articles, and a function that runs a command line on it."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)

    def run(words: list[str], **more: Any) -> Done:
        env = {**os.environ, **more.pop("env", {})}
        command = [sys.executable, "-m", "reader", *words]
        if shell := more.pop("shell", ""):  # such as “>&-”
            command = ["/bin/sh", "-c", f'"$@" {shell}', "sh", *command]
        more = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more}
        return subprocess.run(command, env=env, cwd=tmp_path, timeout=60, check=False, **more)

    return run


def _line(name: str) -> list[str]:
    return [name, *_NEEDS.get(name, ["1"] if name in _OF_ONE else [])]


def _has_json(name: str) -> bool:
    parser = argparse.ArgumentParser()
    add_options(name, parser)
    return "--json" in parser.format_help()


@pytest.mark.parametrize("name", COMMANDS)
def test_no_letter_is_too_much_for_any_encoding(name: str, run: Run) -> None:
    line = [*_line(name), *(["--json"] if _has_json(name) else [])]
    done = run(line, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr
    (done.stdout + done.stderr).decode("ascii")
    if _has_json(name) and done.stdout:
        json.loads(done.stdout)


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252", "utf-8"])
def test_letters_are_escaped_in_json_and_replaced_elsewhere(encoding: str, run: Run) -> None:
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    rows = json.loads(run(["list", "--json"], env=env).stdout.decode(encoding))
    assert _TITLE in [row["title"] for row in rows]
    title = run(["show", "1"], env=env).stdout.decode(encoding).splitlines()[0].rstrip()
    assert len(title) == len(_TITLE)
    assert title.isascii() == (encoding == "ascii")


def test_names_that_are_no_letters_are_told(run: Run) -> None:
    for encoding, shown in (("utf-8", "no-such-ÿ.html".encode()), ("ascii", b"no-such-?.html")):
        env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
        done = run(["add", b"no-such-\xff.html"], env=env)
        assert done.returncode == 1
        assert shown in done.stderr


@only_posix
@pytest.mark.parametrize("name", COMMANDS)
def test_closed_streams_are_no_trouble(name: str, run: Run) -> None:
    done = run(_line(name), shell="<&- >&-")
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr


@only_posix
def test_nothing_may_be_open_at_all(run: Run) -> None:
    assert run(["list"], shell="<&- >&- 2>&-").returncode == 0
    assert run(["list", "--tag", "none"], shell="<&- >&- 2>&-").returncode == 0
    assert run(["show", "99"], shell="<&- >&- 2>&-").returncode == 1


@only_posix
@pytest.mark.parametrize("name", COMMANDS)
def test_nobody_needs_to_listen(name: str, run: Run) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run([*_line(name)], stdout=writing)
    os.close(writing)
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")


@full
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_is_a_sentence(
    name: str, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    main(_line(name))
    usual = capfdbinary.readouterr().out
    with Path("/dev/full").open("wb") as disk:
        done = run(_line(name), stdout=disk)
    if usual:
        assert done.returncode == 1
        assert done.stderr.startswith(b"reader: ")
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@full
@pytest.mark.parametrize("words", [["--help"], ["--version"], ["list", "--help"]])
def test_help_on_a_full_disk_is_a_sentence(words: list[str], run: Run) -> None:
    with Path("/dev/full").open("wb") as disk:
        done = run(words, stdout=disk)
    assert done.returncode == 1
    assert done.stderr.startswith(b"reader: The output could not be written")


@full
def test_messages_that_cannot_be_written_stop_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new.md").write_text("# New\n\nText.\n")
    with Path("/dev/full").open("wb") as disk:
        done = run(["add", "no-such.md", "new.md"], stderr=disk)
    assert done.returncode == 1
    assert done.stdout == b"1 added, 1 failed.\n"


def test_standard_input_may_come_in_any_encoding(run: Run) -> None:
    page = "<meta charset=windows-1252><title>Größe</title><p>Text.</p>".encode("cp1252")
    assert run(["add", "-"], input=page, env={"PYTHONUTF8": "1"}).returncode == 0
    assert "Größe" in run(["list"], env={"PYTHONIOENCODING": "utf-8"}).stdout.decode()
