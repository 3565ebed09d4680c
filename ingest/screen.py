"""What a person should look at before an article is trusted: unseen characters, and text that gives a model orders.

A flag is one short line. It accuses nobody: an article about such tricks is flagged as well.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.text import JOINED, one_line

_SHOWN = 80  # characters of a find that a flag quotes
_MOST = 5  # flags of one kind

_UNSEEN = "\u200b\u200c\u200d\u180e\u2060-\u2064\ufeff"
# inside a word, or so many in a row that they spell something; elsewhere editors leave them behind
_ZERO_WIDTH = re.compile(rf"(?<=\w)[{_UNSEEN}]+(?=\w)|[{_UNSEEN}]{{8,}}")
# where they belong: joiners in scripts that need them and in emoji, a mark at the start of a file
_RIGHTFUL = re.compile(f"^\ufeff|(?<=[{JOINED}])[\u200c\u200d]+|(?<=[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
_TAGS = re.compile("[\U000e0000-\U000e007f]+")
_FLAG_EMOJI = re.compile("\U0001f3f4[\U000e0030-\U000e007a]+\U000e007f")  # England, Scotland, Wales
_OVERRIDES = re.compile("[\u202d\u202e]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TRACE_ZERO_WIDTH, _TRACE_BIDI = 4, 2  # editors leave as many behind

# what an order begins after; "patients respond only with" is none
_START = re.compile(
    r"(?:^|[.!?:;。！？：；\"“(（>*]\s*|\b(?:please|must|should|always|now|then|and|just|simply|you|so)\s+)\Z",
    re.MULTILINE,
)
_MODEL = (
    r"(?:an?\s+)?(?:ai|llm|(?:ai\s+)?(?:large\s+)?language\s+model|chat\s?bot|chatgpt|gpt"
    r"|(?:ai|virtual|helpful)\s+(?:assistant|agent|model))"
)
_OLD = r"(?:previous|prior|above|preceding|earlier|foregoing|former|initial|original|existing|system|past)"
_ORDERS = r"(?:instructions?|prompts?|commands?|directions?|directives?|orders|guidelines|programming|training)"
_VERBS = r"(?:ignore|disregard|forget|override|bypass|discard)"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern for lower-case text, and words of which its finds hold one: to look for those is quick."""

    needles: tuple[str, ...]
    pattern: re.Pattern[str]
    imperative: bool


def _rule(needles: str, *parts: str, imperative: bool = False) -> _Rule:
    return _Rule(tuple(needles.split("|")), re.compile("".join(parts), re.MULTILINE), imperative)


