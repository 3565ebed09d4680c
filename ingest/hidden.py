"""Text in a page that its readers are not shown: found by what the page itself says, in attributes and style sheets.

What every theme hides (labels for screen readers, closed menus, panels that open on a click) is no one's secret.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.screen import gives_orders
from ingest.text import one_line, word_count

_FEWEST_WORDS = 4  # of a hidden text that is worth a flag
_LABEL_WORDS = 15  # that a label for screen readers may have

_Styles = dict[str, str]

_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_AT_BLOCK = re.compile(r"@(?!media\s+(?:all|screen)\s*\{)[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_SELECTOR = re.compile(r"(html|body)|[a-z]*((?:[.#][\w-]+)+)", re.IGNORECASE)
# what a style sheet may hide by; most of its rules have nothing of it
_TELLING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*\.?0|font-size\s*:\s*[.01]|text-indent\s*:\s*-|clip"
    r"|(?:left|right|top|bottom)\s*:\s*-|(?:width|height)\s*:\s*[01]|color\s*:|scale\(\s*0|filter|background"
)
_COLOURS = re.compile(r"#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([^)]*\)|[a-z]+")
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|em|rem|ex|ch|pt|vw|vh|%)?")
_PIXELS = {"em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "pt": 4 / 3, "vw": 12.0, "vh": 8.0, "%": 10.0}

# for screen readers, or shown by a script once it comes into view
_LABEL = re.compile(
    r"screen-?reader|sr-only|element-invisible|visually-?hidden|screen-only|assistive|a11y|skip-?link|katex|mathjax|mjx",
    re.IGNORECASE,
)
_ANIMATED = re.compile(
    r"(?<![\w-])(?:wow|aos|animated?|et-waypoint|elementor-invisible|lazy\w*|fade-?in|reveal)(?![\w-])"
)
_OPENS = re.compile(
    r"(?<![a-z])(?:accordions?|collaps\w+|toggles?|tabs?|tab-?pane|tab-?content|panels?|faq|expand\w*)(?![a-z])"
)
_BACKED = re.compile(
    r"has-background|has-[\w-]+-background|wp-block-cover|with_background|bg_layout_dark|has-fill|\bbg-(?!white)"
)

_NAMES = {"white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "yellow": (255, 255, 0)}
_NAMES |= {"snow": (255, 250, 250), "ivory": (255, 255, 240), "whitesmoke": (245, 245, 245)}
_DESIGN = 0.3  # of a page's text
_WHITE = (255, 255, 255)
_ALIKE = 10  # of 255: colours that differ by less in each channel can't be told apart


@dataclass(frozen=True, slots=True)
class Hidden:
    """A hidden text that was taken out, and the element that it stood in."""

    text: str
    parent: Any


@dataclass
class _Sheet:
    """A page's own rules for single classes, ids and tags, those of which any could hide something."""

    rules: dict[str, list[tuple[frozenset[str], _Styles]]]
    known: dict[Any, _Styles] = field(default_factory=dict)

    def of(self, element: Any) -> _Styles:
        """Return what the rules and the element's own attributes say of it."""
        if element not in self.known:
            self.known[element] = self._read(element)
        return self.known[element]

    def _read(self, element: Any) -> _Styles:
        names = _names(element)
        found: _Styles = {}
        for name in names:
            for wanted, styles in self.rules.get(name, ()):
                if wanted <= names:
                    found |= styles
        if color := element.get("bgcolor"):
            found["background-color"] = color.lower()
        if element.tag == "font" and (color := element.get("color")):
            found["color"] = color.lower()
        return found | _declarations(element.get("style") or "")


