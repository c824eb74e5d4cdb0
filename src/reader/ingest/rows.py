"""One item's trouble is one row: the net under everything that reads foreign bytes.

Parsers written by others raise whatever they like on damaged input. Each file, text and page
is read inside ``row_of``, so that what happens to one of them stops nothing beside it.
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
    """Return the row that ``work`` makes, or a failed one that says why there is none.

    ``article`` is the id of the article the item belongs to, if it has one. Raises Cancelled,
    and LibraryError if the library itself cannot be read or written.
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
            "It is damaged, or Reader has a fault in reading it "
            f"({type(error).__name__}); everything else was brought in. The log has the details."
        )
        return failed(name, why, article)


def failed(name: str, sentence: str, article: int = 0) -> ImportRow:
    """Return the row of an item that failed, with a sentence that says why."""
    return ImportRow(name, Outcome.FAILED, article, (Remark(Reason.ERROR, text=sentence),))
