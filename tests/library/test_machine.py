"""The whole library against plain dicts: whatever is done, in any order.

Two connections to one library take turns, the clock goes on and is wrong for a while, the program
ends and starts again. After each step everything that can be seen of the library is compared.
"""

import os
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.library.conftest import said

from reader.anchor import Anchor
from reader.library.history import stamps
from reader.library.library import Library
from reader.library.search.query_parser import question
from reader.library.store import clock
from reader.model import (
    FINISHED,
    SHELF_QUERIES,
    Clipping,
    Edit,
    Outcome,
    Query,
    Sort,
    State,
)

_HOUR = 3600
_QUEUE = SHELF_QUERIES["queue"]
_WORDS = ("apple", "brook", "cloud", "drum", "elm")
_TAGS = ("art", "bees", "code")
_PICTURES = (b"one", b"two", b"three")

words = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join)
tags = st.sampled_from(_TAGS)
pictures = st.sampled_from((*_PICTURES, None))
some = st.lists(st.integers(0, 7), min_size=1, max_size=3)


class Tag:
    """A tag: two of the same name are not the same."""

    def __init__(self, name: str) -> None:
        self.told: dict[str, Any] = {"name": name}


class Kept:
    """An article or a saved search: what is known of it, by the names of the fields."""

    def __init__(self, **told: Any) -> None:
        self.told = told

    def __getattr__(self, name: str) -> Any:
        return self.told[name]


Change = tuple[Any, Any, Any]
Done = tuple[Any, Any, Any, Any]


