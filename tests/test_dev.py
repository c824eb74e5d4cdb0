"""The one entry: it does what it names, and says what a bare machine lacks."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_missing_libraries_are_named_where_they_may_not_be_installed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(dev, "loads", lambda library: library != "libGL.so.1")
    monkeypatch.setattr(dev.sys, "platform", "linux")
    with pytest.raises(SystemExit) as ended:
        dev.look_for_libraries()
    assert ended.value.code == 3
    assert "libgl1" in capsys.readouterr().err


def test_an_unknown_command_is_usage(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "argv", ["dev.py", "nonsense"])
    assert dev.main() == 2
    assert "run | test" in capsys.readouterr().err


def _apt_that_fails(dev: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apt = folder / "apt-get"
    apt.write_text("#!/bin/sh\necho E: Unable to locate package >&2\nexit 100\n")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev, "loads", lambda library: library != "libGL.so.1")


@pytest.mark.skipif(os.name == "nt", reason="apt is for Debian")
def test_packages_are_named_if_apt_fails(
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    _apt_that_fails(dev, tmp_path, monkeypatch)
    with pytest.raises(SystemExit) as ended:
        dev.look_for_libraries()
    said = capfd.readouterr().err
    assert ended.value.code == 3
    assert "Unable to locate package" in said
    assert "apt-get install libgl1" in said


def test_files_are_named_if_there_is_no_apt(
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _apt_that_fails(dev, tmp_path, monkeypatch)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit):
        dev.look_for_libraries()
    assert "libGL.so.1" in capsys.readouterr().err


def test_what_tests_ask_others_for_is_named_and_hinders_nothing(
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    _apt_that_fails(dev, tmp_path, monkeypatch)
    monkeypatch.setattr(dev, "loads", lambda library: library != "libxcb-icccm.so.4")
    dev.look_for_test_programs()
    said = capfd.readouterr().err
    assert "apt-get install poppler-utils xvfb openbox xdotool libxcb-icccm4" in said
    assert "are skipped" in said


def _project(root: Path, **wrong: str) -> None:
    """Make a small project with our settings, and one wrong line in the places named."""
    (root / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for place in ("src/reader/one.py", "tests/test_one.py", "benchmarks/one.py", "dev.py",
                  "hatch_build.py"):  # fmt: skip
        file = root / place
        file.parent.mkdir(parents=True, exist_ok=True)
        name = place.replace("/", "_").removesuffix(".py")
        file.write_text(f'"""A module."""\n\n{name.upper()} = 1\n{wrong.get(name, "")}')


_PLACES = ("src_reader_one", "tests_test_one", "benchmarks_one", "dev", "hatch_build")
_WRONG = {"format": "ODD = ( 2 )\n", "lint": "import os\n", "types": 'ODD: int = "two"\n'}


@pytest.fixture
def _static(dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", sys.executable)


@pytest.mark.usefixtures("_static")
def test_static_accepts_what_is_right(dev: ModuleType, tmp_path: Path) -> None:
    _project(tmp_path)
    assert dev.static([]) == 0


@pytest.mark.usefixtures("_static")
@pytest.mark.parametrize("kind", _WRONG)
def test_static_finds_what_is_wrong_in_every_place(
    dev: ModuleType, tmp_path: Path, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    _project(tmp_path, **dict.fromkeys(_PLACES, _WRONG[kind]))
    with pytest.raises(subprocess.CalledProcessError):
        dev.static([])
    said = capfd.readouterr().out.replace("\\", "/")
    for place in ("src/reader/one.py", "tests/test_one.py", "benchmarks/one.py", "dev.py",
                  "hatch_build.py"):  # fmt: skip
        assert place in said, f"{kind} of {place} is not looked at"


def test_each_command_sets_up_what_it_needs(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: dict[str, Path] = {}
    monkeypatch.setattr(dev, "set_up", lambda lock: wanted.update({dev.sys.argv[1]: lock}))
    monkeypatch.setattr(dev, "look_for_libraries", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    for command in ("run", "test", "cover", "static", "check", "bench", "format", "lock"):
        monkeypatch.setattr(dev.sys, "argv", ["dev.py", command])
        assert dev.main() == 130
    assert wanted.pop("run") == dev.RUN_LOCK
    assert set(wanted.values()) == {dev.DEV_LOCK}


def test_the_readme_names_the_two_commands_and_the_table_of_actions() -> None:
    from reader.gui.actions.table import ACTIONS

    readme = (ROOT / "README.md").read_text("utf-8")
    assert "python3 dev.py run" in readme
    assert "python3 dev.py test" in readme
    assert "pipx install ." in readme
    assert "uv tool install ." in readme
    keys = {key for each in ACTIONS for key in each.keys}
    for key in ("L", "E", "S", "T", "Del", "F9", "F1", "Ctrl+P", "Ctrl+Shift+P"):
        assert f"`{key}`" in readme
        assert key in keys
