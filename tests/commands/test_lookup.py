"""A word is looked up in the dictionaries of the home."""

import json

import pytest
from tests.commands.running import Ask, Capsys, Lines, Run, output, trouble
from tests.lookup import writing

from reader import paths

_NONE = "reader: No dictionary has this word.\n"
LINES: Lines = [
    ("lookup ship", lambda x: (x.code, x.error), (1, _NONE)),
    ("lookup ship --json", lambda x: json.loads(x.out)["found"], []),
]


@pytest.mark.parametrize(("line", "ask", "wanted"), LINES)
def test_each_option_does_what_it_says(run: Run, line: str, ask: Ask, wanted: object) -> None:
    assert ask(run(line)) == wanted


def test_a_word_is_printed_with_its_definition(capsys: Capsys) -> None:
    writing.stardict(paths.dictionaries_dir(), "one", {"ship": "what <b>sails</b>"}, kinds="h")
    told = json.loads(output(capsys, "lookup", "ships", "--json"))
    assert told["word"] == "ship"
    assert told["found"][0]["entries"] == [{"word": "ship", "text": "what sails"}]
    assert output(capsys, "lookup", "ship") == "The one\n\nship\nwhat sails\n\n"
    assert trouble(capsys, "lookup", "xyzzy") == _NONE
