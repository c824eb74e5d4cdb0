"""``reader download`` and ``reader extract``: from pages of the web to articles."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from reader.body.blocks import Picture
from reader.commands.articles import existing
from reader.commands.terminal import clear_report, print_json, report, safe, tell
from reader.errors import IngestError
from reader.model import Outcome


def download(told: argparse.Namespace) -> int:
    """Fetch the text of articles, or of all that wait for it."""
    from reader.ingest.web import download as fetch_all

    with existing(told) as library:
        ids = told.ids or library.waiting()
        result = fetch_all(library, ids, report)
    clear_report()
    if told.json:
        print_json([row._asdict() for row in result.rows])
    else:
        tell(result)
    return 1 if result.number_of(Outcome.FAILED) else 0


def extract(told: argparse.Namespace) -> None:
    """Print the article of a page, without touching the library."""
    from reader.body.from_html import from_html
    from reader.body.to_text import excerpt, to_text
    from reader.ingest.extract.whole import extract as find

    text, address = _page(told.what, told.base)
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
    from reader.ingest.address import is_address
    from reader.ingest.decode import decode
    from reader.ingest.fetch import fetch

    if is_address(what):
        fetched = fetch(what, typed=True)
        return decode(fetched.data, fetched.encoding), base or fetched.address
    try:
        return decode(Path(what).expanduser().read_bytes()), base
    except OSError as error:
        raise IngestError(f"{what} could not be read ({error.strerror}).") from error
