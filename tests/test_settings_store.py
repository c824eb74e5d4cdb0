"""The settings while the program runs: kept at once, whatever happens to the process."""

import json
import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from reader import settings
from reader.settings import Settings
from reader.settings_store import SettingsStore
from reader.sheet import Links, Sheet


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def _in_file(file: Path) -> dict[str, object]:
    found = json.loads(file.read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def _wait_for(file: Path, name: str, value: object) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if file.exists() and _in_file(file).get(name) == value:
            return
        time.sleep(0.005)
    raise AssertionError(f"{name} is not {value}")


def test_a_change_is_in_the_file_without_any_closing(file: Path) -> None:
    store = SettingsStore.open(file)
    store.update(theme="dark")
    store.update(zoom=1.5)
    _wait_for(file, "zoom", 1.5)
    assert _in_file(file) == {"theme": "dark", "zoom": 1.5}
    assert SettingsStore.open(file).value == Settings(theme="dark", zoom=1.5)


def test_what_does_not_change_writes_nothing(file: Path) -> None:
    store = SettingsStore.open(file)
    store.update(theme="system", zoom=1.0)
    store.flush()
    assert not file.parent.exists()


def test_who_listens_is_told_of_each_change(file: Path) -> None:
    store = SettingsStore.open(file)
    heard: list[str] = []
    store.changed.append(lambda settings: heard.append(settings.theme))
    store.update(theme="dark")
    store.update(theme="dark")
    store.update(theme="sepia")
    assert heard == ["dark", "sepia"]


def test_without_a_file_nothing_is_written(file: Path) -> None:
    store = SettingsStore(value=Settings(theme="dark"))
    store.update(theme="sepia")
    store.flush()
    assert store.value.theme == "sepia"


def _timers() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "settings"]


def test_changes_that_come_together_wait_for_one_writing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.settings_store._COLLECT_SECONDS", 60)
    before = _timers()
    SettingsStore(value=Settings()).update(theme="dark")
    assert _timers() == before, "without a file nothing waits"
    store = SettingsStore.open(file)
    for zoom in (1.1, 1.2, 1.3):
        store.update(zoom=zoom)
    (timer,) = [each for each in _timers() if each not in before]
    assert isinstance(timer, threading.Timer)
    timer.cancel()
    assert timer.daemon, "the end of the program waits for none"


# ---- several processes


def test_two_processes_keep_what_each_has_changed(file: Path) -> None:
    one, two = SettingsStore.open(file), SettingsStore.open(file)
    one.update(zoom=1.75, sorts={"all": "title"})
    one.flush()
    two.update(theme="dark", sorts={"queue": "-added"})
    two.flush()
    kept = Settings(zoom=1.75, theme="dark", sorts={"all": "title", "queue": "-added"})
    assert settings.load(file) == kept
    assert two.value == kept
    one.update(minutes=7)
    one.flush()
    assert one.value == settings.load(file) == kept._replace(minutes=7)


def test_the_last_writer_of_one_setting_wins_and_the_other_hears_of_it(file: Path) -> None:
    one, two = SettingsStore.open(file), SettingsStore.open(file)
    heard: list[str] = []
    one.changed.append(lambda settings: heard.append(settings.theme))
    one.update(theme="dark")
    one.flush()
    two.update(theme="sepia")
    two.flush()
    one.update(vim=True)
    one.flush()
    assert settings.load(file) == one.value == Settings(theme="sepia", vim=True)
    assert heard == ["dark", "dark", "sepia"]


@pytest.mark.parametrize(
    ("name", "mine", "theirs"),
    [
        ("presets", {"Mine": Sheet(grey=True)}, {"Theirs": Sheet(links=Links.PLAIN)}),
        ("keys", {"close": ("Q",)}, {"fold": ()}),
        ("sorts", {"all": "title"}, {"queue": "-title"}),
        ("uses", {"action:a": 1}, {"action:b": 2}),
    ],
)
def test_entries_of_two_processes_are_both_kept_and_a_deleted_one_is_gone(
    file: Path, name: str, mine: dict[str, object], theirs: dict[str, object]
) -> None:
    one, two = SettingsStore.open(file), SettingsStore.open(file)
    one.update(**{name: mine})
    two.update(**{name: theirs})
    one.flush()
    two.flush()
    assert getattr(settings.load(file), name) == {**mine, **theirs}
    two.update(**{name: theirs})
    two.flush()
    assert getattr(settings.load(file), name) == theirs


def test_what_a_newer_version_wrote_stays_as_it_is(file: Path) -> None:
    file.parent.mkdir()
    newer = {
        "highlights": {"colour": [1, {"deep": None}]},
        "font": "blackletter",
        "sheet": {"links": "woven", "ink": "blue", "size_pt": 9.5},
        "presets": {"Theirs": {"header": "both"}},
        "trash_days": "never",
    }
    file.write_text(json.dumps(newer))
    store = SettingsStore.open(file)
    store.update(theme="dark", sheet=store.value.sheet._replace(grey=True))
    store.update(presets={**store.value.presets, "Mine": Sheet()})
    store.flush()
    kept = _in_file(file)
    assert isinstance(kept["presets"], dict)
    assert set(kept["presets"]) == {"Theirs", "Mine"}
    assert kept["presets"]["Theirs"] == {"header": "both"}
    sheet = {"links": "woven", "ink": "blue", "size_pt": 9.5, "grey": True}
    assert {**kept, "presets": 0} == {**newer, "presets": 0, "theme": "dark", "sheet": sheet}


