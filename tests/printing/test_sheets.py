"""Sheets: sizes, looks, presets."""

import pytest
from PySide6.QtGui import QPageSize

from reader import themes
from reader.model import Look
from reader.printing.sheets import PAPERS, PRESETS, area_mm, look_of, page_mm, paper_mm, sheet_mm
from reader.settings import sane_sheet
from reader.sheet import Header, Imposition, Links, Sheet


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


def test_only_underlined_links_look_like_links_and_none_is_coloured() -> None:
    for links in Links:
        look = look_of(Sheet(links=links))
        assert look.underlined is (links is Links.UNDERLINED)
        assert look.theme.link == look.theme.text


def test_what_makes_no_sense_in_a_file_is_the_default() -> None:
    assert sane_sheet(None) == Sheet()
    assert sane_sheet({"columns": True, "links": "x", "size_pt": "big", "grey": 1}) == Sheet()
    odd = sane_sheet({"columns": 99, "size_pt": 1e9, "links": "numbered", "margin_mm": -4})
    assert (odd.columns, odd.size_pt, odd.links, odd.margin_mm) == (4, 40, Links.NUMBERED, 0)


def test_named_papers_are_as_large_as_qt_knows_them() -> None:
    for name, (wide, high) in PAPERS.items():
        known = QPageSize(getattr(QPageSize.PageSizeId, name)).size(QPageSize.Unit.Millimeter)
        assert (wide, high) == pytest.approx((known.width(), known.height()), abs=0.05)


@pytest.mark.parametrize(
    ("paper", "size"),
    [
        ("50x1200", (50, 1200)), ("1200*50", (1200, 50)), ("99.5X100.25mm", (99.5, 100.25)),
        ("49.9x100", None), ("100x49.9", None), ("1200.5x100", None), ("100x1200.5", None),
        (" legal ", (215.9, 355.6)),
    ],
)  # fmt: skip
def test_papers_have_bounds(paper: str, size: tuple[float, float] | None) -> None:
    assert paper_mm(paper) == size


def test_a_paper_nobody_knows_is_a4() -> None:
    assert sheet_mm(Sheet(paper="papyrus")) == (210, 297)


@pytest.mark.parametrize(
    ("sheet", "on_sheet", "on_page"),
    [
        (Sheet("A5"), (148, 210), (148, 210)),
        (Sheet("200x100", landscape=True), (100, 200), (100, 200)),
        (Sheet("200x100"), (200, 100), (200, 100)),
        (Sheet("A5", imposition=Imposition.TWO_UP), (210, 148), (148, 210)),
        (Sheet("A5", landscape=True, imposition=Imposition.TWO_UP), (210, 148), (148, 210)),
        (Sheet("200x100", imposition=Imposition.FOLDED), (200, 100), (100, 100)),
    ],
)
def test_two_pages_on_a_sheet_make_it_lie(
    sheet: Sheet, on_sheet: tuple[float, float], on_page: tuple[float, float]
) -> None:
    assert (sheet_mm(sheet), page_mm(sheet)) == (on_sheet, on_page)


_EM_MM = 10 / 72 * 25.4
"""The size of type of ten points."""


@pytest.mark.parametrize(
    ("sheet", "area"),
    [
        (Sheet(size_pt=10), (39.74, 27, 130.53, 243, 1)),
        (Sheet(size_pt=10, header=Header.NONE), (39.74, 20, 130.53, 250, 1)),
        (Sheet(size_pt=10, header=Header.SECTION, footer=False), (39.74, 27, 130.53, 250, 1)),
        (Sheet(size_pt=10, margin_mm=90, footer=False), (52.5, 59.5, 105, 185, 1)),
        (Sheet("A5", landscape=True, size_pt=10, margin_mm=90), (39.74, 44, 130.53, 60, 1)),
        (Sheet(size_pt=10, columns=3), (20, 27, 170, 243, 3)),
    ],
)
def test_margins_and_edges_leave_the_text_area(
    sheet: Sheet, area: tuple[float, float, float, float, int]
) -> None:
    found = area_mm(sheet)
    assert found == pytest.approx((*area, 1.8 * _EM_MM), abs=0.01)
    columns = area[4]
    assert found.column * columns + 1.8 * _EM_MM * (columns - 1) == pytest.approx(area[2], abs=0.01)


