"""HTML becomes a body: structure is kept, what is not in the tree goes, hostile input is borne."""

from collections.abc import Mapping

import pytest

from reader.body.blocks import (
    MAX_COLUMNS,
    MAX_DEPTH,
    Body,
    Cell,
    Code,
    Definitions,
    Figure,
    Given,
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
from reader.body.from_html import from_html, library_picture, parts
from reader.body.to_html import to_html
from reader.body.to_text import to_text


def _only(html: str) -> object:
    blocks = from_html(html).blocks
    assert len(blocks) == 1, blocks
    return blocks[0]


def _said(html: str) -> str:
    return to_text(from_html(html))


def test_white_space_collapses_as_in_a_browser() -> None:
    assert _only("<p> a \n\t b <b> c </b> d </p>") == Paragraph(
        (Text("a b "), Text("c ", Style.STRONG), Text("d"))
    )


def test_styles_nest() -> None:
    assert _only("<p><em>a<strong>b</strong></em></p>") == Paragraph(
        (Text("a", Style.EMPHASIS), Text("b", Style.EMPHASIS | Style.STRONG))
    )


def test_loose_text_becomes_paragraphs() -> None:
    assert _said("one<div>two<p>three</p>four</div>five") == "one\n\ntwo\n\nthree\n\nfour\n\nfive"


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://example.org/x", "https://example.org/x"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("#there", "#there"),
        ("page.html", ""),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("\u2028javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("\\\\host\\share", ""),
        ("https:///nohost", ""),
        ("http://[bad", ""),
    ],
)
def test_only_links_one_may_follow_are_links(href: str, kept: str) -> None:
    assert _only(f'<p><a href="{href}">go</a></p>') == Paragraph((Text("go", link=kept),))


def test_relative_links_are_resolved_against_the_address() -> None:
    body = from_html('<a href="b">x</a>', address="https://example.org/a/")
    assert body.blocks == (Paragraph((Text("x", link="https://example.org/a/b"),)),)


def test_what_is_no_text_is_left_out() -> None:
    html = (
        "<head><title>t</title><style>s</style></head><script>s</script><p hidden>h</p>"
        "<p style='display: none'>n</p><svg><text>v</text></svg><p>seen</p><!-- c -->"
        "<template>t</template><noscript>n</noscript>"
    )
    assert _said(html) == "seen"


def test_code_keeps_its_lines_and_language() -> None:
    html = '<pre><code class="x language-Python">def f():\n\n    <b>return</b> 1\n</code></pre>'
    assert _only(html) == Code("def f():\n\n    return 1", "python")


def test_lists_tasks_and_starts() -> None:
    html = "<ol start=3><li>a<ul><li><input type=checkbox checked>b</ul><li>c</ol>"
    inner = List((Item((Paragraph((Text("b"),)),), checked=True),))
    assert _only(html) == List(
        (Item((Paragraph((Text("a"),)), inner)), Item((Paragraph((Text("c"),)),))), True, 3
    )


def test_tables_keep_head_spans_and_sides() -> None:
    html = (
        "<table><caption>C</caption><tr><th>A<th>B</tr>"
        "<tr><td colspan=2 rowspan=999999999 align=right>1</tr></table>"
    )
    assert _only(html) == Table(
        (
            (Cell((Text("A"),), header=True), Cell((Text("B"),), header=True)),
            (Cell((Text("1"),), columns=2, rows=1000, align="right"),),
        ),
        1,
        (Text("C"),),
    )


def test_a_table_for_layout_is_no_table() -> None:
    assert _said("<table><tr><td><p>one</p><p>two</p></td></tr></table>") == "one\n\ntwo"
    assert not any(isinstance(b, Table) for b in from_html("<table><tr><td>x</table>").blocks)


