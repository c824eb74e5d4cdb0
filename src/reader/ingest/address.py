"""Addresses of articles: the same article has the same one, whoever shared it.

And which of them lie on this computer or the local network, where no page may send us.
"""

import ipaddress
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
_LOCAL_ENDINGS = (".local", ".localhost", ".internal", ".lan", ".home.arpa")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_TEREDO = ipaddress.ip_network("2001::/32")


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


def is_local(host: str) -> bool:
    """Return whether a host tells by its name alone that it is no site of the open network."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_ENDINGS)
    return not is_public(host)


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the open network, whatever it is wrapped in."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        elif found in _SIX_TO_FOUR:
            inner = ipaddress.IPv4Address((int(found) >> 80) & 0xFFFFFFFF)
        elif found in _TEREDO:
            return False
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not (
        found.is_multicast or found.is_reserved or found.is_loopback or found.is_unspecified
    )


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
