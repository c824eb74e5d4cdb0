"""What a page says of itself, by every name that is in use for it."""

import json
from collections.abc import Sequence

import pytest

from reader.ingest.extract.page import parse
from reader.ingest.extract.page_metadata import metadata_of
from reader.ingest.metadata import Metadata


def _about(head: str = "", body: str = "", address: str = "") -> Metadata:
    return metadata_of(parse(f"<html><head>{head}</head><body>{body}</body></html>"), address)


def _data(said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(said)}</script>'


def _metas(keys: Sequence[str]) -> str:
    return "".join(f'<meta name="{key}" content="Value {key}">' for key in keys)


@pytest.mark.parametrize(
    ("field", "keys"),
    [
        ("title", ("DC.title", "dcterms.title", "og:title", "twitter:title", "parsely-title",
        "title")),
        ("byline", ("dc.creator", "dcterms.creator", "citation_author", "author", "article:author",
                    "byl", "parsely-author", "sailthru.author", "twitter:data1_author",
                    "og:article:author", "article:author_name", "twitter:creator")),
        ("site", ("og:site_name", "application-name", "dc.publisher", "twitter:app:name:iphone")),
        ("excerpt", ("dc.description", "dcterms.description", "og:description", "description",
                     "twitter:description")),
        ("lead", ("og:image:secure_url", "og:image", "og:image:url", "twitter:image")),
    ],
)  # fmt: skip
def test_of_many_names_for_a_value_the_surest_is_believed(field: str, keys: Sequence[str]) -> None:
    for number, key in enumerate(keys):
        assert getattr(_about(_metas(keys[number:])), field) == f"Value {key}"


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ('<meta http-equiv="x" name="content-language" content="de">', "de"),
        ('<meta property="og:locale" content="pt_BR">', "pt-BR"),
        ('<meta name="dc.language" content="fr">', "fr"),
        (_data({"@type": "Article", "inLanguage": "it"}), "it"),
        ('<meta name="content-language" content="en-US, en">', "en-US"), ("", ""),
        ('<meta name="content-language" content="*, ü">', ""),
        (f'<meta name="content-language" content="{"x" * 40}">', ""),
        ('<meta name="content-language" content="de"><meta name="og:locale" content="fr">', "de"),
        ('<meta name="dc.language" content="de"><meta name="og:locale" content="fr">', "fr"),
    ],
)  # fmt: skip
def test_a_language_is_said_in_many_places(head: str, language: str) -> None:
    assert _about(head).language == language
    for name in ("lang", "xml:lang"):
        page = parse(f"<html {name}='nl'><head>{head}</head><body>x</body></html>")
        assert metadata_of(page).language == "nl"


def test_a_direction_is_that_of_the_page_or_its_body() -> None:
    for html, direction in (
        ("<html dir=RTL><body>x", "rtl"), ("<html><body dir=rtl>x", "rtl"),
        ("<html dir=ltr><body dir=rtl>x", "ltr"), ("<html dir=auto><body>x", ""),
        ("<html><body><p dir=rtl>x", ""),
    ):  # fmt: skip
        assert metadata_of(parse(html)).direction == direction


def test_a_direction_is_that_of_the_language_if_the_page_gives_none() -> None:
    for language, title, direction in (
        ("ar", "قصة", "rtl"), ("fa-IR", "", "rtl"), ("he", "A story", ""), ("en", "قصة", ""),
        ("az-Arab", "قصة", "rtl"), ("ar-Latn", "", ""),
    ):  # fmt: skip
        html = f"<html lang={language}><head><title>{title}</title></head><body>x"
        assert metadata_of(parse(html)).direction == direction, language


def test_addresses_are_those_of_the_base() -> None:
    head = (
        "<base href='https://b.example/x/'><link rel=canonical href='c'>"
        "<meta property=og:image content='/i.png'>"
    )
    about = _about(head, "", "https://a.example/")
    assert (about.canonical, about.lead) == ("https://b.example/x/c", "https://b.example/i.png")


def test_subjects_are_in_linked_data_and_links_too() -> None:
    data = {
        "@type": "Article",
        "keywords": ["Rain", {"name": "Rivers"}],
        "about": {"name": "Mills"},
    }
    body = "<a rel='tag'>rain</a><a rel=tag>Boats</a>"
    assert _about(_data(data), body).subjects == ("Rain", "Rivers", "Boats", "Mills")
    assert _about(_data({"@type": "Article", "keywords": "Rain, Rivers"})).subjects == (
        "Rain", "Rivers"
    )  # fmt: skip


