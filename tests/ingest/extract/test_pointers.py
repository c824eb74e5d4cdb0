"""Links lead within a site if they are relative or have its host."""

import pytest
from lxml import html

from reader.ingest.extract.pointers import host_of, points_within


@pytest.mark.parametrize(
    ("href", "own"),
    [
        ("/a", True), ("a.html?b=c:d", True), ("https://example.org/a", True),
        ("https://www.example.org/a", True), ("https://news.example.org/a", True),
        ("//example.org/a", True), ("https://other.example/a", False), ("#a", False), ("", False),
        ("https://badexample.org/", False), ("mailto:a@example.org", False), ("http://[", False),
    ],
)  # fmt: skip
def test_a_link_leads_to_another_page_of_the_site_or_elsewhere(href: str, own: bool) -> None:
    element = html.fragment_fromstring(f"<p><a href='/x'>One</a> <a href='{href}'>Two</a></p>")
    assert points_within(element, "example.org") is own


def test_a_line_with_no_link_leads_nowhere() -> None:
    assert not points_within(html.fragment_fromstring("<p>Words <a href='/x'></a></p>"), "a.b")


def test_the_host_of_a_url_has_no_www() -> None:
    assert host_of("https://www.example.org:80/a") == "example.org"
    assert host_of("a/b") == host_of("http://[") == ""
