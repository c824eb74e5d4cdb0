"""The front matter of Markdown files: YAML, TOML, JSON, and the properties of Logseq.

Obsidian's web clipper, MarkDownload and Joplin write where a note was taken from as ``source`` or
``url``: such a note is the article at that address.
"""

import json
import re
from typing import Any

from reader.ingest.metadata import Metadata, iso_date, line_of
from reader.ingest.urls import canonical_url, is_url, site_of

_YAML = re.compile(
    r"\A(?:[ \t]*\n)*---[ \t]*\n(.*?)(?:(?<=---\n)|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S
)
_TOML = re.compile(r"\A(?:[ \t]*\n)*\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.S)
_JSON = re.compile(r"\A\s*\{\s*\"")
_PROPERTIES = re.compile(r"\A\s*((?:[\w-]+:: .*(?:\n|\Z))+)")
_PROPERTY = re.compile(r"([\w-]+):: (.*)")
_PAIR = re.compile(r"([\w-][\w -]*):(?:\s+(.*))?$")
_LISTED = re.compile(r"\s*-\s+(.*)")
_TAG_LINE = re.compile(r"(?:tags?: *)?(?:#[\w/-]*[^\W\d_][\w/-]*(?: *, *| +|$))+", re.IGNORECASE)
_TAG = re.compile(r"#([\w/-]+)")
_PICTURE = re.compile(r"!\[[^\]]*\](?:\([^()]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[([^\[\]]*)\](?:\([^()]*\)|\[[^\]]*\])")
_TARGET = re.compile(r"https?://[^\s<>()\[\]\"']+")
_STYLED = re.compile(r"(\*\*|__|\*|`|~~|==|(?<!\w)_(?=\S))(?=\S)(.+?)(?<=\S)\1")
_MAIL = re.compile(r"\s*<[^<>\s]+@[^<>\s]+>")
_NESTED = ("taxonomies", "extra", "params")
_TITLES = ("title", "name")
_AUTHORS = ("author", "authors", "by", "byline", "creator")
_SITES = ("site", "site_name", "publisher", "publication", "source")
_DATES = ("date", "published", "published_at", "publishdate", "pubdate", "publish_date")
_CHANGED = ("lastmod", "updated", "modified", "last_modified")
_LANGUAGES = ("lang", "language", "locale")
_SUMMARIES = ("description", "summary", "excerpt", "abstract")
_TAGS = ("tags", "tag", "keywords", "categories")
_ADDRESSES = ("source", "url", "link", "source_url", "source-url", "original_url", "canonical_url",
              "canonicalurl", "canonical", "page-url", "href")  # fmt: skip
_MAX_FRONT = 20_000
_MAX_LIST = 40


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the front matter of a Markdown text, and the text after it.

    Invalid front matter stays in the text: nothing is lost.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    head = text[:_MAX_FRONT]
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml), (_PROPERTIES, _properties)):
        match = pattern.match(head)
        if match is not None and isinstance(values := read(match[1]), dict):
            return _lowered(values), text[match.end() :]
    return _json(text) if _JSON.match(head) else ({}, text)


def split_tag_lines(text: str) -> tuple[tuple[str, ...], str]:
    """Return the tags in the first and the last line if these hold only tags, and the rest."""
    lines = text.strip("\n").split("\n")
    tags: list[str] = []
    for at in (0, -1):
        if len(lines) > 1 and _TAG_LINE.fullmatch(lines[at].strip()):
            tags += _TAG.findall(lines.pop(at))
    return tuple(dict.fromkeys(tags)), "\n".join(lines) if tags else text


def about_front_matter(values: dict[str, Any]) -> Metadata:
    """Return the metadata in front matter; ``canonical`` is the address of a clipped page."""
    for name in _NESTED:
        inner = values.get(name)
        values = {**_lowered(inner), **values} if isinstance(inner, dict) else values
    address = next((found for name in _ADDRESSES if (found := _address(values.get(name)))), "")
    site = _first(values, _SITES, lambda value: "" if _address(value) else _plain(line_of(value)))
    dates = _DATES if address else (*_DATES, "created")  # else that is when it was clipped
    return Metadata(
        title=_first(values, _TITLES, lambda value: _plain(line_of(value))),
        byline=_first(values, _AUTHORS, _names),
        site=site or (site_of(address) if address else ""),
        published_at=_first(values, dates, iso_date),
        modified_at=_first(values, _CHANGED, iso_date),
        language=_first(values, _LANGUAGES, line_of)[:35],
        excerpt=_first(values, _SUMMARIES, lambda value: _plain(line_of(value))),
        canonical=address,
        tags=_tags(next((values[name] for name in _TAGS if values.get(name)), ())),
    )


