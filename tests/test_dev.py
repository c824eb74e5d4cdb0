"""The one entry: its lock names everything, and it says what a bare machine lacks."""

import importlib.util
import os
import re
import tomllib
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


def _name(requirement: str) -> str:
    return re.split(r"[<>=!~; \[]", requirement)[0].lower().replace("_", "-")


def test_the_lock_names_everything_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = {_name(each) for each in [*project["dependencies"], *(x for e in extras for x in e)]}
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    entries = [each for each in re.split(r"\n(?=\S)", lock) if each.strip()]
    assert wanted <= {_name(each) for each in entries}
    assert all("--hash=sha256:" in each for each in entries)
    assert "http" not in lock


def test_the_release_that_aborts_is_excluded() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    qt = next(each for each in project["dependencies"] if each.startswith("PySide6"))
    assert "!=6.12.0" in qt
    assert "pyside6-essentials==6.12.0" not in (ROOT / "requirements.lock").read_text("utf-8")


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


def test_the_readme_names_the_two_commands_and_the_table_of_actions() -> None:
    from reader.gui.actions import ACTIONS

    readme = (ROOT / "README.md").read_text("utf-8")
    assert "python3 dev.py run" in readme
    assert "python3 dev.py test" in readme
    keys = {key for each in ACTIONS for key in each.keys}
    for key in ("L", "E", "S", "T", "Del", "F9", "F1", "Ctrl+P", "Ctrl+Shift+P"):
        assert f"`{key}`" in readme
        assert key in keys
