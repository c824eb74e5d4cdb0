"""The blocks that other tools add to Markdown.

Obsidian and GitHub have callouts and comments, MkDocs ``!!!`` and ``===``, Docusaurus, Pandoc and
MyST ``:::``, Hugo, Jekyll and kramdown commands in braces. Nearly all have formulas.
"""

import re
from html import escape
from xml.etree.ElementTree import Element, SubElement

from reader.body.markdown_blocks import TAKEN, Begin, Blocks, Leaf, Open

_CALLOUTS = frozenset(
    "note tip info warning danger caution important hint attention error seealso admonition "
    "details abstract summary tldr todo success check done question help faq failure fail missing "
    "bug example quote cite notice alert callout advice".split()
)
_CALLOUT = re.compile(r" {0,3}> ?\[!([\w-]+)(?:\|[^\]]*)?\][+-]? *(.*)$")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?) +([\w-]+)(?: +[\w-]+)*(?: +\"(.*)\")? *$")
_TAB = re.compile(r"===[!+]? +\"(.*)\" *$")
_DIRECTIVE = re.compile(
    r" {0,3}(:{3,}|`{3,}|~{3,}) *(?:\{ *[.:]?([\w-]+)[^}]*\}|([\w-]+)(?:\{[^}]*\})?)"
    r" *(?:\[(.*)\]|(.*?)) *:*$"
)
_CLOSED = re.compile(r" {0,3}(:{3,}|`{3,}|~{3,}) *$")
_OPTION = re.compile(r":[\w-]+:(?: .*)?$")
_SHORTCODE = re.compile(
    r" {0,3}\{\{[<%] *(/?) *([\w-]+)((?:[^\"}]|\"[^\"]*\"|`[^`]*`)*?)/? *[>%]\}\}"
)
_LIQUID = re.compile(
    r" {0,3}\{%-? *(end)?(raw|include|include_relative|highlight|comment|assign|capture|if|elsif|"
    r"else|unless|for|case|when)\b(.*?)-?%\}"
)
_KRAMDOWN = re.compile(r" {0,3}\{::? *(toc\b)?[^{}]*\} *$")
_ARGUMENT = re.compile(r"(?:(\w+) *= *)?(?:\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|([^\s\"=]+))")
_FORMULA_ENDS = {"$$": r"\$\$\s*$", "\\[": r"\\\]\s*$", "\\b": r"\\end\{\w+\*?\}\s*$"}
_LONGEST_FORMULA = 200


def _callout(blocks: Blocks, line: str, kept: int) -> str | None:
    match = _CALLOUT.match(line)
    if match is None or blocks.is_full():
        return None
    _note_apart(blocks, kept, match[1], match[2], Open(blocks.root, "quote"))
    return TAKEN


def _admonition(blocks: Blocks, line: str, kept: int) -> str | None:
    match = _ADMONITION.match(line)
    if match is None or blocks.is_full():
        return None
    _note_apart(blocks, kept, match[1], match[2] or "", Open(blocks.root, "indented", 4))
    return TAKEN


def _tab(blocks: Blocks, line: str, kept: int) -> str | None:
    match = _TAB.match(line)
    if match is None or blocks.is_full():
        return None
    parent = blocks.parent(kept)
    _add_words(parent, match[1])
    blocks.begin(Open(SubElement(parent, "div"), "indented", 4))
    return TAKEN


def _note_apart(blocks: Blocks, kept: int, kind: str, title: str, container: Open) -> None:
    parent = blocks.parent(kept)
    kind = kind.lower()
    container.element = SubElement(parent, "aside", {"role": "note", "data-callout": kind})
    if title.strip():
        SubElement(container.element, "header").text = title.strip()
    blocks.begin(container)


def _add_words(parent: Element, words: str) -> None:
    SubElement(SubElement(parent, "p"), "strong").text = words


def _directive(blocks: Blocks, line: str, kept: int) -> str | None:
    if closed := _CLOSED.match(line):
        return _close(blocks, closed[1])
    match = _DIRECTIVE.match(line)
    if match is None or blocks.is_full():
        return None
    marks, kind = match[1], (match[2] or match[3]).lower().removeprefix("callout-")
    if marks[0] != ":" and (match[2] is None or kind not in _CALLOUTS):
        return None  # it is code
    container = Open(blocks.root, "fenced", sign=marks)
    if kind in _CALLOUTS:
        _note_apart(blocks, kept, kind, match[4] or match[5] or "", container)
    else:
        container.element = SubElement(blocks.parent(kept), "div")
        blocks.begin(container)
    return TAKEN


def _close(blocks: Blocks, marks: str) -> str | None:
    """Close the innermost container that these marks end."""
    for number, container in reversed([*enumerate(blocks.open)]):
        sign = container.sign
        if container.kind == "fenced" and (
            sign == marks or (sign[0] == marks[0] and sign <= marks)
        ):
            blocks.parent(number)
            return TAKEN
    return None


