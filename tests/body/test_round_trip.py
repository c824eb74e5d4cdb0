"""Whatever is read can be written and read again, whole or by lines, and says the same."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.body.bodies import bodies

from reader.body.blocks import (
    Body,
    Definitions,
    Heading,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Text,
)
from reader.body.from_html import from_html, parts, stored_pictures
from reader.body.to_html import to_html
from reader.body.to_text import count_words, excerpt, pictures, to_text


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies)
def test_a_body_is_read_back_as_it_was_written(body: Body) -> None:
    html = to_html(body)
    assert from_html(html) == body
    assert tuple(parts(html)) == body.blocks
    assert to_html(from_html(html)) == html


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies)
def test_the_stored_pictures_are_found_without_a_parser(body: Body) -> None:
    known = [each._replace(link="") for each in pictures(body) if each.name]
    assert [*stored_pictures(to_html(body))] == known


def test_stored_pictures_have_their_size_text_and_address_and_text_is_none() -> None:
    name, address = "a" * 64 + ".png", 'https://example.org/"a"?b&c=<d>'
    stored = Picture(name, 30, 20, 'An "old" <b> & a\nline', address=address)
    missing = stored._replace(name="")
    text = Text(f'<img src="{name}" alt="" data-address="https://example.org/x">')
    note = Note("n", (Paragraph((stored._replace(alt="In a note"),)),))
    body = Body(
        (Paragraph((text, NoteMark("n"), missing, stored._replace(link=address))),), (note,)
    )
    found = [*stored_pictures(to_html(body))]
    assert [each.address for each in found] == [address] * 2
    assert [(each.name, each.width, each.height, each.link) for each in found] == [
        (name, 30, 20, "")
    ] * 2
    assert [each.alt for each in found] == ['An "old" <b> & a line', "In a note"]


def test_language_direction_and_notes_are_kept() -> None:
    body = Body(
        (Paragraph((Text("Text"), NoteMark("fn:1"), Text(" more."))),),
        (Note("fn:1", (Paragraph((Text("The note."),)),)),),
        "he",
        "rtl",
    )
    html = to_html(body)
    assert from_html(html) == body
    assert tuple(parts(html)) == (*body.blocks, *body.notes)
    assert to_text(body) == "Text[1] more.\n\n[1] The note."


_soup = st.lists(
    st.sampled_from(
        "<p> </p> <div> </div> <b> </b> <i> <li> <ul> </ul> <ol> <table> <tr> <td> <th> </table> "
        "<blockquote> <pre> </pre> <code> <h2> </h2> <a\thref='#x'> <a\thref='javascript:x'> </a> "
        "<img\tsrc=/etc/passwd> <br> <hr> <figure> <figcaption> <dl> <dt> <dd> <script> </script> "
        "<sup> <svg> <style> &amp; &#0; text".split(" ")
    ).map(lambda tag: tag.replace("\t", " ")),
    max_size=40,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(_soup)
def test_tag_soup_never_raises_and_settles_at_once(html: str) -> None:
    body = from_html(html)
    written = to_html(body)
    assert from_html(written) == body
    assert tuple(parts(written)) == (*body.blocks, *body.notes)
    assert 'href="javascript' not in written
    assert "<script" not in written
    assert 'src="/' not in written


def test_words_are_counted_in_every_script() -> None:
    def words(text: str) -> int:
        return count_words(Body((Paragraph((Text(text),)),)))

    assert words("One two, three-four five's.") == 4
    assert words("漢字漢字") == 2
    assert words("") == 0


def test_an_excerpt_ends_between_words() -> None:
    body = Body((Heading(1, (Text("Title"),)), Paragraph((Text("word " * 100),))))
    assert len(excerpt(body, 50)) <= 51
    assert excerpt(body, 50).endswith("word…")


def test_blocks_of_different_kinds_are_never_equal() -> None:
    quote, rule = Quote(()), Rule()
    others: tuple[object, ...] = (Definitions(()), Paragraph(()), Body())
    assert rule == Rule()
    assert all(quote != other and rule != other for other in others)
    assert all((rule, quote, *others))
