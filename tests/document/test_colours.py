"""Code in colours: every line whole, every kind of word in its own."""

import pytest

from reader.document.colours import coloured

_PYTHON = '''\
@decorated
class Name(object):
    def f(self, n=1.5):
        """Say

        more."""
        return print("a" + 'b') or 0x1F  # why
'''


def test_every_kind_of_word_has_its_colour() -> None:
    kinds = {word.strip(): kind for line in coloured(_PYTHON, "python") for kind, word in line}
    expected = {
        "name": ["@decorated", "Name", "f", "object", "print", "self"],
        "keyword": ["class", "def", "return"],
        "string": ['"""Say', 'more."""', "'", "b"],
        "number": ["1.5", "0x1F"],
        "comment": ["# why"],
        "operator": ["=", "+", "or"],
        "": ["n"],
    }
    assert {word: kinds[word] for words in expected.values() for word in words} == {
        word: kind for kind, words in expected.items() for word in words
    }
    assert ("name", "p") in next(coloured("<p>x</p>", "html"))


@pytest.mark.parametrize("language", ["python", "html", "c", "", "no such language"])
@pytest.mark.parametrize("text", [_PYTHON, "a\n\n\nb", "\n\na", "a", "<p>\n</p>", "  a  "])
def test_lines_stay_as_they_are(text: str, language: str) -> None:
    lines = ["".join(word for _, word in line) for line in coloured(text, language)]
    wanted = text.split("\n")
    if language in ("python", "html", "c") and wanted[-1] == "":
        wanted.pop()
    assert lines == wanted


def test_very_long_code_is_not_coloured() -> None:
    code = "x = 1".ljust(100_000)
    assert len(next(coloured(code, "python"))) > 1
    assert [*coloured(code + " ", "python")] == [[("", code + " ")]]
