"""Themes are edited with their contrast in sight, and kept as files of the user."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reader import own_themes, paths, themes
from reader.errors import SettingsError
from reader.gui.appearance.contrast import judge
from reader.gui.appearance.theme_editor import PARTS, ThemeEditor
from reader.gui.widgets import theme
from reader.gui.window import Window
from reader.model import Article

Make = Callable[..., Window]


@pytest.fixture
def editor(
    make_window: Make, add: Callable[..., Article], monkeypatch: pytest.MonkeyPatch
) -> tuple[Window, ThemeEditor]:
    add("One")
    window = make_window(theme="light")
    monkeypatch.setattr(theme, "apply", lambda _: None)  # which takes its time with many windows
    window.qactions["theme.edit"].trigger()
    return window, window.controllers.around.theme_editing.open_editor()


def _type(editor: ThemeEditor, field: str, text: str) -> None:
    editor.fields[field].setText(text)
    editor.fields[field].textEdited.emit(text)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert judge("#000000", "#ffffff").text == "21.0 : 1  AAA"
    assert judge("#767676", "#ffffff").level == "AA"
    assert not judge("#777777", "#ffffff").is_enough
    assert judge("#777777", "#ffffff", is_text=False).is_enough
    assert not judge("#aaaaaa", "#ffffff", is_text=False).is_enough


def test_the_page_shows_a_colour_at_once_and_gives_it_up(
    editor: tuple[Window, ThemeEditor],
) -> None:
    window, edited = editor
    _type(edited, "page", "#123456")
    assert window.viewer.look.theme.page == "#123456"
    assert "too weak" in edited._ratios["text"].text()
    _type(edited, "page", "#12")
    assert window.viewer.look.theme.page == "#123456", "half a colour changes nothing"
    edited.save.click()
    assert edited.isVisible()
    assert edited.trouble.text() == "Page needs a colour such as #1a2b3c."
    edited.reject()
    assert window.viewer.look.theme == themes.theme("light")


def test_a_theme_is_saved_chosen_changed_and_deleted(
    editor: tuple[Window, ThemeEditor], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, edited = editor
    _type(edited, "text", "#221100")
    edited.title.setText("Evening “red” \\ 1")
    edited.save.click()
    assert window.settings.theme == "evening-red-1"
    saved = themes.theme("evening-red-1")
    assert (saved.title, saved.text) == ("Evening “red” \\ 1", "#221100")
    assert saved.code == themes.theme("light").code
    assert saved.highlights == themes.theme("light").highlights
    assert window.colours == saved
    again = window.controllers.around.theme_editing.open_editor()
    _type(again, "text", "#332211")
    again.save.click()
    assert window.colours.text == "#332211"
    monkeypatch.setattr("reader.gui.appearance.theme_editing.confirmed", lambda *_: True)
    window.controllers.around.theme_editing.open_editor().delete.click()
    assert (window.settings.theme, own_themes.is_own("evening-red-1")) == ("system", False)


@pytest.mark.parametrize("title", ["Light", "  SEPIA ", "System", "", "…!", "/"])
def test_a_name_that_cannot_be_used_is_refused(title: str) -> None:
    with pytest.raises(SettingsError, match=r"another name\.$|letters or digits\.$"):
        own_themes.save(themes.theme("dark"), title)
    assert not own_themes.is_own("light")


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(
        SettingsError, match=r"could not be saved in .* \(No space left on device\)"
    ):
        own_themes.save(themes.theme("dark"), "Full")
    assert not list((paths.config_dir() / "themes").glob(".*"))


def test_a_folder_that_is_a_file_breaks_nothing(make_window: Make) -> None:
    folder = paths.config_dir() / "themes"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("no folder")
    window = make_window(theme="gone")
    window.qactions["look.panel"].trigger()
    assert window.colours == themes.theme("light")
    with pytest.raises(SettingsError, match="make the folder writable"):
        own_themes.save(themes.theme("dark"), "Mine")


def test_every_colour_that_the_bundled_themes_need_is_judged_well() -> None:
    for name in ("light", "sepia", "dark"):
        colours = themes.theme(name)
        for part in (part for part in PARTS if part.beside):
            pair = getattr(colours, part.field), getattr(colours, part.beside)
            assert judge(*pair, is_text=part.is_text).is_enough, (name, part)


def _nonsense(file: Path, kind: str) -> None:
    if kind == "a folder":
        file.mkdir()
    elif kind == "a pipe":
        os.mkfifo(file)
    elif kind == "a broken link":
        file.symlink_to(file.with_name("nowhere"))
    else:
        file.write_bytes({"no text": b"\xff\xfe\x00", "no colour": b'page = "red"'}[kind])


def test_themes_of_nonsense_are_named_and_never_break_the_window(make_window: Make) -> None:
    folder = paths.config_dir() / "themes"
    folder.mkdir(parents=True, exist_ok=True)
    kinds = ("a folder", "a pipe", "a broken link", "no text", "no colour")
    for kind in kinds:
        _nonsense(folder / f"{kind}.toml", kind)
        assert theme.resolve(kind) == themes.theme("light")
    window = make_window(theme="a pipe")
    window.qactions["look.panel"].trigger()
    panel = window.controllers.around.look_panel
    assert panel.isVisible()
    assert "a broken link.toml" in panel.trouble.text()
