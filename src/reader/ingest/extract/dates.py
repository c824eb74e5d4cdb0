"""The dates of an article, wherever its page has them."""

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from reader.ingest.extract.measure import Element, is_data_table, matches, names, text_of
from reader.ingest.extract.values import first, plain
from reader.ingest.metadata import iso_date

_DATE_NAMES = re.compile(
    r"publish|pub-?date|entry-?date|post-?date|posted-?on|article-?date|dateline|timestamp|datetime|"
    r"date(?<![a-z0-9]date)(?![a-z0-9])|time(?<![a-z0-9]time)(?![a-z0-9])"
)
_URL_DATE = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|\.|$)"
)
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"[^\W\d_]{3,12}"
_IN_TEXT = re.compile(
    rf"(?<!\w)({_YEAR}([-/.])\d{{1,2}}\2\d{{1,2}}|\d{{1,2}}[./]\s?\d{{1,2}}[./]\s?{_YEAR}|"
    rf"\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de\s+)?{_MONTH}\.?,?[\s-]+(?:de[l]?\s+)?{_YEAR}|"
    rf"{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR}|{_YEAR}\.\s+{_MONTH}\s+\d{{1,2}}|"
    rf"{_YEAR}\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}|\d\d\.\d\d\.\d\d(?![.\d]))"
)
_MONTHS = {
    name: number
    for number, group in enumerate(
        (
            "jan januar january januari janvier enero ene gennaio gen janeiro stycznia января "
            "січня ledna tammikuuta január ocak ianuarie ιανουαρίου",
            "feb februar february februari février fevrier fév febrero febbraio fevereiro fev "
            "lutego февраля лютого února helmikuuta február şubat februarie φεβρουαρίου",
            "mar mär märz maerz march mars marts marzo maart março marco marca марта mrz березня "
            "března maaliskuuta március mart martie maret μαρτίου",
            "apr april avril avr abril abr aprile kwietnia апреля квітня dubna huhtikuuta április "
            "nisan aprilie απριλίου",
            "may mai maj mayo maggio mag mei maio maja мая травня května toukokuuta május mayıs "
            "μαΐου",
            "jun juni june juin junio giugno giu junho czerwca июня червня června kesäkuuta "
            "június haziran iunie ιουνίου",
            "jul juli july juillet julio luglio lug julho lipca июля липня července heinäkuuta "
            "július temmuz iulie ιουλίου",
            "aug august août aout agosto ago augustus augusti sierpnia августа серпня srpna "
            "elokuuta augusztus ağustos agustus αυγούστου",
            "sep sept september septembre septiembre settembre set setembro września сентября "
            "вересня září syyskuuta szeptember eylül septembrie σεπτεμβρίου",
            "oct okt october oktober octobre octubre ottobre ott outubro out października октября "
            "жовтня října lokakuuta október ekim octombrie οκτωβρίου",
            "nov november novembre noviembre novembro listopada ноября листопада listopadu "
            "marraskuuta kasım noiembrie νοεμβρίου",
            "dec dez december dezember desember décembre decembre diciembre dicembre dezembro dic "
            "grudnia декабря грудня prosince joulukuuta aralık decembrie δεκεμβρίου",
        ),
        1,
    )
    for name in group.split()
}  # fmt: skip
_LINE_TAGS = ("p", "div", "span", "li", "td", "time", "h2", "h3", "h4", "h5", "h6", "a", "em")
_LONGEST_LINE = 100
_WEB_BEGAN = "1990"
_LINES_BEFORE, _LINES_BEHIND = 3, 8

_SAID = (
    "article:published_time", "og:published_time", "datepublished", "og:article:published_time",
    "dc:date:issued", "dcterms:created", "dc:date", "dcterms:date", "parsely-pub-date",
    "sailthru:date", "pubdate", "publish-date", "publication_date", "date", "article:published",
    "dc:created", "created", "cxenseparse:recs:publishtime", "last-modified",
    "article_date_original", "shareaholic:article_published_time", "rnews:datepublished",
)  # fmt: skip


