"""The articles that a choice of the look concerns: all, those of a site, or one."""

from enum import StrEnum
from typing import Any

from reader.model import Article
from reader.settings import LOOK, MOST_LOOKS, Choices, Settings

DEFAULTS: Choices = {name: getattr(Settings(), name) for name in LOOK}
"""The look of a new library."""


class Scope(StrEnum):
    """A scope; its value is the setting that holds the looks, ``""`` for the settings as such."""

    ALL = ""
    SITE = "site_looks"
    ARTICLE = "article_looks"


def key_of(scope: Scope, article: Article | None) -> str:
    """Return the name of a scope of an article in the settings, ``""`` if there is none."""
    if article is None or scope is Scope.ALL:
        return ""
    return article.uid if scope is Scope.ARTICLE else article.site


def has_own(settings: Settings, scope: Scope, article: Article | None) -> bool:
    """Return whether the site of an article, or the article itself, has a look of its own."""
    key = key_of(scope, article)
    return bool(key) and key in getattr(settings, scope)


def scope_of(settings: Settings, article: Article | None) -> Scope:
    """Return the scope of choices for an article: the narrowest that has a look of its own."""
    own = (scope for scope in (Scope.ARTICLE, Scope.SITE) if has_own(settings, scope, article))
    return next(own, Scope.ALL)


def in_force(settings: Settings, article: Article | None) -> Settings:
    """Return the settings with the look of an article."""
    for scope in (Scope.SITE, Scope.ARTICLE):
        if has_own(settings, scope, article):
            settings = settings._replace(**getattr(settings, scope)[key_of(scope, article)])
    return settings


def changes(
    settings: Settings, scope: Scope, article: Article | None, own: Choices | None
) -> dict[str, Any]:
    """Return the change of settings that gives a scope its own look; None takes it away.

    The oldest looks make room for new ones.
    """
    key = key_of(scope, article)
    looks = {name: look for name, look in getattr(settings, scope).items() if name != key}
    if own is not None:
        looks[key] = dict(own)
    return {scope.value: dict([*looks.items()][-MOST_LOOKS:])}