def take_out_hidden(tree: Any, sheets: list[str], shown: set[Any]) -> list[Hidden]:
    """Remove what is hidden, and return what of it a person should know of.

    ``sheets`` are the page's own style sheets. ``shown`` are elements that are read whatever they say, since the
    article itself stands in them: many pages are hidden until their scripts run.
    """
    sheet = _Sheet(_rules("\n".join(sheets)))
    controlled = {name for element in tree.iter() for name in (element.get("aria-controls") or "").split()}
    taken: list[Hidden] = []
    suspects = [
        element for element in _suspects(tree, sheet) if element not in shown and element.getparent() is not None
    ]
    blank = {element for element in suspects if _is_blank(element, sheet.of(element), sheet)}
    if sum(len("".join(element.itertext())) for element in blank) > _DESIGN * len("".join(tree.itertext())):
        blank = set()  # light writing is this site's design
    for element in suspects:
        if element not in blank and not _is_hidden(element, sheet):
            continue
        if element.get("id") in controlled or _opens(element):
            continue
        if not any(ancestor is tree for ancestor in element.iterancestors()):
            continue  # gone with one around it
        text = one_line(" ".join(element.itertext()))
        if _matters(element, text):
            taken.append(Hidden(text, element.getparent()))
        element.drop_tree()
    return taken


def _suspects(tree: Any, sheet: _Sheet) -> Iterator[Any]:
    for element in tree.iter():
        attributes = element.attrib
        if not attributes:
            continue
        if (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or "style" in attributes
            or "color" in attributes
            or (sheet.rules and not _names(element).isdisjoint(sheet.rules))
            or _LABEL.search(attributes.get("class") or "")
        ):
            yield element


def _is_hidden(element: Any, sheet: _Sheet) -> bool:
    if element.get("hidden") not in (None, "until-found") or element.get("aria-hidden") == "true":
        return True
    if _LABEL.search(element.get("class") or ""):
        return True
    styles = sheet.of(element)
    animated = _ANIMATED.search(element.get("class") or "") is not None
    if not styles or (animated and styles.get("display") != "none"):
        return False
    return _is_undrawn(element, styles) or _is_tiny(element, styles) or _is_away(styles)


def _is_undrawn(element: Any, styles: _Styles) -> bool:
    if styles.get("display", "").startswith("none"):
        return True
    if styles.get("visibility", "").startswith(("hidden", "collapse")):
        return not any("visible" in (inner.get("style") or "") for inner in element.iterdescendants())
    opacity = _pixels(styles.get("opacity"))
    effects = f"{styles.get('transform', '')} {styles.get('filter', '')}".replace(" ", "")
    return (opacity is not None and opacity <= 0.05) or "scale(0)" in effects or "opacity(0)" in effects


def _is_tiny(element: Any, styles: _Styles) -> bool:
    size = _pixels(styles.get("font-size"))
    if size is not None and size < (20 if "%" in styles["font-size"] else 2):
        # the size of a wrapper is often nought, against gaps, and its parts have sizes of their own
        return not any("font-size" in (inner.get("style") or "") for inner in element.iterdescendants())
    clipped = styles.get("clip", "").replace(",", " ")
    if re.match(r"rect\(\s*[01](?:px)?\s+[01](?:px)?\s+[01](?:px)?\s+[01](?:px)?", clipped):
        return True
    if re.match(r"inset\(\s*(?:50|100)%", styles.get("clip-path", "")):
        return True
    if not styles.get("overflow", "").startswith(("hidden", "clip")):
        return False
    sides = [_pixels(styles.get(name)) for name in ("width", "height", "max-width", "max-height")]
    return any(side is not None and side <= 1 for side in sides)


def _is_away(styles: _Styles) -> bool:
    """Say whether the text stands far outside of what a screen shows."""
    shifts = [_pixels(styles.get(name)) for name in ("text-indent", "margin-left", "margin-top")]
    if any(shift is not None and shift <= -500 for shift in shifts):
        return True
    if not styles.get("position", "").startswith(("absolute", "fixed", "relative")):
        return False
    places = [_pixels(styles.get(name)) for name in ("left", "right", "top", "bottom")]
    return any(place is not None and place <= -500 for place in places)


