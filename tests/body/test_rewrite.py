"""A rewritten tree has other runs and the same shape."""

from hypothesis import HealthCheck, given, settings
from tests.body.bodies import bodies

from reader.body.blocks import Body, Code, Note, NoteMark, Paragraph, Picture, Runs, Text
from reader.body.rewrite import prefixed, rewrite, rewrite_note


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies)
def test_a_change_of_nothing_changes_nothing(body: Body) -> None:
    assert tuple(rewrite(block, lambda runs: runs) for block in body.blocks) == body.blocks


def test_runs_change_and_code_does_not() -> None:
    def shout(runs: Runs) -> Runs:
        return tuple(x._replace(text=x.text.upper()) if isinstance(x, Text) else x for x in runs)

    assert rewrite(Paragraph((Text("a"), Picture("")), "p"), shout, "x-") == Paragraph(
        (Text("A"), Picture("")), "x-p"
    )
    assert rewrite(Code("a"), shout) == Code("a")
    note = Note("n", (Paragraph((Text("a"),)),))
    assert rewrite_note(note, shout, "x-") == Note("x-n", (Paragraph((Text("A"),)),))


def test_references_get_the_prefix_of_their_targets() -> None:
    runs = (Text("a", link="#p"), Text("b", link="https://a.example/"), NoteMark("n"))
    assert prefixed(runs, "x-") == (
        Text("a", link="#x-p"), Text("b", link="https://a.example/"), NoteMark("x-n"),
    )  # fmt: skip
