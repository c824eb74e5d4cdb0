"""The settings as a value, and reading and validating a settings file."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType
from typing import Any, NamedTuple

from reader.errors import SettingsDamaged, SettingsError
from reader.sheet import TYPEFACES, Front, Header, Imposition, Links, Notes, Sheet

ZOOM_RANGE = (0.4, 4.0)
SIZE_RANGE = (6.0, 40.0)
LEADING_RANGE = (1.0, 3.0)
MEASURE_RANGE = (30, 140)
LETTER_SPACING_RANGE = (0.0, 0.2)
LIST_SIZE_RANGE = (0.7, 2.0)
MOST_TABS = 200
AUTOSCROLL_RANGE = (40, 1500)
RULER_RANGE = (1, 9)
MINUTES_RANGE = (1, 600)
TRASH_DAYS_RANGE = (0, 3650)
MESSAGE_SECONDS_RANGE = (0, 120)
BACKUP_LIMIT_RANGE = (0, 1_000_000)

_LARGEST_BYTES = 4_000_000
_DEEPEST = 30
_LONGEST_NUMBER = 4000  # digits; Python refuses to read longer ones

LOOK = (
    "theme", "font", "size_pt", "leading", "measure", "justified", "hyphenated", "indented",
    "letter_spacing",
)  # fmt: skip
"""The settings that make the look of the page, and that a site or an article can have itself."""
MOST_LOOKS = 1000
MOST_PRESETS = 100

Rule = Callable[[Any], Any]
Choices = Mapping[str, Any]
"""Values of some settings of the look, by their names."""


class Settings(NamedTuple):
    """The user's preferences and the state of the window.

    ``theme`` is the name of a theme or ``system``; ``font`` to ``letter_spacing`` are those of
    ``Look``; ``zoom`` and ``list_size`` are factors;
    ``paged`` turns pages of so many ``columns`` instead of scrolling; ``autoscroll`` is the words a
    minute at which the page scrolls by itself; ``ruler`` shows the reading ruler with
    ``ruler_lines``; ``margin_notes`` are footnotes beside the text;
    ``sheet`` is the last print layout, ``presets`` are the user's own layouts by name,
    ``pdf_name`` is the pattern of file names (see ``reader.printing.names``);
    ``window`` is Qt's window geometry in base64, ``panes`` are the widths of shelves, list and
    page in pixels; ``checked_at`` is the time of the last library check; ``sorts`` maps a
    shelf's key to ``sort`` or ``-sort`` (descending); ``watched`` is the folder whose new files
    are imported, ``""`` for none; ``keys`` maps ids of actions to keys that differ from the
    defaults, ``vim`` adds the keys of vim; ``uses`` counts the choices in the command palette;
    ``statistics`` enables the reading log; ``minutes`` is the length of the last reading session;
    ``tabs`` are the uids of the articles in tabs, if there is more than one;
    ``contents`` is whether the headings are shown beside the page; ``folded`` are the keys of
    collapsed lines of the shelves; ``trash_days`` is how long the
    trash is kept, 0 for ever; ``density`` (``comfortable`` or ``compact``) and ``excerpt`` are the
    form of the rows of the list; ``message_seconds`` is how long news are shown, 0 until they are
    closed; ``offer_clipboard`` offers the addresses in the clipboard when something is added;
    ``download_waiting`` downloads waiting articles at the start and while the window is open;
    ``backup_limit`` is the room for copies of the library in MB, 0 for one that follows from its
    size; ``find_case`` and ``find_whole`` find words in an article only in their case, and only as
    whole words;
    ``backup_place`` is the folder with further copies, ``""`` for none.
    ``told_places`` are the synced or shared folders that a message was shown about.
    ``export_kind`` is the format of the last export, ``export_places`` are the folders of the last
    exports by their formats, ``export_book`` and ``export_highlights`` their choices; ``device``
    is the folder of the e-reader, ``""`` for none, ``device_mount`` the mount point of its disk.
    ``look_presets`` are looks by name, ``site_looks`` and ``article_looks`` what a site and, by its
    uid, an article has of its own.
    ``dictionaries`` is the folder of dictionaries, ``""`` for the usual one; those in
    ``dictionaries_off`` are not asked, ``word_address`` is the address of a word on the web (see
    ``reader.lookup.web``), and ``keep_words`` keeps the words that were looked up.
    """

    theme: str = "system"
    font: str = "serif"
    size_pt: float = 13.0
    leading: float = 1.55
    measure: int = 66
    justified: bool = False
    hyphenated: bool = False
    indented: bool = False
    letter_spacing: float = 0.0
    zoom: float = 1.0
    list_size: float = 1.0
    paged: bool = False
    columns: int = 2
    autoscroll: int = 220
    ruler: bool = False
    ruler_lines: int = 3
    margin_notes: bool = True
    sheet: Sheet = Sheet()
    presets: Mapping[str, Sheet] = MappingProxyType({})
    pdf_name: str = "{title}"
    checked_at: str = ""
    window: str = ""
    panes: tuple[int, ...] = ()
    shelf: str = "queue"
    article: int = 0
    tabs: tuple[str, ...] = ()
    sorts: Mapping[str, str] = MappingProxyType({})
    watched: str = ""
    keys: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    vim: bool = False
    uses: Mapping[str, int] = MappingProxyType({})
    statistics: bool = True
    minutes: int = 20
    contents: bool = False
    folded: tuple[str, ...] = ("section:sites", "section:languages")
    trash_days: int = 30
    density: str = "comfortable"
    excerpt: bool = False
    message_seconds: int = 8
    offer_clipboard: bool = True
    download_waiting: bool = True
    backup_limit: int = 0
    backup_place: str = ""
    told_places: tuple[str, ...] = ()
    find_case: bool = False
    find_whole: bool = False
    export_kind: str = "markdown"
    export_places: Mapping[str, str] = MappingProxyType({})
    export_book: bool = True
    export_highlights: bool = True
    device: str = ""
    device_mount: str = ""
    look_presets: Mapping[str, Choices] = MappingProxyType({})
    site_looks: Mapping[str, Choices] = MappingProxyType({})
    article_looks: Mapping[str, Choices] = MappingProxyType({})
    dictionaries: str = ""
    dictionary_order: tuple[str, ...] = ()
    dictionaries_off: tuple[str, ...] = ()
    word_address: str = "https://{language}.wiktionary.org/wiki/{word}"
    keep_words: bool = True


def load(file: Path) -> Settings:
    """Read the settings; missing and invalid values become the defaults.

    Raises SettingsError if the file cannot be read, SettingsDamaged if it is invalid.
    """
    return from_tree(read(file))


def read(file: Path) -> dict[str, Any]:
    """Return the content of a settings file, ``{}`` if there is none; raises as ``load`` does."""
    try:
        state = file.stat()
        data = b""
        if S_ISREG(state.st_mode) and state.st_size <= _LARGEST_BYTES:
            data = file.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(
            f"The settings in {file} could not be read ({os.strerror(error.errno or 0)}); "
            "the defaults are used."
        ) from error
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_int=_integer)
    except (ValueError, RecursionError) as error:
        raise _damaged(file) from error
    if not isinstance(found, dict) or _is_deep(found):
        raise _damaged(file)
    return found


def from_tree(values: Mapping[str, Any]) -> Settings:
    """Return the settings of a file's values; invalid values become the defaults."""
    return Settings(**_sane(_SETTINGS, values))


