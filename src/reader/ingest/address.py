"""Addresses of articles: the same article has the same one, whoever shared it."""

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from reader.errors import IngestError

_TRACKING = re.compile(
    r"(?:utm_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|yclid|igshid|igsh|mc_cid|mc_eid|"
    r"mkt_tok|_hsenc|_hsmi|hs(?:a_.*|ctatracking)|vero_(?:conv|id)|oly_(?:anon|enc)_id|wickedid|"
    r"cmpid|cmp|ocid|ncid|sr_share|smid|smtyp|spm|scm|xtor|at_(?:medium|campaign|custom\d|link.*)|"
    r"ref_src|ref_url|s_cid|ito|guccounter|guce_.*|__twitter_impression|share_?id|rss|feature|"
    r"trk|trkcampaign|wt_mc|wt\.mc_id|pk_(?:campaign|kwd|source|medium)|mtm_.*|piwik_.*|ref)",
    re.IGNORECASE,
)
_LONGEST = 8000
_PORTS = {"http": 80, "https": 443}


def normal(address: str) -> str:
    """Return an address in the form it is known by; raises IngestError for what is none.

    Only http and https with a host are addresses of articles. Parameters that only tell who
    came from where are left out, as is the place within the page. Without a scheme, https is
    meant.
    """
    said = address.strip().strip("<>").replace("\t", "").replace("\n", "").replace("\r", "")
    if "://" not in said and re.match(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)", said):
        said = f"https://{said}"
    try:
        parts = urlsplit(said)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise _wrong(address) from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host or len(said) > _LONGEST or any(x.isspace() for x in host):
        raise _wrong(address)
    if parts.username is not None or parts.password is not None:
        raise IngestError(f"{host} is asked for with a name and a password; leave them out.")
    place = _host(host, address)
    if port and port != _PORTS[scheme]:
        place = f"{place}:{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair[0])]
    query = urlencode(kept) if len(kept) < len(pairs) else parts.query
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((scheme, place, path, quote(query, safe="=&%/:?@!$'()*+,;~-._[]|"), ""))


def site_of(address: str) -> str:
    """Return the name of a site, from its address: the host without ``www``."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def is_address(text: str) -> bool:
    """Return whether a text is one address of an article, and nothing else."""
    try:
        normal(text)
    except IngestError:
        return False
    return text.strip().lower().startswith(("http://", "https://"))


def _host(host: str, address: str) -> str:
    if ":" in host:
        return f"[{host}]"
    try:
        return host.encode("idna").decode() if not host.isascii() else host.lower()
    except UnicodeError as error:
        raise _wrong(address) from error


def _wrong(address: str) -> IngestError:
    shown = address.strip()[:80]
    return IngestError(f"“{shown}” is no address of an article; it should begin with https://.")
