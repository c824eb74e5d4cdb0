"""The bundled typefaces, so that a page looks the same on every computer."""

from PySide6.QtGui import QFont, QFontDatabase

from reader.resources import resource

SERIF = "Literata"
SANS = "Inter"
MONO = "JetBrains Mono"

_FALLBACKS = (
    "Noto Serif CJK SC", "Noto Sans CJK SC", "Songti SC", "SimSun", "Noto Naskh Arabic",
    "Noto Serif Hebrew", "Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji",
)  # fmt: skip

_CONTEXTUAL = QFont.Tag("calt")

_loaded = False


def load_fonts() -> None:
    """Make the bundled families known to Qt; the second call does nothing."""
    global _loaded
    if not _loaded:
        for file in sorted(resource("fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
        _loaded = True


def family(name: str) -> str:
    """Return the family a look means by ``serif``, ``sans``, ``mono`` or its own name."""
    return {"serif": SERIF, "sans": SANS, "mono": MONO}.get(name, name)


def font(name: str, size_pt: float, *, on_paper: bool = False) -> QFont:
    """Return a font with what to take where it lacks a letter.

    "->" and "!=" stay what the author wrote: contextual forms would show other signs, and a
    PDF would not know them. On paper letters stand on whole dots, which at 1200 dpi nobody
    sees and which makes the files smaller.
    """
    made = QFont([family(name), *_FALLBACKS])
    made.setPointSizeF(size_pt)
    hinting = QFont.HintingPreference
    made.setHintingPreference(hinting.PreferFullHinting if on_paper else hinting.PreferNoHinting)
    made.setFeature(_CONTEXTUAL, 0)
    return made
