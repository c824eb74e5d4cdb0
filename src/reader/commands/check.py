"""``reader check``: look for damage in all of the library, and heal it if that is certain."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reader import phrases
from reader.commands.arguments import add_json
from reader.commands.library import existing
from reader.commands.terminal import clear_report, print_json, report, safe
from reader.damage import Damage, KnownDamage, healed, place, remedy, sentences
from reader.errors import LibraryTooNew, NotALibrary

if TYPE_CHECKING:
    from reader.library.repair.salvaged import Findings

_LISTED = 20


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--no-heal", action="store_true", help="only look: put nothing right by itself"
    )
    add_json(parser, "print all damage, as JSON")


def run(options: argparse.Namespace) -> int:
    """Check the library, heal it if that is certain, print the damage; return 1 if some is left."""
    from reader.library.repair.check import Outcome

    try:
        library = existing(options)
    except LibraryTooNew:
        raise
    except NotALibrary as error:
        return _examine(options, error)
    with library:
        if options.no_heal:
            outcome = Outcome(library.checkup.damage(report))
        else:
            outcome = library.checkup.check_and_heal(report)
        damage, mended = outcome
        findings = library.checkup.findings(damage)
    clear_report()
    if options.json:
        print_json(_as_json(findings, mended))
    else:
        _print(findings, mended)
    return 1 if damage else 0


def _as_json(findings: Sequence[KnownDamage], mended: Sequence[Damage]) -> dict[str, Any]:
    return {
        "whole": not findings,
        "damage": sentences(finding.damage for finding in findings),
        "damaged": [
            {
                **finding.damage._asdict(),
                "first_seen": finding.first_seen,
                "whole_at": finding.whole_at,
                "remedy": remedy(finding.damage.kind),
            }
            for finding in findings
        ],
        "healed": [each._asdict() for each in mended],
    }


def _print(findings: Sequence[KnownDamage], mended: Sequence[Damage]) -> None:
    if mended:
        print(safe(healed(mended)))
    if not findings:
        print("The library is whole.")
    for sentence in sentences(finding.damage for finding in findings):
        print(safe(sentence))
    for finding in findings[:_LISTED]:
        print(safe(f"  {place(finding.damage)}: {_since(finding)}"))
    if len(findings) > _LISTED:
        print(f"  and {len(findings) - _LISTED:,} more; “reader check --json” lists all.")


def _since(finding: KnownDamage) -> str:
    seen = f"first seen {phrases.day(finding.first_seen[:10])}"
    return f"{seen}, whole {phrases.day(finding.whole_at[:10])}" if finding.whole_at else seen


def _examine(options: argparse.Namespace, error: NotALibrary) -> int:
    """Print how much of a library that does not open can be read, and how to repair it."""
    from reader.library.repair import rescue

    file = options.library / "library.db"
    if not file.is_file():
        raise error
    found = rescue.examine(file, report)  # raises if it never was a library
    clear_report()
    if options.json:
        damaged = [{**each._asdict(), "remedy": remedy(each.kind)} for each in found.damaged]
        print_json({"whole": False, "damage": [str(error)], "damaged": damaged, "healed": []})
    else:
        print(safe(str(error)))
        print(safe(_readable(found)))
    return 1


def _readable(found: "Findings") -> str:
    whole = phrases.plural(found.whole, "article")
    return (
        f"{whole} of {found.articles:,} can be read whole. “reader repair” writes a new library "
        "with all that can be read, and keeps the damaged file."
    )
