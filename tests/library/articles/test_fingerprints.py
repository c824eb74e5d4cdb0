"""Fingerprints: they are kept in libraries, so a text has the same one in every version."""

import pytest

from reader.library.articles.fingerprints import TOO_SHORT, fingerprint

_WORDS = [f"word{number}" for number in range(60)]


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ("<p>" + " ".join(_WORDS) + "</p>", (1777540429, 3193211315, 3638201866, 2097490043)),
        (
            "".join(chr(0x4E00 + number) for number in range(60)),
            (487068306, 4068444745, 2138713371, 382102091),
        ),
        ("<p>" + " ".join(_WORDS[1:]) + "</p>", TOO_SHORT),
        ("".join(chr(0x4E00 + number) for number in range(59)), TOO_SHORT),
        ("", TOO_SHORT),
        ("<p>" * 1000, TOO_SHORT),
    ],
)
def test_a_text_has_the_numbers_it_had_before(html: str, numbers: object) -> None:
    assert fingerprint(html) == numbers


@pytest.mark.parametrize("letter", "กฮๆぁヿ㐀一鿿豈")
def test_each_sign_counts_where_words_are_not_parted(letter: str) -> None:
    assert fingerprint(letter * 59) == TOO_SHORT
    assert fingerprint(letter * 60) != TOO_SHORT


def test_words_in_another_order_are_another_text_and_signs_are_none() -> None:
    assert fingerprint(" ".join(_WORDS)) == fingerprint(", ".join(_WORDS) + "!")
    assert fingerprint(" ".join(_WORDS)) != fingerprint(" ".join(reversed(_WORDS)))
