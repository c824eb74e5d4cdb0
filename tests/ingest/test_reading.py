"""Pages become one article: its parts joined, its pictures found, a person's rules obeyed."""

from reader.body.blocks import Given, Picture
from reader.body.caveats import caveats_of
from reader.body.from_html import body_of, from_html
from reader.body.to_html import to_html
from reader.body.to_text import pictures
from reader.ingest.reading import clipping, extracts, picture_finder, read, with_pictures
from reader.ingest.rules import Rules
from reader.ingest.sources import PageText
from reader.model import Caveat

_URL = "https://www.a.example/story"
_TEXT = "".join(
    f"<p>Sentence {n} of the part, with commas, and enough words to be one.</p>" for n in range(9)
)


def _page(inside: str, number: int = 1, head: str = "<title>The title</title>") -> PageText:
    text = _TEXT.replace("of the part", f"of part {number}")
    html = (
        f"<html lang=de dir=rtl><head>{head}</head><body><article>{text}{inside}</article></body>"
    )
    return PageText(html, f"{_URL}?page={number}")


def test_the_parts_of_an_article_are_joined_without_what_they_repeat() -> None:
    long, short = f"<p>{'Said before. ' * 3}x</p>", f"<p>{'Said before. ' * 3}</p>"
    made = read([_page(long + short, each) for each in (1, 2, 3)])
    html = to_html(made.body)
    assert [html.index(f"0 of part {n}") for n in (1, 2, 3)] == sorted(
        html.index(f"0 of part {n}") for n in (1, 2, 3)
    )
    assert html.count("Said before. x") == 1
    assert html.count("Said before.</p>") == 3
    assert (made.about.title, made.unsure) == ("The title", False)
    assert (made.body.language, made.body.direction) == ("de", "rtl")


def test_notes_of_several_parts_are_told_from_one_another() -> None:
    note = '<p>A claim.<sup><a href="#f1">1</a></sup></p><ol><li id="f1">The note {}.</li></ol>'
    made = read([_page(note.format(n), n) for n in (1, 2)])
    assert len({each.name for each in made.body.notes}) == 2
    html = to_html(made.body)
    assert html.count("The note 1.") == html.count("The note 2.") == 1


def test_a_page_without_an_article_is_shown_whole_and_doubted() -> None:
    made = read([PageText("<body><nav>Only <b>a menu</b>.</nav></body>", _URL)])
    assert "Only" in to_html(made.body)
    assert made.unsure


def test_rules_of_a_person_are_obeyed() -> None:
    page = _page("<p class='x'>One thing to take out.</p><aside class='y'>A thing to keep.</aside>")
    plain, ruled = (
        to_html(read([page], each).body) for each in (Rules(), Rules(("p.x",), (".y",)))
    )
    assert ("One thing" in plain, "A thing" in plain) == (True, False)
    assert ("One thing" in ruled, "A thing" in ruled) == (False, True)
    assert (
        read([page], extracted=extracts([page], Rules(("p.x",)))).body
        == read([page], Rules(("p.x",))).body
    )


def test_a_clipping_says_what_the_page_says_or_its_site() -> None:
    head = "<title>T\x07 of it</title><meta name=author content='Ann Able'>"
    head += "<meta property=og:site_name content=Paper>"
    made = clipping(read([_page("", 1, head)]), _URL)
    assert (made.url, made.title, made.byline, made.site) == (_URL, "T of it", "Ann Able", "Paper")
    assert (made.language, made.excerpt[:10], made.words) == ("de", "Sentence 0", 9 * 13)
    bare = clipping(read([_page("", 1, "")]), _URL, whole=False)
    assert (bare.title, bare.site) == ("a.example", "a.example")
    assert caveats_of(bare.html) == (Caveat.PARTIAL,)
    assert caveats_of(made.html) == ()
    long = clipping(read([_page("", 1, f"<meta name=description content='{'x' * 450}'>")]), _URL)
    assert long.excerpt == "x" * 400


