"""What paper asks of a text."""

from reader.body.blocks import Block, Body, Note
from reader.body.from_markdown import from_markdown
from reader.body.to_text import to_text
from reader.printing.adapt import SOFT_HYPHEN, for_paper
from reader.sheet import Links, Sheet


def _said(markdown: str, sheet: Sheet, language: str = "en", prefix: str = "") -> str:
    body = from_markdown(markdown)
    parts = list(for_paper(iter((*body.blocks, *body.notes)), sheet, language, prefix))
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
