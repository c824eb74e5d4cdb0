"""Badges: the small pictures at the head of a README, made by a service for each view."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reader.body.blocks import Body, Given, Picture, Run, Runs, Text
from reader.body.from_html import FindPicture
from reader.body.rewrite import rewrite

_BADGE = re.compile(
    r"https?://(?:img\.shields\.io|badgen\.net|badge\.fury\.io|badges\.|codecov\.io|coveralls\.io)"
    r"|https?://[^?#]*/badges?(?:\.svg|/)"
)
_HEIGHT = 20.0
"""The height of a badge in pixels."""


@dataclass(frozen=True, slots=True)
class SmallBadges:
    """Finds the pictures of a text, and gives badges their size."""

    picture: FindPicture

    def __call__(self, attributes: Mapping[str, str]) -> Picture | None:
        """Return the picture of an ``<img>``."""
        found = self.picture(attributes)
        if found is None or found.given != Given() or not _BADGE.match(attributes.get("src", "")):
            return found
        return found._replace(given=Given(0, _HEIGHT))


def with_words_of_badges(body: Body) -> Body:
    """Return a body with the words of badges that are missing and can never be downloaded."""

    def change(runs: Runs) -> Runs:
        return tuple(map(_words, runs))

    return body._replace(blocks=tuple(rewrite(block, change) for block in body.blocks))


def _words(run: Run) -> Run:
    if not isinstance(run, Picture) or run.name or run.address or run.given != Given(0, _HEIGHT):
        return run
    return Text(run.alt, link=run.link)
