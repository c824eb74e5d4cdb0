"""Links inside a page find their paragraph, wherever its name stood, or are none."""

import pytest

from reader.body.blocks import Body, Heading, Paragraph, Text
from reader.body.from_html import from_html


def _links(body: Body) -> list[str]:
    first = body.blocks[0]
    assert isinstance(first, Paragraph)
    return [run.link for run in first.runs if isinstance(run, Text) and run.link]


@pytest.mark.parametrize(
    "target",
    [
        '<h2 id="x">H</h2>',
        '<h2><span id="x">H</span></h2>',
        '<p><b id="x">H</b> words</p>',
        '<div id="x"><p>H</p></div>',
        '<ul><li id="x">H</li></ul>',
        '<blockquote id="x"><p>H</p></blockquote>',
        '<a name="x"></a><p>H</p>',
    ],
)
def test_a_link_finds_its_place(target: str) -> None:
    body = from_html(f'<p><a href="#x">go</a></p>{target}', whole=True)
    assert _links(body) == ["#x"]
    assert "'x'" in repr(body.blocks[1:])


def test_several_names_of_one_place_become_one() -> None:
    page = (
        '<p><a href="#a">a</a> <a href="#b">b</a> <a href="#c">c</a></p>'
        '<section id="a"><h2 id="b"><span id="c">H</span></h2></section>'
    )
    body = from_html(page, whole=True)
    heading = body.blocks[1]
    assert isinstance(heading, Heading)
    assert set(_links(body)) == {f"#{heading.anchor}"}


def test_a_name_inside_a_paragraph_that_has_one_leads_to_the_paragraph() -> None:
    page = (
        '<p><a href="#a">a</a> <a href="#b">b</a> <a href="#c">c</a></p>'
        '<p id="a">words <b id="b">of it</b> <i><u id="c">and more</u></i></p>'
    )
    assert _links(from_html(page, whole=True)) == ["#a"] * 3


def test_a_link_to_nothing_is_text() -> None:
    page = '<p><a href="#gone">go</a> <a href="https://example.org/">out</a></p>'
    assert _links(from_html(page, whole=True)) == ["https://example.org/"]
    assert _links(from_html(page)) == ["#gone", "https://example.org/"]


def test_notes_stand_in_the_order_of_their_marks() -> None:
    mark = '<sup><a href="#{0}" id="r{0}">{0}</a></sup>'
    page = (
        f"<ul hidden><li>{mark.format('n3')}</li></ul>"
        f"<p>A{mark.format('n1')}{mark.format('n3')}</p>"
        f"<p>B{mark.format('n2')}</p><ol><li id=n1>one<li id=n2>two<li id=n3>three</ol>"
    )
    body = from_html(page, whole=True)
    assert [note.name for note in body.notes] == ["n1", "n3", "n2"]
