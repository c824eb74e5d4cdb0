"""Shadow roots that are written into a page (HTML Standard, “declarative shadow roots”)."""

from lxml import etree

_MODES = ("shadowrootmode", "shadowroot", "shadowmode")
"""The attribute of the standard, of its first implementation, and of saved pages of Chrome."""


def open_shadow_roots(root: etree._Element) -> None:
    """Put the contents of each shadow root in its place, and the children of its host into it."""
    for template in list(root.iter("template")):
        host = template.getparent()
        if host is not None and any(template.get(mode) for mode in _MODES):
            for mode in _MODES:
                template.attrib.pop(mode, None)
            template.tag = "div"
            _fill_slots(template, host)


def _fill_slots(shadow: etree._Element, host: etree._Element) -> None:
    """Move the children of a host into the slots of its shadow root; others are not shown."""
    slots: dict[str, etree._Element] = {}
    for slot in shadow.iter("slot"):
        slots.setdefault(slot.get("name") or "", slot)
    given = [child for child in host if child is not shadow and isinstance(child.tag, str)]
    unnamed = slots.get("")
    if unnamed is not None and (shadow.tail or "").strip():
        unnamed.text, shadow.tail = shadow.tail, None
        for fallback in list(unnamed):
            unnamed.remove(fallback)
    filled = set[etree._Element]()
    for child in given:
        slot = slots.get(child.get("slot") or "")
        if slot is None:
            continue  # a browser does not show it, but a lost text is worse
        if slot not in filled and slot is not unnamed:
            slot.text = None
        if slot not in filled:
            for fallback in list(slot):
                slot.remove(fallback)
        filled.add(slot)
        slot.append(child)
    for slot in slots.values():
        slot.tag = "div"
