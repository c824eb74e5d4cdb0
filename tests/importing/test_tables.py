"""The formats that are tables, each as its program writes it."""

from pathlib import Path

from tests.importing.exports import items

from reader.entries import Entry, Highlight, TextKind
from reader.model import State
from reader.outcomes import Outcome
from reader.reasons import Reason

_POCKET = "title,url,time_added,tags,status\n"


def _words(entry: Entry) -> str:
    assert entry.text is not None
    return entry.text.load().decode()


def test_pocket_keeps_states_tags_dates_and_the_order(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        _POCKET + "Knots,https://a.org/knots,1500000000,rope|to tie,unread\n"
        "https://t.co/x,https://t.co/x,1500000001,,archive\n"
        "Problem loading page,https://c.org/,yesterday,,read\n",
    )
    first, second, third = found.entries
    assert found.key == "pocket"
    assert first.clipping.tags == ("rope", "to tie")
    assert first.added_at == "2017-07-14T02:40:00Z"
    assert [each.state for each in found.entries] == [State.QUEUE, State.ARCHIVE, State.ARCHIVE]
    assert (second.clipping.title, third.clipping.title) == ("", "")
    assert third.remarks[0].reason is Reason.BAD_DATE


def test_pocket_joins_parts_annotations_and_collections_by_address(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        {
            "part_000001.csv": _POCKET + "B,https://b.org/,2,,unread\n",
            "part_000000.csv": _POCKET + "A,https://a.org/walk?utm=1#x,1,,unread\n",
            "annotations/part_000000.json": '[{"title":"no","url":"https://a.org/walk?utm=1",'
            '"highlights":[{"quote":"slow","created_at":1500000000}]},'
            '{"title":"Gone","url":"https://gone.org","highlights":[{"quote":"q"}]}, 7]',
            "collections/best.json": '{"slug":"best","title":"Best of","items":'
            '[{"url":"https://b.org","title":"B","note":"why"}]}',
            "README.txt": "Not an article.",
        },
    )
    a, b, gone = found.entries
    assert [entry.clipping.url for entry in (a, b, gone)] == [
        "https://a.org/walk?utm=1#x", "https://b.org/", "https://gone.org",
    ]  # fmt: skip
    assert a.highlights == (Highlight("slow", made_at="2017-07-14T02:40:00Z"),)
    assert (b.folders, b.highlights) == ((("Best of",),), (Highlight("", "why"),))
    assert (gone.clipping.title, gone.highlights[0].quote) == ("Gone", "q")
    assert [(each.where.file, each.where.line) for each in found.unread] == [
        ("annotations/part_000000.json", 3)
    ]


def test_pockets_page_has_the_state_in_the_heading_above(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        "<html><head><title>Pocket Export</title></head><body><h1>Unread</h1>\n"
        '<ul><li><a href="https://a.org/?x=1&amp;y=2" time_added="1500000000" tags="tea,long read">'
        "A &amp; B</a></li></ul><h1>Read Archive</h1><ul>"
        '<li><a href="https://b.org/" time_added="0" tags="">https://b.org/</a></li></ul></body>',
    )
    first, second = found.entries
    assert found.key == "pocket-html"
    assert (first.clipping.url, first.clipping.title) == ("https://a.org/?x=1&y=2", "A & B")
    assert first.clipping.tags == ("tea", "long read")
    assert (first.state, second.state) == (State.QUEUE, State.ARCHIVE)
    assert (second.clipping.title, second.added_at) == ("", "")


def test_instapaper_has_one_folder_and_texts_without_address(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        "URL,Title,Selection,Folder,Timestamp,Tags\n"
        'https://a.org/,A,an excerpt,Unread,1500000000,"[""x, y"",""z""]"\n'
        "https://b.org/,B,,Archive,1500000000,[]\n"
        "https://c.org/,C,,Starred,1500000000,\n"
        "https://d.org/,D,,Travel,1500000000,x;y]\n"
        ',Letter,"Dear all,\nhello.",Unread,1500000000,[]\n',
    )
    a, b, c, d, letter = found.entries
    assert found.key == "instapaper"
    assert (a.clipping.tags, a.clipping.excerpt, a.text) == (("x, y", "z"), "an excerpt", None)
    assert [each.state for each in (a, b, c, d)] == [
        State.QUEUE, State.ARCHIVE, State.QUEUE, State.QUEUE,
    ]  # fmt: skip
    assert c.favourite
    assert (d.folders, a.folders) == ((("Travel",),), ())
    assert _words(letter) == "Dear all,\nhello."
    older = items(tmp_path, "URL,Title,Selection,Folder\nhttps://a.org/,A,,Unread\n")
    assert (older.key, len(older.entries)) == ("instapaper", 1)


