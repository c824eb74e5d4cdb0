"""Sheets: sizes, looks, presets."""

import pytest

from reader.printing.sheets import PRESETS, area_mm, look_of, page_mm, paper_mm, sheet_mm
from reader.settings import sane_sheet
from reader.sheet import Imposition, Links, Sheet


def test_papers_are_names_or_millimetres() -> None:
    assert paper_mm("a4") == (210, 297)
    assert paper_mm("148x210") == paper_mm(" 148.0 × 210 mm ") == (148, 210)
    for wrong in ("", "A", "10x10", "9999x100", "a4x", "-5x100", "1e3x100"):
        assert paper_mm(wrong) is None


def test_pages_fit_their_sheets() -> None:
    assert page_mm(Sheet()) == (210, 297)
    assert page_mm(Sheet(landscape=True)) == (297, 210)
    folded = Sheet(imposition=Imposition.FOLDED)
    assert sheet_mm(folded) == (297, 210)
    assert page_mm(folded) == (148.5, 210)
    assert page_mm(Sheet(imposition=Imposition.TWO_UP)) == (210, 297)


@pytest.mark.parametrize("name", [*PRESETS])
def test_presets_leave_room_for_text(name: str) -> None:
    area = area_mm(PRESETS[name])
    assert area.column > 40
    assert area.height > 120


def test_absurd_sheets_still_have_room() -> None:
    for sheet in (Sheet(margin_mm=80, paper="60x60"), Sheet(columns=4, size_pt=40, paper="A5")):
        area = area_mm(sheet)
        assert area.column > 8
        assert area.height > 8


def test_grey_has_no_colour() -> None:
    theme = look_of(Sheet(grey=True)).theme
    colours = [theme.text, theme.link, theme.mark, theme.quote, *theme.code.values()]
    assert all(c[1:3] == c[3:5] == c[5:7] for c in colours)
    assert look_of(Sheet(grey=True)).grey


def test_only_underlined_links_look_like_links() -> None:
    assert look_of(Sheet()).underlined
    for links in (Links.PLAIN, Links.NUMBERED):
        look = look_of(Sheet(links=links))
        assert not look.underlined
        assert look.theme.link == look.theme.text


def test_what_makes_no_sense_in_a_file_is_the_default() -> None:
    assert sane_sheet(None) == Sheet()
    assert sane_sheet({"columns": True, "links": "x", "size_pt": "big", "grey": 1}) == Sheet()
    odd = sane_sheet({"columns": 99, "size_pt": 1e9, "links": "numbered", "margin_mm": -4})
    assert (odd.columns, odd.size_pt, odd.links, odd.margin_mm) == (4, 40, Links.NUMBERED, 0)
