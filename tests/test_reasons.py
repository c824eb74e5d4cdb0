"""Reasons are data: nothing depends on their words."""

from reader.model import ImportRow, Outcome
from reader.reasons import OVERRIDABLE, Reason, Remark


def test_a_row_knows_its_reasons_and_pages() -> None:
    row = ImportRow("a", Outcome.ADDED, 1, (Remark(Reason.PAGES, (3,)), Remark(Reason.SHORTER)))
    assert row.reasons == {Reason.PAGES, Reason.SHORTER}
    assert row.pages == 3
    assert ImportRow("a", Outcome.FAILED).pages == 0
    assert row.reasons & OVERRIDABLE == {Reason.SHORTER}
