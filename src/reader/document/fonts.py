"""The typefaces: bundled ones, so that pages look the same everywhere, and installed ones."""

import re
from collections.abc import Sequence
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QTextLayout

from reader.document.scripts import script_of
from reader.resources import resource

SERIF = "Literata"
SANS = "Inter"
MONO = "JetBrains Mono"
LEGIBLE = "Atkinson Hyperlegible Next"

FONTS = (("Serif", "serif"), ("Sans", "sans"), ("Hyperlegible", "legible"), ("Mono", "mono"))
"""The bundled typefaces to choose from: title and name."""

MEASURED_AT = 100
"""The size in pixels of ``metrics``: large, since widths in print have no fixed grid."""

_BUNDLED = {"serif": SERIF, "sans": SANS, "legible": LEGIBLE, "mono": MONO}
_LARGE_PT = 100
_RARE = "AtkinsonHyperlegibleNext-"  # registered when it is wanted, so that starts are quick
_FALLBACKS = (
    "Noto Serif CJK SC", "Noto Sans CJK SC", "Songti SC", "SimSun", "Noto Naskh Arabic",
    "Noto Serif Hebrew", "Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji",
)  # fmt: skip

_CONTEXTUAL = QFont.Tag("calt")

_FOUNDRY = re.compile(r" \[[^]]*\]$")
_NAMES_OF_OTHERS = frozenset(("serif", "sans", "sans serif", "monospace", "cursive", "fantasy"))
_OF_SIGNS = re.compile("emoji|symbol|dingbat|icon|math|music|webdings|wingdings|braille", re.I)
_MOST_FAMILIES = 5_000


@cache
def load_fonts() -> None:
    """Register the bundled families with Qt, once."""
    _register(rare=False)


@cache
def _load_rare_fonts() -> None:
    _register(rare=True)


def _register(*, rare: bool) -> None:
    for file in sorted(resource("fonts").glob("*.ttf")):
        if file.name.startswith(_RARE) is rare:
            QFontDatabase.addApplicationFont(str(file))


def family(name: str) -> str:
    """Return the family of a bundled typeface, or an installed one; of one that is gone, serif."""
    if name == "legible":
        _load_rare_fonts()
    if name in _BUNDLED:
        return _BUNDLED[name]
    return name if QFontDatabase.hasFamily(name) else SERIF


def installed() -> Sequence[str]:
    """Return the installed families that are fit for reading, without the bundled ones."""
    names = QFontDatabase.families()[:_MOST_FAMILIES]
    fit = {_FOUNDRY.sub("", name) for name in names if _is_fit(name)}
    return sorted(fit, key=str.casefold)


def _is_fit(name: str) -> bool:
    """Return whether a family has letters of any size, and is no name for several families."""
    if name.startswith((".", *_BUNDLED.values())) or name.casefold() in _NAMES_OF_OTHERS:
        return False
    if _OF_SIGNS.search(name) or not QFontDatabase.isScalable(name):
        return False
    systems = {*QFontDatabase.writingSystems(name)}
    of_signs = {QFontDatabase.WritingSystem.Symbol, QFontDatabase.WritingSystem.Latin}
    has_signs = QFontDatabase.WritingSystem.Symbol in systems
    return bool(systems) and not (has_signs and systems <= of_signs)


def font(name: str, size_pt: float, *, on_paper: bool = False, language: str = "") -> QFont:
    """Return a font with fallbacks for missing letters, those of the language first.

    Contextual forms are off, so that "->" and "!=" stay as written and can be found in a PDF. On
    paper letters are placed on whole dots, which is invisible at 1200 dpi and makes files smaller.
    """
    own = family(name)
    others = {SERIF: (), SANS: (), MONO: (), LEGIBLE: (SANS,)}.get(own, (SERIF,))
    script = script_of(language)
    letters = script.serif + script.sans if name == "serif" else script.sans + script.serif
    new_font = QFont([*dict.fromkeys((own, *others, *letters, *_FALLBACKS))])
    new_font.setPointSizeF(size_pt)
    hinting = QFont.HintingPreference
    new_font.setHintingPreference(
        hinting.PreferFullHinting if on_paper else hinting.PreferNoHinting
    )
    new_font.setFeature(_CONTEXTUAL, 0)
    return new_font


@cache
def natural_leading(name: str, language: str = "") -> float:
    """Return the height of a line of a typeface as a multiple of its size.

    A line is as high as its highest letters, those of other scripts have other families.
    """
    load_fonts()
    measured = font(name, _LARGE_PT, language=language)
    high = QFontMetricsF(measured).height()
    if sample := script_of(language).sample:
        layout = QTextLayout(sample, measured)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(100 * _LARGE_PT)
        high = line.height()
        layout.endLayout()
    return high / (_LARGE_PT * 96 / 72)


@cache
def metrics(name: str, *, bold: bool = False, italic: bool = False) -> QFontMetricsF:
    """Return the metrics of a font at ``MEASURED_AT`` pixels."""
    load_fonts()  # or another font would be measured, for good
    measuring = font(name, 12)
    measuring.setPixelSize(MEASURED_AT)
    measuring.setBold(bold)
    measuring.setItalic(italic)
    return QFontMetricsF(measuring)
