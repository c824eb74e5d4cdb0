"""Pages of eleven languages in the encodings they come in, whatever they say of it."""

import pytest
from benchmarks.encodings import OWN, is_right, labelled, own_page

from reader.ingest.decode import decode, known


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