def test_readwise_knows_places_texts_and_highlights(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        {
            "reader.csv": "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
            'Ink,https://a.org/,01abcdef,"[\'pen\', ""it\'s"", \'favorite\']",'
            "2024-11-02 09:30:00.120000+00:00,40,later,True\n"
            "Feed,https://b.org/,01abcdeg,,,0,feed,False\n"
            "Top,https://c.org/,01abcdeh,,2024-11-02,100,shortlist,True\n"
            "Old,mailto:reader-forwarded-email/ab,01abcdei,,,,archive,True\n",
            "docs/Ink (01abcdef).html": "<p>ink</p>",
            "highlights.csv": "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,"
            "Location Type,Location,Highlighted at,Document tags\n"
            'blue words,Ink,P,,a note,blue,"one,two",order,1,2024-11-02 09:30:00+00:00,\n'
            "first,A Book,Q,,,,,page,1,,\nsecond,A Book,Q,,,,,page,2,,\n",
        },
    )
    ink, feed, top, old, book = found.entries
    assert found.key == "readwise"
    assert (ink.clipping.tags, ink.favourite, ink.progress) == (("pen", "it's"), True, 0.4)
    assert ink.added_at == "2024-11-02T09:30:00Z"
    assert _words(ink) == "<p>ink</p>"
    mark = Highlight("blue words", "a note", "blue", ("one", "two"), "2024-11-02T09:30:00Z")
    assert ink.highlights == (mark,)
    assert (feed.from_feed, top.pinned, top.progress, old.state) == (True, True, 1.0, State.ARCHIVE)
    assert (book.clipping.title, [each.quote for each in book.highlights]) == (
        "A Book", ["first", "second"],
    )  # fmt: skip
    assert _words(book) == "> first\n\n> second"


def test_raindrop_has_folders_notes_and_highlights(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
        '1,Kite,mine,theirs,https://a.org/,Hobby / Wind,"wind, diy",2024-02-03T04:05:06.000Z,,'
        '"Highlight: one\nNote: why\nHighlight: two",true\n'
        '2,B,,,https://b.org/,Unsorted,,46224,,"one\ntwo",false\n'
        "3,C,,,https://c.org/,Archive,,,,,false\n",
    )
    a, b, c = found.entries
    assert found.key == "raindrop"
    assert (a.folders, a.clipping.tags, a.favourite) == (
        (("Hobby", "Wind"),),
        ("wind", "diy"),
        True,
    )
    assert a.clipping.excerpt == "theirs"
    assert a.highlights == (Highlight("", "mine"), Highlight("one", "why"), Highlight("two"))
    assert (b.folders, [each.quote for each in b.highlights]) == ((), ["one", "two"])
    assert (b.state, c.state) == (State.QUEUE, State.ARCHIVE)


def test_mymind_has_notes_without_an_address(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        "id,type,title,url,content,note,tags,created\n"
        '1,WebPage,A,https://a.org/,about,mine,"a,b",2024-01-02T03:04:05Z\n'
        "2,Note,,,My *thought*,,,\n",
    )
    page, thought = found.entries
    assert found.key == "mymind"
    assert (page.highlights, page.text) == ((Highlight("", "mine"),), None)
    assert thought.text is not None
    assert thought.text.kind is TextKind.MARKDOWN
    assert (thought.clipping.title, _words(thought)) == ("My *thought*", "My *thought*")


def test_omnivores_own_table_is_read(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        'url,state,labels,saved_at\nhttps://a.org/,ARCHIVED,"[a, b]",1500000000000\n'
        'https://b.org/,,"[""c""]",1500000000000\n',
    )
    assert found.key == "omnivore-csv"
    assert [each.clipping.tags for each in found.entries] == [("a", "b"), ("c",)]
    assert [each.state for each in found.entries] == [State.ARCHIVE, State.QUEUE]


def test_lists_of_addresses_may_have_titles_and_headings(tmp_path: Path) -> None:
    found = items(
        tmp_path,
        "https://a.org/ | A | title\n\nMonday\n- https://b.org/\n<https://c.org/>\nftp://d.org/\n",
    )
    assert found.key == "urls"
    assert [entry.clipping.url for entry in found.entries] == [
        "https://a.org/", "https://b.org/", "https://c.org/", "ftp://d.org/",
    ]  # fmt: skip
    assert found.entries[0].clipping.title == "A | title"
    assert found.lines == [1, 4, 5, 6]
    assert [(each.where.line, each.outcome) for each in found.unread] == [(3, Outcome.SKIPPED)]
