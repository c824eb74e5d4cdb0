"""Links that only point to other pages of the site."""

from urllib.parse import urlsplit

from reader.ingest.extract.measure import Element, length


def host_of(address: str) -> str:
    """Return the host of a URL without ``www.``, ``""`` if it has none."""
    return _parts(address)[1]


def points_within(element: Element, host: str) -> bool:
    """Return whether an element has links and all lead to other pages of a site."""
    links = [link for link in element.iter("a") if length(link)]
    return bool(links) and all(_is_own(link.get("href") or "", host) for link in links)


def _is_own(href: str, host: str) -> bool:
    scheme, other = _parts(href)
    if not href or href.startswith("#") or scheme not in ("", "http", "https"):
        return False
    return not other or other == host or other.endswith(f".{host}") or host.endswith(f".{other}")


def _parts(address: str) -> tuple[str, str]:
    """Return the scheme and the host of a URL."""
    try:
        parts = urlsplit(address)
        return parts.scheme, (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "broken", ""
