"""Pages of eleven languages in the encodings they come in, whatever they say of it."""

import codecs

import pytest
from benchmarks.encodings import OWN, is_right, labelled, own_page

from reader.ingest.decode import declared, decode, is_binary, known


def _page(language: str, label: str) -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return own_page(language, 1).replace("<head>", "<head>" + meta)


@pytest.mark.parametrize(
    ("language", "encoding"),
    [(name, each) for name, encodings in OWN.items() for each in (*encodings, "utf-8")],
)
def test_a_page_is_read_whatever_it_says_of_its_encoding(language: str, encoding: str) -> None:
    for kind, data in labelled(own_page(language, 0), encoding):
        assert is_right(data, encoding, decode(data)), kind


@pytest.mark.parametrize(("language", "encoding"), [("ru", "cp1251"), ("ru", "koi8-r"),
    ("ja", "euc-jp"), ("zh-hans", "gbk"), ("ko", "euc-kr"), ("ar", "cp1256")])  # fmt: skip
def test_a_latin_label_that_some_editor_wrote_is_not_believed(language: str, encoding: str) -> None:
    for label in ("iso-8859-1", "windows-1250", "iso-8859-2"):
        data = _page(language, label).encode(encoding, "xmlcharrefreplace")
        assert decode(data) == data.decode(encoding)
        assert decode(data, label) == data.decode(encoding)


def test_a_latin_label_is_believed_for_latin() -> None:
    for text in (
        "caf\xe9 " + "\xa0" * 50,
        "\xb7" * 80 + " \xe9",
        "\xbb\xbb\xbb\xbb \xf8l p\xe5 b\xe6nk",
    ):
        page = f"<meta charset=iso-8859-1><p>{text}</p>"
        assert decode(page.encode("cp1252")) == page
    page = _page("pl", "iso-8859-2")
    data = page.encode("iso-8859-2", "xmlcharrefreplace")
    assert decode(data) == data.decode("iso-8859-2")


def test_escapes_are_read_where_they_are_named() -> None:
    page = _page("ja", "iso-2022-jp")
    assert decode(page.encode("iso-2022-jp")) == page
    page = _page("zh-hans", "gb18030")
    assert decode(page.encode("gb18030")) == page


def test_what_a_server_says_counts() -> None:
    page = _page("ru", "").replace("\u2014", "-")
    assert decode(page.encode("iso-8859-5"), "iso-8859-5") == page
    assert decode(page.encode(), "koi8-r") == page


def test_a_label_of_escapes_is_not_believed_over_other_bytes() -> None:
    page = _page("ko", "iso-2022-kr")
    assert decode(page.encode()) == page


@pytest.mark.parametrize(
    "name", ["undefined", "idna", "punycode", "unicode_escape", "utf-7", "cp037", "a\0b", "\udce9"]
)
def test_what_no_page_can_be_written_in_is_no_encoding(name: str) -> None:
    assert known(name) is None
    assert decode(b"<p>one odd byte \xe9 here", name) == "<p>one odd byte é here"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")],
)
def test_a_mark_at_the_beginning_is_believed_and_left_out(mark: bytes, encoding: str) -> None:
    data = mark + '<meta charset="cp1251">é山'.encode(encoding)
    assert decode(data, "koi8-r") == '<meta charset="cp1251">é山'
    assert not is_binary(data)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_letters_are_known_by_their_zeros(encoding: str) -> None:
    for text in ("four", "Words of a text. " * 99, "山川" * 2 + "word"):
        assert decode(text.encode(encoding)) == text
        assert not is_binary(text.encode(encoding))
    assert is_binary("abc".encode(encoding))
    assert is_binary("four".encode(encoding) + b"x")
    assert is_binary("山川草木花鳥a".encode(encoding))
    assert is_binary("山川草木花鳥風月ab\0".encode(encoding))


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("latin-1", "cp1252"), ("ISO-8859-1", "cp1252"), ("us-ascii", "cp1252"),
        ("latin5", "cp1254"),
        ("iso-8859-11", "cp874"), ("tis-620", "cp874"), ("gb2312", "gb18030"), ("GBK", "gb18030"),
        ("shift_jis", "cp932"), ("sjis", "cp932"), ("euc-kr", "cp949"), ("big5", "big5hkscs"),
        *((each, "utf-8") for each in ("utf-16", "UTF-16LE", "utf-16be", "unicode", "utf8")),
        ("windows-1251", "cp1251"), ("", None), ("nonsense", None), ("hex", None), ("rot13", None),
    ],
)  # fmt: skip
def test_a_label_means_what_it_means_to_browsers(label: str, meant: str | None) -> None:
    assert known(label) == meant


