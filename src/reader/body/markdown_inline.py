"""The inlines of Markdown, as CommonMark, GFM and Obsidian have them.

These processors replace those of Python-Markdown that read such text in another way.
"""

import re
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import HtmlInlineProcessor, InlineProcessor
from markdown.util import ETX, INLINE_PLACEHOLDER_RE, STX, AtomicString, code_escape

from reader.body import tex
from reader.body.markdown_html import is_element
from reader.body.markdown_paragraph import name_of
from reader.body.slugs import slug

Handled: TypeAlias = tuple[Any, int | None, int | None]

_NOTHING: Handled = (None, None, None)
_ESCAPE = re.compile(f"{STX}(\\d+){ETX}")
_TITLE = r"(?:\"[^\"]*\"|'[^']*'|\([^()]*\))"
_BALANCED = r"(?:[^\s()<]|\((?:[^\s()]|\((?:[^\s()]|\([^\s()]*+\))*+\))*+\))"
_TARGET = re.compile(
    rf"\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>{_BALANCED}*+))"
    rf"(?:\s+=(?P<size>\d*%?x\d*%?)|\s+(?P<title>{_TITLE}))*\s*\)"
)
_SPACED_TARGET = re.compile(
    rf"\((?P<plain>(?=[^()\n]*[./#])[^()\n<>\"]*(?:\([^()\n]*\)[^()\n\"]*)*?)(?:\s+{_TITLE})?\s*\)"
)
_LINKED = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])?")
_STYLED = re.compile(r"(\*\*?|\b__?)(?=\S)([^*]+?)(?<=\S)\1")
_LABEL = re.compile(r"\[([^\[\]]{0,999})\]")
_SIZE = re.compile(r"\|\s*(\d{1,4})(?:x(\d{1,4}))?\s*$")
_TAG = (
    r"</?[a-zA-Z][\w-]*+(?:\s++[a-zA-Z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?+)*+"
    r"\s*+/?>|<!---?>|<!--(?s:.*?)-->|<\?(?s:.*?)\?>|<![a-zA-Z][^>]*+>|<!\[CDATA\[(?s:.*?)\]\]>"
)
_LITERAL = (
    r"\\[!-/:-@\[-`{-~\n]|\$|`+"
    r"|(?<!\]\()(?:<(?P<address>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>|(?P<tag>" + _TAG + "))"
)
_TICKS = re.compile("`+")
_NAME = re.compile(r"</?([a-zA-Z]+)")
_COMMAND = re.compile(r"^[^$`]*(?<!\\)\\[A-Za-z][^$`]*$")
_QUOTED_FORMULA = re.compile(r"\$`([^`\n]+)`\$")  # as GitHub and GitLab read it
_LONGEST_FORMULA = 2_100
_FILTERED = frozenset("title textarea style xmp iframe noembed noframes script plaintext".split())
"""Elements that GFM shows as text, because what follows them would not be read."""

_PICTURES = re.compile(r".*\.(?:png|jpe?g|gif|webp|svg|avif|bmp|hei[cf]|tiff?)", re.IGNORECASE)


def register(md: Markdown) -> None:
    """Register the processors."""
    patterns = md.inlinePatterns
    for name in (
        "reference",
        "short_reference",
        "image_reference",
        "short_image_ref",
        "escape",
        "autolink",
        "html",
    ):
        patterns.deregister(name)
    for processor, name, priority in (
        (_Literal(_LITERAL, md), "backtick", 190),
        (_Embed(r"!\[\[([^\[\]\n]+)\]\]", md), "embed", 176),
        (_WikiLink(r"\[\[([^\[\]\n]+)\]\]", md), "wikilink", 175),
        (_NoteMark(r"\[\^([^\]\s]+)\]", md), "notemark", 174),
        (_InlineNote(r"\^\[", md), "inlinenote", 173.5),
        (_Comment(r"(?<![%\w])%%(?!%)(?s:.{1,2000}?)%%(?![%\w])", md), "comment", 173),
        (_Link(r"(?<!!)\[", md), "link", 165),
        (_Image(r"!\[", md), "image_link", 166),
        (_Break(r" {2,}\n", md), "linebreak", 100),
    ):
        patterns.register(processor, name, priority)


