"""Links to articles of the library, for other programs: ``reader://article/`` and a uid."""

import re

_LINK = re.compile(r"reader:/{0,2}article/([0-9a-f]{32})/?", re.IGNORECASE)


def is_article_link(text: str) -> bool:
    """Return whether a text is a link for Reader, well-formed or not."""
    return text.strip().lower().startswith("reader:")


def link_of(uid: str) -> str:
    """Return the link to an article."""
    return f"reader://article/{uid}"


def uid_in(link: str) -> str:
    """Return the uid in a link, ``""`` if it is no link to an article."""
    found = _LINK.fullmatch(link.strip())
    return found[1].lower() if found else ""


def is_uid(text: str) -> bool:
    """Return whether a text has the form of a uid."""
    return uid_in(link_of(text)) == text
