"""The findings of the checks, and the place of one that goes on, in a file beside the library.

The file is no part of the library: a damaged one counts as missing. It is never written to a
read-only folder.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from reader.damage import Damage, Kind, KnownDamage
from reader.library.store import backup

_FORMAT = 1
_MOST = 10_000  # findings; a library with more needs a repair anyway
_MOST_BYTES = 50_000_000


class Record(NamedTuple):
    """The state of the checks; times are in UTC, ``""`` if there is none.

    ``checked_at`` is when the last complete check began. A check that is not complete began at
    ``begun_at``, has come to ``place`` (a part of the check, and a position in it), and has found
    ``found``.
    """

    checked_at: str = ""
    findings: tuple[KnownDamage, ...] = ()
    begun_at: str = ""
    place: tuple[Any, ...] = ()
    found: tuple[Damage, ...] = ()

    def ended(self, damage: Iterable[Damage]) -> "Record":
        """Return the record after a complete check: known damage keeps the time it has."""
        known = {finding.damage: finding for finding in self.findings}
        return Record(
            self.begun_at,
            tuple(
                known.get(each, KnownDamage(each, self.begun_at, self.checked_at))
                for each in sorted(set(damage), key=gravity)[:_MOST]
            ),
        )


def file_of(database: Path) -> Path:
    """Return the file of the findings of a library."""
    return database.with_name(f"{database.name}-findings.json")


def read(file: Path) -> Record:
    """Return the record in a file; an empty one if it is missing, damaged or of a newer Reader."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            return Record()
        told = json.loads(file.read_bytes())
        return _record(told) if told["format"] == _FORMAT else Record()
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Record()


def write(file: Path, record: Record) -> None:
    """Replace the file at once; a file that cannot be written stays as it was."""
    told = {
        "format": _FORMAT,
        "checked_at": record.checked_at,
        "findings": [
            {**_as_json(damage), "first_seen": first_seen, "whole_at": whole_at}
            for damage, first_seen, whole_at in record.findings
        ],
        "begun_at": record.begun_at,
        "place": record.place,
        "found": [*map(_as_json, record.found)],
    }
    with suppress(OSError):
        with backup.made(file) as out:
            out.write(json.dumps(told, ensure_ascii=False, indent=1).encode())
        backup.folder_to_disk(file.parent)


def gravity(damage: Damage) -> tuple[int, int, str, str]:
    """Return a sort key that puts the gravest damage first."""
    return [*Kind].index(damage.kind), damage.article, damage.table, str(damage.key)


def _as_json(damage: Damage) -> dict[str, Any]:
    return damage._asdict()


def _record(told: Any) -> Record:
    findings = (
        KnownDamage(_damage(each), str(each["first_seen"]), str(each["whole_at"]))
        for each in told["findings"]
    )
    found = map(_damage, told["found"])
    place = tuple(told["place"])
    return Record(
        str(told["checked_at"]), tuple(findings), str(told["begun_at"]), place, tuple(found)
    )


def _damage(told: Any) -> Damage:
    kind, article, title, detail, table = (
        told[name] for name in ("kind", "article", "title", "detail", "table")
    )
    key, columns = tuple(told["key"]), tuple(map(str, told["columns"]))
    return Damage(Kind(kind), int(article), str(title), str(detail), str(table), key, columns)
