"""The menu entry: put where the person's desktop looks, and removed without a trace."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from reader import desktop
from reader.default_programs import default_program
from reader.desktop import APP_ID
from reader.errors import DesktopError
from reader.resources import resource


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "system"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "system"))
    monkeypatch.setattr(sys, "platform", "linux")
    return folder


def _tree(folder: Path) -> dict[Path, bytes]:
    return {
        each.relative_to(folder): each.read_bytes() if each.is_file() else b""
        for each in folder.rglob("*")
    }


def _entry(folder: Path) -> dict[str, str]:
    lines = (folder / "applications" / f"{APP_ID}.desktop").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def test_the_id_is_one() -> None:
    names = {each.name for each in resource("desktop").iterdir()}
    assert names == {f"{APP_ID}.desktop", f"{APP_ID}.svg", f"{APP_ID}.metainfo.xml"}
    about = ET.parse(resource("desktop", f"{APP_ID}.metainfo.xml")).getroot()
    entry = resource("desktop", f"{APP_ID}.desktop").read_text("utf-8")
    assert about.findtext("id") == APP_ID
    assert about.findtext("launchable") == f"{APP_ID}.desktop"
    assert f"\nIcon={APP_ID}\n" in entry
    kinds = next(line for line in entry.splitlines() if line.startswith("MimeType=")).partition("=")
    assert {each.text for each in about.iter("mediatype")} == set(kinds[2].strip(";").split(";"))


def test_the_windows_say_the_id(qapp: object) -> None:
    from PySide6.QtGui import QGuiApplication

    from reader.gui import app

    app._application()
    assert QGuiApplication.desktopFileName() == APP_ID


def test_the_metadata_promise_what_is_true() -> None:
    text = resource("desktop", f"{APP_ID}.metainfo.xml").read_text("utf-8")
    assert "asks the network for nothing" not in text
    assert "<url" not in text


def test_installing_puts_entry_and_icon_and_says_so(data_home: Path) -> None:
    said = desktop.install()
    entry = _entry(data_home)
    assert shlex.split(entry["Exec"]) == [*desktop.command(), "%U"]
    assert entry["TryExec"] == desktop.command()[0]
    assert (data_home / "icons/hicolor/scalable/apps" / f"{APP_ID}.svg").is_file()
    assert str(data_home) in said


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("before", ["", "applications", "icons/hicolor/48x48/apps"])
def test_removing_leaves_what_was_there_before(data_home: Path, before: str, times: int) -> None:
    if before:
        (data_home / before).mkdir(parents=True)
        (data_home / before / "other.desktop").write_text("[Desktop Entry]\n")
    data_home.mkdir(exist_ok=True)
    tree = _tree(data_home)
    for _ in range(times):
        desktop.install()
    assert "no longer" in desktop.remove()
    assert _tree(data_home) == tree
    assert "Nothing to remove" in desktop.remove()


def test_a_list_of_file_types_that_names_others_stays(data_home: Path) -> None:
    desktop.install()
    cache = data_home / "applications" / "mimeinfo.cache"
    other = data_home / "applications" / "other.desktop"
    other.write_text("[Desktop Entry]\nType=Application\nName=O\nExec=o\nMimeType=text/plain;\n")
    cache.write_text("[MIME Cache]\ntext/plain=other.desktop;\n")
    desktop.remove()
    assert "text/plain=other.desktop;" in cache.read_text("utf-8")
    assert other.is_file()


def test_an_entry_of_somebody_else_is_not_removed(data_home: Path) -> None:
    entry = data_home / "applications" / f"{APP_ID}.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text("[Desktop Entry]\nName=Mine\n")
    assert "Nothing to remove" in desktop.remove()
    assert entry.is_file()


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    """Give the system a program for text; return the person's list of default programs."""
    folder = tmp_path / "system" / "applications"
    folder.mkdir(parents=True)
    (folder / "editor.desktop").write_text(
        "[Desktop Entry]\nType=Application\nName=E\nExec=sh %f\nMimeType=text/plain;text/html;\n"
    )
    (folder / "mimeinfo.cache").write_text(
        "[MIME Cache]\ntext/html=editor.desktop;\ntext/plain=editor.desktop;\n"
    )
    return tmp_path / "config" / "mimeapps.list"


needs_gio = pytest.mark.skipif(
    not (shutil.which("gio") and shutil.which("update-desktop-database")),
    reason="GLib and the list of file types are not installed",
)


