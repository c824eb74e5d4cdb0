"""Write ``docs/keys.md``, the table of all keys, from the table of actions.

Run it from a checkout: ``.venv/bin/python tools/write_keys.py``.
"""

from pathlib import Path

from reader.gui.actions import keymap
from reader.gui.actions.table import ACTIONS, VIM_KEYS, keys_of_menus, name_of

FILE = Path(__file__).resolve().parents[1] / "docs" / "keys.md"


def page() -> str:
    """Return the page: a table for each menu, and the keys of vim."""
    lines = [
        "# Keys",
        "",
        "Every action has a key, and every key can be changed: *Help › Change Keys…* (`Ctrl+F1`).",
        "This page is written by `tools/write_keys.py` from the table of actions.",
    ]
    for menu, entries in keys_of_menus(keymap.USUAL):
        lines += ["", f"## {menu}", "", "| Key | Action |", "|---|---|"]
        lines += [f"| {_code(keys)} | {text} |" for keys, text in entries]
    lines += ["", "With the keys of vim switched on, also:", "", "| Key | Action |", "|---|---|"]
    texts = {action.id: name_of(action) for action in ACTIONS}
    lines += [f"| {_code(', '.join(keys))} | {texts[id]} |" for id, keys in VIM_KEYS.items()]
    return "\n".join(lines) + "\n"


def _code(keys: str) -> str:
    return " ".join(f"`{key}`" for key in keys.split(", "))


if __name__ == "__main__":
    FILE.write_text(page(), "utf-8")
