"""The direction of writing: of an article, and of a part that is in another script."""

import re

from reader.body.anchors import text_of
from reader.body.blocks import Block, List, Note, Paragraph, Text
from reader.body.from_html import direction_of
from reader.model import Article

RTL, LTR = "rtl", "ltr"
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"

_LANGUAGES = frozenset("ar arc ckb dv fa he ku ps sd ug ur yi".split())
_RTL_LETTER = re.compile(
    "[\u05d0-\u05f2\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u07ea\u0800-\u0815\u0840-\u0858"
    "\u08a0-\u08c7\ufb1d-\ufb4f\ufb50-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LETTER = re.compile(r"[^\W\d_]")
_LOOKED_AT, _ITEMS_LOOKED_AT = 600, 30  # letters, and items of a list
_MAINLY = 0.75
_SENTENCE = 40  # letters: a name in another script stays on the side of its neighbours


def direction_of_article(article: Article) -> str:
    """Return the direction of an article: the stated one, or else that of its script."""
    if said := direction_of(article.html):
        return said
    if article.language.split("-")[0].lower() in _LANGUAGES:
        return RTL
    return direction_of_text(f"{article.title} {article.excerpt}", "")


def direction_of_text(text: str, base: str) -> str:
    """Return the direction of a text: that of ``base`` unless it is mainly of the other one."""
    if text.isascii() and base != RTL:
        return base
    text = text[:_LOOKED_AT]
    other = len(_RTL_LETTER.findall(text))
    if not other and base != RTL:
        return base
    letters = len(_LETTER.findall(text)) or 1
    share = other / letters
    if base == RTL:
        return LTR if letters >= _SENTENCE and share <= 1 - _MAINLY else RTL
    return RTL if share >= _MAINLY else base


def direction_of_part(part: Block | Note, base: str) -> str:
    """Return the direction of a paragraph, or of all of a list or a quote.

    In an article that runs from right to left, only paragraphs can run the other way.
    """
    if isinstance(part, Paragraph):
        text = "".join(run.text for run in part.runs if isinstance(run, Text))
        return direction_of_text(text, base)
    if base == RTL:
        return RTL
    if isinstance(part, List):
        part = part._replace(items=part.items[:_ITEMS_LOOKED_AT])
    return direction_of_text(text_of(part), base)


def isolated(text: str) -> str:
    """Return a part of a line so that its direction does not disturb the parts around it."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def has_rtl(text: str) -> bool:
    """Return whether a text has a letter that is written from right to left."""
    return _RTL_LETTER.search(text) is not None
