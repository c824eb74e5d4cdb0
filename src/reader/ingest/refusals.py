"""The errors of a download: the meaning of a status, and whether a later attempt may succeed."""

import time
from email.utils import parsedate_to_datetime

from reader.errors import IngestError
from reader.model import FailureKind

_MOST_PAUSE = 10 * 86_400
_PAUSE_OF_429 = 900
_REFUSED = frozenset({402, 403, 405, 406, 418, 451, 999})
"""999 is not registered, but large sites refuse programs with it."""


class Unreachable(IngestError):
    """The site cannot be reached now; a later attempt may succeed."""


def check(status: int, host: str, retry_after: str = "") -> None:
    """Raise Unreachable or IngestError if the status of a response means that there is no page."""
    if status == 407:
        raise shut_out()
    if status in (404, 410):
        text = f"{host} no longer has this page ({status})."
        raise IngestError(text, FailureKind.GONE, status)
    if status == 401:
        raise IngestError(
            f"{host} requires a user name and a password (401); put them into the URL, as in "
            "https://name:password@site/, or save the page in your browser and add the file.",
            FailureKind.LOGIN,
            status,
        )
    if status in _REFUSED:
        raise IngestError(
            f"{host} refuses to send this page to Reader ({status}); save it in your browser "
            "and add the file.",
            FailureKind.REFUSED,
            status,
        )
    if status in (408, 425, 429) or status >= 500:
        raise _busy(status, host, pause_of(retry_after))
    if status not in (200, 203):  # 203: changed by a proxy
        text = (
            f"{host} answered with {status} and without the page; if your browser shows it, "
            "save it there and add the file."
        )
        raise IngestError(text, FailureKind.OTHER, status)


def _busy(status: int, host: str, pause: int) -> Unreachable:
    kind = FailureKind.SERVER
    if status == 429:
        kind, pause = FailureKind.REFUSED, pause or _PAUSE_OF_429
    elif status == 408:
        kind = FailureKind.SLOW
    text = f"{host} cannot answer now ({status}); it will be tried again."
    return Unreachable(text, kind, status, pause)


def pause_of(retry_after: str) -> int:
    """Return the seconds of a header ``Retry-After``, which may be a date; 0 if it has none."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return min(int(text[:12]), _MOST_PAUSE)
    try:
        seconds = parsedate_to_datetime(text).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0
    return int(min(max(seconds, 0), _MOST_PAUSE))


def refused(host: str) -> IngestError:
    """Return the error about a host that only the user may name."""
    return IngestError(
        f"{host} is on this computer or the local network; "
        "it is contacted only if you type its address.",
        FailureKind.UNTYPED,
    )


def blocked(host: str, port: int) -> IngestError:
    """Return the error about a port that only the user may name."""
    return IngestError(
        f"{host} is used with port {port}, which belongs to a service "
        "other than the web; it is contacted only if you type its address.",
        FailureKind.UNTYPED,
    )


def no_way(named: str) -> Unreachable:
    """Return the error about a host without an answer."""
    text = f"{named} cannot be reached now; it will be tried again."
    return Unreachable(text, FailureKind.OFFLINE)


def too_long(host: str) -> Unreachable:
    """Return the error about a deadline that has passed."""
    return Unreachable(f"{host} takes too long; it will be tried again.", FailureKind.SLOW)


def shut_out() -> IngestError:
    """Return the error about a proxy that requires a login."""
    return IngestError(
        "The proxy requires a user name and a password (407); put them into its URL, "
        "as in http://name:password@proxy:8080.",
        FailureKind.LOGIN,
        407,
    )
