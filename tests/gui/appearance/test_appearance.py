"""Themes, typefaces, the column and the leading are chosen by actions and kept."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from reader import paths, themes
from reader.gui.actions.table import ACTIONS
from reader.gui.appearance import found, scopes
from reader.gui.appearance.scopes import Scope
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping
from reader.settings import MOST_LOOKS, from_tree, to_tree


def _own() -> Path:
    folder = paths.config_dir() / "themes"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_every_bundled_theme_is_an_action_of_the_table_under_its_title() -> None:
    offered = {each.choice[1]: each.plain for each in ACTIONS if each.id.startswith("theme.")
               and each.choice}  # fmt: skip
    titles = {name: themes.theme(name).title for name in themes.names()}
    assert offered == {"system": "Follow the System", **titles}


def test_own_themes_are_found_even_if_one_cannot_be_read() -> None:
    (_own() / "moss.toml").write_text('title = "Moss & Fern"\n')
    (_own() / "torn.toml").write_text("title = 7")
    (_own() / "dark.toml").write_text('title = "My Dark"\n')  # replaces one of the table
    shown = {each.id: each.plain for each in found.own_themes()}
    assert shown == {"theme.own.moss": "Moss & Fern", "theme.own.torn": "torn (cannot be read)"}


@pytest.mark.parametrize(
    "id", [each.id for each in ACTIONS if each.choice and each.choice[1] is not True]
)
def test_a_choice_is_kept_and_checked_alone(make_window: Callable[..., Window], id: str) -> None:
    window = make_window()
    entry = next(each for each in ACTIONS if each.id == id)
    assert entry.choice is not None
    setting, value = entry.choice
    for _ in range(2):  # choosing it again does not take it away
        window.qactions[id].trigger()
        assert getattr(window.settings, setting) == value
        group = window.qactions[id].actionGroup()
        assert [each for each in group.actions() if each.isChecked()] == [window.qactions[id]]


Make = Callable[..., Window]
Add = Callable[..., Article]


@pytest.mark.parametrize(
    ("more", "less", "name", "near", "most", "least"),
    [
        ("column.wider", "column.narrower", "measure", 70, 140, 30),
        ("lines.more", "lines.less", "leading", 1.6, 3.0, 1.0),
        ("type.larger", "type.smaller", "size_pt", 14.0, 40.0, 6.0),
        ("letters.more", "letters.less", "letter_spacing", 0.01, 0.2, 0.0),
    ],
)
def test_numbers_of_the_look_change_by_steps_and_stop_at_the_ends(
    make_window: Make, more: str, less: str, name: str, near: float, most: float, least: float
) -> None:
    window = make_window()
    usual = getattr(window.settings, name)
    window.qactions[more].trigger()
    assert getattr(window.settings, name) == near
    window.qactions[less].trigger()
    assert getattr(window.settings, name) == usual
    for id, end, before in ((more, most, most - 0.005), (less, least, least + 0.005)):
        window.store.update(**{name: type(usual)(before)})
        window.qactions[id].trigger()
        assert getattr(window.settings, name) == end


def test_justified_hyphens_and_indents_are_switched_and_checked(make_window: Make) -> None:
    window = make_window()
    for name in ("justified", "hyphenated", "indented"):
        action = window.qactions[f"type.{name}"]
        for on in (True, False):
            action.trigger()
            assert getattr(window.settings, name) is on
            assert action.isChecked() is on


def test_an_article_has_the_look_of_its_own_then_that_of_its_site(
    make_window: Make, add: Add
) -> None:
    one, two = add("One"), add("Two")
    window = make_window()
    window.open(one.id)
    look = window.appearance
    window.qactions["look.article"].trigger()
    look.choose(size_pt=20.0, theme="dark")
    assert window.settings.size_pt == 13.0, "the others stay"
    assert (window.viewer.look.size_pt, window.viewer.look.theme.name) == (20.0, "dark")
    assert window.qactions["theme.dark"].isChecked()
    assert window.colours.name == "light"
    for x in (3, window.viewer.width() // 2):
        seen = window.viewer.grab().toImage().pixelColor(x, 3).name()
        assert seen == window.viewer.look.theme.page
    window.open(two.id)
    assert window.viewer.look.size_pt == 13.0
    assert not window.qactions["look.article"].isChecked()
    look.choose(leading=2.0)
    window.open(one.id)
    assert (window.viewer.look.size_pt, window.viewer.look.leading) == (20.0, 2.0)
    window.qactions["look.reset"].trigger()
    assert (window.viewer.look.size_pt, window.settings.leading) == (13.0, 2.0)
    assert window.qactions["look.article"].isChecked()


def test_a_look_that_was_taken_away_comes_back(make_window: Make, add: Add) -> None:
    add("One")
    window = make_window()
    window.appearance.set_own(Scope.ARTICLE, own=True)
    window.appearance.choose(font="sans")
    window.qactions["look.article"].trigger()
    assert (window.viewer.look.font, window.settings.article_looks) == ("serif", {})
    window.qactions["look.article"].trigger()
    assert window.viewer.look.font == "sans"


def test_a_site_has_a_look_for_all_its_articles(make_window: Make, library: Library) -> None:
    def filed(title: str, site: str) -> int:
        clipping = Clipping(f"https://{site}/{title}", title, site=site, html="<p>Words</p>")
        return library.add(clipping).id

    one, two, other = filed("1", "a.org"), filed("2", "a.org"), filed("3", "b.org")
    window = make_window()
    window.open(one)
    window.qactions["look.site"].trigger()
    window.appearance.choose(measure=40)
    for id, measure, is_checked in ((two, 40, True), (other, 66, False), (one, 40, True)):
        window.open(id)
        assert window.viewer.look.measure == measure
        assert window.qactions["look.site"].isChecked() is is_checked


def test_own_looks_of_nonsense_are_left_out_and_old_ones_make_room() -> None:
    odd = {"a": {"size_pt": "big", "leading": 99, "zoom": 2}, "b": 7, "c": {}}
    settings = from_tree({"site_looks": odd, "look_presets": []})
    assert settings.site_looks == {"a": {"leading": 3.0}, "c": {}}
    assert from_tree(to_tree(settings)) == settings
    full = settings._replace(site_looks={str(n): {} for n in range(MOST_LOOKS)})
    article = SimpleNamespace(site="new", uid="x")
    changed = scopes.changes(full, Scope.SITE, cast(Article, article), {"measure": 50})[
        "site_looks"
    ]
    assert (len(changed), "0" in changed, changed["new"]) == (MOST_LOOKS, False, {"measure": 50})


def test_presets_are_saved_chosen_renamed_and_deleted(make_window: Make) -> None:
    window = make_window()
    presets = window.controllers.around.presets
    presets.choose_next()
    assert "no presets" in window.context.messages.text()
    presets.save("Day")
    window.appearance.choose(theme="dark", font="sans", size_pt=16.0)
    presets.save("Night")
    presets.choose_next()
    assert (presets.current, window.settings.font) == ("Day", "serif")
    window.controllers.availability.prepare()
    window.qactions["look.preset.Night"].trigger()
    assert (presets.current, window.settings.size_pt) == ("Night", 16.0)
    presets.rename("Night", "Late & long")
    presets.delete("Day")
    window.controllers.availability.prepare()
    shown = [each for each in window.qactions if each.startswith("look.preset.")]
    assert (shown, presets.names) == (["look.preset.Late & long"], ["Late & long"])
