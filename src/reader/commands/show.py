"""``reader show``: an article as text, as HTML or as it came in."""

import argparse
import sys

from reader import phrases
from reader.commands.arguments import id_number
from reader.commands.library import existing
from reader.commands.terminal import fields_of, print_json, safe
from reader.model import Article


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("id", type=id_number)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--html", action="store_true", help="as HTML")
    how.add_argument("--source", action="store_true", help="the original")
    how.add_argument("--json", action="store_true", help="all of its data")


def run(options: argparse.Namespace) -> None:
    """Print an article."""
    with existing(options) as library:
        article = library.article(options.id)
        if options.source:
            sys.stdout.buffer.write(library.texts.source(options.id)[0])
            return
    if options.json:
        print_json(fields_of(article))
    elif options.html:
        print(article.html)
    else:
        _print_text(article)


def _print_text(article: Article) -> None:
    from reader.body.caveats import caveats_of
    from reader.body.from_html import body_of
    from reader.body.to_text import to_text

    caveats = [phrases.CAVEATS[caveat] for caveat in caveats_of(article.html)]
    day = phrases.day(article.published_at)
    details = (article.byline, article.site, day, article.url, *caveats)
    print(safe(article.title))
    print(safe(" · ".join(filter(None, details))))
    print()
    print(safe(to_text(body_of(article.html))))
    if article.failure:
        heading = phrases.failure_heading(article.failure)
        print(safe(f"{heading}. {phrases.failure_details(article.failure)}"))
