"""``reader extract``: the article in a page, or a better text from the pages that are kept."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reader.commands.arguments import id_number, path, text
from reader.commands.library import existing
from reader.commands.terminal import print_json, print_result, report, safe
from reader.errors import IngestError
from reader.model import Query

if TYPE_CHECKING:
    from reader.body.blocks import Body, Picture
    from reader.ingest.extract.whole import Page


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("what", nargs="*", type=path, metavar="PAGE.html|URL|ID")
    parser.add_argument(
        "--again", action="store_true", help="articles of the library, from their kept pages"
    )
    parser.add_argument(
        "--all", action="store_true", help="with --again: all articles that are not in the trash"
    )
    parser.add_argument(
        "--anyway",
        action="store_true",
        help="with --again: replace longer and cleaned up texts as well",
    )
    parser.add_argument(
        "--base", type=text, default="", metavar="URL", help="the URL of a saved page"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--html", action="store_true", help="the article as HTML")
    how.add_argument("--json", action="store_true", help="everything that was extracted")


def run(options: argparse.Namespace) -> int:
    """Print the article in a page, or extract articles of the library again."""
    if options.again:
        return _extract_again(options)
    if len(options.what) != 1:
        raise IngestError("Name one page: a file or a URL. Or name articles with --again.")
    _print_article(options)
    return 0


def _extract_again(options: argparse.Namespace) -> int:
    from reader.ingest.reprocess import extract_again

    if not options.what and not options.all:
        raise IngestError(
            "Name the articles to extract again by their numbers in “reader list”, or use --all."
        )
    with existing(options) as library:
        ids = library.ids(Query()) if options.all else [*map(_id, options.what)]
        library.rows_of(ids)
        result = extract_again(library, ids, report, anyway=options.anyway)
    return print_result(result, as_json=options.json)


def _id(word: str) -> int:
    try:
        return id_number(word)
    except argparse.ArgumentTypeError as error:
        raise IngestError(f"{error}.") from error


def _print_article(options: argparse.Namespace) -> None:
    from reader.body.from_html import from_html
    from reader.body.to_text import to_text
    from reader.ingest.extract.whole import extract

    html, address = _page(options.what[0], options.base)
    page = extract(html, address)
    sources: list[str] = []

    def picture(attributes: Mapping[str, str]) -> "Picture | None":
        sources.append(attributes.get("src", ""))
        return None

    body = from_html(page.html, picture=picture, address=address, whole=True)
    if options.html:
        print(page.html)
    elif options.json:
        print_json(_as_json(page, body, sources))
    else:
        print(safe(page.about.title))
        print(safe(" · ".join(filter(None, page.about[1:4]))))
        print()
        print(safe(to_text(body)))


def _as_json(page: "Page", body: "Body", sources: list[str]) -> dict[str, object]:
    from reader.body.to_text import excerpt, to_text

    about = page.about
    return {
        "title": about.title, "byline": about.byline, "site": about.site,
        "published": about.published_at, "modified": about.modified_at,
        "language": about.language, "direction": about.direction,
        "excerpt": about.excerpt or excerpt(body), "lead": about.lead,
        "canonical": about.canonical, "unsure": page.unsure, "html": page.html,
        "text": to_text(body), "pictures": list(dict.fromkeys(filter(None, sources))),
    }  # fmt: skip


def _page(word: str, base: str) -> tuple[str, str]:
    """Return the HTML of a file or an address, and the address its links are relative to."""
    from reader.ingest import disk
    from reader.ingest.decode import decode
    from reader.ingest.fetch import fetch
    from reader.ingest.files import MAX_BYTES
    from reader.ingest.urls import is_url

    if is_url(word):
        fetched = fetch(word, allow_private_network=True)
        return decode(fetched.data, fetched.encoding), base or fetched.address
    return decode(disk.read(Path(word).expanduser(), MAX_BYTES).data), base
