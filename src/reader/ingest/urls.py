"""URLs of articles: as they are requested, and as they are compared.

Also recognises URLs that are on this computer or the local network, which no page may access.
"""

import ipaddress
import re
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, unquote_plus, urlsplit, urlunsplit

from reader.errors import IngestError
from reader.ingest import hosts

_TRACKING = re.compile(
    r"(?:utm_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|yclid|igshid|igsh|mc_cid|mc_eid|"
    r"mkt_tok|_hsenc|_hsmi|hs(?:a_.*|ctatracking)|vero_(?:conv|id)|oly_(?:anon|enc)_id|wickedid|"
    r"cmpid|cmp|ocid|ncid|sr_share|smid|smtyp|spm|scm|xtor|at_(?:medium|campaign|custom\d|link.*)|"
    r"ref_src|ref_url|s_cid|ito|guccounter|guce_.*|__twitter_impression|share_?id|rss|feature|"
    r"trk|trkcampaign|wt_mc|wt\.mc_id|pk_(?:campaign|kwd|source|medium)|mtm_.*|piwik_.*|ref)",
    re.IGNORECASE,
)
_LONGEST = 8000
PORTS = {"http": 80, "https": 443}
_PATH_SAFE = "!$%&'()*+,-./:;=@[\\]_|~"
_QUERY_SAFE = "!$%&'()*+,-./:;=?@[\\]^_`{|}~"
_FRAGMENT_SAFE = "!#$%&'()*+,-./:;=?@[\\]^_{|}~"
"""What stays as typed in each part of a URL: https://url.spec.whatwg.org/#percent-encoded-bytes"""

_LETTERS = re.compile(r"(?:%[89a-fA-F][0-9a-fA-F])+")
_LOGIN = re.compile(r"^(\s*[\w+.-]+:/+)[^?#]*@")
_LOCAL_ENDINGS = (
    ".local", ".localhost", ".internal", ".intranet", ".private", ".corp", ".home", ".lan",
    ".home.arpa",
)  # fmt: skip

# From IANA's registries of special-purpose addresses: Python's ``is_global`` differs between
# releases.
_NOT_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
            "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "2001::/23", "2001:db8::/32", "3fff::/20",
        ),
    )
)  # fmt: skip
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")

# Ports of other services than the web: https://fetch.spec.whatwg.org/#port-blocking
_BLOCKED_PORTS = frozenset(
    {
        0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95,
        101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179,
        389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601,
        636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566,
        *range(6665, 6670), 6679, 6697, 10080,
    }
)  # fmt: skip


_PLAIN = re.compile(
    r"https?://((?=[a-z\d.-]{4,253}/)(?:[a-z\d-]{1,63}\.)+[a-z][a-z\d-]{1,62})"
    r"/[\w/%:@!$&'()*+,;=~.-]*(?:\?([\w=&%/:?@!$'()*+,;~.-]+))?",
    re.ASCII,
)
"""URLs that are requested as they stand, which most are: host and query."""


class Login(NamedTuple):
    """A user name and a password, and the scheme, host and port they were typed for."""

    place: str
    name: str
    password: str


def requested_url(address: str) -> str:
    """Return a URL as it is requested. Raises IngestError if it is invalid.

    Only http and https URLs with a host are URLs of articles. Path and query stay as typed, with
    the least percent-encoding that HTTP needs. The host becomes ASCII; a usual port, a user name
    and a password are removed, and the fragment as well unless it chooses a document, as ``#!`` and
    ``#/`` do. A URL without a scheme means https.
    """
    if len(address) <= _LONGEST and _PLAIN.fullmatch(address):
        return address
    parts = _split(address)
    query = f"?{_encoded(parts.query, _QUERY_SAFE)}" if parts.query or _has_query(address) else ""
    fragment = document_fragment(address)
    path = _encoded(parts.path or "/", _PATH_SAFE)
    return f"{parts.scheme}://{parts.netloc}{path}{query}{fragment}"


def canonical_url(address: str) -> str:
    """Return the form of a URL by which articles are compared. Raises IngestError if it is invalid.

    In addition to ``requested_url``, tracking parameters are removed, because they do not identify
    the article. This form is not requested: a site may need the removed parts.
    """
    plain = _PLAIN.fullmatch(address) if len(address) <= _LONGEST else None
    if plain is not None:
        query = _identifying(plain[2] or "")
        return (
            address if query == plain[2] else f"{address.partition('?')[0]}{query and '?'}{query}"
        )
    parts = _split(address)
    query = _identifying(parts.query)
    path = _encoded(parts.path or "/", "/%:@!$&'()*+,;=~-._")
    query = _encoded(query, "=&%/:?@!$'()*+,;~-._[]|")
    fragment = document_fragment(address).removeprefix("#")
    return urlunsplit((parts.scheme, parts.netloc, path, query, fragment))


def _identifying(query: str) -> str:
    """Return a query without tracking parameters."""
    pairs = query.split("&")
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(unquote_plus(pair.partition("=")[0]))]
    return "&".join(kept) if len(kept) < len(pairs) else query


def both_forms(address: str) -> tuple[str, str]:
    """Return a URL as it is requested and as it is compared. Raises IngestError if it is none."""
    plain = _PLAIN.fullmatch(address) if len(address) <= _LONGEST else None
    if plain is not None and plain[2] is None:
        return address, address
    return requested_url(address), canonical_url(address)


def document_fragment(address: str) -> str:
    """Return the fragment of a URL with its ``#`` if it chooses a document, else ``""``.

    Pages made by scripts write the path of a document into the fragment: ``#!/a`` or ``#/a``.
    """
    fragment = _tidied(address).partition("#")[2]
    return f"#{_encoded(fragment, _FRAGMENT_SAFE)}" if fragment.startswith(("!", "/")) else ""


