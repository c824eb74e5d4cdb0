"""A body becomes a document: everything is there, giant shapes are borne, nothing is read."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF, QUrl
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from reader.anchor import Anchor
from reader.body.blocks import (
    Block,
    Body,
    Cell,
    Code,
    Item,
    List,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Style,
    Table,
    Text,
)
from reader.body.from_markdown import from_markdown
from reader.document.build import Document, Head, head_of
from reader.document.colours import coloured
from reader.document.decorate import decorate
from reader.document.images import Pictures
from reader.document.portions import BREAK, breakable
from reader.model import Article, Look, State

_SAMPLE = """\
# One

Text with **strong** words[^1].

> quoted
>
> twice

- a
    - b

```python
x = 1
```

| a | b |
|---|---|
| 1 | 2 |

[^1]: The note.
"""


def _parts(*blocks: Block) -> Iterator[Block | Note]:
    return iter(blocks)


def _built(look: Look, pictures: Pictures, body: Body, width: float = 600) -> Document:
    document = Document(look, pictures, Head("Title", "Author", ("site", "1 min")))
    document.setTextWidth(width)
    assert document.grow(iter((*body.blocks, *body.notes)))
    return document


def test_everything_a_body_says_is_in_the_document(look: Look, pictures: Pictures) -> None:
    text = _built(look, pictures, from_markdown(_SAMPLE)).toPlainText()
    for words in (
        "Title",
        "Author",
        "site · 1 min",
        "One",
        "strong",
        "twice",
        "x = 1",
        "The note.",
    ):
        assert words in text


def test_places_are_kept_through_the_body(look: Look, pictures: Pictures) -> None:
    document = _built(look, pictures, from_markdown(_SAMPLE * 5))
    text = document.toPlainText()
    counted = [n for n in range(30, len(text)) if text[n].isalpha()]
    for position in counted:
        assert document.position_of(document.anchor_at(position)) == position
    assert document.anchor_at(0) == Anchor()
    assert document.position_of(Anchor(10_000, 10_000)) == document.characterCount() - 1


def test_notes_lead_there_and_back(look: Look, pictures: Pictures) -> None:
    document = _built(look, pictures, from_markdown(_SAMPLE))
    there, back = (document.position_of_anchor(name) for name in ("n-fn:1", "r-fn:1"))
    assert there is not None
    assert back is not None
    assert back < there
    assert document.position_of_anchor("nonsense") is None


def test_it_grows_in_steps_and_says_when_it_is_whole(look: Look, pictures: Pictures) -> None:
    document = Document(look, pictures)
    parts = _parts(*(Paragraph((Text("words " * 50),)) for _ in range(3000)))
    assert not document.grow(parts, 0.0)
    first = document.characterCount()
    steps = 1
    while not document.grow(parts, 0.002):
        steps += 1
    assert steps > 3
    assert document.characterCount() > first
    assert document.toPlainText().count("words") == 150_000


def test_zoom_makes_everything_larger_together(look: Look, pictures: Pictures) -> None:
    body = from_markdown(_SAMPLE * 3)
    small = _built(look, pictures, body, 600)
    large = Document(look, pictures, Head("Title", "Author", ("site", "1 min")))
    large.set_zoom(2.0)
    large.setTextWidth(1200)
    large.grow(iter((*body.blocks, *body.notes)))
    assert large.size().height() == pytest.approx(2 * small.size().height(), rel=0.01)
    assert large.column_width(1e6) == pytest.approx(2 * small.column_width(1e6))


def test_qt_never_reads_a_file_for_a_document(look: Look, pictures: Pictures) -> None:
    document = Document(look, pictures)
    for kind in QTextDocument.ResourceType:
        found = document.loadResource(kind.value, QUrl("file:///etc/passwd"))
        assert isinstance(found, QImage)
        assert found.width() == 1


def test_a_picture_takes_its_room_before_it_is_there(look: Look, pictures: Pictures) -> None:
    def high(picture: Picture) -> float:
        document = Document(look, pictures)
        document.setTextWidth(600)
        document.grow(_parts(Paragraph((picture,))))
        return document.size().height()

    name = "0" * 64 + ".png"
    assert high(Picture(name, 400, 200)) == pytest.approx(200, abs=40)
    assert high(Picture(name, 1200, 600)) == pytest.approx(300, abs=40), "within the column"
    assert high(Picture("", alt="Missing")) == pytest.approx(64, abs=40)
    assert high(Picture(name, 30_000, 10)) < 60


def test_a_note_beside_a_picture_is_kept(look: Look, pictures: Pictures) -> None:
    document = Document(look, pictures)
    document.grow(_parts(Paragraph((Picture("", alt="x"), NoteMark("n")))))
    assert document.position_of_anchor("r-n") is not None


def _painted(document: Document) -> QImage:
    size = document.size().toSize()
    image = QImage(size.width(), min(size.height(), 4000), QImage.Format.Format_RGB32)
    image.fill(QColor(document.look.theme.page))
    painter = QPainter(image)
    decorate(document, painter, QRectF(image.rect()))
    document.drawContents(painter)
    painter.end()
    return image


def test_code_and_quotes_are_decorated(look: Look, pictures: Pictures) -> None:
    image = _painted(_built(look, pictures, from_markdown(_SAMPLE)))
    colours = {image.pixelColor(4, y).name() for y in range(image.height())}
    assert look.theme.quote in colours
    assert look.theme.panel in {image.pixelColor(590, y).name() for y in range(image.height())}


_LETTERS = Text("x" * 200_000)
_HOSTILE = {
    "a word of many letters": (Paragraph((_LETTERS,)),),
    "many Chinese characters": (Paragraph((Text("漢" * 200_000),)),),
    "a list of three thousand": (
        List(tuple(Item((Paragraph((Text("x"),)),)) for _ in range(3_000))),
    ),
    "a table of two thousand rows": (
        Table(tuple((Cell((Text("a"),)), Cell((Text("b"),))) for _ in range(2_000))),
    ),
    "sixty columns": (Table((tuple(Cell((Text("cell"),)) for _ in range(60)),) * 20),),
    "code of ten thousand lines": (Code("x = 1\n" * 10_000, "python"),),
    "a giant paragraph": (Paragraph((Text("words and more " * 20_000),)),),
    "spans without end": (
        Table(((Cell((Text("a"),), columns=60, rows=100),), (Cell((Text("b"),), columns=9),))),
    ),
    "nothing at all": (),
    "empty things": (List((Item(()),)), Table(((),)), Quote(()), Paragraph(())),
}


@pytest.mark.parametrize("blocks", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_giant_shapes_are_laid_out(
    look: Look, pictures: Pictures, blocks: tuple[Block, ...]
) -> None:
    document = _built(look, pictures, Body((*blocks, Paragraph((Text("the end"),)))))
    assert document.size().height() > 20
    assert document.toPlainText().rstrip().endswith("the end")


def test_words_in_tables_are_whole_in_a_narrow_window(look: Look, pictures: Pictures) -> None:
    rows = tuple(
        (
            Cell((Text("Divisions", Style.STRONG),), header=True),
            Cell((Text("A company whose name is long enough to need two lines of its own"),)),
        )
        for _ in range(3)
    )
    document = _built(look, pictures, Body((Table(rows),)), width=420)
    block = document.find("Divisions").block()
    assert block.layout().lineCount() == 1


def test_long_words_break_and_short_ones_do_not() -> None:
    assert breakable("word " * 100) == "word " * 100
    assert breakable("y" * 500).replace(BREAK, "") == "y" * 500
    assert max(map(len, breakable("y" * 500).split(BREAK))) <= 60


def test_code_is_coloured_line_by_line() -> None:
    lines = list(coloured('def f():\n    """A\n    B"""\n', "python"))
    assert ["".join(text for _, text in line) for line in lines] == [
        "def f():",
        '    """A',
        '    B"""',
    ]
    assert ("keyword", "def") in lines[0]
    assert list(coloured("a\nb", "no such language")) == [[("", "a")], [("", "b")]]


