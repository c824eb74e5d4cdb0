"""What a row says: short, harmless, and the same length as Qt counts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.gui.painted import row_saying

from reader.gui.list.row import plain, plain_part, spoken, text_of, title_of, units


def test_an_article_that_waits_says_so_and_one_without_a_site_names_its_author() -> None:
    assert text_of(row_saying(downloaded=False)).details[0] == "waiting"
    assert text_of(row_saying(site="")).site == "Author"
    assert text_of(row_saying(site="", byline="")).site == ""
    assert text_of(row_saying(missing=2, pictures=3)).details[-1] == "1 of 3 pictures"


def test_foreign_text_becomes_one_line_without_what_is_not_seen() -> None:
    assert plain("a\nb\tc\rd\u2028e\u2029f  g") == "a b c d e f g"
    assert plain("a\u202eb\u200bc\ufeffd\x00e\ue000f") == "abcdef"
    assert plain("نی\u200cخ") == "نی\u200cخ"
    assert plain_part(" ä\u202e b ") == " ä b "


def test_a_row_says_what_it_is() -> None:
    begun = row_saying(title="A\u202etitle\n\x07<b>", site="", opened_at="x", progress=0.3)
    said = text_of(begun)
    assert (said.title, said.site) == ("Atitle <b>", "Author")
    assert said.details == ("1 min left", "Jan 2026")
    assert text_of(row_saying()).details == ("2 min", "Jan 2026")
    assert text_of(row_saying(progress=1)).details[0] == "2 min"
    assert not said.unread
    assert text_of(row_saying(title="עברית English")).rtl
    assert (
        text_of(row_saying(title="")).title == text_of(row_saying(title=" \n ")).title == "Untitled"
    )
    assert plain("a\u200db 👩‍👩‍👧") == "a\u200db 👩‍👩‍👧"


def test_only_a_text_that_was_read_to_its_end_is_finished() -> None:
    assert text_of(row_saying(progress=0.96)).finished
    assert not text_of(row_saying(progress=0.94)).finished
    assert not text_of(row_saying(progress=1, downloaded=False)).finished
    assert not text_of(row_saying(progress=1, words=0)).finished
    assert [text_of(row_saying(progress=each)).progress for each in (0, 0.5, 0.96)] == [0, 0.5, 0]


def test_a_title_of_ten_thousand_letters_is_cut_before_it_is_laid_out() -> None:
    assert len(text_of(row_saying(title="é" * 10_000)).title) == 400
    assert len(spoken(row_saying(title="word " * 2000), 1, 1)) < 500


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "Unread. Short title. site.example, 2 minutes, saved in January 2026. 4 of 1,024"),
        (
            {"progress": 0.55, "words": 2000, "favourite": True},
            "Short title. site.example, 55 percent read, 4 minutes left, saved in January 2026, "
            "favourite. 4 of 1,024",
        ),
        (
            {"progress": 1.0, "words": 200},
            "Read. Short title. site.example, 1 minute, saved in January 2026. 4 of 1,024",
        ),
        (
            {"downloaded": False, "site": "", "byline": "", "added_at": ""},
            "Unread. Short title. waiting for its text. 4 of 1,024",
        ),
    ],
)
def test_a_screen_reader_says_all_that_the_row_shows(row: dict[str, object], said: str) -> None:
    assert spoken(row_saying(**row), 4, 1024) == said


def test_lengths_are_exact() -> None:
    assert [units(each) for each in ("", "ab", "\uffff", "\U00010000", "a👩")] == [0, 2, 1, 2, 3]
    assert [plain_part(each) for each in ("", " ", " a", "a ", "\u202e", "\na\t")] == [
        "", " ", " a", "a ", "", " a ",
    ]  # fmt: skip


@given(
    st.text(st.sampled_from("ab \t\n\u202e\u200b\u200d\u2028\U00010000é\x00\ud800"), max_size=12)
)
def test_parts_put_together_say_what_the_whole_says(text: str) -> None:
    shown = plain(text)
    hidden = {"Cc", "Cf", "Cs", "Co", "Cn"}
    assert not any(unicodedata.category(each) in hidden for each in shown.replace("\u200d", ""))
    if not text.isascii():
        assert shown == shown.strip()
        assert "  " not in shown
    assert plain(shown) == shown
    part = plain_part(text)
    assert part.strip() == shown.strip()
    assert len(part) - len(part.strip()) <= 2
    assert units(part) == len(part.encode("utf-16-le")) // 2


@pytest.mark.parametrize("title", ["", "   ", "\t\n", "\u200d", "\u200b \u200c", "\u202e"])
def test_a_title_of_which_nothing_is_visible_is_untitled(title: str) -> None:
    assert title_of(title) == "Untitled"


def test_one_sign_is_a_title() -> None:
    assert title_of(" \N{SNOWMAN} ") == "\N{SNOWMAN}"
