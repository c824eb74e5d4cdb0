"""What is handed to other programs: links of a page, and files; and what a tip says of a link."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from reader.gui.widgets.messages import MessageBar

# Without signs that would end a value in the command line of a mail program.
_RECIPIENT = re.compile(r"(?:\w'\w|[\w.!#$%&*+/^`{|}~-])+@[\w.-]+")
_LONGEST_SUBJECT = 200


def handed_on(url: QUrl) -> str:
    """Return a link as another program gets it, ``""`` if it is of no kind that is handed on.

    A name and a password are left out; of a mail, all but recipients and subject, since mail
    programs take files to attach from links as well.
    """
    if url.scheme() in ("http", "https") and url.host():
        parts = urlsplit(bytes(url.toEncoded().data()).decode())
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    if url.scheme() == "mailto":
        return _mail(bytes(url.toEncoded().data()).decode().partition(":")[2])
    return ""


def described(url: QUrl) -> str:
    """Return where a link leads, for the eyes of a person; ``""`` if it leads nowhere outside."""
    from reader.ingest.urls import displayed

    return displayed(handed_on(url))


def follow(link: str, messages: MessageBar) -> None:
    """Open a link in the program for it; say so if that does not work."""
    from reader.ingest.urls import displayed

    address = handed_on(QUrl(link))
    if not address or not QDesktopServices.openUrl(QUrl(address)):
        messages.warn(f"No program on this computer could open {displayed(address or link)}.")


def open_file(file: Path, messages: MessageBar) -> None:
    """Open a file in the program for it; say so if that does not work."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
        messages.warn(f"No program on this computer could open {file}.")


def _mail(rest: str) -> str:
    """Return a link to write a mail, from what stands behind ``mailto:``, made anew."""
    path, _, query = rest.partition("#")[0].partition("?")
    recipients = (unquote(each).strip() for each in path.split(","))
    to = ",".join(quote(each, safe="@") for each in recipients if _RECIPIENT.fullmatch(each))
    fields = parse_qsl(query.replace("+", "%2B"), keep_blank_values=True)
    subject = next((value for name, value in fields if name.lower() == "subject"), "")
    text = " ".join("".join(x if x.isprintable() else " " for x in subject).split())
    return f"mailto:{to}" + (f"?subject={quote(text[:_LONGEST_SUBJECT], safe='')}" if text else "")
