"""What is said where Qt cannot start: in a process of its own, since Qt would end this one."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from reader import system
from reader.cli import main

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="screens of Linux")

_SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR", "XDG_SESSION_TYPE")

Done = subprocess.CompletedProcess[str]


def _run(*words: str, **env: str) -> Done:
    clean = {name: value for name, value in os.environ.items() if name not in _SCREEN}
    return subprocess.run(
        [sys.executable, "-m", "reader", *words],
        env={**clean, **env}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({}, "DISPLAY"),
        ({"DISPLAY": ":987"}, ":987|libxcb"),
        ({"DISPLAY": "no display"}, "no display|libxcb"),
        ({"WAYLAND_DISPLAY": "wayland-987"}, "XDG_RUNTIME_DIR|libwayland"),
        ({"WAYLAND_DISPLAY": "/tmp/no-such"}, "/tmp/no-such|libwayland"),
        ({"WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": "/tmp"}, "/tmp/w|libwayland"),
        ({"WAYLAND_DISPLAY": "/tmp/w", "DISPLAY": ":987"}, "(/tmp/w|libwayland).*(:987|libxcb)"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "“nonsense”"),
        ({"QT_QPA_PLATFORM": "nonsense;other:size=1", "DISPLAY": ":987"}, "nonsense.*“other”"),
        ({"QT_QPA_PLATFORM": "xcb"}, "DISPLAY|libxcb"),
        ({"QT_QPA_PLATFORM": "wayland", "DISPLAY": ":987"}, ":987|libxcb"),
    ],
)
def test_without_a_screen_the_window_is_a_sentence(env: dict[str, str], told: str) -> None:
    done = _run(**env)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert lines[-1].startswith("reader: The"), done.stderr
    assert re.search(told, lines[-1]), done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def no_egl(tmp_path: Path) -> dict[str, str]:
    """Give the environment of a system that cannot load a library of Qt."""
    (tmp_path / "libEGL.so.1").touch()
    return {"LD_LIBRARY_PATH": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}


@pytest.mark.parametrize(
    "words", [[], ["open", "1"], ["--snapshot", "x.png"], ["print", "1", "--pdf", "x.pdf"]]
)
def test_missing_libraries_are_named(
    words: list[str], no_egl: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "one.md").write_text("# One\n\nText.\n")
    assert main(["add", str(tmp_path / "one.md")]) == 0
    done = _run(*words, **no_egl)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("reader: ")
    assert "libEGL.so.1" in done.stderr
    assert "libegl1" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_needs_no_qt_needs_none_of_its_libraries(no_egl: dict[str, str]) -> None:
    assert main(["add", "no-such-file.md"]) == 1  # which makes the library
    assert _run("list", **no_egl).returncode == 0


@pytest.mark.parametrize("words", [["print", "1", "--pdf", "x.pdf"], ["--snapshot", "x.png"]])
def test_paper_and_pictures_need_no_screen(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# One\n\nText.\n")
    assert main(["add", str(tmp_path / "one.md")]) == 0
    target = tmp_path / words[-1]
    done = _run(*words[:-1], str(target), QT_QPA_PLATFORM="xcb", DISPLAY=":987")
    assert done.returncode == 0, done.stderr
    assert target.is_file()


@pytest.mark.parametrize(
    ("env", "tried"),
    [
        ({"QT_QPA_PLATFORM": "wayland", "DISPLAY": ":0"}, "wayland;xcb"),
        ({"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "xcb;wayland"),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":0"}, "wayland;xcb"),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, "offscreen"),
        ({"DISPLAY": ":0"}, None),
    ],
)
def test_the_other_kind_of_screen_is_tried_as_well(
    env: dict[str, str], tried: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in _SCREEN:
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    system.add_fallbacks()
    assert os.environ.get("QT_QPA_PLATFORM") == tried


@pytest.mark.skipif(not shutil.which("readelf"), reason="reads what a library needs")
def test_every_library_that_qt_needs_is_in_a_table() -> None:
    found = find_spec("PySide6")
    assert found is not None
    assert found.origin is not None
    home = Path(found.origin).parent / "Qt"
    names = ("Core", "Gui", "Widgets", "DBus", "XcbQpa", "WaylandClient")
    files = [home / "lib" / f"libQt6{name}.so.6" for name in names]
    files += [home / "plugins" / "platforms" / f"libq{name}.so" for name in ("xcb", "wayland")]
    there = [each for each in files if each.exists()]
    text = subprocess.check_output(["readelf", "-d", *there], text=True)
    needed = set(re.findall(r"NEEDED.*\[(.*)\]", text))
    of_its_own = re.compile(r"libQt6|libicu|libc\.|libm\.|libgcc_s|ld-linux|libdl|libpthread|librt")
    known = {*system.QT, *system.X11, *system.WAYLAND}
    assert {each for each in needed if not of_its_own.match(each)} <= known
