"""QR codes of URLs, by segno."""

Code = tuple[tuple[bool, ...], ...]
"""Rows of modules, True if dark; the quiet zone is the paper around the code."""


def code_of(url: str) -> Code | None:
    """Return the code of a web URL, None for other sources and for URLs that are too long."""
    import segno

    if not url.startswith(("http://", "https://")):
        return None
    try:
        code = segno.make(url, error="m", micro=False)
    except segno.DataOverflowError:
        return None
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
