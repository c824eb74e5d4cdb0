"""Page breaks: no line cut, no heading alone, columns even."""

from itertools import pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextTable

from reader.body.from_markdown import from_markdown
from reader.document.build import Document
from reader.document.images import Pictures
from reader.printing.paginate import Galley, Slice, line_spans
from reader.printing.sheets import look_of
from reader.sheet import Sheet

_LONG = "\n\n".join(
    f"## Heading{n}\n\n" + " ".join(f"word{n}x{m}" for m in range(90 + n % 7)) for n in range(30)
)
_TABLE = "| Head | Other |\n|---|---|\n" + "".join(f"| cell{n} | c |\n" for n in range(120))
_CODE = "```\n" + "code\n" * 200 + "```\n"


def _galley(markdown: str, pictures: Pictures) -> Galley:
    document = Document(look_of(Sheet()), pictures, on_paper=True)
    document.setTextWidth(500)
    document.grow(iter(from_markdown(markdown).blocks))
    galley = Galley(document)
    for _ in galley.measure():
        pass
    return galley


def _slices(galley: Galley, height: float) -> list[Slice]:
    found: list[Slice] = []
    top, head = galley.begin, None
    while top < galley.end - 0.5:
        each = galley.slice(top, head, height, all_of=True)
        assert each is not None
        found.append(each)
        top, head = each.following, each.following_head
    return found


def test_pages_cut_no_line_and_leave_no_heading_alone(pictures: Pictures) -> None:
    galley = _galley("\n\n".join((_LONG, _TABLE, _CODE)), pictures)
    made = _slices(galley, 700)
    layout = galley.document.documentLayout()
    assert len(made) > 10
    for each, following in pairwise(made):
        assert each.following == following.top
        assert each.bottom <= following.top
        assert each.height <= 700.01
    gaps = [(each.bottom, each.following) for each in made[:-1]]
    block = galley.document.firstBlock()
    while block.isValid():
        top = layout.blockBoundingRect(block).top()
        for start, end in line_spans(block, top):
            assert not any(start + 1 < gap[1] and end - 1 > gap[0] for gap in gaps), block.text()
        if block.blockFormat().headingLevel():
            after = layout.blockBoundingRect(block.next()).top()
            assert not any(top + 1 < gap[0] <= after + 1 for gap in gaps)
        block = block.next()


def test_a_paragraph_leaves_no_line_alone(pictures: Pictures) -> None:
    galley = _galley(_LONG, pictures)
    layout = galley.document.documentLayout()
    cuts = [each.following for each in _slices(galley, 700)[:-1]]
    block = galley.document.firstBlock()
    while block.isValid():
        top, lines = layout.blockBoundingRect(block).top(), block.layout()
        count = lines.lineCount()
        if count > 3:
            for index in (1, count - 1):
                assert not any(abs(top + lines.lineAt(index).y() - cut) < 0.5 for cut in cuts)
        block = block.next()


def test_a_table_over_pages_repeats_its_head_and_cuts_no_row(pictures: Pictures) -> None:
    galley = _galley(_TABLE, pictures)
    made = _slices(galley, 700)
    assert len(made) > 2
    assert made[0].head is None
    assert all(each.head is not None for each in made[1:])
    frame = galley.document.rootFrame().childFrames()[0]
    assert isinstance(frame, QTextTable)


def test_columns_at_the_end_are_even(pictures: Pictures) -> None:
    galley = _galley("\n\n".join(f"Paragraph {n}, a short one." for n in range(20)), pictures)
    two = galley.columns(galley.begin, None, 5000, 2, all_of=True)
    assert len(two) == 2
    assert abs(two[0].height - two[1].height) < 60
    assert two[-1].following >= galley.end - 0.5


def test_little_room_holds_nothing_rather_than_a_heading_alone(pictures: Pictures) -> None:
    galley = _galley(_LONG, pictures)
    assert galley.slice(galley.begin, None, 45, all_of=False) is None
    assert galley.slice(galley.begin, None, 45, all_of=True) is not None


def test_headings_are_known_with_their_places(pictures: Pictures) -> None:
    galley = _galley("# One\n\ntext\n\n### Inter­nal *three*\n\ntext", pictures)
    assert [(each.level, each.text) for each in galley.headings] == [
        (1, "One"),
        (3, "Internal three"),
    ]
    assert galley.headings[0].y < galley.headings[1].y


def test_a_term_stays_with_what_it_means(pictures: Pictures) -> None:
    terms = "\n\n".join(f"Term{n}\n:   What it means." for n in range(60))
    galley = _galley(terms, pictures)
    for each in _slices(galley, 400)[:-1]:
        position = galley.document.documentLayout().hitTest(
            QPointF(0, each.following + 2), Qt.HitTestAccuracy.FuzzyHit
        )
        assert galley.document.findBlock(position).text().startswith("Term")


def test_a_heading_keeps_its_distance_from_a_table(pictures: Pictures) -> None:
    galley = _galley("| a |\n|---|\n| b |\n\n# Heading\n\ntext", pictures)
    layout = galley.document.documentLayout()
    block = galley.document.firstBlock()
    bottoms: list[float] = []
    while block.text() != "Heading":
        if block.text().strip("\u2060"):
            bottoms.append(layout.blockBoundingRect(block).bottom())
        block = block.next()
    assert layout.blockBoundingRect(block).top() - max(bottoms) > 1.8 * galley.document.formats.em
