"""Callouts and notes are not trimmed, whatever their words are."""

import pytest
from lxml import etree
from tests.ingest.extract.structure.page import body_of

from reader.body.to_text import to_text
from reader.ingest.extract.structure.sparing import spared

_CALLOUT = (
    '<div class="admonition tip"><p class="admonition-title">Tip</p><p>Subscribe to updates.</p>'
    "</div>"
)
_LINK = (
    '<div class="admonition seealso"><p class="admonition-title">See also</p><p><a href="/other">'
    "Another page of this manual</a></p></div>"
)
_NOTES = (
    '<p>So it is told.<sup><a href="#fn1">1</a></sup></p></article></main><div class="footnotes">'
    '<ol><li id="fn1">Follow us on Twitter, it says. <a href="#r1">↩</a></li></ol></div>'
)


@pytest.mark.parametrize(
    ("construct", "words"),
    [
        (_CALLOUT, "Subscribe to updates."),
        (_LINK, "Another page of this manual"),
        (_NOTES, "Follow us on Twitter, it says."),
    ],
)
def test_words_of_furniture_stay_in_callouts_and_notes(construct: str, words: str) -> None:
    assert words in to_text(body_of(construct, last=""))


def test_what_is_spared_comes_back_in_its_place_unless_it_is_removed() -> None:
    article = etree.fromstring(
        '<div>a<aside role="note"><p role="note">b</p></aside>c<ol role="doc-endnotes"/>d</div>'
    )
    before = etree.tostring(article)
    with spared(article):
        assert [each.tag for each in article] == ["pre", "pre"]
    assert etree.tostring(article) == before
    with spared(article):
        article.remove(article[1])
    assert [each.tag for each in article] == ["aside"]
