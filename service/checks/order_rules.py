"""How text speaks to a language model: patterns for orders in English and Chinese, and for forged parts of a prompt.

They are wider than those by which ingest flags an article, see ``orders``. An order is taken for one where a sentence
could begin with it: "companies that ignore these rules" is none.
"""

import re
from dataclasses import dataclass

_MODEL = (
    r"(?:ai|llm|(?:large )?language model|chat ?bot|chatgpt|gpt|(?:ai |virtual )?assistant|copilot|summari[sz]er)s?"
)
_SAY = (
    r"(?:answer|reply|respond|say|state|claim|write|print|output|repeat|shout|recite|mention|recommend|include|insert"
    r"|append|add|tell)"
)
# where an order begins; "companies that ignore these rules" is none
_NOW = r"(?:^|[.!?:;\"“(>|*-]\s*|\b(?:please|kindly|must|should|always|now|then|and|just|simply|also)\s+)"
_ADDRESS = r"(?:https?:)?//|\b[\w-]+\.[a-z]{2,}/"

_IT_ZH = r"(?:回答|回复|答案|答复|输出|总结|摘要)"
_NOW_ZH = r"(?:^|[。！？，,；;：:「“（(|\s]|请|請|必须|应当?|现在|并|然后|你|您|先|要)"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and groups of words, in small letters; its finds hold one of each: to look for those is quick."""

    needles: tuple[tuple[str, ...], ...]
    pattern: re.Pattern[str]

    def may_match(self, lowered: str) -> bool:
        """Whether a text in small letters is worth a closer look."""
        return all(any(needle in lowered for needle in group) for group in self.needles)


def _rule(needles: str, *parts: str) -> Rule:
    groups = tuple(tuple(group.split("|")) for group in needles.split(" & "))
    return Rule(groups, re.compile("".join(parts), re.MULTILINE | re.IGNORECASE))


_ENGLISH = (
    _rule(
        "ignore|disregard|forget|override|bypass|discard|set aside"
        " & instruction|prompt|rule|source|directive|guideline",
        rf"{_NOW}(?:ignore|disregard|forget|override|bypass|discard|set aside)\b[^.!?\n]{{0,60}}"
        r"\b(?:instructions?|prompts?|rules|sources|directives?|guidelines)\b",
    ),
    _rule(
        "dear |hello |hi |hey |attention  &  ai| llm| language model| chat| gpt| assistant| copilot| summari",
        rf"^(?:dear|hello|hi|hey|attention)\s+{_MODEL}\b",
    ),
    _rule(
        "ai|llm|language model|chat|gpt|assistant|copilot|summari & you|please|kindly",
        rf"\b{_MODEL}\b[^.!?\n]{{0,60}}\b(?:you|your|please|kindly)\b[^.!?\n]{{0,40}}\b{_SAY}\b",
    ),
    _rule(
        "your & answer|repl|respon|output|summar",
        r"\b(?:in|to|at the (?:end|start|top|bottom|beginning) of|begin|start|end|finish|close) "
        r"(?:each of |every |all )?your (?:final )?(?:answers?|repl(?:y|ies)|responses?|outputs?|summar(?:y|ies))\b",
    ),
    _rule(
        "when|if |once & ask|summari|answering & say|answer|repl|respond|state|claim|print|output|repeat|mention|tell",
        r"\b(?:when(?:ever)?|if|once)\b[^.!?\n]{0,20}\b(?:asks?|asked|summari[sz]\w+|answering)\b[^.!?\n]{0,60}[,:]\s*"
        rf"(?:(?:then|always|please|simply|only|just|you (?:must|should)) )*{_SAY}\b",
    ),
    _rule(
        "reply|respond|answer|output|print|repeat|say |say\"|say“|say‘|say'"
        " & only|exactly|verbatim|with|that|after me|in |the word|the phrase|the sentence|the follow|the above"
        "|\"|“|‘|'",
        r"(?:^|[.!?:;\"“(>|*]\s*|\bplease )(?:reply|respond|answer|output|print|repeat|say)"
        r"(?: (?:only|exactly|verbatim|with|that|after me|in (?:base64|rot ?13|hex|json|code|english|chinese|french)"
        r"|the (?:words?|phrase|sentence|following|above)\b)|\s*[\"“‘'])",
    ),
    _rule(
        "you are|you're|you’re & model|assistant|bot|ai|dan|rules|restrict|jailbroken",
        r"\byou(?: are|'re|’re) (?:now|henceforth|no longer|dan\b)[^.!?\n]{0,40}"
        r"\b(?:model|assistant|bot|ai|dan|rules|restrict\w*|unrestricted|jailbroken)\b",
    ),
    _rule("pretend|act as if|role & you", rf"{_NOW}(?:pretend|act as if|role-?play)\b[^.!?\n]{{0,20}}\byou\b"),
    _rule(
        "developer mode|god mode|jailbreak mode|debug mode",
        r"\b(?:developer|god|jailbreak|debug) mode (?:is )?(?:on|enabled|activated)\b",
    ),
    _rule(
        "prompt|instructions|api key & system|reveal|print|repeat|output|show|leak|disclose|display|send|tell me",
        r"\bsystem prompt\b|",
        rf"{_NOW}(?:reveal|print|repeat|output|show|leak|disclose|display|send|tell me)\b[^.!?\n]{{0,30}}"
        r"\b(?:prompts?|(?:your|hidden|secret|system) instructions?|api keys?)\b",
    ),
    _rule(
        "decode|decrypt|unscramble|translate & follow|obey|execute|run|do it",
        rf"{_NOW}(?:decode|decrypt|unscramble|translate)\b[^.!?\n]{{0,40}}\b(?:follow|obey|execute|run|do it)\b",
    ),
    _rule(
        "/ & put|place|include|embed|insert|render|display|append|add|attach|send|fetch|open|call|encode"
        " & answer|reply|response|question|conversation|history|chat",
        rf"{_NOW}(?:put|place|include|embed|insert|render|display|append|add|attach|send|fetch|open|call)\b"
        rf"[^.!?\n]{{0,60}}(?:{_ADDRESS})[^\n]{{0,200}}"
        r"\b(?:answer|reply|response|question|conversation|history|chat)\b",
        rf"|{_NOW}(?:include|embed|insert|append|send|encode)\b[^.!?\n]{{0,40}}\b(?:the|user'?s|this) "
        rf"(?:question|conversation|chat|history|answer)\b[^\n]{{0,80}}(?:{_ADDRESS})",
    ),
)
_CHINESE = (
    _rule(
        "指令|指示|提示|规则|设定|密钥 & 略|无视|忘|不要|停止|抛开|系统提示词|你的|您的|你系统",
        rf"{_NOW_ZH}(?:忽略|无视|忘记|忘掉|不要理会|不要遵守|停止遵守|抛开)[^。！？\n]{{0,20}}"
        r"(?:指令|指示|提示|规则|设定)",
        r"|系统提示词|[你您]的(?:系统)?(?:提示词|指令|密钥)",
    ),
    _rule(
        "回答|回复|答案|答复|输出|总结|摘要 & 请|必须|务必|只需|一律|直接|末尾|结尾|开头|最后|面|里|中",
        rf"[在于](?:你的?|您的?|每[个次条]|所有)*{_IT_ZH}[的之]?(?:末尾|结尾|开头|最后|后面|前面|里|中)"
        r"[^。！？\n]{0,6}(?:加上|附上|添加|插入|写上|写|注明|说明|声明|放)",
        rf"|(?:请|必须|务必|只需|一律|直接)(?:只|仅|直接|一律|始终|总是|务必)+{_IT_ZH}",
    ),
    _rule(
        "问 & 如果|若|当|凡|只要|一旦 & 答|回复|说|告诉",
        r"(?:如果|若|当|凡是?|只要|一旦)[^。！？\n]{0,8}(?:问|询问|提问|被问)[^。！？\n]{0,30}"
        r"(?:[，,就请]|必须|一律)(?:就|请|都|一律|必须|只|直接)*(?:回答|回复|答复|说|答|告诉)",
    ),
    _rule("打印|复述|念出|输出 & 请|必须|务必", r"(?:请|必须|务必)(?:打印|复述|念出|输出)"),
    _rule(
        "ai|人工智能|语言模型|大模型|助手|机器人|智能体|模型 & 请|必须|务必|你|您",
        r"(?:ai|人工智能|语言模型|大模型|助手|机器人|智能体)们?[，,：:!！][^。！？\n]{0,10}(?:请|必须|务必|你|您)",
        r"|[你您](?:现在|已经|从此)?是[^。！？\n]{0,10}(?:没有(?:任何)?(?:规则|限制)|不受)[^。！？\n]{0,6}"
        r"(?:模型|助手|ai|机器人)",
    ),
    _rule(
        "扮演|假装|越狱|开发者模式",
        r"(?:请|[你您]|现在|来)(?:现在|来|要|必须)?(?:扮演|假装)|角色扮演|越狱模式|开发者模式",
    ),
    _rule("解码|解密|翻译 & 执行|照做|遵守|服从", r"(?:解码|解密|翻译)[^。！？\n]{0,10}(?:执行|照做|遵守|服从)"),
)
_FORGED = (  # what stands between the turns of a conversation, calls of tools, and the fence of our own prompt
    _rule("<|>|[inst]|[/inst]", r"<\s*/?\s*(?:source\b|\|)|\|>|\[/?inst\]|<</?sys>>"),
    _rule("human|assistant & :|：", r"^\W{0,4}(?:human|assistant)\s*[:：]\s*\S"),
    _rule(
        "{|, & role|tool|function|arguments & '|\"",
        r"[{,]\s*[\"'](?:role|tool|tool_calls?|tool_name|function|function_call|arguments)[\"']\s*:",
    ),
    _rule("{|%7b|<", r"(?:/|[?&=])(?:\{|%7b|\$\{|<)|\{\{[^}\n]{0,80}\}\}|\$\{[^}\n]{0,80}\}"),
)
RULES = (*_ENGLISH, *_CHINESE, *_FORGED)
"""All patterns; each is looked for line by line."""
