"""Addresses of entries: of the web, or made for texts that have none."""

import pytest

from reader.entries import Entry, Text, TextKind, Unread
from reader.importing.addresses import addressed
from reader.model import Clipping
from reader.outcomes import Outcome
from reader.reasons import Reason


def entry(url: str, *, text: str = "", title: str = "A title") -> Entry:
    load = Text(TextKind.PLAIN, text.encode) if text else None
    return Entry(Clipping(url, title=title), text=load)


def url_of(item: Entry | Unread) -> str:
    assert isinstance(item, Entry)
    return item.clipping.url


@pytest.mark.parametrize(
    ("url", "requested", "compared"),
    [
        ("https://ex.org/a?utm_source=x", "https://ex.org/a?utm_source=x", ("https://ex.org/a",)),
        (" HTTP://Ex.org ", "http://ex.org/", ()),
        ("https://ex.org/#!/a", "https://ex.org/#!/a", ()),
        ("https://ex.org/a#part", "https://ex.org/a", ()),
        ("https://anna:secret@ex.org/a", "https://ex.org/a", ()),
    ],
)
def test_an_address_of_the_web_is_requested_and_compared(
    url: str, requested: str, compared: tuple[str, ...]
) -> None:
    found = addressed(entry(url))
    assert isinstance(found, Entry)
    assert (found.clipping.url, found.clipping.aliases) == (requested, compared)


@pytest.mark.parametrize(
    ("url", "outcome", "reason"),
    [
        ("", Outcome.FAILED, Reason.NO_ADDRESS),
        ("https://", Outcome.FAILED, Reason.NOT_AN_ADDRESS),
        (f"https://ex.org/{'a' * 70_000}", Outcome.FAILED, Reason.NOT_AN_ADDRESS),
        ("javascript:void(0)", Outcome.SKIPPED, Reason.NOT_AN_ADDRESS),
        ("file:///etc/passwd", Outcome.SKIPPED, Reason.NOT_AN_ADDRESS),
    ],
)
def test_what_has_no_address_and_no_text_is_no_article(
    url: str, outcome: Outcome, reason: Reason
) -> None:
    found = addressed(entry(url))
    assert isinstance(found, Unread)
    assert (found.outcome, found.remark.reason) == (outcome, reason)
    assert 0 < len(found.name) <= 200


def test_a_text_without_an_address_of_the_web_has_one_of_its_own() -> None:
    urls = [
        url_of(addressed(entry(url, text="Words", title=title)))
        for url in ("", "mailto:a@ex.org", "instapaper://private/1", "file:///etc/passwd")
        for title in ("One", "Two")
    ]
    assert all(url.startswith("paste:") for url in urls)
    assert len(set(urls)) == 7  # without an address, the words count alone
    assert urls[0] == url_of(addressed(entry("", text="Words")))


def test_a_file_keeps_its_address_if_it_was_handed_over() -> None:
    note = entry("file:///home/a/notes/one.md", text="Words")
    assert url_of(addressed(note, ("file:///home/a/notes",))) == "file:///home/a/notes/one.md"
    assert url_of(addressed(note, ("file:///home/a/note",))).startswith("paste:")


def test_words_from_outside_are_clean_and_whole() -> None:
    found = addressed(entry("https://ex.org/", title="Two\n lines\x00" + " and more" * 150))
    assert isinstance(found, Entry)
    assert found.clipping.title == "Two lines" + " and more" * 150
    assert isinstance(no_title := addressed(entry("https://t.co/A", title="https://t.co/A")), Entry)
    assert no_title.clipping.title == ""
