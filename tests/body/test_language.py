"""Languages told by their small words."""

import pytest

from reader.body.language import guess

_TEXTS = {
    "en": "The story of the house is told by those who lived in it, and it was sad.",
    "de": "Die Geschichte des Hauses wird von denen erzählt, die in ihm lebten, und ist alt.",
    "fr": "L'histoire de la maison est racontée par ceux qui y vivaient, et elle est belle.",
    "es": "La historia de la casa la cuentan los que vivían en ella, y no es larga.",
    "it": "La storia della casa è raccontata da quelli che vi abitavano, e non è bella.",
    "nl": "De geschiedenis van het huis wordt verteld door wie er woonde, en dat is niet mooi.",
    "ja": "これは日本語の文章です。家の歴史はそこに住んでいた人々によって語られます。",
    "zh": "这座房子的历史由住在里面的人讲述，而且并不总是快乐的。",
    "he": "סיפורו של הבית מסופר על ידי אלה שגרו בו",
    "ru": "История дома рассказана теми, кто в нём жил, и это не всегда было так, как они хотели.",
}


@pytest.mark.parametrize("language", [*_TEXTS])
def test_languages_are_told_apart(language: str) -> None:
    assert guess(_TEXTS[language]) == language


def test_where_it_is_not_clear_nothing_is_said() -> None:
    assert guess("") == guess("Lorem ipsum") == guess("x1 y2 z3 " * 40) == ""


_SCRIPTS = {
    "ja": "ぁんァヶー",
    "ko": "가힣ᄀᆺ",
    "zh": "一的龥",
    "he": "את",
    "ar": "اي",
    "th": "กฮ",
    "el": "ΑΩαωή",
    "hi": "अहा",
}


@pytest.mark.parametrize("code", [*_SCRIPTS])
def test_a_script_tells_its_language_from_some_share_of_the_letters_on(code: str) -> None:
    least = {"ja": 5, "ko": 20, "zh": 20}.get(code, 30)
    for letter in _SCRIPTS[code]:
        assert guess(letter * 40) == code
        assert guess(letter * (least + 1) + "x" * (99 - least)) == code
        assert guess(letter * (least - 1) + "x" * (101 - least)) == ""