@pytest.mark.parametrize(
    ("head", "meant"),
    [
        ("<meta charset=cp1251>", "cp1251"), ("<META CHARSET = ' cp1251 '>", "cp1251"),
        ('<meta http-equiv=x content="text/html; charset=cp1251">', "cp1251"),
        ('<?xml version="1.0" encoding="cp1251"?>', "cp1251"), ("<meta name=x>", None), ("", None),
        (f"<meta {'x' * 199}charset=cp1251>", "cp1251"),
        (f"<meta {'x' * 200}charset=cp1251>", None),
        (f"<?xml{'x' * 120}encoding='cp1251'?>", "cp1251"),
        (f"<?xml{'x' * 121}encoding='cp1251'?>", None),
        (f"{'x' * 16_363}<meta charset=cp1251>", "cp1251"),
        (f"{'x' * 16_373}<meta charset=cp1251>", None),
    ],
)  # fmt: skip
def test_a_page_names_its_encoding_near_its_beginning(head: str, meant: str | None) -> None:
    assert declared(head.encode()) == meant


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"", False), (b"words\t\n\x0b\x0c\r\x1b", False), (b"a\x00", True),
        (b"x" * 49 + b"\x01", False),
        (b"x" * 48 + b"\x01", True),
        *((b"x" + bytes([each]), True) for each in (8, 14, 26, 28, 31)),
        *((b"x" + bytes([each]), False) for each in (9, 13, 27, 32)),
        (b"x" * 4095 + b"\x00", True), (b"x" * 4096 + b"\x00", False),
    ],
)  # fmt: skip
def test_bytes_with_controls_are_no_text(data: bytes, binary: bool) -> None:
    assert is_binary(data) is binary


def test_a_late_fault_in_utf_8_is_overlooked() -> None:
    text = "é" + "x" * 200_000
    assert decode(text.encode() + b"\xe9 end", "utf-8") == text + "\ufffd end"
    assert decode("é".encode() + b"x" * 20 + b"\xc3").endswith("x\ufffd")
    assert decode(b"x" * 200_001 + b"\xe9 end") == "x" * 200_001 + "é end"


def test_a_late_fault_in_another_encoding_tells_that_it_is_another() -> None:
    for text, is_greek in (("Она молода", True), ("Она молодая", False)):
        page = f"<meta charset=windows-1253><p>{text}"
        meant = "cp1253" if is_greek else "cp1251"
        data = page.encode("cp1251")
        assert decode(data, "windows-1251") == data.decode(meant)


def test_a_page_that_is_utf_8_but_for_little_is_read_so() -> None:
    for number, is_utf8 in ((4, True), (3, False)):
        text = "é" * number
        made = decode(text.encode() + b"\xe9 " + b"x" * 9, "utf-8")
        assert made.startswith(text) is is_utf8


# The labels of the Encoding Standard (WHATWG) that are not just spelled like Python's.
_LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf8mb4 UTF8",
    "cp866": "866 ibm866 csibm866",
    "iso8859-2": "iso88592 iso_8859-2:1987 l2 csisolatin2",
    "iso8859-5": "iso88595 cyrillic iso-ir-144",
    "iso8859-6": "csiso88596e csiso88596i iso-8859-6-e iso-8859-6-i iso88596 asmo-708",
    "iso8859-7": "iso88597 sun_eu_greek elot_928",
    "iso8859-8": "csiso88598e iso-8859-8-e iso88598 visual csiso88598i iso-8859-8-i logical",
    "iso8859-10": "iso885910", "iso8859-13": "iso885913", "iso8859-14": "iso885914",
    "iso8859-15": "csisolatin9 iso885915 l9",
    "koi8-r": "koi koi8 koi8_r", "koi8-u": "koi8-ru",
    "mac-roman": "csmacintosh mac x-mac-roman macintosh",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "cp874": "dos-874 iso885911 windows-874 tis-620", "cp1250": "x-cp1250", "cp1251": "x-cp1251",
    "cp1252": "iso88591 x-cp1252 us-ascii ansi_x3.4-1968", "cp1254": "iso88599 x-cp1254 latin5",
    "gb18030": "csgb2312 gb_2312 gb_2312-80 x-gbk chinese csiso58gb231280",
    "big5hkscs": "cn-big5 x-x-big5 csbig5", "euc_jp": "cseucpkdfmtjapanese x-euc-jp",
    "cp932": "windows-31j x-sjis ms_kanji csshiftjis",
    "cp949": "cseuckr csksc56011987 iso-ir-149 ks_c_5601-1989 ksc_5601 windows-949 korean",
}  # fmt: skip


@pytest.mark.parametrize("encoding", _LABELS)
def test_every_label_of_browsers_is_known(encoding: str) -> None:
    for label in _LABELS[encoding].split():
        for spelled in (label, label.upper(), f" {label} "):
            name = known(spelled)
            assert name is not None and codecs.lookup(name).name == codecs.lookup(encoding).name


def test_a_declaration_behind_long_scripts_counts() -> None:
    page = "<script>" + "x" * 9000 + "</script><meta charset=koi8-u><p>їжак і ґанок</p>"
    assert decode(page.encode("koi8-u")) == page


@pytest.mark.parametrize("label", ["", "utf-8", "iso-8859-1", "windows-1251"])
def test_a_few_broken_bytes_do_not_make_another_encoding(label: str) -> None:
    page = f'<meta charset="{label}"><p>' + "Größe, Äpfel – dürr. " * 40
    data = page.encode().replace("–".encode(), b"\x96", 3)
    assert decode(data).count("Größe") == 40
    assert decode(data, label).count("\ufffd") == 3


def test_escapes_of_japanese_need_no_label() -> None:
    page = "<p>川の水は町を流れ、子どもたちは魚を数えた。</p>"
    assert decode(page.encode("iso-2022-jp")) == page
    assert decode(b"<p>costs \x1b[1m$B</p>") == "<p>costs \x1b[1m$B</p>"
