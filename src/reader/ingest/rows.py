"""Isolate the failure of one item from all others that are read.

Parsers of other projects raise any exception on damaged input. Each file, text and page is read
inside ``row_of``, so that a failure affects no other item.
"""

import logging
from collections.abc import Callable

from reader.body import clean
from reader.errors import LibraryError, ReaderError
from reader.model import ImportRow, Outcome
from reader.progress import Cancelled
from reader.reasons import Reason, Remark

_log = logging.getLogger(__name__)


def row_of(name: str, work: Callable[[], ImportRow], article: int = 0) -> ImportRow:
    """Return the row that ``work`` makes, or a failed row with the reason.

    ``article`` is the id of the item's article, 0 if it has none. Raises Cancelled, and
    LibraryError if the library itself cannot be read or written.
    """
    name = clean.line(name)
    try:
        return work()
    except (Cancelled, LibraryError):
        raise
    except ReaderError as error:
        return failed(name, str(error), article)
    except MemoryError:
        _log.warning("no memory for %s", name, exc_info=True)
        return failed(name, "There is not enough memory to read it.", article)
    except Exception as error:
        _log.warning("%s could not be read", name, exc_info=True)
        why = (
            "It is damaged, or Reader has a bug in reading it "
            f"({type(error).__name__}); everything else was added. The log has the details."
        )
        return failed(name, why, article)


def with_text(filed: ImportRow, fetched: ImportRow | None) -> ImportRow:
    """Return one row for a URL: it is filed even if its text could not be downloaded.

    ``fetched`` is the row of its download, None if there was none.
    """
    if fetched is None:
        return filed
    came = filed.outcome is Outcome.UNCHANGED and fetched.outcome is Outcome.UPDATED
    outcome = Outcome.UPDATED if came else filed.outcome
    return fetched._replace(outcome=outcome, article=fetched.article or filed.article)


def failed(name: str, sentence: str, article: int = 0) -> ImportRow:
    """Return the row of an item that failed, with a sentence about the reason."""
    return ImportRow(name, Outcome.FAILED, article, (Remark(Reason.ERROR, text=sentence),))