@needs_gio
@pytest.mark.parametrize(
    "mine", ["", "[Default Applications]\ntext/x-a=a.desktop\n", "[Other]\na=b\n"]
)
def test_default_programs_stay_what_they_were(data_home: Path, editor: Path, mine: str) -> None:
    if mine:
        editor.parent.mkdir()
        editor.write_text(mine)
    assert default_program("text/plain") == "editor.desktop"
    for _ in range(2):
        desktop.install()
        assert default_program("text/plain") == "editor.desktop"
        assert default_program("text/html") == "editor.desktop"
    desktop.remove()
    assert default_program("text/plain") == "editor.desktop"
    assert (editor.read_text() if editor.exists() else "") == mine


@needs_gio
def test_a_default_that_a_person_chose_is_left_alone(data_home: Path, editor: Path) -> None:
    editor.parent.mkdir()
    mine = f"[Default Applications]\ntext/plain={APP_ID}.desktop;\ntext/html=editor.desktop\n"
    editor.write_text(mine)
    desktop.install()
    assert editor.read_text() == mine
    desktop.remove()
    assert editor.read_text() == mine


_PATHS = [
    "/opt/reader",
    "/a b/reader",
    "/100%/reader",
    "/a=b/reader",
    '/q"uote/$HOME/`id`/re\\ader',
    "/ünï/日本",
]


@pytest.mark.parametrize("path", _PATHS)
def test_a_command_is_quoted_as_the_specification_says(path: str) -> None:
    """Read back as the specification tells launchers to: first the string, then the quotes."""
    written = desktop.quoted(path)
    string = written.replace("\\\\", "\\")
    if string.startswith('"'):
        string = re.sub(r'\\(["`$\\])', r"\1", string[1:-1])
    else:
        assert not re.search(r"""[\s"'\\><~|&;$*?#()`]""", string)
    assert string == path.replace("%", "%%")
    assert written.isprintable()


@pytest.mark.parametrize("path", _PATHS)
def test_an_entry_for_any_path_is_valid(
    data_home: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "command", lambda: (path,))
    desktop.install()
    file = data_home / "applications" / f"{APP_ID}.desktop"
    assert _entry(data_home)["Exec"].endswith(" %U")
    _validate("desktop-file-validate", file)


@pytest.mark.skipif(shutil.which("gio") is None, reason="GLib's launcher is not installed")
@pytest.mark.parametrize("folder", ["plain", "a b", "100%", "a=b", "$HOME `id` q'uote", "日本"])
def test_a_desktop_starts_it_from_any_path(
    data_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    program = tmp_path / folder / "reader"
    program.parent.mkdir()
    heard = tmp_path / "heard"
    os.mkfifo(heard)
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$0" "$@" > {shlex.quote(str(heard))}\n')
    program.chmod(0o755)
    monkeypatch.setattr(desktop, "command", lambda: (str(program),))
    desktop.install()
    entry = data_home / "applications" / f"{APP_ID}.desktop"
    with subprocess.Popen(["gio", "launch", entry, "/tmp/a b.md"], stderr=subprocess.PIPE) as gio:
        assert gio.stderr is not None
        assert gio.wait() == 0, gio.stderr.read()
    assert heard.read_text("utf-8") == f"{program}|/tmp/a b.md|"


def test_a_path_that_is_not_text_is_refused(
    data_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "command", lambda: (os.fsdecode(b"/caf\xe9/reader"),))
    with pytest.raises(DesktopError, match="not UTF-8"):
        desktop.install()


def test_a_folder_that_cannot_be_written_is_said(data_home: Path) -> None:
    data_home.write_text("a file where a folder has to be")
    with pytest.raises(DesktopError, match="could not be written"):
        desktop.install()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_are_told_what_to_do(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(DesktopError, match="shortcut"):
        desktop.install()


def test_the_files_are_valid() -> None:
    _validate("desktop-file-validate", resource("desktop", f"{APP_ID}.desktop"))
    about = resource("desktop", f"{APP_ID}.metainfo.xml")
    _validate("appstreamcli", "validate", "--no-net", about)


def _validate(*command: object) -> None:
    """Ask a validator, if it is installed; the rest of a test does not depend on it."""
    if shutil.which(str(command[0])):
        asked = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
        assert asked.returncode == 0, asked.stdout + asked.stderr
        assert "error" not in asked.stdout
