"""The formats that are JSON, each as its program writes it."""

import json
from pathlib import Path

import pytest
from tests.importing.exports import items

from reader.entries import Highlight, TextKind
from reader.model import State
from reader.outcomes import Outcome
from reader.reasons import Reason


def _pin(address: str) -> str:
    return json.dumps({"href": address, "description": "T", "toread": "no"})


def test_karakeep_has_lists_within_lists_and_notes(tmp_path: Path) -> None:
    bookmarks = [
        {"createdAt": 1500000000, "title": "Clay", "tags": ["craft"], "lists": ["b", "gone"],
         "content": {"type": "link", "url": "https://a.org/"}, "note": "n", "archived": True},
        {"createdAt": 1500000000, "title": None, "tags": [],
         "content": {"type": "text", "text": "Some *words*"}},
        {"createdAt": 1500000000, "title": "A picture", "tags": [], "content": None},
    ]  # fmt: skip
    lists = [
        {"id": "b", "name": "Glaze", "parentId": "a"}, {"id": "a", "name": "Kiln", "parentId": "b"},
    ]  # fmt: skip
    found = items(tmp_path, json.dumps({"bookmarks": bookmarks, "lists": lists}))
    link, note, picture = found.entries
    assert found.key == "karakeep"
    assert (link.state, link.folders) == (State.ARCHIVE, (("Kiln", "Glaze"),))
    assert (link.highlights, link.added_at) == ((Highlight("", "n"),), "2017-07-14T02:40:00Z")
    assert note.text is not None
    assert (note.text.kind, note.text.load()) == (TextKind.MARKDOWN, b"Some *words*")
    assert (picture.clipping.url, picture.text) == ("", None)


def test_linkwarden_has_texts_and_collections(tmp_path: Path) -> None:
    link = {"id": 9, "name": "L &lt;x&gt;", "url": "https://a.org/", "textContent": "Long text.",
            "createdAt": "2017-07-14T02:40:00.000Z", "importDate": None,
            "tags": [{"name": "t"}]}  # fmt: skip
    found = items(
        tmp_path,
        json.dumps(
            {
                "name": "me",
                "collections": [
                    {"id": 5, "name": "A &amp; B", "parentId": 6, "links": [link, "?"]},
                    {"id": 6, "name": "Up", "parentId": None, "links": []},
                ],
                "pinnedLinks": [{"id": 9}],
            }
        ),
    )
    (entry,) = found.entries
    assert found.key == "linkwarden"
    assert (entry.clipping.title, entry.clipping.tags) == ("L <x>", ("t",))
    assert (entry.folders, entry.favourite) == ((("Up", "A & B"),), True)
    assert entry.text is not None
    assert entry.text.load() == b"Long text."
    assert [each.where.line for each in found.unread] == [2]


def test_goodlinks_and_pinboard_are_told_apart(tmp_path: Path) -> None:
    rope = {"title": "Rope", "url": "https://a.org/", "tags": ["knots"], "starred": True,
            "summary": "s", "originalURL": "https://t.co/a", "addedAt": 1500000000.5}  # fmt: skip
    found = items(tmp_path, json.dumps([rope, {**rope, "readAt": 1500000000}]))
    first, second = found.entries
    assert found.key == "goodlinks"
    assert (first.clipping.aliases, first.favourite) == (("https://t.co/a",), True)
    assert (first.state, second.state) == (State.QUEUE, State.ARCHIVE)
    pin = {"href": "https://a.org/", "description": "T", "extended": "note", "toread": "yes",
           "time": "2017-07-14T02:40:00Z", "tags": "a b"}  # fmt: skip
    found = items(tmp_path, json.dumps([pin, {**pin, "toread": "no"}]))
    first, second = found.entries
    assert found.key == "pinboard"
    assert (first.clipping.tags, first.highlights) == (("a", "b"), (Highlight("", "note"),))
    assert (first.state, second.state) == (State.QUEUE, State.ARCHIVE)


def test_browsers_keep_folders_below_their_own(tmp_path: Path) -> None:
    page = {"type": "url", "name": "P", "url": "https://a.org/", "date_added": "13144473600000000"}
    folder = {"type": "folder", "name": "Mine", "children": [page]}
    roots = {"bookmark_bar": {"name": "Bookmarks bar", "children": [folder, page]}, "version": 1}
    found = items(tmp_path, json.dumps({"roots": roots}))
    assert found.key == "browser"
    assert [entry.folders for entry in found.entries] == [(("Mine",),), ()]
    assert found.entries[0].added_at == "2017-07-14T02:40:00Z"
    leaf = {"guid": "x", "typeCode": 1, "uri": "https://b.org/", "tags": "a,b",
            "dateAdded": 1500000000000000}  # fmt: skip
    menu = {"guid": "menu", "typeCode": 2, "title": "menu", "children": [leaf]}
    found = items(tmp_path, json.dumps({"guid": "root", "typeCode": 2, "children": [menu]}))
    assert found.entries[0].clipping.tags == ("a", "b")
    assert found.entries[0].added_at == "2017-07-14T02:40:00Z"


def test_objects_with_addresses_are_read_even_if_no_program_is_known(tmp_path: Path) -> None:
    page = {"url": "https://a.org/", "title": "A", "tags": "x,y", "saved": "2017-07-14T02:40:00Z"}
    odd = {"url": ["x"], "title": {"a": 1}, "tags": [["a"], {"b": 1}, None, 3], "saved": "NaN"}
    found = items(tmp_path, json.dumps([page, odd]))
    first, second = found.entries
    assert found.key == "json"
    assert (first.clipping.tags, first.added_at) == (("x", "y"), "2017-07-14T02:40:00Z")
    assert (second.clipping.url, second.clipping.tags) == ("", ("3",))
    assert second.remarks[0].reason is Reason.BAD_DATE


def test_damage_costs_one_item(tmp_path: Path) -> None:
    damaged = '{"href": "https://b.org/" "x"}'
    text = f"[{_pin('https://a.org/')}, {damaged}, {_pin('https://c.org/')}, 7, null]"
    found = items(tmp_path, text)
    assert [entry.clipping.url for entry in found.entries] == ["https://a.org/", "https://c.org/"]
    assert found.lines == [1, 3]
    assert [each.where.line for each in found.unread] == [2, 4, 5]


@pytest.mark.parametrize("end", ['{"href": "https://b.o', "", '{"a":' * 5000, "9" * 5000])
def test_files_that_end_early_keep_what_is_whole(tmp_path: Path, end: str) -> None:
    found = items(tmp_path, f"[{_pin('https://a.org/')}, {end}")
    assert len(found.entries) == 1
    ((where, outcome, remark, _),) = found.unread
    assert (where.line, outcome, remark.reason) == (2, Outcome.FAILED, Reason.NOT_READABLE)


def test_values_of_any_type_are_no_trouble(tmp_path: Path) -> None:
    odd = [5, None, ["x"], {"a": 1}, True, 10**30, "\ud800"]
    pins = [dict.fromkeys(("href", "description", "tags", "time", "toread", "extended"), value)
            for value in odd]  # fmt: skip
    found = items(tmp_path, json.dumps(pins))
    assert len(found.entries) == len(odd)
    assert all(entry.clipping.url.encode() is not None for entry in found.entries)
