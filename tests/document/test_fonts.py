"""The bundled typefaces are there, and text is set as its author wrote it."""

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF

from reader.document.fonts import font, load_fonts


@pytest.mark.parametrize(
    ("name", "family"),
    [("serif", "Literata"), ("sans", "Inter"), ("mono", "JetBrains Mono"), ("Own", "Own")],
)
def test_a_look_names_a_family(name: str, family: str) -> None:
    load_fonts()
    made = font(name, 11.5)
    first, *others = made.families()
    assert (first, made.pointSizeF()) == (family, 11.5)
    assert others == [
        "Noto Serif CJK SC", "Noto Sans CJK SC", "Songti SC", "SimSun", "Noto Naskh Arabic",
        "Noto Serif Hebrew", "Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji",
    ], "the names by which the systems know them"  # fmt: skip
    if name != "Own":
        assert family in QFontDatabase.families()
        assert QFontInfo(made).family() == family


def test_letters_stand_on_whole_dots_on_paper_alone() -> None:
    hinting = QFont.HintingPreference
    assert font("serif", 11).hintingPreference() is hinting.PreferNoHinting
    assert font("serif", 11, on_paper=True).hintingPreference() is hinting.PreferFullHinting


def test_signs_stay_what_the_author_wrote() -> None:
    tag = QFont.Tag("calt")
    assert font("mono", 11).isFeatureSet(tag)
    assert font("mono", 11).featureValue(tag) == 0
    metrics = QFontMetricsF(font("mono", 100))
    assert metrics.horizontalAdvance("->") == pytest.approx(2 * metrics.horizontalAdvance("-"))


def test_fonts_are_loaded_once() -> None:
    load_fonts()
    before = QFontDatabase.families()
    load_fonts()
    assert QFontDatabase.families() == before
    assert QFontDatabase.addApplicationFontFromData(b"") == -1
