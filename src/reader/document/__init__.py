"""Layout: a body and a look become a QTextDocument."""
