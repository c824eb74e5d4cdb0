"""Pictures that stand for signs in a sentence: emoji and smilies become text."""

import re

from reader.ingest.extract.measure import Element
from reader.ingest.picture_sizes import is_emoji

_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:tw)?emoji(?:one)?(?=[\s_-]|$)|(?:^|[\s_-])smil(?:ey|ie)s?(?=[\s_-]|$)"
)
_PLACES = re.compile(
    r"//s\.w\.org/images/core/emoji/|/(?:tw)?emoji(?:one|s)?(?:\.php)?/|twemoji"
    r"|/(?:smil(?:ies|eys?|es)|emoticons?)/",
    re.IGNORECASE,
)
_CODES = re.compile(
    r"/(?:u|emoji_u)?([0-9a-f]{4,6}(?:[-_][0-9a-f]{4,6}){0,7})\.(?:png|svg|gif|webp)"
)
_LONGEST = 40
_EMOJI = (range(0x203C, 0x329A), range(0x1F000, 0x1FB00))  # without digits and two marks


def repair(root: Element) -> None:
    """Turn pictures of emoji and smilies into the signs that they show."""
    for image in list(root.iter("img")):
        if sign := _sign(image):
            image.tag, image.text = "span", sign
            image.attrib.clear()


def _sign(image: Element) -> str:
    """Return the text for which a picture stands, ``""`` if it is not a sign."""
    source, classes = image.get("src") or "", (image.get("class") or "").lower()
    if not (_CLASSES.search(classes) or _PLACES.search(source)):
        return ""
    alt = " ".join((image.get("alt") or image.get("title") or "").split())
    if is_emoji(alt):
        return alt
    if (codes := _CODES.search(source.lower())) and (sign := _character(codes[1])):
        return sign
    return alt if len(alt) <= _LONGEST else ""


def _character(name: str) -> str:
    """Return the characters that the name of a file numbers, ``""`` if they are no emoji."""
    numbers = [int(code, 16) for code in re.split("[-_]", name)]
    if not any(number in codes for number in numbers for codes in _EMOJI):
        return ""
    kept = [x for x in numbers if x < 0xD800 or 0xE000 <= x <= 0x10FFFF]
    return "".join(map(chr, kept))
