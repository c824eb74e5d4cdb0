"""Badges: the small pictures at the head of a README, made by a service for each view."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reader.body.blocks import Block, Body, Given, Heading, Picture, Run, Text
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
    """Return a body with the words of badges that are missing and can never be downloaded.

    Those in a heading are left out.
    """
    return body._replace(blocks=tuple(map(_with_words, body.blocks)))


def _with_words(block: Block) -> Block:
    if isinstance(block, Heading):
        return rewrite(block, lambda runs: tuple(run for run in runs if not _is_lost(run)))
    return rewrite(block, lambda runs: tuple(map(_words, runs)))


def _words(run: Run) -> Run:
    return Text(run.alt, link=run.link) if isinstance(run, Picture) and _is_lost(run) else run


def _is_lost(run: Run) -> bool:
    if not isinstance(run, Picture):
        return False
    return not run.name and not run.address and run.given == Given(0, _HEIGHT)
