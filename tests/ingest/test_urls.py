"""Addresses: one form for each article, and a sentence for what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import IngestError
from reader.ingest.urls import (
    Login,
    canonical_url,
    displayed,
    is_blocked,
    is_local,
    is_public,
    is_url,
    login_of,
    origin_of,
    requested_url,
    site_of,
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("HTTPS://Example.ORG/a", "https://example.org/a"),
        ("example.org/a", "https://example.org/a"),
        ("http://example.org:80/", "http://example.org/"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&id=3&fbclid=y", "https://example.org/a?id=3"),
        ("https://example.org/a?utm_source=x", "https://example.org/a"),
        ("https://example.org/a?b=%2F&c=", "https://example.org/a?b=%2F&c="),
        (" <https://example.org/a> ", "https://example.org/a"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/a?12&utm_source=x&b=%20+", "https://example.org/a?12&b=%20+"),
        ("https://anna:secret@example.org/a", "https://example.org/a"),
        ("https://anna@example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org\\@127.0.0.1/a", "https://example.org/@127.0.0.1/a"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
    ],
)
def test_an_address_has_one_form(said: str, meant: str) -> None:
    assert canonical_url(said) == meant
    assert canonical_url(meant) == meant


@pytest.mark.parametrize(
    "said",
    [
        "", "file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/", "https://",
        "no address", "https://a..example/", "https://1.2.3.4.5/",
        "http://[bad", "https://exa mple.org/",
        "data:text/html,x",
        "https://example.org:99999/", "//example.org/x", "https://" + "a" * 9000,
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_sentence(said: str) -> None:
    with pytest.raises(IngestError, match=r"\.$"):
        canonical_url(said)
    assert not is_url(said)


def test_a_site_is_its_host() -> None:
    assert site_of("https://www.example.org/a") == "example.org"


def test_a_password_in_what_is_no_address_is_not_repeated() -> None:
    for said in ("https://anna:secret@exa mple.org/", "http://anna:sec/ret@example.org/"):
        with pytest.raises(IngestError) as caught:
            canonical_url(said)
        assert "ret" not in str(caught.value)


def test_a_login_is_for_the_scheme_host_and_port_it_was_typed_for() -> None:
    assert login_of("https://anna:wood%407@Example.org/a") == Login(
        "https://example.org:443", "anna", "wood@7"
    )
    assert login_of("http://anna@example.org:81/a") == Login("http://example.org:81", "anna", "")
    assert login_of("https://example.org/@anna") is None
    assert login_of("https://[bad") is None


def test_whom_an_address_asks_is_a_host_and_a_port_that_is_not_the_usual_one() -> None:
    assert origin_of("http://nas/a") == origin_of("https://nas/b") == "nas"
    assert origin_of("http://nas:8080/a") == "nas:8080"
    assert origin_of("http://nas:443/a") == "nas:443"


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://\u0430pple.com/x", "https://\u0430pple.com (xn--pple-43d.com)/x"),
        ("https://xn--pple-43d.com:81/x", "https://\u0430pple.com (xn--pple-43d.com):81/x"),
        ("https://straße.example/", "https://straße.example (xn--strae-oqa.example)/"),
        ("https://example.org/%E6%97%A5?a=%20%2F", "https://example.org/日?a=%20%2F"),
        ("https://example.org/a b\u202egpj.exe", "https://example.org/a%20b%E2%80%AEgpj.exe"),
        ("https://anna:secret@example.org/", "https://example.org/"),
        ("ftp://anna:secret@example.org/", "ftp://example.org/"),
        ("https://xn--a.example/", "https://xn--a.example/"),
        ("http://[::1]:8080/", "http://[::1]:8080/"),
        ("ftp://Example.org/%E6%97%A5", "ftp://Example.org/%E6%97%A5"),
        ("other://xn--pple-43d.com/x", "other://xn--pple-43d.com/x"),
        ("mailto:anna@example.org", "mailto:anna@example.org"),
        ("https://[bad", "https://[bad"),
        ("", ""),
    ],
)
def test_an_address_is_shown_with_nothing_hidden(address: str, seen: str) -> None:
    assert displayed(address) == seen


@pytest.mark.parametrize(
    "address",
    [
        "fec0::1", "feff::1", "fe80::1", "fd00::1", "ff02::1", "::1", "::", "::7f00:1",
        "::ffff:0:7f00:1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1",
        "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "2002:a00:1::",
        "2002:c0a8:1::", "3fff::1", "0.1.2.3", "100.64.0.1", "127.255.255.254", "169.254.169.254",
        "172.31.0.1", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.19.255.255", "198.51.100.7",
        "203.0.113.9", "224.0.0.251", "240.0.0.1", "255.255.255.255", "fe80::1%eth0", "nonsense",
    ],
)  # fmt: skip
def test_what_is_special_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["9.9.9.9", "172.32.0.1", "2620:fe::9", "64:ff9b::909:909", "2002:909:909::"]
)
def test_what_leads_to_the_open_network_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "said",
    [
        "http://localhost./", "http://a.localhost/", "http://LOCALHOST。/", "http://2130706433/",
        "http://0177.0.0.1/", "http://0x7f.1/", "http://127.1/", "http://127。0。0。1/",
        "http://①②⑦.0.0.1/", "http://127%2e0%2e0%2e1/", "http://[::ffff:127.0.0.1]/",
        "http://example.org@127.0.0.1/", "http://[fec0::1]/", "http://router/",
    ],
)  # fmt: skip
def test_this_computer_is_known_in_every_spelling(said: str) -> None:
    host = origin_of(canonical_url(said))
    assert is_local(host)


_BAD_PORTS = """0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104
109 110 111 113 115 117 119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532
540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000
6566 6665 6666 6667 6668 6669 6679 6697 10080"""  # of the Fetch standard


def test_a_port_of_another_service_is_blocked_and_no_other() -> None:
    assert [port for port in range(65_536) if is_blocked(port)] == [*map(int, _BAD_PORTS.split())]


@pytest.mark.parametrize(
    "ending",
    ["local", "localhost", "internal", "intranet", "private", "corp", "home", "lan", "home.arpa"],
)
def test_a_name_of_a_local_network_is_known_by_its_ending(ending: str) -> None:
    assert is_local(f"nas.{ending}")
    assert is_local("nas")
    assert not is_local(f"nas.{ending}.example")
    assert not is_local(f"nas.x{ending}")


@pytest.mark.parametrize(
    "name",
    """utm_source UTM_x fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid yclid igshid igsh
    mc_cid mc_eid mkt_tok _hsenc _hsmi hsa_x vero_id oly_enc_id wickedid cmpid ocid ncid smid spm
    scm xtor at_medium ref_src s_cid ito guccounter guce_x shareid share_id rss feature trk wt.mc_id
    pk_campaign mtm_x piwik_x ref utm%5Fsource""".split(),
)
def test_a_parameter_that_tells_who_came_from_where_is_left_out(name: str) -> None:
    assert (
        canonical_url(f"https://example.org/a?x=1&{name}=y&z=2") == "https://example.org/a?x=1&z=2"
    )
    kept = f"https://example.org/a?x{name}=y"
    assert canonical_url(kept) == kept


def test_an_address_has_an_end() -> None:
    longest = "https://example.org/" + "a" * 7980
    assert canonical_url(longest) == longest
    with pytest.raises(IngestError):
        canonical_url(f"{longest}a")
    with pytest.raises(IngestError) as caught:
        canonical_url("x " * 90)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("example.org:81", "https://example.org:81/"), ("example.org?a", "https://example.org/?a"),
        ("example.org#a", "https://example.org/"), ("ex\tam\nple.org/\ra", "https://example.org/a"),
        ("http:\\\\example.org\\a?b\\c", "http://example.org/a?b%5Cc"),
        ("https://example.org:80/", "https://example.org:80/"),
        ("http://[::1]:81/", "http://[::1]:81/"),
        ("https://example.org/a?b=é|[]~*", "https://example.org/a?b=%C3%A9|[]~*"),
        ("https://example.org/%41é~!$&'()*+,;=:@", "https://example.org/%41%C3%A9~!$&'()*+,;=:@"),
    ],
)  # fmt: skip
def test_an_address_is_read_as_browsers_read_it(said: str, meant: str) -> None:
    assert canonical_url(said) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "https://example.org/a?feature=1&utm_source=x", "https://example.org/view?p123",
        "https://example.org/view?p123=", "https://example.org/?", "https://example.org/a/",
        "https://example.org/%e4%7E;v=1//b/../c?a=%2f&b=x+y&b=[1]|{2}~`^\\",
        "https://example.org/app#!/chapter/2", "https://example.org/#/docs?x=1",
    ],
)  # fmt: skip
def test_an_address_is_requested_as_it_was_typed(typed: str) -> None:
    assert requested_url(typed) == typed


@pytest.mark.parametrize(
    ("typed", "requested"),
    [
        ("https://example.org/a b?c d\"<>'é", "https://example.org/a%20b?c%20d%22%3C%3E'%C3%A9"),
        ('https://example.org/é"<>^`{}|', "https://example.org/%C3%A9%22%3C%3E%5E%60%7B%7D|"),
        ("Example.ORG:443?a", "https://example.org/?a"),
        ("https://example.org", "https://example.org/"),
        ("https://anna:secret@example.org/a#part", "https://example.org/a"),
        ("https://example.org/caf\udce9", "https://example.org/caf%E9"),
        ("https://example.org/\ud800", "https://example.org/%3F"),
        ("https://bücher.example/#!/ä b", "https://xn--bcher-kva.example/#!/%C3%A4%20b"),
    ],
)
def test_what_http_cannot_carry_is_encoded_and_nothing_else(typed: str, requested: str) -> None:
    assert requested_url(typed) == requested
    assert requested_url(requested) == requested


def test_a_fragment_counts_only_if_it_chooses_a_document() -> None:
    for fragment in ("#!/a", "#/a"):
        assert canonical_url(f"https://example.org/{fragment}").endswith(fragment)
    assert canonical_url("https://example.org/a#:~:text=x") == "https://example.org/a"


@given(st.text(max_size=30))
def test_what_is_requested_is_the_same_article_as_what_was_typed(typed: str) -> None:
    for address in (typed, f"https://example.org/{typed}", f"https://example.org/a?{typed}"):
        try:
            requested = requested_url(address)
        except IngestError:
            continue
        assert requested.isascii() and requested.isprintable() and " " not in requested
        assert requested_url(requested) == requested
        assert canonical_url(requested) == canonical_url(canonical_url(address))


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/a/b.html?id=1&utm_source=x&c=%20",
        "https://example.org/a?utm_source=x",
        "http://1.2.3.4/a",
        "https://0x7f.1/",
        "https://a.b.example/it's,(so)?q=a+b:c/d",
        f"https://{'a' * 64}.example/",
        f"https://example.org/{'a' * 8000}",
    ],
)
def test_an_ordinary_address_is_read_as_any_other(address: str) -> None:
    def read(address: str) -> list[str]:
        try:
            return [canonical_url(address), requested_url(address), site_of(canonical_url(address))]
        except IngestError:
            return []

    assert read(address) == read(f" {address} ")
