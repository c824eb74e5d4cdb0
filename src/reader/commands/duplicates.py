"""``reader duplicates``: pairs of articles that seem to be one."""

import argparse

from reader import phrases
from reader.commands.arguments import add_json
from reader.commands.library import existing
from reader.commands.terminal import clear_report, fitted, print_json, report, safe
from reader.model import Article, Duplicate

_JSON_KEYS = ("id", "title", "url", "site", "words", "added_at", "tags")

add_options = add_json


def run(options: argparse.Namespace) -> None:
    """Print each pair with how similar its texts are."""
    with existing(options) as library:
        pairs = []
        for pair in library.duplicates.find(report):
            older, newer = (library.article(id)._replace(html="") for id in pair[:2])
            pairs.append((pair, older, newer))
        clear_report()
    if options.json:
        print_json([_as_json(*pair) for pair in pairs])
        return
    for pair, older, newer in pairs:
        _print_pair(pair, older, newer)
    hint = "“reader merge A B” merges two." if pairs else ""
    print(f"{phrases.plural(len(pairs), 'pair')}. {hint}".rstrip())


def _print_pair(pair: Duplicate, *articles: Article) -> None:
    alike = f"{round(100 * pair.likeness)} % in common" if pair.likeness else ""
    address = "same address" if pair.same_address else ""
    print(", ".join(filter(None, (alike, address))))
    for article in articles:
        print(f"  {article.id:>6} {fitted(safe(article.title), 50)} {safe(article.url)}")


def _as_json(pair: Duplicate, *articles: Article) -> dict[str, object]:
    older, newer = ({key: getattr(article, key) for key in _JSON_KEYS} for article in articles)
    return {
        "likeness": round(pair.likeness, 3),
        "same_address": pair.same_address,
        "older": older,
        "newer": newer,
    }
