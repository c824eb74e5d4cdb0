"""Controls that edit a section are no words of a heading."""

import pytest

from reader.ingest.extract.measure import text_of
from reader.ingest.extract.page import parse, prepare

EDIT = "/w/index.php?title=Lighthouse&amp;action=edit&amp;section=2"


def _prepared(markup: str) -> str:
    root = parse(f"<html><body><article>{markup}\n<p>Text.</p></article></body></html>")
    assert root is not None
    return " ".join(text_of(prepare(root)).split())


@pytest.mark.parametrize(
    "markup",
    [
        f'<h2>Keepers<span class="mw-editsection">[<a href="{EDIT}">edit</a>]</span></h2>',
        f'<div><h2>Keepers</h2><span class="mw-editsection">[<a href="{EDIT}">Bearbeiten</a> | '
        f'<a href="{EDIT}">Quelltext bearbeiten</a>]</span></div>',
        f'<h3>Keepers <small>[<a href="{EDIT}">modifier</a>]</small></h3>',
        f'<h3>Keepers [<a href="{EDIT}">edit</a> | <a href="?do=edit">edit source</a>]</h3>',
        '<h2>Keepers <a href="https://wiki.example/keepers/edit">編集</a></h2>',
        '<h2>Keepers</h2><div class="secedit">Edit</div>',
    ],
)
def test_a_control_that_edits_a_section_is_dropped(markup: str) -> None:
    assert _prepared(markup) == "Keepers Text."


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ('<h2>Keepers <a href="#cite-1">[1]</a></h2>', "Keepers [1]"),
        ('<h2><a href="https://blog.example/how-to/edit">How to edit</a></h2>', "How to edit"),
        ("<h2>Keepers [edit]</h2>", "Keepers [edit]"),
        (f'<h2>Keepers []</h2>\n<p><a href="{EDIT}">Edit</a></p>', "Keepers [] Edit"),
        ('<h2>The <a href="/credit?x=1">credit</a> crisis</h2>', "The credit crisis"),
        (f'<div class="edit-section"><p>{"word " * 30}</p></div>', ("word " * 30).strip()),
    ],
)
def test_other_words_and_links_stay(markup: str, kept: str) -> None:
    assert _prepared(markup) == f"{kept} Text."
