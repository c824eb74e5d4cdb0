"""What follows the text of an article goes; the text itself and its sources stay."""

import pytest
from lxml import html

from reader.ingest.extract import endings
from reader.ingest.extract.measure import Element, text_of

_SAID = "Nobody knew what the river carried down to the town that year"
_TEXT = "".join(f"<p>{_SAID}, or the {n} after it.</p>" for n in range(20))
_HOST = "example.org"
_IMG = "<img src='/a.png'>"
_TWO = "<li><a href='/1'>One thing</a></li><li><a href='/2'>Another</a></li>"
_LONG = f"<p>{_SAID}, and nobody asked, until it was late in the winter.</p>"


def _tree(inside: str) -> Element:
    return html.fragment_fromstring(f"<div>{inside}</div>")


def _left(inside: str) -> str:
    """Return the text that is left behind an article."""
    tree = _tree(_TEXT + inside)
    endings.trim_end(tree, _HOST)
    return text_of(tree).removeprefix(text_of(_tree(_TEXT)))


# ---- lists of links


@pytest.mark.parametrize(
    ("listed", "stays"),
    [
        (f"<ul>{_TWO}</ul>", False), (f"<ol>{_TWO}</ol>", False),
        (f"<ul>{_TWO}<li>Words</li></ul>", True),
        ("<ul><li><a href='/1'>One thing</a></li></ul>", True),
        (f"<ul>{_TWO}<li><a href='/3'>{'x' * 91}</a>{'y' * 9}</li></ul>", False),
        (f"<ul>{_TWO}<li><a href='/3'>{'x' * 90}</a>{'y' * 10}</li></ul>", True),
        (f"<h2>Sources</h2><ul>{_TWO}</ul>", True), (f"<p>Sources:</p><ol>{_TWO}</ol>", True),
        (f"<h2>Sources</h2><h2>Parts</h2><ul>{_TWO}</ul>", False),
        (f"<h2>Quellen</h2><ul>{_TWO}</ul>", True), (f"<ul>{_TWO}</ul>{_LONG}", True),
        (f"<ul>{_TWO}</ul><pre>x</pre>", True), (f"<ul>{_TWO}</ul><p>Words.</p>", False),
        (f"<ul>{_TWO.replace('/2', 'https://www.example.org/2')}</ul>", False),
        (f"<ul>{_TWO.replace('/2', 'https://other.example/2')}</ul>", True),
        (f"<ul>{_TWO.replace('/2', '#b')}</ul>", True),
        (f"<p>It goes on in the other parts, which are all here:</p><ul>{_TWO}</ul>", True),
        (f"<ul>{_TWO.replace('thing', _SAID).replace('Another', _SAID)}</ul>{_LONG}", False),
    ],
)  # fmt: skip
def test_lists_of_links_behind_the_text_go_and_sources_stay(listed: str, stays: bool) -> None:
    tree = _tree(_TEXT + listed)
    endings._link_lists(tree, _HOST)
    assert (tree.find("ul") is not None or tree.find("ol") is not None) is stays


# ---- closing headings


@pytest.mark.parametrize(
    "head",
    [*(f"<h{n}>Related articles</h{n}>" for n in range(1, 7)), "<p><b>Related</b></p>",
     "<p><strong>Related</strong></p>", "<p><em>Related</em></p>", "<p>Related:</p>",
     "<p class='title'>Related</p>", "<dl><dt>Related:</dt></dl>", "<p><b>Relate</b>d</p>",
     "<h2>more stories about rivers</h2>"],
)  # fmt: skip
def test_what_follows_a_closing_head_goes(head: str) -> None:
    tree = _tree(f"<div>{_TEXT}<div>{head}<p>Other words.</p></div></div><ul><li>More.</li></ul>")
    endings._closings(tree)
    assert text_of(tree) == text_of(_tree(_TEXT))


@pytest.mark.parametrize(
    "head",
    ["<p>Related</p>", "<h2>Relations</h2>", f"<h2>read more {'x' * 80}</h2>",
     "<li><b>Related</b></li>", "<p><b>Rel</b>ated</p>"],
)  # fmt: skip
def test_what_follows_another_head_stays(head: str) -> None:
    assert "Other words." in _left(f"{head}<p>Other words.</p>")


@pytest.mark.parametrize(("behind", "cuts"), [(25, True), (26, False)])
def test_a_closing_head_cuts_at_most_a_fifth_of_the_text(behind: int, cuts: bool) -> None:
    tree = _tree(f"<p>{'x' * (118 - behind)}</p><h2>Related</h2><p>{'y' * behind}</p>")
    endings._closings(tree)
    assert ("y" not in text_of(tree)) is cuts


@pytest.mark.parametrize("head", ["Comments", "Tags", "Topics", "Kommentare", "More on rivers"])
def test_a_text_can_be_about_what_closes_other_texts(head: str) -> None:
    assert _SAID in _left(f"<h2>{head}</h2>{_LONG}")
    assert "x = 1" in _left(f"<h2>{head}</h2><p>Thus:</p><pre>x = 1</pre>")
    assert _left(f"<h2>{head}</h2><p>Be the first.</p>") == ""


