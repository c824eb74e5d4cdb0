"""Whatever changes about a page, it is read on from the same line."""

from collections.abc import Iterator
from random import Random

import pytest
from pytestqt.qtbot import QtBot
from tests.body.changing import CHANGES, NAME, paragraph, prose, sample
from tests.gui.places import ACTS, article_of, lines_away, settle

from reader import themes
from reader.anchor import Anchor
from reader.body.blocks import Body, Paragraph, Picture, Rule
from reader.document.fonts import load_fonts
from reader.document.heights import position_at
from reader.document.images import Pictures
from reader.gui.viewer.scroll_anchor import anchor_at_top, scroll_to, y_of
from reader.gui.viewer.viewer import Viewer
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


def _shown(viewer: Viewer, body: Body) -> Viewer:
    viewer.show_article(article_of(body))
    settle(viewer)
    return viewer


def test_a_leap_beyond_what_is_laid_out_arrives(viewer: Viewer) -> None:
    dense, sparse = paragraph(prose(Random(3), 200)), paragraph("short")
    page = _shown(viewer, Body((dense,) * 40 + (sparse,) * 300)).page
    viewer.set_zoom(2.0)
    position = page.characterCount() - 600
    viewer.leap_to(position)
    settle(viewer)
    assert 0 <= y_of(viewer, position) - viewer.verticalScrollBar().value() < 60


def test_a_leap_to_the_last_line_that_is_built_goes_on_with_the_page(viewer: Viewer) -> None:
    viewer.show_article(article_of(Body((paragraph(prose(Random(5))),) * 400)))
    assert not viewer.document_ready
    position = viewer.page.lastBlock().previous().position()
    viewer.leap_to(position)
    settle(viewer)
    assert 0 <= y_of(viewer, position) - viewer.verticalScrollBar().value() < 40


def test_a_gap_between_paragraphs_is_no_place_further_down(viewer: Viewer) -> None:
    page = _shown(viewer, Body((paragraph(prose(Random(4))),) * 120)).page
    starts = [page.findBlockByNumber(number).position() for number in range(8, 28)]
    gaps = [y_of(viewer, start) - 3 for start in starts]
    found = []
    for y in gaps:
        page.setTextWidth(-1)
        page.setTextWidth(viewer.lineWrapColumnOrWidth())  # laid out as far as it is asked for
        found.append(position_at(page, y))
    assert found == starts


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


def test_a_lost_place_is_as_far_down_as_reading_had_come(viewer: Viewer) -> None:
    body = Body(tuple(paragraph(prose(Random(n))) for n in range(60)))
    viewer.show_article(article_of(body))
    settle(viewer)
    viewer.verticalScrollBar().setValue(viewer.verticalScrollBar().maximum() // 2)
    progress, place = viewer.progress(), viewer.place()
    other = Body(tuple(paragraph(prose(Random(n))) for n in range(100, 220)))
    viewer.show_article(article_of(other, place)._replace(progress=progress))
    settle(viewer)
    assert viewer.progress() == pytest.approx(progress, abs=0.01)
    assert viewer.place().has_quote


def test_an_article_begun_in_another_program_opens_as_far_down(viewer: Viewer) -> None:
    body = Body(tuple(paragraph(prose(Random(n))) for n in range(60)))
    viewer.show_article(article_of(body)._replace(progress=0.5))
    settle(viewer)
    assert viewer.progress() == pytest.approx(0.5, abs=0.02)
    viewer.verticalScrollBar().setValue(0)
    viewer.set_look(viewer.look._replace(size_pt=20))
    settle(viewer)
    assert viewer.verticalScrollBar().value() == 0


@pytest.mark.parametrize("progress", [0.0, 0.4, 1.0])
def test_the_page_scrolls_to_a_share_of_it(viewer: Viewer, progress: float) -> None:
    viewer.show_article(article_of(sample(Random(5), 30)))
    settle(viewer)
    assert scroll_to(viewer, progress) == anchor_at_top(viewer)
    least = viewer.verticalScrollBar().pageStep() / viewer.page.size().height()
    assert viewer.progress() == pytest.approx(max(progress, least), abs=0.05)


def test_a_place_in_the_head_is_the_beginning(viewer: Viewer) -> None:
    viewer.show_article(article_of(sample(Random(6), 20)))
    settle(viewer)
    assert viewer.place() == Anchor()
    viewer.set_look(viewer.look._replace(size_pt=20))
    settle(viewer)
    assert viewer.verticalScrollBar().value() == 0


def test_a_place_that_was_kept_long_ago_is_kept_anew_with_words(viewer: Viewer) -> None:
    body = Body(tuple(paragraph(prose(Random(n))) for n in range(60)))
    told: list[Anchor] = []
    viewer.moved.connect(lambda _id, place, _progress: told.append(place))
    viewer.show_article(article_of(body, Anchor.parse("30:40")))
    settle(viewer)
    viewer.flush()
    assert told == [], "nobody has moved"
    assert viewer.place().block == 30
    viewer.verticalScrollBar().setValue(viewer.verticalScrollBar().value() + 5)
    viewer.flush()
    assert told[-1].block == 30
    assert told[-1].has_quote
    assert Anchor.parse(str(told[-1])) == told[-1]
