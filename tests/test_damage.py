"""Damage is told in a sentence for each kind, with the first places and how many more."""

import pytest

from reader.damage import Damage, Kind, entries, place, sentences


def _damage(kind: Kind, article: int = 0, title: str = "", detail: str = "") -> Damage:
    return Damage(kind=kind, article=article, title=title, detail=detail)


@pytest.mark.parametrize("kind", [*Kind])
def test_every_kind_has_a_sentence_of_its_own(kind: Kind) -> None:
    (said,) = sentences([_damage(kind, 7, "A title", "detail")])
    assert said.endswith(".")
    assert "{}" not in said
    others = [sentences([_damage(each, 7, "A title", "detail")])[0] for each in Kind]
    assert others.count(said) == 1


def test_places_are_named_once_three_at_most_and_the_others_counted() -> None:
    found = [_damage(Kind.TEXT, n, f"T{n}") for n in (1, 2, 2, 3)]
    assert "The text of “T1”, “T2”, “T3” was damaged" in sentences(found)[0]
    found += [_damage(Kind.TEXT, 4), _damage(Kind.TEXT, 5)]
    assert "“T1”, “T2”, “T3” and 2 more was" in sentences(found)[0]
    (said,) = sentences([_damage(Kind.TEXT, 9)])
    assert "The text of article 9 was damaged" in said
    (said,) = sentences([_damage(Kind.PICTURE_MISSING, detail="a.png")])
    assert "Pictures are missing: a.png." in said
    (said,) = sentences([_damage(Kind.VALUE, 3, "T", "what")])
    assert "“T” (what)" in said


def test_sentences_come_in_the_order_of_their_kinds() -> None:
    found = [_damage(kind, 1, "T", "d") for kind in [*Kind][::-1]]
    assert sentences(found) == [sentences([_damage(kind, 1, "T", "d")])[0] for kind in Kind]
    assert sentences([]) == []


def test_entries_are_counted() -> None:
    assert [entries(n) for n in (1, 2, 1000)] == ["1 entry", "2 entries", "1,000 entries"]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("table", ["", "article"])
def test_every_damage_has_a_place(kind: Kind, table: str) -> None:
    assert place(Damage(kind, table=table)) not in ("", "article")
    assert place(Damage(kind, detail=table)) not in ("", "article")
