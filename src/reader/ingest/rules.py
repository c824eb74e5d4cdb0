"""The user's rules for sites: elements to remove from their pages, and elements to keep.

They are in a text file beside the library, which can be edited by hand::

    example.org  remove  div.newsletter
    example.org  keep    aside.note

A site includes its subdomains; everything from the third word on is a CSS selector. A line that
begins with ``#off`` is a rule that is switched off.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from reader.errors import IngestError

FILE = "rules.txt"
_HEAD = """\
# How Reader cleans up the pages of a site, one rule a line:
#   site   remove or keep   CSS selector
# Lines that begin with # are not read. Change what you like; it counts from the next page on.
"""
_OFF = "#off "
VERBS = ("remove", "keep")


class Rules(NamedTuple):
    """The CSS selectors of a site: elements to remove from its pages, and elements to keep."""

    remove: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


class Rule(NamedTuple):
    """A line of the file, counted from 1; ``trouble`` describes its mistake, ``""`` if it has none.

    A rule that is not ``on`` changes no page.
    """

    line: int
    site: str
    verb: str
    selector: str
    trouble: str = ""
    on: bool = True


def rules_for(folder: Path, site: str) -> Rules:
    """Return the rules of the library in a folder for a site; invalid lines are left out."""
    file = folder / FILE
    if not file.is_file():
        return Rules()
    return chosen(_rules(folder), site)


def chosen(rules: Sequence[Rule], site: str) -> Rules:
    """Return the selectors of those rules that are for a site, switched on and without mistake."""
    hers = [x for x in rules if x.on and _covers(x.site, site) and not judged(x).trouble]
    return Rules(*(tuple(x.selector for x in hers if x.verb == verb) for verb in VERBS))


def read(folder: Path) -> list[Rule]:
    """Return every rule of the library in a folder, including invalid ones."""
    return [judged(rule) for rule in _rules(folder)]


def _rules(folder: Path) -> list[Rule]:
    return [
        _rule(number, line)
        for number, line in enumerate(_lines(folder), 1)
        if line.strip() and (line.startswith(_OFF) or not line.lstrip().startswith("#"))
    ]


def remember(folder: Path, site: str, rules: Rules) -> None:
    """Save rules for a site, and remove rules that contradict them."""
    wanted = [
        (verb, selector)
        for verb, selectors in zip(VERBS, rules, strict=True)
        for selector in selectors
    ]
    kept = [
        line
        for number, line in enumerate(_lines(folder, "surrogateescape"), 1)
        if not _contradicts(_rule(number, line), site, wanted)
    ]
    known = {(x.site, x.verb, x.selector) for x in map(_rule, range(len(kept)), kept)}
    fresh = [
        f"{site}  {verb:6}  {each}" for verb, each in wanted if (site, verb, each) not in known
    ]
    _write(folder, [*(kept or _HEAD.splitlines()), *fresh])


def _rule(number: int, line: str) -> Rule:
    on = not line.startswith(_OFF)
    site, verb, selector = [*line.removeprefix(_OFF).split(None, 2), "", "", ""][:3]
    return Rule(number, bare_site(site), verb.lower(), selector.strip(), on=on)


def bare_site(site: str) -> str:
    """Return a site as it stands in rules: in lower case, without ``www.``."""
    return site.strip().lower().removeprefix("www.")


def replace(folder: Path, old: Rule | None, new: Rule | None) -> None:
    """Replace one rule by another: only its line is written; all others stay as they are.

    None as ``old`` adds a rule at the end, None as ``new`` deletes one. Raises IngestError, also
    if the file was changed in another program so that the line is another one now.
    """
    lines = _lines(folder, "surrogateescape")
    fresh = [] if new is None else [_line(new)]
    if old is None:
        lines = [*(lines or _HEAD.splitlines()), *fresh]
    else:
        at = old.line - 1
        if at >= len(lines) or _rule(old.line, lines[at]) != old._replace(trouble=""):
            raise IngestError(
                f"{folder / FILE} was changed in another program, so the rule was not saved. It is "
                "read again now; try once more."
            )
        lines[at : at + 1] = fresh
    _write(folder, lines)


def _line(rule: Rule) -> str:
    off = "" if rule.on else _OFF
    return f"{off}{rule.site}  {rule.verb:6}  {' '.join(rule.selector.split())}"


def judged(rule: Rule) -> Rule:
    """Return a rule with its mistake; only some rules are checked, because that is slow."""
    if not rule.site or len(rule.site.split()) > 1:
        return rule._replace(trouble="A rule begins with a site such as example.org.")
    if rule.verb not in VERBS or not rule.selector:
        return rule._replace(trouble="A rule is a site, “remove” or “keep”, and a CSS selector.")
    return rule._replace(trouble=_trouble_with(rule.selector))


def _trouble_with(selector: str) -> str:
    """Return the mistake in a CSS selector, ``""`` if there is none."""
    from cssselect import SelectorError
    from cssselect.xpath import HTMLTranslator

    try:
        HTMLTranslator().css_to_xpath(selector)
    except (SelectorError, RecursionError) as error:
        return f"“{selector}” is no CSS selector ({error})."
    return ""


def _contradicts(rule: Rule, site: str, wanted: Sequence[tuple[str, str]]) -> bool:
    return rule.site == site and any(
        rule.selector == selector and rule.verb != verb for verb, selector in wanted
    )


def _covers(ruled: str, site: str) -> bool:
    return site == ruled or site.endswith(f".{ruled}")


def _lines(folder: Path, errors: str = "replace") -> list[str]:
    try:
        return (folder / FILE).read_text("utf-8-sig", errors).splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise IngestError(f"{folder / FILE} could not be read ({error.strerror}).") from error


def _write(folder: Path, lines: Sequence[str]) -> None:
    fresh = folder / f"{FILE}.new"
    try:
        fresh.write_text("\n".join(lines) + "\n", "utf-8", "surrogateescape")
        fresh.replace(folder / FILE)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise IngestError(
            f"The rule could not be written to {folder / FILE} ({error.strerror}). The article "
            "is cleaned up all the same."
        ) from error