def test_a_table_has_at_most_so_many_columns_and_loses_no_cell() -> None:
    row = "".join(f"<td>c{number}</td>" for number in range(500))
    table = _only(f"<table><tr>{row}</tr><tr>{row}</tr></table>")
    assert isinstance(table, Table)
    assert len(table.rows[0]) == MAX_COLUMNS
    said = _said(f"<table><tr>{row}</tr><tr>{row}</tr></table>")
    assert all(f"c{number}" in said for number in range(500))


def test_figures_keep_their_captions() -> None:
    name = "0" * 64 + ".jpg"
    caption = "<figcaption>What <i>it</i> is</figcaption>"
    html = f'<figure><img src="{name}" width=4 height=3>{caption}</figure>'
    assert _only(html) == Figure(
        (Paragraph((Picture(name, 4, 3),)),),
        (Text("What "), Text("it", Style.EMPHASIS), Text(" is")),
    )


def test_footnotes_of_several_makers_are_notes() -> None:
    markdown = (
        '<p>T<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>'
        '<div class="footnote"><hr><ol><li id="fn:1"><p>N '
        '<a class="footnote-backref" href="#fnref:1">↩</a></p></li></ol></div>'
    )
    mark = '<sup><a href="#n1" id="r1">1</a></sup>'
    plain = f'<p>T{mark}</p><ol><li id="n1">N <a href="#r1">back</a></ol>'
    roles = (
        '<p>T<a role="doc-noteref" href="#x">*</a></p>'
        '<section role="doc-endnotes"><aside id="x"><p>N</p></aside></section>'
    )
    for html, name in ((markdown, "fn:1"), (plain, "n1"), (roles, "x")):
        body = from_html(html)
        assert body.blocks == (Paragraph((Text("T"), NoteMark(name))),), html
        assert body.notes == (Note(name, (Paragraph((Text("N"),)),)),), html


def test_definitions_keep_terms_together() -> None:
    block = _only("<dl><dt>a<dt>b<dd>c<dd>d</dl>")
    assert isinstance(block, Definitions)
    assert len(block.items) == 1
    assert len(block.items[0].terms) == 2
    assert len(block.items[0].blocks) == 2


@pytest.mark.parametrize("inner", ["one<br>two", "one\n two", "one<br><br>\ntwo", "one<hr>two"])
def test_a_heading_is_one_line(inner: str) -> None:
    heading = _only(f"<h2>{inner}</h2>")
    assert isinstance(heading, Heading)
    assert heading.runs == (Text("one two"),)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>one{}two</td><td>x</td></tr><tr><td>y<td>z</table>",
        "<dl><dt>one{}two<dd>x</dl>", "<figure>x<figcaption>one{}two</figcaption></figure>",
        "<h3>one{}two</h3>", "<p>one{}two</p>", "<ul><li>one{}two</ul>",
    ],
)  # fmt: skip
def test_whatever_stands_between_two_words_keeps_them_apart(html: str) -> None:
    for between in ("<hr>", "<br>", "<div></div>", "<p></p>", "<hr><hr>", "<div><hr></div>"):
        assert {"one", "two"} <= {*_said(html.format(between)).split()}, between


def test_headings_carry_their_places() -> None:
    assert _only('<h2 id="a%20b">T</h2>') == Heading(2, (Text("T"),), "ab")


def test_media_become_links() -> None:
    assert _only('<iframe src="https://example.org/v" title="Film"></iframe>') == Paragraph(
        (Text("Film", link="https://example.org/v"),)
    )
    assert from_html('<iframe src="file:///x"></iframe>').blocks == ()


def test_no_picture_but_those_of_the_library() -> None:
    for source in ("/etc/x.png", "file:///x.png", "http://example.org/x.png", "../x", "data:x"):
        assert library_picture({"src": source}) is None
        assert from_html(f'<p>a<img src="{source}">b</p>').blocks == (Paragraph((Text("ab"),)),)