@pytest.mark.parametrize(("width", "columns"), [(1.9, 1), (2.1, 2), (2.9, 2), (3.1, 3), (9, 4)])
def test_a_column_has_room_for_a_dozen_letters(width: float, columns: int) -> None:
    sheet = Sheet(f"{width * 12 * _EM_MM / 2 + 20:.3f}x200", size_pt=10, columns=4, margin_mm=10)
    assert area_mm(sheet).columns == columns


def test_a_look_has_the_type_of_its_sheet_and_the_measure_of_its_columns() -> None:
    sheet = Sheet(font="sans", size_pt=10, leading=1.3, columns=2, justified=True)
    letters = (170 - 1.8 * _EM_MM) / 2 / (_EM_MM / 2)
    paper = themes.theme("paper")._replace(link=themes.theme("paper").text)
    assert look_of(sheet) == Look(
        paper, "sans", 10, 1.3, int(letters), justified=True, underlined=True, grey=False
    )
    narrow = look_of(Sheet("50x100", size_pt=40))
    assert (narrow.measure, narrow.justified) == (12, False)


def test_grey_is_as_light_as_the_colour_and_panels_are_white() -> None:
    colour, grey = (look_of(Sheet(grey=each)).theme._asdict() for each in (False, True))
    same = ("name", "title", "dark", "page")
    white = ("panel", "stripe")
    for all in (colour, grey):
        all.update(all.pop("highlights"))
    for name in {*colour} - {*same, *white, "code"}:
        red, green, blue = bytes.fromhex(colour[name][1:])
        light = round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
        assert grey[name] == f"#{light:02x}{light:02x}{light:02x}", name
    assert [grey[name] for name in same] == [colour[name] for name in same]
    assert {grey[name] for name in white} == {grey["page"]} == {"#ffffff"}
    assert grey["code"].keys() == colour["code"].keys()
    assert {*grey["code"].values()} == {grey["text"]}


def test_a_preset_that_people_chose_stays_what_it_was() -> None:
    usual = Sheet()._asdict()
    told = {
        name: " ".join(
            f"{field}={value}" for field, value in sheet._asdict().items() if value != usual[field]
        )
        for name, sheet in PRESETS.items()
    }
    assert told == {
        "Article": "",
        "Newspaper": "margin_mm=16.0 size_pt=9.0 leading=1.34 columns=2 justified=True "
        "hyphenated=True finely=True run_on=True front=newspaper",
        "Magazine": "margin_mm=18.0 size_pt=9.5 leading=1.4 columns=2 justified=True "
        "hyphenated=True finely=True front=magazine",
        "Large print": "margin_mm=18.0 size_pt=18.0 leading=1.5",
        "Save ink": "margin_mm=14.0 size_pt=9.5 leading=1.3 columns=2 hyphenated=True "
        "pictures=False grey=True links=plain run_on=True",
        "Booklet to fold": "margin_mm=13.0 size_pt=9.5 justified=True hyphenated=True finely=True "
        "links=plain imposition=folded",
        "For the files": "links=numbered header=section code=True",
    }
    assert " ".join(map(str, Sheet())) == (
        "A4 False 20.0 serif 11.0 1.42 1 False False False True False underlined foot title True "
        "False single False False False contents"
    )


@pytest.mark.parametrize("paper", ["A4", "Letter", "Legal", "420x297"])
@pytest.mark.parametrize("columns", [1, 2])
def test_lines_are_never_too_long_to_read_with_ease(paper: str, columns: int) -> None:
    sheet = Sheet(paper, columns=columns)
    area, (wide, _) = area_mm(sheet), page_mm(sheet)
    em_mm = sheet.size_pt * 25.4 / 72
    letters = area.column / (0.487 * em_mm)  # the average of Literata with spaces
    assert letters <= 76.5
    assert area.left == pytest.approx((wide - area.width) / 2), "it stands in the middle"
    if columns == 1:
        assert letters > 66
