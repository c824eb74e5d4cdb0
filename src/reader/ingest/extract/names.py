"""Names of authors: those given as data are whole, those on show have words around them."""

import re
from collections.abc import Iterator

from lxml import etree

from reader.ingest.extract.measure import Element
from reader.ingest.extract.values import line

_LONGEST_NAME, _LONGEST_GIVEN = 100, 500
_MOST_WORDS = 14
_NOBODY = frozenset("admin administrator author none null editor staff by".split())
_PLACE = re.compile(
    r"\s*[(<\[]\s*(?:https?://|mailto:|www\.)[^)>\]]*[)>\]]|\s*<?[^\s@]+@[^\s@]+\.\w+>?"
)
_GIVEN_BY = re.compile(
    r"^(?:(?:written |posted )?by[:\s]|authors?:|autor(?:en|a)?:|автор:|文/|作者[:：])\s*",
    re.IGNORECASE,
)
_BY = {
    "": r"(?:written |posted |published |story |words |reporting |analysis |text |post |article )?"
        r"by|(?:text|words|story|interview):|authors?:|autor(?:en|a)?:|автор:|文/|记者|作者[:：]?|via",
    "de": "von", "fr": "par", "es": "por", "pt": "por", "it": "di", "nl": "door", "sv": "av",
    "nb": "av", "no": "av", "nn": "av", "da": "af", "pl": "autor", "ru": "автор", "uk": "автор",
    "tr": "yazan", "cs": "autor", "sk": "autor", "ca": "per",
    "zh": "文|記者|撰文", "ja": "文|著者[:：]?",
}  # fmt: skip
_LABELS = frozenset(
    "about all an and article articles at author authors by contributor contributors date editor "
    "follow from in last more on post posted posts published reviewed story text the this topic "
    "update updated via view words writer written email facebook instagram linkedin mastodon rss "
    "share twitter website x youtube".split()
)
_CREDIT = re.compile(r"^\(?(?:foto|photo|image|bild|fotos|photos|credit|source|quelle)\b", re.I)
_BETWEEN = re.compile(r"\s*[|•·»]\s*|\s+[–—/-]\s+|\s*\n\s*")
_CONNECTOR = re.compile(
    r"^(?:[,;&+/]|and|und|et|y|e|en|og|och|ja|i|ve|и|та|と|、|·|,\s*(?:and|&))$", re.IGNORECASE
)
_OPEN_END = re.compile(r"(?:\s*[,;&+]|\s+(?:and|und|et|y|e|en|og|och))$", re.IGNORECASE)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE_FIRST = re.compile(
    rf"^(?:{_DAY},?\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?|"
    rf"\d{{1,2}}\.?\s+{_MONTH}(?:,?\s+\d{{4}})?|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}})\s*",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"(?:,\s*(?:updated|published|posted|staff|special)\b|\s+{_MONTH}\s+\d{{1,2}}\b|"
    rf"\s+{_DAY}\b(?=\W+.*\d)|\s*\d{{1,2}}\.?\s+[^\W\d_]{{3,10}}\.?,?\s+\d{{4}}|"
    rf"\b(?:updated|published|posted|on)\b\s*:?\s*\w{{3,9}} \d|\s+on\s+\d|(?:^|\s+)on behalf of\b|"
    rf"\d{{1,4}}[:./-]\d\d|\(@|@\w|\bfollow\b|,\s+in\s*,).*$",
    re.IGNORECASE | re.DOTALL,
)
_PARTICLES = frozenset(
    "al bin da de del den der di do dos du el la le les van ter und von y zu af av and".split()
)
_MOST_IN_NAME = 5
_JOB = re.compile(r"(?:^|\s)[a-zà-öø-ÿ]{4,}")
_AROUND = " ,;:.|-–—•·»«()"


def given_name(text: str) -> str:
    """Return a name that is given as data, ``""`` if it is an account, an address or nobody."""
    text = _PLACE.sub("", line(text))
    if "://" in text or text.startswith(("@", "www.")) or text.lower() in _NOBODY:
        return ""
    text = _GIVEN_BY.sub("", text).split(" | ")[0].strip(" ,;:.|-–—•·")
    text = text[1:-1] if text[:1] == "(" and text[-1:] == ")" else text
    able = 1 < len(text) <= _LONGEST_GIVEN and any(letter.isalpha() for letter in text)
    return text if able and (len(text) > 2 or not text.isascii()) else ""


