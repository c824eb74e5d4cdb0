"""The note that a link leads to."""

from reader.body.note_of import note_of

_NOTE = '<div role="doc-endnote" id="a&amp;b"><p>One.</p><pre>x&#10;y</pre></div>'
_LIST = '<ol><li><p id="c1">Smith 1999, page 4.</p></li></ol>'
_REFERENCE = '<p>Words <a href="#c1">[1]</a> and <a href="#s2">2</a>.</p>'


def test_a_note_is_found_by_its_name() -> None:
    found = note_of(f"<p>Words.</p>\n{_NOTE}\n<p>More.</p>", "n-a&b", "7")
    assert found is not None and found.place == "n-a&b" and len(found.blocks) == 2
    assert note_of("<p>Words.</p>", "n-a", "7") is None


def test_a_short_paragraph_below_a_mark_is_a_note_and_nothing_else_is() -> None:
    html = f'{_REFERENCE}\n<h2 id="s2">Two</h2>\n{_LIST}'
    assert note_of(html, "c1", "[1]") is not None
    assert note_of(html, "c1", "the list") is None, "words are a link"
    assert note_of(html, "s2", "2") is None, "a heading is in the contents"
    assert note_of(f"{_LIST}\n{_REFERENCE}", "c1", "[1]") is None, "a link back"
    assert note_of(html.replace("Smith", "Smith " * 200), "c1", "[1]") is None
    assert note_of(html, "none", "1") is None
