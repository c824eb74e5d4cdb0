"""Blocks are taken out of articles and brought back."""

import pytest
from tests.commands.running import WALK_LINES, WALK_URL, Ask, Capsys, Lines, Run, output, trouble

from reader.cli import main
from reader.ingest.rules import Rules, rules_for
from reader.library.library import Library

LINES: Lines = [
    ("clean 1 --remove 'The end'", lambda x: "The end" in x.library.article(1).html, False),
    ("clean 1 --keep 'The end'", lambda x: "The end" in x.library.article(1).html, True),
    ("clean 1 --remove 'The end' --for-site", lambda seen: seen.code, 0),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


@pytest.mark.usefixtures("pages")
def test_blocks_are_taken_out_and_brought_back_by_what_they_say(
    capsys: Capsys, library: Library
) -> None:
    main(["add", WALK_URL])
    before = library.article(1).html
    out = output(capsys, "clean", "1", "--remove", "good  SHOES", "Step 5", "--keep", "The weather")
    assert out.splitlines() == [
        "removed: Step 5 of the walk, past trees, over stones, and along the water.",
        "removed: Good shoes for a walk are sold next door, and they are not dear.",
        "brought back: The weather for the walk: dry, and some wind from the west.",
        "Cleaned up “A walk”.",
    ]
    html = library.article(1).html
    assert ("shoes" in html, "Step 5" in html, "weather" in html) == (False, False, True)
    assert output(capsys, "clean", "1", "--remove", "good shoes") == "Nothing to change.\n"
    main(["undo"])
    assert library.article(1).html == before


@pytest.mark.usefixtures("pages")
def test_the_blocks_of_an_article_are_listed(capsys: Capsys) -> None:
    main(["add", WALK_URL])
    lines = output(capsys, "clean", "1").splitlines()
    assert f"+ {WALK_LINES[0]}" in lines
    assert "+ [Trees]" in lines
    assert "- The weather for the walk: dry, and some wind from the west." in lines


@pytest.mark.usefixtures("pages")
def test_a_text_that_no_block_says_changes_nothing(capsys: Capsys, library: Library) -> None:
    main(["add", WALK_URL])
    before = library.article(1).html
    assert "says “boots”" in trouble(capsys, "clean", "1", "--remove", "shoes", "boots")
    assert "No block" in trouble(capsys, "clean", "1", "--remove", " ")
    assert "nothing of the article" in trouble(capsys, "clean", "1", "--remove", "e")
    assert library.article(1).html == before


@pytest.mark.usefixtures("pages")
def test_cleaning_becomes_rules_of_the_site(capsys: Capsys, library: Library) -> None:
    main(["add", WALK_URL])
    out = output(capsys, "clean", "1", "--remove", "Good shoes", "--for-site")
    assert out.endswith("1 rule for example.org remembered.\n")
    assert rules_for(library.folder, "example.org") == Rules(("div.shoes",))