def test_right_to_left_is_found_by_the_text_or_said(look: Look, pictures: Pictures) -> None:
    document = Document(look, pictures, direction="rtl")
    document.grow(_parts(Paragraph((Text("abc"),)), Code("x = 1")))
    first = document.firstBlock()
    assert first.textDirection().name == "RightToLeft"
    assert first.next().textDirection().name == "LeftToRight"
    document = Document(look, pictures)
    document.grow(_parts(Paragraph((Text("עברית"),))))
    assert document.firstBlock().textDirection().name == "RightToLeft"


def test_documents_of_one_zoom_share_what_gives_their_resolution(
    look: Look, pictures: Pictures
) -> None:
    def images() -> int:
        gc.collect()
        return sum(isinstance(each, QImage) for each in gc.get_objects())

    before = 0
    for number in range(6):
        document = Document(look, pictures)
        document.set_zoom(1.5)
        assert document.documentLayout().paintDevice().logicalDpiX() == 144
        del document
        before = images() if number == 0 else before
    assert images() == before, "Qt's binding never lets go of one"


# ---- places


def test_the_head_says_what_is_known_and_no_more() -> None:
    known = Article(
        id=1, uid="", url="", title="T", byline="B", site="S", language="", excerpt="", words=300,
        published_at="2026-11-25", added_at="", downloaded_at="", opened_at="", read_at="",
        state=State.QUEUE, place="", favourite=False, tags=(), views=2, position=Anchor(),
        progress=0, lead="", pictures=(),
        html=f'<p><img src="{"a" * 64}.png"></p>\n<p><img src=""></p>',
    )  # fmt: skip
    printed = ("S", "25 November 2026", "1 min")
    assert head_of(known) == Head("T", "B", printed)
    assert head_of(known._replace(byline="S")).details == printed[1:]
    unknown = known._replace(site="", published_at="", words=0, byline="", views=0)
    assert head_of(unknown) == Head("T")


