"""Pictures of a page are real before any script has run: their address, and one of each."""

import pytest
from lxml import html

from reader.ingest.extract.picture_sources import best_of
from reader.ingest.extract.pictures import repair

_BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


def _repaired(inside: str) -> str:
    """Return what a repaired page holds, of its pictures only what is shown."""
    tree = html.fromstring(f"<div>{inside}</div>")
    repair(tree)
    for each in tree.iter("img"):
        shown = {name: each.get(name, "") for name in ("src", "alt") if each.get(name)}
        each.attrib.clear()
        each.attrib.update(shown)
    made = str(html.tostring(tree, encoding="unicode"))
    return made.removeprefix("<div>").removesuffix("</div>")


_A = '<img src="/a.jpg">'


@pytest.mark.parametrize(
    "name",
    ["data-src", "data-original", "data-lazy-src", "data-lazyload", "data-lazy", "data-hi-res-src",
     "data-full-src", "data-image-src", "data-img-src", "data-url", "data-actualsrc", "data-echo",
     "data-original-src", "data-delayed-url", "data-raw-src", "data-orig-file",
     "data-fallback-src", "data-src-medium", "data-src-large", "data-pin-media",
     "data-large-file", "data-medium-file"],
)  # fmt: skip
def test_a_lazy_picture_is_where_its_attribute_says(name: str) -> None:
    assert _repaired(f'<img {name}=" /of/it " src="{_BLANK}">') == '<img src="/of/it">'
    assert _repaired(f'<img {name}="a.jpg">') == '<img src="a.jpg">'


@pytest.mark.parametrize(
    "name", ["data-srcset", "data-lazy-srcset", "data-original-set", "data-bgset", "srcset"]
)
def test_a_lazy_picture_is_the_best_of_its_set(name: str) -> None:
    assert _repaired(f'<img {name}="/s 300w, /of/it 900w" src="/blank.gif">') == (
        '<img src="/of/it">'
    )


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ('src="/x.jpg" data-src="/a.jpg"', "/x.jpg"),
        ('src="/x-lazy-y.jpg" data-src="/a.jpg"', "/a.jpg"),
        ('data-src="{{url}}/x" data-original="/a.jpg"', "/a.jpg"),
        ('data-src="[1]/x" data-original="/a.jpg"', "/a.jpg"),
        ('data-src="#/x" data-original="/a.jpg"', "/a.jpg"),
        ('data-src="/x y.jpg" data-original="/a.jpg"', "/a.jpg"),
        ('data-src="word" data-original="/a.jpg"', "/a.jpg"),
        ('data-src="/spacer.gif" data-original="/a.jpg"', "/a.jpg"),
        ('data-src="/a.jpg" data-srcset="/b.jpg 900w" data-x="/c.jpg"', "/a.jpg"),
        ('data-x="/c.jpg" data-srcset="/a.jpg 900w"', "/a.jpg"),
        ('data-x=" /a.webp?w=3 "', "/a.webp?w=3"),
        ('data-x="/a.jpg /b.jpg"', ""), ('data-x="/a.html"', ""), ('data-x="/blank.jpg"', ""),
        *((f'{name}="/a.jpg"', "") for name in ("title", "class", "id", "style")),
        ('src="/blank.gif" data-src="nothing"', "/blank.gif"),
        ('src="data:image/png;base64,' + "A" * 9000 + '" data-src="/b.jpg"',
         "data:image/png;base64," + "A" * 9000),
        ('src="data:image/png;base64,' + "A" * 3000 + '" data-src="/b.jpg"', "/b.jpg"),
        ('src="#" data-src="/a.jpg"', "/a.jpg"), ('src="about:blank" data-src="/a.jpg"', "/a.jpg"),
    ],
)  # fmt: skip
def test_the_address_of_a_picture_is_one(said: str, source: str) -> None:
    assert _repaired(f"<img {said}>") == (f'<img src="{source}">' if source else "<img>")


