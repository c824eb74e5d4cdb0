"""Other extractors of articles, for ``benchmarks.extraction``; none of them is needed.

This file runs by itself in the environment that has them and imports nothing of the project: each
line of its input is a page (``[HTML, URL]`` in JSON), each line of its output what every extractor
that is installed makes of it (``{NAME: [TEXT, TITLE, [AUTHOR, ...], DATE, SECONDS]}``).
"""

import json
import logging
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeAlias


class Extracted(NamedTuple):
    """The article that an extractor finds on a page, and the CPU seconds it takes."""

    text: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    seconds: float = 0.0


Peers: TypeAlias = Callable[[str, str], dict[str, Extracted]]


@contextmanager
def peers_of(python: str) -> Iterator[Peers]:
    """Start the extractors of an interpreter; they are asked with the HTML and URL of a page."""
    command = [python, "-P", __file__]  # the modules beside this file are none of theirs
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        asked, answers = process.stdin, process.stdout
        assert asked is not None
        assert answers is not None

        def ask(html: str, url: str) -> dict[str, Extracted]:
            print(json.dumps([html, url]), file=asked, flush=True)
            found = json.loads(answers.readline())
            return {
                name: Extracted(text, title, tuple(authors), published, seconds)
                for name, (text, title, authors, published, seconds) in found.items()
            }

        yield ask
        asked.close()


# ---- in the other interpreter


def _trafilatura() -> Callable[[str, str], Extracted]:
    from trafilatura import bare_extraction  # type: ignore[import-not-found,unused-ignore]

    def extract(html: str, url: str) -> Extracted:
        found: Any = bare_extraction(html, url=url, with_metadata=True)
        if found is None:
            return Extracted("")
        text = "\n".join(filter(None, (found.text, found.comments)))
        authors = tuple(filter(None, (found.author or "").split("; ")))
        return Extracted(text, found.title or "", authors, found.date or "")

    return extract


def _readability_lxml() -> Callable[[str, str], Extracted]:
    from lxml.html import fromstring
    from readability import Document  # type: ignore[import-not-found,unused-ignore]

    def extract(html: str, url: str) -> Extracted:
        document = Document(html, url=url)
        text = " ".join(fromstring(document.summary()).itertext())
        return Extracted(text, document.title() or "")

    return extract


def _newspaper4k() -> Callable[[str, str], Extracted]:
    from newspaper import Article  # type: ignore[import-not-found,unused-ignore]

    def extract(html: str, url: str) -> Extracted:
        article = Article(url)
        article.download(input_html=html)
        article.parse()
        authors, date = tuple(article.authors), article.publish_date
        text, title = article.text or "", article.title or ""
        return Extracted(text, title, authors, date.isoformat() if date else "")

    return extract


_KNOWN = {
    "trafilatura": _trafilatura,
    "readability-lxml": _readability_lxml,
    "newspaper4k": _newspaper4k,
}


def _installed() -> dict[str, Callable[[str, str], Extracted]]:
    found = {}
    for name, make in _KNOWN.items():
        try:
            found[name] = make()
        except ImportError:
            continue
    return found


def _timed(extract: Callable[[str, str], Extracted], html: str, url: str) -> Extracted:
    before = time.process_time()
    try:
        result = extract(html, url)
    except Exception:  # a page it cannot read is a page without text
        result = Extracted("")
    return result._replace(seconds=time.process_time() - before)


def main() -> None:
    """Answer for the pages on standard input."""
    warnings.simplefilter("ignore")
    logging.disable()
    installed = _installed()
    for line in sys.stdin:
        html, url = json.loads(line)
        found = {name: _timed(extract, html, url) for name, extract in installed.items()}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
