"""Whatever changes about a page, it is read on from the same line."""

from collections.abc import Iterator
from random import Random

import pytest
from pytestqt.qtbot import QtBot
from tests.body.changing import CHANGES, NAME, paragraph, prose, sample
from tests.gui.places import ACTS, lines_away

from reader import themes
from reader.body.blocks import Body, Paragraph, Picture, Rule
from reader.document.fonts import load_fonts
from reader.document.images import Pictures
from reader.gui.viewer import Viewer
from reader.model import Look


@pytest.fixture
def viewer(qtbot: QtBot) -> Iterator[Viewer]:
    load_fonts()
    pictures = Pictures(lambda _: None)
    made = Viewer(pictures, Look(themes.theme("light")))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    yield made
    made.show_nothing("")
    pictures.close()


@pytest.mark.parametrize("kind", [*ACTS, *CHANGES])
def test_the_line_at_the_top_is_found_again_within_one_line(viewer: Viewer, kind: str) -> None:
    for seed in range(3):
        chance = Random(f"{kind} {seed}")
        away = lines_away(viewer, sample(chance, 14), kind, chance)
        assert away is None or away <= 1, (kind, seed)


@pytest.mark.parametrize("kind", ["zoom", "measure", "window", "reopened", "reopened, old form"])
@pytest.mark.parametrize(
    "body",
    [
        Body((paragraph(prose(Random(1), 20_000)),) * 2),
        Body((paragraph(prose(Random(2))),) * 30),
        Body(tuple(Paragraph((Picture(NAME, 300, 200 + n),)) for n in range(12))),
        Body((Paragraph(tuple(Picture(NAME, 300, 200 + n) for n in range(12))),)),
        Body((Rule(),) * 40),
        Body(),
    ],
    ids=["long", "identical", "pictures", "gallery", "rules", "empty"],
)
def test_a_body_without_landmarks_keeps_its_line(viewer: Viewer, body: Body, kind: str) -> None:
    chance = Random(f"{kind}")
    away = lines_away(viewer, body, kind, chance)
    assert away is None or away <= 1
