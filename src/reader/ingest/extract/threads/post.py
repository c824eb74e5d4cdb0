"""A post of a thread, whatever its platform."""

from collections.abc import Sequence
from typing import NamedTuple

from reader.ingest.extract.measure import Element


class Post(NamedTuple):
    """A post: its text is the elements of ``body``, in the tree of its page.

    ``date`` is in ISO format if the page gives it to machines, else in the words of the page.
    ``place`` is the id by which links name the post, ``depth`` the number of posts above it that
    it answers. ``remarks`` are short comments under it, as of a question and its answers.
    """

    author: str
    date: str
    body: Sequence[Element]
    place: str = ""
    depth: int = 0
    accepted: bool = False
    remarks: Sequence["Post"] = ()
