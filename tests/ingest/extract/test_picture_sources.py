"""Of all URLs of a picture the widest sensible one is taken, and never a preview."""

import pytest
from lxml import html

from reader.ingest.extract.picture_sources import stated_width
from reader.ingest.extract.pictures import repair


def _source(page: str) -> str:
    tree = html.fromstring(f"<div>{page}</div>")
    repair(tree)
    (image,) = tree.iter("img")
    return str(image.get("src", ""))


@pytest.mark.parametrize(
    ("address", "width"),
    [
        ("/a.jpg", 0), ("/a.jpg?w=640", 640), ("/a.jpg?q=5&amp;width=20", 20), ("/a.jpg?w=5", 0),
        ("/a.jpg?resize=640%2C480", 640), ("/w_1456,c_limit/a.png", 1456),
        ("/w640-h480/a.png", 640),
        ("/s1600/a.jpg", 1600), ("/a=w300", 300), ("/a-1200x800.jpg", 1200), ("/a_640x.jpg", 640),
        ("/60x-1.png", 60), ("/-1x-1.png", 0), ("/max/1374/a.png", 1374), ("/640?wx_fmt=png", 640),
        ("/2024/05/a.jpg", 0), ("/thumb/a/ab/B.jpg/220px-B.jpg", 220), ("/1x1.gif", 0),
        ("/t_fit-760w,f_auto/a.jpg", 760),
        ("data:image/png;base64,/s640/", 0), ("/how-2x-grew.jpg", 0),
    ],
)  # fmt: skip
def test_a_url_states_the_width_of_its_picture(address: str, width: int) -> None:
    assert stated_width(address) == width


@pytest.mark.parametrize(
    ("image", "source"),
    [
        ('<img src="/a-60x.jpg" data-src="/a-1200x.jpg">', "/a-1200x.jpg"),
        ('<img src="/a.jpg?w=20" srcset="/a.jpg?w=900 900w">', "/a.jpg?w=900"),
        ('<img src="/blur/a.jpg" data-src="/sharp.jpg">', "/sharp.jpg"),
        ('<img src="/blur/a.jpg">', "/blur/a.jpg"),
        ('<img src="/a.jpg?w=20">', "/a.jpg?w=20"),
        ('<img src="/s.jpg" srcset="/s.jpg 300w, /m.jpg 900w, /l.jpg 1800w">', "/l.jpg"),
        ('<img src="/s.jpg" srcset="/m.jpg 900w, /l.jpg 1800w">', "/s.jpg"),
        ('<img src="/a-300x200.jpg" srcset="/a-300x200.jpg 300w, /a.jpg 4000w">',
         "/a-300x200.jpg"),
        ('<img src="/a-1024x683.jpg" data-native-src="/60x-1.jpg">', "/a-1024x683.jpg"),
        ('<img src="/a-300x200.jpg" data-large-file="/a-1024x683.jpg">', "/a-1024x683.jpg"),
        ('<img src="/a.jpg?w=1200" srcset="/b.jpg 1600w">', "/a.jpg?w=1200"),
        ('<img src="/a.jpg?w=1199" srcset="/b.jpg 1600w">', "/b.jpg"),
        ('<img src="/a.jpg" data-large-file="/b-1024x683.jpg">', "/a.jpg"),
        ('<a href="/a.jpg"><img src="/a-300x200.jpg"></a>', "/a.jpg"),
        ('<a href="/a.jpg"><img src="/a-800x533.jpg"></a>', "/a-800x533.jpg"),
        ('<a href="/b.jpg"><img src="/a-300x200.jpg"></a>', "/a-300x200.jpg"),
        ('<a href="/s1600/a.jpg"><span><img src="/s320/a.jpg"></span></a>', "/s1600/a.jpg"),
        ('<a href="/wiki/File:A.jpg"><img src="/220px-A.jpg"></a>', "/220px-A.jpg"),
        ('<picture><source srcset="/l.jpg 1200w"><img src="/a.jpg?w=300"></picture>', "/l.jpg"),
        ('<picture><source type="image/avif" srcset="/a.avif"><source srcset="/a.webp">'
         "</picture>", "/a.webp"),
        ('<img data-src="/a_{width}x.jpg" data-widths="[180, 900, 1512, 2600]">', "/a_1512x.jpg"),
        ('<img src="/a_%7Bw%7Dx.jpg">', "/a_1080x.jpg"),
        ('<img src="/a_{width}x.jpg" data-src="/real.jpg">', "/real.jpg"),
        ('<img data-srv="https://x.example/a/640?wx_fmt=png">',
         "https://x.example/a/640?wx_fmt=png"),
        ('<img data-photo="https://x.example/a">', "https://x.example/a"),
        ('<img src="/a.jpg" data-photo="https://x.example/a.jpg">', "/a.jpg"),
    ],
)  # fmt: skip
def test_the_widest_sensible_picture_is_taken(image: str, source: str) -> None:
    assert _source(image) == source


def test_a_drawing_keeps_its_own_pictures() -> None:
    tree = html.fromstring('<div><svg><image href="/a.jpg"></image></svg></div>')
    repair(tree)
    assert tree.find(".//img") is None