def test_a_closing_head_within_the_text_takes_only_its_links() -> None:
    links = f"<p><a href='/x'>The story of another river</a></p><ul>{_TWO}</ul>"
    tree = _tree(f"{_TEXT}<h4>Auch interessant</h4>{links}{_TEXT}")
    endings._closings(tree)
    assert text_of(tree) == text_of(_tree(_TEXT + _TEXT))
    tree = _tree(f"{_TEXT}<h4>Related</h4>{_LONG}{links}{_TEXT}")
    endings._closings(tree)
    assert text_of(tree) == text_of(_tree(f"{_TEXT}<h4>Related</h4>{_LONG}{links}{_TEXT}"))


@pytest.mark.parametrize(
    ("behind", "goes"),
    [
        (f"<p><a href='/x'>Another river</a></p>{_LONG * 2}", False),
        (f"<p><a href='/x'>Another river</a></p>{_LONG}", True),
        (f"<p>Words.</p><h2>A part</h2>{_LONG * 2}", False),
        (f"<p>Words.</p><h4>A part</h4>{_LONG * 2}", True), (_LONG * 2, True),
    ],
)  # fmt: skip
def test_text_that_goes_on_below_links_or_another_heading_stays(behind: str, goes: bool) -> None:
    tree = _tree(f"{_TEXT}<h3>Auch interessant</h3>{behind}")
    endings._closings(tree)
    assert (_SAID + ", and nobody" not in text_of(tree)) is goes


# ---- the last lines


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        *((f"<{tag}>A heading of nothing</{tag}>", False) for tag in ("h1", "h2", "h3", "h6")),
        ("<p>Share</p>", False), ("<div>12 comments</div>", False),
        ("<p>All rights reserved.</p>", False),
        ("<p>She wrote it.</p>", True), ("<p><a href='/x'>Share</a></p>", False),
        ("<div><a href='/x'>Elsewhere it goes on</a></div>", True),
        ("<blockquote><p><a href='/x'>Her words</a></p></blockquote>", True),
        (f"<ul><li>{'x' * 41}</li><li>{'x' * 59}</li></ul>", True),
        ("<pre>x = 1\n<span>print</span></pre>", True),
        ("<table><tr><th>To</th><th>Do</th></tr><tr><td>it</td><td>Print</td></tr></table>", True),
        *((f"<{tag}>Share</{tag}>", True) for tag in ("pre", "figcaption")),
        ("<table><tr><td>Share</table>", False), ("<p>Share</p><iframe></iframe>", True),
        (f"<p>Share</p>{_IMG}", False), (f"<p>Share</p><p>{_IMG}</p>", False),
        ("<p>Share</p><video></video>", True), ("<p>Share</p><math></math>", True),
    ],
)  # fmt: skip
def test_lines_at_the_end_go_until_one_of_the_article(line: str, stays: bool) -> None:
    tree = _tree(f"<p>{_SAID}</p><section>{line}</section>")
    endings._ending(tree)
    assert (text_of(tree) == text_of(_tree(f"<p>{_SAID}</p><section>{line}</section>"))) is stays
    assert text_of(tree).startswith(_SAID)


# ---- notes


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("<p>Tags: <a href='/x'>one thing</a></p>", False), ("<p>Tags: one thing</p>", True),
        ("<p>Words: <a href='/x'>one thing</a></p>", True), (f"<p>Click here{_IMG}</p>", True),
        ("<p> <b>Tags</b> <a href='/x'>one thing</a></p>", False), ("<p>© The Paper</p>", False),
        ("<p>Reporting by Ann Able in the town and by others who were there; it was late</p>",
         False),
        ("<div>Click here<p>x</p></div>", True), ("<p>Subscribe to our newsletter.</p>", False),
        ("<p>“Subscribe to our newsletter,” he said.</p>", True),
        ("<blockquote><p>Subscribe to our newsletter.</p></blockquote>", True),
        ("<p>What the newsletter gave to the people of the town was time, and nobody else could"
         " have given that.</p>", True),
        *((f"<p>Our newsletter, which is free of all cost and comes each week of the year, in "
           f"spring and in winter: <a href='{href}'>{said}</a></p>", stays)
          for href, said, stays in (("/x", "begin", True), ("/newsletters/1", "begin", False),
                                    ("/x", "begin to read it now", False))),
    ],
)  # fmt: skip
def test_a_note_is_short_or_linked_and_nobody_says_it(line: str, stays: bool) -> None:
    tree = _tree(_TEXT + line)
    endings._end_notes(tree)
    assert (html.tostring(tree) == html.tostring(_tree(_TEXT + line))) is stays


def test_the_last_fifth_loses_its_notes_and_the_rest_does_not() -> None:
    note = "Follow us, all of you, on Twitter"
    for tag in ("p", "li", "div", "h4", "h5", "h6"):
        for behind, stays in ((60, False), (61, True)):
            before = "x" * (300 - len(note) - behind)
            tree = _tree(f"<p>{before}</p><{tag}>{note}</{tag}><p>{'y' * behind}</p>")
            endings._end_notes(tree)
            assert (note in text_of(tree)) is stays


def test_a_long_line_is_no_note() -> None:
    for size, stays in ((420, False), (421, True)):
        line = f"<p>© {'x' * (size - 2)}</p>"
        tree = _tree(_TEXT * 3 + line)
        endings._end_notes(tree)
        assert ("©" in text_of(tree)) is stays
