"""Other ways to an article: without encryption, by the clipboard."""

from collections.abc import Iterator

import pytest
from tests.ingest.site import Answer, Site

from reader import phrases
from reader.errors import IngestError
from reader.ingest.alternatives import unencrypted, use_text
from reader.ingest.web import add_addresses, download
from reader.library.library import Library
from reader.model import Clipping, FailureKind, Outcome

_URL = "https://gone.example/2020/story"
_TEXT = "<p>A sentence, with commas, and enough words to be one of a text.</p>" * 20
_PAGE = f"""<html><head><title>The story</title></head><body><article>{_TEXT}
<p>See <a href="other">the other one</a>.</p></article></body></html>""".encode()
_HTML = (("Content-Type", "text/html; charset=utf-8"),)


@pytest.fixture(autouse=True)
def _without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.ingest.fetch.proxy_for", lambda _: None)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture
def id(library: Library) -> int:
    id = add_addresses(library, [_URL]).rows[0].article
    library.downloads.note_failure(id, FailureKind.GONE, 404)
    return id


def test_a_site_without_encryption_is_asked_so_only_for_the_article(
    library: Library, site: Site
) -> None:
    url = f"{site.address}/story".replace("http:", "https:")
    site.answers["/story"] = Answer(200, _PAGE, _HTML)
    id = add_addresses(library, [url], typed=[url]).rows[0].article
    failure = download(library, [id]).rows[0].failure
    assert failure is not None
    assert failure.kind is FailureKind.UNSAFE
    row = download(library, [id], get=unencrypted(url)).rows[0]
    assert (row.outcome, row.article) == (Outcome.UPDATED, id)
    assert library.article(id).url == url
    assert library.article(id).title == "The story"


@pytest.mark.parametrize(
    ("text", "kind"), [("Words of the page.", ""), ("<p>Words of the <b>page</b>.</p>", "html")]
)
def test_a_pasted_text_is_that_of_the_article_and_can_be_taken_back(
    library: Library, id: int, text: str, kind: str
) -> None:
    before = library.article(id)
    assert use_text(library, id, text, kind=kind) == 1
    article = library.article(id)
    assert "Words of the" in article.html
    assert (article.title, article.url, article.words) == (before.title, _URL, 4)
    assert library.downloads.waiting() == []
    step = library.history.undo()
    assert step is not None
    assert phrases.step(step.label) == f"Pasted the text of “{before.title}”"
    assert library.article(id) == before
    library.history.redo()
    assert library.article(id).html == article.html


@pytest.mark.parametrize(("text", "kind"), [("", ""), (" \n", ""), ("<p></p>", "html")])
def test_nothing_is_no_text(library: Library, id: int, text: str, kind: str) -> None:
    with pytest.raises(IngestError, match=r"no .*text"):
        use_text(library, id, text, kind=kind)
    assert library.article(id).html == ""


def test_a_pasted_text_is_not_replaced_by_a_shorter_one(library: Library, site: Site) -> None:
    id = library.add(Clipping(f"{site.address}/story")).id
    use_text(library, id, "Words of the page. " * 200)
    site.answers["/story"] = Answer(200, b"<p>Log in to read.</p>" * 3, _HTML)
    library.note_typed(f"{site.address}/story")
    assert download(library, [id]).rows[0].outcome is Outcome.UNCHANGED
    assert "Words of the page" in library.article(id).html