class _Literal(HtmlInlineProcessor):
    """Inlines that are not parsed further, from left to right: formulas, code, tags, escapes."""

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:  # type: ignore[override] # noqa: N802
        if quoted := _QUOTED_FORMULA.match(data, m.start()):
            return AtomicString(f"${quoted[1].strip()}$"), m.start(), quoted.end()
        if m[0][0] in "$\\" and (end := _end_of_formula(data, m.start())):
            return AtomicString(data[m.start() : end]), m.start(), end
        if m[0][0] == "`":
            return self._code(m, data)
        if m["address"]:
            return _link(m["address"]), m.start(), m.end()
        if m["tag"]:
            return self._tag(m["tag"]), m.start(), m.end()
        return (None if m[0] == "$" else self._escaped(m[0][1])), m.start(), m.end()

    def _escaped(self, sign: str) -> Element | str:
        if sign == "\n":
            return Element("br")
        return self.md.htmlStash.store("&amp;") if sign == "&" else f"{STX}{ord(sign)}{ETX}"

    def _tag(self, tag: str) -> str:
        name = _NAME.match(tag)
        if (name and name[1].lower() in _FILTERED) or not is_element(tag):
            return AtomicString(tag)
        return self.md.htmlStash.store(tag)

    def _code(self, m: re.Match[str], data: str) -> Handled:
        ticks = _TICKS.finditer(data, m.end())
        end = next((each for each in ticks if len(each[0]) == len(m[0])), None)
        if end is None:
            return None, m.start(), m.end()
        code = data[m.end() : end.start()].replace("\n", " ")
        if code.strip() and code[0] == code[-1] == " ":
            code = code[1:-1]
        element = Element("code")
        element.text = AtomicString(code_escape(code))
        return element, m.start(), end.end()


def _end_of_formula(data: str, at: int) -> int:
    """Return the end of the formula that begins at a place, 0 if there is none."""
    start = max(0, at - 1)
    near = data[start : start + _LONGEST_FORMULA]
    found = next(tex.formulas(near), None)
    if found is None or start + found.start != at:
        return 0
    if data[at + 1] == "[" and not _COMMAND.search(found.source):
        return 0  # CommonMark has it for a bracket that begins no link
    return start + found.end


def _link(address: str) -> Element:
    element = Element("a", {"href": address})
    element.text = AtomicString(address)
    return element


class _Break(InlineProcessor):
    """The break at the end of a line with two spaces."""

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:  # type: ignore[override] # noqa: N802,ARG002
        return Element("br"), m.start(), m.end()


class _Comment(InlineProcessor):
    """Comments of Obsidian, which are not shown."""

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:  # type: ignore[override] # noqa: N802,ARG002
        return "", m.start(), m.end()


class _NoteMark(InlineProcessor):
    """References to notes."""

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:  # type: ignore[override] # noqa: N802,ARG002
        if m[1] not in self.md.parser.notes:  # type: ignore[attr-defined]
            return _NOTHING
        return _mark(m[1]), m.start(), m.end()


class _InlineNote(InlineProcessor):
    """Notes that are written in place of their reference, as in Pandoc and Obsidian."""

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:  # type: ignore[override] # noqa: N802
        end = _closing(data, m.end())
        if end is None or not data[m.end() : end].strip():
            return _NOTHING
        name = self.md.parser.note(_raw(self.md, data[m.end() : end]))  # type: ignore[attr-defined]
        return _mark(name), m.start(), end + 1


def _mark(name: str) -> Element:
    above = Element("sup")
    mark = SubElement(above, "a", {"href": f"#fn:{name}", "class": "footnote-ref"})
    mark.text = AtomicString(name)
    return above


class _WikiLink(InlineProcessor):
    """Links to other notes, which are shown as their words; a place in the same text is linked."""

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:  # type: ignore[override] # noqa: N802,ARG002
        target, _, words = _raw(self.md, m[1]).partition("|")
        page, _, place = target.partition("#")
        words = words.strip() or page.strip() or place.strip(" ^").rpartition("#")[2]
        if not words:
            return _NOTHING
        if page.strip():
            return words, m.start(), m.end()
        last = place.rpartition("#")[2].strip()
        element = Element("a", {"href": f"#{last if last.startswith('^') else slug(last)}"})
        element.text = AtomicString(words)
        return element, m.start(), m.end()


