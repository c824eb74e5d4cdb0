"""A picture of a sign is the sign in the sentence; other pictures stay."""

import pytest
from lxml import html

from reader.ingest.extract.emoji import repair


def _text(image: str) -> str:
    tree = html.fromstring(f"<p>map {image} it</p>")
    repair(tree)
    return str(tree.text_content()) + " +img" * len(tree.findall(".//img"))


@pytest.mark.parametrize(
    ("image", "text"),
    [
        ('<img class="emoji" alt="🙂" src="https://s.w.org/images/core/emoji/11/svg/1f642.svg">',
         "map 🙂 it"),
        ('<img alt=":)" class="wp-smiley" src="/smilies/simple-smile.png">', "map :) it"),
        ('<img class="emoji" alt=":rocket:" src="https://x.example/unicode/1f680.png?v8">',
         "map 🚀 it"),
        ('<img title=":heart:" src="/images/emoji/twitter/heart.png?v=12">', "map :heart: it"),
        ('<img src="https://x.example/images/emoji.php/v9/t4c/1/16/1f468-200d-1f33e.png">',
         "map 👨\u200d🌾 it"),
        ('<img class="emoji" src="/1f1e9-1f1ea.png">', "map 🇩🇪 it"),
        ('<g-emoji class="g-emoji"><img class="emoji" alt="🎉" src="/x.png"></g-emoji>',
         "map 🎉 it"),
        ('<img class="emoji" src="/unknown.png">', "map  it +img"),
        ('<img class="emoji" src="/12345.png">', "map  it +img"),
        ('<img class="emoji" src="/1f642-d800.png">', "map 🙂 it"),
        (f'<img class="emoji" alt="{"x" * 41}" src="/x.png">', "map  it +img"),
        ('<img alt="🙂" src="/photo.jpg">', "map  it +img"),
        ('<img class="demoji" alt="x" src="/photo.jpg">', "map  it +img"),
    ],
)  # fmt: skip
def test_a_picture_of_a_sign_is_the_sign(image: str, text: str) -> None:
    assert _text(image) == text
