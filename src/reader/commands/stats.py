"""The command that says how much was read, and when."""

import argparse
from datetime import date

from reader import phrases
from reader.commands.articles import existing
from reader.commands.terminal import fitted, print_json, safe
from reader.library.reading.statistics import Bar, Statistics, of


def stats(told: argparse.Namespace) -> None:
    """Say how much was read, and when."""
    with existing(told) as library:
        found = of(library.diary, date.today())
    if told.json:
        print_json(_plain(found))
        return
    for name, text in _lines(found):
        print(f"{name + ':':9}{safe(text)}")
    if any(bar.seconds or bar.added or bar.finished for bar in found.weeks):
        print("\nWeek of   Time read  Articles     Words  Added  Finished")
        for bar in found.weeks:
            print(_line(bar))
    for title, shares in (("Sites", found.sites), ("Tags", found.tags)):
        if shares:
            print(f"\n{title}, twelve months")
        for share in shares:
            print(f"{fitted(safe(share.name), 30)} {phrases.duration(share.seconds):>11}")


def _lines(found: Statistics) -> list[tuple[str, str]]:
    articles, words = phrases.plural(found.articles, "article"), phrases.plural(found.words, "word")
    lines = [
        ("Read", f"{phrases.duration(found.seconds)}, {articles}, {words}"),
        ("Streak", f"{phrases.plural(found.streak, 'day')}, longest {found.longest_streak}"),
        ("Average", f"{phrases.duration(found.average)} a day in the last four weeks"),
        ("Opened", phrases.plural(found.views, "time")),
    ]
    if found.oldest:
        since = phrases.day(found.oldest.added_at)
        lines.append(("Waits", f"“{found.oldest.title}” since {since}"))
    return lines


def _line(bar: Bar) -> str:
    time = phrases.duration(bar.seconds) if bar.seconds else "–"
    figures = f"{bar.articles:>8}  {bar.words:>8,}  {bar.added:>5}  {bar.finished:>8}"
    return f"{bar.label:>7}  {time:>10}  {figures}"


def _plain(value: object) -> object:
    """Return named tuples as what JSON calls objects."""
    if hasattr(value, "_asdict"):
        return {name: _plain(each) for name, each in value._asdict().items()}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
