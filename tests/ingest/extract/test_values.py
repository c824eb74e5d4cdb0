"""Values that pages say of themselves are lines without markup."""

from reader.ingest.extract.values import first, line, plain


def test_the_first_value_that_is_said_is_taken() -> None:
    said = {"a": "", "b": "two", "c": "three"}
    assert first(said, "x", "a", "c", "b") == "three"
    assert first(said, "x", "a") == ""


def test_what_is_no_text_says_nothing() -> None:
    assert [plain(each) for each in ("a", None, 1, ["a"], {"a": "b"})] == ["a", "", "", "", ""]


def test_a_line_has_no_markup_and_no_breaks_and_an_end() -> None:
    assert line(" a\n <b class='x'>b</b>  &amp; c &lt;i>d&lt;/i> ") == "a b & c d"
    assert line("1 < 2") == "1 < 2"
    assert line("a&eacute;") == "aé"
    assert line(None) == ""
    assert line("x" * 600) == "x" * 500
    assert line("<a></a>" * 285 + "y" * 300) == "y" * 5
    assert line("x<br>y <BR/>z<a href=x>w") == "xy zw"
    assert line("<" + "b" * 201 + ">") == "<" + "b" * 201 + ">"
    assert line("<>") == "<>"


def test_the_name_of_an_element_is_no_markup() -> None:
    assert line("<picture>: The Picture element") == "<picture>: The Picture element"
    assert line("&lt;b> and <i>so</i>") == "<b> and so"
    assert line("vector<int> of C++") == "vector<int> of C++"
