"""Hostile pages, URLs, servers, pictures and archives, played against the program.

``python -m benchmarks.hostile FOLDER`` takes a folder of ``html_*``, ``urls``, ``http``,
``images``, ``mhtml_bytes``, ``zip_bytes``, ``markdown_bytes`` and ``db_faults`` files (.jsonl) with
one record a line, and prints the failures: an exception without a sentence for the user, active
content that is left, a request to a server that was not typed, or more time than allowed. A record
has its payload as ``html``, ``text``, ``url``, ``b64`` or ``recipe`` ([[text, times], ...]), or,
for a server, as ``steps`` to play. Those of ``db_faults`` name the damage to do (see
``benchmarks.faults``) and take half a minute each; one that is unknown counts as a failure.
"""

import base64
import json
import socket
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from lxml import etree

from benchmarks.faults import runner
from reader.body.from_html import from_html
from reader.body.from_markdown import from_markdown
from reader.errors import IngestError, ReaderError
from reader.ingest.archives import read_mhtml, read_zip
from reader.ingest.decode import decode
from reader.ingest.extract.page import parse
from reader.ingest.extract.whole import extract
from reader.ingest.fetch import fetch
from reader.ingest.front_matter import split_front_matter
from reader.ingest.images import keep_image
from reader.ingest.urls import canonical_url

_SECONDS = 15.0
_FETCH_SECONDS = 2.0
_PIECE = 65_536

Record = dict[str, Any]


def run(folder: Path) -> dict[str, list[str]]:
    """Return the failures, a line each, by the names of the files in a folder."""
    failures: dict[str, list[str]] = {}
    for name, check in _CHECKS.items():
        for file in sorted(folder.glob(f"{name}.jsonl")):
            records = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]
            failures[file.stem] = [
                f"{record['id']} ({record.get('kind', '')}): {trouble}"
                for record in records
                if (trouble := _tried(check, record))
            ]
            failures[file.stem].insert(0, f"{len(records)} records")
    return failures


def _tried(check: Callable[[Record], str], record: Record) -> str:
    before = time.process_time()
    try:
        trouble = check(record)
    except ReaderError:
        trouble = ""  # a sentence for the user, as it should be
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:160]
    taken = time.process_time() - before
    is_slow = taken > _SECONDS and check is not _fault
    return trouble or (f"took {taken:.1f} s" if is_slow else "")


def _bytes(record: Record) -> bytes:
    if "b64" in record:
        return base64.b64decode(record["b64"])
    if "recipe" in record:
        return "".join(text * times for text, times in record["recipe"]).encode("utf-8", "replace")
    return str(record.get("html", record.get("text", ""))).encode("utf-8", "replace")


def _page(record: Record) -> str:
    page = extract(decode(_bytes(record)), "https://example.org/page")
    from_html(page.html, address="https://example.org/page", whole=True)
    root = parse(page.html)
    return "" if root is None else _acting(root)


def _acting(root: etree._Element) -> str:
    """Return the first part of a page that would act, fetch or lead to a forbidden place."""
    for element in root.iter():
        if element.tag in ("script", "style", "object", "embed", "form", "link", "base", "svg"):
            return f"left in it: <{element.tag}>"
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("style", "srcdoc", "background", "srcset"):
                return f"left in it: {name}"
            leads = name in ("href", "src", "poster")
            if leads and not value.startswith(("http://", "https://", "mailto:", "#")):
                return f"leads to {value[:60]}"
    return ""


def _address(record: Record) -> str:
    address = str(record.get("url", record.get("text", "")))
    meant = canonical_url(address)
    right = meant.startswith(("http://", "https://")) and canonical_url(meant) == meant
    return "" if right else f"became {meant[:80]}"


def _picture(record: Record) -> str:
    keep_image(_bytes(record), "", lambda _data, ending: f"{'0' * 64}.{ending}")
    return ""


def _archive(record: Record) -> str:
    read_mhtml(_bytes(record))
    return ""


def _zip(record: Record) -> str:
    read_zip(_bytes(record))
    return ""


def _markdown(record: Record) -> str:
    from_markdown(split_front_matter(decode(_bytes(record)))[1])
    return ""


def _fault(record: Record) -> str:
    return runner.trouble(record)


def _server(record: Record) -> str:
    with _Scripted(record["steps"]) as server:
        before = time.monotonic()
        with suppress(IngestError):
            fetch(
                server.address, allow_private_network=True, seconds=_FETCH_SECONDS, most=3_000_000
            )
        taken = time.monotonic() - before
        if server.canaries:
            return "the canary was asked"
        return f"took {taken:.1f} s" if taken > _FETCH_SECONDS + 2 else ""


class _Scripted:
    """A server on this computer that plays the steps of a record, once for each connection."""

    def __init__(self, steps: list[Record]) -> None:
        self._steps = steps
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/page"
        self.canaries = 0
        self._open = True

    def __enter__(self) -> "_Scripted":
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        self._socket.close()

    def _serve(self) -> None:
        while self._open:
            try:
                held, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(held,), daemon=True).start()

    def _answer(self, held: socket.socket) -> None:
        with held:
            try:
                asked = held.recv(_PIECE)
                elsewhere = f"Host: 127.0.0.1:{self.port}".encode() not in asked
                self.canaries += elsewhere and b"/canary" in asked.split(b"\r\n", 1)[0]
                for step in self._steps:
                    for piece in self._pieces(step):
                        held.sendall(piece)
            except OSError:
                return

    def _pieces(self, step: Record) -> Iterator[bytes]:
        if "send" in step:
            text = str(step["send"]).replace("{PORT}", str(self.port)).replace("{PATH}", "/page")
            yield text.encode("latin-1", "replace")
        elif "b64" in step:
            yield base64.b64decode(step["b64"])
        elif "repeat" in step:
            for _ in range(int(step["repeat"]["n"])):
                yield str(step["repeat"]["text"]).encode()
        elif "drip" in step:
            for _ in range(int(step["drip"]["n"])):
                time.sleep(float(step["drip"]["every"]))
                yield str(step["drip"]["text"]).encode()
        elif "sleep" in step:
            time.sleep(min(float(step["sleep"]), 2 * _SECONDS))
        elif "gz_zeros" in step:
            packer = zlib.compressobj(wbits=31)
            for _ in range(int(step["gz_zeros"])):
                yield packer.compress(bytes(1_000_000))
            yield packer.flush()


_CHECKS: dict[str, Callable[[Record], str]] = {
    "html_*": _page,
    "urls": _address,
    "http": _server,
    "images": _picture,
    "mhtml_bytes": _archive,
    "zip_bytes": _zip,
    "markdown_bytes": _markdown,
    "db_faults": _fault,
}


def main() -> int:
    """Print the failures in the folder named on the command line."""
    troubles = 0
    for name, lines in run(Path(sys.argv[1])).items():
        troubles += len(lines) - 1
        print(f"{name}: {lines[0]}, {len(lines) - 1} wrong")
        for line in lines[1:][:20]:
            print(f"    {line}")
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
