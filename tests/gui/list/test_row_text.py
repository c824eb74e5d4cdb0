"""What a row says: short, harmless, and the same length as Qt counts."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from tests.gui.painted import row_saying

from reader.gui.list.row import plain, plain_part, text_of, units


def test_an_article_that_waits_says_so_and_one_without_a_site_names_its_author() -> None:
    assert "waiting" in text_of(row_saying(downloaded=False)).details
    assert " min" not in text_of(row_saying(downloaded=False)).details
    assert text_of(row_saying(site="")).details.startswith("Author · ")
    assert not text_of(row_saying(site="", byline="")).details.startswith(" · ")
    assert text_of(row_saying(missing=2, pictures=3)).details.endswith(" pictures")


def test_foreign_text_becomes_one_line_without_what_is_not_seen() -> None:
    assert plain("a\nb\tc\rd\u2028e\u2029f  g") == "a b c d e f g"
    assert plain("a\u202eb\u200bc\ufeffd\x00e\ue000f") == "abcdef"
    assert plain("نی\u200cخ") == "نی\u200cخ"
    assert plain_part(" ä\u202e b ") == " ä b "


def test_a_row_says_what_it_is() -> None:
    begun = row_saying(title="A\u202etitle\n\x07<b>", site="", opened_at="x", progress=0.3)
    said = text_of(begun)
    assert said.title == "Atitle <b>"
    assert said.details.startswith("Author · 1 min left · ")
    assert text_of(row_saying()).details.startswith("site.example · 2 min · ")
    assert text_of(row_saying(progress=1)).details.startswith("site.example · 2 min · ")
    assert not said.unread
    assert text_of(row_saying(downloaded=False)).details.startswith("site.example · waiting")
    assert text_of(row_saying(title="עברית English")).rtl
    assert text_of(row_saying(title="")).title == "Untitled"
    assert plain("a\u200db 👩‍👩‍👧") == "a\u200db 👩‍👩‍👧"


def test_lengths_and_details_are_exact() -> None:
    assert [units(each) for each in ("", "ab", "\uffff", "\U00010000", "a👩")] == [0, 2, 1, 2, 3]
    said = text_of(row_saying(downloaded=False)).details.split(" · ")
    assert said[:2] == ["site.example", "waiting"]
    assert len(said) == 3
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
