"""What paper asks of a text."""

import pytest

from reader.body.blocks import (
    Block,
    Body,
    Code,
    Figure,
    Heading,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Rule,
    Style,
    Text,
)
from reader.body.from_markdown import from_markdown
from reader.body.to_text import to_text
from reader.document.hyphenation import SOFT_HYPHEN
from reader.printing.adapt import Part, for_paper
from reader.sheet import Links, Notes, Sheet


def _said(markdown: str, sheet: Sheet, language: str = "en", prefix: str = "") -> str:
    body = from_markdown(markdown)
    parts = [x for x in for_paper(iter((*body.blocks, *body.notes)), sheet, language, prefix) if x]
    blocks: list[Block] = [each for each in parts if not isinstance(each, Note)]
    notes = [each for each in parts if isinstance(each, Note)]
    return to_text(Body(tuple(blocks), tuple(notes)))


def test_words_may_be_divided_in_their_language() -> None:
    text = "Donaudampfschifffahrt und international"
    german = _said(text, Sheet(hyphenated=True), "de")
    assert german.replace(SOFT_HYPHEN, "") == text
    assert f"Do{SOFT_HYPHEN}nau" in german
    assert SOFT_HYPHEN in _said("international", Sheet(hyphenated=True), "en-GB")
    assert SOFT_HYPHEN not in _said("international", Sheet(hyphenated=True), "xx")
    assert SOFT_HYPHEN not in _said("international", Sheet(hyphenated=False))


def test_code_is_never_divided() -> None:
    text = "`international_communication`\n\n```\ninternational\n```"
    assert SOFT_HYPHEN not in _said(text, Sheet(hyphenated=True))


def test_links_are_numbered_and_the_same_address_has_one_number() -> None:
    text = (
        "[a](https://example.org/x) [b](https://example.org/y) [c](https://example.org/x) [d](#e)"
    )
    said = _said(text, Sheet(links=Links.NUMBERED)).replace("\u200b", "")
    assert said.startswith("a[1] b[2] c[1] d")
    assert said.endswith("Links\n\n[1] https://example.org/x\n\n[2] https://example.org/y")


def test_a_link_of_several_runs_has_one_number() -> None:
    said = _said("[one **two** three](https://example.org/x)", Sheet(links=Links.NUMBERED))
    assert said.startswith("one two three[1]")


def test_without_pictures_their_captions_stay() -> None:
    text = "words ![inline](a.png) more\n\n![alone](b.png)\n\nend"
    said = _said(text, Sheet(pictures=False))
    assert said == "words more\n\nend"


def test_places_have_a_prefix_so_that_articles_do_not_meet() -> None:
    body = from_markdown("## Head {#there}\n\n[go](#there)[^1]\n\n[^1]: note")
    parts = list(for_paper(iter((*body.blocks, *body.notes)), Sheet(), "", "a7-"))
    text = repr(parts)
    assert "'#a7-there'" in text or "#a7-" in text
    assert "NoteMark(note='a7-" in text
    assert "Note(name='a7-" in text


def _parts(sheet: Sheet, *parts: Part, language: str = "en", prefix: str = "") -> list[Part]:
    return [each for each in for_paper(iter(parts), sheet, language, prefix) if each]


def _number(number: int, link: str) -> Text:
    return Text(f"[{number}]", Style.SUP, link, added=True)


def _broken(text: str) -> str:
    return text.replace("|", "\N{ZERO WIDTH SPACE}")


def test_every_way_out_of_the_article_has_a_number_and_ways_inside_have_none() -> None:
    picture = Picture("a.png", 3, 2, "alt", "http://example.org/p_q")
    runs = (
        Text("a", Style.STRONG, "https://example.org/x?y=1"), Text("b", Style.PLAIN, "#inside"),
        picture, Text(" "), Text("c", Style.PLAIN, "mailto:me@example.org"), NoteMark("n"),
        Text("d", Style.PLAIN, "http://example.org/p_q"),
    )  # fmt: skip
    assert _parts(Sheet(links=Links.NUMBERED), Paragraph(runs)) == [
        Paragraph(
            (
                runs[0], _number(1, "https://example.org/x?y=1"), runs[1],
                picture, _number(2, "http://example.org/p_q"), runs[3],
                runs[4], _number(3, "mailto:me@example.org"), runs[5],
                runs[6], _number(2, "http://example.org/p_q"),
            )
        ),
        Heading(4, (Text("Links"),)),
        *(
            Paragraph((Text(f"[{number}] ", Style.SMALL), Text(shown, Style.SMALL, link)))
            for number, shown, link in (
                (1, _broken("https://|example.|org/|x?|y=|1"), "https://example.org/x?y=1"),
                (2, _broken("http://|example.|org/|p_|q"), "http://example.org/p_q"),
                (3, _broken("me@example.|org"), "mailto:me@example.org"),
            )
        ),
    ]  # fmt: skip