def test_the_picture_function_decides() -> None:
    asked: list[str] = []

    def find(attributes: Mapping[str, str]) -> Picture | None:
        asked.append(attributes["src"])
        return Picture("", alt="words")

    body = from_html('<img src="a.png"><p>x</p>', picture=find)
    assert asked == ["a.png"]
    assert body.blocks[0] == Paragraph((Picture("", alt="words"),))


def test_controls_and_noncharacters_are_taken_out() -> None:
    assert _said("<p>a\x00b\x07c\ufffcd\ud800e\ufdd0f</p>") == "abcdef"


@pytest.mark.parametrize(
    "opened", ["<div>", "<b>", "<blockquote>", "<ul><li>", "<dl><dd>", "<table><tr><td>", "<span>"]
)
def test_twenty_thousand_nested_tags_keep_all_text(opened: str) -> None:
    said = _said(f"<p>before</p>{opened * 20_000}deep<p>after</p>")
    assert all(word in said for word in ("before", "deep", "after"))


def _depth(block: object) -> int:
    return 1 + max(map(_depth, block.blocks)) if isinstance(block, Quote) else 0


def test_five_thousand_nested_quotes_are_cut_not_lost() -> None:
    html = "".join(f"<blockquote>q{number} " for number in range(5000))
    body = from_html(html)
    assert max(map(_depth, body.blocks)) <= MAX_DEPTH
    assert to_text(body).count("q") == 5000


def test_unclosed_paragraphs_are_paragraphs() -> None:
    assert len(from_html("<p>x" * 3000).blocks) == 3000


@pytest.mark.parametrize(
    "html",
    [
        "",
        " ",
        "<",
        "<!--",
        "<!-- x",
        "<![CDATA[x]]>",
        "\x00" * 1000,
        "<html",
        "<p>" + "x" * 1_000_000,
        "&" * 100_000,
        "<!--" * 40_000,
        "<a " * 100_000,
    ],
)
def test_rubbish_is_borne(html: str) -> None:
    body = from_html(html)
    assert from_html(to_html(body)) == body


def test_a_word_of_a_million_letters_stays_whole() -> None:
    assert _said(f"<p>{'x' * 1_000_000}</p>") == "x" * 1_000_000


def test_a_list_and_a_table_of_ten_thousand() -> None:
    items = from_html("<ul>" + "<li>x" * 10_000 + "</ul>").blocks[0]
    assert isinstance(items, List)
    assert len(items.items) == 10_000
    rows = from_html("<table>" + "<tr><td>a<td>b" * 10_000 + "</table>").blocks[0]
    assert isinstance(rows, Table)
    assert len(rows.rows) == 10_000


def test_text_behind_a_giant_text_is_not_dropped() -> None:
    said = _said("<p>" + "a " * 6_000_000 + "</p><p>the end</p>")
    assert said.endswith("the end")


def test_the_language_and_direction_of_the_page() -> None:
    body = from_html('<html lang="ar-EG" dir="rtl"><body><p>x</p></body></html>')
    assert (body.language, body.direction) == ("ar-EG", "rtl")
    assert from_html("<html lang='\"><x'>") == Body(language="x")


def test_an_attribute_of_any_name_is_borne() -> None:
    body = from_html(
        '<p {a}="b" {}|_+"=c lang=en>one <a {x href="https://example.org/">two</a></p>'
    )
    assert to_text(body).strip() == "one two"
    assert "https://example.org/" in to_html(body)


