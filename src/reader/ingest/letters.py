"""Letters that a mail program saved as a file (RFC 5322): newsletters above all."""

import email
import email.policy
from contextlib import suppress
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import NamedTuple

from reader.body import clean
from reader.errors import IngestError
from reader.ingest.archives import charset, leaves_of, payload
from reader.ingest.decode import decode
from reader.ingest.saved import Saved

_HEADERS = frozenset({"from", "subject", "date", "to", "received", "message-id"})


class Letter(NamedTuple):
    """A letter: its text with the pictures in it, and what its headers say.

    ``kind`` is ``html`` or ``text``. ``sent_at`` is in ISO 8601, ``""`` if unknown.
    """

    text: Saved
    kind: str
    subject: str
    sender: str
    sent_at: str


def is_letter(data: bytes) -> bool:
    """Return whether a file begins with the headers of a letter."""
    head = data.lstrip()[:4096].decode("latin-1").splitlines()[:40]
    names = {line.partition(":")[0].lower() for line in head if ":" in line[:60]}
    return len(names & _HEADERS) >= 2


def read_letter(data: bytes) -> Letter:
    """Return a letter. Raises IngestError if it has no text."""
    try:
        message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
        text, kind = _text_of(message)
        sender = parseaddr(_header(message, "From"))
        subject = clean.line(_header(message, "Subject"))
        return Letter(text, kind, subject, clean.line(sender[0] or sender[1]), _sent_at(message))
    except IngestError:
        raise
    except Exception as error:  # the parser of messages guarantees nothing for damaged ones
        raise IngestError("This letter is damaged; nothing could be read from it.") from error


def _text_of(message: Message) -> tuple[Saved, str]:
    """Return the text of a letter, as HTML if it has both forms, and the kind of it."""
    leaves = leaves_of(message)
    bodies = [part for part in leaves if part.get_content_disposition() != "attachment"]
    for media_type, kind in (("text/html", "html"), ("text/plain", "text")):
        of_kind = (part for part in bodies if part.get_content_type() == media_type)
        texts = [decode(payload(part), charset(part)) for part in of_kind]
        if text := "\n".join(filter(str.strip, texts)):
            return Saved(text, "", _pictures(leaves)), kind
    raise IngestError("There is no text in this letter.")


def _pictures(leaves: list[Message]) -> dict[str, bytes]:
    """Return the pictures of a letter by the URLs (RFC 2392) that its text uses."""
    return {
        f"cid:{name}": payload(part)
        for part in leaves
        if (name := str(part.get("Content-ID") or "").strip("<> \t\r\n"))
    }


def _header(message: Message, name: str) -> str:
    value = str(message.get(name) or "")
    with suppress(LookupError, ValueError):  # an unknown encoding, or bytes that are none of it
        value = str(make_header(decode_header(value)))
    return value


def _sent_at(message: Message) -> str:
    with suppress(ValueError, TypeError, OverflowError):
        return parsedate_to_datetime(_header(message, "Date")).isoformat()
    return ""