def test_the_region_of_a_page_decides_the_order_of_a_date() -> None:
    body = "<h1>T</h1><p class=post-date>04/05/2026</p>"
    us = metadata_of(parse(f"<html lang=en-US><body>{body}"))
    locale = '<meta property="og:locale" content="en_US">'
    also = metadata_of(parse(f"<html lang=en><head>{locale}</head><body>{body}"))
    other = metadata_of(parse(f"<html lang=en-GB><head>{locale}</head><body>{body}"))
    assert (us.published_at, also.published_at) == ("2026-04-05", "2026-04-05")
    assert other.published_at == "2026-05-04"


def test_the_canonical_address_is_that_of_the_link() -> None:
    meta = '<meta property="og:url" content="/m">'
    for rel, found in (("canonical", "/c"), ("x Canonical", "/c"), ("icon", "/m"), ("", "/m")):
        assert _about(f"{meta}<link rel='{rel}' href=' /c '>").canonical == found
    assert _about(f"<link><link rel=canonical>{meta}").canonical == "/m"
    assert _about("").canonical == ""


@pytest.mark.parametrize(
    ("image", "lead"),
    [
        ("/a.png", "/a.png"), (["/a.png", "/b.png"], "/a.png"), ({"url": "/a.png"}, "/a.png"),
        ({"contentUrl": "/a.png"}, "/a.png"), ({"url": "/a.png", "contentUrl": "/b.png"}, "/a.png"),
        ([{"url": "/a.png"}], "/a.png"), ([], ""), ({}, ""), (3, ""),
    ],
)  # fmt: skip
def test_the_lead_is_the_image_of_the_article(image: object, lead: str) -> None:
    assert _about(_data({"@type": "Article", "image": image})).lead == lead


def test_a_site_is_the_publisher_if_nothing_else_names_it() -> None:
    for publisher in ({"name": "The Paper"}, [{"name": "The Paper"}]):
        assert _about(_data({"@type": "Article", "publisher": publisher})).site == "The Paper"
    nobody: object
    for nobody in ("The Paper", [], None):
        assert _about(_data({"@type": "Article", "publisher": nobody})).site == ""
    assert (
        _about(_data({"@type": "Article", "description": "d"}) + _metas(["description"])).excerpt
        == "d"
    )


@pytest.mark.parametrize(
    ("head", "tags"),
    [
        ('<meta property="article:tag" content="#one"><meta property="Article:Tag" content="two">'
         '<meta property="article:tag" content="one"><meta name="keywords" content="x">',
         ("one", "two")),
        ('<meta name="keywords" content=" one, #two ,,one,three">', ("one", "two", "three")),
        ('<meta property="article:tag" content="one, two">', ("one, two",)), ("", ()),
        (f'<meta property="article:tag" content="{"x" * 90}">', ("x" * 80,)),
        ("".join(f'<meta property="article:tag" content="{n}">' for n in range(50)),
         tuple(map(str, range(40)))),
    ],
)  # fmt: skip
def test_the_keywords_of_a_page_are_subjects_not_tags(head: str, tags: tuple[str, ...]) -> None:
    assert (_about(head).subjects, _about(head).tags) == (tags, ())


def test_a_property_is_believed_before_a_name_and_a_name_before_a_thing() -> None:
    ways = [f'<meta {way}="title og:title" content="By {way}">'
            for way in ("itemprop", "name", "property")]  # fmt: skip
    for number, way in enumerate(("itemprop", "name", "property"), 1):
        assert _about("".join(reversed(ways[:number]))).title == f"By {way}"
    assert _about('<meta name="title" content=""><meta name="title" content="b">').title == "b"
    assert _about('<meta name="title" content="a"><meta name="title" content="b">').title == "a"
    assert _about('<meta name="dc\\s.title" content="a">').title == "a"
    assert _about(_metas(["weibo.x", "og.title"])).title == ""


def test_several_authors_are_all_named_once() -> None:
    for name in ("dc.creator", "dcterms.creator", "citation_author", "author"):
        metas = [f'<meta name="{name}" content="{each}">'
                 for each in ("Ann Able", "Ben Bold", "Ann Able")]  # fmt: skip
        assert _about("".join(metas)).byline == "Ann Able, Ben Bold"
    twice = '<meta name="byl" content="Ann Able"><meta name="byl" content="Ben Bold">'
    assert _about(twice).byline == "Ann Able"


def test_very_many_authors_are_cut() -> None:
    metas = "".join(f'<meta name="author" content="Ann Able {n}">' for n in range(1000))
    assert 300 < len(_about(metas).byline) < 500


