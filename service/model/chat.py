"""What a chat model says besides its answer: refusals, courtesies, questions back, headings and bare names."""

import re

from corpus.language import CHINESE_CHAR, CJK
from service.text.wording import SMALL_WORDS

_REFUSES = re.compile(
    r"\b(?:sources?|articles?|passages?|texts?|context|documents?|information|excerpts?)\b[^.]{0,40}?"
    r"\b(?:do(?:es)?(?: not|n['’]t)|did(?: not|n['’]t)|no(?:thing)?\b)[^.]{0,20}?"
    r"\b(?:mention|say|state|contain|provide|include|specify|answer|give|tell|cover|name|address|information)"
    r"|\b(?:i|we)(?: am| was| are| were|['’]m)? (?:can(?:not|['’]t)|could(?: not|n['’]t)|unable to|not able to)"
    r" (?:find|answer|determine|locate|provide|say|tell)\b"
    r"|\bno (?:information|mention|answer|details?|evidence)\b[^.]{0,60}"
    r"\b(?:sources?|articles?|provided|context|texts?)\b"
    r"|\b(?:is|are|was|were) not (?:in|mentioned in|stated in|covered (?:in|by)|found in|specified in|provided in"
    r"|available in|part of)(?: the| these| any of the)?(?: provided| given)? (?:sources?|articles?|context|texts?)\b"
    r"|(?:资料|文章|来源|材料|文中|原文|信息)[^。]{0,12}(?:没有|未|并未|不)(?:提到|提及|说明|包含|给出|涉及|指出|提供|回答|相关|记载)"
    r"|^[^。，]{0,4}(?:很?抱歉|对不起|我)?[，,]?(?:根据[^，。]{2,16}[，,])?(?:我|目前|暂时)?(?:无法|不能|没有|未能)(?:找到|回答|确定)"
    r"|没有相关(?:的)?(?:信息|内容|资料)",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:but|however|although|though)\b|但|不过|然而", re.IGNORECASE)
_COURTESY = re.compile(
    r"(?:great question|good question|(?:please )?let me know|i hope|hope this|(?:please )?feel free|happy to help"
    r"|you['’]re welcome|thank you)\b[^\d]{0,80}$"
    r"|(?:if|should) you (?:have|need|want|would|['’]d|wish)\b[^\d]*\b(?:questions?|help|ask|know|details?)\b"
    r"|(?:here|below)(?:['’]s| is| are)\b.*[:：]$"
    r"|(?:希望(?:以上|这)|请随时|如(?:有|果您|需)[^\d]{0,16}(?:问题|疑问|需要|了解|帮助|补充|告诉|告知))[^\d]{0,30}$"
    r"|(?:以下|下面)(?:是|为).*[:：]$",
    re.IGNORECASE,
)
_ASSENT = re.compile(
    r"(?:yes|no|sure|certainly|of course|absolutely)\b"
    r"|(?:好的|当然|是的?|对的?|不是的?|没有|不|否)(?:可以|没问题|如此|这样)?(?=[，。！,.!]|$)",
    re.IGNORECASE,
)
_HELPFUL = frozenset("correct right true happy glad help".split())  # "Sure, I'm happy to help."
_ASKS = re.compile(r"[?？][\"”’」』)）*_]*$|^(?:who|what|when|where|which|why|how)\b[^.,;:]{0,60}$", re.IGNORECASE)
_SMALL_UNITS = frozenset({"sq", "ft", "km", "per", "cent", "million", "billion", "bn", "m", "years", "year", "vs"})
_LOWER = re.compile(r"(?<![A-Za-z])[a-z][a-z'’-]*")
_SHORT_ZH = 6  # characters of Chinese that hardly say anything without one of these words
_SAYS_ZH = re.compile("[是有为在于了达占由被将]|成立|开业|拥有")


def refuses(text: str) -> bool:
    """Whether a sentence says that the sources don't answer, and nothing else."""
    return bool(_REFUSES.search(text)) and not _BUT.search(text)


def is_idle(text: str) -> bool:
    """Whether a sentence is a courtesy or a question back, so that nobody misses it."""
    return bool(_COURTESY.match(text) or _ASKS.search(text)) or _only_assents(text)


def _only_assents(text: str) -> bool:
    """Whether a "yes" or "sure" has nothing behind it that says something: "No rent is due" is a statement."""
    if not (match := _ASSENT.match(text)):
        return False
    rest = text[match.end() :]
    words = re.findall(r"[a-z]+", re.sub("['’]", "", rest.casefold()))
    return not re.search(rf"\d|[{CJK}]", rest) and all(word in SMALL_WORDS | _HELPFUL for word in words)


def is_bare(text: str) -> bool:
    """Whether a line is a name, a value or a heading alone: what it says of it can't be told, so not be proved."""
    if chinese := len(CHINESE_CHAR.findall(text)):
        return chinese <= _SHORT_ZH and not _SAYS_ZH.search(text) and not re.search(r"[。！；，]", text)
    return all(word in SMALL_WORDS or word in _SMALL_UNITS for word in _LOWER.findall(text))
