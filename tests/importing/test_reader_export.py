"""What comes in as Reader's own export is checked; the trouble of one line is one row."""

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import own_lines
from reader.entries import Entry, Highlight, Unread
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices
from reader.importing.formats.reader_export import READER
from reader.importing.own_text import prepared
from reader.model import Clipping, State
from reader.outcomes import Outcome
from reader.own_export import Own, OwnLibrary, OwnText

HEAD = {"format": "reader-library", "version": 1}
UID = "a" * 32


def _export(folder: Path, *lines: object, head: object = HEAD, **files: str) -> Bundle:
    (folder / "texts").mkdir(parents=True)
    (folder / "library.json").write_text(json.dumps(head))
    told = (each if isinstance(each, str) else json.dumps(each) for each in lines)
    (folder / "articles.jsonl").write_text("\n".join(told))
    for name, text in files.items():
        (folder / "texts" / f"{name.removeprefix('t')}.html").write_text(text)
    return Bundle([folder])


def _read(bundle: Bundle) -> list[Entry | Unread]:
    assert READER.fits(bundle) == 1.0
    return [*READER.read(bundle, Choices())]


def _html(entry: Entry | Unread) -> str:
    assert isinstance(entry, Entry)
    return prepared(entry, lambda _data, ending: f"x.{ending}").clipping.html


def test_one_bad_line_is_one_row_and_unknown_fields_are_no_trouble(tmp_path: Path) -> None:
    good = {"uid": UID, "url": "https://example.org/1", "later": {"x": 1}}
    found = _read(
        _export(
            tmp_path / "x", good, "{", "", [1], {"url": 3}, {**good, "views": -1},
            {**good, "uid": "tag/x"}, {**good, "state": "elsewhere"}, {**good, "progress": 2},
            "[" * 100_000, {"url": "https://example.org/2", "uid": "b" * 32},
        )
    )  # fmt: skip
    lines = [each.where.line for each in found if isinstance(each, Unread)]
    assert lines == [2, 4, 5, 6, 7, 8, 9, 10]
    assert all(each.outcome is Outcome.FAILED for each in found if isinstance(each, Unread))
    assert [each.clipping.url[-1] for each in found if isinstance(each, Entry)] == ["1", "2"]


def test_a_newer_version_is_refused_with_a_sentence(tmp_path: Path) -> None:
    bundle = _export(tmp_path / "x", {"uid": UID, "url": "u"}, head={**HEAD, "version": 2})
    (row,) = _read(bundle)
    assert isinstance(row, Unread)
    assert "newer version of Reader" in row.remark.text
    assert READER.rest(bundle) is None


def test_a_text_is_written_anew_so_that_nothing_comes_in_that_is_no_text(tmp_path: Path) -> None:
    evil = '<p onclick="x">Hello</p><script>bad()</script><img src="file:///etc/passwd">'
    digest = sha256(b"other").hexdigest()
    line = {"uid": UID, "url": "https://e.org/", "text": digest, "texts": [{"sha256": digest}]}
    (entry,) = _read(_export(tmp_path / "x", line, **{f"t{digest}": evil}))
    assert isinstance(entry, Entry)
    assert _html(entry) == "<p>Hello</p>"
    ready = prepared(entry, lambda *_: "")
    assert ready.own is not None
    assert ready.own.text == sha256(b"<p>Hello</p>").hexdigest()
    assert ready.clipping.words == 1


def test_an_article_whose_text_is_missing_waits_for_it(tmp_path: Path) -> None:
    line = {"uid": UID, "url": "https://e.org/", "text": "0" * 64, "texts": [{"sha256": "0" * 64}]}
    (entry,) = _read(_export(tmp_path / "x", line))
    assert isinstance(entry, Entry)
    assert entry.text is None
    assert _html(entry) == ""


def test_what_is_wrong_in_the_head_is_left_out() -> None:
    head = {
        "tags": [{"name": "a", "colour": "red"}, {"name": 1}, 2], "searches": "none",
        "apart": [[UID, "b"], [UID], {}], "reading": [{"uid": UID, "day": "2026-01-01"}, {}],
    }  # fmt: skip
    found = own_lines.library_of(head)
    assert [tag.name for tag in found.tags] == ["a"]
    assert (found.searches, found.apart) == ((), ((UID, "b"),))
    assert found.reading == ((UID, "2026-01-01", 0, 0),)


_text = st.text(max_size=20)


def _entry(words: list[str], number: int, state: State, share: float) -> Entry:
    one, two, three = words
    text = OwnText(f"{number:064x}", "2026-01-02T03:04:05Z", one, number, "", ("a" * 64 + ".png",))
    return Entry(
        Clipping(
            f"u{one}", two, three, tags=(one, two), subjects=(three,), excerpt=one, words=number,
            source_type=two, base=three, aliases=(one,), lead="b" * 64 + ".jpg",
        ),
        state=state,
        favourite=number % 2 == 0,
        added_at="0001-01-01T00:00:00Z",
        progress=share,
        highlights=(Highlight(one, two, "pink", (three,), prefix=one, uid=UID),),
        own=Own(
            UID, place=f"a{number}", home="queue", views=number, position="3:4",
            corrected=("title",), former_uids=("x-1",), text=f"{number:064x}", texts=(text,),
            reading=(("2026-01-01", number, 4),), source="c" * 64, merged_into="y",
        ),
    )  # fmt: skip


_entries = st.builds(
    _entry, st.lists(_text, min_size=3, max_size=3), st.integers(0, 99), st.sampled_from(State),
    st.floats(0, 1),
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(_entries)
def test_an_article_is_read_back_as_it_was_written(entry: Entry) -> None:
    told = json.loads(json.dumps(own_lines.article_json(entry)))
    assert own_lines.article_of(told) == entry


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_text, inner, max_size=3),
    max_leaves=6,
)
_NAMES = [*own_lines.article_json(Entry(Clipping("u"), own=Own("x"))), "texts", "reading", "views"]


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(_NAMES), _json, max_size=6))
def test_nothing_but_a_value_that_cannot_be_is_the_trouble(told: dict[str, object]) -> None:
    with suppress(ValueError):
        assert isinstance(own_lines.article_of({"url": "u", **told}), Entry)
    assert isinstance(own_lines.library_of(told), OwnLibrary)


@pytest.mark.parametrize("name", ["articles.jsonl", "in/articles.jsonl"])
def test_lines_without_a_head_are_recognised(tmp_path: Path, name: str) -> None:
    file = tmp_path / "x" / name
    file.parent.mkdir(parents=True)
    file.write_text('{"uid":"' + UID + '","url":"https://e.org/"}\n')
    bundle = Bundle([tmp_path / "x"])
    assert READER.fits(bundle) > 0.9
    assert len([*READER.read(bundle, Choices())]) == 1
