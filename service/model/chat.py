"""What a chat model says besides its answer: refusals, courtesies, questions back, words on the reply itself."""

import re

from corpus.language import CHINESE_CHAR, CJK
from service.model.prompts import NOT_IN_ARTICLES
from service.text.wording import SMALL_WORDS

_REFUSES = re.compile(
    r"\b(?:sources?|articles?|passages?|texts?|context|documents?|information|excerpts?)\b[^.]{0,40}?"
    r"\b(?:do(?:es)?(?: not|n['’]t)|did(?: not|n['’]t)|no(?:thing)?\b)[^.]{0,20}?"
    r"\b(?:mention|say|state|contain|provide|include|specify|answer|give|tell|cover|name|address|information|compare"
    r"|discuss|explain|describe|report|list|indicate|detail|clarify|disclose|identify)"
    r"|\b(?:i|we)(?: am| was| are| were|['’]m)? (?:can(?:not|['’]t)|could(?: not|n['’]t)|unable to|not able to)"
    r" (?:find|answer|determine|locate|provide|say|tell)\b"
    r"|\bno (?:information|mention|answer|details?|evidence)\b[^.]{0,60}"
    r"\b(?:sources?|articles?|provided|context|texts?)\b"
    r"|\b(?:is|are|was|were) not (?:in|mentioned in|stated in|covered (?:in|by)|found in|specified in|provided in"
    r"|available in|part of)(?: the| these| any of the)?(?: provided| given)? (?:sources?|articles?|context|texts?)\b"
    r"|(?:资料|文章|来源|材料|文中|原文|信息)[^。]{0,12}(?:没有|未|并未|不)(?:提到|提及|说明|包含|给出|涉及|指出|提供|回答|相关|记载|答案|更多)"
    r"|^[^。，]{0,4}(?:很?抱歉|对不起|我)?[，,]?(?:根据[^，。]{2,16}[，,])?(?:我|目前|暂时)?(?:无法|不能|没有|未能)(?:找到|回答|确定)"
    r"|没有相关(?:的)?(?:信息|内容|资料)",
    re.IGNORECASE,
)
_DECLINES = re.compile(  # the word as it is given, or a line that spells it anew
    rf"{NOT_IN_ARTICLES}|^\W*not (?:found |mentioned )?in (?:the |these |any of the )?(?:articles|sources)\W*$",
    re.IGNORECASE,
)
_SOURCE_ZH = "(?:所?提供的|上述|这些|现有)?(?:资料|文章|来源|材料|文中|原文)"
# where one part of a sentence ends and another begins that may say what the sources do not, or what they do
_JOIN = re.compile(
    r"[,;]?\s*\b(?:but|however|although|though|while|whereas|yet)\b,?\s*|\s*;\s+|,\s+and\s+"
    rf"|[，；,;]?\s*(?:但是?|不过|然而|虽然|尽管)[，,]?|；|，(?:并且?|而且?|且)?(?={_SOURCE_ZH})",
    re.IGNORECASE,
)
_COMMA = re.compile(r",\s+|，")
_APOLOGY = re.compile(
    r"(?:unfortunately|(?:(?:i['’]m|i am|we['’]re|we are) )?(?:very |so )?(?:sorry|afraid)|(?:my )?apologies"
    r"|i apologi[sz]e)(?:,\s*(?:but\s+)?|\s+(?:but|that)\s+|[.!]\s+)"
    r"|(?:很|非常)?(?:抱歉|遗憾|对不起|不好意思)(?:的是)?[，,。！]\s*",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:hello|hi|hey|greetings|welcome|good (?:morning|afternoon|evening))(?: (?:there|all|everyone|again))?[,.!]*$"
    r"|dear [a-z ]{1,30},$"
    r"|(?:great question|good question|(?:please )?let me know|i hope|hope this|(?:please )?feel free|happy to help"
    r"|you['’]re welcome|thank you)\b[^\d]{0,80}$"
    r"|(?:if|should) you (?:have|need|want|would|['’]d|wish)\b[^\d]*\b(?:questions?|help|ask|know|details?)\b"
    r"|(?:here|below)(?:['’]s| is| are)\b.*[:：]$"
    r"|(?:here|below)(?:['’]s| is| are) (?:what|an?|the|my|your|some) [^,;.]*"
    r"\b(?:sources?|articles?|answers?|summary|comparison|overview|breakdown|response)\b[^,;.]{0,30}[.!]$"
    r"|as an ai\b"
    r"|(?:您好|你好|大家好|早上好|下午好|晚上好)[^\d，,]{0,6}$"
    r"|(?:希望(?:以上|这|对[您你]|能|可以)|请随时|如(?:有|果您|需)[^\d]{0,16}(?:问题|疑问|需要|了解|帮助|补充|告诉|告知))[^\d]{0,30}$"
    r"|(?:以下|下面)(?:是|为).*[:：]$",
    re.IGNORECASE,
)
# a word on the reply itself: what it is made of, and how sure the model is
_ON_ITSELF = re.compile(
    r"\W*(?:(?:please )?note(?: that)?[:,]? |disclaimer: )?(?:(?:this|my|the|all|these)(?: of)?(?: the)?"
    r"(?: above)?(?: (?:answers?|response|information|summary|statements?|points|facts))?) (?:is|are|was|were|comes?)"
    r"(?: \w+){0,3}? (?:based|drawn|taken|derived|sourced|from)\b[^.\d]{0,30}"
    r"\b(?:sources?|articles?|passages?|context|documents?|excerpts?|information)(?: provided| given| above)?[.)]*$"
    r"|\W*confidence(?: level| score)?\s*[:=]\s*[\w.%/ ]{1,20}[.)]*$|[（(]?(?:置信度|可信度)\s*[:：]"
    r"|[（(]?(?:注|说明|备注|免责声明)?[：:]?\s*(?:以上|本回答|上述|本答案)[^。]{0,12}(?:来自|来源于|基于|根据|出自|依据|取自)"
    r"[^。]{0,16}[。）)]*$",
    re.IGNORECASE,
)
_ASSENT = re.compile(
    r"(?:yes|no|yeah|nope|sure|certainly|of course|absolutely|definitely|indeed|not (?:exactly|quite|really)"
    r"|(?:that(?: is|['’]s) )?(?:not )?(?:correct|right|true))\b[,.!:;]*\s*"
    r"|(?:好的|当然|是的?|对的?|不对|不是的?|没错|没有|不|否|会的?|不会|可以的?|不可以|能|不能)(?:可以|没问题|如此|这样)?"
    r"(?:[，。！,.!]\s*|$)",
    re.IGNORECASE,
)
_HELPFUL = frozenset("correct right true happy glad help".split())  # "Sure, I'm happy to help."
_ASKS = re.compile(r"[?？][\"”’」』)）*_]*$|^(?:who|what|when|where|which|why|how)\b[^.,;:]{0,60}$", re.IGNORECASE)


