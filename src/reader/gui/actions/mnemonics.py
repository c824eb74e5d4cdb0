"""Letters of menus: each entry gets one of its own, which Qt underlines."""

from collections.abc import Collection, Iterator, Sequence

from reader.gui.action import unmarked


def letters(texts: Sequence[str], taken: Collection[str] = ()) -> list[str]:
    """Return a letter for each text of a menu, each only once; ``""`` if none is left.

    Letters that are ``taken`` are given to none. The letter behind ``&`` is preferred, then those
    that begin words, then the others. An entry yields its letter if that lets another one have any.
    """
    wanted = [[letter for letter in _wishes(text) if letter not in taken] for text in texts]
    holders: dict[str, int] = {}
    for entry in range(len(texts)):
        _give(entry, wanted, holders, set())
    found = {entry: letter for letter, entry in holders.items()}
    return [found.get(entry, "") for entry in range(len(texts))]


def marked(text: str, letter: str) -> str:
    """Return a plain text for Qt, with ``&`` before a letter and each real ``&`` doubled."""
    places = [at for at, sign in enumerate(text) if letter and sign.casefold() == letter]
    begins = [at for at in places if _begins(text, at)]
    at = (begins or places or [-1])[0]
    if at < 0:
        return text.replace("&", "&&")
    return f"{text[:at].replace('&', '&&')}&{text[at:].replace('&', '&&')}"


def _give(
    entry: int, wanted: Sequence[Sequence[str]], holders: dict[str, int], asked: set[str]
) -> bool:
    """Give an entry a letter; ask its holder for another one if all are taken."""
    for letter in wanted[entry]:
        if letter not in holders:
            holders[letter] = entry
            return True
    for letter in wanted[entry]:
        if letter not in asked:
            asked.add(letter)
            if _give(holders[letter], wanted, holders, asked):
                holders[letter] = entry
                return True
    return False


def _wishes(text: str) -> Iterator[str]:
    """Yield the letters of a text, the best first."""
    plain = unmarked(text)
    mark = text.replace("&&", "\0").find("&")
    signs = [sign.casefold() for sign in plain]
    usable = [at for at, sign in enumerate(signs) if len(sign) == 1 and sign.isalnum()]
    first = [signs[mark]] if 0 <= mark < len(signs) else []
    begins = [signs[at] for at in usable if _begins(plain, at)]
    yield from dict.fromkeys([*first, *begins, *(signs[at] for at in usable)])


def _begins(text: str, at: int) -> bool:
    return text[at].isalnum() and (at == 0 or not text[at - 1].isalnum())