def test_places_count_blocks_and_letters(look: Look, pictures: Pictures) -> None:
    document = _built(look, pictures, from_markdown("First.\n\nSecond one.\n\n- a\n- b\n"))
    at = document.find("Second").selectionStart()
    for offset in (0, 3, 10):
        anchor = document.anchor_at(at + offset)
        assert (anchor.block, anchor.offset) == (1, offset)
        assert (anchor.prefix + anchor.exact) == "First.Second one.ab"
        assert document.position_of(anchor) == at + offset
        assert document.position_of(Anchor(1, offset + 1)) == at + offset, "of an older library"
    assert document.start_of(1) == at
    assert document.start_of(0) == document.find("First").selectionStart()
    assert [document.start_of(n) for n in (3, 99)] == [0, 0]
    assert document.anchor_at(document.find("Title").selectionStart()) == Anchor()
    assert document.position_of(Anchor(99, 0)) == document.find("Second one.").selectionEnd()
    empty = Document(look, pictures)
    assert (empty.anchor_at(0), empty.position_of(Anchor(2, 5)), empty.start_of(0)) == (
        Anchor(), None, 0,
    )  # fmt: skip


def test_a_place_is_known_once_its_block_is_whole(look: Look, pictures: Pictures) -> None:
    document = Document(look, pictures)
    parts = _parts(*(Paragraph((Text(f"p{n}"),)) for n in range(4)))
    assert document.position_of(Anchor(0, 1)) is None
    known: list[int] = []
    while not document.grow(parts, 0.0):
        known.append(sum(document.position_of(Anchor(n, 1)) is not None for n in range(4)))
        assert all(document.find(f"p{n}").hasSelection() for n in range(known[-1]))
        assert not document.complete
    assert known == sorted(known)
    assert {0, 3} <= {*known}
    assert document.complete
    assert document.position_of(Anchor(99, 0)) is not None


