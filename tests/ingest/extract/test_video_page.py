"""A page that holds a video and no text is the video and its description."""

import json
from typing import Any

import pytest

from reader.ingest.extract.whole import extract

_VIDEO = {
    "@type": "VideoObject", "name": "The weir", "description": "How the weir rose.\nIn spring.",
    "embedUrl": "https://www.youtube.com/embed/abcDEF12345", "thumbnailUrl": ["/t.jpg"],
}  # fmt: skip


def _page(data: Any, body: str = "<div id=player></div>", head: str = "") -> str:
    written = data if isinstance(data, str) else json.dumps(data)
    script = f'<script type="application/ld+json">{written}</script>'
    found = extract(
        f"<html><head>{head}{script}</head><body>{body}</body></html>", "https://example.org/v"
    )
    return found.html


@pytest.mark.parametrize("data", [_VIDEO, [_VIDEO], {"@graph": [{"video": _VIDEO}]}])
def test_a_video_without_text_is_shown_with_its_description(data: Any) -> None:
    html = _page(data)
    assert 'src="https://www.youtube.com/embed/abcDEF12345"' in html
    assert 'title="The weir" poster="https://example.org/t.jpg"' in html
    assert "<p>How the weir rose.</p><p>In spring.</p>" in html


def test_open_graph_describes_a_video_too() -> None:
    head = (
        '<meta property="og:video" content="/v.mp4"><meta property="og:title" content="A & B">'
        '<meta property="og:description" content="How it was <built>, stone by stone.">'
    )
    html = _page("{}", head=head)
    assert 'src="https://example.org/v.mp4" title="A &amp; B"' in html
    assert "<p>How it was &lt;built&gt;, stone by stone.</p>" in html


def test_a_page_with_text_keeps_it() -> None:
    body = (
        "<article>" + "<p>The weir was built in spring, stone upon stone.</p>" * 20 + "</article>"
    )
    assert "iframe" not in _page(_VIDEO, body)


@pytest.mark.parametrize(
    "data",
    ['{"@type": "VideoObject"', "[" * 3_000 + '"VideoObject"', {**_VIDEO, "description": None},
     {**_VIDEO, "embedUrl": "javascript:0"}, {**_VIDEO, "@type": ["VideoObject", 1]},
     {"a": {"a": {"a": {"a": {"a": {"a": {"a": {"a": _VIDEO}}}}}}}}],
)  # fmt: skip
def test_broken_descriptions_are_none(data: Any) -> None:
    assert "iframe" not in _page(data)
