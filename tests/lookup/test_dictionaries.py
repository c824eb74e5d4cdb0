"""Words are found in dictionaries of both kinds, and a damaged one costs no other."""

import gzip
import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.lookup import writing

from reader.body import to_text
from reader.body.blocks import Body, Paragraph, Text
from reader.lookup import markup
from reader.lookup.dictionaries import Answers, Dictionaries


def _asked(folder: Path, text: str, cache: Path | None = None) -> Answers:
    dictionaries = Dictionaries(folder, (), (), cache)
    try:
        return dictionaries.look_up(text)
    finally:
        dictionaries.close()


def _links(answers: Answers) -> list[str]:
    blocks = [block for each in answers.entries for block in each.blocks]
    runs = [run for block in blocks if isinstance(block, Paragraph) for run in block.runs]
    links = [run.link for run in runs if isinstance(run, Text) and run.link]
    return [markup.word_of(link.removeprefix("#")) for link in links]


def _texts(answers: Answers) -> list[str]:
    return [to_text.to_text(Body(entry.blocks)).strip() for entry in answers.entries]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("wide", [False, True])
def test_a_word_is_found_in_a_stardict_of_any_form(
    tmp_path: Path, packed: bool, wide: bool
) -> None:
    words = {f"word{number:03}": f"text {number} " * 40 for number in range(200)}
    writing.stardict(tmp_path, "big", words, packed=packed, wide=wide)
    found = _asked(tmp_path, "word137")
    assert _texts(found) == [("text 137 " * 40).strip()]
    assert found.answers[0].title == "The big"


@pytest.mark.parametrize("packed", [False, True])
def test_a_word_is_found_in_a_dictd(tmp_path: Path, packed: bool) -> None:
    words = {"sea": "sea\n   a lot of {salt water}", "ship": "ship\n   what sails"}
    writing.dictd(tmp_path, "small", words, packed=packed)
    found = _asked(tmp_path, "Sea")
    assert found.answers[0].title == "The small"
    assert _texts(found) == ["sea\na lot of salt water"]
    assert _links(found) == ["salt water"]


def test_several_entries_of_one_word_are_shown_and_further_words_lead_to_theirs(
    tmp_path: Path,
) -> None:
    pairs = [("bank", "of a river"), ("bank", "with money"), ("Bank", "a name")]
    writing.stardict(tmp_path, "one", pairs, also=[("banque", 1)])
    assert _texts(_asked(tmp_path, "bank")) == ["of a river", "with money"]
    assert _texts(_asked(tmp_path, "BANK")) == ["a name", "of a river", "with money"]
    assert _texts(_asked(tmp_path, "banque")) == ["with money"]


def test_case_accents_and_signs_around_do_not_matter(tmp_path: Path) -> None:
    writing.stardict(tmp_path, "one", {"Café": "coffee", "it's": "it is"})
    assert _texts(_asked(tmp_path, "«cafe»,")) == ["coffee"]
    assert _texts(_asked(tmp_path, "It’s")) == ["it is"]


@pytest.mark.parametrize(
    ("text", "word"),
    [("dogs", "dog"), ("dog’s", "dog"), ("running", "run"), ("Häuser", "Haus"), ("l’eau", "eau")],
)
def test_a_form_of_a_word_leads_to_it(tmp_path: Path, text: str, word: str) -> None:
    writing.stardict(tmp_path, "one", dict.fromkeys(["dog", "run", "Haus", "eau", "x"], "yes"))
    found = _asked(tmp_path, text)
    assert found.word == word and found.near[0] == word and found.entries


def test_without_spaces_the_longest_word_is_found(tmp_path: Path) -> None:
    writing.stardict(tmp_path, "one", {"図": "figure", "図書": "books", "図書館": "library"})
    assert _texts(_asked(tmp_path, "図書館で本を読む")) == ["library"]


