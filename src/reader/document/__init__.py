"""Lay out: a body in a look becomes a QTextDocument."""
