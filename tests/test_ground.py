"""The ground: nouns, settings, themes, phrases, paths and bundled files."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader import paths, phrases, themes
from reader.entries import COLOURS
from reader.errors import SettingsError
from reader.model import Counts, ImportResult, ImportRow, Length, Outcome, Theme
from reader.resources import resource


def test_the_counts_of_an_import_add_up() -> None:
    rows = tuple(ImportRow("x", outcome) for outcome in [*Outcome, Outcome.ADDED])
    result = ImportResult(rows)
    assert sum(result.number_of(outcome) for outcome in Outcome) == len(rows)
    assert str(result) == "2 added, 1 updated, 1 unchanged, 1 skipped, 1 failed"
    assert str(ImportResult()) == "nothing to add"
    assert Counts(2, 3, 4).total == 9


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


_GROUNDS = ("page", "window", "list", "panel", "stripe", "hover")
_DRAWN_ON = (
    ("text", 7, _GROUNDS),
    ("text", 4.5, ("mark",)),
    ("muted", 4.5, _GROUNDS),
    ("link", 4.5, ("page", "panel", "stripe")),
    ("selection_text", 7, ("selection",)),
    ("accent", 3, _GROUNDS),
    ("edge", 3, ("page", "window", "list")),
    ("on_accent", 4.5, ("accent",)),
    ("bad", 4.5, ("page", "window", "list", "panel")),
    ("good", 4.5, ("page", "window", "list", "panel")),
    ("warn", 4.5, ("page", "window", "list", "panel")),
)
"""Which colours say something, on which grounds, and the contrast that WCAG 2.2 asks for."""
_ORNAMENT = {"rule", "quote"}


def _weak(theme: Theme) -> set[str]:
    """Return the names of the colours of a theme that cannot be made out."""
    told = theme._asdict()
    weak = {x for x, least, on in _DRAWN_ON if any(_contrast(told[x], told[y]) < least for y in on)}
    weak |= _weak_highlights(theme)
    return weak | {x for x, code in theme.code.items() if _contrast(code, theme.panel) < 4.5}


def _weak_highlights(theme: Theme) -> set[str]:
    return {
        name for name in COLOURS
        if _contrast(theme.text, theme.highlights[name]) < 6.8
        or _contrast(theme.link, theme.highlights[name]) < 4.5
        or min(_contrast(theme.highlights[f"{name}_line"], x) for x in (theme.page, theme.list)) < 3
    }  # fmt: skip


def _bundled() -> list[str]:
    return sorted(file.stem for file in resource("themes", "light.toml").parent.glob("*.toml"))


@pytest.mark.parametrize("name", _bundled())
def test_every_theme_can_be_read_by_tired_eyes(name: str) -> None:
    assert not _weak(themes.theme(name))


def test_the_measure_of_themes_knows_each_colour_and_refuses_grey_on_white() -> None:
    light = themes.theme("light")
    said, grounds = {x for x, *_ in _DRAWN_ON}, {each for *_, on in _DRAWN_ON for each in on}
    colours = {x for x, y in light._asdict().items() if isinstance(y, str) and y.startswith("#")}
    assert colours == said | grounds | _ORNAMENT
    for name in said:
        assert name in _weak(light._replace(**{name: "#b0b0b0"}))  # type: ignore[arg-type]
    for name in grounds:
        assert _weak(light._replace(**{name: "#777777"}))  # type: ignore[arg-type]
    for name in COLOURS:
        grey = light._replace(highlights={**light.highlights, name: "#777777"})
        assert _weak(grey) == {name}
    for name in light.code:
        assert _weak(light._replace(code={**light.code, name: "#b0b0b0"})) == {name}


def test_a_theme_of_ones_own_wins_and_may_leave_out_colours(home: Path) -> None:
    folder = paths.config_dir() / "themes"
    folder.mkdir(parents=True)
    (folder / "dark.toml").write_text('dark = true\npage = "#000000"\n')
    (folder / "mine.toml").write_text('title = "Mine"\nlink = "#ff0000"\n')
    assert themes.theme("dark").page == "#000000"
    assert themes.theme("dark").text == themes._read(resource("themes", "dark.toml")).text
    assert themes.theme("mine").link == "#ff0000"
    assert themes.names() == ("light", "sepia", "dark", "mine")


@pytest.mark.parametrize(
    "text", ["page = 3", 'page = "red"', "dark = 1", "= broken", '[code]\ncomment = "x"']
)
def test_a_broken_theme_is_a_sentence_that_names_it(home: Path, text: str) -> None:
    folder = paths.config_dir() / "themes"
    folder.mkdir(parents=True)
    (folder / "bad.toml").write_text(text)
    with pytest.raises(SettingsError, match=r"bad\.toml"):
        themes.theme("bad")


def test_reading_takes_at_least_a_minute_where_there_is_text() -> None:
    assert [phrases.minutes(words) for words in (0, 1, 238, 600)] == [0, 1, 1, 3]
    assert [phrases.reading_time(words) for words in (0, 1700, 238 * 61, 238 * 120)] == [
        "",
        "7 min",
        "1 h 1 min",
        "2 h",
    ]


def test_what_was_begun_takes_only_the_rest() -> None:
    words = 10 * phrases.WORDS_A_MINUTE
    said = [phrases.time_left(words, progress) for progress in (0, 0.3, 0.9, 0.95, 1)]
    assert said == ["10 min", "7 min left", "1 min left", "10 min", "10 min"]
    assert phrases.minutes_left(words, 0.75) == 2


def test_how_much_there_is_to_read() -> None:
    assert phrases.length(Length(34, 310 * phrases.WORDS_A_MINUTE)) == "34 articles · 5 h 10 min"
    assert phrases.length(Length(1, 0)) == "1 article"
    assert phrases.length(Length()) == ""
    much = Length(1_000_000, 90_000 * 60 * phrases.WORDS_A_MINUTE)
    assert phrases.length(much) == "1,000,000 articles · 90,000 h"


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2026-11-25T11:59:30Z", "now"),
        ("2026-11-25T11:55:00Z", "5 min ago"),
        ("2026-11-25T09:00:00Z", "3 h ago"),
        ("2026-11-23T11:00:00Z", "2 d ago"),
        ("2026-10-25T11:00:00Z", "4 wk ago"),
        ("2024-03-01", "Mar 2024"),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_an_age_is_said_as_people_say_it(iso: str, said: str) -> None:
    assert phrases.age(iso, datetime(2026, 11, 25, 12, tzinfo=UTC)) == said


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2026-11-05T10:00:00Z", "5 November 2026"),
        ("2026-11", "November 2026"),
        ("2026", "2026"),
        ("2026-13-01", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_day_is_said_as_exactly_as_it_is_known(iso: str, said: str) -> None:
    assert phrases.day(iso) == said


def test_everything_lies_in_one_folder_where_that_is_asked_for(home: Path) -> None:
    for folder in (paths.library_dir(), paths.config_dir(), paths.log_dir()):
        assert folder.is_relative_to(home)


def test_fonts_and_their_licences_are_bundled() -> None:
    for name in ("Literata", "Inter", "JetBrainsMono", "AtkinsonHyperlegibleNext"):
        assert resource("fonts", f"{name}-Regular.ttf").is_file()
        assert "SIL" in resource("fonts", f"OFL-{name}.txt").read_text("utf-8")
