"""E-mail addresses that Cloudflare hides are readable."""

import pytest
from lxml import html

from reader.ingest.extract.protected_email import repair


def _hidden(address: str) -> str:
    return "5a" + bytes(letter ^ 0x5A for letter in address.encode()).hex()


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (f'<a href="/cdn-cgi/l/email-protection" data-cfemail="{_hidden("a@b.example")}"><b>[</b>'
         "email&nbsp;protected]</a>", ("a@b.example", ["mailto:a@b.example"])),
        (f'<a href="/cdn-cgi/l/email-protection#{_hidden("ä@b.example?subject=Hi")}">Write</a>',
         ("Write", ["mailto:ä@b.example?subject=Hi"])),
        (f'<span data-cfemail="{_hidden("a@b.example")}">[email protected]</span>!',
         ("a@b.example!", [])),
        ('<span data-cfemail="5a">[email protected]</span>', ("[email protected]", [])),
        ('<span data-cfemail="zz11">[email protected]</span>', ("[email protected]", [])),
        ('<a href="/cdn-cgi/trace">x</a>', ("x", ["/cdn-cgi/trace"])),
    ],
)  # fmt: skip
def test_a_hidden_address_is_readable(page: str, shown: tuple[str, list[str]]) -> None:
    tree = html.fromstring(f"<p>{page}</p>")
    repair(tree)
    assert (tree.text_content(), [link.get("href") for link in tree.iter("a")]) == shown
