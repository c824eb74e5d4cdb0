"""The history in the window: changes, undo and redo, and the list of all steps."""
