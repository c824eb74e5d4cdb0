"""Metadata of articles: the front matter of Markdown files, and dates as people write them."""

import re
from datetime import date, datetime
from typing import Any, NamedTuple

from reader.body import clean

_YAML = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|\Z)", re.S)
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ].*)?")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WORDS = re.compile(r"(?:(\d{1,2})\.? )?([A-Za-z]{3,9})\.? (?:(\d{1,2}),? )?(\d{4})")
_MAX_FRONT = 20_000
_MAX_TEXT = 500


class Metadata(NamedTuple):
    """The metadata of a page or a file; dates are in ISO format, ``""`` if unknown.

    ``tags`` are those in the user's own files, ``subjects`` the keywords of pages.
    """

    title: str = ""
    byline: str = ""
    site: str = ""
    published_at: str = ""
    modified_at: str = ""
    language: str = ""
    direction: str = ""
    excerpt: str = ""
    lead: str = ""
    canonical: str = ""
    tags: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the front matter of a Markdown text, and the text after it.

    Invalid front matter stays in the text: nothing is lost.
    """
    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml)):
        match = pattern.match(text[:_MAX_FRONT])
        if match is not None:
            values = read(match[1])
            if isinstance(values, dict):
                return {_line(k).lower(): v for k, v in values.items()}, text[match.end() :]
    return {}, text


def about_front_matter(values: dict[str, Any]) -> Metadata:
    """Return the metadata in front matter."""
    tags = values.get("tags", values.get("keywords", values.get("categories", ())))
    return Metadata(
        title=_line(values.get("title")),
        byline=_names(values.get("author", values.get("authors", values.get("by")))),
        site=_line(values.get("site", values.get("source", ""))),
        published_at=iso_date(values.get("date", values.get("published", ""))),
        language=_line(values.get("lang", values.get("language", "")))[:35],
        excerpt=_line(values.get("description", values.get("summary", ""))),
        tags=_tags(tags),
    )


def iso_date(value: object) -> str:
    """Return a date in ISO format with the precision of the value, ``""`` if it is not a date."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    text = _line(value)
    if match := _ISO.fullmatch(text):
        parts = [part for part in match.groups() if part]
        return _valid([int(part) for part in parts])
    if match := _WORDS.search(text):
        before, month, after, year = match.groups()
        day = before or after
        if month[:3].lower() in _MONTHS:
            number = _MONTHS.index(month[:3].lower()) + 1
            return _valid([int(year), number, *([int(day)] if day else [])])
    return ""


def _valid(parts: list[int]) -> str:
    try:
        date(parts[0], *[*parts[1:], 1, 1][:2])
    except ValueError:
        return ""
    return "-".join(f"{part:0{4 if index == 0 else 2}d}" for index, part in enumerate(parts))


def _yaml(text: str) -> Any:
    import yaml

    class Loader(yaml.SafeLoader):
        """A YAML loader without aliases: nested aliases grow without bounds."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("aliases are not read")
            return super().compose_node(parent, index)

    try:
        return yaml.load(text, Loader)  # noqa: S506  # a safe loader
    except Exception:  # damaged, nested too deep, or an impossible date
        return _plain_lines(text)


def _plain_lines(text: str) -> dict[str, str] | None:
    pairs = [line.split(":", 1) for line in text.split("\n") if ":" in line]
    known = {key.strip().lower(): value.strip().strip("\"'") for key, value in pairs}
    return known if "title" in known else None


def _toml(text: str) -> Any:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _line(value: object) -> str:
    if value is None or isinstance(value, dict | list | tuple | bool):
        return ""
    try:
        return clean.line(str(value), _MAX_TEXT)
    except ValueError:  # a number with thousands of digits
        return ""


def _names(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_name, value[:10])))
    return _name(value)


def _name(value: object) -> str:
    return _line(value.get("name")) if isinstance(value, dict) else _line(value)


def _tags(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list | tuple):
        return ()
    named = [_line(item).strip("#")[:80] for item in value[:40]]
    return tuple(dict.fromkeys(name for name in named if name))