@pytest.mark.parametrize(
    "kind",
    ["Article", "NewsArticle", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Posting",
     "Report", "Recipe", "Review", "HowTo", "WebPage", "CreativeWork", "QAPage",
     "MedicalWebPage", "VideoObject", "https://schema.org/Article", ["Thing", "Article"]],
)  # fmt: skip
def test_what_is_linked_data_of_an_article_is_read(kind: object) -> None:
    assert _about(_data({"@type": kind, "author": "Ann Able"})).byline == "Ann Able"
    for within in ("@graph", "mainEntity", "hasPart", "mainEntityOfPage"):
        node = {"@type": kind, "author": {"name": ["Ann Able", "Ben Bold", "Ann Able"]}}
        assert _about(_data({within: node})).byline == "Ann Able, Ben Bold"
        assert _about(_data([{"@type": "Person"}, {within: [node]}])).byline == "Ann Able, Ben Bold"


def test_other_linked_data_is_not_read() -> None:
    for node in ({"@type": "Person", "author": "Ann Able"}, {"author": "Ann Able"}, 3, None, "x"):
        assert _about(_data(node)).byline == ""
    assert _about(_data({"@type": "Article", "author": "Ann Able"}).replace("ld+", "")).byline == ""


def test_the_article_is_believed_before_its_page() -> None:
    page = {"@type": "WebPage", "headline": "Of a page", "author": "Ben Bold"}
    article = {"@type": "NewsArticle", "headline": "Of an article"}
    about = _about(_data([page, article]))
    assert (about.title, about.byline) == ("Of an article", "Ben Bold")


def test_linked_data_refers_to_people_by_their_ids() -> None:
    person = {"@type": "Person", "@id": "#a", "name": "Ann Able"}
    article = {"@type": "Article", "author": {"@id": "#a"}}
    assert _about(_data([{"@id": "#a"}, article, person])).byline == "Ann Able"
    assert _about(_data([article])).byline == ""
    named = {"@type": "Article", "author": [{"@id": "#a", "name": "Ben Bold"}, {"@id": "#a"}]}
    assert _about(_data([named, person])).byline == "Ben Bold, Ann Able"
    many = [{"name": f"Name {'abcdefghijk'[n % 11]}{n}"} for n in range(30)]
    assert _about(_data({"@type": "Article", "author": many})).byline.count(", ") == 19
    assert _about(_data({"@type": "Article", "creator": "Ann Able"})).byline == "Ann Able"


