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


def font(name: str, size_pt: float, *, ligatures: bool = True) -> QFont:
    """Return a font with what to take where it lacks a letter.

    A PDF knows a ligature by its own sign, so that words with one are not found in it.
    """
    made = QFont([family(name), *_FALLBACKS])
    made.setPointSizeF(size_pt)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if not ligatures:
        for feature in ("liga", "clig", "dlig"):
            made.setFeature(QFont.Tag(feature), 0)
    return made
