"""Caveats are data: not in the text, and not lost."""

import pytest

from reader.body.blocks import Body, Paragraph, Text
from reader.body.caveats import caveats_of
from reader.body.from_html import body_of, from_html, parts
from reader.body.to_html import to_html
from reader.body.to_text import to_text
from reader.model import Caveat

_UNSURE = "This may not be all of the article, or more than it: the page was hard to read."
_PARTIAL = "The page did not come whole: the end may be missing. Download it again."
_DAMAGED = "The file is damaged or was cut: something may be missing."
_BLOCKS = (Paragraph((Text("One."),)), Paragraph((Text("Two."),)))


@pytest.mark.parametrize("language", ["", "de"])
def test_caveats_are_written_and_read_and_are_no_text(language: str) -> None:
    body = Body(_BLOCKS, language=language, caveats=(Caveat.UNSURE, Caveat.PARTIAL))
    html = to_html(body)
    assert body_of(html) == body
    assert caveats_of(html) == body.caveats
    assert to_text(body_of(html)).split() == ["One.", "Two."]
    assert "may" not in html


def test_a_text_without_caveats_is_written_without_a_frame() -> None:
    assert to_html(Body(_BLOCKS)) == "<p>One.</p>\n<p>Two.</p>"


@pytest.mark.parametrize("head", ["", '<article lang="de" dir="ltr">\n'])
def test_sentences_of_older_versions_are_caveats_and_not_shown(head: str) -> None:
    lines = "".join(f"<p><em>{said}</em></p>\n" for said in (_DAMAGED, _PARTIAL, _UNSURE))
    html = f"{head}{lines}<p>One.</p>\n<p>Two.</p>" + ("\n</article>" if head else "")
    assert caveats_of(html) == (Caveat.UNSURE, Caveat.PARTIAL, Caveat.DAMAGED)
    assert tuple(parts(html)) == _BLOCKS
    assert body_of(html).language == ("de" if head else "")
    assert caveats_of(to_html(body_of(html))) == caveats_of(html)


def test_an_old_text_of_nothing_but_a_sentence_is_empty() -> None:
    assert body_of(f"<p><em>{_UNSURE}</em></p>") == Body(caveats=(Caveat.UNSURE,))


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{_UNSURE}</p>", f"<p><em>{_UNSURE} And more.</em></p>", "<p><em>One.</em></p>",
        f"<p>One.</p>\n<p><em>{_UNSURE}</em></p>", "",
    ],
)  # fmt: skip
def test_other_text_is_no_caveat(html: str) -> None:
    assert caveats_of(html) == ()
    assert len(list(parts(html))) == html.count("<p>")


def test_a_foreign_page_cannot_claim_caveats() -> None:
    page = '<article data-caveats="unsure">\n<p>One.</p>\n</article>'
    assert from_html(page).caveats == ()
    assert caveats_of('<article data-caveats="nonsense unsure">\n<p>One.</p>') == (Caveat.UNSURE,)
