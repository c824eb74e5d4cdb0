"""The reason why a PDF could not be written, and the remedy, as a sentence."""

import errno
import stat
from contextlib import suppress
from pathlib import Path

from reader.errors import PrintError

_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
_FORBIDDEN = (errno.EACCES, errno.EPERM)
_SHARING, _LOCKED = 32, 33
"""ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows (System Error Codes)."""


def trouble(target: Path, error: OSError) -> PrintError:
    """Return the error of a system as one that names the remedy."""
    return PrintError(_sentence(target, error))


def _sentence(target: Path, error: OSError) -> str:
    if getattr(error, "winerror", None) in (_SHARING, _LOCKED):
        return f"{target} is open in another program; close it there, or choose another name."
    if error.errno in _FULL or error.errno is None:
        return (
            f"The disk of {target.parent} is full; {target.name} was not written. "
            "Make room, or choose another place."
        )
    if error.errno in _FORBIDDEN:
        return (
            f"{target} may not be changed; close it if it is open in another program, "
            "or choose another place."
        )
    if error.errno == errno.EROFS:
        return f"Nothing can be written to {target.parent}; choose another place."
    if error.errno == errno.ENAMETOOLONG:
        return f"The name “{target.name[:60]}…” is too long; choose a shorter one."
    if error.errno == errno.ENOENT:
        return f"The folder {target.parent} is no longer there; choose another place."
    return f"{target} could not be written ({error.strerror or error}); choose another place."


def remove(*files: Path) -> None:
    """Remove unfinished files, as far as possible."""
    for file in files:
        with suppress(OSError):
            file.unlink(missing_ok=True)


def check_kind(target: Path) -> None:
    """Raise PrintError if a target is something else than a file, or cannot be one."""
    try:
        kind = target.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise trouble(target, error) from error
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        raise PrintError(f"{target} is not a file; choose another place for the PDF.")
