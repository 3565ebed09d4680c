"""What somebody only supposes: "I was told the mill opened in 1990. Is that right?" asks whether it did.

What is supposed may be wrong, so an answer need not hold its numbers: "There can't be more than ten mills, surely. What
is the real figure?" asks how many mills there are.
"""

import re

from service.text.words import ASKING_EN

WHETHER = "is it so that"
"""What leads a claim in that is asked about."""

_BOSS = (
    r"(?:my|our|the|an?|one of our) (?:[a-z]+ )?(?:boss|client|colleague|customer|director|friend|manager|partner)s?"
)
_I_THINK = (
    r"(?:i|we)(?:['’]d| had| have|['’]ve| am|['’]m| was| were|['’]re)? (?:always |just |only |fairly |pretty |once )*"
    r"(?:thought|think|assum(?:ed?|ing)|believed?|gather(?:ed)?|under(?:stand|stood)|guess(?:ed)?|supposed?|take it"
    r"|took it|heard|hear|read|told|under the impression|sure|certain|led to believe)"
)
_LEADS = re.compile(
    r"(?:(?:hi|hello|hey|sorry|ok|okay)\b[^.,!?:–—-]{0,20}[.,!:–—-]+\s*)?(?:(?:so|but|and|well|hm+)\b,? )?(?:"
    rf"{_I_THINK}"
    rf"|(?:{_BOSS}|someone|somebody|people|they|he|she) (?:says?|said|thinks?|thought|claims?|claimed|insists?|reckons?"
    r"|tells?|told)(?: (?:me|us))?"
    r"|(?:am i|are we) (?:right|correct|wrong|mistaken)(?: (?:in (?:thinking|saying|assuming|believing)|to (?:think|say"
    r"|assume|believe)))?"
    r"|is it (?:really |actually |still )?(?:true|correct|right|the case|so)"
    r"|correct me if (?:i['’]m|i am|we['’]re) (?:wrong|mistaken)|surely|apparently|supposedly|presumably"
    r")(?: that\b)?[\s,:;–—-]+(?!(?:of|about|from|your)\b)(?=\w)",
    re.IGNORECASE,
)
_THEY = r"(?:that|this|it|he|she|they|there|those|these)"
# what asks no more than whether it is so
_CHECKS = re.compile(
    r"(?<![\s,.;:?!–—-])[\s,.;:?!–—-]+(?:and |or )?(?:"
    rf"(?:is|was|are|were) {_THEY} (?:all )?(?:really |still |actually )?(?:right|correct|true|so|the case|accurate)"
    rf"|(?:is|was|are|were|do|does|did|has|have|had|ca|wo|could|would)n['’]t {_THEY}"
    r"|(?:am i|are we) (?:right|correct|wrong|mistaken)|right|correct|true|surely"
    r")\s*[?.!]*$",
    re.IGNORECASE,
)
_JOINS = re.compile(r"(?:so|but|and|well)\b,? +", re.IGNORECASE)
_DENIES = re.compile(r"(?P<verb>is|was|are|were|do|does|did|has|have|had)n['’]t\b(?= [\w“])", re.IGNORECASE)
_NO_MORE = re.compile(r"there (?:can['’]t|cannot|can not|must|should|would) (?:only |surely )?be\b ?", re.IGNORECASE)
# "The mill has been there since 1990, hasn't it? When was it built?"
_CHECKED_FIRST = re.compile(
    r"^(?P<claim>[^?]+?),? (?:(?:is|was|are|were|do|does|did|has|have|had|ca|could|would)n['’]t|is|are|can|has|have|do"
    rf"|does|did) {_THEY}\? (?P<asks>\w.*)$",
    re.IGNORECASE,
)
# "If not, what are they?", "- which are they really?"
_WHETHER_SO = re.compile(
    rf"\b(?:and |or |but )?if (?:so|not|yes|no|{_THEY} (?:is|was|are|were|do|does|did)(?:n['’]t| not)?),? ",
    re.IGNORECASE,
)
_OR_HAS = re.compile(
    r"(?<![\s,.;–—-])[\s,.;–—-]+or (?:has|have|is|are|was|were|do|does|did) (?:there |it |they )?(?:one|any|some)?"
    r"(?:,? (?:and )?if so)?"
    r"(?:,? (?:who|which|what))?(?: ones?)?\s*\?*$",
    re.IGNORECASE,
)
_NONE = re.compile(r"\b(?:there (?:is|are|was|were) )?(?:no|not (?:a|one) single|hardly any)\b", re.IGNORECASE)
_RIGHT = r"(?:right|correct|real|actual|true|exact|proper)"
_IS_THE = re.compile(rf"\b(?:is|was) {_THEY} the {_RIGHT} (?P<what>[a-z]+(?: [a-z]+){{0,2}})\s*\?*$", re.IGNORECASE)
_FIGURE = re.compile(
    rf"(?<![\s,.;:?!–—-])[\s,.;:?!–—-]+(?:so |and |but )*what(?:['’]s| is| was) the (?:{_RIGHT} )?"
    r"(?:figure|number|total|count)(?: then)?\s*\?*$",
    re.IGNORECASE,
)
_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a couple of|a few|a handful of|a|several)"
)
_CLAIMED = re.compile(
    r"\b(?:(?:no |any )?(?:more|less|fewer) than |at (?:most|least) |only |just |about |around |roughly |some |the )*"
    rf"{_NUMBER} ?(?:hundreds?|dozens?|thousands?|millions?)?(?: of)?(?= [a-z-]+(?: [a-z-]+)?s\b)",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:only|just|merely)\b(?: (?:the )?(?:one|two|three|a|\d+)\b)?"
    r"|\b(?:in|since|from|around|about) (?:1[89]|20)\d\d\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"\b{ASKING_EN}"
    r"|^(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should)\b",
    re.IGNORECASE,
)
_ONLY_ZH = re.compile(r"(?:应该|大概|恐怕|可能|好像|也就|不过|顶多|最多|只有|不到|才|仅|就)+")
_CLAIMED_ZH = re.compile(
    rf"{_ONLY_ZH.pattern}(?:有|是)?[0-9一二两三四五六七八九十百千万几]+多?(?P<measure>[家个所名位])"
)
_HOW_MANY_ZH = r"有多少\g<measure>"
_FIGURE_ZH = re.compile(
    r"吧?[，,。？?！!\s]+(?:那么?|实际上?|到底|究竟|真正|真实的?|事实上?|准确的?)+(?:数字)?(?:是|有)?多少[家个所名位]?[呢？?]*$"
)
_WHETHER_SO_ZH = re.compile(
    r"(?:如果|要是|若)?(?:不是|不对|没错|是)(?:这样)?的话[，,]?|(?:如果|要是|若)(?:不是|不对|是)[，,]"
)


