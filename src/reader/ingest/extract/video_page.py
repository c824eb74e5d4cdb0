"""A page that is about a video and has no text: the video and its description are the article.

The description is that of the ``VideoObject`` (schema.org), else that of the page (Open Graph).
"""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from reader.body import clean
from reader.ingest.extract.embeds import poster_of
from reader.ingest.extract.measure import Element

_DEEPEST = 6
_LONGEST = 1_000_000
_LONGEST_DESCRIPTION = 20_000


def video_article(root: Element, address: str) -> str:
    """Return the video of a page and its description as HTML, ``""`` if it has none."""
    meta = {
        each.get("property") or each.get("name") or "": each.get("content") or ""
        for each in root.iter("meta")
    }
    video = next(_videos(root), {})
    text = _text(video, "description") or meta.get("og:description") or ""
    source = _text(video, "embedUrl", "contentUrl") or meta.get("og:video:url") or ""
    source = clean.link(source or meta.get("og:video") or "", address)
    if not text.strip() or not source:
        return ""
    title = _text(video, "name") or meta.get("og:title") or ""
    poster = clean.link(_text(video, "thumbnailUrl") or meta.get("og:image") or "", address)
    frame = f'<iframe src="{escape(source)}" title="{escape(title)}"'
    frame += f' poster="{escape(poster or poster_of(source))}"></iframe>'
    lines = clean.text(text[:_LONGEST_DESCRIPTION]).split("\n")
    return f"<div>{frame}{''.join(f'<p>{escape(x)}</p>' for x in lines if x.strip())}</div>"


def _videos(root: Element) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        text = script.text or ""
        if (
            "VideoObject" in text
            and "ld+json" in (script.get("type") or "")
            and len(text) < _LONGEST
        ):
            try:
                yield from _nodes(json.loads(text), 0)
            except (ValueError, RecursionError):
                continue


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the videos in structured data."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict) and value.get("@type") in ("VideoObject", ["VideoObject"]):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _nodes(inner, depth + 1)


def _text(video: dict[str, Any], *names: str) -> str:
    """Return the first of some values that is a text, or begins with one."""
    for name in names:
        value = video.get(name)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, str) and value.strip():
            return value
    return ""