_ENGLISH = (
    _rule(
        "ignore|disregard|forget|override|bypass|discard",
        rf"\b{_VERBS}\s+(?:(?:all|any|every|each|the|your|my|these|those|of)\s+){{0,4}}{_OLD}\s+(?:\w+\s+){{0,2}}"
        rf"{_ORDERS}\b|\b(?:ignore|disregard|override)\s+(?:(?:all|any|the|your|my|of)\s+){{0,4}}{_OLD}\s+"
        r"(?:rules|messages?|context)\b",
        rf"|\b{_VERBS}\s+(?:all\s+(?:of\s+)?)?(?:your|its)\s+(?:\w+\s+)?(?:{_ORDERS}|rules)\b",
        rf"|\b{_VERBS}\s+(?:everything|all(?: of that)?|anything)\s+(?:above|before\b|(?:that\s+)?(?:you|we|i)\s+"
        r"(?:were|was|have been)\s+told)",
    ),
    _rule(
        "you are|you're",
        rf"\byou(?:\s+are|'re)\s+(?:now|henceforth|no longer)\s+(?:\w+\s+){{0,3}}?"
        rf"(?:{_MODEL}|assistant|bot|model|dan|jailbroken|unrestricted|in\s+\w+\s+mode)\b",
        rf"|\bif\s+you(?:\s+are|'re)\s+{_MODEL}\b",
    ),
    _rule(
        "as if|as a|as the|as my|as dan",
        r"\b(?:act|behave|respond)\s+as\s+(?:if\s+you\s+(?:are|were)\s+)?(?:(?:an?|the|my)\s+)?(?:\w+\s+){0,2}?"
        rf"(?:{_MODEL}|dan)\s+(?:that|who|with(?:out)?|and)\b",
    ),
    _rule(
        "as a",
        rf"\bas\s+{_MODEL}(?:\s+(?:model|assistant|agent))?\s*,?\s+"
        r"you(?:'re|\s+(?:must|should|will|shall|have\s+to|are|need|may|can))\b",
    ),
    _rule(
        "attention|note|message|notice|instruction|important|warning",
        r"(?:^|[.!?>*\[]\s*)(?:attention|note|message|notice|instructions?|important|warning)\s*[:,]?\s+(?:to|for)\s+"
        rf"(?:all\s+|any\s+|the\s+)?{_MODEL}s?(?:\s+(?:systems?|crawlers?|readers?|reading|this|page)){{0,4}}\s*[:,!]",
    ),
    _rule(
        "reading this|processing this|summarizing this|summarising this|parsing this|indexing this",
        rf"\b(?:{_MODEL}s?|ais?)\s+(?:\w+\s+){{0,2}}?(?:reading|processing|summari[sz]ing|parsing|indexing)\s+this\b",
    ),
    _rule(
        "prompt|instruction|message",
        r"\b(?:reveal|print|repeat|output|show|leak|disclose|display|send|tell me)\s+(?:\w+\s+){0,3}?"
        r"(?:system|hidden|initial|secret)\s+(?:prompt|instructions?|message)\b",
        r"|\b(?:new|updated|real|begin|start of|end of)\s+(?:system\s+prompt|(?:system\s+)?instructions?)\s*(?:\]|>|:)",
    ),
    _rule(
        "your new|your only|your real|your true",
        r"\byour\s+(?:new|only|real|true)\s+(?:instructions?|task|role|goal|objective|persona)\s+(?:is|are)\b",
    ),
    _rule(
        "user",
        r"\b(?:do not|don't|never)\s+(?:tell|inform|alert|notify|warn|(?:mention|reveal|disclose)\s+\w+\s+to)\s+"
        r"(?:the|this|your)\s+user|\bwithout\s+(?:telling|informing|notifying|alerting)\s+the\s+user\b",
        imperative=True,
    ),
    _rule(
        "reply|respond|answer|output",
        r"\b(?:reply|respond|answer|output)\s+(?:(?:only|solely|exclusively|just)\s+with"
        r"|with\s+(?:only|exactly|nothing\s+but|just))\b",
        imperative=True,
    ),
)
_MARKS = (
    _rule("<|", r"<\|\s*(?:im_\w+|system|user|assistant|endoftext|eot_id|start_header_id|begin_of_text)\s*\|>"),
    _rule("[inst]|[/inst]|<<sys>>|<start_of_turn>", r"\[/?inst\]|<<sys>>|<start_of_turn>"),
    _rule("<system|<assistant", r"<(?:system|system[_-]prompt|assistant)\s*>"),
    _rule("#", r"^\s*#{1,6}\s*(?:system|instruction|response|human|assistant)s?\s*:"),
    _rule(
        "system|developer|assistant",
        r"^\s*[\[(<*#]*\s*(?:system|developer|assistant)(?:\s+(?:message|prompt|note|override|instruction)s?)?"
        r"\s*[\])>*#]*\s*[:：][^\n]{0,160}\b(?:you|your|ignore|disregard|must|reply|respond|answer|do not|never)\b",
        r"|^\s*[\[【(（]\s*system(?:\s*(?:message|prompt|note|override))?\s*[\]】)）]",
    ),
    # an address that carries words out: a telling name or a placeholder in its query
    _rule(
        "![",
        r"!\[[^\]\n]{0,200}\]\(\s*(?:https?:)?//[^)\n]{1,300}(?:[?&](?:q|query|data|d|text|secret|token|key|msg|message"
        r"|leak|exfil|history|chat|prompt|answer|context|info)=|[?&/=](?:\{|\[|<|%7b))[^)\n]*\)",
    ),
)
_AI_ZH = r"(?:ai|人工智能|大?语言模型|大模型|智能助手|聊天机器人|机器人)(?:模型|助手|助理)?"
_CHINESE = (
    _rule(
        "指令|指示|命令|提示|设定|设置|系统",
        r"(?:忽略|无视|忽视|無視|不要理会|不必理会|忘记|忘掉|抛开|跳过|绕过|覆盖)掉?[你您]?[的在]?"
        r"(?:之前|以前|先前|上述|以上|上面|前面|此前|前文|原有|原来|所有|全部|一切|系统|任何|既定)"
        r"(?:的|所有|全部|一切|任何|你|您|收到|给出|到|系统){0,6}(?:指令|指示|命令|提示词?|设定|设置)",
        r"|(?:输出|透露|泄露|显示|重复|打印|公开|告诉我|说出)[^。！？\n]{0,8}(?:系统提示词?|系统指令|提示词)",
        r"|^\s*[\[【(（]?\s*(?:系统(?:提示词?|消息|指令)?|新的?指令)\s*[\]】)）]?\s*[:：][^\n]{0,60}"
        r"(?:你|您|必须|忽略|回答|回复|不要)",
    ),
    _rule(
        "你|您",
        r"[你您](?:现在|从现在起|从此)(?:开始)?就?(?:是|将是|扮演|成为|变成)(?:一[个名位])?[^。！？\n]{0,10}?"
        rf"(?:{_AI_ZH}|助手|模型|角色)|从现在(?:起|开始)[，,]?请?[你您](?:是|要|必须|将|只能|不再|扮演|需要)",
        rf"|作为(?:一[个名位])?{_AI_ZH}[，,]?[你您](?:必须|应当|应该|应|需要|要|只能|不能|不得)",
        rf"|(?:如果|若|假如|倘若)[你您]是(?:一[个名位])?{_AI_ZH}",
    ),
    _rule("用户", r"(?:不要|不得|切勿|请勿|别|禁止)(?:告诉|告知|透露给|提醒)[该此这]?(?:[个位])?用户"),
    _rule("只|仅", r"(?:请|必须|^|[\n。！？，,])\s*(?:只能?|仅仅?)(?:回复|回答|输出|答复)\s*[：:“\"「『]"),
    _rule("：|:", rf"(?:^|[。！？])\s*(?:致|告|提醒)(?:所有|各位|正在阅读的)?{_AI_ZH}[^。！？\n]{{0,8}}[:：]"),
)
_RULES = (*_ENGLISH, *_MARKS, *_CHINESE)