def scraped_names(source: Element | str, language: str, *, signed: bool = False) -> list[str]:
    """Return the names in a byline on show: the first, and those that are joined to it.

    The pieces of an element are its texts. ``signed`` means that it must begin with a word such as
    “by” in the ``language`` of the page or in English, and that a person must follow.
    """
    by = _by_words(language)
    pieces = list(_pieces(source))
    if signed and not (pieces and by.match(line(pieces[0][0]))):
        return []
    found: list[str] = []
    like, joined = "", False
    for text, kind in pieces:
        if _CONNECTOR.match(text):
            joined = True
            continue
        name = _name(text, by)
        if not name or (signed and not is_person(name)):
            continue
        if found and not joined and (kind != like or not kind):
            break
        like = like or kind
        joined = _OPEN_END.search(text) is not None
        found.append(name)
    return found


def is_person(name: str) -> bool:
    """Return whether a text looks like the names of people: few words, all with capitals."""
    parts = re.split(r"\s*(?:[,;&]|\band\b|\bund\b|\bet\b)\s*", name)
    return all(_is_one(part) for part in parts if part) and any(parts)


def _is_one(name: str) -> bool:
    words = name.split()
    cased = [word for word in words if word.lower() not in _PARTICLES]
    return 0 < len(words) <= _MOST_IN_NAME and bool(cased) and all(
        word[:1].isalpha() and not word[:1].islower() and not any(map(str.isdigit, word))
        for word in cased
    )  # fmt: skip


def _without_role(text: str) -> str:
    """Return names without a job behind a comma: it has longer words without capitals."""
    parts = text.split(", ")
    jobs = (n for n, part in enumerate(parts) if n and _JOB.search(part) and " and " not in part)
    return ", ".join(parts[: next(jobs, len(parts))]).strip(_AROUND)


def _by_words(language: str) -> re.Pattern[str]:
    own = _BY.get(language.lower().partition("-")[0], "")
    words = "|".join(filter(None, (_BY[""], own)))
    return re.compile(rf"^\s*(?:{words})\s*[:：]?(?:\s+|$|(?<=[:：/]))", re.IGNORECASE)


def _pieces(source: Element | str) -> Iterator[tuple[str, str]]:
    """Yield the texts in an element, each with the kind of the element that has it."""
    if isinstance(source, str):
        yield from ((each, "") for each in _BETWEEN.split(source) if each)
        return
    for event, inner in etree.iterwalk(source, events=("start", "end")):
        if not isinstance(inner.tag, str) or inner.tag in ("script", "style", "svg"):
            continue
        holder = inner if event == "start" else inner.getparent()
        text = inner.text if event == "start" else inner.tail
        if not text or not text.strip() or (event == "end" and inner is source):
            continue
        kind = f"{holder.tag} {holder.get('class', '')}"
        yield from ((each, kind) for each in _BETWEEN.split(text.strip()) if each)


def _name(text: str, by: re.Pattern[str]) -> str:
    """Return a name without the words around it, ``""`` if it is not a name."""
    text = _PLACE.sub("", line(text))
    if not text or "://" in text or "@" in text.split(" ")[0] or _CREDIT.match(text):
        return ""
    text = by.sub("", _DATE_FIRST.sub("", by.sub("", text)))
    text = _without_role(_OPEN_END.sub("", _BEHIND.sub("", text)).strip(_AROUND))
    words = re.findall(r"\w+", text.lower())
    if not words or len(words) > _MOST_WORDS or len(text) >= _LONGEST_NAME:
        return ""
    if len(words) > _MOST_IN_NAME and _JOB.search(text) and " and " not in text:
        return ""  # a sentence
    if len(text) < (2 if not text.isascii() else 3) or _LABELS.issuperset(words):
        return ""
    return text if text.lower() not in _NOBODY and any(map(str.isalpha, text)) else ""