def declines(text: str) -> bool:
    """Whether a sentence is the word that a model is given for "the sources do not answer"."""
    return bool(_DECLINES.search(text))


def refuses(text: str) -> bool:
    """Whether a sentence says that the sources don't answer, and nothing else."""
    return not without_refusal(text)


def without_refusal(text: str) -> str:
    """Return what a sentence says besides "I'm sorry" and that the sources don't say something; "" where that is all.

    "The articles do not say who runs it, but it opened in May." tells that it opened in May.
    """
    said = text[opened.end() :] if (opened := _APOLOGY.match(text)) else text
    if not _REFUSES.search(said):
        return _capital(said)
    joins = list(_JOIN.finditer(said))
    if joins and not joins[0].start():  # "Although they do not say when, it opened."; "However, they do not say when."
        said = said[joins[0].end() :]
        joins = [*_COMMA.finditer(said), *_JOIN.finditer(said)]
    for join in joins:
        before, after = said[: join.start()], said[join.end() :]
        if _REFUSES.search(before) and not _REFUSES.search(after):
            return _capital(after.removeprefix("that "))
        if _REFUSES.search(after) and not _REFUSES.search(before):
            return before + ("。" if CHINESE_CHAR.search(before) else ".")
    return text if joins else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def is_idle(text: str) -> bool:
    """Whether a sentence is a courtesy, a question back or a word on the reply itself, so that nobody misses it."""
    if _COURTESY.match(text) or _ON_ITSELF.match(text) or _ASKS.search(text) or _only_assents(text):
        return True
    return (assent := _ASSENT.match(text)) is not None and is_idle(text[assent.end() :])


def _only_assents(text: str) -> bool:
    """Whether a "yes" or "sure" has nothing behind it that says something: "No rent is due" is a statement."""
    if not (match := _ASSENT.match(text)):
        return False
    rest = text[match.end() :]
    words = re.findall(r"[a-z]+", re.sub("['’]", "", rest.casefold()))
    return not re.search(rf"\d|[{CJK}]", rest) and all(word in SMALL_WORDS | _HELPFUL for word in words)
