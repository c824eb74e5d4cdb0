"""The size of a picture in the text, from the size that the page gives and that of the picture.

A page gives small pictures, as icons and formulas, the size that they need. It gives large ones the
width of its own column, so that they may be as large as ours and their pixels allow.
"""

from reader.body.blocks import Block, Paragraph, Picture, is_pictures

_LARGE = (320.0, 120.0)  # half of a usual column, some lines of text
_USUAL_EM = 16.0
_LINES = 3.0
_STRETCHED = 2.0


def shown_size(picture: Picture, em: float, *, in_line: bool = False) -> tuple[float, float]:
    """Return the width and height of a picture in pixels at 96 dpi, 0 if they are unknown.

    ``em`` is the size of the type in pixels. Small pictures in a line grow and shrink with it.
    """
    wide, high = _wanted(picture, em)
    if in_line and picture.given.unit != "em" and high <= _LINES * _USUAL_EM:
        return wide * em / _USUAL_EM, high * em / _USUAL_EM
    return wide, high


def is_small(picture: Picture, em: float) -> bool:
    """Return whether a picture may stand in a line of text without tearing the lines apart."""
    return 0 < shown_size(picture, em, in_line=True)[1] <= _LINES * em


def are_signs(block: Block, em: float) -> bool:
    """Return whether a paragraph holds several small pictures and no text: they form lines."""
    if not is_pictures(block):
        return False
    pictures = [run for run in block.runs if isinstance(run, Picture)]
    return len(pictures) > 1 and all(is_small(picture, em) for picture in pictures)


def begins_with_picture(block: Paragraph, em: float) -> bool:
    """Return whether a paragraph begins with a picture that is higher than a line may be."""
    high = (run for run in block.runs[:1] if isinstance(run, Picture) and not is_small(run, em))
    stands_alone = is_pictures(block) and not are_signs(block, em)
    return stands_alone or any(picture.name for picture in high)


def _wanted(picture: Picture, em: float) -> tuple[float, float]:
    """Return the given size if it is that of a small picture, or else the natural size."""
    natural, given = (picture.width, picture.height), picture.given
    if not all(natural):
        return 0.0, 0.0
    if not (given.width or given.height):
        return natural
    if given.unit == "x":
        dots = max(1.0, given.width, given.height)
        return natural[0] / dots, natural[1] / dots
    unit = em if given.unit == "em" else 1.0
    sides = zip((given.width, given.height), natural, strict=True)
    fit = min(_STRETCHED, *(side * unit / own for side, own in sides if side))
    wide, high = (max(1.0, side * fit) for side in natural)
    is_large = wide >= _LARGE[0] and high >= _LARGE[1]
    return natural if is_large and given.unit == "px" else (wide, high)