class Machine(RuleBasedStateMachine):
    """A library, and what must be in it."""

    # ---- the world

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.moment, self.wrong_by = int(time.time()), 0
        self.time = SimpleNamespace(
            time=lambda: self.moment + self.wrong_by,
            time_ns=lambda: (self.moment + self.wrong_by) * 10**9,
        )
        self.patches = [patch.object(each, "time", self.time) for each in (clock, stamps)]
        for each in self.patches:
            each.start()
        self.articles: dict[int, Kept] = {}
        self.tags: list[Tag] = []
        self.searches: list[Kept] = []
        self.steps: list[list[Done]] = []
        self.undone: list[list[Done]] = []
        self.number = 0
        self.turn = 0
        self.open()

    def open(self) -> None:
        self.libraries = [Library.open(self.folder) for _ in range(2)]

    def close(self) -> None:
        for library in self.libraries:
            library.close()

    def teardown(self) -> None:
        self.close()
        for each in self.patches:
            each.stop()
        shutil.rmtree(self.folder)

    @property
    def library(self) -> Library:
        """The one whose turn it is."""
        self.turn += 1
        return self.libraries[self.turn % 2]

    @rule()
    def start_again(self) -> None:
        self.close()
        self.open()

    @rule(hours=st.sampled_from([1, 7, 19]))
    def wait(self, hours: int) -> None:
        self.moment += hours * _HOUR
        with self.library.together():
            pass

    @rule(days=st.sampled_from([400, -40]))
    def empty_with_a_wrong_clock(self, days: int) -> None:
        self.wrong_by = days * clock.DAY
        old = self.old(1)
        self.library.trash.empty(1)
        gone = set(self.articles) - set(self.ids_there())
        assert gone <= set(old)
        self.forget(gone)
        self.wrong_by = 0

    # ---- what is expected

    def of(self, numbers: Sequence[int]) -> list[int]:
        """Return articles, none twice."""
        ids = sorted(self.articles)
        return [*dict.fromkeys(ids[number % len(ids)] for number in numbers)] if ids else []

    def step(self, done: Iterable[Change]) -> int:
        """Do what is another thing then as one step; return how much."""
        step = []
        for thing, field, wanted in done:
            had = self.read(thing, field)
            if had != wanted and self.write(thing, field, wanted):
                step.append((thing, field, had, wanted))
        if step:
            self.steps.append(step)
            self.undone.clear()
        return len(step)

    def change(self, ids: Iterable[int], field: Any, value: Any) -> int:
        return self.step([(self.articles[id], field, value) for id in ids])

    def read(self, thing: Any, field: Any) -> Any:
        if isinstance(field, Tag):
            return self.there(field) in thing.tags
        return thing.told[field]

    def write(self, thing: Any, field: Any, value: Any) -> bool:
        if isinstance(thing, Tag):
            return self.name_tag(thing, value)
        if isinstance(field, Tag):
            tag = self.there(field)
            (thing.tags.add if value else thing.tags.discard)(tag)
            return True
        if field == "text":
            thing.texts.add(thing.text)
        if field == "state" and value == State.TRASH:
            thing.told |= {"trashed": self.moment, "home": thing.state}
        elif field == "state":
            thing.told["into"] = None
        thing.told[field] = value
        return True

    def tag(self, name: str) -> Tag | None:
        return next((each for each in self.tags if each.told["name"] == name), None)

    def there(self, tag: Tag) -> Tag:
        """Return a tag, or the one that has its name since it was unused."""
        if tag not in self.tags and self.tag(tag.told["name"]) is None:
            self.tags.append(tag)
        return tag if tag in self.tags else self.tag(tag.told["name"]) or tag

    def used(self, tag: Tag | None) -> bool:
        return any(tag in each.tags for each in self.articles.values())

    def give(self, article: Kept, name: str) -> None:
        if self.tag(name) is None:
            self.tags.append(Tag(name))
        article.tags.add(self.tag(name))

    def name_tag(self, tag: Tag, name: str) -> bool:
        other = self.tag(name)
        if other is not None and other is not tag:
            if self.used(other):
                return False
            self.tags.remove(other)
        tag.told["name"] = name
        return True

    def order(self) -> list[int]:
        queued = [(each.place, each.uid, id) for id, each in self.articles.items()
                  if self.is_in(id, "queue")]  # fmt: skip
        return [id for *_, id in sorted(queued)]

    def is_in(self, id: int, state: str) -> bool:
        return bool(self.articles[id].state == state)

    def kept(self) -> dict[int, Kept]:
        return {id: each for id, each in self.articles.items() if each.state != State.TRASH}

    # ---- bringing in

    def clipping(self, number: int, text: str, picture: bytes | None) -> Clipping:
        name = self.library.keep_picture(picture, "png") if picture else ""
        if name:
            long_ago = self.moment - 99 * clock.DAY
            os.utime(self.folder / "images" / name, (long_ago, long_ago))
        return Clipping(
            f"https://example.org/{number}", f"Of {text}", site=f"site {number % 2}",
            language=("en", "de")[number % 2], words=len(text.split()),
            html=f"<p>{text}</p>" + (f'\n<p><img src="{name}" alt=""></p>' if name else ""),
            pictures=(name,) if name else (), lead=name,
        )  # fmt: skip

    def place_of(self, id: int) -> str:
        return self.library.article(id).place

    @initialize()
    def begin(self) -> None:
        for text in ("apple brook", "cloud", "drum"):
            self.add(text, None, "art")

    @rule(text=words, picture=pictures, tag=tags)
    def add(self, text: str, picture: bytes | None, tag: str, *aliases: str) -> None:
        self.number += 1
        clipping = self.clipping(self.number, text, picture)
        filed = self.library.add(clipping._replace(tags=(tag,), aliases=aliases))
        assert (filed.outcome, filed.id in self.articles) == (Outcome.ADDED, False)
        place = self.place_of(filed.id)
        assert all(each.place < place for each in self.articles.values() if each.state == "queue")
        self.articles[filed.id] = Kept(
            uid=self.library.article(filed.id).uid, url=clipping.url,
            title=clipping.title, titled=False, site=clipping.site,
            language=clipping.language, text=clipping.html, texts=set(),
            tags=set(), state=State.QUEUE, place=place, favourite=False, progress=0.0, views=0,
            added=clock.text(self.moment), opened="", trashed=0, home="", aliases=set(), into=None,
        )  # fmt: skip
        self.give(self.articles[filed.id], tag)

    @rule(which=some, text=words, picture=pictures)
    def renew(self, which: list[int], text: str, picture: bytes | None) -> None:
        for id in self.of(which[:1]):
            article = self.articles[id]
            if article.into:
                return
            clipping = self.clipping(int(article.url.rpartition("/")[2]), text, picture)
            assert self.library.add(clipping).id == id
            article.texts.add(article.text)
            article.told["text"] = clipping.html
            if not article.titled:
                article.told["title"] = clipping.title
            self.out_of_trash(id)

    def out_of_trash(self, id: int) -> None:
        if self.is_in(id, "trash"):
            self.articles[id].told |= {"place": self.place_of(id), "into": None}
            self.articles[id].told["state"] = State.QUEUE
            assert self.order()[-1] == id

    @rule(which=some, same=st.booleans())
    def add_under_another_address(self, which: list[int], same: bool) -> None:
        for id in self.of(which[:1]):
            article = self.articles[id]
            if article.into:
                return
            self.number += 1
            url = f"https://example.net/{self.number}"
            html = article.text if same else ""
            told = Clipping(url, html=html, words=len(_words(html)), aliases=(article.url,))
            filed = self.library.add(told)
            assert filed.id == id
            article.aliases.add(url)
            self.out_of_trash(id)

    @rule(which=some, tag=tags)
    def add_what_names_another_as_its_own(self, which: list[int], tag: str) -> None:
        self.add(f"zinc{self.number}", None, tag, *(self.articles[id].url for id in self.of(which)))

    # ---- what a person does

    @rule(which=some, title=words)
    def edit(self, which: list[int], title: str) -> None:
        ids = self.of(which)
        self.library.edit("Edited", [Edit(id, title=title) for id in ids])
        for id in ids:
            self.articles[id].told["titled"] |= self.articles[id].title != title
        self.change(ids, "title", title)

    @rule(which=some, tag=tags, given=st.booleans())
    def tag_or_not(self, which: list[int], tag: str, given: bool) -> None:
        ids = self.of(which)
        done = (self.library.tags.add if given else self.library.tags.remove)(ids, tag)
        if given and ids and self.tag(tag) is None:
            self.tags.append(Tag(tag))
        known = self.tag(tag)
        assert done == (self.change(ids, known, given) if known else 0)

    @rule(old=tags, new=tags)
    def rename_tag(self, old: str, new: str) -> None:
        tag, other = self.tag(old), self.tag(new)
        if tag is None:
            return
        self.library.tags.rename(old, new)
        if other in (None, tag) or not self.used(other):
            self.step([(tag, "name", new)])
            return
        having = [each for _, each in sorted(self.articles.items()) if tag in each.tags]
        self.step((each, it, it is other) for it in (other, tag) for each in having)

    @rule(which=some, favourite=st.booleans())
    def favour(self, which: list[int], favourite: bool) -> None:
        ids = self.of(which)
        done = self.library.set_favourite(ids, favourite)
        assert done == self.change(ids, "favourite", favourite)

    @rule(which=some, state=st.sampled_from(list(State)))
    def move(self, which: list[int], state: State) -> None:
        ids = self.of(which)
        moved = [id for id in ids if not self.is_in(id, state)]
        assert self.library.set_state(ids, state) == len(moved)
        to_end = [id for id in moved if self.is_in(id, "archive") and state is State.QUEUE]
        expected = self.order()
        self.step(
            change
            for id in moved
            for change in (
                (self.articles[id], "place", self.place_of(id)),
                (self.articles[id], "state", state),
            )
        )
        if to_end and to_end == moved:
            assert self.order() == [*expected, *to_end]

    @rule(which=some, way=st.sampled_from(["to_top", "to_end"]))
    def move_in_queue(self, which: list[int], way: str) -> None:
        ids = self.of(which)
        others = [id for id in self.order() if id not in ids]
        expected = [*ids, *others] if way == "to_top" else [*others, *ids]
        if ids:
            getattr(self.library.queue, way)(ids)
        self.follow_places(ids)
        assert self.order() == expected or not ids

    def follow_places(self, ids: list[int]) -> None:
        done: list[Change] = []
        for id in self.articles:
            done.append((self.articles[id], "place", self.place_of(id)))
        done += [(self.articles[id], "state", State.QUEUE) for id in ids]
        self.step(done)

    @rule(which=some)
    def restore(self, which: list[int]) -> None:
        there = [id for id in self.of(which) if self.is_in(id, "trash")]
        assert self.library.trash.restore(self.of(which)) == len(there)
        self.step((self.articles[id], "state", self.articles[id].home) for id in there)

    @rule(which=some)
    def delete_for_good(self, which: list[int]) -> None:
        gone = [id for id in self.of(which) if self.is_in(id, "trash")]
        assert self.library.trash.delete(self.of(which)) == len(gone)
        self.forget(gone)

    @rule(days=st.integers(0, 1))
    def empty_the_trash(self, days: int) -> None:
        gone = self.old(days)
        assert self.library.trash.is_due(days) or not gone
        assert sorted(self.library.trash.outdated(days)) == gone
        assert self.library.trash.empty(days) == len(gone)
        self.forget(gone)
        assert {each.name for each in self.folder.glob("images/*")} == set(self.named())

    def old(self, days: int) -> list[int]:
        """Return what has been in the trash for so many days."""
        latest = self.moment - days * clock.DAY
        trash = [id for id in sorted(self.articles) if self.is_in(id, "trash")]
        return [id for id in trash if self.articles[id].trashed <= latest]

    def ids_there(self) -> list[int]:
        return [id for query in (Query(), Query(State.TRASH)) for id in self.library.ids(query)]

    def forget(self, gone: Iterable[int]) -> None:
        for article in [self.articles.pop(id) for id in gone]:
            if article.into in self.articles.values():
                article.into.aliases.update({article.url, *article.aliases})
            for steps in (self.steps, self.undone):
                steps[:] = [[each for each in step if each[0] is not article] for step in steps]
                steps[:] = filter(None, steps)

    def named(self) -> list[str]:
        """Return the pictures that any text shows."""
        texts = [text for each in self.articles.values() for text in {each.text, *each.texts}]
        return re.findall(r"\w{64}\.png", " ".join(texts))

    @rule(which=some)
    def merge(self, which: list[int]) -> None:
        both = sorted(self.of(which)[:2], key=lambda id: (self.articles[id].added, id))
        if len(both) < 2:
            return
        stays, goes = (self.articles[id] for id in both)
        assert self.library.duplicates.merge(*both) == both[0]
        for each in (stays, goes):
            each.texts.add(each.text)
        stays.texts.update(goes.texts)
        done: list[Change] = [(stays, tag, True) for tag in goes.tags]
        done += [
            (stays, "favourite", max(stays.favourite, goes.favourite)),
            (stays, "views", stays.views + goes.views),
            (stays, "opened", max(stays.opened, goes.opened)),
        ]
        if stays.state == State.TRASH != goes.state:
            done += [(stays, "place", goes.place), (stays, "state", goes.state)]
        done.append((goes, "state", State.TRASH))
        merged = [each for each in self.articles.values() if each.into is goes]
        self.step(done + [(each, "into", stays) for each in (goes, *merged)])

    @rule(which=some)
    def use_another_text(self, which: list[int]) -> None:
        for id in self.of(which[:1]):
            for version in self.library.texts.versions(id)[-1:]:
                text = self.library.texts.html(id, version.id)
                assert self.library.texts.use(id, version.id) == (not version.in_use)
                self.change([id], "text", text)

    @rule(which=some, progress=st.sampled_from([0.0, 0.5, FINISHED, 1.0]))
    def read_on(self, which: list[int], progress: float) -> None:
        for id in self.of(which[:1]):
            self.library.reading_log.keep_position(id, Anchor(1, 2), progress)
            self.library.reading_log.count_view(id)
            article = self.articles[id]
            opened = clock.text(self.moment)
            before = article.progress
            if before >= FINISHED:  # what was finished stays so
                progress = max(progress, before)
            article.told |= {"progress": progress, "views": article.views + 1, "opened": opened}

    @rule(name=st.sampled_from(_WORDS))
    def save_a_search(self, name: str) -> None:
        uid = self.library.saved.add(name, f"title:{name}")
        search = Kept(uid=uid, name="", question="")
        self.searches.append(search)
        self.step([(search, "name", name), (search, "question", f"title:{name}")])

    @rule(which=st.integers(0, 3), name=st.sampled_from(["", *_WORDS]))
    def rename_or_delete_a_search(self, which: int, name: str) -> None:
        for search in self.searches[which : which + 1]:
            if name:
                self.library.saved.rename(search.uid, name)
            else:
                self.library.saved.delete(search.uid)
            self.step([(search, "name", name)])

    @rule(back=st.sampled_from([True, True, False]), many=st.integers(1, 3))
    def undo_or_redo(self, back: bool, many: int) -> None:
        source, target = (self.steps, self.undone) if back else (self.undone, self.steps)
        for _ in range(many):
            label = self.library.history.undo_text() if back else self.library.history.redo_text()
            assert (
                said(self.library.history.undo() if back else self.library.history.redo()) == label
            )
            assert bool(label) == bool(source)
            if source:
                step = source.pop()
                target.append(step)
                for thing, field, old, new in reversed(step) if back else step:
                    was, wanted = (new, old) if back else (old, new)
                    if self.read(thing, field) == was:
                        self.write(thing, field, wanted)

    # ---- what can be seen

    @invariant()
    def all_is_as_expected(self) -> None:
        self.each_article_is_as_expected()
        self.each_list_is_in_order()
        self.everything_is_counted()
        self.a_search_finds_what_says_it()
        self.nothing_is_damaged_and_no_picture_missing()

    def each_article_is_as_expected(self) -> None:
        for id, each in self.articles.items():
            found = self.library.article(id)
            names = ("title", "state", "place", "favourite", "views", "progress")
            assert [getattr(found, name) for name in names] == [each.told[name] for name in names]
            assert (found.html, found.opened_at) == (each.text, each.opened)
            assert set(found.tags) == {tag.told["name"] for tag in each.tags}
            assert found.words == len(_words(each.text))
            texts = {each.text, *each.texts}
            versions = self.library.texts.versions(id)
            assert len(versions) == (len(texts) if len(texts) > 1 else 0)
            assert {self.library.texts.html(id, one.id) for one in versions if one.id} <= texts
            for url in (each.url, *each.aliases):
                assert self.articles[self.library.find(url) or 0] is (self.successor(each) or each)

    def successor(self, article: Kept) -> Kept | None:
        return next((each for each in self.articles.values() if each is article.into), None)

    def each_list_is_in_order(self) -> None:
        keys: dict[Sort, Any] = {
            Sort.PLACE: lambda a: (a.place, a.uid), Sort.ADDED: lambda a: a.added,
            Sort.TITLE: lambda a: a.title.lower(), Sort.SITE: lambda a: a.site,
            Sort.LENGTH: lambda a: len(_words(a.text)), Sort.PROGRESS: lambda a: a.progress,
            Sort.OPENED: lambda a: a.opened,
        }  # fmt: skip
        shelves = [*SHELF_QUERIES.values(), Query(tag="art"), Query(site="site 1"),
                   Query(language="de")]  # fmt: skip
        for number, shelf in enumerate(shelves):
            sort = [*Sort][(number + self.turn) % len(Sort)]
            query = shelf._replace(sort=sort, descending=self.turn % 3 == 0)
            # All on the shelf of one site are of one site: there the title decides.
            key = keys[Sort.TITLE if query.site and sort is Sort.SITE else sort]
            shown = {id: each for id, each in self.articles.items() if _is_on(query, each)}
            wanted = sorted(shown, key=lambda id: (key(shown[id]), id), reverse=query.descending)
            assert self.library.ids(query) == wanted, query
            assert self.library.count(query) == len(wanted)
            assert [row.id for row in self.library.rows(query)] == wanted

    def everything_is_counted(self) -> None:
        counts, there = self.library.counts(), [*self.kept().values()]
        states = Counter(each.state for each in self.articles.values())
        assert (counts.queue, counts.archive, counts.trash) == tuple(states[each] for each in State)
        assert counts.favourites == sum(each.favourite for each in there)
        assert counts.begun == sum(0 < each.progress < FINISHED for each in there)
        assert counts.tags == _counted(tag.told["name"] for each in there for tag in each.tags)
        assert tuple(sorted(counts.sites)) == _counted(each.site for each in there)
        assert tuple(sorted(counts.languages)) == _counted(each.language for each in there)
        saved = [(each.name, each.question) for each in self.searches if each.name]
        assert [each[1:] for each in counts.saved] == saved

    def a_search_finds_what_says_it(self) -> None:
        for word in ("apple", _WORDS[self.turn % len(_WORDS)]):
            wanted = {id for id, each in self.kept().items()
                      if word in _words(f"{each.title} {each.text}")}  # fmt: skip
            assert set(self.library.search.ids(question(word))) == wanted

    def nothing_is_damaged_and_no_picture_missing(self) -> None:
        assert self.library.check() == ()
        assert all(map(self.library.picture_path, self.named()))


def _words(html: str) -> list[str]:
    return re.sub("<[^>]*>", " ", html).split()


def _counted(things: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(things).items()))


def _is_on(query: Query, article: Kept) -> bool:
    """Return whether an article lies on a shelf."""
    states = [query.state] if query.state else [State.QUEUE, State.ARCHIVE]
    return (
        article.state in states
        and (article.favourite or not query.favourite)
        and (0 < article.progress < FINISHED or not query.begun)
        and query.tag in ("", *(tag.told["name"] for tag in article.tags))
        and query.site in ("", article.site)
        and query.language in ("", article.language)
    )


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=6, stateful_step_count=25, deadline=None, print_blob=True,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
