"""Entries as bodies: plain text, Pango, XDXF, wiki text and HTML; pictures are left out.

A link to another word leads to the place ``word:…``, as no address may.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import quote, unquote

from reader.body.blocks import Body
from reader.body.from_html import from_html

WORD = "word:"
"""What the place of a link to another word begins with."""

_LONGEST = 200_000
_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)([^<>]*)>")
_REFERENCE = re.compile(r"<kref[^<>]*>([^<]*)</kref>")
_BRACED = re.compile(r"\{([^{}\n]{1,100}(?:\n[^{}\n]{1,100})?)\}")
_HREF = re.compile(
    r"""(href\s*=\s*)(["'])(?:bword|entry|dict):(?://)?([^"'<>]*)\2""", re.IGNORECASE
)
_WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{0,200}))?\]\]")
_STRONG, _EMPHASIS = re.compile(r"'''([^'\n]{1,500})'''"), re.compile(r"''([^'\n]{1,500})''")
_HEADING = re.compile(r"^(={2,5})([^=\n]+)\1[ \t]*$", re.MULTILINE)
_XDXF = {
    "k": "b", "b": "b", "i": "i", "u": "u", "sub": "sub", "sup": "sup", "tt": "code", "abr": "i",
    "pos": "i", "gr": "i", "ex": "i", "ex_orig": "i", "co": "small", "blockquote": "blockquote",
    "small": "small", "big": "b", "s": "s", "br": "br", "iref": "", "def": "div",
}  # fmt: skip
_PANGO = {
    "b": "b", "big": "b", "i": "i", "s": "s", "sub": "sub", "sup": "sup", "small": "small",
    "tt": "code", "u": "u",
}  # fmt: skip


def body_of(kind: str, text: str) -> Body:
    """Return the body of a text of an entry; ``kind`` is the letter of StarDict for it."""
    html = _KINDS.get(kind, _plain)(text[:_LONGEST].replace("\0", ""))
    return from_html(html, picture=lambda _: None)


def dictd_body(text: str) -> Body:
    """Return the body of an entry of dictd: lines, with other words in braces."""
    lines = _lines(text[:_LONGEST].replace("\0", ""))
    return from_html(_BRACED.sub(_braced, lines), picture=lambda _: None)


def link_to(word: str) -> str:
    """Return the link to another word."""
    kept = " ".join(word.split()).replace("%", "%25").replace(" ", "%20")
    return f"#{WORD}{quote(kept)}"  # a body decodes it once, and its places have no spaces


def word_of(place: str) -> str:
    """Return the word that a place of an entry stands for, ``""`` if it is another place."""
    return unquote(place.removeprefix(WORD)).strip() if place.startswith(WORD) else ""


def _plain(text: str) -> str:
    return _lines(text)


def _lines(text: str) -> str:
    """Return HTML of lines that stay as they are, with empty ones between paragraphs."""
    paragraphs = re.split(r"\n[ \t\r]*\n", escape(text.strip("\n"), quote=False))
    return "".join(f"<p>{_kept(each)}</p>" for each in paragraphs if each.strip())


def _kept(lines: str) -> str:
    return "<br>".join(line.strip() for line in lines.splitlines())


def _spoken(text: str) -> str:
    said = escape(text.strip(), quote=False)
    return f"<p><i>{said if said[:1] in '/[' else f'[{said}]'}</i></p>" if said else ""


def _html(text: str) -> str:
    return _HREF.sub(
        lambda found: f'{found[1]}"{escape(link_to(unquote(unescape(found[3]))))}"', text
    )


def _pango(text: str) -> str:
    return _broken(_TAG.sub(lambda tag: _renamed(tag, _PANGO), text))


def _xdxf(text: str) -> str:
    text = _REFERENCE.sub(lambda found: _anchor(unescape(found[1]), found[1]), text)
    return _broken(_TAG.sub(lambda tag: _renamed(tag, _XDXF), text))


def _renamed(tag: re.Match[str], names: dict[str, str]) -> str:
    slash, name, rest = tag[1], tag[2].lower(), tag[3]
    if name == "a":  # a reference, as made above
        return f"</{name}>" if slash else f"<a{rest}>"
    if name == "tr":
        return "]</i>" if slash else "<i>["
    known = names.get(name, "")
    return f"<{slash}{known}>" if known else ""


def _broken(text: str) -> str:
    return f"<div>{text.strip().replace(chr(10), '<br>')}</div>"


def _wiki(text: str) -> str:
    made = escape(text, quote=False)
    made = _HEADING.sub(lambda found: f"\n\n<b>{found[2].strip()}</b>\n\n", made)
    made = _STRONG.sub(r"<b>\1</b>", made)
    made = _EMPHASIS.sub(r"<i>\1</i>", made)
    made = _WIKI_LINK.sub(lambda found: _anchor(unescape(found[1]), found[2] or found[1]), made)
    return "".join(f"<p>{_kept(each)}</p>" for each in re.split(r"\n\s*\n", made) if each.strip())


def _words(text: str) -> str:
    """Return the words of a markup that is not known further."""
    return _lines(unescape(_TAG.sub(" ", text)))


def _anchor(word: str, shown: str) -> str:
    return f'<a href="{escape(link_to(word))}">{shown}</a>'


def _braced(found: re.Match[str]) -> str:
    shown = found[1].replace("<br>", " ")
    return _anchor(" ".join(unescape(shown).split()), shown)


_KINDS: dict[str, Callable[[str], str]] = {
    "h": _html, "g": _pango, "x": _xdxf, "w": _wiki, "t": _spoken, "y": _spoken, "k": _words,
    "n": _words,
}  # fmt: skip
