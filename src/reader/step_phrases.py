"""The history in words: the changes of a step, and the reason why it cannot be undone."""

from reader import phrases
from reader.steps import Dependents, Entry, FieldChange, Standing, Touched, Verb

_NAMED = 3  # later steps that a sentence names
_SHELVES = {"queue": "Queue", "archive": "Archive", "trash": "Trash"}
_TEXTS = {
    Verb.CLEAN_UP: "cleaned up",
    Verb.EXTRACT_AGAIN: "extracted again",
    Verb.WHOLE_PAGE: "the whole page",
    Verb.PASTE: "pasted",
    Verb.FETCH_PICTURES: "pictures added",
}
_NAMES = {
    "title": "Title", "byline": "Author", "published_at": "Published", "site": "Site",
    "language": "Language", "excerpt": "Excerpt", "subjects": "Subjects", "name": "Name",
    "question": "Search", "colour": "Colour", "note": "Note", "labels": "Labels",
    "article": "Address", "found": "As its page has it",
}  # fmt: skip
_QUIET = frozenset({"excerpt", "subjects", "found"})
"""The fields whose values are too long to be shown."""
_LONGEST = 60


def change(change: FieldChange, verb: Verb = Verb.TEXT) -> str:
    """Return a changed field in words: ``Queue → Archive``, ``Tag “maps” given``."""
    field, old, new, name = change
    if field == "state":
        return f"{_SHELVES.get(old, old)} → {_SHELVES.get(new, new)}"
    if field == "tag":
        return f"Tag “{name}” {'given' if new == '1' else 'taken away'}"
    if field == "text":
        return _text(change, verb)
    if field == "highlight":
        words = f"Highlight “{_short(name)}”" if name else "Note on the article"
        return f"{words} {'added' if new == '1' else 'deleted'}"
    if field in _NAMES:
        known = _NAMES[field]
        return f"{known} changed" if field in _QUIET else f"{known}: {_short(old)} → {_short(new)}"
    return _mark(field, new)


def _mark(field: str, new: str) -> str:
    """Return a changed mark or date of an article, or the name of another field."""
    words = {
        "favourite": ("Favourite", "No longer a favourite"),
        "apart": ("Kept apart", "No longer kept apart"),
        "read_at": ("Finished", "No longer finished"),
        "merged_into": ("Merged into another article", "An article of its own again"),
    }.get(field)
    if words is not None:
        return words[0] if new not in ("", "0") else words[1]
    others = {
        "place": "Place in the queue", "position": "Where you were", "opened_at": "Opened",
        "furthest": "Furthest place",
        "added_at": "Date added",
    }  # fmt: skip
    return f"{others.get(field, field.replace('_', ' ').capitalize())} changed"


def _text(change: FieldChange, verb: Verb) -> str:
    how = _TEXTS.get(verb) or change.name or "another one"
    if not (change.old and change.new):
        return f"Text: {how}"
    return f"Text: {how} ({int(change.old):,} → {int(change.new):,} words)"


def _short(text: str) -> str:
    kept = " ".join(text.split())
    return f"{kept[:_LONGEST].rstrip()}…" if len(kept) > _LONGEST else kept or "–"


def fate(touched: Touched) -> str:
    """Return since when an article is in the trash or deleted, ``""`` if it is neither."""
    if touched.kind != "article" or (touched.id and not touched.is_in_trash):
        return ""
    when = phrases.moment(touched.deleted_at)
    word = "in the trash since" if touched.is_in_trash else "deleted for good"
    if not when:
        return "in the trash" if touched.is_in_trash else "no longer in the library"
    return f"{word} {when}"


def later(found: Dependents) -> str:
    """Return the later changes that stand against undoing a step, ``""`` if there are none."""
    named = "; ".join(phrases.step(each.label) for each in found.later[:_NAMED])
    more = len(found.later) + found.hidden - _NAMED
    reasons = []
    if named:
        reasons.append(f"Later changed by: {named}{f' and {more:,} more' if more > 0 else ''}")
    if found.others or (not named and not found.is_whole):
        reasons.append("Changed since by a download, another device or an undone step")
    return ". ".join(reasons)


def refusal(entry: Entry, found: Dependents) -> str:
    """Return a sentence on why a step cannot be undone or redone wholly."""
    way = "undone" if entry.standing is Standing.DONE else "done again"
    part = f" wholly, only {found.free:,} of {found.total:,}" if found.free else ""
    head = f"“{phrases.step(entry.label)}” cannot be {way}{part}."
    return f"{head} {later(found)}. Nothing was changed."
