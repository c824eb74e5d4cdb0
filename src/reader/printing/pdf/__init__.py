"""PDF files: painted by Qt, then completed with an outline, tags and readable text."""
