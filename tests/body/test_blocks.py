"""The alternative text of a picture is words, or nothing to show."""

import pytest

from reader.body.blocks import words_of


@pytest.mark.parametrize(
    "alt",
    ["IMG_2001.jpg", "img_2001", "DSC0042", "P1020304.JPG", "my summer in Rome.jpeg", "a.b.webp",
     "photo_1", "1_big", "A picture", "", " \n"],
)  # fmt: skip
def test_the_name_of_a_file_is_no_words(alt: str) -> None:
    assert words_of(alt) == ""


@pytest.mark.parametrize(
    "alt",
    ["plus", "A harbour", "1984", "COVID-19", "B52", "a_b in code", "Figure 2001", "القاهرة",
     "The file a.png is open", "日本"],
)  # fmt: skip
def test_words_are_shown(alt: str) -> None:
    assert words_of(f" {alt}\n") == alt
