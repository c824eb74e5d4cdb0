"""The settings as values: what a file may say, and what is made of it."""

import json
from pathlib import Path

import pytest

from reader import settings
from reader.errors import SettingsDamaged, SettingsError
from reader.settings import Settings, from_tree, load, sane_sheet, to_tree
from reader.sheet import Imposition, Links, Sheet


def _is_bounded(value: object) -> bool:
    """Return whether a value is nothing that could surprise whoever uses it."""
    if isinstance(value, Settings | Sheet):
        return all(map(_is_bounded, value))
    if isinstance(value, dict):
        return len(value) <= 10_000 and all(map(_is_bounded, [*value, *value.values()]))
    if isinstance(value, tuple):
        return len(value) <= 10_000 and all(map(_is_bounded, value))
    if isinstance(value, str):
        odd = any(sign < " " or "\ud800" <= sign <= "\udfff" for sign in value)
        return len(value) < 5000 and not odd
    return isinstance(value, bool | int | float) and abs(value) < 2**63


@pytest.mark.parametrize("name", [*Settings._fields, *(f"sheet.{x}" for x in Sheet._fields)])
def test_whatever_a_file_says_settings_are_of_their_kind_and_bounded(
    name: str, odd: object, tmp_path: Path
) -> None:
    _, _, part = name.partition("sheet.")
    values = {"sheet": {part: odd}, "presets": {"x": {part: odd}}} if part else {name: odd}
    found = from_tree(values)
    _same_kinds(found, Settings())
    _same_kinds(found.sheet, Sheet())
    for sheet in found.presets.values():
        _same_kinds(sheet, Sheet())
    assert _is_bounded(found._replace(presets={}, sorts={}, keys={}, uses={}))
    for name in ("presets", "sorts", "keys", "uses"):
        assert _is_bounded(dict(getattr(found, name)))
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(values))
    assert load(file) == found


def _same_kinds(found: Settings | Sheet, usual: Settings | Sheet) -> None:
    for name, value, other in zip(found._fields, found, usual, strict=True):
        kind = dict if name in ("presets", "sorts", "keys", "uses") else type(other)
        assert isinstance(value, kind) or value == other, name


@pytest.mark.parametrize("kind", [Settings, Sheet])
def test_every_setting_has_a_rule_that_leaves_the_usual_value_as_it_is(kind: type) -> None:
    usual = kind()
    rules = settings._SETTINGS if kind is Settings else settings._SHEET
    assert set(rules) == set(usual._fields)
    for name, rule in rules.items():
        assert rule(to_tree(getattr(usual, name))) == getattr(usual, name)


def test_settings_come_back_from_their_tree() -> None:
    sheet = Sheet(imposition=Imposition.FOLDED, links=Links.NUMBERED, margin_mm=12)
    wanted = Settings(
        theme="dark", zoom=1.331, panes=(1, 2, 3), sorts={"all": "-title"}, sheet=sheet,
        presets={"Mine": sheet}, keys={"close": ("Ctrl+W", "Q"), "fold": ()}, uses={"a": 2},
    )  # fmt: skip
    assert from_tree(json.loads(json.dumps(to_tree(wanted)))) == wanted


def test_settings_that_make_no_sense_are_the_usual_ones() -> None:
    found = from_tree({"zoom": 1e9, "theme": 7, "panes": ["x"], "measure": True, "other": 1})
    assert (found.zoom, found.theme, found.panes, found.measure) == (4.0, "system", (), 66)
    found = from_tree({"folded": ["tag:a", 7], "keys": {"a": 5, "b": ["X", 1]}})
    assert (found.folded, found.keys) == (("tag:a",), {"b": ("X",)})
    assert from_tree({"uses": {"x": "y", "z": True, "w": 3}}).uses == {"w": 3}


@pytest.mark.parametrize("days", [-3, "never", None, float("nan"), [30]])
def test_days_that_make_no_sense_delete_nothing(days: object) -> None:
    assert from_tree({"trash_days": days}).trash_days == 0


def test_a_sheet_is_not_changed_by_being_looked_at() -> None:
    values = {"links": "woven", "size_pt": 1e9}
    assert sane_sheet(values) == Sheet(size_pt=40.0)
    assert values == {"links": "woven", "size_pt": 1e9}


def test_without_a_file_settings_are_the_usual_ones(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == Settings()


def test_a_file_as_an_editor_of_windows_writes_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(b'\xef\xbb\xbf{"theme": "sepia"}\r\n')
    assert load(file).theme == "sepia"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[" * 100_000, b"\0", b"[]", b"7", b"\xff\xfe{",
        b'{"a": ' * 40 + b"1" + b"}" * 40, b'{"zoom": 2, "x": "' + b"y" * 5_000_000 + b'"}',
    ],
    ids=lambda data: repr(data[:12]),
)  # fmt: skip
def test_a_file_that_holds_no_settings_is_a_sentence(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(data)
    with pytest.raises(SettingsDamaged, match="are damaged"):
        load(file)


def test_an_integer_of_many_digits_spoils_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"measure": ' + "9" * 100_000 + ', "theme": "dark"}')
    assert (load(file).measure, load(file).theme) == (66, "dark")


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "settings.json"
    folder.write_text("{}")
    with pytest.raises(SettingsError, match="could not be read"):
        load(folder / "settings.json")