class _Embed(InlineProcessor):
    """Embedded pictures with their size, and the names of other embedded notes."""

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:  # type: ignore[override] # noqa: N802,ARG002
        target, *words = _raw(self.md, m[1]).split("|")
        name = target.partition("#")[0].strip()
        if not _PICTURES.fullmatch(name):
            return (words or [name])[-1].strip(), m.start(), m.end()
        element = _picture(name, "|".join(["", *words]))
        element.set("class", "internal-embed")
        return element, m.start(), m.end()


class _Link(InlineProcessor):
    """Links, with their target beside them or defined elsewhere; none stands in another."""

    _mark = "["

    def handleMatch(self, m: re.Match[str], data: str) -> Handled:  # type: ignore[override] # noqa: N802
        end = _closing(data, m.end())
        if end is None:
            return _NOTHING
        text = data[m.end() : end]
        target = self._target(data, end + 1, text)
        if target is None or self._holds_link(text):
            return _NOTHING
        return self._element(text, *target[:2]), m.start(), target[2]

    def _element(self, text: str, address: str, _size: str) -> Element:
        element = Element("a", {"href": address})
        element.text = text
        return element

    def _holds_link(self, text: str) -> bool:
        for inner in re.finditer(r"(?<!!)\[", text):
            end = _closing(text, inner.end())
            if end is not None and self._target(text, end + 1, text[inner.end() : end]):
                return True
        return False

    def _target(self, data: str, at: int, text: str) -> tuple[str, str, int] | None:
        """Return the address after a text in brackets, a size given to it, and its end."""
        match = _TARGET.match(data, at) or _SPACED_TARGET.match(data, at)
        if match is not None:
            parts = match.groupdict()
            address = parts.get("angled") or parts.get("plain") or ""
            return self.unescape(address).strip(), parts.get("size") or "", match.end()
        label = _LABEL.match(data, at)
        name = _raw(self.md, (label and label[1]) or text)
        known = self.md.references.get(name_of(name))
        if known is None and label is not None and label[1]:
            label, known = None, self.md.references.get(name_of(_raw(self.md, text)))
            if known is not None:
                return None  # it is the label after it that is defined
        return None if known is None else (known[0], "", label.end() if label else at)


class _Image(_Link):
    """Pictures, with a size after their description or their address."""

    def _element(self, text: str, address: str, size: str) -> Element:
        return _picture(address, _plain(self.unescape(text)), size)

    def _holds_link(self, text: str) -> bool:  # noqa: ARG002
        return False


def _picture(address: str, words: str, size: str = "") -> Element:
    element = Element("img", {"src": address})
    match = _SIZE.search(words)
    wide, high = match.groups() if match else size.split("x") if size else ("", "")
    for name, value in (("width", wide), ("height", high)):
        if value:
            element.set(name, value)
    element.set("alt", (words[: match.start()] if match else words).lstrip("|"))
    return element


def _plain(words: str) -> str:
    """Return words without the signs of links and emphasis."""
    return _STYLED.sub(r"\2", _LINKED.sub(r"\1", words))


def _closing(data: str, at: int) -> int | None:
    """Return the place of the bracket that closes one before a place, None if there is none."""
    depth = 1
    for match in re.compile(r"[\[\]]").finditer(data, at):
        depth += 1 if match[0] == "[" else -1
        if not depth:
            return match.start()
    return None


def _raw(md: Markdown, text: str) -> str:
    """Return a text as it was written, before its code and escaped characters were replaced."""
    stash = md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]

    def written(match: re.Match[str]) -> str:
        node = stash.get(match[1])
        if isinstance(node, str):
            return _raw(md, node)
        return f"`{node.text}`" if node is not None and node.tag == "code" else match[0]

    text = INLINE_PLACEHOLDER_RE.sub(written, text)
    return _ESCAPE.sub(lambda match: f"\\{chr(int(match[1]))}", text)
