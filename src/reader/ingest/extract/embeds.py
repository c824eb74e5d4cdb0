"""Keep what a page embeds: players, posts, programs, maps and charts become frames with an address.

A frame is shown as a link with its title and picture. Embedded posts stay quotations with a link to
the post. Frames that show advertisements or ask for consent, and those of scripts, go.
"""

import re
from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

from lxml import etree

from reader.ingest.extract.measure import Element, names, remove, text_of

_YOUTUBE = re.compile(
    r"(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|shorts/|live/|watch\?(?:\S*?&)?v=)|youtu\.be/"
    r"|(?:i\d?\.ytimg|img\.youtube)\.com/vi(?:_webp)?/)([\w-]{11})(?![\w-])"
)
_YOUTUBE_ID = re.compile(r"[\w-]{11}")
_LATE = (
    "src", "data-src", "data-lazy-src", "data-litespeed-src", "data-cookieblock-src",
    "data-cmp-src", "data-src-cmplz", "data-consent-src", "data-iframe-src", "data-embed-src",
    "data-url",
)  # fmt: skip
_FACADES = ("data-src", "data-embed", "data-embed-url", "data-video-url", "data-url", "data-href")
_IDS = ("data-videoid", "data-video-id", "data-youtube-id", "data-ytid", "data-yt-id", "data-id")
_ELEMENTS: Mapping[str, tuple[str, str]] = {
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v={}"),
    "lite-youtube": ("videoid", "https://www.youtube.com/watch?v={}"),
    "youtube-video": ("src", "{}"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/{}"),
    "lite-vimeo": ("videoid", "https://vimeo.com/{}"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/video/{}"),
    "amp-twitter": ("data-tweetid", "https://twitter.com/i/status/{}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-soundcloud": ("data-trackid", "https://api.soundcloud.com/tracks/{}"),
    "amp-gist": ("data-gistid", "https://gist.github.com/{}"),
    "amp-facebook": ("data-href", "{}"),
    "amp-tiktok": ("data-src", "{}"),
    "amp-reddit": ("data-src", "{}"),
    "amp-iframe": ("src", "{}"),
}
"""Elements of AMP and of web components: the attribute with the id or URL, and the URL."""

_SCRIPTS = re.compile(
    r"^(?:https?:)?//(?:gist\.github\.com/[\w-]+/\w+|asciinema\.org/a/\w+|jsfiddle\.net/[\w/]+?)"
    r"(?=\.js|/embed/)"
)
_CHARTS: Mapping[str, tuple[str, str]] = {
    "flourish-embed": ("data-src", "https://public.flourish.studio/{}/"),
    "infogram-embed": ("data-id", "https://infogram.com/{}"),
    "tableauPlaceholder": ("data-url", "{}"),
}
_POSTS: Mapping[str, str] = {
    "twitter-tweet": "cite", "twitter-video": "cite", "instagram-media": "data-instgrm-permalink",
    "tiktok-embed": "cite", "mastodon-embed": "data-embed-url", "reddit-embed-bq": "cite",
    "reddit-card": "cite", "bluesky-embed": "data-bluesky-uri", "fb-post": "data-href",
    "fb-video": "data-href", "text-post-media": "data-text-post-permalink",
    "imgur-embed-pub": "data-id",
}  # fmt: skip
"""Classes that the scripts of networks look for, and the attribute with the URL of the post."""

_BOXES = ("div", "blockquote", "a", "button", "section", "span")
_FILLED = frozenset({*_POSTS, *_CHARTS})
_STATED = frozenset({*_FACADES, *_IDS, "style"})
_UNWANTED = re.compile(
    r"doubleclick|googlesyndication|googletagmanager|/ads?[/.?_-]|adserver|adservice|amazon-adsystem"
    r"|taboola|outbrain|recaptcha|captcha|consent|cookie|gdpr|onetrust|disqus|/comments?[/.?]|sso"
    r"|newsletter|subscri|sign-?up|log-?in|oauth|addthis|sharethis|/plugins/(?:like|page|share)"
    r"|like\.php|likebox|widgets/follow|pixel|beacon|analytics|tracking|paywall|donat"
    r"|/recommend|livechat|intercom|hotjar|criteo|/form",
    re.IGNORECASE,
)
_PLAYERS = re.compile(
    r"//(?:[\w-]+\.)*(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|dai\.ly"
    r"|twitch\.tv|open\.spotify\.com|soundcloud\.com|bandcamp\.com|(?:embed\.)?podcasts\.apple\.com"
    r"|music\.apple\.com|codepen\.io|jsfiddle\.net|codesandbox\.io|stackblitz\.com|replit\.com"
    r"|observablehq\.com|gist\.github\.com|asciinema\.org|slideshare\.net|speakerdeck\.com"
    r"|ted\.com|archive\.org|wikimedia\.org|v\.qq\.com|bilibili\.com|mixcloud\.com|loom\.com"
    r"|wistia\.(?:com|net)|streamable\.com|datawrapper\.dwcdn\.net|flourish\.studio|infogram\.com"
    r"|tableau\.com|openstreetmap\.org|scribd\.com|peertube\.\w+)(?:[:/]|$)"
    r"|//(?:www\.|maps\.)?google\.[a-z.]+/maps|//docs\.google\.com/|//drive\.google\.com/file",
    re.IGNORECASE,
)
"""Players, editors, maps and charts that belong to the article that shows them."""

_NO_TITLE = re.compile(
    r"(?:youtube|vimeo|video|audio|media|embed(?:ded)?|player|content|post|frame|iframe|external"
    r"|third[- ]party|untitled|document|map|[\W\d])*",
    re.IGNORECASE,
)
_NOWHERE = re.compile(r"#|\{|(?:about|javascript|data|blob):", re.IGNORECASE)
_FEW = 20  # elements of a box that are all looked at
_NEAR = 2
_SIDE = 60  # pixels; what is smaller shows nothing
_KEPT = frozenset({"src", "title", "poster"})


class _Embed(NamedTuple):
    address: str
    title: str = ""


def repair(root: Element) -> None:
    """Turn everything that a page embeds into frames and quotations."""
    for element in list(root.iter(*_ELEMENTS, "amp-video", "amp-audio")):
        _from_element(element)
    for element in list(root.iter("script", "embed", "object")):
        _from_program(element)
    for element in list(root.iter(*_BOXES)):
        keys = element.keys()
        if keys and not (_STATED.isdisjoint(keys) and _FILLED.isdisjoint(_classes(element))):
            _from_box(element)
    for noscript in list(root.iter("noscript")):
        _open(noscript)
    for frame in list(root.iter("iframe")):
        _settle(frame)
    for player in list(root.iter("video", "audio")):
        _settle_player(player)


def is_player(frame: Element) -> bool:
    """Return whether a frame shows something of a provider that articles embed."""
    return _PLAYERS.search(frame.get("src") or "") is not None


def poster_of(address: str) -> str:
    """Return the picture that a player shows before it plays, ``""`` if that is not known."""
    video = _YOUTUBE.search(address)
    return f"https://i.ytimg.com/vi/{video[1]}/hqdefault.jpg" if video else ""


def _from_element(element: Element) -> None:
    tag = element.tag
    if tag in ("amp-video", "amp-audio"):
        element.tag = tag.removeprefix("amp-")
        return
    name, form = _ELEMENTS[tag]
    value = (element.get(name) or "").strip()
    poster = element.find(".//*[@placeholder]")
    title = element.get("playlabel") or element.get("title") or element.get("aria-label") or ""
    if value:
        address = form.format(value if form == "{}" else quote(value))
        frame = _replaced(element, _Embed(address, title))
        if poster is not None and poster.get("src"):
            frame.set("poster", poster.get("src", ""))


def _from_program(element: Element) -> None:
    """Turn a script that writes an embed, or an object of a plug-in, into a frame."""
    source = element.get("src") or element.get("data") or ""
    if element.tag == "script":
        if match := _SCRIPTS.match(source):
            _replaced(element, _Embed(match[0]))
        return
    for param in element.iter("param"):
        if (param.get("name") or "").lower() in ("movie", "src", "url"):
            source = source or param.get("value") or ""
    shows = _YOUTUBE.search(source) or _PLAYERS.search(source)
    if element.getparent() is None or element.find(".//iframe") is not None:
        return
    if shows or source.partition("?")[0].lower().endswith(".pdf"):
        _replaced(element, _Embed(source, element.get("title") or ""))


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _from_box(box: Element) -> None:
    """Turn a box that a script fills into a frame, and a post into a quotation with its link."""
    for name in _classes(box):
        if name in _POSTS:
            _as_quote(box, box.get(_POSTS[name]) or "")
            return
        if name in _CHARTS:
            attribute, form = _CHARTS[name]
            if value := box.get(attribute):
                _replaced(box, _Embed(form.format(value), box.get("data-title") or ""))
            return
    if (address := _facade(box)) and not text_of(box) and box.find(".//iframe") is None:
        label = box.get("data-title") or box.get("title") or box.get("aria-label") or ""
        _replaced(box, _Embed(address, label))


def _facade(box: Element) -> str:
    """Return the URL of the video for which a box stands until it is clicked, else ``""``."""
    stated = " ".join(box.get(name) or "" for name in (*_FACADES, "style"))
    if ("yout" in stated or "ytimg" in stated) and (match := _YOUTUBE.search(stated)):
        return f"https://www.youtube.com/watch?v={match[1]}"
    for name in _IDS:
        value = box.get(name) or ""
        if (
            _YOUTUBE_ID.fullmatch(value)
            and "youtu" in f"{names(box)} {' '.join(box.keys())}".lower()
        ):
            return f"https://www.youtube.com/watch?v={value}"
    return ""


def _as_quote(box: Element, address: str) -> None:
    if address.startswith("at://"):  # of Bluesky: at://repository/app.bsky.feed.post/key
        parts = address.split("/")
        address = f"https://bsky.app/profile/{parts[2]}/post/{parts[-1]}" if len(parts) > 4 else ""
    for name in ("class", "id", "style"):
        box.attrib.pop(name, None)
    if not text_of(box):
        if address:
            _replaced(box, _Embed(address))
        return
    if box.tag == "div":
        box.tag = "blockquote"
    last = address.rstrip("/").rpartition("/")[2].partition("?")[0]
    if last and not any(last in (link.get("href") or "") for link in box.iter("a")):
        paragraph = etree.SubElement(box, "p")
        link = etree.SubElement(paragraph, "a", href=address)
        link.text = address.partition("://")[2].partition("/")[0].removeprefix("www.")


def _open(noscript: Element) -> None:
    """Take the frame for readers without scripts unless there is one for all."""
    frame = noscript.find(".//iframe")
    box = noscript.getparent()
    if frame is None or box is None or text_of(noscript):
        return
    source, video = frame.get("src") or "", _YOUTUBE.search(frame.get("src") or "")
    key = video[1] if video else source
    remove(frame)
    few = sum(1 for _ in islice(box, _FEW + 1)) <= _FEW
    near = [box] if few else [noscript.getprevious(), noscript.getnext()]
    others = [other for each in near if each is not None for other in each.iter("iframe")]
    if not any(key in (each.get(name) or "") for each in others for name in _LATE):
        noscript.addnext(frame)
        frame.tail, noscript.tail = noscript.tail, None


def _settle(frame: Element) -> None:
    """Give a frame its address, title and picture, or remove it."""
    stated = [(frame.get(name) or "").strip() for name in _LATE]
    source = next((each for each in stated if each and not _NOWHERE.match(each)), "")
    title = " ".join((frame.get("title") or frame.get("data-title") or "").split())
    video = _YOUTUBE.search(source)
    about = f"{source} {title} {names(frame)}"
    repeats = "wp-embedded-content" in about and _follows_quote(frame)
    known = video or _PLAYERS.search(source)
    if not source or repeats or (not known and (_UNWANTED.search(about) or _is_unseen(frame))):
        remove(frame)
        return
    for name in set(frame.keys()) - _KEPT:
        del frame.attrib[name]
    frame.set("src", source)
    frame.set("title", "" if _NO_TITLE.fullmatch(title) else title)
    if (poster := poster_of(source)) and not frame.get("poster"):
        frame.set("poster", poster)
    frame.text = None
    for child in list(frame):
        frame.remove(child)


def _follows_quote(frame: Element) -> bool:
    """Return whether a quotation before a frame links to the same page, as WordPress writes it."""
    holders = [frame, frame.getparent()]
    before = [
        each
        for holder in holders
        if holder is not None
        for each in islice(holder.itersiblings(preceding=True), _NEAR)
    ]
    return any(each.tag == "blockquote" and each.find(".//a") is not None for each in before)


def _is_unseen(frame: Element) -> bool:
    """Return whether a frame is too small to show something, or hidden."""
    sides = [(frame.get(name) or "").strip().removesuffix("px") for name in ("width", "height")]
    small = any(side.isdecimal() and int(side[:6]) < _SIDE for side in sides)
    style = (frame.get("style") or "").replace(" ", "").lower()
    return small or "display:none" in style or frame.get("hidden") is not None


def _settle_player(player: Element) -> None:
    """Give a player the address of its first source that a script would give it."""
    decorates = player.get("autoplay") is not None and player.get("controls") is None
    if not player.get("src") and not decorates:
        late = (player.get(name) for name in _LATE if player.get(name))
        inner = (each.get(name) for each in player.iter("source") for name in _LATE)
        source = next((each for each in (*late, *inner) if each), "")
        if source:
            player.set("src", source)
    if poster := player.get("data-poster"):
        player.set("poster", player.get("poster") or poster)


def _replaced(element: Element, embed: _Embed) -> Element:
    """Put a frame in the place of an element."""
    frame = etree.Element("iframe", src=embed.address, title=embed.title)
    frame.tail, element.tail = element.tail, None
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, frame)
    return frame
