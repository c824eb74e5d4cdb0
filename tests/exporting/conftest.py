"""Libraries to export from."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.body.to_text import pictures
from reader.entries import Highlight
from reader.library.highlights import store
from reader.library.history import changes
from reader.library.library import Library
from reader.model import Clipping
from reader.steps import Verb

Add = Callable[..., int]

EVERYTHING = """\
A first *paragraph* with **strong words**, `code` and a [link](https://example.org/b?x=1&y=2).
See [below](#second-part)[^1].

## Second part

> A quote.

> [!warning] Mind the gap
> Between platform and train.

- [x] done
- [ ] to do

1. one
2. two

```python
if 1 < 2: print("a & b")
```

| Name | Number |
|------|-------:|
| π    | 3.14   |

Term
:   Its definition.

### Third part

The formula $a^2$ and the end.

[^1]: The note.
"""


@pytest.fixture
def add(library: Library) -> Add:
    """Return a function that adds an article of Markdown, with highlights."""

    def make(
        title: str = "A title",
        text: str = EVERYTHING,
        *,
        picture: str = "",
        highlights: tuple[Highlight, ...] = (),
        **more: object,
    ) -> int:
        html = to_html(from_markdown(text)) if text else ""
        if picture:
            html = f'<p><img src="{picture}" width="3" height="2" alt="A red field"></p>\n{html}'
        names = tuple(each.name for each in pictures(from_markdown(""))) + (
            (picture,) * bool(picture)
        )
        address = more.pop("url", f"https://example.org/{abs(hash(title)) % 10**9}")
        clipping = Clipping(str(address), title=title, html=html, pictures=names, words=9)
        id = library.add(clipping._replace(**more)).id  # type: ignore[arg-type]
        if highlights:
            with changes.step_about(library._database, Verb.IMPORT, [id]) as step:
                store.add(step, id, highlights)
        return id

    return make


@pytest.fixture
def red(library: Library) -> str:
    """Return the name of a picture in the library."""
    out = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(out, "PNG")
    return library.keep_picture(out.getvalue(), "png")
