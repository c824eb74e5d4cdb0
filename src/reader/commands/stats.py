"""``reader stats``: how much was read, and when."""

import argparse
from datetime import date
from typing import TYPE_CHECKING

from reader import phrases
from reader.commands.arguments import add_json
from reader.commands.library import existing
from reader.commands.terminal import fitted, print_json, safe

if TYPE_CHECKING:
    from reader.library.reading.statistics import Bar, Statistics

add_options = add_json


def run(options: argparse.Namespace) -> None:
    """Print the totals, the last weeks, and the sites and tags read most."""
    from reader.library.reading.statistics import of

    with existing(options) as library:
        figures = of(library.reading_log, date.today())
    if options.json:
        print_json(_as_json(figures))
        return
    for name, text in _totals(figures):
        print(f"{name + ':':9}{safe(text)}")
    if any(bar.seconds or bar.added or bar.finished for bar in figures.weeks):
        print("\nWeek of   Time read  Articles     Words  Added  Finished")
        for bar in figures.weeks:
            print(_line(bar))
    for title, shares in (("Sites", figures.sites), ("Tags", figures.tags)):
        if shares:
            print(f"\n{title}, twelve months")
        for share in shares:
            print(f"{fitted(safe(share.name), 30)} {phrases.duration(share.seconds):>11}")


def _totals(figures: "Statistics") -> list[tuple[str, str]]:
    articles = phrases.plural(figures.articles, "article")
    words = phrases.plural(figures.words, "word")
    lines = [
        ("Read", f"{phrases.duration(figures.seconds)}, {articles}, {words}"),
        ("Streak", f"{phrases.plural(figures.streak, 'day')}, longest {figures.longest_streak}"),
        ("Average", f"{phrases.duration(figures.average)} a day in the last four weeks"),
        ("Opened", phrases.plural(figures.views, "time")),
    ]
    if figures.oldest:
        since = phrases.day(figures.oldest.added_at)
        lines.append(("Waits", f"“{figures.oldest.title}” since {since}"))
    return lines


def _line(bar: "Bar") -> str:
    time = phrases.duration(bar.seconds) if bar.seconds else "–"
    figures = f"{bar.articles:>8}  {bar.words:>8,}  {bar.added:>5}  {bar.finished:>8}"
    return f"{bar.label:>7}  {time:>10}  {figures}"


def _as_json(value: object) -> object:
    """Return named tuples as dictionaries, at every level."""
    if hasattr(value, "_asdict"):
        return {name: _as_json(item) for name, item in value._asdict().items()}
    return [_as_json(item) for item in value] if isinstance(value, tuple) else value
