"""Folders of Markdown: vaults of Obsidian, and Reader's own."""

from pathlib import Path

from tests.importing.handing import folder, items, zipped

from reader.entries import Entry, Highlight, Unread
from reader.importing.bundle import Bundle
from reader.importing.formats.format import Choices
from reader.importing.formats.markdown_folder import MARKDOWN, note_of
from reader.model import State
from reader.outcomes import Outcome

CLIPPED = """---
title: "Ink: a history"
source: https://ex.org/ink
author:
  - "[[Ann Bee]]"
published: 2020-02-03
created: 2024-05-06
description: On black.
tags:
  - clippings
  - writing/tools
---
Ink is ==very old==. See [[Paper]].

![[pen.png|300]]
"""


def test_notes_of_a_vault_are_articles_with_their_properties(tmp_path: Path) -> None:
    top = folder(
        tmp_path / "vault",
        {
            ".obsidian/app.json": "{}",
            ".trash/old.md": "gone",
            "Clippings/Ink.md": CLIPPED,
            "Paper.md": "# On paper\n\nWhite. #not-a-tag here",
            "files/pen.png": b"png",
            "Empty.md": " \n",
        },
    )
    empty, paper, ink = items(MARKDOWN, top)
    assert isinstance(ink, Entry) and isinstance(paper, Entry) and isinstance(empty, Unread)
    about = ink.clipping
    assert (about.url, about.title, about.byline) == (
        "https://ex.org/ink",
        "Ink: a history",
        "Ann Bee",
    )
    assert (about.published_at, about.excerpt) == ("2020-02-03", "On black.")
    assert about.tags == ("clippings", "writing/tools")
    assert ink.added_at == "2024-05-06T00:00:00Z"
    assert ink.folders == (("Clippings",),)
    assert ink.highlights == (Highlight("very old", prefix="Ink is", suffix=". See Paper."),)
    assert ink.text is not None
    assert ink.text.load().decode().startswith("Ink is very old. See [[Paper]].")
    assert ink.text.pictures["pen.png"]() == b"png"
    assert paper.clipping.title == "On paper"
    assert paper.clipping.url == (top / "Paper.md").as_uri()
    assert (empty.outcome, empty.name) == (Outcome.SKIPPED, "Empty.md")


def test_embedded_notes_are_quoted_and_links_are_titles(tmp_path: Path) -> None:
    top = folder(
        tmp_path / "vault",
        {
            "A.md": "See [[deep/er/B|that]] and [[deep/er/B#One]].\n\n![[B#One]]\n\n![[B]]\n\n"
            "![[none]]\n\n`![[B]]` `[[ -f a/b ]]`",
            "deep/er/B.md": "---\ntags: x\n---\nTop.\n\n## One\n\nInner ![[A]].\n\n## Two\n\nEnd.",
        },
    )
    first = items(MARKDOWN, top)[0]
    assert isinstance(first, Entry) and first.text is not None
    assert first.text.load().decode() == (
        "See [[B|that]] and [[B#One]].\n\n> **B**\n>\n> Inner ![[A]].\n\n\n"
        "> **B**\n>\n> Top.\n>\n> ## One\n>\n> Inner ![[A]].\n>\n> ## Two\n>\n> End.\n\n\n"
        "![[none]]\n\n`![[B]]` `[[ -f a/b ]]`"
    )


def test_marks_are_found_in_text_only(tmp_path: Path) -> None:
    text = (
        "`==code==` and ==a `b==c` d==\n\n```\n==x==\n```\n\n[y](https://ex.org/?a==b==) ==no end\n"
        "\na == b and c == d\n\n==[link](u) and **bold**==[^n]\n\n[^n]: A note\n    of two lines\n"
    )
    note = note_of(text.encode())
    assert [(x.quote, x.note) for x in note.highlights] == [
        ("a b==c d", ""),
        ("link and bold", "A note of two lines"),
    ]
    assert "==x==" in note.text and "==no end" in note.text and "`==code==`" in note.text
    assert "[^n]: A note" in note.text


def test_what_reader_wrote_comes_back(tmp_path: Path) -> None:
    note = (
        '---\ntitle: "A: b"\nsource: "https://ex.org/a"\nauthor: ["One, Two"]\n'
        'published: 2020-01-02T03:04:05Z\ncreated: 2024-01-01T00:00:00Z\ntags: ["long tag", "x"]\n'
        "state: archive\nfavourite: true\nprogress: 0.37\nopened: 2024-01-02T00:00:00Z\n"
        'reader-uid: "u"\nhighlights:\n'
        '  - {"quote": "one two", "note": "n, m", "colour": "pink", "labels": ["l"], "uid": "h"}\n'
        '  - {"note": "on all of it"}\n---\n\n'
        "Here ==one== *==two==*[^1] and ==the page's own==[^2].\n\n[^1]: n, m\n\n[^2]: stays\n\n"
        "%% reader: without a place in the text %%\n\non all of it\n"
    )
    file = zipped(tmp_path / "x.zip", {"A.md": note, "B.md": "b"})
    bundle = Bundle([file])
    entry = next(MARKDOWN.read(bundle, Choices()))
    assert isinstance(entry, Entry) and entry.text is not None
    assert entry.clipping.title == "A: b"
    assert entry.clipping.byline == "One, Two"
    assert entry.clipping.published_at == "2020-01-02T03:04:05Z"
    assert entry.clipping.tags == ("long tag", "x")
    assert (entry.state, entry.favourite, entry.progress) == (State.ARCHIVE, True, 0.37)
    assert entry.opened_at == "2024-01-02T00:00:00Z"
    assert entry.highlights == (
        Highlight("one two", "n, m", "pink", ("l",), uid="h"),
        Highlight("", "on all of it"),
    )
    text = entry.text.load().decode()
    assert "Here one *two* and ==the page's own==[^2]." in text
    assert "n, m" not in text and "stays" in text and "%%" not in text
    bundle.close()
