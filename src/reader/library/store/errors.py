"""SQLite's errors as sentences a person can act on; its own words go to the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from reader.errors import LibraryError, LibraryLocked, LibraryReadOnly, NotALibrary

_DAMAGED = (
    "The library {} is damaged; it was left as it is. Reader's window shows what can be read, and "
    "offers the newest copy."
)


@contextmanager
def said(file: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences."""
    try:
        yield
    except apsw.Error as error:
        raise _sentence(error, file) from error
    except UnicodeEncodeError as error:  # half a letter, from a file name or a command line
        raise LibraryError(
            "A text has characters that cannot be stored. Nothing was changed; write it without "
            "them."
        ) from error
    except UnicodeDecodeError as error:  # bits of a text have turned, and the page is whole
        raise NotALibrary(_DAMAGED.format(file)) from error


def _sentence(error: apsw.Error, file: Path) -> LibraryError:
    match error:
        case apsw.BusyError() | apsw.LockedError():
            return LibraryLocked(
                "Another program is writing to the library; nothing was changed. "
                "Try again in a moment."
            )
        case apsw.ReadOnlyError() | apsw.PermissionsError():
            return LibraryReadOnly(f"The library {file} may only be read; nothing was changed.")
        case apsw.NotADBError():
            return NotALibrary(
                f"{file} is not a Reader library, or its beginning is damaged; it was left as it "
                "is. Choose another folder; the window offers the newest copy of a damaged library."
            )
        case apsw.CorruptError():
            return NotALibrary(_DAMAGED.format(file))
    import logging  # a start without trouble does not pay for it

    logging.getLogger(__name__).info("SQLite on %s: %r", file, error)
    text = next((text for kind, text in _TROUBLE.items() if isinstance(error, kind)), _UNKNOWN)
    return LibraryError(text.format(file=file, folder=file.parent))


_TROUBLE: dict[type[apsw.Error], str] = {
    apsw.FullError: "The disk of {folder} is full. What you have is safe; make room, then try "
    "again.",
    apsw.IOError: "The disk or drive of {folder} reported an error. What was saved before is "
    "still there; see that the drive is connected and has room, then try again.",
    apsw.CantOpenError: "The library {file} could not be opened: its drive may be gone, a "
    "permission may be missing, or too many files may be open. Nothing was changed; try again.",
    apsw.ProtocolError: "The drive of {folder} does not lock files in the way a library needs. "
    "Nothing was changed; move the library to a drive of this computer.",
    apsw.NoLFSError: "The drive of {folder} cannot hold a file as large as the library has to "
    "be. Nothing was changed; move the library to another drive.",
    apsw.TooBigError: "Something is too large for the library to keep. Nothing was changed.",
    apsw.NoMemError: "There is not enough memory. Nothing was changed; close other programs, "
    "then try again.",
    apsw.InterruptError: "It was stopped. Nothing was changed.",
    apsw.AbortError: "It was stopped. Nothing was changed.",
}
_UNKNOWN = (
    "The library {file} could not be used, and nothing was changed. Why is written in Reader's log."
)