@pytest.mark.parametrize("tag", ["amp-img", "img-lazy", "amp-anim", "image"])
def test_a_picture_has_other_tags(tag: str) -> None:
    assert _repaired(f'<{tag} src="#" data-src="/a.jpg"></{tag}>') == _A


@pytest.mark.parametrize(
    ("srcset", "best"),
    [
        ("", ""), ("/a.jpg", "/a.jpg"), (" /a.jpg 1x ", "/a.jpg"),
        ("/a.jpg 300w, /b.jpg 900w, /c.jpg 600w", "/b.jpg"),
        ("/a.jpg 900w, /b.jpg 300w", "/a.jpg"),
        ("/a.jpg 300w, /b.jpg 2000w, /c.jpg 2001w", "/b.jpg"), ("/a.jpg 4000w", "/a.jpg"),
        ("/a.jpg 1x, /b.jpg 2x, /c.jpg 1.5x", "/b.jpg"), ("/a.jpg 600w, /b.jpg 1x", "/a.jpg"),
        ("/a.jpg 400w, /b.jpg 1x", "/b.jpg"), ("/a.jpg 1000w, /b.jpg 2x", "/a.jpg"),
        ("/a.jpg 4x, /b.jpg 5x", "/a.jpg"), ("/a.jpg, /b.jpg 2w", "/b.jpg"),
        ("/a.jpg . , /b.jpg 2w", "/b.jpg"), ("/a.jpg 9w, /b.jpg 1.2.3x", "/b.jpg"),
        ("/a.jpg 1..2w, /b.jpg 2w", "/b.jpg"), ("/a.jpg 300 , /b.jpg 600", "/b.jpg"),
        ("/a.jpg,/b.jpg 900w", "/b.jpg"), ("https://x/a,b.jpg 9w,https://x/c.jpg 8w",
                                           "https://x/a,b.jpg"),
        ("/a.jpg 9w,//x/c.jpg 10w", "//x/c.jpg"), ("/a.jpg,", "/a.jpg"),
        ("data:image/gif;base64,R0 900w, /a.jpg 30w", "/a.jpg"),
    ],
)  # fmt: skip
def test_the_largest_sensible_picture_of_a_set_is_taken(srcset: str, best: str) -> None:
    assert best_of(srcset)[0] == best


@pytest.mark.parametrize(
    "source",
    [f'<source {name}="/s 300w, /a.jpg 900w">'
     for name in ("srcset", "data-srcset", "data-lazy-srcset")]
    + [f'<source {name}="/a.jpg">' for name in ("src", "data-src")]
    + ['<source srcset=""><source srcset="/a.jpg"><source srcset="/b.jpg">'],
)  # fmt: skip
def test_a_picture_of_several_sources_is_one(source: str) -> None:
    for image in ("", "<img>", '<img src="/placeholder.png">'):
        assert _repaired(f"<picture>{source}{image}</picture>") == f"<picture>{_A}</picture>"
    assert _repaired(f'<picture>{source}<img src="/b.jpg"></picture>') == (
        '<picture><img src="/b.jpg"></picture>'
    )


def test_a_picture_without_any_source_is_none() -> None:
    assert "<img" not in _repaired("<picture><source media='x'></picture>")
    assert _repaired("<picture><source srcset=''><img></picture>") == "<picture><img></picture>"