def login_of(address: str) -> Login | None:
    """Return the user name and password in a URL, None if there are none."""
    try:
        parts = urlsplit(_tidied(address))
        name, password = unquote(parts.username or ""), unquote(parts.password or "")
        return (
            Login(server_of(canonical_url(address)), name, password) if name or password else None
        )
    except (IngestError, ValueError):
        return None


def server_of(address: str) -> str:
    """Return the scheme, host and port of a URL."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or PORTS.get(parts.scheme, 0)}"


def origin_of(address: str) -> str:
    """Return the host of a URL, and the port unless it is the default of http or https.

    A host typed without a port means the site there, with http as well as https.
    """
    parts = urlsplit(address)
    usual = parts.port in (None, PORTS.get(parts.scheme))
    return f"{parts.hostname}" if usual else f"{parts.hostname}:{parts.port}"


def displayed(address: str) -> str:
    """Return a URL for display.

    A host with letters other than ASCII has its Punycode beside it, since letters of two scripts
    can look alike: ``https://аpple.com (xn--pple-43d.com)/``. User names and passwords are left
    out.
    """
    try:
        parts = urlsplit(_tidied(address))
        if parts.scheme not in PORTS or not parts.hostname:
            return _visible(address)
        host = hosts.canonical(parts.hostname)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return _visible(address)
    letters = hosts.in_letters(host)
    both = host if letters == host else f"{letters} ({host})"
    both = f"[{both}]" if ":" in host else both
    rest = urlunsplit(("", "", parts.path, parts.query, parts.fragment))
    rest = _visible(_LETTERS.sub(_decoded, rest)).replace(" ", "%20")
    return f"{parts.scheme}://{both}{port}{rest}"


def site_of(address: str) -> str:
    """Return the name of a site: the host of its URL without ``www``."""
    if plain := _PLAIN.match(address):
        return plain[1].removeprefix("www.")
    return (urlsplit(address).hostname or "").removeprefix("www.")


def title_of(address: str) -> str:
    """Return a title for a page of which only the URL is known: its site and its name there."""
    name = urlsplit(address).path.rstrip("/").rpartition("/")[2] or site_of(address)
    return f"{site_of(address)}: {name}"[:200]


def is_url(text: str) -> bool:
    """Return whether a text is the URL of an article, and nothing else."""
    try:
        canonical_url(text)
    except IngestError:
        return False
    return text.strip().lower().startswith(("http://", "https://"))


def is_local(host: str) -> bool:
    """Return whether a host is known by its name to be outside of the public network."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_LOCAL_ENDINGS)
    return not is_public(host)


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public network, however it is embedded."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _inner(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip not in _GLOBAL_UNICAST:
            return False
    return not any(ip in network for network in _NOT_PUBLIC)


def _inner(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address embedded in an IPv6 address, None if there is none."""
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip in _SIX_TO_FOUR:
        return ipaddress.IPv4Address((int(ip) >> 80) & 0xFFFFFFFF)
    return ip.ipv4_mapped


def is_blocked(port: int) -> bool:
    """Return whether a port belongs to a service that no page may make us contact."""
    return port in _BLOCKED_PORTS


def _split(address: str) -> SplitResult:
    """Return the parts of a URL with a canonical host. Raises IngestError."""
    tidy = _tidied(address)
    if "://" not in tidy and re.match(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)", tidy):
        tidy = f"https://{tidy}"
    try:
        parts = urlsplit(tidy)
        port = parts.port
        if parts.scheme not in PORTS or len(tidy) > _LONGEST:
            raise _wrong(address)
        host = hosts.canonical(parts.hostname or "")
    except ValueError as error:
        raise _wrong(address) from error
    host = f"[{host}]" if ":" in host else host
    usual = port in (None, PORTS[parts.scheme])
    return parts._replace(netloc=host if usual else f"{host}:{port}")


def _tidied(address: str) -> str:
    """Return a URL without characters that browsers ignore, and with slashes for backslashes."""
    tidy = address.strip().strip("<>").replace("\t", "").replace("\n", "").replace("\r", "")
    before, mark, after = _cut(tidy)
    if before.lower().startswith(("http:", "https:")):
        before = before.replace("\\", "/")
    return before + mark + after


def _cut(text: str) -> tuple[str, str, str]:
    """Split a text at its query or fragment: the text before, the delimiter, and the rest."""
    match = re.search(r"[?#]", text)
    at = match.start() if match else len(text)
    return text[:at], text[at : at + 1], text[at + 1 :]


def _has_query(address: str) -> bool:
    return _cut(_tidied(address))[1] == "?"


def _encoded(text: str, safe: str) -> str:
    """Return a part of a URL with all characters percent-encoded that are not ``safe``."""
    try:
        data = text.encode("utf-8", "surrogateescape")  # bytes of the command line stay as they are
    except UnicodeEncodeError:
        data = text.encode("utf-8", "replace")
    return quote(data, safe)


def _decoded(match: re.Match[str]) -> str:
    """Return the decoded characters of a run of escapes, unchanged if they are invalid."""
    letters = unquote(match[0], errors="replace")
    return match[0] if "\ufffd" in letters else letters


def _visible(text: str) -> str:
    """Return a text without passwords and invisible characters."""
    text = _LOGIN.sub(r"\1", text)
    return "".join(x if x.isprintable() else quote(x, errors="replace") for x in text)


def _wrong(address: str) -> IngestError:
    text = _visible(address.strip())[:80]
    return IngestError(f"“{text}” is not the URL of an article; it should begin with https://.")
