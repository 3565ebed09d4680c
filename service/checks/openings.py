"""What a sentence begins with and does not state: "Firstly,", "According to the article,", 此外，, "No,".

Most of it may be shown as it is. A "yes" or "no" may not: it answers the question, and nothing that is checked tells
whether it does so rightly.
"""

import re

_SOURCES = (
    r"(?:the |these |those |your |our )?(?:above |given |provided |available |cited |quoted )?"
    r"(?:sources?|articles?|passages?|texts?|information|documents?|excerpts?|context)(?: provided| given| above)?"
)
_SOURCES_ZH = (
    "(?:(?:所|您|上面|上述|以上)?(?:提供|给出|引用)?的?)?(?:这篇|该|本)?"
    "(?:文章|资料|来源|材料|信息|文档|原文|文中)(?:内容)?"
)
_OPENING = re.compile(
    "|".join(
        (
            r"(?:first|second|third|fourth|last)(?:ly)?,\s+",
            r"(?:finally|overall|additionally|moreover|furthermore|also|further|specifically|notably|in addition"
            r"|in short|in summary|to summari[sz]e|in brief|in sum|in total|in fact|note that)"
            r"(?:,\s+|:\s+|(?<=that) )",
            r"(?:it is|it['’]s|it should be|it must be) (?:also )?(?:worth |important (?:to )?|interesting to )?"
            r"(?:not(?:e|ed|ing)|mention(?:ed|ing)?) that\s+",
            rf"(?:according to|based on|per|as (?:noted|stated|mentioned|described|reported) (?:in|by)) {_SOURCES}"
            r"\s*,?\s+",
            rf"{_SOURCES} (?:says?|states?|notes?|mentions?|reports?|explains?|indicates?|shows?) (?:that )?",
            "(?:首先|其次|再次|第[一二三四五]|最后|此外|另外|同时|并且|而且|总的来说|总体(?:来说|而言|上)|总之|综上(?:所述)?|简而言之|简单来说"
            "|具体(?:来说|而言|来看)?|也就是说|换句话说|需要注意的是|值得注意的是|值得一提的是)[，,：:]",
            f"(?:根据|据|依据|按照|从){_SOURCES_ZH}(?:介绍|显示|所述|所说|来看|中|记载|指出|提到|可知|得知)*[，,：:]",
            f"{_SOURCES_ZH}(?:中|里)?(?:介绍|显示|指出|提到|说明|写道)(?:说|了)?[，,：:]?",
        )
    ),
    re.IGNORECASE,
)

_ANSWER = re.compile(
    r"(?!no\. ?\d)(?:the (?:short |simple )?answer(?: is|:) )?"
    r"(?:yes|no|yeah|yep|nope|hello|hi|sure|of course|certainly|absolutely|definitely|indeed|(?:in)?correct|true|false"
    r"|right|wrong|that(?: is|['’]s) (?:not )?(?:correct|right|true)|not (?:exactly|quite|really))"
    r"(?:\s?[,.!:;—–]+|\s-+)\s*"
    r"|yes\s+(?-i:(?=[a-z\d]))"
    "|(?:答案)?(?:您好|你好|是的?|对的?|没错|的确|确实|好的|当然|可以的?|能|会的?|有的?|不|不是的?|不对|不可以|不能|不会|没有|否"
    "|并非如此|并不是?)[，,。！!]",
    re.IGNORECASE,
)

# what joins a sentence to the one before it
_LINK = re.compile(
    r"(?:however|but|yet|still|nevertheless|nonetheless|instead|rather|conversely|therefore|thus|hence|consequently"
    r"|accordingly|similarly|likewise|also|additionally|moreover|furthermore|further|second(?:ly)?|third(?:ly)?"
    r"|fourth(?:ly)?|finally|lastly|in (?:contrast|addition|response|turn|return|other words)"
    r"|by (?:contrast|comparison)|on the other hand|as a result|as such|for (?:example|instance)|meanwhile"
    r"|at the same time),\s+"
    r"|(?:然而|但是|因此|所以|而且)[，,]?"
    r"|(?:但|不过|相反|于是|此外|另外|同时|并且|其次|再次|第[二三四五]|最后|例如|比如|与此同时|相比之下)[，,：:]",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"(?:It|They|He|She|Its|Their|His|Her|This|These|Both|The (?:former|latter|two))\b(?! is (?:\w+ )?(?:that|to)\b)"
    r"|[它他她]|其(?![中他它余实])|此(?![外时])|(?:两|二)者|前者|后者"
)


def unlinked(sentence: str) -> str:
    """Return a sentence without "However," or 此外， before it, for where the sentence before it is left out."""
    if not (match := _LINK.match(sentence)):
        return sentence
    return sentence[match.end() :][:1].upper() + sentence[match.end() + 1 :]


def refers_back(sentence: str) -> bool:
    """Whether a sentence begins with "it" or 两者: what that is, only the sentence before it tells."""
    return bool(_BACK.match(claim_of(sentence)))


def unanswering(sentence: str) -> str:
    """Return a sentence without the "yes" or 不是， that it opens with; one that is nothing else is returned whole."""
    kept, start, answered = "", 0, False
    while match := _opening(sentence, start):
        start = match.end()
        if match.re is _ANSWER:
            answered = True
        else:
            kept += match.group()
    rest = sentence[start:]
    if not answered or not any(map(str.isalnum, rest)):
        return sentence
    left = kept + rest
    return left[:1].upper() + left[1:]


def claim_of(sentence: str) -> str:
    """Return what a sentence states; one that only opens is returned whole.

    Whether "yes" or "no" answers the question is left to what follows it.
    """
    start = 0
    while match := _opening(sentence, start):
        start = match.end()
    claim = sentence[start:]
    return claim if any(map(str.isalnum, claim)) else sentence


def _opening(sentence: str, start: int) -> re.Match[str] | None:
    match = _ANSWER.match(sentence, start) or _OPENING.match(sentence, start)
    return match if match and match.end() > start else None
