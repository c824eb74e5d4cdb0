"""Words that were looked up as a table for Anki, which reads it by its two head lines."""

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from reader.errors import ExportError
from reader.own_export import LookedUp

_HEAD = "#separator:tab\n#html:true\n#columns:Word\tSentence\tTitle\tAddress\tDefinition\n"
_OPEN, _CLOSE = "\ue000", "\ue001"  # stand for the tags until all else is escaped


def table(words: Iterable[LookedUp]) -> str:
    """Return a line for each word: word, sentence with the word in bold, title, URL, definition."""
    return _HEAD + "".join(f"{_line(word)}\n" for word in words)


def write(words: Iterable[LookedUp], file: Path) -> None:
    """Write the table of words into a file. Raises ExportError."""
    try:
        file.write_text(table(words), "utf-8", newline="\n")
    except OSError as error:
        text = f"{file} could not be written ({error.strerror}). Choose another folder."
        raise ExportError(text) from error


def _line(word: LookedUp) -> str:
    fields = (_cell(word.name), _sentence(word), _cell(word.title), _cell(word.url))
    return "\t".join((*fields, _cell(word.definition)))


def _cell(text: str) -> str:
    """Return HTML in one line without tabs; Anki would take a quote for one of its own."""
    shown = escape(text.strip(), quote=True)
    return "<br>".join(" ".join(line.split()) for line in shown.splitlines())


def _sentence(word: LookedUp) -> str:
    """Return the sentence, with the word in bold as it stands there: “ships” for “ship”."""
    found = _standing(word.name, word.sentence)
    if found is None:
        return _cell(word.sentence)
    start, end = found.span()
    marked = (
        f"{word.sentence[:start]}{_OPEN}{word.sentence[start:end]}{_CLOSE}{word.sentence[end:]}"
    )
    return _cell(marked).replace(_OPEN, "<b>").replace(_CLOSE, "</b>")


def _standing(name: str, sentence: str) -> re.Match[str] | None:
    whole = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence, re.IGNORECASE)
    return whole or re.search(re.escape(name) + r"\w*", sentence, re.IGNORECASE)
