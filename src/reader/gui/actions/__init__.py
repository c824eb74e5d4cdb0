"""Actions: the table of them, menus, keys, help and the command palette."""