_REAL = '<img src="/real.jpg">'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"a<noscript>{_A}</noscript>b", f"a{_A}b"),
        (f"a<noscript>{_A}{_A}</noscript>b", "ab"),
        (f"a<noscript>Words.{_A}</noscript>b", "ab"),
        ("a<noscript>Words.</noscript>b", "ab"),
        ('a<noscript><img src="/count.gif" width="1"></noscript>b', "ab"),
        ('a<noscript><img data-src="/a.jpg"></noscript>b', f"a{_A}b"),
        (f"<img><noscript>{_A}</noscript>", _A),
        (f'<img src="/blank.gif"><noscript>{_A}</noscript>', _A),
        (f"{_REAL}<noscript>{_A}</noscript>", _REAL),
        (f'<img src="/a.jpg?w=40"><noscript>{_A}</noscript>', _A),
        (f"<noscript>{_A}</noscript>{_REAL}", _REAL),
        (f"<p>{_REAL}</p><noscript>{_A}</noscript>", f"<p>{_REAL}</p>"),
        ("<p><img></p><noscript><img></noscript>", "<p><img></p>"),
        (f"<p>x</p><noscript>{_A}</noscript><p><img></p>", f"<p>x</p><p>{_A}</p>"),
        (f"<noscript>{_A}</noscript><noscript>{_REAL}</noscript>", _A),
        (f"<figure><div>{_REAL}</div><p><noscript>{_A}</noscript></p></figure>",
         f"<figure><div>{_REAL}</div><p></p></figure>"),
        (f"<figure><div><img></div><p><noscript>{_A}</noscript></p></figure>",
         f"<figure><div>{_A}</div><p></p></figure>"),
        (f"<div>{_REAL}</div><p><noscript>{_A}</noscript></p>",
         f"<div>{_REAL}</div><p>{_A}</p>"),
        (f"{_REAL}<b>x</b><noscript>{_A}</noscript>", f"{_REAL}<b>x</b>"),
        (f"<img><b>x</b><noscript>{_A}</noscript>", f"<img><b>x</b>{_A}"),
        (f'<img src="/blank.gif"><b>x</b><noscript>{_A}</noscript>',
         f'<img src="/blank.gif"><b>x</b>{_A}'),
    ],
)  # fmt: skip
def test_a_picture_for_those_without_scripts_is_shown_once(before: str, after: str) -> None:
    assert _repaired(before) == after


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        *((f'<{tag} class="hero" style="color: red; background: #fff url(/a.jpg)"></{tag}>', True)
          for tag in ("div", "section", "a", "span")),
        ("<figure style=\"background-image: url('/a.jpg')\"></figure>", True),
        ("<p class='hero' style='background: url(/a.jpg)'></p>", False),
        ("<div style='background: url(/a.jpg)'></div>", False),
        ("<div class='hero' style='color: url(/a.jpg); background: red'></div>", False),
        ("<div class='hero' style='background: red; color: url(/a.jpg)'></div>", False),
        ("<div class='hero' style='color: red'></div>", False),
        ("<div class='hero' data-bg='/a.jpg' style='color: url(x)'></div>", True),
        ("<div data-bg='/a.jpg'></div>", True), ("<div data-bg=\"url('/a.jpg')\"></div>", True),
        ("<div class='lead' data-background-image='/a.jpg'></div>", True),
        ("<div data-background-image='/a.jpg'></div>", False),
        ("<div data-bg='/blank.gif'></div>", False), ("<div data-bg=' '></div>", False),
        ("<div data-bg='/a.jpg'>Words.</div>", False),
        ("<div data-bg='/a.jpg'><img src='/b.jpg'></div>", False),
        ("<div class='hero'></div>", False),
    ],
)  # fmt: skip
def test_a_picture_behind_an_empty_box_is_one_in_it(before: str, shown: bool) -> None:
    made = _repaired(before)
    assert made.count("<img") == before.count("<img") + shown
    assert (_A in made) is shown


