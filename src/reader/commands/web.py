"""``reader download`` and ``reader extract``: from pages of the web to articles."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from reader.body.blocks import Picture
from reader.commands.arguments import id_number
from reader.commands.articles import existing
from reader.commands.terminal import print_json, report, safe, tell
from reader.errors import IngestError
from reader.model import Query


def download(told: argparse.Namespace) -> int:
    """Fetch the text of articles, or of all that wait for it; or pictures that are missing."""
    from reader.ingest.again import fetch_missing
    from reader.ingest.web import download as fetch_all

    with existing(told) as library:
        library.rows_of(told.ids)  # a wrong number is told of before anything is done
        if told.missing:
            result = fetch_missing(library, told.ids or library.with_missing_pictures(), report)
        else:
            result = fetch_all(library, told.ids or library.waiting(), report)
    return tell(result, as_json=told.json)


def extract(told: argparse.Namespace) -> int:
    """Print the article of a page, or look for it once more in pages that are kept."""
    if told.again:
        return _extract_again(told)
    if len(told.what) != 1:
        raise IngestError(
            "Say which page: one file or address, or --again and numbers of articles."
        )
    _print_article(told.what[0], told)
    return 0


def _extract_again(told: argparse.Namespace) -> int:
    from reader.ingest.again import extract_again

    if not told.what and not told.all:
        raise IngestError(
            "Say which articles to extract again: --all, or their numbers in “reader list”."
        )
    with existing(told) as library:
        ids = library.ids(Query()) if told.all else [_number(each) for each in told.what]
        library.rows_of(ids)
        result = extract_again(library, ids, report, anyway=told.anyway)
    return tell(result, as_json=told.json)


def _number(said: str) -> int:
    try:
        return id_number(said)
    except argparse.ArgumentTypeError as error:
        raise IngestError(f"{error}.") from error


def _print_article(what: str, told: argparse.Namespace) -> None:
    from reader.body.from_html import from_html
    from reader.body.to_text import excerpt, to_text
    from reader.ingest.extract.whole import extract as find

    text, address = _page(what, told.base)
    page = find(text, address)
    sources: list[str] = []

    def picture(attributes: Mapping[str, str]) -> Picture | None:
        sources.append(attributes.get("src", ""))
        return None

    body = from_html(page.html, picture=picture, address=address, whole=True)
    if told.html:
        print(page.html)
        return
    if not told.json:
        print(safe(page.about.title))
        print(safe(" · ".join(filter(None, page.about[1:4]))))
        print()
        print(safe(to_text(body)))
        return
    about = page.about
    print_json(
        {
            "title": about.title, "byline": about.byline, "site": about.site,
            "published": about.published_at, "modified": about.modified_at,
            "language": about.language, "direction": about.direction,
            "excerpt": about.excerpt or excerpt(body), "lead": about.lead,
            "canonical": about.canonical, "unsure": page.unsure, "html": page.html,
            "text": to_text(body), "pictures": list(dict.fromkeys(filter(None, sources))),
        }
    )  # fmt: skip


def _page(what: str, base: str) -> tuple[str, str]:
    from reader.ingest import disk
    from reader.ingest.address import is_address
    from reader.ingest.decode import decode
    from reader.ingest.fetch import fetch
    from reader.ingest.files import MAX_BYTES

    if is_address(what):
        fetched = fetch(what, typed=True)
        return decode(fetched.data, fetched.encoding), base or fetched.address
    return decode(disk.read(Path(what).expanduser(), MAX_BYTES).data), base
