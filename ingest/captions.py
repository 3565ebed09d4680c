"""Which lines are the words under a picture; when in doubt, none is."""

import re
from typing import Any

from ingest.text import one_line, word_count

_LABEL_EN = re.compile(
    r"(?:(?:top|cover|header|featured?|hero|banner|main|lead)\s+)?(?:image|photo|picture|photograph|illustration)s?"
    r"(?:\s+(?:credits?|caption|courtesy(?: of)?|by))?(?:\s*\d{1,3})?\s*[:：|]"
    r"|(?:figure|fig\.?|chart|photo|image|map|diagram)\s*\d{1,3}[a-z]?\s*(?:[:：.|–—]|$)"
    r"|(?:caption|photo by|image by|photograph by)\b\s*:?\s",
    re.IGNORECASE,
)
_LABEL_ZH = re.compile(
    r"(?:题图|題圖|图片说明|图片来源|图片|圖片|配图|封面图?|头图|照片|摄影|图源|图注|图|圖)\s*[:：/｜|]"
    r"|[图圖]\s*[\d一二三四五六七八九十]{1,3}\s*(?:[:：.、|]|$|\s(?!.*[。！？]))"
)
_VIEW = re.compile(
    r"(?:an?|the)\s+(?:[\w-]+\s+){0,2}(?:view|photo|photograph|picture|snapshot|panorama|rendering|shot|glimpse)\s+of\b"
    r"|(?:aerial|panoramic|night|daytime|street)\s+view\s+of\b",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"[^,.;:]{3,70}\s(?:at (?:night|dusk|dawn|sunset|sunrise)|by (?:night|day)|after dark),\s+\w+ing\b", re.IGNORECASE
)
# words that show a sentence rather than a label; a participle ("showing") is none of them
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should"
    r"|that|which|who|but|because|we|you|they|i|he|she|it|remains?|makes?|helps?|shows?|gives?|offers?|requires?"
    r"|suggests?|reveals?|explains?|became|becomes?|emerges?|emerged|needs?|depends?|takes?|lies|stands?)\b",
    re.IGNORECASE,
)


def is_caption(text: str) -> bool:
    """Say whether a paragraph is a picture's caption: labelled as one, or a short view without a finite verb."""
    if word_count(text) > 60:
        return False
    if _LABEL_EN.match(text) or _LABEL_ZH.match(text):
        return True
    single = not re.search(r"[.!?。]\s+\S", text)
    looks = bool(_VIEW.match(text) or _HOUR.match(text))
    return looks and single and word_count(text) <= 30 and not _FINITE.search(text)


_CAPTION_NAME = re.compile(
    r"(?<![a-z])(?:wp-caption-text|(?:image|img|photo|figure|picture)[-_]?(?:caption|desc))(?![a-z])"
)
_SMALL = re.compile(r"font-size\s*:\s*(?:[89]|1[0-3])(?:\.\d+)?px|font-size\s*:\s*(?:small|x-small|0?\.[5-8]\d*r?em)")
_CENTRED = re.compile(r"text-align\s*:\s*center")
_PICTURES = ("img", "amp-img", "picture")
_LONGEST_CAPTION = 40  # words


def mark_captions(scope: Any) -> None:
    """Make figcaptions of words that stand under pictures in other ways: by name, in small print, on a line below."""
    for element in list(scope.iter("p", "div", "span")):
        name = (element.get("class") or "").lower()
        if name and _CAPTION_NAME.search(name) and word_count(_words(element)) <= 2 * _LONGEST_CAPTION:
            element.tag = "figcaption"
    for picture in list(scope.iter(*_PICTURES)):
        block = picture.getparent()
        while block is not None and block.tag in ("a", "span", "picture", "noscript", "strong"):
            block = block.getparent()
        if block is None or block is scope or block.tag in ("figure", "td", "body", "li", "article", "figcaption"):
            continue
        words = _words(block)
        if not words:
            follower = _block_after(block, scope)
            if follower is not None and _is_small_print(block, follower):
                follower.tag = "figcaption"
        elif word_count(words) <= _LONGEST_CAPTION and _stands_below(picture, block):
            block.tag = "figcaption"


def _words(element: Any) -> str:
    return one_line("".join(element.itertext()))


def _block_after(block: Any, scope: Any) -> Any | None:
    """Return the next block, also where the picture is wrapped once or twice more."""
    for _ in range(3):
        follower = block.getnext()
        if follower is not None and not (block.tail or "").strip():
            return follower if follower.tag in ("p", "div", "section", "center", "span") else None
        block = block.getparent()
        if block is None or block is scope or _words(block):
            return None
    return None


def _is_small_print(picture: Any, element: Any) -> bool:
    words = _words(element)
    if (
        not words
        or word_count(words) > _LONGEST_CAPTION
        or next(element.iter("ul", "ol", "table", "h1", "h2"), None) is not None
    ):
        return False
    inner = [part for part in element.iter() if isinstance(part.tag, str)]
    small = any(part.tag == "small" or _SMALL.search((part.get("style") or "").lower()) for part in inner)
    return small and (_is_centred(element) or not _is_centred(picture))


def _is_centred(element: Any) -> bool:
    return element.get("align") == "center" or _CENTRED.search((element.get("style") or "").lower()) is not None


def _stands_below(picture: Any, block: Any) -> bool:
    """Say whether a block is a picture and, on a line of their own below it, its words."""
    follower = picture.getnext()
    if (picture.tail or "").strip() or follower is None or (block.text or "").strip():
        return False
    alone = follower.tag == "br" or (block.tag == "div" and follower.tag in ("div", "span", "p") and len(block) == 2)
    return alone and block.tag in ("p", "div", "center", "section")
