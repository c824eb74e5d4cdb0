"""The first start of someone who has nothing yet."""

import stat

from tests.journeys.drive import Person, Script
from tests.journeys.homes import Home

from reader.library.library import Library


def _look_and_quit(me: Person) -> Script:
    yield me.sees("Welcome to Reader")
    yield me.at_rest
    me.facts["visible"] = me.window.isVisible()
    me.facts["rows"] = me.window.list.model().rowCount()
    me.facts["focus"] = me.window.viewer.hasFocus()
    me.press("Ctrl+Q")


def test_a_first_start_shows_the_welcome_and_makes_what_nobody_else_may_read(at_home: Home) -> None:
    seen = at_home.go(_look_and_quit)
    assert (seen["visible"], seen["rows"], seen["focus"]) == (True, 4, True)
    with Library.open(at_home.library, create=False) as library:
        assert library.counts().queue == 4
        assert library.check() == ()
    assert at_home.settings()["article"] > 0

    _is_private(at_home)


def _is_private(at_home: Home) -> None:
    made = [at_home.library, *at_home.folder.glob("*/*")]
    made += [each for each in at_home.folder.iterdir() if each.is_dir()]
    assert any(each.name == "library.db" for each in made)
    assert any(each.name == "settings.json" for each in made)
    assert any(each.name == "reader.log" for each in made)
    for each in made:
        mode = stat.S_IMODE(each.stat().st_mode)
        assert mode == (0o700 if each.is_dir() else 0o600), (each.name, oct(mode))
