"""SQLite errors as messages that help the user; the original text goes to the log."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from reader.errors import LibraryError, LibraryLocked, LibraryReadOnly, NotALibrary

_DAMAGED = (
    "The library {} is damaged; it was left as it is. Reader's window, or “reader repair”, shows "
    "what can be saved and repairs it; the damaged file is kept."
)


@contextmanager
def said(file: Path) -> Iterator[None]:
    """Translate SQLite errors into library errors with a readable message."""
    try:
        yield
    except apsw.Error as error:
        raise _sentence(error, file) from error
    except UnicodeEncodeError as error:  # a lone surrogate, from a file name or a command line
        raise LibraryError(
            "A text has characters that cannot be stored. Nothing was changed; remove them, then "
            "try again."
        ) from error
    except UnicodeDecodeError as error:  # flipped bits in a text of an intact page
        raise NotALibrary(_DAMAGED.format(file)) from error


def _sentence(error: apsw.Error, file: Path) -> LibraryError:
    match error:
        case apsw.BusyError() | apsw.LockedError():
            return LibraryLocked(
                "Another program is writing to the library; nothing was changed. "
                "Try again in a moment."
            )
        case apsw.ReadOnlyError() | apsw.PermissionsError():
            return LibraryReadOnly(f"The library {file} is read-only; nothing was changed.")
        case apsw.NotADBError():
            return NotALibrary(
                f"{file} is not a Reader library, or its beginning is damaged; it was left as it "
                "is. Reader's window, or “reader repair”, repairs a damaged library; for anything "
                "else, choose another folder."
            )
        case apsw.CorruptError():
            return NotALibrary(_DAMAGED.format(file))
    import logging  # imported lazily for a fast start

    logging.getLogger(__name__).info("SQLite on %s: %r", file, error)
    text = next((text for kind, text in _TROUBLE.items() if isinstance(error, kind)), _UNKNOWN)
    return LibraryError(text.format(file=file, folder=file.parent))


_TROUBLE: dict[type[apsw.Error], str] = {
    apsw.FullError: "The disk of {folder} is full. Your library is safe; free some space, then "
    "try again.",
    apsw.IOError: "The disk or drive of {folder} reported an error. Everything saved earlier is "
    "still there; make sure that the drive is connected and has free space, then try again.",
    apsw.CantOpenError: "The library {file} could not be opened: its drive may be disconnected, a "
    "permission may be missing, or too many files may be open. Nothing was changed; try again.",
    apsw.ProtocolError: "The drive of {folder} does not support the file locks that a library "
    "needs. Nothing was changed; move the library to a drive of this computer.",
    apsw.NoLFSError: "The drive of {folder} cannot hold a file as large as the library. "
    "Nothing was changed; move the library to another drive.",
    apsw.TooBigError: "Something is too large for the library to keep. Nothing was changed.",
    apsw.NoMemError: "There is not enough memory. Nothing was changed; close other programs, "
    "then try again.",
    apsw.InterruptError: "The operation was stopped. Nothing was changed.",
    apsw.AbortError: "The operation was stopped. Nothing was changed.",
}
_UNKNOWN = (
    "The library {file} could not be used, and nothing was changed. Reader's log has the details."
)