def test_a_document_that_is_let_go_takes_in_nothing_more(look: Look, pictures: Pictures) -> None:
    document = Document(look, pictures)
    parts = _parts(*(Paragraph((Text(f"p{n}"),)) for n in range(4)))
    document.grow(parts, 0.0)
    before = document.toPlainText()
    document.discard()
    assert document.grow(parts)
    assert document.toPlainText() == before
    assert next(parts), "and reads nothing"


def test_the_column_is_as_wide_as_the_measure_or_the_window(look: Look, pictures: Pictures) -> None:
    document = Document(look._replace(measure=60), pictures)
    letters = "abcdefghijklmnopqrstuvwxyz "
    average = QFontMetricsF(document.formats.base).horizontalAdvance(letters * 20) / 540
    assert document.column_width(1e6) == pytest.approx(60 * average, rel=0.005)
    assert document.column_width(100) == 100
    document.set_zoom(1.5)
    assert document.column_width(1e6) == pytest.approx(90 * average, rel=0.005)
    assert (document.zoom, document.scale) == (1.5, 1.5)
    device = document.documentLayout().paintDevice()
    assert (device.logicalDpiX(), device.logicalDpiY()) == (144, 144)


def test_room_is_kept_free_below_a_head_that_is_there(look: Look, pictures: Pictures) -> None:
    bare = Document(look, pictures)
    bare.grow(_parts(Paragraph((Text("words"),))))
    bare.keep_free(100)
    assert bare.end_of_head is None
    headed = _built(look, pictures, from_markdown("words"))
    for zoom in (1.0, 1.5, 0.5):
        headed.set_zoom(zoom)
        headed.keep_free(100)
        end = headed.end_of_head
        assert end is not None
        layout = headed.documentLayout()
        above, below = layout.blockBoundingRect(end), layout.blockBoundingRect(end.next())
        assert below.top() - above.bottom() == pytest.approx(100, abs=2)


def test_a_document_knows_its_headings(look: Look, pictures: Pictures) -> None:
    document = _built(look, pictures, from_markdown("# One\n\nwords\n\n> ### Two\n\nmore"))
    found = [(document.findBlock(at).text(), level) for at, level in document.headings]
    assert found == [("One", 1), ("Two", 3)]


def test_a_document_stands_in_its_own_size_without_margin_or_steps_back(
    look: Look, pictures: Pictures
) -> None:
    document = _built(look, pictures, from_markdown("words"), width=500)
    assert document.documentMargin() == 0
    assert not document.isUndoRedoEnabled()
    assert document.indentWidth() == document.formats.indent == round(13 * 96 / 72 * 1.6)
    assert document.defaultFont() == document.formats.base
    option = document.defaultTextOption().wrapMode()
    assert option is QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    blank = document.loadResource(0, QUrl("x"))
    assert (blank.size().toTuple(), blank.pixelColor(0, 0).alpha()) == ((1, 1), 0)


def test_places_carry_their_names_where_they_stand(look: Look, pictures: Pictures) -> None:
    body = from_markdown("# One {#first}\n\nwords[^1]\n\n[^1]: note")
    document = Document(look, pictures, Head("Title", anchor="top"))
    document.grow(iter((*body.blocks, *body.notes)))
    for name, text in (("top", "Title"), ("first", "One"), ("r-fn:1", "words"), ("n-fn:1", "1.")):
        position = document.position_of_anchor(name)
        assert position is not None
        cursor = QTextCursor(document)
        cursor.setPosition(position + 1)
        assert cursor.charFormat().isAnchor()
        assert cursor.charFormat().anchorNames() == [name]
        assert text in cursor.block().text()
        assert cursor.charFormat().anchorHref() == ""
