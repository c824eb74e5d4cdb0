"""The bundled typefaces are there, and text is set as its author wrote it."""

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF

from reader.document.fonts import FONTS, family, font, installed, load_fonts, metrics
from reader.sheet import TYPEFACES


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("serif", "Literata"), ("sans", "Inter"), ("mono", "JetBrains Mono"),
        ("legible", "Atkinson Hyperlegible Next"),
    ],
)  # fmt: skip
def test_a_look_names_a_family(name: str, family: str) -> None:
    load_fonts()
    made = font(name, 11.5)
    first, *others = made.families()
    assert (first, made.pointSizeF()) == (family, 11.5)
    assert [each for each in others if each != "Inter"] == [
        "Noto Serif CJK SC", "Noto Sans CJK SC", "Songti SC", "SimSun", "Noto Naskh Arabic",
        "Noto Serif Hebrew", "Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji",
    ], "the names by which the systems know them"  # fmt: skip
    assert ("Inter" in others) is (name == "legible"), "its letters are few"
    assert family in QFontDatabase.families()
    assert QFontInfo(made).family() == family


def test_every_bundled_typeface_can_be_chosen() -> None:
    assert [name for _, name in FONTS] == [*TYPEFACES]
    for name in TYPEFACES:
        for bold in (False, True):
            made = font(name, 20)
            made.setBold(bold)
            assert QFontInfo(made).bold() is bold


def test_a_family_that_is_gone_is_serif_and_measured_as_such() -> None:
    load_fonts()
    for gone in ("Gone", "", "[", "\u202e", "x" * 200):
        assert family(gone) == "Literata"
        assert font(gone, 11) == font("serif", 11)
        assert metrics(gone).horizontalAdvance("Ham") == metrics("serif").horizontalAdvance("Ham")


def test_an_installed_family_works_by_its_name_and_lends_letters_of_the_serif() -> None:
    load_fonts()
    names = installed()
    assert sorted({*names}, key=str.casefold) == names
    assert not {"Literata", "Inter", "Inter SemiBold", "JetBrains Mono"} & {*names}
    for name in names[:3]:
        assert font(name, 11).families()[:2] == [name, "Literata"]


def test_families_of_signs_are_not_for_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    system = QFontDatabase.WritingSystem
    known = {
        "Georgia": [system.Latin, system.Greek], "Georgia [urw]": [system.Latin],
        "Noto Color Emoji": [system.Latin], "Standard Symbols PS": [system.Latin, system.Symbol],
        "D050000L": [system.Symbol], "Nothing": [], "Sans Serif": [system.Latin],
        ".Hidden": [system.Latin], "Fixed": [system.Latin], "Amiri": [system.Arabic],
        "Webby": [system.Latin, system.Greek, system.Symbol],
    }  # fmt: skip
    monkeypatch.setattr(QFontDatabase, "families", lambda: [*known])
    monkeypatch.setattr(QFontDatabase, "writingSystems", known.__getitem__)
    monkeypatch.setattr(QFontDatabase, "isScalable", lambda name: name != "Fixed")
    assert installed() == ["Amiri", "Georgia", "Webby"]


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
