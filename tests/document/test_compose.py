"""All of a body stands in its document: every letter once, in order, in its style."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextFormat
from tests.body.bodies import bodies
from tests.document.conftest import Build

from reader.body.anchors import Point
from reader.body.blocks import (
    Body,
    Cell,
    Code,
    Definition,
    Definitions,
    Figure,
    Heading,
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
from reader.body.to_text import bare_text, pictures
from reader.document.build import Document, Head
from reader.document.formats import Mark, Role
from reader.document.images import Pictures
from reader.document.portions import BREAK, JOINER, written
from reader.model import Look

_NAME = "ab" * 32 + ".png"
_UNSEEN = str.maketrans("", "", f"{BREAK}{JOINER}\ufffc\u2028 \n\t")


def _letters(text: str) -> str:
    return text.translate(_UNSEEN)


def _fragments(document: Document) -> Iterator[tuple[str, QTextCharFormat]]:
    block = document.firstBlock()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            yield at.fragment().text(), at.fragment().charFormat()
            at += 1
        block = block.next()


def _format_of(document: Document, words: str) -> QTextCharFormat:
    return next(form for text, form in _fragments(document) if words in text)


@settings(
    max_examples=35, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(bodies)
def test_every_letter_and_picture_is_there_once_and_in_order(build: Build, body: Body) -> None:
    document = build(body)
    assert _letters(document.toPlainText()) == _letters("".join(map(bare_text, body.blocks)))
    found = [
        (form.stringProperty(QTextFormat.Property.ImageName.value), form.stringProperty(Mark.ALT))
        for text, form in _fragments(document)
        for _ in text.replace(JOINER, "")
        if form.objectType() == QTextFormat.ObjectTypes.ImageObject.value
    ]
    assert found == [(each.name, each.alt) for each in pictures(body)]


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (Figure((Code("x = 1", "python"),), (Text("Listing one"),)), ["x = 1", "Listing one"]),
        (Figure((Paragraph((Picture(_NAME, 30, 20),)),), (Text("A hill"),)), ["\ufffc", "A hill"]),
        (
            Definitions(
                (
                    Definition(((Text("One"),), (Text("Uno"),)), (Paragraph((Text("a"),)),)),
                    Definition(((Text("Two"),),), ()),
                )
            ),
            ["One", "Uno", "a", "Two"],
        ),
        (
            Table(((Cell((Text("a"),)), Cell((Text("b"),))),), 0, (Text("A caption"),)),
            ["A caption", "a", "b"],
        ),
        (Quote((Paragraph((Text("one"),)), Paragraph((Text("two"),)))), ["one", "two"]),
    ],
)
def test_each_part_of_a_block_is_a_paragraph_of_its_own(
    build: Build, block: object, words: list[str]
) -> None:
    text = build(Body((block,))).toPlainText()  # type: ignore[arg-type]
    lines = [each.replace(JOINER, "").strip() for each in text.split("\n")]
    assert [each for each in lines if each] == words


def test_styles_are_seen(build: Build, look: Look) -> None:
    runs = [Text(f"{each.name} ", each) for each in Style if each.name]
    document = build(Body((Paragraph((Text("plain "), *runs)),)))
    plain = _format_of(document, "plain")
    form = {each.name: _format_of(document, f"{each.name} ") for each in Style if each.name}
    assert form["STRONG"].fontWeight() > plain.fontWeight()
    assert form["EMPHASIS"].fontItalic()
    assert not plain.fontItalic()
    assert form["STRIKE"].fontStrikeOut()
    assert form["UNDERLINE"].fontUnderline()
    assert form["MARK"].stringProperty(Mark.GROUND) == look.theme.mark
    assert form["CODE"].stringProperty(Mark.GROUND) == look.theme.panel
    assert form["CODE"].font().families() != plain.font().families()
    assert form["SMALL"].fontPointSize() < plain.fontPointSize()
    raised = QTextCharFormat.VerticalAlignment
    assert form["SUP"].verticalAlignment() == raised.AlignSuperScript
    assert form["SUB"].verticalAlignment() == raised.AlignSubScript
    assert plain.verticalAlignment() == raised.AlignNormal
    names = [each for each in form if form[each] == plain]
    assert names == [], "a style that nobody sees"


def test_links_lead_where_they_should(build: Build, look: Look) -> None:
    body = Body(
        (
            Paragraph(
                (Text("plain "), Text("link", Style.PLAIN, "https://example.org/")),
            ),
        )
    )
    document = build(body)
    form = _format_of(document, "link")
    assert form.isAnchor()
    assert form.anchorHref() == "https://example.org/"
    assert form.foreground().color().name() == look.theme.link
    assert form.fontUnderline()
    assert not _format_of(document, "plain").isAnchor()


def test_a_picture_leads_where_its_link_does(build: Build) -> None:
    picture = Picture(_NAME, 30, 20, "A hill", "https://example.org/p")
    document = build(Body((Paragraph((picture,)),)))
    assert _format_of(document, "\ufffc").anchorHref() == "https://example.org/p"


def test_headings_grow_smaller_with_their_level(build: Build) -> None:
    document = build(Body(tuple(Heading(n, (Text(f"level{n}"),)) for n in range(1, 7))))
    sizes = [_format_of(document, f"level{n}").fontPointSize() for n in range(1, 7)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[2] > sizes[4]
    block = document.firstBlock()
    for level in range(1, 7):
        assert block.blockFormat().headingLevel() == level
        block = block.next()
    assert _format_of(document, "level1").fontWeight() == QFont.Weight.Bold.value


# ---- notes


def _noted(count: int) -> Body:
    marks = [run for n in range(count) for run in (Text(f" word{n}"), NoteMark(f"x{n}"))]
    notes = tuple(Note(f"x{n}", (Paragraph((Text(f"note{n}"),)),)) for n in range(count))
    return Body((Paragraph(tuple(marks)),), notes)


def test_marks_and_notes_have_the_same_numbers_and_lead_to_each_other(build: Build) -> None:
    document = build(_noted(12))
    marks = {
        form.anchorHref(): text
        for text, form in _fragments(document)
        if form.anchorHref().startswith("#n-")
    }
    assert marks == {f"#n-x{n}": str(n + 1) for n in range(12)}
    lines = document.toPlainText().replace(JOINER, "").split("\n")
    for n in range(12):
        assert any(line.startswith(f"{n + 1}.\u2002note{n}") for line in lines)
    back = {form.anchorHref() for _, form in _fragments(document)} - set(marks) - {""}
    assert back == {f"#r-x{n}" for n in range(12)}
    places = [document.position_of_anchor(f"{kind}-x{n}") for kind in "rn" for n in range(12)]
    assert None not in places
    assert places == sorted(places, key=lambda place: place or 0)


def test_notes_for_the_foot_go_on_with_the_numbers_of_the_text(
    build: Build, look: Look, pictures: Pictures
) -> None:
    body = _noted(3)
    text, foot = build(Body(body.blocks)), Document(look, pictures)
    foot.continue_notes(text)
    foot.grow(iter(reversed(body.notes)))
    lines = foot.toPlainText().replace(JOINER, "").split("\n")
    assert lines == [f"{n + 1}.\u2002note{n}" for n in (2, 1, 0)], "and have no rule or arrow"


def test_a_note_said_twice_has_one_number(build: Build) -> None:
    body = Body(
        (Paragraph((Text("a"), NoteMark("x"), Text("b"), NoteMark("y"), NoteMark("x"))),),
        (Note("x", (Paragraph((Text("n"),)),)), Note("y", (Paragraph((Text("m"),)),))),
    )
    marks = [t for t, form in _fragments(build(body)) if form.anchorHref().startswith("#n-")]
    assert marks == ["1", "2", "1"]


# ---- lists


def _markers(document: Document) -> list[str]:
    found: list[str] = []
    block = document.firstBlock()
    while block.isValid():
        found.append(block.blockFormat().stringProperty(Mark.MARKER))
        block = block.next()
    return [each for each in found if each]


def _list_of(*words: str, ordered: bool = False, start: int = 1) -> List:
    items = tuple(Item((Paragraph((Text(each),)),)) for each in words)
    return List(items, ordered, start)


def test_items_have_their_signs(build: Build) -> None:
    numbered = _list_of("a", "b", "c", ordered=True, start=9)
    assert _markers(build(Body((numbered,)))) == ["9.", "10.", "11."]
    tasks = List((Item((Paragraph((Text("a"),)),), True), Item((Paragraph((Text("b"),)),), False)))
    assert _markers(build(Body((tasks,)))) == ["☑", "☐"]
    nested = List((Item((Paragraph((Text("a"),)), _list_of("b"))), Item(())))
    outer, inner, empty = _markers(build(Body((nested,))))
    assert outer == empty != inner


def test_what_lies_deeper_stands_further_in(build: Build) -> None:
    inner = List((Item((Paragraph((Text("deep"),)), Paragraph((Text("more"),)))),))
    body = Body((Paragraph((Text("text"),)), List((Item((Paragraph((Text("item"),)), inner)),))))
    document = build(body)

    def indent(words: str) -> int:
        return document.find(words).block().blockFormat().indent()

    assert indent("text") < indent("item") < indent("deep") == indent("more")


# ---- the head


def test_the_head_says_title_byline_and_details_in_this_order(build: Build) -> None:
    head = Head("Title", "By me", ("site", "3 min"))
    document = build(from_markdown("Words."), head=head)
    lines = [block.text() for block in _blocks(document)][:4]
    assert lines == ["Title", "By me", "site · 3\N{NO-BREAK SPACE}min", "Words."]
    roles = [block.blockFormat().intProperty(Mark.ROLE) for block in _blocks(document)][:4]
    assert roles == [Role.HEAD, Role.HEAD, Role.END_OF_HEAD, Role.TEXT]


def test_the_title_is_a_heading_on_screen_alone(look: Look, pictures: Pictures) -> None:
    levels = [
        Document(look, pictures, Head("T"), on_paper=paper)
        .firstBlock()
        .blockFormat()
        .headingLevel()
        for paper in (False, True)
    ]
    assert levels == [1, 0], "on paper, it would stand in the outline twice"


def _blocks(document: Document) -> Iterator[QTextBlock]:
    block = document.firstBlock()
    while block.isValid():
        yield block
        block = block.next()


def test_a_bullet_that_an_earlier_version_set_alone_stands_beside_its_words(build: Build) -> None:
    table = Table(((Cell((Text("•\none\n•\n\ntwo"),)),),))
    document = build(Body((table,)))
    assert "• one\u2028• two" in [written(block.text()) for block in _blocks(document)]
    assert document._composer.text[0] == "•\none\n•\n\ntwo", "its text is what is stored"


@pytest.mark.parametrize(
    ("formula", "shown"),
    [(r"$\alpha_i \le \sqrt{x}$", "αi ≤ √x"), (r"\(\infty\)", "∞"), ("$5 and $6", "$5 and $6")],
)
def test_simple_formulas_are_shown_and_their_source_is_the_text(
    build: Build, formula: str, shown: str
) -> None:
    source = f"before {formula} after"
    document = build(Body((Paragraph((Text(source), Text(formula, Style.CODE))),)))
    text = document._composer.text
    assert text[0] == source + formula
    assert document.firstBlock().text() == f"before {shown} after{formula}", "code stays"
    ends = len("before "), len(source) - len(" after")
    places = [text.position(Point(0, offset)) for offset in range(len(source) + 1)]
    assert places == sorted(places)
    assert places[: ends[0]] == [*range(ends[0])]
    assert places[ends[1] :] == [
        *range(ends[0] + len(shown), len(shown) + len("before  after") + 1)
    ]
    assert [text.point(places[offset]) for offset in (0, ends[0], ends[1], len(source))] == [
        (0, 0), (0, ends[0]), (0, ends[1]), (0, len(source))
    ]  # fmt: skip
