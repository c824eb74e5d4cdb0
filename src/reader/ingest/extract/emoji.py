"""Pictures that stand for signs in a sentence: emoji and smilies become text."""

import re

from reader.ingest.extract.measure import Element, remove
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
_FIRST_CODE = 0x203C  # of what Unicode lists as emoji, apart from digits and two marks
_LAST_CODE = 0x1FAFF


def repair(root: Element) -> None:
    """Turn pictures of emoji and smilies into the signs that they show."""
    for image in list(root.iter("img")):
        if sign := _sign(image):
            image.tail = sign + (image.tail or "")
            remove(image)


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


def _character(codes: str) -> str:
    """Return the characters that the name of a file numbers, ``""`` if they are no emoji."""
    numbers = [int(code, 16) for code in re.split("[-_]", codes)]
    if not any(_FIRST_CODE <= number <= _LAST_CODE for number in numbers):
        return ""
    kept = [x for x in numbers if x < 0xD800 or 0xE000 <= x <= 0x10FFFF]
    return "".join(map(chr, kept))