def test_a_picture_behind_a_box_is_described_by_it() -> None:
    made = _repaired('<div data-bg="/a.jpg" aria-label="A hill"></div>')
    assert '<img src="/a.jpg" alt="A hill">' in made


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ('src="/s/a-long-walk.jpg?q=2" width="9" height="8"',
         'src="/l/a-long-walk.jpg?q=9" width="9" height="8"', False),
        ('src="/s/a-long-walk.jpg" width="9"', 'src="/l/a-long-walk.jpg" width="9"', False),
        ('src="/s/a-long-walk.jpg" width="9"', 'src="/l/a-long-walk.jpg" width="8"', True),
        ('src="/s/a-long-walk.jpg" width="9" height="8"',
         'src="/l/a-long-walk.jpg" width="9" height="7"', True),
        ('src="/s/a-long-walk.jpg"', 'src="/l/a-long-walk.jpg"', True),
        ('src="/s/a-long-walk.jpg" height="9"', 'src="/l/a-long-walk.jpg" height="9"', True),
        ('src="/s/123456.jpg" width="9"', 'src="/l/123456.jpg" width="9"', True),
        ('src="/s/1234567.jpg" width="9"', 'src="/l/1234567.jpg" width="9"', False),
        ('width="9"', 'width="9"', True),
    ],
)  # fmt: skip
def test_of_a_picture_and_its_forerunner_the_last_is_shown(
    first: str, second: str, both: bool
) -> None:
    made = _repaired(f"<figure><img {first}>a<img {second}>b</figure>")
    assert made.count("<img") == 1 + both
    assert made.endswith('">b</figure>' if "src" in second else "<img>b</figure>")
    assert both or "/l/" in made
    assert _repaired(f"<div><img {first}><img {second}></div>").count("<img") == 2


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("", True), ('width="3"', False), ('width="4"', True), ('width=" 3px "', False),
        ('height="1" width="900"', False), ('height="4" width="4"', True),
        ('height="0" width="900"', True), ('height="0" width="0"', False), ('height="0"', False),
        ('height="auto" width="100%"', True), ('width="100001"', True), ('width="000002"', True),
        ('width="3.5"', True), ('width="٣"', False), ('width="00002"', False),
        (f'src="{_BLANK}"', False), (f'src="data:image/png;base64,{"A" * 378}"', True),
        (f'src="data:image/png;base64,{"A" * 377}"', False),
    ],
)  # fmt: skip
def test_what_counts_readers_or_keeps_a_place_free_is_not_shown(said: str, shown: bool) -> None:
    source = "" if "src=" in said else 'src="/a.jpg"'
    assert ("<img" in _repaired(f"a<img {source} {said}>b")) is shown


_LIGHT, _DARK = '<img src="/l.png" alt="Gate">', '<img class="{}" src="/d.png" alt="Gate">'


def _doubles(markup: str) -> list[str | None]:
    root = html.document_fromstring(f"<body><p>a</p>{markup}<p>b</p></body>")
    repair(root)
    return [image.get("src") for image in root.iter("img")]


@pytest.mark.parametrize(
    "named",
    ["only-dark", "dark-mode-only", "hidden dark:block", "m__x__hide-on-light", "show-on-dark",
     "themedComponent--dark_Xw2"],
)  # fmt: skip
def test_the_variant_of_a_picture_for_dark_grounds_is_dropped(named: str) -> None:
    assert _doubles(_LIGHT + _DARK.format(named)) == ["/l.png"]
    assert _doubles(f"<div>{_DARK.format(named)}</div> <div>{_LIGHT}</div>") == ["/l.png"]
    assert _doubles(_DARK.format(named)) == ["/d.png"]
    assert _doubles(f"{_LIGHT}<p>text</p>{_DARK.format(named)}") == ["/l.png", "/d.png"]


def test_a_picture_that_repeats_the_one_beside_it_is_dropped() -> None:
    blurred = '<a href="/x"><img src="/a.png"></a>'
    assert _doubles(blurred + '<a href="/x"> <img src="/a.png" alt="A"></a>') == ["/a.png"]
    assert _doubles(f"{blurred}<p>text</p>{blurred}") == ["/a.png", "/a.png"]
    assert _doubles(f"{blurred}<a href='/y'><img src='/b.png'></a>") == ["/a.png", "/b.png"]
    cells = "".join('<td><img src="/yes.png"></td>' for _ in range(3))
    assert len(_doubles(f"<table><tr>{cells}</tr></table>")) == 3
