"""What a page says of its article in the words of schema.org is read in all its shapes."""

import json
from typing import Any

import pytest

from reader.ingest.extract.linked_data import article_data, first_text
from reader.ingest.extract.page import parse


def _data(html: str, address: str = "") -> dict[str, Any]:
    root = parse(f"<html><body>{html}</body></html>")
    assert root is not None
    return article_data(root, address)


def _script(said: object) -> str:
    text = said if isinstance(said, str) else json.dumps(said)
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize("kind", ["DiscussionForumPosting", "Question", "TechArticle"])
def test_a_thread_and_a_question_are_articles(kind: str) -> None:
    page = {"@type": "QAPage", "mainEntity": {"@type": kind, "name": "Why?", "author": "Ann"}}
    data = _data(_script(page))
    assert (data["headline"], data["author"]) == ("Why?", "Ann")


def test_a_vacancy_and_a_list_of_questions_are_no_articles() -> None:
    assert "author" not in _data(_script({"@type": "JobPosting", "author": "Ann"}))
    asked = {"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "Why?"}]}
    assert "headline" not in _data(_script(asked))


def test_of_several_articles_the_one_at_the_address_is_meant() -> None:
    one = {"@type": "Article", "headline": "One", "author": "Ann", "url": "https://x.example/1"}
    two = {
        "@type": "Article",
        "headline": "Two",
        "mainEntityOfPage": {"@id": "https://x.example/2"},
    }
    data = _data(_script([one, two]), "https://x.example/2")
    assert data["headline"] == "Two"
    assert "author" not in data
    assert _data(_script([one, two]))["headline"] == "One"


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "Article", "headline": "A title", "x": "unclosed}',
        '{"@type": "Article", "headline": "A title"}}}',
        '{"@type": "Article", "headline": "A title", "x": "a "quoted" word"}',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;A title&quot;}",
        '{"@type": "Article", "headline": "A title", "x": "tab\there\x01"}',
    ],
)
def test_broken_json_says_what_can_still_be_read(text: str) -> None:
    assert _data(_script(text))["headline"] == "A title"


def test_an_author_is_saved_from_broken_json() -> None:
    text = '{"@type": "Article", "author": [{"@type": "Person", "name": "Ann Able"}], "x": "'
    assert _data(_script(text))["author"] == "Ann Able"
    assert _data(_script('{"headline": "x')) == {"shown": {}}


def test_json_that_is_nested_too_deep_is_cut() -> None:
    deep = "[" * 500 + '"x"' + "]" * 500
    data = _data(_script(f'{{"@type": "Article", "headline": "A", "author": {deep}}}'))
    assert data["headline"] == "A"
    assert first_text(data["author"]) == ""


_ITEM = """<div itemscope itemtype="https://schema.org/Question"><h1 itemprop="name">Why?</h1>
<time itemprop="dateCreated" datetime="2026-02-03">long ago</time>
<div itemprop="author" itemscope><b>33 points</b><a itemprop="name">Ann Able</a></div>
<div itemscope itemprop="suggestedAnswer"><time itemprop="dateCreated" datetime="2026-05-06"></time>
<div itemprop="author" itemscope><a itemprop="name">Ben Bold</a></div></div></div>"""


def test_microdata_is_that_of_the_first_item_without_inner_items() -> None:
    shown = _data(_ITEM)["shown"]
    assert shown["author"] == [{"name": "Ann Able"}]
    assert (shown["name"], shown["dateCreated"]) == ("Why?", "2026-02-03")
    assert _data(_ITEM.replace("Question", "Thing"))["shown"] == {}


def test_the_first_text_of_a_value_is_its_text() -> None:
    assert first_text(["", {"@value": "a"}, "b"]) == "a"
    assert [first_text(None), first_text(3), first_text({}), first_text([[]])] == [""] * 4