def sane_sheet(values: object) -> Sheet:
    """Return the sheet of a file's values; invalid values become the defaults."""
    return Sheet(**_sane(_SHEET, values)) if isinstance(values, Mapping) else Sheet()


def to_tree(value: object) -> Any:
    """Return settings, or a part of them, as values for JSON."""
    if isinstance(value, Settings | Sheet):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {name: to_tree(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return [to_tree(inner) for inner in value]
    return str(value) if isinstance(value, StrEnum) else value


def _damaged(file: Path) -> SettingsDamaged:
    return SettingsDamaged(f"The settings in {file} are damaged; the defaults are used.")


def _integer(digits: str) -> float:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else float(digits)


def _is_deep(value: object) -> bool:
    """Return whether a value is nested too deeply."""
    level = [value]
    for _ in range(_DEEPEST):
        inner: list[object] = []
        for each in level:
            if isinstance(each, dict):
                inner += each.values()
            elif isinstance(each, list):
                inner += each
        level = inner
    return bool(level)


# ---- validation: a rule returns a value within its bounds, None if it is invalid


def _sane(rules: Mapping[str, Rule], values: Mapping[str, Any]) -> dict[str, Any]:
    found = {name: rule(values[name]) for name, rule in rules.items() if name in values}
    return {name: value for name, value in found.items() if value is not None}


def _switch(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(least: float, most: float) -> Rule:
    def rule(value: object) -> float | None:
        if not isinstance(value, int | float) or isinstance(value, bool) or value != value:
            return None
        return float(min(max(value, least), most))

    return rule


def _whole(least: int, most: int) -> Rule:
    def rule(value: object) -> int | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        return min(max(value, least), most)

    return rule


def _text(longest: int) -> Rule:
    """Return the rule for a line of text without control characters and lone surrogates."""

    def rule(value: object) -> str | None:
        if not isinstance(value, str) or len(value) > longest:
            return None
        odd = any(sign < " " or sign == "\x7f" or "\ud800" <= sign <= "\udfff" for sign in value)
        return None if odd else value

    return rule


def _one_of(values: Iterable[str]) -> Rule:
    known = {str(value): value for value in values}
    return lambda value: known.get(value) if isinstance(value, str) else None


def _several(rule: Rule, most: int) -> Rule:
    def several(values: object) -> tuple[Any, ...] | None:
        if not isinstance(values, list | tuple):
            return None
        return tuple(x for x in map(rule, values[:most]) if x is not None)

    return several


def _named(rule: Rule, most: int) -> Rule:
    name_of = _text(1000)

    def named(values: object) -> dict[str, Any] | None:
        if not isinstance(values, Mapping):
            return None
        known = {name: rule(values[name]) for name in [*values][:most] if name_of(name)}
        return {name: value for name, value in known.items() if value is not None}

    return named


def sane_choices(values: object) -> dict[str, Any] | None:
    """Return the valid values of a look, None if there is none at all."""
    if not isinstance(values, Mapping):
        return None
    return _sane({name: _SETTINGS[name] for name in LOOK}, values)


def _days_in_trash(value: object) -> int:
    # An invalid value must not delete anything: 0 keeps the trash.
    days = _whole(*TRASH_DAYS_RANGE)(value)
    return days if isinstance(days, int) else 0


_SHEET: Mapping[str, Rule] = {
    "paper": _text(40),
    "landscape": _switch,
    "margin_mm": _number(0.0, 80.0),
    "font": _one_of(TYPEFACES),
    "size_pt": _number(5.0, 40.0),
    "leading": _number(1.0, 3.0),
    "columns": _whole(1, 4),
    "justified": _switch,
    "hyphenated": _switch,
    "finely": _switch,
    "pictures": _switch,
    "grey": _switch,
    "links": _one_of(Links),
    "notes": _one_of(Notes),
    "header": _one_of(Header),
    "footer": _switch,
    "code": _switch,
    "imposition": _one_of(Imposition),
    "run_on": _switch,
    "tagged": _switch,
    "archived": _switch,
    "front": _one_of(Front),
}
_SETTINGS: Mapping[str, Rule] = {
    "theme": _text(100),
    "font": _text(200),
    "size_pt": _number(*SIZE_RANGE),
    "leading": _number(*LEADING_RANGE),
    "measure": _whole(*MEASURE_RANGE),
    "justified": _switch,
    "hyphenated": _switch,
    "indented": _switch,
    "letter_spacing": _number(*LETTER_SPACING_RANGE),
    "zoom": _number(*ZOOM_RANGE),
    "list_size": _number(*LIST_SIZE_RANGE),
    "paged": _switch,
    "columns": _whole(1, 2),
    "autoscroll": _whole(*AUTOSCROLL_RANGE),
    "ruler": _switch,
    "ruler_lines": _whole(*RULER_RANGE),
    "margin_notes": _switch,
    "sheet": sane_sheet,
    "presets": _named(sane_sheet, 1000),
    "pdf_name": _text(500),
    "checked_at": _text(40),
    "window": _text(4000),
    "panes": _several(_whole(0, 20_000), 10),
    "shelf": _text(1000),
    "article": _whole(0, 2**63 - 1),
    "tabs": _several(_text(64), MOST_TABS),
    "sorts": _named(_text(40), 10_000),
    "watched": _text(4096),
    "keys": _named(_several(_text(100), 10), 1000),
    "vim": _switch,
    "uses": _named(_whole(0, 10**9), 10_000),
    "statistics": _switch,
    "minutes": _whole(*MINUTES_RANGE),
    "contents": _switch,
    "folded": _several(_text(1000), 10_000),
    "told_places": _several(_text(5000), 200),
    "trash_days": _days_in_trash,
    "density": _one_of(("comfortable", "compact")),
    "excerpt": _switch,
    "message_seconds": _whole(*MESSAGE_SECONDS_RANGE),
    "offer_clipboard": _switch,
    "download_waiting": _switch,
    "backup_limit": _whole(*BACKUP_LIMIT_RANGE),
    "backup_place": _text(4096),
    "find_case": _switch,
    "find_whole": _switch,
    "export_kind": _text(40),
    "export_places": _named(_text(4096), 100),
    "export_book": _switch,
    "export_highlights": _switch,
    "device": _text(4096),
    "device_mount": _text(4096),
    "look_presets": _named(sane_choices, MOST_PRESETS),
    "site_looks": _named(sane_choices, MOST_LOOKS),
    "article_looks": _named(sane_choices, MOST_LOOKS),
    "dictionaries": _text(4096),
    "dictionary_order": _several(_text(300), 1000),
    "dictionaries_off": _several(_text(300), 1000),
    "word_address": _text(1000),
    "keep_words": _switch,
}
