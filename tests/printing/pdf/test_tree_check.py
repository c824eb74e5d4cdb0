"""Every element of a rich article follows the rules, and every rule tells what breaks it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from tests.document.specimen import SPECIMEN
from tests.printing.conftest import MakeArticle, MakeBook, write
from tests.printing.pdf.outlined import elements, kids_of

from reader.body.blocks import Body, Note
from reader.body.to_html import to_html
from reader.printing.pdf.flaws import Flaw
from reader.printing.pdf.tree_check import tree_flaws
from reader.sheet import Links, Sheet

_BODY = Body(
    tuple(part for part in SPECIMEN if not isinstance(part, Note)),
    tuple(part for part in SPECIMEN if isinstance(part, Note)),
)
_AROUND = {
    "LI": {"L"}, "Lbl": {"LI", "Note"}, "LBody": {"LI"}, "TR": {"Table", "THead", "TBody"},
    "TH": {"TR"}, "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"}, "TOCI": {"TOC"},
}  # fmt: skip


@pytest.fixture
def specimen(article: MakeArticle, book: MakeBook, tmp_path: Path) -> Callable[..., Path]:
    def make(count: int = 1, **more: Any) -> Path:
        sheet = Sheet(tagged=True, **more)
        html = to_html(_BODY)
        made = book(*(article(html=html, title=f"T{n}") for n in range(count)), sheet=sheet)
        write(made, tmp_path / "a.pdf")
        assert made.remarks == ()
        return tmp_path / "a.pdf"

    return make


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("count", [1, 2])
def test_every_element_of_a_rich_article_follows_the_rules(
    specimen: Callable[..., Path], count: int, columns: int
) -> None:
    with pikepdf.open(specimen(count, columns=columns, links=Links.NUMBERED)) as pdf:
        assert tree_flaws(pdf) == set()
        every = elements(pdf)
        kinds = {str(each.S)[1:] for each in every}
        assert kinds >= {
            "Document", "H1", "H2", "H3", "H4", "H5", "H6", "P", "BlockQuote", "Code", "Figure",
            "Caption", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "Link", "Note",
        }  # fmt: skip
        for each in every:
            kind, parent = str(each.S)[1:], each.P
            if kind in _AROUND:
                assert str(parent.S)[1:] in _AROUND[kind]
            assert (
                each.objgen
                in [kid.objgen for kid in kids_of(parent) if isinstance(kid, pikepdf.Object)]
                or str(parent.get("/Type")) == "/StructTreeRoot"
            )


def _first(pdf: pikepdf.Pdf, kind: str) -> Any:
    return next(each for each in elements(pdf) if f"/{kind}" == each.S)


def _put(kind: str, name: str, value: object) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: _first(pdf, kind).__setitem__(f"/{name}", value)


def _drop(kind: str, name: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: _first(pdf, kind).__delitem__(f"/{name}")


_BROKEN: dict[str, tuple[Flaw, Callable[[pikepdf.Pdf], None]]] = {
    "a heading skips": (Flaw.HEADING, _put("H2", "S", Name.H4)),
    "no alternative": (Flaw.PICTURE, _drop("Figure", "Alt")),
    "no box": (Flaw.PICTURE, _drop("Figure", "A")),
    "no numbering": (Flaw.LIST, _drop("L", "A")),
    "an item alone": (Flaw.LIST, _put("L", "S", Name.P)),
    "no scope": (Flaw.TABLE, _drop("TH", "A")),
    "a long row": (Flaw.TABLE, _put("TD", "A", Dictionary(O=Name.Table, ColSpan=9))),
    "a high cell": (Flaw.TABLE, _put("TD", "A", Dictionary(O=Name.Table, RowSpan=99))),
    "a cell alone": (Flaw.TABLE, _put("TR", "S", Name.P)),
    "a note without name": (Flaw.NOTE, _drop("Note", "ID")),
    "a link without text": (
        Flaw.LINK,
        lambda pdf: _first(pdf, "Link").__setitem__(
            "/K", [kid for kid in kids_of(_first(pdf, "Link")) if not isinstance(kid, int)]
        ),
    ),
    "an unknown type": (Flaw.ORDER, _put("P", "S", Name.Whatever)),
    "nothing in it": (Flaw.UNTAGGED, _drop("P", "K")),
    "no tree": (Flaw.UNTAGGED, lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
}


def test_whatever_breaks_a_rule_is_told(specimen: Callable[..., Path]) -> None:
    file = specimen()
    for name, (flaw, damage) in _BROKEN.items():
        with pikepdf.open(file) as pdf:
            damage(pdf)
            assert flaw in tree_flaws(pdf), name


def test_two_notes_of_one_name_are_told(specimen: Callable[..., Path]) -> None:
    with pikepdf.open(specimen()) as pdf:
        for each in elements(pdf):
            if each.S == "/Note":
                each.ID = pikepdf.String("one")
        assert tree_flaws(pdf) == {Flaw.NOTE}
