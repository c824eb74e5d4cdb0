"""The needs of a script: its families, size and leading, and the width of its letters."""

import re
from functools import cache
from typing import NamedTuple

from reader.model import Article, Look

_TAG = re.compile("<[^>]*>")
_SPELT_IN = 20_000  # letters


class Script(NamedTuple):
    """The needs of a script beside those of Latin letters.

    ``serif`` and ``sans`` are its families, best first. ``size`` and ``leading`` are factors,
    ``sample`` has letters of usual height, ``first_em`` is the indent of first lines. Letters that
    are ``square`` give the column its width; ``parted`` ones stand a little apart from Latin;
    between ``joined`` ones there can be no space.
    """

    serif: tuple[str, ...] = ()
    sans: tuple[str, ...] = ()
    size: float = 1.0
    leading: float = 1.0
    sample: str = ""
    first_em: float = 1.4
    square: bool = False
    parted: bool = False
    joined: bool = False


LATIN = Script()
_IDEOGRAPHS = Script(leading=1.1, first_em=2.0, square=True, parted=True)
_SIMPLIFIED = _IDEOGRAPHS._replace(
    serif=("Noto Serif CJK SC", "Songti SC", "SimSun"),
    sans=("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei"),
)
_TRADITIONAL = _IDEOGRAPHS._replace(
    serif=("Noto Serif CJK TC", "Songti TC", "PMingLiU"),
    sans=("Noto Sans CJK TC", "PingFang TC", "Microsoft JhengHei"),
)
_JAPANESE = _IDEOGRAPHS._replace(
    serif=("Noto Serif CJK JP", "Hiragino Mincho ProN", "Yu Mincho"),
    sans=("Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic"),
    first_em=1.0,
)
_KOREAN = _IDEOGRAPHS._replace(
    serif=("Noto Serif CJK KR", "AppleMyungjo", "Batang"),
    sans=("Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic"),
    first_em=1.0,
    parted=False,
)
_ARABIC = Script(
    serif=("Noto Naskh Arabic",), sans=("Noto Sans Arabic",), size=1.11, leading=1.16, joined=True,
    sample="\u0628\u0644\u0627\u063a\u0629",
)  # fmt: skip
_DEVANAGARI = Script(
    serif=("Noto Serif Devanagari",), sans=("Noto Sans Devanagari",), size=1.05, leading=1.08,
    joined=True, sample="\u0939\u093f\u0928\u094d\u0926\u0940",
)  # fmt: skip

_TRADITIONAL_PARTS = frozenset(("hant", "tw", "hk", "mo"))
_OF_LANGUAGES = {
    "zh": _SIMPLIFIED, "yue": _TRADITIONAL, "ja": _JAPANESE, "ko": _KOREAN,
    **dict.fromkeys(("ar", "fa", "ur", "ps", "sd", "ug", "ckb"), _ARABIC),
    **dict.fromkeys(("hi", "mr", "ne", "sa"), _DEVANAGARI),
}  # fmt: skip


@cache
def script_of(language: str) -> Script:
    """Return the script of a language tag, that of Latin if it has no needs of its own."""
    name, *parts = language.lower().replace("_", "-").split("-")
    if name == "zh" and _TRADITIONAL_PARTS & {*parts}:
        return _TRADITIONAL
    return _OF_LANGUAGES.get(name, LATIN)


def suited(look: Look, article: Article) -> Look:
    """Return a look in the language of an article, which is guessed if it is not stated."""
    language = article.language
    if not language and (look.hyphenated or not f"{article.title}{article.excerpt}".isascii()):
        language = _guess(article)
    if look.hyphenated:
        from reader.document.hyphenation import patterns_of  # a start without it is quicker

        language = patterns_of(language, article.html[:_SPELT_IN])
    return look._replace(language=language)


def _guess(article: Article) -> str:
    from reader.body.language import guess  # rarely needed

    return guess(article.excerpt) or guess(_TAG.sub(" ", article.html[:_SPELT_IN]))
