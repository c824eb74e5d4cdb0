"""What is written into a finished PDF: its outline, what it says of itself, links and letters."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import PrintError
from reader.printing.pdf.finish import About, finish
from reader.printing.pdf.links import Link
from reader.printing.pdf.outline import Bookmark
from reader.printing.pdf.tounicode import LIGATURES, codes_of, repair_letters

_ABOUT = About("", "", "", "", (), (), {}, None, shows_outline=False, folded=False)


def _finished(folder: Path, about: About, pages: int = 3) -> pikepdf.Pdf:
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(folder / "raw.pdf")
    finish(folder / "raw.pdf", folder / "new.pdf", about)
    return pikepdf.open(folder / "new.pdf")


Tree = tuple[str, list[Any]]


def _nested(levels: Sequence[int]) -> list[Tree]:
    """Return the tree that levels say: what is deeper stands in what is above it."""
    top: list[Tree] = []
    above: list[tuple[int, list[Tree]]] = [(-1, top)]
    for number, level in enumerate(levels):
        while above[-1][0] >= level:
            above.pop()
        made: Tree = (f"b{number}", [])
        above[-1][1].append(made)
        above.append((level, made[1]))
    return top


def _walked(parent: Any) -> list[Tree]:
    """Return the tree below an item, and hold that all of its references agree."""
    found: list[Tree] = []
    item, before = parent.get("/First"), None
    while item is not None:
        assert item.Parent.objgen == parent.objgen
        assert item.get("/Prev") is None if before is None else item.Prev.objgen == before.objgen
        found.append((str(item.Title), _walked(item)))
        before, item = item, item.get("/Next")
    if before is not None:
        assert parent.Last.objgen == before.objgen
        assert abs(int(parent.Count)) == len(found)
    else:
        assert "/Count" not in parent
    return found


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=14))
def test_the_outline_is_nested_as_its_levels_say(tmp_path: Path, levels: list[int]) -> None:
    marks = [Bookmark(level, f"b{n}", n % 3, 7.0, 100.0 + n) for n, level in enumerate(levels)]
    with _finished(tmp_path, _ABOUT._replace(bookmarks=marks)) as pdf:
        root = pdf.Root.Outlines
        assert _walked(root) == _nested(levels)
        assert int(root.Count) > 0, "the first level is open"
        first = root.First
        assert "/Count" not in first or int(first.Count) < 0, "deeper ones are closed"
        assert [str(first.Dest[1]), *map(float, first.Dest[2:4])] == ["/XYZ", 7.0, 100.0]
        assert first.Dest[0].objgen == pdf.pages[0].obj.objgen
        assert root.Last.Dest[0].objgen == pdf.pages[int(str(root.Last.Title)[1:]) % 3].obj.objgen


def test_a_heading_without_words_is_a_dash(tmp_path: Path) -> None:
    with _finished(tmp_path, _ABOUT._replace(bookmarks=[Bookmark(0, "", 0, 0, 0)])) as pdf:
        assert str(pdf.Root.Outlines.First.Title) == "–"


def test_a_file_says_what_it_is_and_how_it_opens(tmp_path: Path) -> None:
    about = _ABOUT._replace(title="T", author="A", subject="S", language="de-AT")
    with _finished(tmp_path, about) as pdf:
        said = {name: str(pdf.docinfo[name]) for name in ("/Title", "/Author", "/Subject")}
        assert said == {"/Title": "T", "/Author": "A", "/Subject": "S"}
        assert str(pdf.Root.Lang) == "de-AT"
        assert str(pdf.Root.PageMode) == "/UseNone"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert "/Duplex" not in pdf.Root.ViewerPreferences
        assert pdf.Root.OpenAction[0].objgen == pdf.pages[0].obj.objgen
        assert str(pdf.Root.OpenAction[1]) == "/Fit"
        assert "/Outlines" not in pdf.Root
        assert "/StructTreeRoot" not in pdf.Root
    with _finished(tmp_path, _ABOUT._replace(shows_outline=True, folded=True)) as pdf:
        assert not {"/Title", "/Author", "/Subject"} & {*pdf.docinfo}
        assert "/Lang" not in pdf.Root
        assert str(pdf.Root.PageMode) == "/UseOutlines"
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipShortEdge"


def test_links_are_written_on_their_pages_and_unknown_ones_are_not(tmp_path: Path) -> None:
    rect = (1.0, 2.0, 30.0, 40.0)
    links = [Link(0, "a", rect), Link(2, "#place", rect), Link(2, "unknown", rect)]
    about = _ABOUT._replace(links=links, addresses={"a": "https://example.org/(a)"})
    with _finished(tmp_path, about) as pdf:
        found = [list(page.get("/Annots", [])) for page in pdf.pages]
        assert [len(each) for each in found] == [1, 0, 1]
        out, inner = found[0][0], found[2][0]
        assert str(out.A.URI) == "https://example.org/(a)"
        assert str(out.A.S) == "/URI"
        assert tuple(map(float, out.Rect)) == rect
        assert [int(each) for each in out.Border] == [0, 0, 0]
        assert (str(out.Type), str(out.Subtype)) == ("/Annot", "/Link")
        assert str(inner.Dest) == "place"
        assert bytes(inner.Dest) == "\ufeffplace".encode("utf-16-be")


def test_a_cut_file_is_told_and_none_is_written(tmp_path: Path) -> None:
    (tmp_path / "raw.pdf").write_bytes(b"%PDF-1.4\n1 0 obj")
    with pytest.raises(PrintError, match="could not be finished"):
        finish(tmp_path / "raw.pdf", tmp_path / "new.pdf", _ABOUT)
    assert not (tmp_path / "new.pdf").exists()


# ---- letters


def _mapped(line: str) -> dict[bytes, str]:
    """Return what the glyphs of a font say after its map was repaired."""
    with pikepdf.new() as pdf:
        said = f"1 beginbfrange\n{line}\nendbfrange\n".encode()
        font = pdf.make_indirect(pikepdf.Dictionary(ToUnicode=pdf.make_stream(said)))
        repair_letters(pdf)
        return codes_of(font)


@pytest.mark.parametrize(
    ("line", "letters"),
    [
        ("<0001> <0003> <0041>", "A B C"),
        ("<0001> <0003> [<0041> <FB01> <0042>]", "A fi B"),
        ("<0001> <0003> <FB00>", "ff fi fl"),
        ("<0001> <0002> [<0009> <0041>]", " |A"),
        ("<0001> <0002> [<FE8D> <FEFB>]", "ا لا"),
        ("<0001> <0001> [<FB4F>]", "אל"),
        ("<0001> <0002> [<2460> <FB06>]", "① st"),
    ],
    ids=["plain", "in a list", "in a range", "a tab", "Arabic", "Hebrew", "other compatibility"],
)
def test_glyphs_say_their_letters(line: str, letters: str) -> None:
    wanted = letters.split("|") if "|" in letters else letters.split(" ")
    assert list(_mapped(line).values()) == wanted
    assert list(_mapped(line)) == [b"%04X" % n for n in range(1, len(wanted) + 1)]


def test_every_ligature_says_its_letters() -> None:
    for code, letters in LIGATURES.items():
        assert _mapped(f"<0007> <0007> [<{code:04X}>]") == {b"0007": letters}
