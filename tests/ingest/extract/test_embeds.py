"""What a page embeds stays as a frame with its address, or as a quotation with its link."""

import pytest
from lxml import html

from reader.ingest.extract.embeds import is_player, repair

_WATCH = "https://www.youtube.com/watch?v=abcDEF12345"
_EMBED = "https://www.youtube.com/embed/abcDEF12345"
_POSTER = "https://i.ytimg.com/vi/abcDEF12345/hqdefault.jpg"


def _repaired(inside: str) -> html.HtmlElement:
    tree = html.fromstring(f"<div>{inside}</div>")
    repair(tree)
    return tree


def _frames(inside: str) -> list[tuple[str, str]]:
    """Return the addresses and titles of the frames of a page."""
    frames = _repaired(inside).iter("iframe")
    return [(frame.get("src", ""), frame.get("title", "")) for frame in frames]


@pytest.mark.parametrize(
    ("embed", "address"),
    [
        (f'<iframe src="{_EMBED}"></iframe>', _EMBED),
        (f'<iframe src="about:blank" data-src="{_EMBED}"></iframe>', _EMBED),
        (f'<iframe data-cookieblock-src="{_EMBED}"></iframe>', _EMBED),
        (f'<iframe width="1" height="1" src="{_EMBED}"></iframe>', _EMBED),
        ('<amp-youtube data-videoid="abcDEF12345"></amp-youtube>', _WATCH),
        ('<lite-youtube videoid="abcDEF12345"></lite-youtube>', _WATCH),
        ('<div class="youtube-facade" data-video-id="abcDEF12345"></div>', _WATCH),
        (f'<div class="rll-youtube-player" data-src="{_EMBED}" data-id="abcDEF12345"></div>',
         _WATCH),
        (f'<button style="background-image: url({_POSTER})"><svg></svg></button>', _WATCH),
        ('<object><param name="movie" value="http://www.youtube.com/v/abcDEF12345&amp;hl=en">'
         "</object>", "http://www.youtube.com/v/abcDEF12345&hl=en"),
        ('<amp-vimeo data-videoid="123"></amp-vimeo>', "https://vimeo.com/123"),
        ('<amp-tiktok data-src="https://x.example/1"></amp-tiktok>', "https://x.example/1"),
        ('<iframe src="https://open.spotify.com/embed/track/1"></iframe>',
         "https://open.spotify.com/embed/track/1"),
        ('<script src="https://gist.github.com/someone/0123abc.js"></script>',
         "https://gist.github.com/someone/0123abc"),
        ('<script src="//jsfiddle.net/someone/abc/embed/js,result/"></script>',
         "//jsfiddle.net/someone/abc"),
        ('<div class="flourish-embed" data-src="visualisation/12"></div>',
         "https://public.flourish.studio/visualisation/12/"),
        ('<object data="/minutes.pdf"></object>', "/minutes.pdf"),
        ('<iframe src="//maps.example.org/view?id=4" width="600" height="400"></iframe>',
         "//maps.example.org/view?id=4"),
        ('<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@a/video/1"></blockquote>',
         "https://www.tiktok.com/@a/video/1"),
    ],
)  # fmt: skip
def test_an_embed_becomes_a_frame_with_its_address(embed: str, address: str) -> None:
    assert [source for source, _ in _frames(f"a{embed}b")] == [address]


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe src="https://ad.doubleclick.net/x"></iframe>',
        '<iframe src="https://x.example/consent"></iframe>',
        '<iframe src="https://x.example/t" width="1" height="1"></iframe>',
        '<iframe src="https://x.example/t" style="display: none"></iframe>',
        '<iframe src="https://x.example/n" title="Newsletter"></iframe>',
        '<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>',
        '<iframe src="about:blank"></iframe>', '<iframe src="javascript:0"></iframe>',
        "<iframe></iframe>", '<script src="/a.js"></script>', "<object></object>",
        '<a href="/" data-url="https://x.example/">Words</a>',
        f'<a href="/" data-url="{_EMBED}">Words</a>',
        '<div class="comment" data-id="abcDEF12345"></div>',
        '<div class="fb-post"></div>', '<amp-youtube></amp-youtube>',
    ],
)  # fmt: skip
def test_advertisements_and_scripts_are_no_embeds(frame: str) -> None:
    assert _frames(f"a{frame}b") == []


