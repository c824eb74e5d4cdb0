"""A page whole: its article and what is said of it, all that it shows."""

import pytest

from reader.ingest.extract.page import parse
from reader.ingest.extract.whole import extract, select, whole_page

_TEXT = "<p>Words of a text, with commas, and enough of them to be one.</p>" * 12


def _page(inside: str, head: str = "<title>The title</title>") -> str:
    return f"<html><head>{head}</head><body><article>{_TEXT}{inside}{_TEXT}</article></body></html>"


def test_all_that_a_page_shows_is_shown_and_its_boxes_are_plain() -> None:
    tags = ("nav", "footer", "header", "form", "fieldset", "article", "main", "section", "aside")
    boxes = "".join(f"<{each} class='x'>In {each}.</{each}>" for each in tags)
    made = whole_page(
        f"<html><body>{boxes}<p hidden>no</p><a href='b'>b</a></body>", "https://a.example/x"
    )
    shown = "".join(f"<div>In {each}.</div>" for each in tags)
    assert made == f'<body>{shown}<a href="https://a.example/b">b</a></body>'
    assert whole_page("", "") == ""


def test_what_a_selector_names_is_no_part_of_the_article() -> None:
    page = _page("<p class='x'>One thing.</p><div id='y'>Two.</div><p>Three.</p>")
    assert "One thing." in extract(page).html
    made = extract(page, without=["p.x", "#y", "body", "html", "article.none"]).html
    assert ("One" in made, "Two" in made, "Three" in made) == (False, False, True)


def test_the_page_itself_is_never_named() -> None:
    root = parse(_page(""))
    assert root is not None
    assert [each.tag for each in select(root, ["*"]) if each.tag in ("html", "body")] == []
    assert {each.tag for each in select(root, ["title", "article"])} == {"title", "article"}


def test_the_excerpt_is_what_the_page_says_or_its_first_paragraph() -> None:
    said = "<meta name='description' content='Said.'>"
    assert extract(_page("", said)).about.excerpt == "Said."
    assert (
        extract(_page("")).about.excerpt
        == "Words of a text, with commas, and enough of them to be one."
    )
    long = f"<html><body><article><p>{'x' * 1001}</p>{_TEXT}</article></body></html>"
    assert extract(long).about.excerpt == "x" * 1000


def test_only_a_saved_page_keeps_the_names_of_its_pictures() -> None:
    page = _page("<p><img src='a.png'></p>", "<base href='/deep/'>")
    assert 'src="https://a.example/deep/a.png"' in extract(page, "https://a.example/x").html
    assert 'src="a.png"' in extract(page, "https://a.example/x", saved=True).html


@pytest.mark.parametrize(
    "broken",
    [
        '<img src="data:image/png;base64,\0" srcset=",,, ,"><picture><source srcset>',
        "<iframe><iframe src><object><param name=movie><embed src='data:'>",
        '<svg viewBox="nan inf 1e999 -1" role="img"><rect fill="red"/><svg:a x:y="1"/>',
        '<script type="math/tex">\\frac{</script><script type="math/mml"><math></script>',
        '<mjx-container data-latex=""><mjx-container display><math></mjx-container>',
        '<span class="katex"><span class="katex-html"><span class="katex"><math>',
        '<a data-cfemail="zz" href="/cdn-cgi/l/email-protection#f">x</a>',
        '<blockquote class="bluesky-embed" data-bluesky-uri="at://"><blockquote class="fb-post">',
        '<img class="emoji" src="/ffffff-d800.png"><img class="emoji" alt="">',
        '<td class="caption">x</td><p class="caption">x<img><figure class="caption">x<img>',
    ],
)
def test_broken_pictures_frames_and_formulas_do_no_harm(broken: str) -> None:
    text = "".join(f"<p>Sentence {n}, with commas, and enough words.</p>" for n in range(20))
    found = extract(f"<article>{text}{broken}</article>", "https://example.org/a")
    assert "Sentence 19" in found.html