def _option(blocks: Blocks, line: str, kept: int) -> str | None:  # noqa: ARG001
    """Take an option of a directive of MyST."""
    container = blocks.open[-1]
    first = container.kind == "fenced" and len(container.element) < 2 and blocks.leaf is None
    return TAKEN if first and _OPTION.match(line) else None


# ---- Hugo, Jekyll, kramdown


def _braces(blocks: Blocks, line: str, kept: int) -> str | None:
    if match := _KRAMDOWN.match(line):
        if match[1] == "toc":
            _drop_list(blocks, kept)
        return TAKEN
    if match := _SHORTCODE.match(line):
        left = _shortcode(blocks, match, kept)
    elif match := _LIQUID.match(line):
        left = _liquid(blocks, match, kept)
    else:
        return None
    return TAKEN if left is TAKEN or not line[match.end() :].strip() else line[match.end() :]


def _drop_list(blocks: Blocks, kept: int) -> None:
    """Drop the list in the place of which kramdown puts a table of contents."""
    parent = blocks.parent(kept)
    if len(parent) and parent[-1].tag in ("ul", "ol") and len(parent[-1]) == 1:
        parent.remove(parent[-1])


def _shortcode(blocks: Blocks, match: re.Match[str], kept: int) -> str | None:
    ends, name = bool(match[1]), match[2].lower()
    if ends:
        return _close(blocks, f"{{{name}")
    named, others = _arguments(match[3])
    title = named.get("title") or named.get("name") or named.get("summary") or ""
    if name in ("highlight", "code"):
        return _code(blocks, (others or [named.get("lang", "")])[0], kept, rf"/ *{name}\b")
    if name in ("figure", "img", "image") and (named.get("src") or others):
        blocks.raw(_figure(named, others), blocks.parent(kept))
    elif name in ("youtube", "vimeo") and (named.get("id") or others):
        place = {"youtube": "https://www.youtube.com/embed/", "vimeo": "https://vimeo.com/"}[name]
        address = escape(place + (named.get("id") or others[0]))
        blocks.raw(f'<iframe src="{address}"></iframe>', blocks.parent(kept))
    elif name in _CALLOUTS and not blocks.is_full():
        words = [each for each in others if each.lower() in _CALLOUTS]
        kind = named.get("type") or named.get("style") or (words or [name])[0]
        title = title or " ".join(each for each in others if each not in words)
        _note_apart(blocks, kept, kind, title, Open(blocks.root, "fenced", sign=f"{{{name}"))
    elif title or (name in ("tab", "expand") and others):
        _add_words(blocks.parent(kept), title or others[0])
    return None


def _arguments(text: str) -> tuple[dict[str, str], list[str]]:
    found = [(m[1], m[2] or m[3] or m[4] or "") for m in _ARGUMENT.finditer(text)]
    named = {name.lower(): value for name, value in found if name}
    return named, [value for name, value in found if not name and value]


def _figure(named: dict[str, str], others: list[str]) -> str:
    source, alt = named.get("src") or others[0], named.get("alt", "")
    caption = " ".join(filter(None, (named.get("title"), named.get("caption"))))
    words = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(source)}" alt="{escape(alt)}">{words}</figure>'


def _liquid(blocks: Blocks, match: re.Match[str], kept: int) -> str | None:
    ends, name, rest = match.groups()
    if ends or name != "highlight":
        return None
    return _code(blocks, (rest.split() or [""])[0], kept, r"\{%-? *endhighlight\b")


def _code(blocks: Blocks, language: str, kept: int, end: str) -> str:
    blocks.begin_leaf(Leaf("fence", [], re.compile(end), 0, language), kept)
    return TAKEN


# ---- formulas and comments


def _formula(blocks: Blocks, line: str, kept: int) -> str | None:
    begun = line.strip()
    end = _FORMULA_ENDS.get(begun[:2])
    if end is None or (begun[:2] == "\\b" and not begun.startswith("\\begin{")):
        return None
    ends = re.compile(end)
    if ends.search(begun[2:]):
        return None  # it is read with its line
    for below in blocks.lines[blocks.at + 1 : blocks.at + _LONGEST_FORMULA]:
        if not below.strip(" >"):
            return None
        if ends.search(below):
            blocks.begin_leaf(Leaf("formula", [begun], ends), kept)
            return TAKEN
    return None


def _comment(blocks: Blocks, line: str, kept: int) -> str | None:
    begun = line.strip()
    if not begun.startswith("%%"):
        return None
    if begun[2:].endswith("%%"):
        blocks.parent(kept)
        return TAKEN
    if "%%" in begun[2:] or not any("%%" in below for below in blocks.lines[blocks.at + 1 :]):
        return None
    blocks.begin_leaf(Leaf("comment", [], re.compile("%%")), kept)
    return TAKEN


BEGINS: dict[str, tuple[Begin, ...]] = {
    ">": (_callout,),
    "!": (_admonition,),
    "?": (_admonition,),
    "=": (_tab,),
    ":": (_directive, _option),
    "`": (_directive,),
    "~": (_directive,),
    "{": (_braces,),
    "$": (_formula,),
    "\\": (_formula,),
    "%": (_comment,),
}