def quoted(kind: str, text: str) -> str:
    """Return a flag that names what was found and shows how it begins."""
    line = one_line(text)
    return f"{kind}: “{line[:_SHOWN]}{'…' if len(line) > _SHOWN else ''}”"


def gives_orders(text: str) -> bool:
    """Say whether a text speaks to a language model and tells it what to do."""
    return next(_commands(text), None) is not None


def order_flags(text: str) -> tuple[str, ...]:
    """Return a flag for each stretch of a text that gives a model orders, each stretch once."""
    flags: dict[str, None] = {}
    reached = 0
    for start, end in sorted(_commands(text)):
        if start < reached:
            continue
        reached = _line_end(text, end)
        flags[quoted("text that gives a model orders", text[start:reached].lstrip(".!?。！？>* \n"))] = None
    return _bounded(list(flags), "more texts that give a model orders")


def unseen_flags(text: str) -> tuple[str, ...]:
    """Return flags for characters that nobody sees or that reorder others, where there is more than a trace of them.

    ``text`` is as it was written, before ``tidy`` takes such characters out.
    """
    if text.isascii():
        return ()
    flags = []
    invisible = sum(map(len, _ZERO_WIDTH.findall(_RIGHTFUL.sub("", text))))
    if invisible > _TRACE_ZERO_WIDTH:
        flags.append(f"invisible characters (zero-width): {invisible}")
    tags = "".join(_TAGS.findall(_FLAG_EMOJI.sub("", text)))
    if tags:
        told = "".join(chr(ord(tag) - 0xE0000) for tag in tags)
        flags.append(quoted(f"invisible characters (Unicode tags): {len(tags)}, which read", told))
    bidi = len(_BIDI.findall(text))
    if bidi > _TRACE_BIDI or _OVERRIDES.search(text):
        flags.append(f"characters that reorder text (bidi controls): {bidi}")
    return tuple(flags)


def hidden_flags(texts: list[str]) -> tuple[str, ...]:
    """Return a flag for each hidden text."""
    return _bounded([quoted("hidden text", text) for text in dict.fromkeys(texts)], "more hidden texts")


def _commands(text: str) -> Iterator[tuple[int, int]]:
    """Yield where orders begin and end."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals are two letters when small, which would move all that follows
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    for rule in _RULES:
        if any(needle in lowered for needle in rule.needles):
            for found in rule.pattern.finditer(lowered):
                start = found.end() - len(found.group().lstrip())
                if not rule.imperative or _START.search(lowered, max(0, start - 24), start):
                    yield start, found.end()


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found


def _bounded(flags: list[str], rest: str) -> tuple[str, ...]:
    more = len(flags) - _MOST
    return tuple(flags[:_MOST] + ([f"{more} {rest}"] if more > 0 else []))
