"""The pages of the recovery window as data: the trouble, its extent, and the report of a repair."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from math import inf
from pathlib import Path
from typing import NamedTuple

from reader import backup_phrases, damage, phrases
from reader.damage import Damage, Kind, KnownDamage
from reader.errors import LibraryError
from reader.gui.recovery.trouble import REMEDIES, Trouble
from reader.library.backup.copy import Copy
from reader.library.repair.salvaged import Findings, Mended, Origin, Rows, Source


class Mark(StrEnum):
    """The mark at the head of a page; the values are names of colours of the theme."""

    BAD = "bad"
    WARN = "warn"
    GOOD = "good"


class Count(NamedTuple):
    """A large number and its label."""

    number: int
    label: str


class Line(NamedTuple):
    """A line of a list: a title, and details at its end."""

    title: str
    detail: str = ""


class Section(NamedTuple):
    """A list with a name; ``is_choice`` if the selected line counts.

    ``short`` is its name if there is little room, ``""`` for the same.
    """

    name: str
    lines: tuple[Line, ...]
    is_choice: bool = False
    short: str = ""


class Page(NamedTuple):
    """All texts of a page; a section without lines is not shown."""

    mark: Mark
    heading: str
    sentence: str
    counts: tuple[Count, ...] = ()
    sections: tuple[Section, ...] = ()
    note: str = ""


COPIES = "Copies"
_KEPT = "The damaged file is kept unchanged in any case."
_NO_ROOM = (
    "No new library can be written into this folder. Free some space, or give yourself permission "
    "to write there, then check again."
)
_DETAILS = {
    Kind.UNREADABLE: "cannot be read",
    Kind.GONE: "entries are missing",
    Kind.ENTRY: "entries",
    Kind.VALUE: "a field makes no sense",
    Kind.DETAILS: "title, address or dates",
    Kind.TEXT: "text",
    Kind.VERSION: "an older text",
    Kind.SOURCE: "the kept page; the text is whole",
    Kind.PICTURE_MISSING: "a picture is missing",
    Kind.PICTURE_CHANGED: "a picture",
    Kind.TABLE: "pages of the file",
    Kind.INDEX: "an index; every article is whole",
    Kind.SEARCH: "the search index; every article is whole",
    Kind.DERIVED: "counts; every article is whole",
    Kind.ORPHAN: "entries of no article",
}
_TABLES = {
    "article": "article",
    "content": "text of an article",
    "version": "older text",
    "change": "entry of the history",
    "change_group": "step of the history",
    "tag": "tag",
    "looked_up": "looked-up word",
    "article_tag": "tag of an article",
    "article_image": "picture of an article",
    "alias": "further address of an article",
    "saved": "saved search",
    "setting": "setting of the library",
    "apart": "pair of articles kept apart",
    "device": "entry of the devices",
    "tag_twin": "name of a merged tag",
    "reading": "day of the reading times",
    "arrived": "text of another device",
    "download_failure": "failed download of an article",
    "site_icon": "icon of a site",
    "highlight": "highlight",
    "later_text": "article whose text is fetched later",
    "site_rest": "site that is left alone",
}
"""The rows of tables in words, for the singular."""


def of_trouble(trouble: Trouble, error: LibraryError, copies: Sequence[Copy] = ()) -> Page:
    """Return the page of a library that cannot be opened."""
    mark = Mark.WARN if trouble in (Trouble.LOCKED, Trouble.TOO_NEW) else Mark.BAD
    sections = (_copies(copies),)
    return Page(mark, REMEDIES[trouble].heading, str(error), sections=sections)


def of_damage(
    findings: Findings | None, copies: Sequence[Copy], folder: Path, *, can_repair: bool = True
) -> Page:
    """Return the page of a damaged library; ``findings`` is None if nothing can be read."""
    whole, damaged = (findings.whole, _damaged(findings)) if findings else (0, ())
    newest = copies[0] if copies else None
    lost = findings.lost if findings else 0
    counts = (
        Count(whole, "whole"),
        Count(max(len(damaged), 0 if findings is None else _lost_articles(findings)), "damaged"),
        Count(
            newest.articles if newest else 0,
            f"in the copy of {day_of(newest)}" if newest else "in a copy: there is none",
        ),
    )
    others = tuple(_rows_lost(findings)) if findings else ()
    sections = (
        Section("Damaged", damaged),
        Section("Other Entries", others, short="Others"),
        _copies(copies),
    )
    if not findings or not findings.articles:
        sentence = "No article can be read from its file."
    elif lost or damaged:
        sentence = (
            "Most of it can be read. Reader does not write to the damaged file, so that nothing "
            "gets worse."
        )
    else:
        sentence = "Every article can be read."
    remedy = _remedy(findings, newest) if can_repair or not findings else _NO_ROOM
    note = f"{remedy} {_KEPT} {_pictures(folder)}".strip()
    return Page(Mark.BAD, REMEDIES[Trouble.DAMAGED].heading, sentence, counts, sections, note)


def of_repair(mended: Mended, newest: Copy | None) -> Page:
    """Return the report of a repair; its counts of articles add up."""
    found = mended.findings
    half = _titles(found.damaged)
    copied = _titles_from(found.origins, {Source.COPY}, half)
    again = _titles_from(found.origins, {Source.AGAIN}, [*half, *copied])
    pieced = _titles_from(found.origins, _PIECED, [*half, *copied, *again])
    taken = len(copied) + len(again) + len(pieced)
    lost = _lost_articles(found)
    counts = (
        Count(max(found.whole - taken, 0), "whole, as they were"),
        Count(len(copied), f"from the copy of {day_of(newest)}" if newest else "from a copy"),
        Count(len(pieced), "from other parts of the file"),
        Count(len(half), "in part"),
        Count(lost, "lost"),
        Count(len(again), "found again"),
    )
    sections = (
        Section("In Part", _damaged(found)),
        Section("Lost", tuple(_rows_lost(found))),
        Section("From the Copy", _origins(found.origins, {Source.COPY}), short="Copy"),
        Section("Other Parts", _origins(found.origins, _PIECED), short="Parts"),
        Section("Found Again", _origins(found.origins, {Source.AGAIN}), short="Again"),
    )
    kept = f"The damaged file is kept as {mended.aside.name}." if mended.aside else _KEPT
    mark = Mark.WARN if lost or half else Mark.GOOD
    shown = tuple(each for each in counts if each.number or each is counts[0])
    heading = "The library is repaired"
    return Page(mark, heading, _sum(found, half, lost), shown, sections, kept)


def of_findings(findings: Sequence[KnownDamage], checked_at: str) -> Page:
    """Return the page of the damage that checks of an open library have found."""
    when = (
        f"Last checked {phrases.moment(checked_at)}." if checked_at else "It was not checked yet."
    )
    if not findings:
        return Page(Mark.GOOD, "The library is whole", when)
    articles = len({each.damage.article for each in findings if each.damage.article})
    counts = (
        Count(articles, "damaged articles"),
        Count(sum(not each.damage.article for each in findings), "other parts"),
    )
    lines = tuple(Line(damage.place(each.damage), _since(each)) for each in findings)
    sections = (Section("Damaged", lines, is_choice=True),)
    note = "Everything else is whole. Nothing is fetched from the network unless you ask for it."
    return Page(Mark.BAD, "Parts of the library are damaged", when, counts, sections, note)


def seconds(iso: str) -> float:
    """Return a UTC time in seconds since 1970, infinity if it is none."""
    try:
        then = datetime.fromisoformat(iso)
    except ValueError:
        return inf
    return (then if then.tzinfo else then.replace(tzinfo=UTC)).timestamp()


def found_again(findings: Findings) -> dict[str, str]:
    """Return uid and title of the articles that may have been deleted before the damage."""
    return _titles_from(findings.origins, {Source.AGAIN}, ())


def as_text(page: Page) -> str:
    """Return a page as plain text, to be saved as a file."""
    lines = [page.heading, "", page.sentence, page.note, ""]
    lines += [f"{count.number:>9,}  {count.label}" for count in page.counts]
    for section in page.sections:
        if section.lines:
            lines += ["", f"{section.name} ({len(section.lines):,})"]
            lines += [f"  {line.title}" + f" – {line.detail}" * bool(line.detail)
                      for line in section.lines]  # fmt: skip
    return "\n".join(lines) + "\n"


def day_of(copy: Copy | None) -> str:
    """Return the local day of a copy in words, ``""`` for None."""
    return phrases.day(phrases.local_day(_iso(copy))) if copy else ""


# ---- the parts of a page

_PIECED = {Source.LOOSE, Source.INDEX, Source.LOG, Source.VERSION}
_FIELDS = {"": "the whole article", "html": "text", "source": "the kept page", "url": "address"}


def _iso(copy: Copy) -> str:
    return datetime.fromtimestamp(copy.made_at, UTC).isoformat()


def _since(finding: KnownDamage) -> str:
    """Return the kind of damage and the time between the last whole state and its discovery."""
    kind = _DETAILS.get(finding.damage.kind, str(finding.damage.kind))
    seen = phrases.moment(finding.first_seen)
    if finding.whole_at:
        return f"{kind} · seen {seen}, whole {phrases.moment(finding.whole_at)}"
    return f"{kind} · seen {seen}"


def _copies(copies: Sequence[Copy]) -> Section:
    lines = tuple(
        Line(phrases.moment(_iso(each)).removeprefix("on ").capitalize(), _about(each))
        for each in copies
    )
    return Section(COPIES, lines, is_choice=True)


def _about(copy: Copy) -> str:
    place = " · in the second place" if copy.is_elsewhere else ""
    reason = backup_phrases.reason(copy.reason, copy.told)
    return f"{reason} · {phrases.plural(copy.articles, 'article')}{place}"


def _damaged(findings: Findings) -> tuple[Line, ...]:
    """Return a line for each damaged article, and for each part of no article."""
    details: dict[tuple[int, str], list[str]] = {}
    for each in findings.damaged:
        title = each.title or (f"Article {each.article}" if each.article else each.detail)
        word = _DETAILS.get(each.kind, str(each.kind))
        details.setdefault((each.article, title), []).append(word)
    return tuple(
        Line(title, ", ".join(dict.fromkeys(words))) for (_, title), words in details.items()
    )


def _rows_lost(findings: Findings) -> list[Line]:
    """Return a line for the rows of each table; texts are lines of their articles."""
    return [
        Line(words, detail)
        for table in findings.tables
        if table.table != "content"
        for words, detail in _rows_of(table)
    ]


def _rows_of(table: Rows) -> list[tuple[str, str]]:
    name = _TABLES.get(table.table, f"entry of “{table.table}”")
    counts = ((table.lost, "cannot be read"), (table.half, "can be read in part"))
    return [(_counted(count, name), detail) for count, detail in counts if count]


def _counted(count: int, name: str) -> str:
    noun, _, rest = name.partition(" of ")
    words = f"{count:,} {noun}" if count == 1 else f"{count:,} {_plural(noun)}"
    return f"{words} of {rest}" if rest else words


def _plural(noun: str) -> str:
    if noun.endswith("search"):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}{'es' if noun[-1] == 's' else 's'}"


def _lost_articles(findings: Findings) -> int:
    return sum(each.lost for each in findings.tables if each.table == "article")


def _titles(damaged: Iterable[Damage]) -> list[str]:
    """Return the title of each damaged article."""
    found = {each.article: each.title for each in damaged if each.article}
    return [*found.values()]


def _titles_from(
    origins: Iterable[Origin], sources: set[Source], but: Iterable[str]
) -> dict[str, str]:
    """Return the titles, by uid, of the articles that came from some sources, without others."""
    found = {each.uid: each.title for each in origins if each.source in sources}
    known = Counter(but)
    return {uid: title for uid, title in found.items() if not _takes(known, title)}


def _takes(known: Counter[str], title: str) -> bool:
    known[title] -= 1
    return known[title] >= 0


def _origins(origins: Iterable[Origin], sources: set[Source]) -> tuple[Line, ...]:
    fields: dict[tuple[str, str], list[str]] = {}
    for each in origins:
        if each.source in sources:
            fields.setdefault((each.uid, each.title), []).append(
                _FIELDS.get(each.field, each.field)
            )
    return tuple(
        Line(title or "Without a title", ", ".join(names)) for (_, title), names in fields.items()
    )


def _sum(found: Findings, half: Sequence[str], lost: int) -> str:
    have = f"It has {phrases.plural(found.articles, 'article')}"
    if lost or half:
        return f"{have}. What could not be read is listed below."
    return f"{have}, and all of them are whole."


def _remedy(findings: Findings | None, newest: Copy | None) -> str:
    if findings and findings.articles and newest:
        return (
            "Repair makes a new library of all that can be read, and takes what is missing from "
            "the newest copy."
        )
    if findings and findings.articles:
        return "Repair makes a new library of all that can be read."
    return "The newest copy can be restored." if newest else "There is no copy beside it."


def _pictures(folder: Path) -> str:
    try:
        count = sum(1 for _ in (folder / "images").iterdir())
    except FileNotFoundError:
        return ""
    except OSError:
        return "The folder of pictures could not be read."
    lies = "lies" if count == 1 else "lie"
    return f"{phrases.plural(count, 'picture')} {lies} beside it." if count else ""
