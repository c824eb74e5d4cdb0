"""The bundled typefaces, so that pages look the same on every computer."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from reader.resources import resource

SERIF = "Literata"
SANS = "Inter"
MONO = "JetBrains Mono"

FONTS = (("Serif", "serif"), ("Sans", "sans"))
"""The typefaces to choose from: title and name."""

MEASURED_AT = 100
"""The size in pixels of ``metrics``: large, since widths in print have no fixed grid."""

_FALLBACKS = (
    "Noto Serif CJK SC", "Noto Sans CJK SC", "Songti SC", "SimSun", "Noto Naskh Arabic",
    "Noto Serif Hebrew", "Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji",
)  # fmt: skip

_CONTEXTUAL = QFont.Tag("calt")

_loaded = False


def load_fonts() -> None:
    """Register the bundled families with Qt, once."""
    global _loaded
    if not _loaded:
        for file in sorted(resource("fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
        _loaded = True


def family(name: str) -> str:
    """Return the family that a look calls ``serif``, ``sans``, ``mono`` or by its own name."""
    return {"serif": SERIF, "sans": SANS, "mono": MONO}.get(name, name)


def font(name: str, size_pt: float, *, on_paper: bool = False) -> QFont:
    """Return a font with fallbacks for missing letters.

    Contextual forms are off, so that "->" and "!=" stay as written and can be found in a PDF. On
    paper letters are placed on whole dots, which is invisible at 1200 dpi and makes files smaller.
    """
    new_font = QFont([family(name), *_FALLBACKS])
    new_font.setPointSizeF(size_pt)
    hinting = QFont.HintingPreference
    new_font.setHintingPreference(
        hinting.PreferFullHinting if on_paper else hinting.PreferNoHinting
    )
    new_font.setFeature(_CONTEXTUAL, 0)
    return new_font


@cache
def metrics(name: str, *, bold: bool = False, italic: bool = False) -> QFontMetricsF:
    """Return the metrics of a font at ``MEASURED_AT`` pixels."""
    load_fonts()  # or another font would be measured, for good
    measuring = font(name, 12)
    measuring.setPixelSize(MEASURED_AT)
    measuring.setBold(bold)
    measuring.setItalic(italic)
    return QFontMetricsF(measuring)
