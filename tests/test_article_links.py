"""Links to articles: what other programs may pass on, and nothing else."""

import pytest

from reader.article_links import is_article_link, is_uid, link_of, uid_in

_UID = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    "link",
    [
        link_of(_UID),
        f"READER://Article/{_UID.upper()}/",
        f"reader:article/{_UID}",
        f" {link_of(_UID)}\n",
    ],
)
def test_a_link_names_an_article(link: str) -> None:
    assert is_article_link(link)
    assert uid_in(link) == _UID


@pytest.mark.parametrize(
    "link",
    ["reader:", "reader://article/", "reader://article/7", f"reader://other/{_UID}",
     f"reader://article/{_UID}/../x", f"reader://article/{_UID}%0a", "reader://" + "a" * 10_000],
)  # fmt: skip
def test_other_links_of_the_scheme_name_none(link: str) -> None:
    assert is_article_link(link)
    assert uid_in(link) == ""


def test_other_texts_are_no_links() -> None:
    assert not is_article_link("https://example.org/reader:")
    assert not is_article_link("/home/reader/a.md")
    assert not is_uid(_UID.upper())
    assert is_uid(_UID)
