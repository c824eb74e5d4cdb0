"""The command line, from one end to the other."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.cli import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "1-one.md").write_text("# One\n\nFirst text.\n")
    (made / "2-two.html").write_text("<title>Two</title><p>Second <b>text</b>.</p>")
    (made / "3-bad.md").write_bytes(bytes(range(256)))
    return made


def _lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_the_journey_of_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add", str(folder), "--tag", "new"]) == 1
    seen = capsys.readouterr()
    assert seen.out == "2 added, 1 failed.\n"
    assert "3-bad.md" in seen.err
    assert main(["list", "--shelf", "queue"]) == 0
    assert [line.split()[2] for line in _lines(capsys)] == ["One", "Two"]
    assert main(["show", "1"]) == 0
    assert _lines(capsys)[-1] == "First text."
    assert main(["archive", "1"]) == 0
    assert _lines(capsys) == ["Archived “One”."]
    assert main(["list", "--shelf", "archive", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["title"] == "One"
    assert main(["undo"]) == 0
    assert main(["tag", "2", "--add", "x", "--remove", "new"]) == 0
    capsys.readouterr()
    assert main(["tag", "1", "2"]) == 0
    assert _lines(capsys) == ["1\tnew", "2\tx"]
    assert main(["favourite", "2"]) == 0
    assert main(["trash", "1"]) == 0
    assert main(["queue", "1"]) == 0
    capsys.readouterr()
    assert main(["info", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["queue"], told["favourites"], told["damage"]) == (2, 1, [])


def test_trouble_is_a_sentence_and_exit_code_one(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert main(["list"]) == 1
    assert "“reader add FILE” makes one" in capsys.readouterr().err
    main(["add", str(folder / "1-one.md")])
    for command in (["show", "99"], ["archive", "1", "99"], ["tag", "99", "--add", "x"]):
        assert main(command) == 1
        assert capsys.readouterr().err.startswith("reader: There is no article 99.")
    assert main(["tag", "1", "--add", " "]) == 1


@pytest.mark.parametrize(
    "words", [["nonsense"], ["show"], ["list", "--sort", "x"], ["--size", "x"]]
)
def test_wrong_usage_is_exit_code_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


def test_without_a_screen_the_window_is_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main([]) == 1
    assert "There is no screen" in capsys.readouterr().err
    assert main(["open", "1"]) == 1


def test_foreign_text_cannot_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.html"
    file.write_text("<title>\x1b]0;evil\x07 \u202etitle</title><p>\x9b31m text</p>")
    main(["add", str(file)])
    main(["list"])
    main(["show", "1"])
    out = capsys.readouterr().out
    assert not set(out) & {"\x1b", "\x07", "\x9b", "\u202e"}


def test_a_library_elsewhere_is_used(folder: Path, tmp_path: Path, home: Path) -> None:
    place = ["--library", str(tmp_path / "elsewhere")]
    assert main([*place, "add", str(folder / "1-one.md")]) == 0
    assert (tmp_path / "elsewhere" / "library.db").is_file()
    assert not (home / "library").exists()


def test_a_closed_pipe_is_no_trouble(folder: Path) -> None:
    main(["add", str(folder / "1-one.md")])
    command = f"{sys.executable} -m reader show 1 --html | true"
    done = subprocess.run(
        command, shell=True, capture_output=True, check=False, env=dict(os.environ)
    )
    assert done.stderr == b""


def test_help_names_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    for word in ("add", "list", "show", "open", "print", "archive", "tag", "info", "exit codes"):
        assert word in text