def test_a_frame_has_its_own_title_and_no_general_one() -> None:
    titled = f'<iframe src="{_EMBED}" title=" The  weir " width="9"></iframe>'
    assert _frames(titled) == [(_EMBED, "The weir")]
    assert _frames(f'<iframe src="{_EMBED}" title="YouTube video player">x</iframe>') == [
        (_EMBED, "")
    ]
    assert _frames('<lite-youtube videoid="abcDEF12345" playlabel="Night"></lite-youtube>') == [
        (_WATCH, "Night")
    ]


def test_a_video_has_the_picture_that_its_player_shows() -> None:
    (frame,) = _repaired(f'<iframe src="{_EMBED}"></iframe>').iter("iframe")
    assert frame.get("poster") == _POSTER
    (frame,) = _repaired(
        '<amp-vimeo data-videoid="1"><amp-img placeholder src="/p.jpg"></amp-img></amp-vimeo>'
    ).iter("iframe")
    assert frame.get("poster") == "/p.jpg"


def test_a_frame_for_readers_without_scripts_is_shown_once() -> None:
    inside = f'<noscript><iframe src="{_EMBED}"></iframe></noscript>'
    assert _frames(f"<p>{inside}</p>") == [(_EMBED, "")]
    assert _frames(f'<p><iframe data-lazy-src="{_EMBED}?x"></iframe>{inside}</p>') == [
        (f"{_EMBED}?x", "")
    ]


@pytest.mark.parametrize(
    ("post", "link"),
    [
        ('<blockquote class="twitter-tweet"><p>Words</p><a href="https://x.com/a/status/1">May</a>'
         "</blockquote>", "https://x.com/a/status/1"),
        ('<blockquote class="instagram-media" data-instgrm-permalink="https://i.example/p/1/">Words'
         "</blockquote>", "https://i.example/p/1/"),
        ('<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:a/app.bsky.feed.post/k">'
         "Words</blockquote>", "https://bsky.app/profile/did:plc:a/post/k"),
        ('<div class="fb-post" data-href="https://f.example/1">Words</div>', "https://f.example/1"),
    ],
)  # fmt: skip
def test_a_post_is_a_quotation_with_its_link(post: str, link: str) -> None:
    (quote,) = _repaired(post).iter("blockquote")
    assert quote.text_content().startswith("Words")
    assert [each.get("href") for each in quote.iter("a")] == [link]
    assert quote.get("class") is None


def test_a_page_that_wordpress_embeds_is_linked_once() -> None:
    quote = '<blockquote class="wp-embedded-content"><a href="/b">B</a></blockquote>'
    frame = '<iframe class="wp-embedded-content" src="https://b.example/embed"></iframe>'
    assert _frames(quote + frame) == []
    assert len(_frames(frame)) == 1


def test_a_player_has_its_late_source_and_poster() -> None:
    (video,) = _repaired('<video data-poster="/p.jpg"><source data-src="/v.mp4"></video>').iter(
        "video"
    )
    assert (video.get("src"), video.get("poster")) == ("/v.mp4", "/p.jpg")
    (video,) = _repaired('<video autoplay data-src="/v.mp4"></video>').iter("video")
    assert video.get("src") is None
    (audio,) = _repaired('<amp-audio src="/a.mp3"></amp-audio>').iter("audio")
    assert audio.get("src") == "/a.mp3"


def test_a_player_is_of_a_known_provider() -> None:
    frames = ["https://player.vimeo.com/video/1", "//w.soundcloud.com/player/?u=1"]
    assert all(is_player(html.fromstring(f'<iframe src="{each}"></iframe>')) for each in frames)
    assert not is_player(html.fromstring('<iframe src="https://x.example/vimeo.com/"></iframe>'))
