"""Pages are kept so that the same pages come back."""

import pytest

from reader.ingest.fetch import Fetched
from reader.ingest.sources import PageText, packed, unpacked
from reader.model import Source


def _page(number: int, text: str, encoding: str = "") -> Fetched:
    data = text.encode(encoding or "utf-8")
    return Fetched(f"https://a.example/{number}", data, "text/html", encoding, True)


@pytest.mark.parametrize("encoding", ["", "utf-8", "windows-1252"])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_pages_come_back_as_they_were(count: int, encoding: str) -> None:
    pages = [_page(n, f"<p>Größe {n}, naïve</p>\n--B--\n", encoding) for n in range(count)]
    source = packed(pages)
    assert source.base == "https://a.example/0"
    assert unpacked(source) == [
        PageText(f"<p>Größe {n}, naïve</p>\n--B--\n", f"https://a.example/{n}")
        for n in range(count)
    ]


def test_one_page_is_kept_byte_for_byte() -> None:
    data = bytes(range(256))
    assert packed([Fetched("https://a.example/", data, "text/html", "", True)]).data == data


@pytest.mark.parametrize(
    "source",
    [
        Source(b"<p>x</p>", "text/html"), Source(b"x", "text/plain", "https://a.example/"),
        Source(b"%PDF", "application/pdf", "https://a.example/"), Source(b"", ""),
    ],
)  # fmt: skip
def test_other_sources_have_no_pages(source: Source) -> None:
    assert unpacked(source) == []
