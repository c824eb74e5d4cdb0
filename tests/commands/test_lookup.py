"""A word is looked up in the dictionaries of the home."""

import json

from tests.commands.running import Capsys, output
from tests.lookup import writing

from reader import paths


def test_a_word_is_printed_with_its_definition(capsys: Capsys) -> None:
    writing.stardict(paths.dictionaries_dir(), "one", {"ship": "what <b>sails</b>"}, kinds="h")
    told = json.loads(output(capsys, "lookup", "ships", "--json"))
    assert told["word"] == "ship"
    assert told["found"][0]["entries"] == [{"word": "ship", "text": "what sails"}]
    assert output(capsys, "lookup", "ship") == "The one\n\nship\nwhat sails\n\n"
    assert output(capsys, "lookup", "xyzzy", code=1) == "No dictionary has this word.\n"
