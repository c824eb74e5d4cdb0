"""Guess the language of a text from its most frequent short words."""

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_LEAST_WORDS, _LEAST_SHARE = 8, 0.06

_SMALL = {
    "en": "the of and to in is that it was for on are with as be this have from or by not you",
    "de": "der die und das ist nicht mit auf für ein eine den von zu sich dem auch des es im wird",
    "fr": "le la les des et est une dans que pour qui sur pas au du en ce par plus avec sont",
    "es": "el la los las de que y en un una es por con para del se no lo su como más",
    "it": "il la di che è e un una per non con del della sono le gli si da come più nel",
    "pt": "o a os as de que e em um uma é por com para do da não se mais como dos",
    "nl": "de het een en van is dat niet op te zijn voor met die aan er ook als bij naar",
    "sv": "och att det som en på är av för med den till inte om ett har de jag var från",
    "da": "og det at en den til er som på de med af for ikke der var et har jeg om",
    "nb": "og det at en er som på til av for ikke med jeg har den de et om var seg",
    "pl": "i w na się z do nie że to jest jak o po za od przez ale dla być są",
    "fi": "ja on ei se että hän oli mutta ovat kun niin myös tai jos kuin mitä joka",
    "hu": "a az és hogy nem is egy van meg csak ez volt már de mint vagy el kell",
    "cs": "a je se na že to v s z do jako ale by o pro jsem tak jsou podle",
    "tr": "ve bir bu da de için ile çok daha olarak ne var gibi olan ama kadar en",
    "ru": "и в не на что с он я как это по но из за то все так его для от",
    "uk": "і в не на що з як це до та за від але для про його у та є",
}
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.05),
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]"), 0.2),
    ("zh", re.compile("[\u4e00-\u9fff]"), 0.2),
    ("he", re.compile("[\u0590-\u05ff]"), 0.3),
    ("ar", re.compile("[\u0600-\u06ff]"), 0.3),
    ("th", re.compile("[\u0e00-\u0e7f]"), 0.3),
    ("el", re.compile("[\u0370-\u03ff]"), 0.3),
    ("hi", re.compile("[\u0900-\u097f]"), 0.3),
)
"""Scripts that imply a language, and the least share of a text they must have."""

_LANGUAGES: dict[str, list[str]] = {}
for _code, _words in _SMALL.items():
    for _word in set(_words.split()):
        _LANGUAGES.setdefault(_word, []).append(_code)


def guess(text: str) -> str:
    """Return the ISO 639-1 code of a text's language, ``""`` if it is not clear.

    Counts the commonest function words of seventeen languages, or the letters of a script that
    implies a language.
    """
    text = text[:_SAMPLE]
    if script := _by_script(text):
        return script
    words = _WORD.findall(text.lower())
    if len(words) < _LEAST_WORDS:
        return ""
    counts: Counter[str] = Counter()
    for word in words:
        counts.update(_LANGUAGES.get(word, ()))
    best = counts.most_common(2)
    if not best or best[0][1] < _LEAST_SHARE * len(words):
        return ""
    clear = len(best) == 1 or best[0][1] > 1.15 * best[1][1]
    return best[0][0] if clear else ""


def _by_script(text: str) -> str:
    if text.isascii():
        return ""
    for code, letters, share in _SCRIPTS:
        if len(letters.findall(text)) > share * len(text):
            return code
    return ""