def as_asked(text: str) -> str:
    """Return what ``text`` asks where it says what somebody supposes, else ``text``."""
    asked = _asked(text)
    return text if asked == text else " ".join(asked.split()).replace(" .", ".")


def _asked(text: str) -> str:
    claim = _FIGURE_ZH.sub("", text)
    if claim != text and _CLAIMED_ZH.search(claim):
        return f"{_CLAIMED_ZH.sub(_HOW_MANY_ZH, claim, count=1)}？"
    return _whether_zh(text) if _WHETHER_SO_ZH.search(text) else _english(text)


def _whether_zh(text: str) -> str:
    return _ONLY_ZH.sub("", _WHETHER_SO_ZH.sub("", text), count=1)


def _english(text: str) -> str:
    claim = _NO_MORE.sub("", _LEADS.sub("", text, count=1) if _LEADS.match(text) else text, count=1)
    if (none := _OR_HAS.search(claim)) and _NONE.search(claim[: none.start()]):
        return f"{_NONE.sub('which', claim[: none.start()], count=1)}?"
    if (figure := _FIGURE.search(claim)) and _CLAIMED.search(claim[: figure.start()]):
        return f"{_CLAIMED.sub('how many', _CHECKS.sub('', claim[: figure.start()]), count=1)}?"
    if checked := _CHECKED_FIRST.match(claim):
        said = _CLAIMED.sub("", _ONLY.sub("", checked["claim"]))
        return f"{said}. {checked['asks']}"
    if _IS_THE.search(claim):
        return _IS_THE.sub(r"what is the \g<what>?", _ONLY.sub("", claim))
    if _WHETHER_SO.search(claim):
        return _ONLY.sub("", _WHETHER_SO.sub("", claim))
    return _whether_so(text, claim)


def _whether_so(text: str, claim: str) -> str:
    """Return a claim as a question whether it is so; ``text``, of which it is a part, where it is none."""
    claim = _CHECKS.sub("", claim)
    if _DENIES.match(claim):
        return _DENIES.sub(r"\g<verb>", claim, count=1)
    if claim == text or _ASKS.search(claim):
        return text
    return f"{WHETHER} {claim[joint.end() if (joint := _JOINS.match(claim)) else 0 :].rstrip(' ?.!')}?"