def test_links_in_notes_are_numbered_with_those_of_the_text_and_only_if_wanted() -> None:
    link = Text("a", Style.PLAIN, "https://example.org/")
    parts = (Paragraph((link,)), Note("n", (Paragraph((link,)),)))
    number = _number(1, link.link)
    numbered = _parts(Sheet(links=Links.NUMBERED), *parts)
    assert numbered[:2] == [
        Paragraph((link, number)),
        Note("n", (Paragraph((link, number)),)),
    ]
    assert len(numbered) == 4
    for links in (Links.PLAIN, Links.UNDERLINED):
        assert _parts(Sheet(links=links), *parts) == [*parts]
    quiet = Paragraph((Text("a"),))
    assert _parts(Sheet(links=Links.NUMBERED), quiet) == [quiet]


@pytest.mark.parametrize(
    ("word", "divided"),
    [
        ("ideas", "ideas"), ("reader", "reader"), ("letter", "let-ter"), ("table4me", "table4me"),
        ("Tables, letters", "Tables, let-ters"), ("in_ternational", "in_terna-tional"),
    ],
)  # fmt: skip
def test_words_are_divided_as_the_language_does(word: str, divided: str) -> None:
    sheet = Sheet(hyphenated=True)
    assert _said(word, sheet).replace(SOFT_HYPHEN, "-") == divided


def test_two_letters_stay_before_a_hyphen_and_three_behind() -> None:
    words = "about energy alone emotion idealistic Ufer Abend aberwitzig Oberfläche".split()
    for language in ("de-AT", "en"):
        for word in words:
            parts = _said(word, Sheet(hyphenated=True), language).split(SOFT_HYPHEN)
            assert len(parts) == 1 or (len(parts[0]) >= 2 <= len(parts[-1]) - 1), parts


def test_without_a_language_nothing_is_divided() -> None:
    assert _said("international", Sheet(hyphenated=True), "") == "international"


def test_without_pictures_words_beside_them_stay_and_empty_frames_go() -> None:
    picture, space, words = Picture("a.png", 3, 2), Text(" \n"), Text("words")
    parts: list[Part] = [
        Paragraph((picture, space, picture)),
        Paragraph((words, picture)),
        Paragraph((NoteMark("n"), picture)),
        Figure((Paragraph((picture,)), Paragraph((picture,))), (Text("caption"), picture)),
        Figure((Paragraph((picture,)),), ()),
        Figure((Paragraph((words, picture)), Paragraph((picture,))), (Text("of both"),)),
        Figure((Code("x"),), (Text("listing"),)),
        Rule(),
        Note("n", (Paragraph((words, picture)),)),
    ]
    assert _parts(Sheet(pictures=False), *parts) == [
        Paragraph((words,)),
        Paragraph((NoteMark("n"),)),
        Paragraph((Text("caption"),)),
        Figure((Paragraph((words,)), Paragraph(())), (Text("of both"),)),
        Figure((Code("x"),), (Text("listing"),)),
        Rule(),
        Note("n", (Paragraph((words,)),)),
    ]
    assert _parts(Sheet(), *parts) == parts


def test_a_prefix_goes_before_all_names_of_places_and_nothing_else() -> None:
    link = Text("out", Style.PLAIN, "https://example.org/#there")
    parts = (
        Heading(2, (Text("head"),), "there"),
        Paragraph((Text("go", Style.PLAIN, "#there"), link, NoteMark("n")), "here"),
        Note("n", (Paragraph((Text("back", Style.PLAIN, "#here"),)),)),
    )
    assert _parts(Sheet(), *parts) == [*parts]
    assert _parts(Sheet(), *parts, prefix="a7-") == [
        Heading(2, (Text("head"),), "a7-there"),
        Paragraph((Text("go", Style.PLAIN, "#a7-there"), link, NoteMark("a7-n")), "a7-here"),
        Note("a7-n", (Paragraph((Text("back", Style.PLAIN, "#a7-here"),)),)),
    ]


def test_a_missing_picture_is_printed_only_if_the_page_has_words_for_it() -> None:
    file, silent, told = (Picture("", alt=alt) for alt in ("IMG_2001.jpg", "", "A harbour"))
    parts: list[Part] = [
        Paragraph((file,)),
        Paragraph((Text("words"), silent, told)),
        Figure((Paragraph((silent,)),), (Text("caption"),)),
        Figure((Paragraph((told,)),), (Text("caption"),)),
        Note("n", (Paragraph((Text("a"), file)),)),
    ]
    assert _parts(Sheet(), *parts) == [
        Paragraph((Text("words"), told)),
        Paragraph((Text("caption"),)),
        Figure((Paragraph((told,)),), (Text("caption"),)),
        Note("n", (Paragraph((Text("a"),)),)),
    ]


def test_notes_are_left_out_with_their_marks_if_the_sheet_has_none() -> None:
    text = "one[^a] two\n\n- three[^b]\n\n[^a]: first\n[^b]: second\n"
    assert _said(text, Sheet(notes=Notes.OFF)) == _said("one two\n\n- three", Sheet())
    assert "first" in _said(text, Sheet(notes=Notes.FOOT))
    body = from_markdown(text)
    parts = [*body.blocks, *body.notes]
    made = [*for_paper(iter(parts), Sheet(notes=Notes.OFF))]
    assert [part is None for part in made] == [isinstance(part, Note) for part in parts]
