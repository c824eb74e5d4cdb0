"""Addresses as QR codes, by segno."""

Code = tuple[tuple[bool, ...], ...]
"""Rows of modules, True for the dark ones; the quiet zone is the paper around it."""


def code_of(url: str) -> Code | None:
    """Return the code of a web address; None for other sources and what no code can hold."""
    import segno

    if not url.startswith(("http://", "https://")):
        return None
    try:
        made = segno.make(url, error="m", micro=False)
    except segno.DataOverflowError:
        return None
    return tuple(tuple(bool(module) for module in row) for row in made.matrix)
