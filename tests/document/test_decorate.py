"""What is painted round the text stands where the text is, at every size."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QTextBlock, QTextTable
from pytestqt.qtbot import QtBot
from tests.document.conftest import Build
from tests.document.specimen import LOOK, SPECIMEN

from reader.body.blocks import (
    Block,
    Body,
    Callout,
    Cell,
    Code,
    Item,
    List,
    Note,
    NoteMark,
    Paragraph,
    Quote,
    Rule,
    Style,
    Table,
    Text,
)
from reader.document.build import Document, Head
from reader.document.callouts import tinted
from reader.document.decorate import WRAP, decorate, is_decorated
from reader.document.formats import Mark, Role
from reader.document.images import Pictures

SIZES = [(width, zoom) for width in (220.0, 460.0, 600.0, 1400.0) for zoom in (0.4, 1.0, 2.5)]


class Painter(QPainter):
    """Paints, and writes down what: shapes by the colour of their brush, and words."""

    def __init__(self, document: Document) -> None:
        size = document.size().toSize()
        self.image = QImage(max(1, size.width()), 10, QImage.Format.Format_RGB32)
        super().__init__(self.image)
        self.shapes: list[tuple[str, QRectF]] = []
        self.words: list[tuple[str, QRectF]] = []

    def _note(self, rect: QRectF) -> None:
        self.shapes.append((self.brush().color().name(), QRectF(rect)))

    def drawRect(self, *rect: Any) -> None:
        self._note(rect[0])

    def drawRoundedRect(self, *rect: Any) -> None:
        self._note(rect[0])

    def fillPath(self, *what: Any) -> None:
        path, brush = what
        self.shapes.append((QColor(brush).name(), path.boundingRect()))

    def drawEllipse(self, *place: Any) -> None:
        centre, wide, high = place
        self._note(QRectF(centre.x() - wide, centre.y() - high, 2 * wide, 2 * high))

    def drawText(self, *what: Any) -> None:  # type: ignore[override]
        place, text = what
        metrics = QFontMetricsF(self.font())
        wide = metrics.horizontalAdvance(text)
        self.words.append(
            (text, QRectF(place.x(), place.y() - metrics.ascent(), wide, metrics.height()))
        )

    def of(self, colour: str) -> list[QRectF]:
        return [rect for name, rect in self.shapes if name == colour]


def painted(document: Document, clip: QRectF | None = None) -> Painter:
    painter = Painter(document)
    decorate(document, painter, clip or QRectF(0, 0, document.textWidth(), 1e7))
    painter.end()
    return painter


def _blocks(document: Document, role: Role | None = None) -> Iterator[tuple[QTextBlock, QRectF]]:
    block = document.firstBlock()
    while block.isValid():
        if role is None or block.blockFormat().intProperty(Mark.ROLE) == role:
            yield block, document.documentLayout().blockBoundingRect(block)
        block = block.next()


def _paragraph(words: str = "Some words that go on for a while.") -> Paragraph:
    return Paragraph((Text(words),))


def _list(count: int, start: int = 1) -> List:
    return List(tuple(Item((_paragraph(),)) for _ in range(count)), ordered=True, start=start)


@pytest.mark.parametrize(("width", "zoom"), SIZES)
def test_a_panel_stands_behind_all_lines_of_its_code(
    build: Build, width: float, zoom: float
) -> None:
    code = Code("\n".join(f"line {n}" for n in range(9)))
    document = build(Body((_paragraph(), code, _paragraph(), Quote((code,)))), width, zoom=zoom)
    panels = painted(document).of(document.look.theme.panel)
    assert len(panels) == 2
    lines = list(_blocks(document, Role.CODE))
    for panel, own in zip(panels, (lines[:9], lines[9:]), strict=True):
        for block, rect in own:
            line = block.layout().lineAt(0).naturalTextRect().translated(rect.topLeft())
            assert panel.contains(line), "a line stands out of its panel"
        assert panel.left() >= 0
        assert panel.right() <= document.textWidth() + 0.5
    others = [rect for _, rect in _blocks(document, Role.TEXT)]
    assert not any(panel.intersects(rect) for panel in panels for rect in others)
    assert panels[1].left() > panels[0].left(), "code in a quote stands further in"


def test_an_empty_line_of_code_is_as_high_as_the_others(build: Build) -> None:
    document = build(Body((Code("a\nb\n\nc\nd"),)), 500)
    heights = {block.layout().lineAt(0).height() for block, _ in _blocks(document, Role.CODE)}
    assert len(heights) == 1


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(("width", "zoom"), SIZES)
def test_the_bar_of_a_quote_stands_beside_all_of_it(
    build: Build, width: float, zoom: float, direction: str
) -> None:
    inner = Quote((_paragraph("deep"),))
    body = Body((_paragraph(), Quote((_paragraph(), _paragraph(), inner)), _paragraph("end")))
    document = build(body, width, zoom=zoom, direction=direction)
    bars = painted(document).of(document.look.theme.quote)
    quoted = [rect for block, rect in _blocks(document) if block.blockFormat().indent()]
    assert len(quoted) == 3
    edge = min if direction == "ltr" else max
    outer = edge(bar.left() for bar in bars)
    own = sorted((bar for bar in bars if bar.left() == outer), key=lambda bar: bar.top())
    assert len(own) == 3
    assert own[0].top() <= quoted[0].top() + document.formats.em * zoom
    assert own[-1].bottom() == pytest.approx(quoted[-1].bottom(), abs=1)
    for one, other in pairwise(own):
        assert other.top() == pytest.approx(one.bottom(), abs=1), "the bar has a gap"
    assert len(bars) == 4, "a quote in a quote has a bar of its own"
    for bar in bars:
        assert bar.left() >= 0
        assert bar.right() <= document.textWidth()
        assert bar.width() > 0
    plain = [rect for block, rect in _blocks(document) if not block.blockFormat().indent()]
    assert not any(bar.intersects(rect) for bar in bars for rect in plain)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(("width", "zoom"), SIZES)
def test_signs_of_items_stand_before_their_text_on_its_line(
    build: Build, width: float, zoom: float, direction: str
) -> None:
    document = build(Body((_list(3), _paragraph())), width, zoom=zoom, direction=direction)
    words = painted(document).words
    assert [text for text, _ in words] == ["1.", "2.", "3."]
    items = [(b, r) for b, r in _blocks(document) if b.blockFormat().stringProperty(Mark.MARKER)]
    for (_, sign), (block, rect) in zip(words, items, strict=True):
        line = block.layout().lineAt(0)
        text = line.naturalTextRect().translated(rect.topLeft())
        base = rect.top() + line.y() + line.ascent()
        assert sign.top() < base < sign.bottom()
        if direction == "ltr":
            assert sign.right() <= text.left() + 0.5
        else:
            assert sign.left() >= text.right() - 0.5
        assert sign.left() >= 0
        assert sign.right() <= document.textWidth()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("start", [8, 95, 998, 123_456])
def test_long_numbers_of_items_are_not_cut(build: Build, start: int, direction: str) -> None:
    nested = Item((_paragraph("deep"), _list(5, start=start)))
    body = Body((List((nested,) * 4, ordered=True, start=start),))
    document = build(body, 700, direction=direction)
    words = painted(document).words
    assert [text for text, _ in words][:2] == [f"{start}.", f"{start}."]
    for _, rect in words:
        assert 0 <= rect.left() < rect.right() <= 700
    texts = [
        block.layout().lineAt(0).naturalTextRect().translated(rect.topLeft())
        for block, rect in _blocks(document)
        if block.blockFormat().stringProperty(Mark.MARKER)
    ]
    for (_, sign), text in zip(words, texts, strict=True):
        gap = text.left() - sign.right() if direction == "ltr" else sign.left() - text.right()
        assert gap > 0, "a number stands before its text"
    edges = {round(rect.left() if direction == "ltr" else rect.right()) for rect in texts}
    assert len(edges) == 2, "all items of a list stand in alike"


def test_code_and_quotes_in_a_list_with_long_numbers_stand_where_its_text_does(
    build: Build,
) -> None:
    inside = Item((_paragraph(), Code("code"), Quote((_paragraph("quoted"),))))
    document = build(Body((List((inside,), ordered=True, start=12_345),)), 700)
    (text, _), *_ = [
        (rect.left() + block.layout().lineAt(0).x(), rect) for block, rect in _blocks(document)
    ]
    shapes = painted(document)
    (panel,) = shapes.of(document.look.theme.panel)
    (bar,) = shapes.of(document.look.theme.quote)
    assert panel.left() == pytest.approx(text, abs=1)
    assert text <= bar.left() < text + document.formats.em


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize(("width", "zoom"), SIZES)
def test_a_callout_stands_on_a_ground_with_a_rule_at_its_start(
    build: Build, direction: str, width: float, zoom: float
) -> None:
    inside = (_paragraph("inside"), Code("code"))
    callout = Callout((Text("A title"),), inside, "warning")
    body = Body((_paragraph("before"), callout, _paragraph("behind")))
    document = build(body, width, zoom=zoom, direction=direction)
    shapes = painted(document)
    (ground,) = shapes.of(tinted(document.look.theme, "warn").name())
    (rule,) = shapes.of(document.look.theme.warn)
    before, title, text, code, behind = [rect for _, rect in _blocks(document)][-5:]
    assert before.bottom() < ground.top() < title.top() < text.bottom() < code.bottom()
    assert code.bottom() < ground.bottom() < behind.top()
    near = document.formats.em * zoom / 4
    assert (rule.top(), rule.bottom()) == pytest.approx((ground.top(), ground.bottom()), abs=near)
    start = QRectF.right if direction == "rtl" else QRectF.left
    assert start(rule) == pytest.approx(start(ground))


def test_callouts_one_after_another_are_apart(build: Build) -> None:
    callout = Callout((Text("A title"),), (_paragraph("inside"),), "tip")
    ended = callout._replace(blocks=(Code("code"),))
    document = build(Body((ended, callout, callout)), 700)
    grounds = painted(document).of(tinted(document.look.theme, "good").name())
    assert len(grounds) == 3
    assert all(above.bottom() < below.top() for above, below in pairwise(grounds))


@pytest.mark.parametrize(("width", "zoom"), SIZES)
def test_wrapped_code_hangs_behind_a_sign(build: Build, width: float, zoom: float) -> None:
    text = (
        "def settle(window, until):\n    return window.rests(until) and nothing_moves_in(window, 3)"
    )
    document = build(Body((Code(text),)), width, zoom=zoom)
    signs = [rect for word, rect in painted(document).words if word == WRAP]
    wrapped = 0
    for block, rect in _blocks(document, Role.CODE):
        layout = block.layout()
        first = layout.lineAt(0)
        indent = len(block.text()) - len(block.text().lstrip())
        code = rect.left() + first.cursorToX(indent)[0]  # type: ignore[index]
        for number in range(1, layout.lineCount()):
            line, sign = layout.lineAt(number), signs[wrapped]
            assert rect.left() + line.x() > code + document.formats.hang * zoom * 0.9
            assert code - 1 <= sign.left() < rect.left() + line.x()
            assert sign.top() < rect.top() + line.y() + line.ascent() < sign.bottom()
            wrapped += 1
    assert wrapped == len(signs)
    assert wrapped > 0 or width / zoom > 590
    assert WRAP not in document.toPlainText()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("zoom", [0.4, 1.0, 2.5])
@pytest.mark.parametrize("style", [Style.CODE, Style.MARK, Style.CODE | Style.STRONG])
def test_a_ground_is_drawn_round_the_letters(
    build: Build, style: Style, zoom: float, direction: str
) -> None:
    words = "grounded words that go on for more than a line of the page"
    runs = (Text("Before "), Text(words, style), Text(", after."))
    document = build(Body((Paragraph(runs),)), 300 * zoom, zoom=zoom, direction=direction)
    theme = document.look.theme
    grounds = painted(document).of(theme.panel if Style.CODE in style else theme.mark)
    ((block, rect),) = _blocks(document)
    lines = [block.layout().lineAt(number) for number in range(block.layout().lineCount())]
    assert 1 < len(grounds) <= len(lines)
    for ground in grounds:
        (line,) = [
            each
            for each in lines
            if each.y() <= ground.center().y() - rect.top() < each.y() + each.height()
        ]
        base = rect.top() + line.y() + line.ascent()
        assert ground.top() < base < ground.bottom()
        em = document.formats.em * zoom
        assert ground.height() <= 1.6 * em
        assert ground.left() >= 0
        assert ground.right() <= document.textWidth() + em / 4
    middle = grounds[1] if len(grounds) > 2 else grounds[0]
    assert middle.width() > 100 * zoom


def test_a_ground_in_a_striped_row_is_seen_through_the_stripe(build: Build) -> None:
    rows = tuple((Cell((Text("x = 1", Style.CODE),)),) for _ in range(4))
    document = build(Body((Table(rows),)))
    assert len(painted(document).of(document.look.theme.panel)) == 4
    (table,) = (each for each in document.rootFrame().childFrames())
    assert isinstance(table, QTextTable)
    stripe = table.cellAt(1, 0).format().background().color()
    assert stripe.alphaF() < 0.6


def test_a_rule_is_three_dots_in_the_middle(build: Build) -> None:
    document = build(Body((_paragraph(), Rule(), _paragraph())))
    dots = painted(document).of(document.look.theme.muted)
    assert len(dots) == 3
    (_, rect), *_ = _blocks(document, Role.RULE)
    assert dots[1].center().x() == pytest.approx(document.textWidth() / 2)
    assert dots[2].center().x() - dots[1].center().x() == pytest.approx(
        dots[1].center().x() - dots[0].center().x()
    )
    assert all(rect.top() <= dot.center().y() <= rect.bottom() for dot in dots)


def test_hairlines_part_head_text_and_notes(build: Build) -> None:
    body = Body((Paragraph((Text("a"), NoteMark("n"))),), (Note("n", (_paragraph("note"),)),))
    document = build(body, head=Head("Title", "By", ("site",)))
    lines = painted(document).of(document.look.theme.rule)
    assert len(lines) == 2
    (_, head), *_ = _blocks(document, Role.END_OF_HEAD)
    (first, text), *_ = [each for each in _blocks(document) if each[0].text().startswith("a")]
    assert head.bottom() < lines[0].center().y()
    assert lines[0].bottom() <= text.top() + first.layout().lineAt(0).y()
    assert lines[0].width() == document.textWidth()
    (_, note), *_ = [each for each in _blocks(document) if "note" in each[0].text()]
    assert text.bottom() < lines[1].center().y() < note.bottom()
    assert lines[1].width() < document.textWidth()


def test_only_what_is_seen_is_painted_and_all_of_it(build: Build) -> None:
    blocks: list[Block] = []
    for _ in range(30):
        blocks += [Code("a\nb\nc"), Quote((_paragraph(),)), _list(2), Rule()]
    document = build(Body(tuple(blocks)))
    whole = painted(document)
    for top in range(0, int(document.size().height()), 97):
        clip = QRectF(0, top, 600, 120)
        part = painted(document, clip)
        for name, rect in whole.words:
            if rect.intersects(clip):
                assert (name, rect) in part.words
        for colour, rect in whole.shapes:
            if rect.intersects(clip):
                assert any(
                    name == colour and each.intersected(clip) == rect.intersected(clip)
                    for name, each in part.shapes
                )
        assert len(part.shapes) < len(whole.shapes) / 3


def test_signs_have_the_muted_colour_and_leave_the_painter_as_it_was(build: Build) -> None:
    document = build(Body((_list(1), Code("x"), Quote((_paragraph(),)))))
    image = QImage(620, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    painter.setPen(QColor("#123456"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    decorate(document, painter, QRectF(image.rect()))
    assert painter.pen().color().name() == "#123456"
    assert painter.brush().style() == Qt.BrushStyle.NoBrush
    painter.end()
    marks = painted(document).words
    sign = QRectF(marks[0][1])
    colours = {
        image.pixelColor(QPointF(x, y).toPoint()).name()
        for x in range(int(sign.left()), int(sign.right()) + 1)
        for y in range(int(sign.top()), int(sign.bottom()))
    }
    assert document.look.theme.muted in colours


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_grounds_of_all_cells_that_are_seen_are_painted(build: Build, direction: str) -> None:
    code = (Text("x = 1", Style.CODE),)
    tall = Cell((*(Text("line\n"),) * 20, *code), rows=30)
    rows = ((tall, Cell(code), Cell(code)), *(((Cell(code), Cell(code)),) * 29))
    document = build(Body((Table(rows),)), direction=direction)
    for block, rect in _blocks(document):
        line = block.layout().lineAt(block.layout().lineCount() - 1)
        middle = rect.top() + line.y() + line.height() / 2
        shapes = painted(document, QRectF(0, middle, 600, 2)).of(document.look.theme.panel)
        assert any(ground.top() < middle < ground.bottom() for ground in shapes) or not block.text()
        if block.text():
            text = line.naturalTextRect().translated(rect.topLeft()).center()
            assert any(ground.contains(QPointF(text.x(), middle)) for ground in shapes)


def test_whatever_is_decorated_is_known_before(qtbot: QtBot) -> None:
    pictures = Pictures(lambda _: None)
    told = set()
    for part in SPECIMEN:
        document = Document(LOOK, pictures, on_paper=True)
        document.grow(iter((part,)))
        document.lay_out(400.0)
        known = any(is_decorated(block) for block, _ in _blocks(document))
        drawn = painted(document)
        assert known == bool(drawn.shapes or drawn.words), part
        told.add(known)
    pictures.close()
    assert told == {True, False}
