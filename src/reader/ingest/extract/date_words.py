"""Dates in the notations of the world: names of months, calendars, and the order of a region."""

import re
from datetime import UTC, date, datetime, timedelta

from reader.ingest.metadata import iso_date

_YEAR = r"(?:19|20)\d\d"
_MONTH = r"[^\W\d_]{3,12}"
_IN_TEXT = re.compile(
    rf"(?<!\w)({_YEAR}([-/.])\s?\d{{1,2}}\2\s?\d{{1,2}}|"
    rf"\d{{1,2}}([-./])\s?\d{{1,2}}\3\s?{_YEAR}|"
    rf"\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de\s+|d[’'])?{_MONTH}\.?,?[\s-]+(?:de[l]?\s+)?"
    rf"{_YEAR}|{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR}|"
    rf"{_MONTH}\s+\d{{1,2}}\s+\d\d:\d\d(?::\d\d)?\s+(?:[A-Z]{{2,5}}\s+)?{_YEAR}|"
    rf"{_YEAR}\.\s+gada\s+\d{{1,2}}\.\s+{_MONTH}|{_YEAR}(?:\.|\s?m\.)\s+{_MONTH}\.?\s+\d{{1,2}}|"
    rf"{_YEAR}\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}|\d\d\.\d\d\.\d\d(?![.\d]))"
)
_MACHINE = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?:[T ]?\d{4,6}(?:\D.*)?)?")
_SECONDS = re.compile(r"([1-9]\d{8,9})(?:\d{3})?")
_CLOCK = re.compile(r"\d\d:\d\d(?::\d\d)?")
_MONTHS = {
    name: number
    for number, group in enumerate(
        (
            "jan januar january januari janvier janv oca ian enero ene gennaio gen janeiro "
            "stycznia sty января янв січня ledna tammikuuta január ocak ianuarie ιανουαρίου "
            "gener sausio janvāris janvārī jaanuar januarja siječnja януари јануар студзеня "
            "januarie janúar janar yanvar",
            "feb februar february februari février fevrier févr fevr febr şub fév febrero "
            "febbraio fevereiro fev lutego lut февраля фев лютого února helmikuuta február "
            "şubat februarie φεβρουαρίου febrer vasario februāris februārī veebruar februarja "
            "veljače февруари фебруар лютага febrúar shkurt fevral pebrero",
            "mar mär márc märz maerz march mars marts marzo maart março marco marca марта mrz "
            "березня března maaliskuuta március mart martie maret μαρτίου març kovo martā märts "
            "ožujka март сакавіка mac machi marso",
            "apr ápr nis april avril avr abril abr aprile kwietnia kwi апреля апр квітня dubna "
            "huhtikuuta április nisan aprilie απριλίου balandžio aprīlis aprīlī aprill aprila "
            "travnja април красавіка apríl prill aprel aprili",
            "may máj mai maj mayo maggio mag mei maio maja мая травня května toukokuuta május "
            "mayıs μαΐου maig gegužės maijs maijā svibnja май мај maí",
            "jun jún haz iun juni june juin junio giugno giu junho czerwca cze июня июн червня "
            "června kesäkuuta június haziran iunie ιουνίου juny birželio jūnijs jūnijā juuni "
            "junija lipnja юни јун чэрвеня junie júní qershor iyun hunyo",
            "jul júl tem iul juli july juillet juil julio luglio lug julho lipca lip июля июл "
            "липня července heinäkuuta július temmuz iulie ιουλίου juliol liepos jūlijs jūlijā "
            "juuli julija srpnja юли јул ліпеня julie júlí korrik iyul hulyo julai",
            "aug ağu august août aout agosto ago augustus augusti sierpnia sie августа авг "
            "серпня srpna elokuuta augusztus ağustos agustus αυγούστου agost rugpjūčio augusts "
            "augustā avgusta kolovoza август жніўня ágúst gusht avqust ogos agosti",
            "sep sept szept eyl september septembre septiembre settembre set setembro września "
            "wrz сентября сен сент вересня září syyskuuta szeptember eylül septembrie "
            "σεπτεμβρίου setembre rugsėjo septembris septembrī septembra rujna септември "
            "септембар верасня shtator sentyabr setyembre septemba",
            "oct okt eki october oktober octobre octubre ottobre ott outubro out października "
            "paź октября окт жовтня října lokakuuta október ekim octombrie οκτωβρίου spalio "
            "oktobris oktobrī oktoober oktobra октомври октобар кастрычніка tetor oktyabr "
            "oktubre oktoba",
            "nov kas noi november novembre noviembre novembro listopada lis ноября ноя "
            "листопада listopadu marraskuuta kasım noiembrie νοεμβρίου lapkričio novembris "
            "novembrī novembra studenoga ноември новембар лістапада nóvember nëntor noyabr "
            "nobyembre novemba",
            "dec déc des ara dez december dezember desember décembre decembre diciembre "
            "dicembre dezembro dic grudnia gru декабря дек грудня prosince joulukuuta aralık "
            "decembrie δεκεμβρίου desembre gruodžio decembris decembrī detsember decembra "
            "prosinca декември децембар снежня dhjetor dekabr disember disyembre desemba",
        ),
        1,
    )
    for name in group.split()
}  # fmt: skip
_ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_SIGNED = {
    name: number
    for names in (
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
        "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
        "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
        "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
        "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
        "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    )
    for number, name in enumerate(names.split(), 1)
}  # fmt: skip
_LEVANTINE = dict.fromkeys(("كانون الثاني",), 1) | {
    "شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6, "تموز": 7, "آب": 8, "أيلول": 9,
    "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12, "फरवरी": 2, "ม.ค.": 1, "ก.พ.": 2,
    "มี.ค.": 3, "เม.ย.": 4, "พ.ค.": 5, "มิ.ย.": 6, "ก.ค.": 7, "ส.ค.": 8, "ก.ย.": 9, "ต.ค.": 10,
    "พ.ย.": 11, "ธ.ค.": 12,
}  # fmt: skip
_OTHER_LETTERS = _SIGNED | _LEVANTINE
_LONGEST_FIRST = sorted(map(re.escape, _OTHER_LETTERS), key=len, reverse=True)
_OTHER_NAME = re.compile(rf"\s*ב?({'|'.join(_LONGEST_FIRST)})(?!\w),?،?\s*")
_VIETNAMESE = re.compile(r"\s+tháng\s+(\d{1,2})(?:\s*,|\s+năm)?\s+", re.IGNORECASE)
_ERA = re.compile(r"(令和|平成|昭和|民國|民国)\s?(\d{1,3}|元)\s?年")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_BUDDHIST = re.compile(r"(?<=\s)(?:พ\.ศ\.\s*)?(25\d\d)(?!\d)")
_BUDDHIST_YEARS = 543
_JALALI_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
_JALALI = re.compile(
    rf"(\d{{1,2}})\s+({'|'.join(_JALALI_MONTHS)})\s+(?:ماه\s+)?(1[34]\d\d)|"
    r"(?<!\d)(1[34]\d\d)/(\d{1,2})/(\d{1,2})(?!\d)"
)
_MONTH_FIRST = frozenset({"en-us", "en-ph", "en-pr", "en-gu", "en-vi"})
_LONGEST = 40


def loose_date(text: str, language: str = "") -> str:
    """Return the first date in a text, in one of the usual notations, in ISO format.

    ``language`` with its region decides whether 04/05/2024 begins with the month.
    """
    text = _in_our_signs(text, language)
    first_match = _IN_TEXT.search(text)
    if not first_match:
        return iso_date(text) if len(text) < _LONGEST else ""
    value = _CLOCK.sub("", first_match[1])
    numbers = [int(match) for match in re.findall(r"\d+", value)]
    named = (match.lower() for match in re.findall(r"[^\W\d_]{3,}", value))
    month = next((_MONTHS[word] for word in named if word in _MONTHS), 0)
    if month and len(numbers) == 2:
        day, year = sorted(numbers)
        return iso_date(f"{year}-{month:02}-{day:02}")
    return _of_numbers(numbers, value, language) if len(numbers) == 3 else ""


def machine_date(value: str, language: str = "") -> str:
    """Return a date that a page gives as data, in ISO format, ``""`` if it is none.

    It may be without signs (ISO 8601, basic format), or the seconds since 1970.
    """
    value = value.strip()
    if match := _MACHINE.fullmatch(value):
        return iso_date("-".join(match.groups()))
    if match := _SECONDS.fullmatch(value):
        return datetime.fromtimestamp(int(match[1]), UTC).date().isoformat()
    return iso_date(value) or loose_date(value, language)


def _of_numbers(numbers: list[int], value: str, language: str) -> str:
    if numbers[0] > 1900:
        return iso_date(f"{numbers[0]}-{numbers[1]:02}-{numbers[2]:02}")
    day, month, year = numbers
    month_first = day <= 12 and "." not in value and language.lower() in _MONTH_FIRST
    if month_first or ("." not in value and day <= 12 < month):
        day, month = month, day
    return iso_date(f"{year if year > 99 else 2000 + year}-{month:02}-{day:02}")


def _in_our_signs(text: str, language: str) -> str:
    """Return a text with its numbers, names of months and calendars as in the West."""
    if text.isascii():
        return text
    text = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    text = _ERA.sub(_western_year, text)
    text = _VIETNAMESE.sub(_english_month, text)
    text = _JALALI.sub(lambda match: _from_jalali(match, language), text)
    named = _OTHER_NAME.sub(lambda match: f" {_ENGLISH[_OTHER_LETTERS[match[1]] - 1]} ", text)
    thai = named != text and any("\u0e00" < sign < "\u0e7f" for sign in text)
    return (
        _BUDDHIST.sub(lambda match: str(int(match[1]) - _BUDDHIST_YEARS), named) if thai else named
    )


def _western_year(match: re.Match[str]) -> str:
    return f"{_ERAS[match[1]] + (1 if match[2] == '元' else int(match[2]))}年"


def _english_month(match: re.Match[str]) -> str:
    number = int(match[1])
    return f" {_ENGLISH[number - 1]} " if 1 <= number <= 12 else match[0]


def _from_jalali(match: re.Match[str], language: str) -> str:
    """Return a date of the Solar Hijri calendar in the Gregorian one, from 1921 to 2077.

    In the table of its years, a cycle of 33 has eight leap years.
    """
    if match[2]:
        year, month, day = int(match[3]), _JALALI_MONTHS.index(match[2]) + 1, int(match[1])
    else:
        year, month, day = (int(part) for part in match.groups()[3:])
    if not (match[2] or language.lower().startswith("fa")) or not (1 <= month <= 12 and day):
        return match[0]
    leaps = sum((earlier * 8 + 29) % 33 < 8 for earlier in range(1300, year))
    before = (year - 1300) * 365 + leaps + min(month - 1, 6) * 31 + max(month - 7, 0) * 30
    return (date(1921, 3, 21) + timedelta(days=before + day - 1)).isoformat()
