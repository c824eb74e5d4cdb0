"""Articles and the library as JSON, in both directions, as ``docs/json-lines.md`` describes it.

Data from outside are checked: ValueError names the first impossible value. Unknown
fields are ignored.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from reader.anchor import Anchor, Reached
from reader.entries import COLOURS, Entry, Highlight
from reader.model import Clipping, State
from reader.own_export import FORMAT, VERSION, LookedUp, Own, OwnLibrary, OwnSearch, OwnTag, OwnText

_Each = TypeVar("_Each")

_UID = re.compile(r"[0-9A-Za-z_.-]{1,100}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PICTURE = re.compile(r"[0-9a-f]{64}\.(?:png|jpg|gif|webp)")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ANY = re.compile(r"[\s\S]*")
_MOST = 2**31 - 1
_PLAIN = ("url", "title", "byline", "site", "language", "excerpt", "published_at")
_OF_WORDS = ("sentence", "title", "url", "language", "definition")
_SOURCE = ("source_type", "base", "validators")
_TIMES = ("added_at", "opened_at", "read_at")
_CORRECTED = ("title", "byline", "published_at")


def article_json(entry: Entry) -> dict[str, Any]:
    """Return an article as JSON; empty fields are left out."""
    its, own = entry.clipping, entry.own or Own("")
    return _filled(
        {
            "uid": own.uid,
            **{name: getattr(its, name) for name in _PLAIN},
            "subjects": its.subjects,
            "tags": its.tags,
            "aliases": its.aliases,
            "state": str(entry.state),
            "place": own.place,
            "favourite": entry.favourite,
            "added_at": entry.added_at,
            "opened_at": entry.opened_at,
            "read_at": entry.read_at,
            "trashed_at": own.trashed_at,
            "home": own.home,
            "progress": entry.progress,
            "position": own.position if own.position != str(Anchor()) else "",
            "furthest": own.furthest,
            "views": own.views,
            "words": its.words,
            "lead": its.lead,
            "corrected": own.corrected,
            "former_uids": own.former_uids,
            "merged_into": own.merged_into,
            "text": own.text,
            "texts": [_filled(text._asdict() | {"packed": ""}) for text in own.texts],
            "source": own.source,
            **({name: getattr(its, name) for name in _SOURCE}),
            "reading": [_named(each, "day", "seconds", "words") for each in own.reading],
            "highlights": [_filled(each._asdict()) for each in entry.highlights],
        }
    )


def article_of(found: object) -> Entry:
    """Return the article of an object of JSON. Raises ValueError."""
    told = _object(found)
    url = _text(told, "url")
    if not url:
        raise ValueError("url")
    plain: dict[str, Any] = {name: _text(told, name) for name in (*_PLAIN, *_SOURCE)}
    times: dict[str, Any] = {name: _text(told, name, _TIME) for name in _TIMES}
    clipping = Clipping(
        **plain,
        tags=_texts(told, "tags"),
        subjects=_texts(told, "subjects"),
        aliases=_texts(told, "aliases"),
        words=_number(told, "words"),
        lead=_text(told, "lead", _PICTURE),
    )
    return Entry(
        clipping,
        state=_state(told, "state"),
        favourite=told.get("favourite") is True,
        **times,
        progress=_share(told, "progress"),
        highlights=_each(told, "highlights", _highlight),
        own=_own(told) if told.get("uid") else None,
    )


def library_json(library: OwnLibrary, **more: object) -> dict[str, Any]:
    """Return the head of an export as JSON, with some more fields."""
    return {
        "format": FORMAT,
        "version": VERSION,
        **more,
        "tags": [_filled(tag._asdict()) for tag in library.tags],
        "searches": [_filled(each._asdict()) for each in library.searches],
        "apart": [[*pair] for pair in library.apart],
        "reading": [_named(each, "uid", "day", "seconds", "words") for each in library.reading],
        "words": [_filled(each._asdict()) for each in library.words],
    }


def version_of(found: object) -> int:
    """Return the version of an export by its head, 0 if it is no head of an export."""
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        return 0
    version = found.get("version")
    return version if isinstance(version, int) and version > 0 else 0


def library_of(found: object) -> OwnLibrary:
    """Return the facts of a head about the library, without impossible entries."""
    told = _object(found)
    return OwnLibrary(
        _possible(told, "tags", _tag),
        _possible(told, "searches", _search),
        _possible(told, "apart", _pair),
        _possible(told, "reading", lambda each: (_text(each, "uid", _UID, True), *_day(each))),
        _possible(told, "words", _word),
    )


# ---- parts


def _own(told: Mapping[str, Any]) -> Own:
    return Own(
        _text(told, "uid", _UID, True),
        place=_text(told, "place", re.compile(r"[0-9A-Za-z]*")),
        home=str(_state(told, "home")) if told.get("home") else "",
        trashed_at=_text(told, "trashed_at", _TIME),
        merged_into=_text(told, "merged_into", _UID),
        views=_number(told, "views"),
        position=str(Anchor.parse(_text(told, "position"))),
        corrected=tuple(each for each in _texts(told, "corrected") if each in _CORRECTED),
        former_uids=_texts(told, "former_uids", _UID),
        text=_text(told, "text", _SHA256),
        texts=_each(told, "texts", _own_text),
        source=_text(told, "source", _SHA256),
        reading=_each(told, "reading", _day),
        furthest=str(Reached.parse(_text(told, "furthest"))),
    )


def _own_text(found: object) -> OwnText:
    told = _object(found)
    return OwnText(
        _text(told, "sha256", _SHA256, True),
        _text(told, "made_at", _TIME),
        _text(told, "made_by"),
        _number(told, "words"),
        _text(told, "lead", _PICTURE),
        _texts(told, "pictures", _PICTURE),
    )


def _highlight(found: object) -> Highlight:
    told = _object(found)
    colour = _text(told, "colour")
    return Highlight(
        **{name: _text(told, name) for name in ("quote", "note", "prefix", "suffix")},
        colour=colour if colour in COLOURS else COLOURS[0],
        labels=_texts(told, "labels"),
        made_at=_text(told, "made_at", _TIME),
        uid=_text(told, "uid", _UID),
    )


def _day(found: object) -> tuple[str, int, int]:
    told = _object(found)
    return _text(told, "day", _DAY, True), _number(told, "seconds"), _number(told, "words")


def _tag(found: object) -> OwnTag:
    told = _object(found)
    return OwnTag(
        _text(told, "name", _ANY, True), _text(told, "colour"), _texts(told, "uids", _UID)
    )


def _search(found: object) -> OwnSearch:
    told = _object(found)
    place = _text(told, "place", re.compile(r"[0-9A-Za-z]*"))
    name = _text(told, "name", _ANY, True)
    return OwnSearch(_text(told, "uid", _UID, True), name, _text(told, "question"), place)


def _word(found: object) -> LookedUp:
    told = _object(found)
    plain = {name: _text(told, name) for name in _OF_WORDS}
    uid, name = _text(told, "uid", _UID, True), _text(told, "name", _ANY, True)
    article, at = _text(told, "article", _UID), _text(told, "looked_at", _TIME)
    return LookedUp(uid, name, article=article, looked_at=at, **plain)


def _pair(found: object) -> tuple[str, str]:
    if not isinstance(found, list) or len(found) != 2:
        raise ValueError("apart")
    one, other = (_text({"uid": each}, "uid", _UID, True) for each in found)
    return min(one, other), max(one, other)


# ---- values


def _filled(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in ("", 0, (), [], False)}


def _named(values: tuple[Any, ...], *names: str) -> dict[str, Any]:
    return dict(zip(names, values, strict=True))


def _object(found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise ValueError("object")
    return found


def _text(told: object, name: str, form: re.Pattern[str] = _ANY, must: bool = False) -> str:
    value = _object(told).get(name, "")
    if value is None and not must:
        return ""
    if not isinstance(value, str) or (must and not value):
        raise ValueError(name)
    if value and not form.fullmatch(value):
        raise ValueError(name)
    return value


def _texts(told: Mapping[str, Any], name: str, form: re.Pattern[str] = _ANY) -> tuple[str, ...]:
    return _each(told, name, lambda each: _text({name: each}, name, form))


def _number(told: Mapping[str, Any], name: str) -> int:
    value = told.get(name, 0)
    if not isinstance(value, int) or not 0 <= value <= _MOST:
        raise ValueError(name)
    return value


def _share(told: Mapping[str, Any], name: str) -> float:
    value = told.get(name, 0.0)
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(name)
    return float(value)


def _state(told: Mapping[str, Any], name: str) -> State:
    return State(_text(told, name) or State.QUEUE)


def _each(told: Mapping[str, Any], name: str, read: Callable[[object], _Each]) -> tuple[_Each, ...]:
    found = told.get(name, [])
    if not isinstance(found, list):
        raise ValueError(name)
    return tuple(map(read, found))


def _possible(
    told: Mapping[str, Any], name: str, read: Callable[[object], _Each]
) -> tuple[_Each, ...]:
    kept = list[_Each]()
    found = told.get(name, [])
    for each in found if isinstance(found, list) else ():
        try:
            kept.append(read(each))
        except ValueError:
            continue
    return tuple(kept)
