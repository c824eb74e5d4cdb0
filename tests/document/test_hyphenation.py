"""Where words may be divided."""

import pyphen
import pytest

from reader.body.blocks import Runs, Style, Text
from reader.document.hyphenation import SOFT_HYPHEN, divided, divider, patterns_of


def _said(*texts: str, language: str = "en-US") -> str:
    divide = divider(language)
    assert divide is not None
    runs: Runs = tuple(map(Text, texts))
    said = "".join(run.text for run in divided(runs, divide) if isinstance(run, Text))
    return said.replace(SOFT_HYPHEN, "|")


@pytest.mark.parametrize(
    ("tag", "text", "patterns"),
    [
        ("en-GB", "color", "en-GB"), ("en-AU", "color", "en-GB"), ("en_US", "colour", "en-US"),
        ("en-CA", "colour", "en-US"), ("en", "", "en-US"), ("de-AT", "colour", "de-AT"),
        ("", "colour", ""),
    ],
)  # fmt: skip
def test_a_tag_names_the_patterns(tag: str, text: str, patterns: str) -> None:
    assert patterns_of(tag, text) == patterns


@pytest.mark.parametrize(
    "british",
    [
        "The colour of the harbour.", "<p>We realised it.</p>", "theatres", "analysed", "a defence",
        "travelling", "a grey day", "whilst", "The organization of labour", "Neighbours",
    ],
)  # fmt: skip
def test_british_spelling_asks_for_british_patterns(british: str) -> None:
    assert patterns_of("en", british) == "en-GB"


@pytest.mark.parametrize(
    "american",
    [
        "The color of the harbor.", "<p>We realized it.</p>", "theaters", "analyzed", "a defense",
        "traveling", "a gray day", "Four hours of rises, exercise and surprise", "our tour",
        "The centre, the centre, the centre: a color and a flavor.",
        '<a href="https://example.org/colour/centre">here</a>',
    ],
)  # fmt: skip
def test_other_spelling_asks_for_american_patterns(american: str) -> None:
    assert patterns_of("en", american) == "en-US"


def test_the_two_kinds_of_english_divide_otherwise() -> None:
    assert _said("democracy", language="en-US") == "democ|racy"
    assert _said("democracy", language="en-GB") == "demo|cracy"


def test_addresses_stay_whole() -> None:
    for address in (
        "https://example.org/international/communication", "www.international.example",
        "international@communication.example", "international.example.org",
        "(example.org/international),",
    ):  # fmt: skip
        said = _said(f"communication {address} communication")
        assert said == f"com|mu|ni|ca|tion {address} com|mu|ni|ca|tion"


def test_words_with_capitals_inside_stay_whole() -> None:
    assert _said("JavaScripting INTERNATIONAL McDonaldization") == (
        "JavaScripting INTERNATIONAL McDonaldization"
    )
    assert _said("Überraschung", language="de") == "Über|ra|schung"


def test_the_last_word_of_a_paragraph_stays_whole() -> None:
    text = "communication " * 12
    assert _said(text, "international.").endswith("ca|tion international.")
    assert _said("international") == "in|ter|na|tional"  # alone, as in a cell of a table


def test_no_letter_is_lost() -> None:
    for text in ("a.bc" * 5000, "x" * 9000, "@" * 900, "international.Communication " * 300, ""):
        assert _said(text).replace("|", "") == text


@pytest.mark.parametrize(
    ("language", "word", "divided"),
    [
        ("hu", "asszonnyal", "asszonnyal"),  # asz-szony-nyal
        ("hu", "kilencvenéves", "ki|lenc|ven|éves"),
        ("ca", "col·lecció", "col·lec|ció"),  # col-lecció
    ],
)
def test_words_stay_whole_where_a_division_changes_letters(
    language: str, word: str, divided: str
) -> None:
    assert _said(word, language=language) == divided


@pytest.mark.parametrize("language", ["cs", "de", "en-GB", "en-US", "fr", "hu", "ru", "sv"])
def test_words_are_divided_as_pyphen_divides_them(language: str) -> None:
    dictionary = pyphen.Pyphen(lang=pyphen.language_fallback(language), left=2, right=3)
    words = "international atmosphere Überraschung équivalent международный nehezen příležitost"
    for word in words.split():
        places = dictionary.positions(word)
        if not any(place.data for place in places):
            assert _said(word, language=language) == dictionary.inserted(word, "|")


def test_code_stays_whole() -> None:
    divide = divider("en-US")
    assert divide is not None
    runs = (Text("international", Style.CODE),)
    assert divided(runs, divide) == runs


def test_patterns_are_read_as_pyphen_reads_them() -> None:
    german = (
        "Donaudampfschifffahrt Urinstinkt Überraschung Straßenbahnhaltestelle mitnichten "
        "Wachstube Staubecken Eisenbahnverbindungen"
    )
    for language, words in (("de", german), ("hu", "asszonnyal meggyőződés hosszúsággal")):
        known, divide = pyphen.Pyphen(lang=language, right=3), divider(language)
        assert divide is not None
        for word in words.split():
            places = [place for place in known.positions(word) if not place.data]
            assert divide(word) == "".join(
                (SOFT_HYPHEN if at in places else "") + letter for at, letter in enumerate(word)
            )


@pytest.mark.parametrize("language", ["", "xx", "-", "zh", "ar", "../../x", "e" * 300])
def test_a_language_without_patterns_is_not_divided(language: str) -> None:
    assert divider(language) is None
