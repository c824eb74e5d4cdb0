"""The settings as values: what a file may say, and what is made of it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from reader import settings
from reader.errors import SettingsDamaged, SettingsError
from reader.settings import Settings, from_tree, load, sane_sheet, to_tree
from reader.sheet import Header, Imposition, Links, Notes, Sheet

_MAPPINGS = (
    "presets",
    "sorts",
    "keys",
    "uses",
    "export_places",
    "look_presets",
    "site_looks",
    "article_looks",
)


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
    emptied: dict[str, Any] = {name: {} for name in _MAPPINGS}
    assert _is_bounded(found._replace(**emptied))
    for name in _MAPPINGS:
        assert _is_bounded(dict(getattr(found, name)))
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(values))
    assert load(file) == found


def _same_kinds(found: Settings | Sheet, usual: Settings | Sheet) -> None:
    for name, value, other in zip(found._fields, found, usual, strict=True):
        kind = dict if name in _MAPPINGS else type(other)
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


_BOUNDS: dict[str, tuple[float, float]] = {
    "size_pt": (6, 40), "leading": (1, 3), "measure": (30, 140), "zoom": (0.4, 4),
    "letter_spacing": (0, 0.2), "list_size": (0.7, 2), "article": (0, 2**63 - 1),
    "minutes": (1, 600), "trash_days": (0, 3650), "message_seconds": (0, 120), "columns": (1, 2),
    "autoscroll": (40, 1500), "ruler_lines": (1, 9), "backup_limit": (0, 1_000_000),
}  # fmt: skip
_SHEET_BOUNDS: dict[str, tuple[float, float]] = {
    "margin_mm": (0, 80), "size_pt": (5, 40), "leading": (1, 3), "columns": (1, 4),
}  # fmt: skip


@pytest.mark.parametrize("kind", [Settings, Sheet])
def test_numbers_stay_within_their_bounds(kind: type) -> None:
    bounds = _BOUNDS if kind is Settings else _SHEET_BOUNDS
    read = from_tree if kind is Settings else sane_sheet
    for name, usual in zip(kind()._fields, kind(), strict=True):
        assert name in bounds or not isinstance(usual, int | float) or isinstance(usual, bool)
    for name, (least, most) in bounds.items():
        for value in (least, most):
            assert getattr(read({name: value}), name) == value
        low = least - 1 if isinstance(least, int) else least / 2
        assert getattr(read({name: low}), name) == least
        assert getattr(read({name: most + 1}), name) == most


_TEXTS = {"theme": 100, "font": 200, "pdf_name": 500, "checked_at": 40, "window": 4000,
          "shelf": 1000, "watched": 4096}  # fmt: skip


@pytest.mark.parametrize("name", [*_TEXTS, "paper"])
def test_texts_are_lines_of_a_length(name: str) -> None:
    read, longest = (sane_sheet, 40) if name == "paper" else (from_tree, _TEXTS.get(name, 0))
    usual = getattr(read({}), name)
    for text in ("x" * longest, "ä €😀 ~"):
        assert getattr(read({name: text}), name) == text
    for odd in ("x" * (longest + 1), "a\x1fb", "a\nb", "\x7f", "\ud800", "\udfff", 7, None):
        assert getattr(read({name: odd}), name) == usual


def test_lists_are_cut_and_names_are_lines() -> None:
    assert from_tree({"panes": [*range(11), "x"]}).panes == tuple(range(10))
    assert from_tree({"panes": [-1, 20_001, True, 3]}).panes == (0, 20_000, 3)
    assert len(from_tree({"folded": ["a"] * 10_001}).folded) == 10_000
    assert from_tree({"folded": ["x" * 1000, "x" * 1001]}).folded == ("x" * 1000,)
    many = {f"a{n}": ["B"] * 11 for n in range(1001)}
    keys = from_tree({"keys": many}).keys
    assert (len(keys), keys["a0"]) == (1000, ("B",) * 10)
    assert from_tree({"keys": {"a": ["x" * 100, "x" * 101]}}).keys == {"a": ("x" * 100,)}
    assert len(from_tree({"presets": {str(n): {} for n in range(1001)}}).presets) == 1000
    for name, value in (("sorts", "title"), ("uses", 1)):
        found = getattr(from_tree({name: {str(n): value for n in range(10_001)}}), name)
        assert len(found) == 10_000
    odd = {"": 1, "x" * 1001: 1, "a\nb": 1, "x" * 1000: 1, "b": 10**9 + 1, "c": -1}
    assert from_tree({"uses": odd}).uses == {"x" * 1000: 1, "b": 10**9, "c": 0}
    assert from_tree({"sorts": {"a": "x" * 40, "b": "x" * 41}}).sorts == {"a": "x" * 40}


def test_words_are_those_that_are_known() -> None:
    for name in ("font", "links", "notes", "header", "imposition"):
        usual = getattr(Sheet(), name)
        assert getattr(sane_sheet({name: "nonsense"}), name) is usual
        assert getattr(sane_sheet({name: 3}), name) is usual
    for font in ("serif", "sans", "legible", "mono"):
        assert from_tree({"font": font}).font == sane_sheet({"font": font}).font == font
    for kind in (Links, Notes, Header, Imposition):
        for value in kind:
            found = sane_sheet({kind.__name__.lower(): str(value)})
            assert getattr(found, kind.__name__.lower()) is value


def test_a_file_may_be_as_deep_and_as_large_as_settings_can_get(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"

    def holds(text: str) -> bool:
        file.write_text(text)
        try:
            return load(file).theme == "dark"
        except SettingsDamaged:
            return False

    def deep(levels: int) -> str:
        return '{"theme": "dark", "x": ' + "[" * levels + "1" + "]" * levels + "}"

    assert holds(deep(28))
    assert not holds(deep(30))
    start, end = '{"theme": "dark", "x": "', '"}'
    assert holds(start + "y" * (4_000_000 - len(start + end)) + end)
    assert not holds(start + "y" * (4_000_001 - len(start + end)) + end)
    assert holds('{"theme": "dark", "x": ' + "9" * 4000 + "}")


def test_what_is_no_file_holds_no_settings(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "settings.json")
    with pytest.raises(SettingsDamaged):
        load(tmp_path / "settings.json")


def test_usual_settings_are_those_that_the_manual_promises() -> None:
    assert to_tree(Settings()) == {
        "theme": "system", "font": "serif", "size_pt": 13.0, "leading": 1.55, "measure": 66,
        "justified": False, "hyphenated": False, "indented": False, "letter_spacing": 0.0,
        "zoom": 1.0, "list_size": 1.0, "sheet": to_tree(Sheet()), "presets": {},
        "pdf_name": "{title}", "checked_at": "", "window": "", "panes": [], "shelf": "queue",
        "article": 0, "tabs": [], "sorts": {}, "watched": "", "keys": {}, "vim": False, "uses": {},
        "statistics": True, "minutes": 20, "contents": False,
        "folded": ["section:sites", "section:languages"],
        "trash_days": 30, "message_seconds": 8, "download_waiting": True,
        "offer_clipboard": True, "density": "comfortable", "excerpt": False,
        "backup_limit": 0, "backup_place": "", "told_places": [], "export_kind": "markdown",
        "export_places": {}, "export_book": True, "export_highlights": True, "device": "",
        "device_mount": "", "paged": False, "columns": 2, "autoscroll": 220, "ruler": False,
        "ruler_lines": 3, "margin_notes": True, "look_presets": {}, "site_looks": {},
        "article_looks": {},
        "find_case": False, "find_whole": False, "dictionaries": "", "dictionary_order": [],
        "dictionaries_off": [], "keep_words": True,
        "word_address": "https://{language}.wiktionary.org/wiki/{word}",
    }  # fmt: skip
