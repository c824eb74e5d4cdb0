"""The pages of the settings window as data: a new setting is one more row here.

A row names its field of ``Settings``; screen readers use its label and description too.
``STATE`` lists the fields that the program keeps by itself, so that no setting is forgotten.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from reader import themes
from reader.document.fonts import FONTS
from reader.errors import SettingsError
from reader.lookup.web import check_address
from reader.printing.names import FIELDS, check_template
from reader.settings import (
    AUTOSCROLL_RANGE,
    BACKUP_LIMIT_RANGE,
    LEADING_RANGE,
    LETTER_SPACING_RANGE,
    LIST_SIZE_RANGE,
    MEASURE_RANGE,
    MESSAGE_SECONDS_RANGE,
    MINUTES_RANGE,
    RULER_RANGE,
    SIZE_RANGE,
    TRASH_DAYS_RANGE,
    ZOOM_RANGE,
)

Choice = tuple[str, Any]


class OnOff(NamedTuple):
    """A switch."""


class OneOf(NamedTuple):
    """Some choices, each a text and a value: a list to open, or segments side by side."""

    choices: Callable[[], Sequence[Choice]]
    side_by_side: bool = False


class Number(NamedTuple):
    """A number; it is shown multiplied by ``factor``, as a percentage.

    ``least`` is shown in place of the least number, ``""`` for that itself.
    """

    limits: tuple[float, float]
    step: float = 1
    unit: str = ""
    factor: float = 1
    whole: bool = False
    least: str = ""


class Line(NamedTuple):
    """A line of text; ``check`` raises a ReaderError that explains a mistake."""

    check: Callable[[str], None]


class Folder(NamedTuple):
    """A folder, or none; the action chooses one, and gives it up."""

    action: str


class Deeds(NamedTuple):
    """Buttons, each with its text and the id of its deed."""

    buttons: tuple[tuple[str, str], ...]


class Part(NamedTuple):
    """A part of its own, by its name; ``wide`` ones stand below their label."""

    name: str
    wide: bool = False


Control = OnOff | OneOf | Number | Line | Folder | Deeds | Part


class Row(NamedTuple):
    """A line of a page; ``field`` is ``""`` if it only offers something to do.

    Its control also shows the fields in ``also``.
    """

    field: str
    label: str
    description: str
    control: Control
    also: tuple[str, ...] = ()


class Page(NamedTuple):
    """A page with its rows; ``icon`` stands before its title in the list of pages."""

    title: str
    icon: str
    rows: tuple[Row, ...]


def _themes() -> list[Choice]:
    choices: list[Choice] = [("As the system", "system")]
    for name in themes.names():
        try:
            choices.append((themes.theme(name).title, name))
        except SettingsError:
            choices.append((f"{name} (cannot be read)", name))
    return choices


_NETWORK = (
    "Saving an address fetches its page and its pictures from its site, and at most once in 30 "
    "days the icon of the site. What could not be reached is tried again later. Download Again and "
    "Fetch Missing Pictures fetch them once more. Only if you ask for it, the Internet Archive is "
    "sent the address of an article. Open Original and links leave it to your browser. Nothing "
    "else is sent: no account, no reports, no look for updates."
)

_KEPT = (
    "All copies of the last two days are kept, then the last of each day for 12 days, of each week "
    "for 10 weeks and of each month for 9 months, as far as there is room. The newest one always "
    "stays."
)

PAGES = (
    Page(
        "General",
        "settings",
        (
            Row("theme", "Theme", "Colours of the page and the window", OneOf(_themes)),
            Row(
                "list_size", "Text of the list", "Size of the titles and details",
                Number(LIST_SIZE_RANGE, 5, " %", 100),
            ),
            Row(
                "density", "Rows of the list", "Compact rows have one line",
                OneOf(lambda: (("Comfortable", "comfortable"), ("Compact", "compact")), True),
            ),
            Row("excerpt", "Show an excerpt", "Two lines of the text below the title", OnOff()),
            Row(
                "offer_clipboard", "Offer the clipboard",
                "Add shows an address that was copied; the clipboard is read only then", OnOff(),
            ),
            Row(
                "message_seconds", "Messages stay", "0 keeps them until you close them",
                Number(MESSAGE_SECONDS_RANGE, 1, " s", whole=True),
            ),
            Row(
                "minutes", "Length of a session", "Minutes to read that are suggested",
                Number(MINUTES_RANGE, 5, " min", whole=True),
            ),
        ),
    ),
    Page(
        "Reading",
        "book",
        (
            Row("font", "Typeface", "Letters of the articles", OneOf(lambda: FONTS, True)),
            Row(
                "size_pt", "Size", "Size of the letters, before zooming",
                Number(SIZE_RANGE, 0.5, " pt"),
            ),
            Row("leading", "Line height", "As a multiple of the size", Number(LEADING_RANGE, 0.05)),
            Row(
                "measure", "Width of the column", "Average letters in a line",
                Number(MEASURE_RANGE, 2, whole=True),
            ),
            Row("justified", "Justified", "Lines are equally long", OnOff()),
            Row("hyphenated", "Hyphens", "Long words are divided at the ends of lines", OnOff()),
            Row(
                "indented", "Paragraphs", "How one begins after another",
                OneOf(lambda: (("Spaced", False), ("Indented", True)), True),
            ),
            Row(
                "letter_spacing", "Letter spacing", "As a share of the size",
                Number(LETTER_SPACING_RANGE, 1, " %", 100),
            ),
            Row(
                "", "While you read", "Themes, presets, and looks for single sites or articles",
                Deeds((("Text and Theme…", "look.panel"),)),
            ),
            Row("paged", "Turn pages", "Instead of scrolling", OnOff()),
            Row(
                "columns", "Columns", "Of a page that is turned, if the window is wide enough",
                OneOf(lambda: (("One", 1), ("Two", 2)), True),
            ),
            Row(
                "autoscroll", "Scrolling by itself", "Its speed in words a minute",
                Number(AUTOSCROLL_RANGE, 10, whole=True),
            ),
            Row("ruler", "Reading ruler", "Dims all but some lines", OnOff()),
            Row(
                "ruler_lines", "Lines of the ruler", "They follow the pointer, Up and Down",
                Number(RULER_RANGE, 2, whole=True),
            ),
            Row(
                "margin_notes", "Notes in the margin", "Footnotes beside a text, if there is room",
                OnOff(),
            ),
            Row("zoom", "Zoom", "Letters and pictures together", Number(ZOOM_RANGE, 10, " %", 100)),
        ),
    ),
    Page(
        "Words",
        "find",
        (
            Row(
                "dictionaries", "Dictionaries",
                "Files of StarDict (.ifo) or dictd (.index) in a folder; FreeDict, Wiktionary and "
                "others offer them. They are asked in this order",
                Part("dictionaries", wide=True), also=("dictionary_order", "dictionaries_off"),
            ),
            Row(
                "word_address", "Address on the web",
                "For Look Up on the Web; {word} stands for the word, {language} for its language",
                Line(check_address),
            ),
            Row(
                "keep_words", "Keep looked-up words",
                "With their sentences, in the library; see Vocabulary", OnOff(),
            ),
        ),
    ),
    Page(
        "Library",
        "folder",
        (
            Row("", "Place", "", Part("place", wide=True)),
            Row("", "Size", "What the library takes on the disk", Part("size")),
            Row(
                "watched", "Watched folder", "Files that are saved there are added by themselves",
                Folder("add.watch_folder"),
            ),
            Row(
                "device", "Reader device",
                "A folder, or an e-reader that is plugged in; articles are sent there as EPUB",
                Part("device", wide=True),
            ),
            Row(
                "trash_days", "Keep the trash",
                "Articles in it are deleted for good after so many days; 0 keeps them",
                Number(TRASH_DAYS_RANGE, 5, " days", whole=True),
            ),
            Row(
                "", "Trash", "Delete for good what is in it now",
                Deeds((("Empty Trash…", "trash.empty"),)),
            ),
            Row(
                "", "Duplicates", "Articles that were saved twice",
                Deeds((("Find Duplicates…", "duplicates.find"),)),
            ),
            Row(
                "", "Health", "Reads all of the library and looks for damage",
                Deeds((("Check Library", "library.check"),)),
            ),
        ),
    ),
    Page(
        "Backups",
        "copy",
        (
            Row(
                "", "Copies", "Made by themselves after changes, at most every half hour, while "
                "nobody types or scrolls; and before much is changed or deleted",
                Deeds((("Back Up Now", "backups.now"), ("Backups…", "backups.show"))),
            ),
            Row(
                "backup_limit", "Room for copies",
                "Automatic is 2 GB, or four times the library; the oldest copies go first",
                Number(BACKUP_LIMIT_RANGE, 500, " MB", whole=True, least="Automatic"),
            ),
            Row(
                "backup_place", "Second place",
                "A folder on another disk, or one that is synchronized; copies go there, too",
                Part("second_place", wide=True),
            ),
            Row("", "What is kept", _KEPT, Deeds(())),
        ),
    ),
    Page(
        "Network",
        "site",
        (
            Row("", "What asks the network, and when", _NETWORK, Deeds(())),
            Row(
                "download_waiting", "Download what is waiting",
                "Articles without a text are asked for at the start, and now and then", OnOff(),
            ),
            Row(
                "", "Rules for sites", "What is removed from the pages of a site, or always kept",
                Deeds((("Rules for Sites…", "cleanup.open_rules"),)),
            ),
        ),
    ),
    Page(
        "Keys",
        "keyboard",
        (
            Row(
                "vim", "Keys of vim", "O reads, G G and Shift+G go to the ends, too", OnOff(),
            ),
            Row("keys", "Keys of the actions", "", Part("keys", wide=True), also=("vim",)),
        ),
    ),
    Page(
        "Statistics",
        "chart",
        (
            Row(
                "statistics", "Keep statistics",
                "When, how long and how far you read; it stays in the library", OnOff(),
            ),
            Row(
                "", "Read them", "Minutes, days and sites",
                Deeds((("Show Statistics", "statistics.toggle"),)),
            ),
            Row(
                "", "Recorded until now", "Your articles stay as they are",
                Deeds((("Delete the Record…", "statistics.clear"),)),
            ),
        ),
    ),
    Page(
        "Advanced",
        "advanced",
        (
            Row(
                "pdf_name", "Names of PDF files",
                "May contain " + ", ".join(f"{{{name}}}" for name in FIELDS),
                Line(check_template),
            ),
            Row("presets", "Presets of the print window", "Your own ones", Part("presets")),
            Row(
                "", "Own themes", "Files in the folder of the settings; a copy of one is a start",
                Deeds((("Open Folder", "settings.folder"),)),
            ),
        ),
    ),
)  # fmt: skip

STATE = frozenset(
    {
        "sheet",  # what the print window was left with
        "checked_at",
        "window",
        "panes",
        "shelf",
        "article",
        "tabs",
        "sorts",
        "uses",
        "contents",
        "find_case",  # chosen in the find bar
        "find_whole",
        "folded",
        "told_places",
        "dictionary_order",  # shown with the folder of the dictionaries
        "dictionaries_off",
        "export_kind",  # what the export window was left with
        "export_places",
        "export_book",
        "export_highlights",
        "device_mount",  # goes with the device
        "look_presets",  # chosen and saved in the panel for text and theme
        "site_looks",
        "article_looks",
    }
)
"""Fields that the program keeps by itself, and that no page shows."""


def fields(page: Page) -> list[str]:
    """Return the fields of the settings that a page shows."""
    return [row.field for row in page.rows if row.field]
