"""The marks of texts become Spans, and words from right to left are put in order."""

import re
from pathlib import Path

import pikepdf
import pytest
from tests.printing.conftest import MakeArticle, MakeBook, write
from tests.printing.reading import glyphs

from reader.printing.pdf.actual_text import DIVIDED, MARK_Y, Said, Texts
from reader.printing.pdf.marks import END
from reader.printing.pdf.spans import TextWriter
from reader.sheet import Sheet

_FONTS = {"F1": "abcdefgh. 12-", "F2": "אבגדהוזח"}


def _mark(number: int) -> str:
    line = f"{number} {MARK_Y} m\nh\nS\n"
    return f"q\n/CSp CS\n0 0 0 SCN\n0 w 2 J 2 j []0  d\n{line}Q\n"


def _object(text: str, x: int) -> str:
    """Return a text object as Qt writes it; Hebrew letters go to the left from ``x``."""
    name, letters = next((name, letters) for name, letters in _FONTS.items() if text[0] in letters)
    step = -10 if name == "F2" else 10
    moves = [f"{x} -20 Td", *[f"{step} 0 Td"] * (len(text) - 1)]
    shown = "".join(
        f"{move} <{letters.index(letter) + 1:04X}> Tj\n"
        for move, letter in zip(moves, text, strict=True)
    )
    state = "q\n1 0 0 1 5 6 cm\n/CSp cs\n0 0 0 scn\n/GSa gs\n"
    return f"{state}BT\n/{name} 18 Tf 1 0 0 -1 0 0 Tm\n{shown}ET\nQ\n"


