"""Names that are given as data are whole; those on show lose the words around them."""

import pytest

from reader.ingest.extract.names import given_name, is_person, scraped_names
from reader.ingest.extract.page import parse


@pytest.mark.parametrize(
    "name",
    ["Di Wu", "Von Miller", "Nancy Friday", "王伟", "ANN ABLE", "Mai Kuraki", "Staff of the Paper",
     "Ann Able, MA", "Able, Ann", "von der Aue, Ann", "Reuters", "By-water, Ann", "April May 2"],
)  # fmt: skip
def test_a_given_name_is_whole(name: str) -> None:
    assert given_name(name) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("By Ann Able", "Ann Able"), ("Autor: Ann Able", "Ann Able"), ("文/ 山川草", "山川草"),
        ("Ann Able (https://example.org/ann)", "Ann Able"),
        ("Ann Able <ann@b.example>", "Ann Able"),
        ("ann@b.example (Ann Able)", "Ann Able"),
        ("Ann Able | The Paper", "Ann Able"), ("ann@b.example", ""), ("@ann", ""),
        ("https://b.example/ann", ""), ("www.b.example/ann", ""), ("Admin", ""), ("12345", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_given_name_is_no_address_and_not_nobody(said: str, name: str) -> None:
    assert given_name(said) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("By Ann Able", "Ann Able"), ("written by  Ann Able", "Ann Able"),
        ("by: Ann Able", "Ann Able"),
        ("Published by Ann Able", "Ann Able"), ("Author: Ann Able", "Ann Able"),
        ("文/ 山川草", "山川草"), ("Byron Able", "Byron Able"), ("Di Wu", "Di Wu"),
        ("Ann Able, Updated today", "Ann Able"), ("Ann Able - The Paper", "Ann Able"),
        ("Ann Able 3 May 2026", "Ann Able"), ("Ann Able Monday, 3 May", "Ann Able"),
        ("Nancy Friday", "Nancy Friday"), ("Ann Able @ann", "Ann Able"),
        ("Ann Able on behalf of a club", "Ann Able"), ("3 May 2026 by Ann Able", "Ann Able"),
        ("Dec. 19, 2026 · Ann Able", "Ann Able"), ("ANN ABLE", "ANN ABLE"),
        ("Ann Able, science correspondent", "Ann Able"),
        ("Ann Able, MD, Paris", "Ann Able, MD, Paris"),
        ("Ann Able, Ben Bold and others", "Ann Able, Ben Bold and others"),
        ("Ann Able, Staff Writer", "Ann Able"), ("王伟", "王伟"),
        ("Ann Able and Ben Bold", "Ann Able and Ben Bold"),
        ("Text: Ann Able · Photos: Ben Bold", "Ann Able"),
        ("Ann Able is a writer who lives in Paris", ""),
        ("Photo: Ann Able", ""), ("3 May", ""), ("The Author", ""), ("View all posts", ""),
        ("https://b.example/ann", ""), ("Al", ""), ("12345", ""), ("x" * 100, ""), ("", ""),
    ],
)  # fmt: skip
def test_a_name_on_show_is_without_what_stands_around_it(said: str, name: str) -> None:
    assert ", ".join(scraped_names(said, "en")[:1]) == name


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Von Ann Able"), ("fr-FR", "Par Ann Able"), ("it", "di Ann Able"),
     ("es", "Por Ann Able"), ("nl", "door Ann Able"), ("sv", "Av Ann Able")],
)  # fmt: skip
def test_the_word_before_a_name_is_that_of_the_language(language: str, said: str) -> None:
    assert scraped_names(said, language) == ["Ann Able"]
    assert scraped_names(said, "en") == [said]


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<a>Ann Able</a>, <a>Ben Bold</a>", ["Ann Able", "Ben Bold"]),
        ("By <b>Ann Able</b> and <i>Ben Bold</i>", ["Ann Able", "Ben Bold"]),
        ("By Ann Able and <i>Ben Bold</i>", ["Ann Able", "Ben Bold"]),
        ("<a class=x>Ann Able</a><a class=x>Ben Bold</a>", ["Ann Able", "Ben Bold"]),
        ("<a>Ann Able</a><span>Senior Reporter</span>", ["Ann Able"]),
        ("<b>J</b><i>joan</i><p>Posts: 116</p>", ["joan"]),
        ("<span>3 May 2026</span><span>Written by</span><a>Ann Able</a>", ["Ann Able"]),
        ("<script>var x</script><a>Ann Able</a>", ["Ann Able"]),
    ],
)  # fmt: skip
def test_the_names_in_a_box_are_the_first_and_those_joined_to_it(
    html: str, names: list[str]
) -> None:
    root = parse(f"<div id=by>{html}</div>")
    assert root is not None
    box = root.find(".//div[@id='by']")
    assert box is not None
    assert scraped_names(box, "en") == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Able", ["Ann Able"]), ("by: Ann Able, Dec 17, 2026", ["Ann Able"]),
        ("by Ann Able - 2026-09-13 Updated: 2026-09-13", ["Ann Able"]), ("By 2030 or so", []),
        ("By the time we came", []), ("Ann Able", []), ("", []),
    ],
)  # fmt: skip
def test_a_signed_line_begins_with_a_word_and_a_person(line: str, names: list[str]) -> None:
    assert scraped_names(line, "en", signed=True)[:1] == names


def test_a_person_has_few_words_with_capitals() -> None:
    for name in ("Ann Able", "王伟", "Ludwig van Bold", "Ann Able and Ben Bold", "A. B. Cole"):
        assert is_person(name)
    for name in ("", "ann able", "Ann 3", "One Two Three Four Five Six", "The weather today"):
        assert not is_person(name)
