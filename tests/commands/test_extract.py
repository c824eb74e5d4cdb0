"""Articles are extracted from pages, and again from kept ones."""

import json

import pytest
from tests.commands.running import (
    WALK_URL,
    Ask,
    Capsys,
    Lines,
    Run,
    key,
    output,
    rows,
    trouble,
    worsen,
)

from reader.cli import main
from reader.library.library import Library
from reader.model import Clipping, Edit

LINES: Lines = [
    ("extract page.html", lambda x: x.out.splitlines()[:3], ["The story", "Ann Able", ""]),
    ("extract page.html --html", lambda x: ("<p>A sentence" in x.out, "Menu" in x.out),
     (True, False)),
    ("extract page.html --json", key("byline"), "Ann Able"),
    ("extract page.html --base https://e.example/p/ --json", key("pictures"),
     ["https://e.example/p/a.png"]),
    ("extract --again 1 --json", rows, [("unchanged", 1)]),
    ("extract --again 1 --anyway --json", rows, [("updated", 1)]),
    ("extract --again --all --anyway --json", rows,
     [("updated", 3), ("updated", 2), ("updated", 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


@pytest.mark.usefixtures("pages")
def test_articles_are_extracted_again_row_by_row(capsys: Capsys, library: Library) -> None:
    main(["add", WALK_URL])
    library.add(Clipping("paste:1", "A note", html="<p>note</p>", words=1))
    worsen(library)
    rows = json.loads(output(capsys, "extract", "--again", "1", "2", "--json"))
    assert [row["outcome"] for row in rows] == ["updated", "unchanged"]
    assert "Step 13" in library.article(1).html
    assert output(capsys, "undo") == "Undone: Extracted again: “A walk”\n"
    assert library.article(1).html == "<p>Step 0</p>"
    assert output(capsys, "extract", "--again", "--all") == "1 updated, 1 unchanged.\n"


@pytest.mark.usefixtures("pages")
def test_a_longer_text_stays_unless_anyway(capsys: Capsys, library: Library) -> None:
    main(["add", WALK_URL])
    long = f"{library.article(1).html}\n<p>{'more ' * 300}</p>"
    library.edit("Made longer", [Edit(1, text=Clipping("", html=long, words=900))])
    assert output(capsys, "extract", "--again", "1") == "1 unchanged.\n"
    assert output(capsys, "extract", "--again", "1", "--anyway") == "1 updated.\n"


@pytest.mark.usefixtures("pages")
def test_what_to_extract_has_to_be_said(capsys: Capsys) -> None:
    main(["add", WALK_URL])
    assert "by their numbers" in trouble(capsys, "extract", "--again")
    assert "Name one page" in trouble(capsys, "extract")
    assert "is not the number" in trouble(capsys, "extract", "--again", "one")
    assert "no article 9" in trouble(capsys, "extract", "--again", "1", "9")