_COUNTING = """
import sys
from pathlib import Path
from reader.settings_store import SettingsStore
store, name = SettingsStore.open(Path(sys.argv[1])), sys.argv[2]
for number in range(1, int(sys.argv[3])):
    store.update(uses={**store.value.uses, name: number})
    store.flush()
    print(number, flush=True)
"""


def _counting(file: Path, name: str, times: int) -> subprocess.Popen[str]:
    argv = [sys.executable, "-c", _COUNTING, str(file), name, str(times)]
    return subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)


def test_processes_that_write_at_the_same_time_lose_nothing(file: Path) -> None:
    running = [_counting(file, name, 30) for name in ("a", "b", "c")]
    for process in running:
        process.communicate()
        assert process.returncode == 0
    assert settings.load(file).uses == {"a": 29, "b": 29, "c": 29}


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_a_kill_at_any_moment_leaves_whole_settings(file: Path) -> None:
    choose = random.Random(7)
    for _ in range(5):
        with _counting(file, "a", 100_000) as process:
            assert process.stdout is not None
            told = [process.stdout.readline() for _ in range(choose.randint(1, 40))]
            threading.Event().wait(choose.random() / 200)
            process.send_signal(signal.SIGKILL)
            told += process.stdout.readlines()
        written = max(int(line) for line in told if line.strip())
        # What was acknowledged is there, or already the one after it.
        assert settings.load(file).uses["a"] - written in (0, 1)
        file.write_text("{}")
    store = SettingsStore.open(file)
    store.update(theme="dark")
    store.flush()
    assert {each.name for each in file.parent.iterdir()} <= {"settings.json", "settings.json.lock"}


# ---- trouble


def test_a_full_disk_is_told_once_and_kept_when_there_is_room_again(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store = SettingsStore.open(file)
    told: list[str] = []
    store.troubled.append(told.append)
    store.update(theme="sepia")
    store.flush()
    monkeypatch.setattr("os.fsync", _full)
    for zoom in (1.1, 1.2):
        store.update(zoom=zoom)
        store.flush()
    assert len(told) == 1
    assert "could not be written" in told[0]
    assert "No space left" in told[0]
    assert settings.load(file) == Settings(theme="sepia")
    monkeypatch.undo()
    store.update(vim=True)
    store.flush()
    assert settings.load(file) == store.value == Settings(theme="sepia", zoom=1.2, vim=True)
    caplog.clear()


def _full(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    store = SettingsStore.open(tmp_path / "file" / "settings.json")
    told: list[str] = []
    store.troubled.append(told.append)
    store.update(theme="dark")
    store.flush()
    assert len(told) == 1
    assert store.value.theme == "dark"
    caplog.clear()


def test_a_damaged_file_is_kept_and_deletes_nothing(file: Path) -> None:
    file.parent.mkdir()
    for number in range(2):
        file.write_text("{" * (number + 1))
        store = SettingsStore.open(file)
        assert "defaults are used" in store.trouble
        assert store.value == Settings(trash_days=0)
        store.flush()
        assert SettingsStore.open(file).trouble == ""
        assert settings.load(file).trash_days == 0
    kept = sorted(each.read_text() for each in file.parent.glob("*.damaged*"))
    assert kept == ["{", "{{"]


def test_a_file_damaged_while_the_program_runs_is_kept_and_written_whole(file: Path) -> None:
    store = SettingsStore.open(file)
    store.update(theme="dark")
    store.flush()
    file.write_text('{"theme')
    store.update(zoom=2.0)
    store.flush()
    assert settings.load(file) == Settings(theme="dark", zoom=2.0)
    assert [each.read_text() for each in file.parent.glob("*.damaged")] == ['{"theme']


def test_a_file_that_may_not_be_read_is_not_written_over(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file.parent.mkdir()
    file.write_text('{"theme": "dark"}')
    monkeypatch.setattr(Path, "read_bytes", lambda _: _full(0))
    store = SettingsStore.open(file)
    assert "could not be read" in store.trouble
    assert store.value.trash_days == 0
    store.update(zoom=2.0)
    store.flush()
    assert file.read_text() == '{"theme": "dark"}'
    caplog.clear()


@pytest.mark.skipif(sys.platform == "win32", reason="no modes")
def test_settings_are_for_their_person_only(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("{}")
    file.chmod(0o644)
    file.parent.chmod(0o755)
    store = SettingsStore.open(file)
    assert {stat.S_IMODE(each.stat().st_mode) for each in (file, file.parent)} == {0o600, 0o700}
    store.update(theme="dark")
    store.flush()
    for each in file.parent.iterdir():
        assert stat.S_IMODE(each.stat().st_mode) == 0o600, each.name


@pytest.mark.skipif(sys.platform == "win32", reason="links are for administrators there")
def test_a_settings_file_that_is_a_link_stays_one(file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    (tmp_path / "kept.json").write_text("{}")
    file.symlink_to(tmp_path / "kept.json")
    store = SettingsStore.open(file)
    store.update(theme="dark")
    store.flush()
    assert file.is_symlink()
    assert settings.load(tmp_path / "kept.json").theme == "dark"


def test_a_name_that_is_no_text_is_kept(file: Path) -> None:
    store = SettingsStore.open(file)
    store.update(sorts={"tag:\udcff": "title"})
    store.flush()
    assert _in_file(file)["sorts"] == {"tag:\udcff": "title"}


def test_a_change_returns_while_another_process_holds_the_file(file: Path) -> None:
    from reader import locks

    file.parent.mkdir()
    handle = locks.hold(file.with_name("settings.json.lock"))
    assert handle is not None
    store = SettingsStore.open(file)
    store.update(theme="dark")
    assert store.value.theme == "dark"
    assert not file.exists()
    os.close(handle)
    store.flush()
    assert settings.load(file).theme == "dark"
