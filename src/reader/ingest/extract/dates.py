"""When an article was published, wherever its page says it."""

import re
from collections.abc import Iterator
from typing import Any

from reader.ingest.extract.measure import Element, names, text_of
from reader.ingest.extract.said import first, plain
from reader.ingest.metadata import iso_date

_DATE_NAMES = re.compile(
    r"publish|pub-?date|entry-?date|post-?date|posted-?on|article-?date|dateline|timestamp|datetime|"
    r"(?:^|[-_ ])date(?:$|[-_ ])|(?:^|[-_ ])time(?:$|[-_ ])",
    re.I,
)
_URL_DATE = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|\.|$)"
)
_IN_TEXT = re.compile(
    r"\b(\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}\.?\s+[^\W\d_]{3,10}\.?,?\s+(?:19|20)\d\d|"
    r"[^\W\d_]{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|\d{1,2}/\d{1,2}/(?:19|20)\d\d|(?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
)
_MONTHS = {
    name: number
    for number, group in enumerate(
        (
            "jan januar january janvier enero ene "
            "gennaio januari janeiro stycznia января styczeń leden",
            "feb februar february février fevrier fév "
            "febrero febbraio februari fevereiro fev lutego февраля",
            "mar mär märz maerz march mars marzo maart março marco marca марта mrz",
            "apr april avril avr abril aprile kwietnia апреля",
            "may mai mayo maggio mei maio maja мая maj",
            "jun juni june juin junio giugno junho czerwca июня",
            "jul juli july juillet julio luglio julho lipca июля",
            "aug august août aout agosto augustus sierpnia августа augusti ago",
            "sep sept september septembre septiembre settembre setembro set września сентября",
            "oct okt october oktober octobre octubre ottobre outubro out października октября",
            "nov november novembre noviembre novembro listopada ноября",
            "dec dez december dezember décembre decembre "
            "diciembre dicembre dezembro dic grudnia декабря",
        ),
        1,
    )
    for name in group.split()
}  # fmt: skip

_SAID = (
    "article:published_time", "og:published_time", "datepublished", "og:article:published_time",
    "dc:date:issued", "dcterms:created", "dc:date", "dcterms:date", "parsely-pub-date",
    "sailthru:date", "pubdate", "publish-date", "publication_date", "date", "article:published",
    "dc:created", "created", "cxenseparse:recs:publishtime", "last-modified",
    "article_date_original", "shareaholic:article_published_time", "rnews:datepublished",
)  # fmt: skip


def published(root: Element, said: dict[str, str], data: dict[str, Any], address: str) -> str:
    """Return when an article was published, as exact as the page says it."""
    told = (plain(data.get("datePublished")), first(said, *_SAID))
    made = (plain(data.get("dateCreated")), plain(data.get("uploadDate")))
    for value in (*told, *made):
        if found := iso_date(value) or loose_date(value):
            return found
    for each in _dated(root):
        if found := _date_of(each):
            return found
    if in_address := _URL_DATE.search(address):
        year, month, day = in_address.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    return _visible_date(root, data, said)


def _dated(root: Element) -> Iterator[Element]:
    """Yield the elements that hold a date, those that say which one first."""
    for each in root.iter():
        if isinstance(each.tag, str) and "datepublished" in (each.get("itemprop") or "").lower():
            yield each
    times = list(root.iter("time"))
    yield from (x for x in times if x.get("pubdate") is not None or _DATE_NAMES.search(names(x)))
    yield from times


def _visible_date(root: Element, data: dict[str, Any], said: dict[str, str]) -> str:
    for each in root.iter(
        "span", "div", "p", "li", "a", "td", "small", "em", "abbr", "h4", "h5", "h6", "strong"
    ):
        if _DATE_NAMES.search(names(each)):
            value = text_of(each)
            if 5 < len(value) < 120 and (
                found := loose_date(each.get("title") or "") or loose_date(value)
            ):
                return found
    if found := iso_date(
        plain(data.get("dateModified")) or first(said, "article:modified_time", "og:updated_time")
    ):
        return found
    return ""


def _date_of(element: Element) -> str:
    value = element.get("datetime") or element.get("content") or element.get("title") or ""
    return iso_date(value) or loose_date(value) or loose_date(text_of(element)[:120])


def loose_date(text: str) -> str:
    """Return the first date in a text, as people write it, as ISO."""
    found = _IN_TEXT.search(text)
    if not found:
        return iso_date(text) if len(text) < 40 else ""
    value = found[1]
    numbers = [int(each) for each in re.findall(r"\d+", value)]
    word = next(
        (each.lower() for each in re.findall(r"[^\W\d_]{3,}", value) if each.lower() in _MONTHS), ""
    )
    if word and len(numbers) == 2:
        day, year = sorted(numbers)
        return iso_date(f"{year}-{_MONTHS[word]:02}-{day:02}")
    if len(numbers) != 3:
        return ""
    if numbers[0] > 1900:
        return iso_date(f"{numbers[0]}-{numbers[1]:02}-{numbers[2]:02}")
    day, month = numbers[0], numbers[1]
    if "/" in value and day <= 12 and month > 12:
        day, month = month, day
    return iso_date(f"{numbers[2]}-{month:02}-{day:02}")
