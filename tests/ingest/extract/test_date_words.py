"""Dates are read as people write them, in the languages and calendars of the world."""

import pytest

from reader.ingest.extract.date_words import loose_date, machine_date

_MONTHS = [
    "Jan Januar January januari janvier enero gennaio janeiro stycznia января січня ledna "
    "tammikuuta január ocak ianuarie ιανουαρίου",
    "Feb Februar February février febrero febbraio fevereiro lutego февраля лютого února "
    "helmikuuta şubat",
    "Mar März March mars marzo maart março marca марта березня března maaliskuuta mart martie",
    "Apr April avril abril aprile kwietnia апреля квітня dubna huhtikuuta nisan",
    "May Mai mayo maggio mei maio maja мая травня května toukokuuta mayıs",
    "Jun Juni June juin junio giugno junho czerwca июня червня června kesäkuuta haziran",
    "Jul Juli July juillet julio luglio julho lipca июля липня července heinäkuuta temmuz",
    "Aug August août agosto augusti sierpnia августа серпня srpna elokuuta ağustos",
    "Sep Sept September septembre septiembre settembre setembro września сентября září eylül",
    "Oct Okt October Oktober octobre octubre ottobre outubro października октября října ekim",
    "Nov November novembre noviembre novembro ноября listopadu marraskuuta kasım",
    "Dec Dez December Dezember décembre diciembre dicembre dezembro grudnia декабря aralık",
]


def test_months_have_names_in_many_languages() -> None:
    wrong = [
        (name, found)
        for number, names in enumerate(_MONTHS, 1)
        for name in names.split()
        if (found := loose_date(f"3. {name} 2026")) != f"2026-{number:02}-03"
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-02-03", "2026-02-03"), ("on 2026.2.3 or so", "2026-02-03"),
        ("2026-02/03", "2026-02-03"),
        ("3/2/2026", "2026-02-03"), ("3.2.2026", "2026-02-03"), ("2/13/2026", "2026-02-13"),
        ("2-13-2026, 05:15 AM", "2026-02-13"),
        ("12/11/2026", "2026-11-12"), ("13/2/2026", "2026-02-13"), ("2.13.2026", ""),
        ("12/13/2026", "2026-12-13"), ("13/13/2026", ""), ("12/12/2026", "2026-12-12"),
        ("03.02.26", "2026-02-03"), ("03.02.99", "2099-02-03"), ("31.12.1999", "1999-12-31"),
        ("February 2026", "2026-02"), (f"February 2026 {'x' * 25}", "2026-02"),
        (f"February 2026 {'x' * 26}", ""), ("3 Foo 2026", ""), ("30 February 2026", ""),
        ("2nd of nothing", ""), ("", ""), ("1 Feb 1901", "1901-02-01"),
        ("1901-02-01", "1901-02-01"),
        ("31 Dec 1899", "1899-12-31"), ("1900年1月2日", ""), ("2026年 1月 2日", "2026-01-02"),
        ("3 de febrero del 2026", "2026-02-03"), ("Feb. 3rd, 2026", "2026-02-03"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_it_is_written(text: str, date: str) -> None:
    assert loose_date(text) == date


@pytest.mark.parametrize(
    ("language", "date"),
    [("en-US", "2024-04-05"), ("en-ph", "2024-04-05"), ("en-GB", "2024-05-04"),
     ("en", "2024-05-04"), ("", "2024-05-04"), ("es-MX", "2024-05-04")],
)  # fmt: skip
def test_the_region_decides_whether_the_month_comes_first(language: str, date: str) -> None:
    assert loose_date("Published 04/05/2024", language) == date
    assert loose_date("4-5-2024", language) == date
    assert loose_date("04.05.2024", language) == "2024-05-04"
    assert loose_date("25/12/2024", language) == "2024-12-25"


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("20240301", "2024-03-01"), ("20240301T091500Z", "2024-03-01"),
        ("20240301 0915", "2024-03-01"), ("20241301", ""), ("2024030", ""),
        ("1709284500", "2024-03-01"), ("1709284500000", "2024-03-01"), ("0", ""),
        ("Fri, 01 Mar 2024 09:15:00 GMT", "2024-03-01"),
        ("Fri Mar 01 09:15:00 UTC 2024", "2024-03-01"), (" 2024-03-01T09:15 ", "2024-03-01"),
    ],
)  # fmt: skip
def test_a_date_as_data_may_be_without_signs(value: str, date: str) -> None:
    assert machine_date(value) == date


@pytest.mark.parametrize(
    "text",
    [
        "3 فبراير 2026", "٣ فبراير ٢٠٢٦", "3 شباط 2026", "3 בפברואר 2026", "3 फ़रवरी 2026",
        "3 ফেব্রুয়ারি 2026", "3 กุมภาพันธ์ 2569", "3 ก.พ. 2569", "วันที่ 3 กุมภาพันธ์ พ.ศ. 2569",
        "ngày 3 tháng 2 năm 2026", "3 tháng 2, 2026", "令和8年2月3日", "民國115年2月3日",
        "14 بهمن 1404", "۱۴ بهمن ۱۴۰۴", "2026. 2. 3.", "2026 m. vasario 3 d.",
        "2026. gada 3. februārī", "3 de febrer de 2026", "3 févr. 2026",
        "2026. febr. 3.", "3 Şub 2026", "3 Shkurt 2026", "3 лютага 2026",
    ],
)  # fmt: skip
def test_a_date_is_read_in_other_scripts_and_calendars(text: str) -> None:
    assert loose_date(text) == "2026-02-03"


def test_a_year_of_another_calendar_needs_its_language() -> None:
    assert loose_date("۱۴۰۴/۱۱/۱۴", "fa-IR") == "2026-02-03"
    assert loose_date("۱۴۰۴/۱۱/۱۴") != "2026-02-03"
    assert loose_date("3 February 2569") != "2026-02-03"
    assert [loose_date(f"1 فروردین {year}") for year in (1400, 1403, 1404)] == [
        "2021-03-21", "2024-03-20", "2025-03-21"
    ]  # fmt: skip
