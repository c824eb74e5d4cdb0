"""Themes: a person's own file needs only what it changes, and what is wrong in it is said."""

import tomllib
from pathlib import Path

import pytest

from reader import themes
from reader.errors import SettingsError
from reader.model import Theme
from reader.resources import resource


@pytest.fixture
def own(home: Path) -> Path:
    folder = home / "config" / "themes"
    folder.mkdir(parents=True)
    return folder


def _values(theme: Theme) -> dict[str, object]:
    return {k: v for k, v in theme._asdict().items() if k not in ("name", "title")}


def test_the_bundled_ones_come_first_then_those_of_the_person_in_order(own: Path) -> None:
    assert themes.names() == ("light", "sepia", "dark")
    for name in ("zebra.toml", "dark.toml", "amber.toml", "notes.txt"):
        (own / name).touch()
    assert themes.names() == ("light", "sepia", "dark", "amber", "zebra")


@pytest.mark.parametrize("name", ["light", "sepia", "dark"])
def test_a_bundled_theme_is_as_its_file_says(name: str) -> None:
    file = resource("themes", f"{name}.toml")
    values = tomllib.loads(file.read_text("utf-8"))
    theme = themes.theme(name)
    assert theme.name == name
    assert theme.title == values.get("title")
    assert theme.dark is (name == "dark")
    assert {k: v for k, v in theme._asdict().items() if k in values} == values
    others = ("dark", "code", "highlights")
    assert all(themes.is_colour(v) for k, v in _values(theme).items() if k not in others)


@pytest.mark.parametrize("dark", [False, True])
def test_what_a_file_leaves_out_is_that_of_light_or_dark(own: Path, dark: bool) -> None:
    said = f'dark = {str(dark).lower()}\naccent = "#123ABC"\n[code]\nkeyword = "#abcdef"\n'
    (own / "my-own.toml").write_text("\ufeff" + said, "utf-8")
    found, base = themes.theme("my-own"), themes.theme("dark" if dark else "light")
    assert found.name == "my-own"
    code = {**base.code, "keyword": "#abcdef"}
    assert _values(found) == {**_values(base), "accent": "#123ABC", "code": code}


def test_a_title_of_its_own_is_taken(own: Path) -> None:
    (own / "mine.toml").write_text('title = "My Theme"\n')
    assert themes.theme("mine").title == "My Theme"
    assert _values(themes.theme("mine")) == _values(themes.theme("light"))


def test_ones_own_wins_over_a_bundled_one(own: Path) -> None:
    (own / "light.toml").write_text('accent = "#010203"\n')
    assert themes.theme("light").accent == "#010203"
    (own / "light.toml").unlink()
    (own / "light.toml").symlink_to(own / "nowhere")
    with pytest.raises(SettingsError, match="is not a theme file"):
        themes.theme("light")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('accent = "#12345"', "needs accent as a colour such as #1a2b3c"),
        ('accent = "#12345g"', "needs accent"),
        ('accent = "1234567"', "needs accent"),
        ("accent = 7", "needs accent"),
        ('[code]\nkeyword = "red"', "needs keyword"),
        ("title = 7", "needs its title as text"),
        ('dark = "no"', "must set dark = true or dark = false"),
        ("dark = ", "could not be read"),
        ("# " + "x" * 100_000, "is not a theme file"),
    ],
)
def test_what_is_wrong_is_said_with_the_file(own: Path, text: str, said: str) -> None:
    file = own / "mine.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=r"mine\.toml") as error:
        themes.theme("mine")
    assert said in str(error.value)
    assert str(file) in str(error.value)


def test_a_file_may_be_as_large_as_a_theme_can_get(own: Path) -> None:
    (own / "mine.toml").write_text("#" * 100_000)
    assert themes.theme("mine").dark is False


def test_bytes_that_are_no_text_are_said(own: Path) -> None:
    (own / "mine.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="could not be read"):
        themes.theme("mine")


def test_a_folder_is_no_theme(own: Path) -> None:
    (own / "mine.toml").mkdir()
    with pytest.raises(SettingsError, match="is not a theme file"):
        themes.theme("mine")


@pytest.mark.parametrize("name", ["../../other", "a/b", "", "x" * 101, "nowhere"])
def test_a_name_leads_to_no_other_folder(own: Path, name: str) -> None:
    (own.parent / "other.toml").write_text('accent = "#010203"\n')
    with pytest.raises(SettingsError):
        themes.theme(name)


def test_a_long_name_is_said_in_short(own: Path) -> None:
    with pytest.raises(SettingsError, match=r"There is no theme “x{60}” in"):
        themes.theme("x" * 101)
    (own / ("x" * 100 + ".toml")).touch()
    assert themes.theme("x" * 100).name == "x" * 100
