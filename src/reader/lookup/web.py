"""The address of a word on the web, made from a pattern of the settings."""

import re
from urllib.parse import quote, urlsplit

from reader.errors import SettingsError

FIELDS = ("word", "language")
_FIELD = re.compile(r"\{([^{}]*)\}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_USUAL = "en"
_LONGEST = 200


def check_address(pattern: str) -> None:
    """Raise SettingsError if a pattern makes no addresses."""
    names = _FIELD.findall(pattern)
    rest = _FIELD.sub("", pattern)
    if "word" not in names or "{" in rest or "}" in rest:
        raise SettingsError("The address needs {word} in the place of the word.")
    if unknown := [name for name in names if name not in FIELDS]:
        raise SettingsError(f"{{{unknown[0]}}} is not known; use {{word}} and {{language}}.")
    try:
        parts = urlsplit(_filled(pattern, "word", "en"))
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or "{word}" in pattern.partition("//")[2].partition("/")[0]:
        raise SettingsError("Begin the address with https:// and the name of a site.")


def address_of(pattern: str, word: str, language: str) -> str:
    """Return the address of a word; a language that is not known is English.

    Raises SettingsError.
    """
    check_address(pattern)
    code = re.split("[-_]", language.lower())[0]
    return _filled(pattern, word, code if _LANGUAGE.fullmatch(code) else _USUAL)


def _filled(pattern: str, word: str, language: str) -> str:
    kept = quote(word[:_LONGEST], safe="", errors="replace")
    return pattern.replace("{language}", language).replace("{word}", kept)
