"""Other ways to an article that could not be downloaded: each only if the user asks for it."""

from collections.abc import Callable
from typing import Any

from reader.errors import IngestError
from reader.ingest.fetch import Fetched, fetch
from reader.ingest.files import clipping_of_text
from reader.library.library import Library
from reader.model import Edit, Making
from reader.steps import Verb

Fetch = Callable[..., Fetched]


def unencrypted(address: str, get: Fetch = fetch) -> Fetch:
    """Return ``get`` that asks for one https URL over http."""
    plain = f"http://{address.removeprefix('https://')}"

    def asked(url: str, **options: Any) -> Fetched:
        return get(plain if url == address else url, **options)

    return asked


def use_text(library: Library, id: int, text: str, *, kind: str = "") -> int:
    """Use a pasted text as that of an article, as an undo step; return 1 if it changed.

    ``kind`` is as in ``clipping_of_text``. Raises IngestError if there is no text.
    """
    pasted = clipping_of_text(text, library.keep_picture, kind=kind)
    if not pasted.html:
        raise IngestError("There is no text on the clipboard. Copy the article, then try again.")
    return library.edit(Verb.PASTE, [Edit(id, text=pasted._replace(made_by=Making.PASTED))])
