"""Pages that send a browser on at once."""

import pytest

from reader.ingest.refresh import redirect_target

_HERE = "https://example.org/a"


@pytest.mark.parametrize(
    ("meta", "further"),
    [
        ('<meta http-equiv="refresh" content="0; url=/b">', "https://example.org/b"),
        ("<META CONTENT='1;URL=/b' HTTP-EQUIV=REFRESH>", "https://example.org/b"),
        ('<meta http-equiv="refresh" content="0;url=\'b?c=1&amp;d=2\'">',
         "https://example.org/b?c=1&d=2"),
        ('<meta http-equiv=" Refresh " content="0 /b">', "https://example.org/b"),
        ('<meta name="x"><meta http-equiv="refresh" content="5, url = //other.example/">',
         "https://other.example/"),
        ('<meta http-equiv="refresh" content="6; url=/b">', ""),
        ('<meta http-equiv="refresh" content="300">', ""),
        ('<meta http-equiv="refresh" content="0; url=">', ""),
        ('<meta http-equiv="refresh" content="0; url=/a">', ""),
        ('<meta http-equiv="refresh" content="0; url=file:///etc/passwd">', ""),
        ('<meta http-equiv="refresh" content="0; url=http://[b">', ""),
        ('<!-- <meta http-equiv="refresh" content="0; url=/b"> -->', ""),
        ('<p>http-equiv="refresh" content="0; url=/b"</p>', ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_refresh_is_read_as_browsers_read_it(meta: str, further: str) -> None:
    page = f"<html><head>{meta}</head><body>One moment.</body></html>"
    assert redirect_target(page.encode(), "utf-8", _HERE) == further


def test_a_page_that_is_long_enough_to_be_read_is_read() -> None:
    page = '<meta http-equiv="refresh" content="0; url=/b">' + "<p>Text.</p>" * 1000
    assert redirect_target(page.encode(), "utf-8", _HERE) == ""
