"""Finding: a Question becomes FTS5 and SQL, and the ids of the articles in order.

While a person types, the word that is not finished stands for the most frequent words that begin
so, and the articles added last come first: this is fast for any input, while FTS5's own prefixes
and ranking have to read all articles that have a word. A finished question is ranked by bm25
(S. Robertson and H. Zaragoza, 2009), unless its words are so common that this would take long.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import apsw

from reader.library.articles import conditions, downloads
from reader.library.articles.conditions import Condition
from reader.library.search import addresses, tokenize, vocabulary
from reader.library.search.query_parser import (
    Address,
    Between,
    Clause,
    Named,
    Part,
    Question,
    Words,
)
from reader.model import State

_COMPLETIONS = 100
_COMPLETIONS_AMONG_WORDS = 40
_SHORT = 3
_READ_TO_RANK = 30_000
_READ_TO_RANK_TYPED = 4_500
_MOST_WORDS = 64
_POOL = 4
_COVERED = 4
_FRESHNESS = 0.2

_NAMED = {
    "is:unread": "(opened_at = '' OR progress = 0)",
    "is:begun": "(opened_at <> '' AND progress > 0)",
    "is:opened": "opened_at <> ''",
    "is:read": "read_at <> ''",
    "is:fav": conditions.FAVOURITE,
    "is:downloaded": "downloaded_at <> ''",
    "is:waiting": "downloaded_at = ''",
    "is:failed": downloads.FAILED,
    "has:image": "EXISTS (SELECT 1 FROM article_image AS its WHERE its.article = article.id)",
    "has:tag": "EXISTS (SELECT 1 FROM article_tag AS its WHERE its.article = article.id)",
    "has:author": "byline <> ''",
    "has:highlight": "EXISTS (SELECT 1 FROM highlight AS its WHERE its.article = article.id)",
    "has:note": (
        "EXISTS (SELECT 1 FROM highlight AS its WHERE its.article = article.id AND note <> '')"
    ),
}

# Said the other way round, an index is there for it.
_OPPOSITE = {Named("is", "unread"): Named("is", "begun")}

_STATES = {"queue": State.QUEUE, "archived": State.ARCHIVE, "trash": State.TRASH}


class _Said(NamedTuple):
    """Words as FTS5 takes them, and about how many entries it reads to rank by them."""

    expression: str
    reads: int


class _Match(NamedTuple):
    """Expressions for FTS5: ``all`` must hold; ``ranked`` is the part to rank by, or ``""``."""

    all: str
    ranked: str


def found(connection: apsw.Connection, question: Question, limit: int) -> list[int]:
    """Return the ids of the articles a question is about, best or newest first."""
    question = _with_addresses(connection, question)
    match, rest = _match(connection, question)
    if not match and not rest:
        return []
    if not match:
        condition, values = _condition(connection, question, rest)
        sql = f"SELECT id FROM article WHERE {condition} ORDER BY added_at DESC, id DESC LIMIT ?"
        return [int(id) for (id,) in connection.execute(sql, [*values, limit])]
    condition, values = _condition_of_entry(connection, question, rest)
    which = f"search MATCH ? AND {condition}"
    if not match.ranked:
        sql = f"SELECT rowid FROM search WHERE {which} ORDER BY rowid DESC LIMIT ?"
        return [int(id) for (id,) in connection.execute(sql, [match.all, *values, limit])]
    if match.ranked != match.all:
        which += " AND +rowid IN (SELECT rowid FROM search WHERE search MATCH ?)"
        values.append(match.all)
    sql = f"SELECT rowid, rank FROM search WHERE {which} ORDER BY rank LIMIT ?"
    best = connection.execute(sql, [match.ranked, *values, limit * _POOL])
    return _freshened(best.fetchall())[:limit]


def _with_addresses(connection: apsw.Connection, question: Question) -> Question:
    """Return a question with the article of each URL; a URL of no article becomes words."""
    clauses = tuple(
        clause._replace(parts=tuple(_with_article(connection, part) for part in clause.parts))
        for clause in question.clauses
    )
    return question._replace(clauses=clauses)


def _with_article(connection: apsw.Connection, part: Part) -> Part:
    if not isinstance(part, Address):
        return part
    id = addresses.find(connection, part.url)
    return Words(part.url) if id is None else Between("id", id, id)


def _match(connection: apsw.Connection, question: Question) -> tuple[_Match | None, list[Clause]]:
    """Return the expressions that FTS5 is asked for at once, and the clauses that are left."""
    mere = [each for each in question.clauses if _mere_words(each)]
    wanted = _eithers(connection, [each for each in mere if not each.never], question)
    never = _eithers(connection, [each for each in mere if each.never], question)
    if not wanted:
        return None, [each for each in question.clauses if each.never or each not in mere]
    without = f" NOT ({' OR '.join(each.expression for each in never)})" if never else ""
    ranked = _ranked(wanted, typing=question.typing)
    rest = [each for each in question.clauses if each not in mere]
    all = _all(wanted) + without
    return _Match(all, all if ranked == wanted else _all(ranked)), rest


def _ranked(wanted: list[_Said], *, typing: bool) -> list[_Said]:
    """Return the words to rank by, so that not too much is read: the rarest words matter most.

    A word that is in more than half of all articles adds nothing to bm25.
    """
    if typing:
        return wanted if sum(each.reads for each in wanted) <= _READ_TO_RANK_TYPED else []
    reads, ranked = 0, list[_Said]()
    for each in sorted(wanted, key=lambda each: each.reads):
        reads += each.reads
        if reads <= _READ_TO_RANK:
            ranked.append(each)
    return wanted if len(ranked) == len(wanted) else ranked


def _all(said: Sequence[_Said]) -> str:
    return " AND ".join(f"({each.expression})" for each in said)


def _mere_words(clause: Clause) -> bool:
    return all(isinstance(part, Words) for part in clause.parts)


def _eithers(
    connection: apsw.Connection, clauses: Sequence[Clause], question: Question
) -> list[_Said]:
    """Return clauses of words as FTS5 takes them; those without a letter are left out."""
    # All that the last word may become is looked for beside each article with the others.
    among = question.typing and len(question.clauses) > 1
    most = _COMPLETIONS_AMONG_WORDS if among else _COMPLETIONS
    found = []
    for clause in clauses:
        parts = [each for each in clause.parts if isinstance(each, Words)]
        told = [_expression(connection, part, question.typing, most) for part in parts]
        said = [each for each in told if each.expression]
        if said:
            either = " OR ".join(each.expression for each in said)
            found.append(_Said(either, sum(each.reads for each in said)))
    return found


def _expression(
    connection: apsw.Connection, part: Words, typing: bool, most: int = _COMPLETIONS
) -> _Said:
    split = tokenize.split(connection, tokenize.asked(part.text))[:_MOST_WORDS]
    if not split:
        return _Said("", 0)
    last = split[-1]
    joined = tokenize.is_joined(last)
    alone = joined and len(last) == 1  # the first letter of a pair
    if not alone and (joined or not part.begins):
        said = _exactly(connection, split)
    elif len(split) == 1 and (typing or len(last) < _SHORT):
        said = _completed(connection, last, typing, most)
    elif typing and len(last) < _SHORT and not alone:
        said = _exactly(connection, split[:-1])
    else:
        said = _Said(f"{_phrase(split)} *", _completed(connection, last, typing, most).reads)
    column = f"{part.column} : " if part.column else ""
    return _Said(f"{column}({said.expression})", said.reads)


def _exactly(connection: apsw.Connection, split: Sequence[str]) -> _Said:
    return _Said(_phrase(split), sum(vocabulary.articles_with(connection, each) for each in split))


def _completed(connection: apsw.Connection, start: str, typing: bool, most: int) -> _Said:
    """Return all that a word may become: itself and the ``most`` frequent words that begin so.

    There are enough of them when hardly an article can be left that has none.
    """
    newest = int(connection.execute("SELECT max(id) FROM article").get or 0)
    known = {start: vocabulary.articles_with(connection, start)}
    reads = 0
    for word, articles in vocabulary.completions(connection, start, most):
        known[word] = articles
        reads += articles
        if reads > newest * _COVERED:
            break
    expression = " OR ".join(_phrase([each]) for each in known)
    # What a few letters may become is too much to be ranked by.
    return _Said(expression, _READ_TO_RANK if typing and len(start) <= _SHORT else reads)


def _phrase(split: Sequence[str]) -> str:
    return f'"{" ".join(split)}"'


def _condition_of_entry(
    connection: apsw.Connection, question: Question, rest: Sequence[Clause]
) -> Condition:
    """Return the condition on an entry of the index.

    FTS5 yields in the order wanted, so it is only looked at until there are enough. The clauses
    that need only the id come first: to look at the article takes twenty times as long.
    """
    by_id = [each for each in rest if all(map(_is_told_by_id, each.parts))]
    parts = [_clause(connection, each, question.typing, "+rowid") for each in by_id]
    row, values = _condition(connection, question, [each for each in rest if each not in by_id])
    parts.append((f"SELECT {row} FROM article WHERE id = search.rowid", values))
    return _and(parts)


def _is_told_by_id(part: Part) -> bool:
    return isinstance(part, Words) or (isinstance(part, Named) and part.field == "tag")


def _condition(
    connection: apsw.Connection, question: Question, rest: Sequence[Clause]
) -> Condition:
    """Return the condition on the row of an article."""
    parts = [_clause(connection, each, question.typing, "id") for each in rest]
    trash = Named("is", "trash")
    if not any(trash in clause.parts and not clause.never for clause in question.clauses):
        by_language = any(isinstance(x, Named) and x.field == "lang" for y in rest for x in y.parts)
        parts.append((conditions.outside_trash(by_origin=by_language), []))
    return _and(parts) if parts else ("1", [])


def _and(parts: Sequence[Condition]) -> Condition:
    values = [each for _, values in parts for each in values]
    return " AND ".join(f"({sql})" for sql, _ in parts), values


def _clause(connection: apsw.Connection, clause: Clause, typing: bool, id: str) -> Condition:
    if clause.never and len(clause.parts) == 1 and clause.parts[0] in _OPPOSITE:
        return _part(connection, _OPPOSITE[clause.parts[0]], typing, id)
    parts = [_part(connection, part, typing, id) for part in clause.parts]
    either = " OR ".join(f"({sql})" for sql, _ in parts)
    values = [each for _, values in parts for each in values]
    return (f"NOT ({either})" if clause.never else either), values


def _part(connection: apsw.Connection, part: Part, typing: bool, id: str) -> Condition:
    match part:
        case Words():
            said = _expression(connection, part, typing).expression
            match = f"{id} IN (SELECT rowid FROM search WHERE search MATCH ?)"
            return (match, [said]) if said else ("0", [])
        case Address():  # replaced before
            return "0", []
        case Between():
            return f"{part.column} BETWEEN ? AND ?", [part.low, part.high]
        case Named("tag"):
            return conditions.tagged(part.name, begins=part.begins, id=id)
        case Named("lang"):
            if "-" in part.name:
                return "substr(lower(language), 1, ?) = ?", [len(part.name), part.name]
            return conditions.in_language(part.name, begins=part.begins)
        case Named("is", name) if name in _STATES:
            return conditions.in_state(_STATES[name])
        case Named():
            return _NAMED[f"{part.field}:{part.name}"], []


def _freshened(best: Sequence[Any]) -> list[int]:
    """Order by rank (the less the better), articles added later a little before their like."""
    newest = max((id for id, _ in best), default=1)
    freshened = [((rank or 0) * (1 + _FRESHNESS * id / newest), id) for id, rank in best]
    return [id for _, id in sorted(freshened, key=lambda each: (each[0], -each[1]))]