def test_dictionaries_are_asked_in_their_order_and_not_those_that_are_off(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        writing.stardict(tmp_path / name, name, {"word": f"of {name}"})
    dictionaries = Dictionaries(tmp_path, ("c", "a"), ("b",), None)
    assert _texts(dictionaries.look_up("word")) == ["of c", "of a"]
    dictionaries.close()


def test_sorted_words_are_kept_and_made_again_if_the_dictionary_is_another(tmp_path: Path) -> None:
    folder, cache = tmp_path / "in", tmp_path / "cache"
    writing.stardict(folder, "one", {"alpha": "first"})
    assert _texts(_asked(folder, "alpha", cache)) == ["first"]
    (kept,) = cache.iterdir()
    assert _texts(_asked(folder, "alpha", cache)) == ["first"]
    kept.write_bytes(kept.read_bytes()[:-3])
    assert _texts(_asked(folder, "alpha", cache)) == ["first"]
    writing.stardict(folder, "one", {"alphabet": "letters"})
    assert _texts(_asked(folder, "alphabet", cache)) == ["letters"]


@pytest.mark.parametrize(
    ("kinds", "text", "shown"),
    [
        ("m", "two\nlines <b>kept</b>", "two\nlines <b>kept</b>"),
        ("g", "<b>bold</b>\n<span color='red'>red</span>", "bold\nred"),
        ("h", "<p>good<script>bad()</script></p><img src='http://x/y.png'>", "good"),
        ("x", "<k>sea</k>\n<tr>siː</tr> <def>water, see <kref>ocean</kref></def>", "ocean"),
        ("t", "siː", "[siː]"),
        ("w", "'''sea''' is [[water|salt water]]", "sea is salt water"),
        ("tm", "siː\0water", "[siː]\n\nwater"),
        ("", "mwater\0", "water"),
        ("", "W\0\0\0\x04RIFFmwater\0", "water"),
        ("k", "<词条><解释>water</解释></词条>", "water"),
    ],
)
def test_every_kind_of_text_is_shown_and_nothing_else(
    tmp_path: Path, kinds: str, text: str, shown: str
) -> None:
    writing.stardict(tmp_path, "one", {"sea": text}, kinds=kinds)
    (found,) = _texts(_asked(tmp_path, "sea"))
    assert shown in found and "bad" not in found and "RIFF" not in found


def test_links_to_other_words_lead_to_them(tmp_path: Path) -> None:
    words = {"a": '<a href="bword://caf%C3%A9">café</a> <a href="file:///etc/passwd">no</a>'}
    writing.stardict(tmp_path, "one", words, kinds="h")
    assert _links(_asked(tmp_path, "a")) == ["café"]


def _instead(file: Path, make: Callable[[Path], object]) -> None:
    file.unlink()
    make(file)


def _filled_with_zeros(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[40:200] = bytes(160)
    file.write_bytes(data)


def _placed(offset: int, size: int) -> bytes:
    return gzip.compress(b"word\0" + struct.pack(">II", offset, size))


DAMAGE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "cut words": ("idx.gz", lambda file: file.write_bytes(file.read_bytes()[:20])),
    "cut entries": ("dict.dz", lambda file: file.write_bytes(file.read_bytes()[:60])),
    "garbage inside": ("dict.dz", _filled_with_zeros),
    "beyond": ("idx.gz", lambda file: file.write_bytes(_placed(10**9, 20))),
    "claims 4 GB": ("idx.gz", lambda file: file.write_bytes(_placed(0, 2**32 - 1))),
    "no words": ("idx.gz", lambda file: file.unlink()),
    "nonsense": ("ifo", lambda file: file.write_bytes(b"\xff\xfe\0" * 50)),
    "a folder": ("dict.dz", lambda file: _instead(file, Path.mkdir)),
    "a pipe": ("dict.dz", lambda file: _instead(file, os.mkfifo)),
    "a link to itself": ("dict.dz", lambda file: _instead(file, lambda it: it.symlink_to(it))),
    "a device": ("dict.dz", lambda file: _instead(file, lambda it: it.symlink_to("/dev/zero"))),
    "endless": ("idx.gz", lambda file: file.write_bytes(gzip.compress(b"a" * 2_000_000))),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_dictionary_is_one_sentence_and_costs_no_other(tmp_path: Path, how: str) -> None:
    words = {"word": "broken " * 50, "other": "x" * 5000}
    writing.stardict(tmp_path / "bad", "bad", words, packed=True)
    writing.stardict(tmp_path / "good", "good", {"word": "whole"})
    ending, damage = DAMAGE[how]
    damage(tmp_path / "bad" / f"bad.{ending}")
    bad, good = _asked(tmp_path, "word").answers
    assert not bad.entries and bad.trouble.endswith(".") and "\n" not in bad.trouble
    assert good.entries and not good.trouble


def test_a_folder_that_is_not_there_has_no_dictionaries(tmp_path: Path) -> None:
    assert _asked(tmp_path / "none", "word").answers == ()
