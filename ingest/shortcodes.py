"""Shortcodes, the marks in square brackets by which WordPress and its page builders call what they show."""

import re

_SHORTCODE = re.compile(r"(?<!\[)\[(/?)([A-Za-z][\w-]*)(\s[^\[\]]*)?/?\](?!\])")
_ATTRIBUTE = re.compile(r"\s[\w-]+=[\"'“”″&]")
_BARE = {"gallery", "audio", "video", "playlist", "embed", "toc", "contact-form", "ez-toc"}
_CLOSING = re.compile(r"\[/([A-Za-z][\w-]*)\]")
_CAPTION_OPEN = re.compile(r"\[(?:wp_)?caption\b[^\[\]]*\]")
_CAPTION_CLOSE = re.compile(r"\[/(?:wp_)?caption\]")
_CODE = re.compile(r"(</?(?:pre|code)\b[^<>]*>)", re.IGNORECASE)
_ONE = "\0"  # stands where a shortcode stood; no text holds it
_RUN = re.compile(rf"{_ONE}(?:\s*{_ONE})*")
_BREAK = "<hr>"
_ENDED = re.compile(r"[.!?。！？…][\"'”’」』]?[ \t]*\Z")


def closed_shortcodes(html: str) -> set[str]:
    """Return the names that a text closes, as "[/name]" does, and that are thereby known to be shortcodes."""
    return set(_CLOSING.findall(html))


def drop_shortcodes(html: str, closed: set[str]) -> str:
    """Drop shortcodes and keep the words between them; a word in square brackets such as "[sic]" is none.

    What several of them in a row hold apart, or one behind a sentence, are blocks of their own; ``closed`` are names of
    shortcodes that are known from the whole text.
    """

    def kept(found: re.Match[str]) -> str:
        end, name, rest = found.groups()
        built = "_" in name and not any(sign.isdigit() for sign in name)  # as page builders name theirs
        known = end or name in closed or name.lower() in _BARE or built
        return _ONE if known or _ATTRIBUTE.search(rest or "") else found.group()

    html = _CAPTION_CLOSE.sub("</figcaption></figure>", _CAPTION_OPEN.sub("<figure><figcaption>", html))
    marked = _SHORTCODE.sub(kept, html.replace(_ONE, ""))

    def held_apart(found: re.Match[str]) -> str:
        several = found.group().count(_ONE) > 1
        return _BREAK if several or _ENDED.search(marked, max(0, found.start() - 4), found.start()) else ""

    return _RUN.sub(held_apart, marked)


def without_shortcodes(html: str) -> str:
    """Return a rendered text without the shortcodes that its site did not know how to show; code stays as it is."""
    if "[" not in html:
        return html
    closed = closed_shortcodes(html)
    parts = _CODE.split(html)  # text, a tag of code, text, …
    depth = 0
    for number, part in enumerate(parts):
        if number % 2:
            depth = max(0, depth + (-1 if part.startswith("</") else 1))
        elif depth == 0:
            parts[number] = drop_shortcodes(part, closed)
    return "".join(parts)
