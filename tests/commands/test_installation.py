"""The options that put Reader into a menu and commands into a shell."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.cli import main
from reader.desktop import APP_ID

needs_desktop = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="menu entries are for Linux and BSD"
)


@needs_desktop
def test_the_menu_entry_comes_and_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    entry = tmp_path / "data" / "applications" / f"{APP_ID}.desktop"
    assert main(["--install-desktop"]) == 0
    assert entry.is_file()
    assert str(entry) in capsys.readouterr().out
    assert main(["--remove-desktop"]) == 0
    assert not entry.exists()


def test_elsewhere_a_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert main(["--install-desktop"]) == 1
    assert "Linux and BSD" in capsys.readouterr().err


@needs_desktop
def test_neither_touches_a_library(tmp_path: Path) -> None:
    home = tmp_path / "of-reader"
    env = {**os.environ, "READER_HOME": str(home), "XDG_DATA_HOME": str(tmp_path)}
    for option in ("--install-desktop", "--remove-desktop"):
        subprocess.run([sys.executable, "-m", "reader", option], env=env, check=True)
    assert not home.exists()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--completion", shell]) == 0
    assert f"reader --completion {shell}" in capsys.readouterr().out
