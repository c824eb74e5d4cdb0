"""Search: what is in an article finds it, whatever happens to it and whatever is typed."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.library.conftest import add_text, ask, marked_text

from reader.anchor import Anchor
from reader.library.library import Library
from reader.library.search import tokenize, vocabulary
from reader.library.search.query_parser import Between, Clause, Named, Question, Words, question
from reader.model import Clipping, State

# ---- words


@pytest.fixture
def shelf(library: Library) -> Library:
    add_text(library, "The bees of the old city.", "Bees", byline="Ann Lee", site="Daily News")
    add_text(library, "A city without gardens, and bees nowhere.", "Concrete")
    add_text(library, "The old gardens; naïve, co-operative.", "Green", language="de-CH")
    return library


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bees", {1, 2}),
        ("BEES city", {1, 2}),
        ("bees old", {1}),
        ('"old city"', {1}),
        ('"city old"', set()),
        ("“old city”", {1}),
        ("bees -old", {2}),
        ('gardens -"old gardens"', {2}),
        ("old OR gardens", {1, 2, 3}),
        ("old OR concrete -green", {1, 2}),
        ("naive", {3}),
        ("NAÏVE", {3}),
        ("co-operative", {3}),
        ("gard*", {2, 3}),
        ("g*", {2, 3}),
        ("gard", set()),
        ("title:bees", {1}),
        ("-title:bees bees", {2}),
        ("title:bees OR title:green", {1, 3}),
        ("author:lee", {1}),
        ("site:news", {1}),
        ("site:example.org bees", {1, 2}),
        ("text:concrete", set()),
        ("lang:de", {3}),
        ("lang:de OR concrete", {2, 3}),
        ("lang:d", set()),
        ("nothing:here", set()),
        ("-lang:de", {1, 2}),
        ("-bees", {3}),
        ("bees AND old", {1}),
        ("(bees)", {1, 2}),
        ("", set()),
        ("!!!", set()),
        ("bees !!!", {1, 2}),
    ],
)
def test_a_question_finds_what_it_says(shelf: Library, text: str, found: set[int]) -> None:
    assert set(ask(shelf, text)) == found


def test_words_of_the_title_count_more_than_words_of_the_text(library: Library) -> None:
    inside = [add_text(library, f"On bees, chapter {n}.", "Something") for n in range(3)]
    about = add_text(library, "A chapter.", "On bees")
    later = add_text(library, "On bees, one more.", "Something")
    assert ask(library, "bees") == [about, later, *reversed(inside)]
    assert ask(library, "bees", limit=2) == [about, later]


@pytest.mark.parametrize(
    ("text", "part", "mark"),
    [
        ("これは日本語の文章です。", "日本", "[日本]"),
        ("これは日本語の文章です。", "本語の文", "[本語の文]"),
        ("これは日本語の文章です。", "日", "[日]"),
        ("これは日本語の文章です。", "す", "[す]"),
        ("北京大学的学生", "大学", "[大学]"),
        ("서울에서 만나요", "에서", "[에서]"),
        ("ภาษาไทยเป็นภาษา", "ไทย", "[ไทย]"),
        ("ភាសាខ្មែរ", "ខ្មែ", "[ខ្មែ]"),
        ("iPhone用ケース", "iphone用", "[iPhone用]"),
        ("ﾊﾝｶｸ ではない", "ハンカク", ""),
        ("हिन्दी में", "हिन्दी", "[हिन्दी]"),
        ("Größe und Maß", "grosse OR größe", "[Größe]"),
    ],
)
def test_every_script_is_found_inside_its_words(
    library: Library, text: str, part: str, mark: str
) -> None:
    id = add_text(library, text)
    add_text(library, "京 大 語 ไ ท ย")
    assert ask(library, part) == [id]
    assert ask(library, part, typing=True) == [id]
    assert mark in marked_text(library, id, part)


@given(st.text(alphabet="日本語文章のテスト aé.", min_size=1, max_size=12), st.data())
@settings(max_examples=60, deadline=None)
def test_every_part_of_a_text_stands_in_a_row_in_its_index(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    part = data.draw(st.integers(start + 1, len(text)))
    wanted = text[start:part]
    assume(not any(each.isascii() or each == "é" for each in wanted))
    entered, asked = tokenize.indexed(text).split(), tokenize.asked(wanted).split()
    *whole, last = asked
    assert any(
        entered[at : at + len(whole)] == whole
        and entered[at + len(whole) : at + len(asked)]
        and entered[at + len(whole)].startswith(last)
        for at in range(len(entered))
    )


# ---- fields


def test_states_and_marks_of_a_person_are_found(library: Library) -> None:
    first, second, third, fourth = (add_text(library, "same") for _ in range(4))
    library.set_state([second], State.ARCHIVE, done=True)
    library.set_state([third], State.TRASH)
    library.set_favourite([first], True)
    library.reading_log.count_view(first)
    library.reading_log.count_view(second)
    library.reading_log.keep_position(second, Anchor(3), 0.4)
    library.tags.add([first, fourth], "Long Reads")
    waiting = library.add(Clipping("https://example.org/later", title="same")).id
    for text, found in {
        "same": {first, second, fourth, waiting},
        "is:queue": {first, fourth, waiting},
        "is:archived": {second},
        "is:archive same": {second},
        "is:trash": {third},
        "is:fav": {first},
        "is:unread": {first, fourth, waiting},
        "is:opened": {first, second},
        "is:read": {second},
        "read:today": {second},
        "-read:today": {first, fourth, waiting},
        "is:waiting": {waiting},
        "is:downloaded -is:read": {first, fourth},
        'tag:"long reads"': {first, fourth},
        "tag:long*": {first, fourth},
        "tag:long": set(),
        'same -tag:"LONG READS"': {second, waiting},
        "has:tag": {first, fourth},
        "has:highlight": set(),
        "has:note": set(),
        "views:>0": {first, second},
        "views:0": {fourth, waiting},
        "is:fav OR is:read": {first, second},
        "is:fav OR is:trash": {first, third},
    }.items():
        assert set(ask(library, text)) == found, text


def test_a_tag_finds_what_lies_within_it(library: Library) -> None:
    inner, outer, other = (add_text(library, "text") for _ in range(3))
    library.tags.add([inner], "art/painting")
    library.tags.add([outer], "art")
    library.tags.add([other], "artful")
    assert set(ask(library, "tag:art")) == {inner, outer}
    assert set(ask(library, "text tag:art*")) == {inner, outer, other}
    assert ask(library, "-tag:art") == [other]


def test_a_language_finds_its_kinds(library: Library) -> None:
    plain, british, other = (add_text(library, "text", language=x) for x in ("en", "en-GB", "eo"))
    assert set(ask(library, "lang:en")) == {plain, british}
    assert ask(library, "lang:en-gb") == [british]
    assert set(ask(library, "lang:e", typing=True)) == {plain, british, other}
    assert ask(library, "-lang:en") == [other]


def test_numbers_dates_and_pictures_are_found(library: Library) -> None:
    name = "a" * 64 + ".png"
    short = add_text(library, "x", words=500, published_at="2024-01-31", pictures=(name,))
    long = add_text(library, "x", words=2500, published_at="2024-02-01T10:00:00Z")
    for text, found in {
        "words:>2000": {long},
        "words:<2500": {short},
        "words:<=2500": {short, long},
        "words:2k": set(),
        "words:400..2499": {short},
        "published:2024": {short, long},
        "published:2024-01": {short},
        "published:<2024-02": {short},
        "published:>2024-01": {long},
        "published:>=2024-01": {short, long},
        "published:<2024-02-01": {short},
        "published:<=2024-02-01": {short, long},
        "published:2023..2024-01": {short},
        "published:<1y": {short, long},
        "added:today": {short, long},
        "added:7d": {short, long},
        "added:<today": set(),
        "opened:<2030": set(),
        "has:image": {short},
        "-has:image": {long},
    }.items():
        assert set(ask(library, text)) == found, text


def test_a_field_alone_shows_the_newest_first(library: Library) -> None:
    ids = [add_text(library, "x") for _ in range(5)]
    assert ask(library, "is:queue", limit=3) == ids[:1:-1]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("a:b", (Clause((Words("a:b"),)),)),
        ("tag:", (Clause((Words("tag:"),)),)),
        ("is:nonsense", (Clause((Words("is:nonsense"),)),)),
        ("added:soon", (Clause((Words("added:soon"),)),)),
        ("words:>many", (Clause((Words("words:>many"),)),)),
        ("OR a", (Clause((Words("OR"),)), Clause((Words("a"),)))),
        ("a OR", (Clause((Words("a"),)), Clause((Words("OR"),)))),
        ("- a", (Clause((Words("-"),)), Clause((Words("a"),)))),
        ("a a a", (Clause((Words("a"),)),)),
        ("published:7d", (Clause((Between("published_at", "2025-05-25", "~"),)),)),
        ("published:yesterday", (Clause((Between("published_at", "2025-05-31", "2025-05-31~"),)),)),
        ("TAG:Café", (Clause((Named("tag", "café"),)),)),
        ("タグ：日本", (Clause((Words("タグ:日本"),)),)),
    ],
)
def test_what_is_not_understood_is_looked_for_as_words(
    text: str, clauses: tuple[Clause, ...]
) -> None:
    assert question(text, today=date(2025, 6, 1)).clauses == clauses


def test_a_field_that_is_being_typed_narrows_nothing_yet(shelf: Library) -> None:
    for text in ("tag:", "added:20", "is:", "is:unr", "has:i", "words:>", "title:", "OR", "-is:un"):
        assert set(ask(shelf, f"bees {text}", typing=True)) == {1, 2}, text


# ---- while a person types


def test_the_last_word_stands_for_all_that_begin_so_while_it_is_typed(shelf: Library) -> None:
    assert set(ask(shelf, "gard", typing=True)) == {2, 3}
    assert set(ask(shelf, "bees cit", typing=True)) == {1, 2}
    assert set(ask(shelf, "title:conc", typing=True)) == {2}
    assert set(ask(shelf, '"the old ci', typing=True)) == {1, 3}
    assert set(ask(shelf, '"old gard', typing=True)) == {3}
    assert set(ask(shelf, "lang:d", typing=True)) == {3}
    assert ask(shelf, "gard ", typing=True) == []
    assert ask(shelf, "bee city", typing=True) == []
    assert set(ask(shelf, "city q", typing=True)) == {1, 2}
    assert ask(shelf, "city qu", typing=True) == ask(shelf, "city q ", typing=True) == []


def test_a_few_letters_find_the_newest_first(library: Library) -> None:
    ids = [add_text(library, f"word{n}", "walk" if n == 3 else "") for n in range(8)]
    assert ask(library, "w", typing=True) == ids[::-1]
    assert ask(library, "wo", typing=True, limit=3) == ids[:4:-1]


def test_frequent_words_of_a_crowd_are_known(library: Library) -> None:
    for n in range(3):
        add_text(library, " ".join(f"aa{m:04}" for m in range(600)) + " aazebra" * (n + 1))
    add_text(library, "aazebra aardvark")
    library.search.rebuild()
    with library._database.reading() as connection:
        crowd = dict(vocabulary.completions(connection, "aa", 100))
        few = dict(vocabulary.completions(connection, "aar", 100))
    assert len(crowd) == 100
    assert crowd["aazebra"] == 4
    assert few == {"aardvark": 1}
    assert len(ask(library, "aa", typing=True)) == 4


def test_suggestions_go_on_with_what_the_library_has(shelf: Library) -> None:
    shelf.tags.add([1, 2], "Long Reads")
    shelf.tags.add([3], "later")
    for text, suggested in {
        "bees ta": ["bees tag:"],
        "tag:l": ['tag:"Long Reads"', "tag:later"],
        'tag:"long r': ['tag:"Long Reads"'],
        "-is:un": ["-is:unread"],
        "site:d": ['site:"Daily News"'],
        "author:l": ['author:"Ann Lee"'],
        "lang:": ["lang:de-ch"],
        "has:i": ["has:image"],
        "added:tod": ["added:today"],
        "bees": [],
        "tag:zzz": [],
        "nothing:x": [],
        "": [],
    }.items():
        assert shelf.search.suggestions(text) == suggested, text


# ---- what was found


def test_a_snippet_shows_where_most_of_what_was_asked_is(library: Library) -> None:
    filler = "nothing of it here " * 40
    id = add_text(
        library, f"Honey. {filler}</p><p>Bees make <em>hon</em>ey &amp; wax.</p><p>{filler}"
    )
    shown = marked_text(library, id, "bees honey")
    assert "[Bees] make [honey] & wax." in shown
    assert shown.startswith("…") and shown.endswith("…")
    assert len(shown) < 250
    assert marked_text(library, id, "tag:none").startswith("") and "[" not in marked_text(
        library, id, "x"
    )


def test_a_snippet_of_a_text_without_spaces_goes_on_after_what_was_asked(library: Library) -> None:
    id = add_text(library, "あいうえお" * 100 + "東京都に住んでいます" + "かきくけこ" * 100)
    shown = marked_text(library, id, "東京")
    assert "お[東京]都に住んでいますかきくけこ" in shown
    assert 150 < len(shown) < 250


def test_long_texts_with_many_marks_are_marked_to_their_end(library: Library) -> None:
    id = add_text(library, "é a b " * 40_000 + "</p><p>Ende über alles")
    assert library.search.words_on_page(id, question("a über")) == ("über", "a")
    assert "[a]" in marked_text(library, id, "a* b*")


def test_marks_are_the_words_as_they_are_written(library: Library) -> None:
    id = add_text(library, "Cafés, a CAFÉ, the cafe; <b>café society</b>. 東京都", "The Café")
    assert library.search.words_on_page(id, question("cafe")) == ("CAFÉ", "cafe", "café")
    assert library.search.words_on_page(id, question('"cafe society"')) == ("café society",)
    assert library.search.words_on_page(id, question("caf*")) == ("Cafés", "CAFÉ", "cafe", "café")
    assert library.search.words_on_page(id, question("東京 -cafe is:queue")) == ("東京",)
    assert library.search.words_on_page(id, question("title:cafe")) == ()
    (found,) = library.search.found([id], question("title:cafe"))
    assert found.title == (("The ", False), ("Café", True))


# ---- nothing that is typed is wrong


@given(st.text(max_size=60), st.booleans())
@settings(max_examples=100, deadline=None)
def test_nothing_that_is_typed_raises(tmp_path_factory: object, text: str, typing: bool) -> None:
    library = _one_for_all(tmp_path_factory)
    asked = question(text, typing=typing)
    library.search.found(library.search.ids(asked), asked)
    library.search.suggestions(text)


@pytest.mark.parametrize(
    "text",
    [
        '"', '""', '"""', "'", "*", "-", "--", "^a", "a^b", "NEAR(a b)", "a AND", "NOT", "OR OR",
        "{a b}: c", "a : b", "+a", "a + b", "((((", "a\0b", "\ud800", "title:", 'title:"',
        "title:*",
        "-title:-", "tag:%", "site:*", "a" * 5000, "a " * 5000, "(" * 5000, '"a ' * 500, "\u200b",
        "%_\\", "'; DROP TABLE article; --", "added:>", "added:9999-99", "words:999999999999",
        "added:9999y", "words:..", "added:2024..", "ｔｉｔｌｅ：ｂ", "日" * 2000, "e\u0301" * 100,
    ],
)  # fmt: skip
def test_strange_questions_only_find_little(shelf: Library, text: str) -> None:
    for typing in (False, True):
        asked = question(text, typing=typing)
        ids = shelf.search.ids(asked)
        assert len(shelf.search.found(ids, asked)) == len(ids)
        shelf.search.suggestions(text)
    assert shelf.counts().total == 3


def test_the_card_of_questions_tells_of_every_field() -> None:
    from reader.library.search import query_parser

    card = Question.__doc__ or ""
    for name in (
        *query_parser.TEXTS,
        *query_parser.DATES,
        *query_parser.NUMBERS,
        *query_parser.NAMED,
    ):
        assert f"{name}:" in card or name in ("by", "saved"), name
    for field in ("is", "has"):
        for name in query_parser.NAMED[field]:
            assert name in card, name


_shared: list[Library] = []


def _one_for_all(factory: object) -> Library:
    if not _shared:
        folder = factory.mktemp("shared")  # type: ignore[attr-defined]
        _shared.append(Library.open(folder))
        add_text(_shared[0], "some words 日本語 Größe", "A title")
    return _shared[0]