def _is_blank(element: Any, styles: _Styles, sheet: _Sheet) -> bool:
    """Say whether the text has the colour of what lies behind it; a page is white where it says nothing else."""
    color = styles.get("color", "").strip()
    ink = _color(color)
    if ink is None:
        return color == "transparent" or (
            color.startswith(("rgba", "hsla")) and color.rstrip(") ").endswith((",0", " 0"))
        )
    for place in (element, *element.iterancestors()):
        said = sheet.of(place)
        if _BACKED.search(place.get("class") or "") or "background_background" in (place.get("data-settings") or ""):
            return False
        back = f"{said.get('background-color', '')} {said.get('background', '')} {said.get('background-image', '')}"
        if "url(" in back or "gradient(" in back or "var(" in back or "background" in place.attrib:
            return False  # a picture, or what can't be told from here
        paper = next((paper for part in _COLOURS.findall(back) if (paper := _color(part)) is not None), None)
        if paper is not None:
            return _alike(ink, paper)
    return _alike(ink, _WHITE)


def _opens(element: Any) -> bool:
    """Say whether a click shows it: the panel of an accordion, tab or toggle."""
    return element.get("role") == "tabpanel" or _OPENS.search((element.get("class") or "").lower()) is not None


def _matters(element: Any, text: str) -> bool:
    if not any(letter.isalnum() for letter in text):
        return False
    if _LABEL.search(element.get("class") or ""):
        return word_count(text) > _LABEL_WORDS or gives_orders(text)
    return word_count(text) >= _FEWEST_WORDS or gives_orders(text)


def _rules(css: str) -> dict[str, list[tuple[frozenset[str], _Styles]]]:
    """Read the rules for single classes and ids; those for print, small screens and the like are passed over."""
    found: dict[str, list[tuple[frozenset[str], _Styles]]] = {}
    if not _TELLING.search(css):
        return found
    css = _AT_BLOCK.sub("", _COMMENT.sub("", css)) if "@" in css or "/*" in css else css
    for selectors, body in _RULE.findall(css):
        if not _TELLING.search(body):
            continue
        styles = _declarations(body)
        for selector in selectors.split(","):
            simple = _SELECTOR.fullmatch(selector.strip())
            if simple:
                wanted = frozenset(re.findall(r"[.#][\w-]+", simple.group(2) or "") or [simple.group(1).lower()])
                found.setdefault(min(wanted), []).append((wanted, styles))
    return found


def _names(element: Any) -> frozenset[str]:
    """Return an element's classes and id as selectors."""
    names = [f".{name}" for name in (element.get("class") or "").split()]
    if element.tag in ("html", "body"):
        names.append(element.tag)
    return frozenset([*names, f"#{element.get('id')}"] if element.get("id") else names)


def _declarations(style: str) -> _Styles:
    return {name: value.replace("!important", "").strip() for name, value in _DECLARATION.findall(style.lower())}


def _pixels(value: str | None) -> float | None:
    found = _LENGTH.match(value or "")
    return float(found.group(1)) * _PIXELS.get(found.group(2) or "px", 1.0) if found else None


def _color(value: str) -> tuple[int, ...] | None:
    """Return red, green and blue, 0 to 255; None for what is see-through or can't be told."""
    if value in _NAMES:
        return _NAMES[value]
    if found := re.fullmatch(r"#([0-9a-f]{3,8})", value):
        digits = found.group(1)
        pairs = [digit * 2 for digit in digits] if len(digits) < 6 else re.findall("..", digits)
        return tuple(int(pair, 16) for pair in pairs[:3])
    if found := re.fullmatch(r"rgba?\(([^)]*)\)", value):
        parts = [float(part) for part in re.findall(r"\d*\.?\d+", found.group(1))]
        if len(parts) == 3 or (len(parts) == 4 and parts[3] > 0.1):
            return tuple(round(part) for part in parts[:3])
    if found := re.fullmatch(r"hsl\([^)]*?\b(100|0)%\s*\)", value):
        return _WHITE if found.group(1) == "100" else _NAMES["black"]
    return None


def _alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))
