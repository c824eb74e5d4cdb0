from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.importing.exports import items

from reader.entries import Highlight
from reader.importing.tags import tags
from reader.model import State

_HEAD = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n"


def test_folders_of_the_user_are_kept_and_those_of_the_browser_are_not(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        f"<!-- first a comment -->\n{_HEAD}"
        '<DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Bar</H3>\n<DD>About the folder<DL><p>\n'
        '<DT><H3>Tea &amp; cake</H3><DL><p><DT><A HREF="https://a.org/?x=1&amp;y=2"'
        ' ADD_DATE="1500000000" TAGS="a,b">A</A></DL><p></DL><p>\n'
        '<DT><A HREF="https://b.org/">B <b>bold</b></A>\n<HR>\n'
        '<DT><A HREF="place:sort=8">Most visited</A></DL>',
    )
    a, b, place = found.entries
    assert found.key == "bookmarks"
    assert (a.clipping.url, a.folders) == ("https://a.org/?x=1&y=2", (("Tea & cake",),))
    assert (a.clipping.tags, a.added_at) == (("a", "b"), "2017-07-14T02:40:00Z")
    assert (b.clipping.title, b.folders, b.highlights) == ("B bold", (), ())
    assert place.clipping.url == "place:sort=8"
    assert found.lines == [7, 8, 10]


@pytest.mark.parametrize("date", ["1500000000", "1500000000000", "1500000000000000"])
def test_dates_are_in_seconds_or_parts_of_them(tmp_path: Path, date: str) -> None:
    found = items(tmp_path, f'{_HEAD}<dt><a href="https://a.org/" add_date="{date}">A</a>')
    assert found.entries[0].added_at == "2017-07-14T02:40:00Z"


def test_linkding_does_not_escape_addresses(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        _HEAD + '<DT><A HREF="https://a.org/?q="tea"&copy=1>2" ADD_DATE="1500000000" PRIVATE="1"'
        ' TOREAD="1" TAGS="x,linkding:archived">A</A>\n\r'
        "<DD>theirs[linkding-notes]mine\n\nand more[/linkding-notes]\n\r</DL>",
    )
    (entry,) = found.entries
    assert entry.clipping.url == 'https://a.org/?q="tea"&copy=1>2'
    assert (entry.clipping.tags, entry.state) == (("x",), State.ARCHIVE)
    assert entry.clipping.excerpt == "theirs"
    assert entry.highlights == (Highlight("", "mine\n\nand more"),)


def test_descriptions_of_the_user_are_notes(tmp_path: Path) -> None:
    link = '<DT><A HREF="https://a.org/">A</A><DD>words\n'
    found = items(tmp_path, _HEAD + link)
    assert found.entries[0].highlights == (Highlight("", "words"),)
    found = items(tmp_path, _HEAD.replace("Bookmarks<", "Raindrop.io Bookmarks<") + link)
    assert (found.entries[0].highlights, found.entries[0].clipping.excerpt) == ((), "words")


def test_readecks_sections_are_states_and_its_tags_may_have_commas(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        _HEAD + '<DT><H3>Favorite</H3><DL><DT><A href="https://a.org/" tags="x&#44;y,z">A</A></DL>'
        '<DT><H3>Archived</H3><DL><DT><A href="https://b.org/">B</A></DL>',
    )
    a, b = found.entries
    assert (a.favourite, a.clipping.tags, a.folders) == (True, ("x,y", "z"), ())
    assert (b.favourite, b.state) == (False, State.ARCHIVE)


@pytest.mark.parametrize(
    "piece",
    ["<DT><A HREF='https://a.org/'>x\n", "<DT><H3>F</H3><DL><p>", '<DT><A HREF="', "</DL>", "<",
     ' a="', '<DT><A x= "', "<DT><A HREF='>"],
)  # fmt: skip
def test_nothing_is_lost_in_files_without_ends(tmp_path: Path, piece: str) -> None:
    found = items(tmp_path, f"{_HEAD}{piece * 3000}\n<DT><A HREF=https://b.org/>B</A>")
    assert found.entries[-1].clipping.url.endswith("https://b.org/")
    assert len(found.entries) in (1, 3001)


@settings(max_examples=30, deadline=None)
@given(st.text("<>/=\"'aAdDtTlL h3&;-!\n", max_size=60))
def test_any_text_has_tags(text: str) -> None:
    for tag in tags(text):
        assert 1 <= tag.line <= text.count("\n") + 1
        assert all(name == name.lower() for name in tag.attributes)


def test_feeds_are_not_articles_but_their_sites_may_be(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        '<?xml version="1.0"?>\n<opml version="2.0"><body>\n<outline text="Craft &amp; co">\n'
        '<outline type="rss" text="Mag" XMLURL="https://a.org/feed?a=1&b" htmlUrl="https://a.org/"/>\n'
        '<outline text="Bare" xmlUrl="https://b.org/feed"></outline></outline>\n'
        '<outline text="Link" type="link" url="https://c.org/"/></body></opml>',
    )
    mag, link = found.entries
    assert found.key == "opml"
    assert (mag.from_feed, mag.folders, mag.where.line) == (True, (("Craft & co",),), 4)
    assert (link.from_feed, link.folders, link.clipping.url) == (False, (), "https://c.org/")
    assert [each.name for each in found.unread] == ["Bare"]
