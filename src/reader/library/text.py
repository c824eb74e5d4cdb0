"""Text made comparable: what lists are sorted by."""

import unicodedata


def sort_key(text: str) -> str:
    """Return what a title or site is sorted by: no case, no accents, no leading signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each for each in plain if not unicodedata.combining(each))
    start = next((index for index, each in enumerate(kept) if each.isalnum()), 0)
    return kept[start:][:200]
