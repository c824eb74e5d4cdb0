"""The address of a word is made from a pattern, and only one that leads to a site is taken."""

import pytest

from reader.errors import SettingsError
from reader.lookup.web import address_of, check_address
from reader.settings import Settings


def test_the_usual_address_is_in_the_language_of_the_article() -> None:
    usual = Settings().word_address
    assert address_of(usual, "Straße/1", "de-AT") == (
        "https://de.wiktionary.org/wiki/Stra%C3%9Fe%2F1"
    )
    assert address_of(usual, "x", "").startswith("https://en.")
    assert address_of(usual, "x", "evil.example/").startswith("https://en.")


@pytest.mark.parametrize(
    "pattern",
    [
        "https://a.example/", "file:///{word}", "https://{word}.example/", "javascript:{word}",
        "https://a.example/{word}/{other}", "https://a.example/{word", "{word}",
    ],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_not_taken(pattern: str) -> None:
    with pytest.raises(SettingsError):
        check_address(pattern)