def _written(content: str, *texts: Said) -> str:
    """Return the content of a page after its marks were replaced."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page().obj
        page.Contents = pdf.make_stream(content.encode())
        fonts = pikepdf.Dictionary()
        for name, letters in _FONTS.items():
            said = "".join(f"<{ord(letter):04X}>" for letter in letters)
            line = f"1 beginbfrange\n<0001> <{len(letters):04X}> [{said}]\nendbfrange\n"
            fonts[f"/{name}"] = pdf.make_indirect(
                pikepdf.Dictionary(ToUnicode=pdf.make_stream(line.encode()))
            )
        page.Resources = pikepdf.Dictionary(Font=fonts)
        writer = TextWriter(Texts(texts, {0}))
        writer.write(pdf)
        return bytes(page.Contents.read_bytes()).decode()


def _words(content: str) -> list[str]:
    """Return the letters of each text object, in the order of painting."""
    found = []
    for name, shown in re.findall(r"/(F\d) .*?\n((?:.* Tj\n)+)ET", content):
        codes = re.findall(r"<(\w{4})> Tj", shown)
        found.append("".join(_FONTS[name][int(code, 16) - 1] for code in codes))
    return found


def _span(text: str) -> str:
    return f"/ActualText <FEFF{text.encode('utf-16-be').hex()}>"


def test_a_line_that_says_its_text_is_left_as_it_is() -> None:
    line = _object("abc. 1", 0)
    assert _written(_mark(0) + line + _mark(END), Said("abc.\xa01 ", False)) == line


def test_a_line_that_says_another_text_is_a_span() -> None:
    line = _object("ab", 0) + _object("c", 0)
    written = _written(f"1 w\n{_mark(0)}{line}{_mark(END)}", Said("äb\xadc\ufffc \u2060", False))
    before, _, rest = line.partition("BT\n")
    within, _, after = rest.rpartition("ET\n")
    span = f"/Span <<{_span('äbc ')}>> BDC\nBT\n{within}ET\nEMC\n"
    assert written == f"1 w\n{before}{span}{after}", "all in the same graphics state"


def test_a_line_of_pictures_is_said_too() -> None:
    line = "q\n/Im1 Do\nQ\n"
    written = _written(_mark(0) + line + _mark(END), Said("👍", False))
    assert written == f"/Span <<{_span('👍')}>> BDC\n{line}EMC\n"


def test_a_span_does_not_cross_a_tag() -> None:
    inside = f"{_object('ab', 0)}EMC\n/P <</MCID 1>> BDC\n{_object('c', 20)}"
    whole = f"/P <</MCID 0>> BDC\n{_mark(0)}{inside}{_mark(END)}EMC\n"
    assert _written(whole, Said("äbc", False)) == f"/P <</MCID 0>> BDC\n{inside}EMC\n"


def test_the_hyphen_of_a_divided_word_is_a_soft_hyphen() -> None:
    written = _written(_object("abc-", 0) + _mark(DIVIDED), Said("", False))
    assert f"/Span <<{_span(chr(0xAD))}>> BDC\n<000D> Tj\nEMC\nET\n" in written
    assert _written(f"1 w\n{_mark(DIVIDED)}", Said("", False)) == "1 w\n"


def test_letters_of_a_word_from_right_to_left_are_painted_from_the_left() -> None:
    written = _written(_mark(0) + _object("אבג", 80) + _mark(END), Said("אבג", True))
    assert _words(written) == ["גבא"]
    assert re.findall(r"(\S+) (\S+) Td", written) == [("60", "-20"), ("10", "0"), ("10", "0")]
    assert "ActualText" not in written


def test_a_space_at_the_end_of_a_line_stays_there() -> None:
    line = _object("אב", 80).replace("ET\n", "<000A> Tj\nET\n")
    written = _written(_mark(0) + line + _mark(END), Said("אב ", True))
    assert re.findall(r"<(\w+)> Tj", written) == ["0002", "0001", "000A"]


@pytest.mark.parametrize(
    ("text", "leftward", "painted", "order"),
    [
        ("אב גד", True, [("אב", 90), (" ", 70), ("גד", 60)], ["בא", " ", "דג"]),
        (
            "אב 12 גד.", True,
            [(".", 10), ("גד", 30), (" ", 35), ("12", 40), (" ", 60), ("אב", 80)],
            ["בא", " ", "12", " ", "דג", "."],
        ),
        (
            "אב (ab cd).", True,
            [(".", 10), ("ab", 20), (" ", 40), ("cd", 50), (" ", 75), ("אב", 90)],
            ["בא", " ", "ab", " ", "cd", "."],
        ),
        ("ab אב גד cd", False, [("ab ", 0), ("אב", 80), (" ", 55), ("גד", 50), (" cd", 90)],
         ["ab ", "בא", " ", "דג", " cd"]),
    ],
    ids=["words", "a number", "foreign words", "in foreign text"],
)  # fmt: skip
def test_words_are_painted_in_the_order_of_the_text(
    text: str, leftward: bool, painted: list[tuple[str, int]], order: list[str]
) -> None:
    line = "".join(_object(word, x) for word, x in painted)
    assert _words(_written(_mark(0) + line + _mark(END), Said(text, leftward))) == order


def test_words_stay_within_their_tags() -> None:
    line = f"{_object('גד', 30)}EMC\n/Link <</MCID 1>> BDC\n{_object('אב', 80)}"
    written = _written(_mark(0) + line + _mark(END), Said("אבגד", True))
    assert _words(written) == ["דג", "בא"]
    assert "EMC\n/Link <</MCID 1>> BDC\n" in written


def test_a_title_from_right_to_left_stands_above_its_text(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    made = article("نص عربي قصير للاختبار هنا", title="قائمة", language="ar")
    write(book(made, sheet=Sheet(paper="A5")), tmp_path / "a.pdf")
    title = [each for each in glyphs(tmp_path / "a.pdf") if each.said.strip()][:1]
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        _, _, wide, high = (float(side) for side in pdf.pages[0].mediabox)
    margin = 20 * 72 / 25.4
    assert all(margin - 1 < each.x < wide - margin for each in title)
    assert all(each.y > high - margin - 55 for each in title)