def _first(values: dict[str, Any], names: tuple[str, ...], read: Any) -> str:
    """Return the first of some values that is not empty once it is read."""
    return next((said for name in names if (said := read(values.get(name)))), "")


def _lowered(values: dict[Any, Any]) -> dict[str, Any]:
    return {line_of(name).lower(): value for name, value in values.items()}


# ---- formats


def _yaml(text: str) -> Any:
    import yaml

    class Loader(yaml.SafeLoader):
        """A YAML loader without aliases: nested aliases grow without bounds."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("aliases are not read")
            return super().compose_node(parent, index)

    if not text.strip():
        return {}
    try:
        return yaml.load(text, Loader)  # noqa: S506  # a safe loader
    except Exception:  # damaged, nested too deep, or an impossible date
        return _loose_yaml(text)


def _loose_yaml(text: str) -> dict[str, Any] | None:
    """Return the pairs and lists of YAML that is not strict, None if it has no title."""
    values: dict[str, Any] = {}
    name = ""
    for line in text.split("\n"):
        if (listed := _LISTED.fullmatch(line)) and name and not isinstance(values[name], str):
            values[name].append(_unquoted(listed[1]))
        elif pair := _PAIR.fullmatch(line.strip()) if line[:1].strip() else None:
            name = pair[1].strip().lower()
            values[name] = _loose_value(pair[2] or "")
    return values if "title" in values or any(values.get(each) for each in _ADDRESSES) else None


def _loose_value(text: str) -> Any:
    text = text.strip()
    if text.startswith("[") and text.endswith("]") and not text.startswith("[["):
        return [_unquoted(part) for part in text[1:-1].split(",")]
    return _unquoted(text) if text else []


def _unquoted(text: str) -> str:
    return text.strip().strip("\"'")


def _toml(text: str) -> Any:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _properties(text: str) -> Any:
    return dict(_PROPERTY.findall(text))


def _json(text: str) -> tuple[dict[str, Any], str]:
    start = len(text) - len(text.lstrip())
    try:
        values, end = json.JSONDecoder().raw_decode(text[:_MAX_FRONT], start)
    except (ValueError, RecursionError):
        return {}, text
    rest = text[end:]
    if not isinstance(values, dict) or rest.lstrip(" \t")[:1] not in ("\n", ""):
        return {}, text
    return _lowered(values), rest.lstrip(" \t").removeprefix("\n")


# ---- values


def _plain(text: str) -> str:
    """Return a line without the signs of Markdown."""
    text = _LINK.sub(lambda match: match[1] or match[2] or "", _PICTURE.sub("", text))
    return " ".join(_STYLED.sub(r"\2", text).split())


def _address(value: object) -> str:
    if isinstance(value, list | tuple) and value:
        value = value[0]
    match = _TARGET.search(line_of(value) if isinstance(value, str) else "")
    if match is None or not is_url(match[0]):
        return ""
    alone = str(value).strip().strip("<>\"'")
    return canonical_url(match[0]) if alone == match[0] or alone.endswith(")") else ""


def _names(value: object) -> str:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], list):
        value = value[0]  # as YAML reads [[Name]]
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_name, value[:10])))
    return _name(value)


def _name(value: object) -> str:
    name = line_of(value.get("name")) if isinstance(value, dict) else line_of(value)
    return _plain(_MAIL.sub("", name)) or name


def _tags(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = re.split(r"[\s,]+" if "#" in value and "," not in value else ",", value)
    if not isinstance(value, list | tuple):
        return ()
    named = [_plain(line_of(item)).strip("#")[:80] for item in value[:_MAX_LIST]]
    return tuple(dict.fromkeys(name for name in named if name))
