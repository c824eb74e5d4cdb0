"""The size that a page gives a picture is read; what says nothing about it is not."""

import pytest

from reader.body.blocks import Given
from reader.ingest.picture_sizes import given_size


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ({"width": "16", "height": "16"}, Given(16, 16)),
        ({"width": " 16px "}, Given(16)),
        ({"height": "20.5"}, Given(0, 20.5)),
        ({"style": "height: 24px; color: red"}, Given(0, 24)),
        ({"style": "WIDTH:12PT"}, Given(16)),
        ({"width": "640", "style": "width:1.25em;height:1em"}, Given(1.25, 1, "em")),
        (
            {"style": "vertical-align:-0.838ex; width:10.5ex; height:2.84ex"},
            Given(5.25, 1.42, "em"),
        ),
        ({"style": "max-width: 300px"}, Given(300)),
        ({"style": "max-width: 300px; width: 40px"}, Given(40)),
        ({"style": "width: 40px; max-width: 300px"}, Given(40)),
        ({"width": "300", "style": "max-width:100%;height:auto"}, Given(300)),
        ({"width": "25%"}, Given(160)),
        ({"src": "https://example.org/logo@2x.png?v=3"}, Given(2, 2, "x")),
        ({"data-density": "1.5"}, Given(1.5, 1.5, "x")),
        ({"data-density": "2", "width": "16"}, Given(16)),
        ({"alt": "😀"}, Given(0, 1, "em")),
        ({"alt": "👩\u200d🚀"}, Given(0, 1, "em")),
        ({"alt": "❤\ufe0f"}, Given(0, 1, "em")),
        ({"alt": "😀", "width": "120"}, Given(120)),
    ],
)
def test_a_size_is_read(attributes: dict[str, str], size: Given) -> None:
    assert given_size(attributes) == size


@pytest.mark.parametrize(
    "attributes",
    [
        {}, {"width": "1", "height": "1"}, {"width": "0"}, {"width": "-16"}, {"width": "auto"},
        {"width": "100%"}, {"width": "50%"}, {"height": "20%"}, {"width": "99999999"},
        {"width": "9" * 400}, {"width": "1e3"}, {"width": "nan"}, {"width": "٣٢"},
        {"style": "width: calc(1px + 2em)"}, {"style": "width: 30vw"}, {"style": "width: 200em"},
        {"width": "300", "height": "200", "style": "width:100%"}, {"width": "3", "style": ";;"},
        {"style": "min-width: 30px"}, {"style": "border-width: 8px"}, {"style": "width: 1px"},
        {"data-density": "1"}, {"data-density": "0"}, {"data-density": "two"}, {"alt": "a"},
        {"alt": "© 2020"}, {"alt": "©"}, {"alt": "The sun ☀"}, {"alt": "😀" * 20},
        {"data-width": "16px"},
    ],
)  # fmt: skip
def test_what_says_nothing_is_no_size(attributes: dict[str, str]) -> None:
    assert given_size(attributes) == Given()
