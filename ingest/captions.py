"""Which lines are the words under a picture; when in doubt, none is."""

import re

from ingest.text import word_count

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
