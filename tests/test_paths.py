"""Where things lie: below one folder if that is wanted, else where the system has them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader import paths

_FOLDERS: dict[Callable[[], Path], str] = {
    paths.library_dir: "library", paths.config_dir: "config", paths.log_dir: "log",
    paths.cache_dir: "cache",
}  # fmt: skip


def test_one_folder_holds_everything_apart(home: Path) -> None:
    assert {each() for each in _FOLDERS} == {home / name for name in _FOLDERS.values()}
    assert [each() for each in _FOLDERS] == [home / name for name in _FOLDERS.values()]
    assert paths.settings_file() == home / "config" / "settings.json"
    assert paths.libraries_file() == home / "config" / "libraries.json"


def test_the_folder_may_begin_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("READER_HOME", "~/stick")
    assert paths.library_dir() == tmp_path / "stick" / "library"


def test_without_it_things_lie_where_the_system_has_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("READER_HOME")
    kinds = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    for kind in kinds:
        monkeypatch.setenv(kind, str(tmp_path / kind))
    name = "reader-articles"
    assert paths.library_dir() == tmp_path / "XDG_DATA_HOME" / name / "library"
    assert paths.config_dir() == tmp_path / "XDG_CONFIG_HOME" / name
    assert paths.cache_dir() == tmp_path / "XDG_CACHE_HOME" / name
    assert name in paths.log_dir().parts
