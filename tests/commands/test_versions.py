"""The texts of an article are listed, printed and chosen."""

import json

import pytest
from tests.commands.running import WALK_URL, Ask, Capsys, Lines, Run, out, output, trouble, worsen

from reader.cli import main
from reader.library.library import Library
from reader.model import Clipping

LINES: Lines = [
    ("versions 1 --json", out, "[]\n"),
    ("versions 1 --show 1", lambda seen: (seen.code, "has no text 1" in seen.error), (1, True)),
    ("versions 1 --use 1", lambda seen: (seen.code, "has no text 1" in seen.error), (1, True)),
]  # fmt: skip


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


@pytest.mark.usefixtures("pages")
def test_the_texts_of_an_article_are_listed_shown_and_chosen(
    capsys: Capsys, library: Library
) -> None:
    main(["add", WALK_URL])
    assert output(capsys, "versions", "1") == "There is no other text of this article.\n"
    worsen(library)
    told = json.loads(output(capsys, "versions", "1", "--json"))
    assert [(each["number"], each["in_use"]) for each in told] == [(2, True), (1, False)]
    assert (told[1]["made_by"], told[0]["words"]) == ("downloaded", 2)
    lines = output(capsys, "versions", "1").splitlines()
    assert lines[0].split()[0] == "2"
    assert lines[0].endswith("in use")
    assert "downloaded" in lines[1]
    assert output(capsys, "versions", "1", "--show", "2") == "Step 0\n"
    assert "Step 13" in output(capsys, "versions", "1", "--show", "1")
    assert output(capsys, "versions", "1", "--use", "2") == "Nothing to change.\n"
    assert "Chose another text" in output(capsys, "versions", "1", "--use", "1")
    assert "Step 13" in library.article(1).html
    main(["undo"])
    assert library.article(1).html == "<p>Step 0</p>"


@pytest.mark.usefixtures("pages")
def test_numbers_of_texts_stay_when_another_is_chosen(capsys: Capsys, library: Library) -> None:
    library.add(Clipping("paste:1", "One", html="<p>first</p>", words=1))
    library.add(Clipping("paste:1", "One", html="<p>second</p>", words=1))
    for used in (1, 2, 1):
        main(["versions", "1", "--use", str(used)])
        assert output(capsys, "versions", "1", "--show", "1") == "first\n"
        assert output(capsys, "versions", "1", "--show", "2") == "second\n"


@pytest.mark.usefixtures("pages")
def test_a_text_that_is_not_there_is_told_of(capsys: Capsys) -> None:
    main(["add", WALK_URL])
    assert "has no text 7" in trouble(capsys, "versions", "1", "--use", "7")
    assert "has no text 0" in trouble(capsys, "versions", "1", "--show", "0")
    assert "no article 5" in trouble(capsys, "versions", "5")