def published(root: Element, meta: dict[str, str], data: dict[str, Any], address: str) -> str:
    """Return the date of publication, with the precision of the page."""
    declared = (plain(data.get("datePublished")), first(meta, *_SAID))
    created = (plain(data.get("dateCreated")), plain(data.get("uploadDate")))
    for value in (*declared, *created):
        if date := iso_date(value) or loose_date(value):
            return date
    for element in _dated(root):
        if date := _date_of(element):
            return date
    if in_address := _URL_DATE.search(address):
        year, month, day = in_address.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    return _visible_date(root, data, meta)


def modified(meta: dict[str, str], data: dict[str, Any]) -> str:
    """Return the date of the last change of an article."""
    return iso_date(
        plain(data.get("dateModified")) or first(meta, "article:modified_time", "og:updated_time")
    )


def _dated(root: Element) -> Iterator[Element]:
    """Yield the elements that contain a date, the most specific first."""
    for element in root.iter():
        itemprop = element.get("itemprop")
        if itemprop and "datepublished" in itemprop.lower() and isinstance(element.tag, str):
            yield element
    times = list(root.iter("time"))
    yield from (x for x in times if x.get("pubdate") is not None or matches(_DATE_NAMES, names(x)))
    yield from times


def _visible_date(root: Element, data: dict[str, Any], meta: dict[str, str]) -> str:
    for element in root.iter(
        "span", "div", "p", "li", "a", "td", "small", "em", "abbr", "h4", "h5", "h6", "strong"
    ):
        if matches(_DATE_NAMES, names(element)):
            value = text_of(element)
            if 5 < len(value) < 120 and (
                date := loose_date(element.get("title") or "") or loose_date(value)
            ):
                return date
    return _date_near_title(root) or modified(meta, data)


def _date_near_title(root: Element) -> str:
    """Return the date in a short line of its own near the first heading."""
    heading = next((element for element in root.iter("h1") if text_of(element)), None)
    if heading is None:
        return ""
    facts = {
        element for element in root.iter("table") if is_data_table(element)
    }  # about its subject
    before: deque[str] = deque(maxlen=_LINES_BEFORE)
    behind: list[str] = []
    passed = False
    for element in root.iter("h1", *_LINE_TAGS):
        if element is heading:
            passed = True
        elif heading in (holders := set(element.iterancestors())) or not facts.isdisjoint(holders):
            continue
        elif text := _line_of(element):
            (behind if passed else before).append(text)
        if len(behind) >= _LINES_BEHIND:
            break
    dates = (loose_date(text) for text in (*behind, *reversed(before)))
    return next((date for date in dates if date > _WEB_BEGAN), "")


def _line_of(element: Element) -> str:
    """Return the text of an innermost box, truncated if it is longer than a line."""
    if next(element.iterdescendants("p", "div", "li", "td", "ul", "table"), None) is not None:
        return ""
    text = text_of(element)
    return text if len(text) <= _LONGEST_LINE else "-"


def _date_of(element: Element) -> str:
    value = element.get("datetime") or element.get("content") or element.get("title") or ""
    return iso_date(value) or loose_date(value) or loose_date(text_of(element)[:120])


def loose_date(text: str) -> str:
    """Return the first date in a text, in one of the usual notations, in ISO format."""
    first_match = _IN_TEXT.search(text)
    if not first_match:
        return iso_date(text) if len(text) < 40 else ""
    value = first_match[1]
    numbers = [int(match) for match in re.findall(r"\d+", value)]
    named = (match.lower() for match in re.findall(r"[^\W\d_]{3,}", value))
    month = next((_MONTHS[word] for word in named if word in _MONTHS), 0)
    if month and len(numbers) == 2:
        day, year = sorted(numbers)
        return iso_date(f"{year}-{month:02}-{day:02}")
    if len(numbers) != 3:
        return ""
    if numbers[0] > 1900:
        return iso_date(f"{numbers[0]}-{numbers[1]:02}-{numbers[2]:02}")
    day, month, year = numbers
    if "/" in value and day <= 12 < month:
        day, month = month, day
    return iso_date(f"{year if year > 99 else 2000 + year}-{month:02}-{day:02}")