@pytest.mark.parametrize(
    ("before", "behind"),
    [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>"), (" \n", " ; \n"), ("", ";")],
)
def test_linked_data_is_read_whatever_stands_around_it(before: str, behind: str) -> None:
    said = '{"@type": "Article", "headline": "A title\n of it",}'
    for json_text in (said.replace(",}", "}"), said.replace("\n", "")):
        script = f'<script type="application/LD+json">{before}{json_text}{behind}</script>'
        assert _about(script).title == "A title of it"
    assert _about(f'<script type="application/ld+json">{said}</script>').title == "A title of it"
    assert _about('<script type="application/ld+json"></script>').title == ""


def test_linked_data_is_read_within_bounds() -> None:
    def nested(levels: int) -> object:
        node: object = {"@type": "Article", "author": "Ann Able"}
        for _ in range(levels):
            node = {"@graph": node}
        return node

    assert _about(_data(nested(6))).byline == "Ann Able"
    assert _about(_data(nested(7))).byline == ""
    article = {"@type": "Article", "author": "Ann Able"}
    assert _about(_data([*[{}] * 199, article])).byline == "Ann Able"
    assert _about(_data([*[{}] * 200, article])).byline == ""
    long = json.dumps({"@type": "Article", "author": "Ann Able"})
    for size, byline in ((2_000_000, "Ann Able"), (2_000_001, "")):
        padded = long[:-1] + " " * (size - len(long)) + "}"
        assert _about(f'<script type="application/ld+json">{padded}</script>').byline == byline


@pytest.mark.parametrize(
    ("title", "address", "site", "found"),
    [
        ("Rain on the hills - Example", "https://www.example.org/x", "", "Rain on the hills"),
        ("Example - Rain", "https://example.org/x", "", "Rain"),
        ("My Example | Rain", "https://my-example.org/x", "", "My Example | Rain"),
        ("Rain | Paper", "", "The Paper", "Rain"), ("Rain | The Paper", "", "Paper", "Rain"),
        ("Rain | Newspapers galore", "", "Paper", "Rain | Newspapers galore"),
        ("Paper | Rain", "", "Paper", "Rain"), ("Rain | News", "", "", "Rain | News"),
        ("One two three four | Five six seven eight", "", "", "One two three four"),
        ("One two three four | Five six seven eight nine", "", "",
         "One two three four | Five six seven eight nine"),
        ("One two three | four", "", "", "One two three"),
        ("One two | three", "", "", "One two | three"),
        ("One two three - four five six seven eight", "", "", "four five six seven eight"),
        ("One two three four - five six seven eight nine", "", "",
         "One two three four - five six seven eight nine"),
        ("Half-time»Rain", "", "", "Half-time»Rain"),
        (" | Rain on the hills | ", "", "", "Rain on the hills"),
        ("A/B testing", "", "", "A/B testing"), ("", "", "", ""),
    ],
)  # fmt: skip
def test_a_title_loses_its_site_and_nothing_else(
    title: str, address: str, site: str, found: str
) -> None:
    head = f'<title>{title}</title><meta property="og:site_name" content="{site}">'
    assert _about(head, "", address).title == found


@pytest.mark.parametrize(
    ("titles", "headings", "found"),
    [
        ("Rain on hills", ["Rain on hills!"], "Rain on hills!"),
        ("Rain on the hills today", ["Rain on the hills"], "Rain on the hills"),
        ("Today: rain on the hills", ["Rain on the hills"], "Rain on the hills"),
        ("Today: rain on the hills", ["On the hills", "Rain on the hills ¶"], "On the hills"),
        ("Rain on the hills today", ["The hills today", "Rain on the hills"], "Rain on the hills"),
        ("Snow and rain fell on hills", ["Rain fell and snow on hills"],
         "Rain fell and snow on hills"),
        ("Snow and rain on hills", ["Wind over the sea today"], "Snow and rain on hills"),
        ("Snow and rain on hills", ["Snow, then rain, on the hills"],
         "Snow, then rain, on the hills"),
        ("Rain", ["Rain"], "Rain"), ("Sun", ["SUN"], "Sun"),
        ("Rain falls", ["Falls"], "Rain falls"),
        ("", ["Rain on hills"], "Rain on hills"), ("", ["Rain falls"], ""),
        ("", ["Rain on hills", "Sun on hills"], "Rain on hills"),
        ("", ["Rain on hills", "Sun"], "Rain on hills"),
    ],
)  # fmt: skip
def test_a_heading_is_the_title_if_it_agrees_with_it(
    titles: str, headings: list[str], found: str
) -> None:
    body = "".join(f"<h1>{each}</h1>" for each in headings)
    head = f"<title>{titles}</title>" if titles else ""
    assert _about(head, body).title == found


def test_a_heading_that_is_the_site_is_no_title() -> None:
    site = '<meta property="og:site_name" content="Paper of the Day">'
    assert _about(f"<title>Paper of the day</title>{site}", "<h1>Paper of the Day</h1>").title == (
        "Paper of the day"
    )


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("<a rel='author'>Ann Able</a>", "Ann Able"),
        ("<b itemprop='x Author'>Ann Able</b>", "Ann Able"),
        ("<b itemprop='author'><i itemprop='name'>Ann Able</i> of here</b>", "Ann Able"),
        ("<b itemprop='author'><meta itemprop='name'>Ann Able</b>", "Ann Able"),
        ("<b rel='authority'>Ann Able</b>", ""),
        ("<b rel='author'></b><p class=byline>Ann Able</p>", "Ann Able"),
        *((f"<{tag} class='x byline'>Ann Able</{tag}>", "Ann Able")
          for tag in ("span", "div", "p", "a", "address", "li", "h3", "h4", "h5", "strong",
          "small")),
        ("<table><tr><td class='author'>Ann Able</table>", "Ann Able"),
        ("<h2 class='byline'>Ann Able</h2>", ""), ("<p class='author-bio'>Ann Able</p>", ""),
        ("<p class='other'>Ann Able</p>", ""),
        ("<div class='related'><p class=byline>Ann Able</p></div>", ""),
        ("<div id='Comments'><div><p class=byline>Ann Able</p></div></div>", ""),
        (f"<p class=byline>Ann Able{' | x' * 36}</p>", ""),
        (f"<p class=byline>Ann Able |{' ab' * 36}</p>", "Ann Able"),
        ("<p class=byline>3 May</p><p class=byline>Ann Able</p>", "Ann Able"),
        ("<p class=byline>33</p><p class=byline>Ann Able</p><a rel=author>Ben Bold</a>",
        "Ben Bold"),
    ],
)  # fmt: skip
def test_a_byline_is_shown_in_many_places(body: str, name: str) -> None:
    assert _about("", body).byline == name


def test_a_page_of_nothing_says_nothing() -> None:
    assert metadata_of(None) == Metadata()
    assert metadata_of(parse("<p>x"), "http://[") == Metadata()


@pytest.mark.parametrize(
    ("named", "site"),
    [("A mill | Guide | Weirs", "Weirs"), ("Weirs | Mills", "Weirs | Mills"), ("A mill", "A mill")],
)
def test_a_site_is_not_called_by_the_title_of_the_page(named: str, site: str) -> None:
    head = f'<title>A mill | Guide | Weirs</title><meta property="og:site_name" content="{named}">'
    assert _about(head).site == site
