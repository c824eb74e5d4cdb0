"""Pages that send a browser on at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ('<meta http-equiv="refresh" content="0; url=/a">', _HERE),
        ('<meta http-equiv="refresh" content=".5; url=/b">', "https://example.org/b"),
        ('<meta http-equiv="refresh" content="url=/b">', ""),
        ('<base href="/c/"><meta http-equiv="refresh" content="0; url=b">',
         "https://example.org/c/b"),
        ('<noscript><meta http-equiv="refresh" content="0; url=/b"></noscript>', ""),
        ('<template><meta http-equiv="refresh" content="0; url=/b"></template>', ""),
        ('<script>x = \'<meta http-equiv="refresh" content="0; url=/b">\'</script>', ""),
        ('<script>location = "/b"</script>', "https://example.org/b"),
        ("<script>window.opener = null; location.replace('https:\\/\\/b.example\\/\\x26')</script>",
         "https://b.example/&"),
        ('<script><!--\nwindow.location.href="/\\u00e9";\n//--></script>', "https://example.org/%C3%A9"),
        ("<script>document.location.assign('/b');</script>", "https://example.org/b"),
        ('<script>if (top != self) top.location = "/b"</script>', ""),
        ('<script>location = "/b" + x</script>', ""),
        ('<script>mylocation = "/b"</script>', ""),
        ('<script>location = "/b"</script><script>x()</script>', ""),
        ('<script>location = "javascript:x()"</script>', ""),
        ('<meta http-equiv="refresh" content="0; url=http://exa mple.org/">', ""),
        ('<meta http-equiv="refresh" content="0; url=http://example.org:99999/">', ""),
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
    assert redirect_target(b'<script>location = "/b"</script>' + page.encode(), "", _HERE) == ""


def test_a_large_page_with_hardly_a_word_only_sends_on() -> None:
    page = "<style>p {}" + " " * 20_000 + '</style><meta http-equiv="refresh" content="0; url=/b">'
    assert redirect_target(page.encode(), "utf-8", _HERE) == "https://example.org/b"
    assert redirect_target(page.encode() + b" " * 200_000, "utf-8", _HERE) == ""


@given(st.text("\"'\\/:;=(){}<>!- \nlocationreplaceassignhrefwindow.x0", max_size=60))
def test_no_script_is_too_much(script: str) -> None:
    for page in (f"<script>{script}</script>", f'<script>location="{script}"</script>'):
        further = redirect_target(page.encode(), "", _HERE)
        assert further == "" or further.lower().startswith(("http://", "https://"))
