"""Addresses that a person types: of a story, of nothing, of a server that does not exist."""

from functools import partial

from tests.journeys.drive import Person, Script
from tests.journeys.homes import Home
from tests.journeys.sites import Site
from tests.journeys.stock import fill

from reader.library.library import Library
from reader.model import SHELF_QUERIES


def _asked_for_address(me: Person) -> bool:
    return me.window.controllers.adding.sheet.field.edit.hasFocus()


def _has_rows(me: Person, number: int) -> bool:
    return me.window.list.model().rowCount() == number


def _save_addresses(me: Person) -> Script:
    me.press("J")
    yield me.sees("There already")
    for address in me.given["addresses"]:
        before = me.window.list.model().rowCount()
        me.press("Ctrl+L")
        yield partial(_asked_for_address, me)
        me.press("Ctrl+A", "Del")
        me.type(address)
        me.press("Return")
        yield partial(_has_rows, me, before + 1)
        yield me.at_rest
        me.facts.setdefault("messages", []).append(me.window.context.messages.text())
    me.press("J")
    yield lambda: not me.sees("There already")()
    me.press("Ctrl+Q")


def test_an_address_that_is_typed_comes_in_with_its_text_and_picture(
    at_home: Home, site: Site
) -> None:
    fill(at_home.library, {"There already": 2})
    at_home.go(_save_addresses, addresses=[site.address + "/story"])
    assert site.asked == ["/story", "/red.png", "/favicon.ico"]
    with Library.open(at_home.library) as library:
        (id,) = (row.id for row in library.rows(SHELF_QUERIES["all"]) if row.title == "The story")
        article = library.article(id)
        assert "Sentence 19" in article.html
        assert library.check() == ()
    (picture,) = [each for each in (at_home.library / "images").rglob("*") if each.is_file()]
    assert picture.name in article.html


def test_a_dead_address_and_a_404_are_said_and_the_program_goes_on(
    at_home: Home, site: Site
) -> None:
    fill(at_home.library, {"There already": 2})
    dead = Site()
    dead.close()
    addresses = [site.address + "/gone", dead.address + "/story"]
    seen = at_home.go(_save_addresses, addresses=addresses)
    assert "404" in seen["messages"][0]
    assert seen["messages"][1]
    assert seen["messages"][1] != seen["messages"][0]
    waiting = at_home.sql("SELECT url FROM article WHERE downloaded_at = ''")
    assert {each["url"] for each in waiting} == set(addresses)