def test_captions_inside_each_other_are_said_once_and_several_on_lines_of_their_own() -> None:
    nested = "<figure><figcaption>a <figcaption>b</figcaption> c</figcaption></figure>"
    assert _only(nested) == Paragraph((Text("a\nb\nc"),))
    several = "<figure><figcaption>a</figcaption><figcaption>b</figcaption></figure>"
    assert _only(several) == Paragraph((Text("a\nb"),))


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ('data-width="16px" data-height="12.5px"', Given(16, 12.5)),
        ('data-width="0em" data-height="1em"', Given(0, 1, "em")),
        ('data-width="2x" data-height="2x"', Given(2, 2, "x")),
        ('data-width="0px" data-height="0px"', Given()),
        ('data-width="16"', Given()),
        ('data-width="-16px"', Given()),
        ('data-width="1e99px"', Given()),
        ('data-width="99999px"', Given()),
        ('data-width="16px;" data-height="12px"', Given(0, 12)),
        ("", Given()),
    ],
)
def test_a_picture_has_the_size_that_was_given_if_it_can_be(written: str, given: Given) -> None:
    paragraph = next(parts(f'<p><img src="{"0" * 64}.png" width="30" height="20" {written}></p>'))
    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs == (Picture("0" * 64 + ".png", 30, 20, given=given),)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<ul><li>one<li>two</ul>", "• one\n• two"),
        ("<ul> <li> <p>one</p><p>more</p> </li> <li><div><p>two</p></div></li> </ul>",
         "• one\nmore\n• two"),
        ("before<ol><li>one<li>two</ol>after", "before\n1. one\n2. two\nafter"),
        ("<ol start=7><li>one<ul><li>in<li>it</ul><li>two</ol>", "7. one\n• in\n• it\n8. two"),
        ("<ul><li></li><li>two</li><li> </li></ul>", "• two"),
        ("<ul><li><br>one</ul>", "• one"),
        ("<ul><li><b>one</b> two<li hidden>three<li><code>four</code></ul>", "• one two\n• four"),
        ("<ul><li><ul><li>in</ul></ul>", "• in"),
    ],
)  # fmt: skip
def test_the_items_of_a_list_in_a_cell_stand_beside_their_markers(inside: str, text: str) -> None:
    table = _only(f"<table><tr><th>a<th>b<tr><td>x<td>{inside}</table>")
    assert isinstance(table, Table)
    runs = table.rows[1][1].runs
    assert "".join(run.text for run in runs if isinstance(run, Text)) == text


def test_a_list_that_is_too_deep_keeps_its_text_beside_the_markers() -> None:
    deep = "<ul><li>" * 20
    assert "• x" in _said(f"{deep}x").replace("\n", " ")
    picture = f'<img src="{"0" * 64}.png">'
    cell = _only(f"<table><tr><th>a<th>b<tr><td>x<td><ul><li>{picture}<li></ul></table>")
    assert isinstance(cell, Table)
    runs = cell.rows[1][1].runs
    assert runs == (Text("• "), Picture("0" * 64 + ".png"))


def test_a_player_is_its_picture_and_a_link_with_its_title() -> None:
    def known(attributes: Mapping[str, str]) -> Picture:
        return Picture("", address=attributes["src"])

    link = "https://example.org/v"
    player = f'<p><video src="{link}" poster="https://example.org/p.jpg" title="The weir"></video>'
    assert from_html(player, picture=known).blocks == (
        Paragraph((Picture("", link=link, address="https://example.org/p.jpg"),)),
        Paragraph((Text("The weir", link=link),)),
    )
    nowhere = '<video src="blob:x" poster="https://example.org/p.jpg"></video>'
    assert from_html(nowhere, picture=known).blocks == (
        Paragraph((Picture("", address="https://example.org/p.jpg"),)),
    )


@pytest.mark.parametrize("place", ["#gh-dark-mode-only", "#only-dark"])
def test_a_picture_for_dark_grounds_only_is_left_out(place: str) -> None:
    markup = f'<p>a<img src="/d.png{place}"><img src="/l.png#gh-light-mode-only"></p>'
    body = from_html(markup, picture=lambda given: Picture("", address=given["src"]))
    assert "/l.png" in repr(body)
    assert "/d.png" not in repr(body)


def test_a_heading_does_not_link_to_itself() -> None:
    assert _only('<h2 id="a"><a href="#a">T</a></h2>') == Heading(2, (Text("T"),), "a")
    linked = Heading(2, (Text("T", link="#b"),), "a")
    assert _only('<h2 id="a"><a href="#b">T</a></h2>') == linked
