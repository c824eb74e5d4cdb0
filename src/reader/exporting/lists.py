"""The articles of lists of addresses, which other programs read."""

from collections.abc import Iterator

from reader.exporting.pieces import Work, failed
from reader.library.imports.known import Listed
from reader.model import State
from reader.outcomes import ImportRow, Outcome
from reader.reasons import Reason, Remark


def listed(work: Work) -> Iterator[tuple[Listed | None, ImportRow]]:
    """Yield each article with its row; it is None if it cannot stand in a list of addresses."""
    for id in work.wanted.ids:
        try:
            found = work.library.known.listed(id)
        except Exception as error:  # damage is the trouble of one article
            yield None, failed(str(id), id, error)
            continue
        if found is None:
            remark = Remark(Reason.NOT_IN_LIBRARY)
            yield None, ImportRow(str(id), Outcome.FAILED, 0, (remark,))
        elif why := _why_not(found):
            yield None, ImportRow(found.title, Outcome.SKIPPED, id, (Remark(why),))
        else:
            yield found, ImportRow(found.title, Outcome.ADDED, id)


def _why_not(found: Listed) -> Reason | None:
    if not found.url.startswith(("http://", "https://")):
        return Reason.NOT_FROM_WEB
    return Reason.IN_TRASH if found.state is State.TRASH else None


def seconds(time: str) -> str:
    """Return a time as seconds since 1970, ``""`` if it is unknown."""
    from datetime import datetime

    try:
        return str(int(datetime.fromisoformat(time).timestamp()))
    except (ValueError, OverflowError):
        return ""
