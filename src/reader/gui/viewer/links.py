"""Links and files that are opened in other programs."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from reader.gui.widgets.messages import MessageBar

# Without characters that would end a value on the command line of a mail program.
_RECIPIENT = re.compile(r"(?:\w'\w|[\w.!#$%&*+/^`{|}~-])+@[\w.-]+")
_LONGEST_SUBJECT = 200


def handed_on(url: QUrl) -> str:
    """Return a link that is safe to pass to other programs, ``""`` if its scheme is not allowed.

    User names and passwords are removed. Of a mail link only recipients and subject are kept,
    since mail programs also accept attachments from links.
    """
    if url.scheme() in ("http", "https") and url.host():
        parts = urlsplit(bytes(url.toEncoded().data()).decode())
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    if url.scheme() == "mailto":
        return _mail(bytes(url.toEncoded().data()).decode().partition(":")[2])
    return ""


def within(url: QUrl) -> str:
    """Return the name of the place of the same article that a link leads to, else ``""``."""
    if url.scheme() or url.host() or url.path():
        return ""
    return url.fragment(QUrl.ComponentFormattingOption.FullyDecoded)


def described(url: QUrl) -> str:
    """Return the target of a link for display, ``""`` if it is not an external link."""
    from reader.ingest.urls import displayed

    return displayed(handed_on(url))


def follow(link: str, messages: MessageBar) -> None:
    """Open a link in another program; show a message if that fails."""
    from reader.ingest.urls import displayed

    address = handed_on(QUrl(link))
    if not address or not QDesktopServices.openUrl(QUrl(address)):
        text = f"No program on this computer could open {displayed(address or link)}."
        messages.warn(
            text, "Copy Link", lambda: QGuiApplication.clipboard().setText(address or link)
        )


def open_file(file: Path, messages: MessageBar) -> None:
    """Open a file in another program; show a message if that fails."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
        text = f"No program on this computer could open {file}."
        messages.warn(text, "Copy Path", lambda: QGuiApplication.clipboard().setText(str(file)))


def _mail(rest: str) -> str:
    """Rebuild a mail link from the part after ``mailto:``."""
    path, _, query = rest.partition("#")[0].partition("?")
    recipients = [unquote(part).strip() for part in path.split(",")]
    to = ",".join(quote(name, safe="@") for name in recipients if _RECIPIENT.fullmatch(name))
    fields = parse_qsl(query.replace("+", "%2B"), keep_blank_values=True)
    subject = next((value for name, value in fields if name.lower() == "subject"), "")
    text = " ".join("".join(x if x.isprintable() else " " for x in subject).split())
    return f"mailto:{to}" + (f"?subject={quote(text[:_LONGEST_SUBJECT], safe='')}" if text else "")
