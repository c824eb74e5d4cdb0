"""HTML that nests too deep keeps its text."""

from reader.body.flatten import MAX_OPEN, flatten


def test_shallow_html_is_not_changed() -> None:
    html = "<div><p>One <b>two</b></p></div>" * 50
    assert flatten(html) == html


def test_deep_tags_go_and_their_text_stays() -> None:
    html = "<div>" * (MAX_OPEN + 50) + "text" + "</div>" * (MAX_OPEN + 50) + "<p>behind</p>"
    flat = flatten(html)
    assert flat.count("<div>") <= MAX_OPEN
    assert "text" in flat and flat.endswith("<p>behind</p>")


def test_an_unclosed_tag_is_text() -> None:
    assert flatten("<a " * 3 + "<p>x</p>").count("&lt;") >= 2