def test_a_picture_is_the_one_that_is_known_under_its_address() -> None:
    address, other = "https://a.example/a.png", "https://a.example/b.png"
    known = {address: Picture("name.png"), other: None}
    picture = picture_finder(known)
    assert picture({"src": address, "alt": " A\n hill "}) == Picture(
        "name.png", alt="A hill", address=address
    )
    assert picture({"src": other}) is None
    missing = picture({"src": "https://a.example/c.png"})
    assert missing is not None
    assert (missing.name, missing.address) == ("", "https://a.example/c.png")
    beside = picture({"src": "c.png"})
    assert beside is not None
    assert beside.address == ""


def test_pictures_that_came_later_are_filled_in_and_dots_go() -> None:
    sources = [f"https://a.example/{each}.png" for each in "abc"]
    html = "".join(f'<p><img src="{each}" alt="x"></p>' for each in sources) + "<p>Words.</p>"
    body = from_html(html, picture=picture_finder({sources[2]: Picture("old.png")}))
    made = with_pictures(
        body, {sources[0]: Picture("new.png"), sources[1]: None, sources[2]: Picture("no.png")}
    )
    names = [
        run.name
        for block in made.blocks
        for run in getattr(block, "runs", ())
        if isinstance(run, Picture)
    ]
    assert names == ["new.png", "old.png"]
    assert len(made.blocks) == len(body.blocks) - 1
    assert to_html(made).count('alt="x"') == 2
    assert with_pictures(body, {}) == body


def test_pictures_keep_the_size_that_the_page_gives_when_they_are_filled_in() -> None:
    inside = (
        '<p>Press <img src="/a.png" width="16" height="16"> and wait, as <img src="/b.png" '
        'style="width:10.5ex"> says, beside <img src="/blank.gif" srcset="/c.png 1x, /d.png 2x"> '
        'and <img src="/e.png" alt="😀"> in the line.</p>'
    )
    body = read([_page(inside)]).body
    missing = {picture.address: picture.given for picture in pictures(body)}
    names = "".join(f"{address[-5]}" for address in missing)
    assert names == "abde"
    assert [*missing.values()] == [
        Given(16, 16), Given(5.25, 0, "em"), Given(2, 2, "x"), Given(0, 1, "em")
    ]  # fmt: skip
    home = {address: Picture("0" * 64 + ".png", 512, 512) for address in missing}
    filled = with_pictures(body, home)
    stored = body_of(to_html(filled))
    assert [picture.given for picture in pictures(stored)] == [*missing.values()]


def _posts(number: int, *posts: tuple[int, str]) -> PageText:
    boxes = "".join(
        f'<article class="js-post" data-author="Ada" id="post-{id}"><time datetime="2024-05-01">'
        f'May</time><article class="message-body"><p>{text}</p></article></article>'
        for id, text in posts
    )
    return PageText(f"<html><body>{boxes}</body></html>", f"{_URL}/page-{number}")


def test_the_pages_of_a_thread_are_joined_by_posts() -> None:
    same = "I saw the same thing happen there, and wrote it down in the same words."
    first = (1, "The weir opens at dawn, and nobody knows who opens it.")
    made = read([_posts(1, first, (2, same)), _posts(2, first, (3, same)), _posts(3, (4, same))])
    again = read([_posts(1, (1, "When?")), _posts(2, (1, "At dawn."))])  # numbers begin anew
    assert "At dawn." in to_html(again.body)
    html = to_html(made.body)
    assert html.count("The weir opens at dawn") == 1
    assert html.count(same) == 3
    places = [html.index(f'id="post-{n}"') for n in (1, 2, 3, 4)]
    assert places == sorted(places)


def test_lines_at_the_ends_of_an_article_and_lines_after_lines_are_dropped() -> None:
    page = f"<html><body><article><hr>{_TEXT}<hr><div><hr></div>{_TEXT}<hr></article></body></html>"
    reading = read([PageText(page, _URL)])
    kinds = [type(block).__name__ for block in reading.body.blocks]
    assert kinds == ["Paragraph"] * 9 + ["Rule"] + ["Paragraph"] * 9
