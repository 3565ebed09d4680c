"""The part of a text that asks: a question without greetings, courtesies and what it is needed for.

"Hi, I'm writing to a client and need to know when the mill opened, thanks" asks "when the mill opened". The rest would
have to be found in articles otherwise, and a vector of it all would be half about clients. Where nothing can be told
apart, a text stays as it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from service.text.words import ASKING_EN

_SOMEBODY = r"(?:i|we|you|u|someone|somebody|anyone|anybody)"
_SOFTLY = (
    r"(?:(?:please|pls|kindly|just|quickly|briefly|perhaps|possibly|also|maybe|really|actually|ever|happen to"
    r"|be able to) )*"
)
_MAY = rf"(?:(?:can|could|would|will|may|might|do|does|did|should) {_SOMEBODY} (?:mind )?)"
_MORE = r"(?: (?:know|of|about|to|with|on|out|a bit|more|exactly|again|please))*"


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_GREETING = _any_of(
    r"(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening)|(?:morning|afternoon|evening)(?= [A-Z]\w+,))"
    r"(?: (?:there|all|everyone|team|(?-i:[A-Z])\w+(?: (?-i:[A-Z])\w+)?(?=,)))?\b[\s,.!:–—-]*",
    r"(?:so )?sorry (?:to (?:bother|trouble|disturb|interrupt)(?: you| again)*|for [^,.?]*)\b[\s,.!:–—-]*(?:but\b\s*)?",
    r"(?:sorry|excuse me|thanks|thank you|ok|okay|right|well|um+|fyi|great|perfect|cool|nice|lovely|brilliant|got it"
    r"|i see|interesting)\b[,.!:–—-]\s*",
    r"(?:just )?(?:a |one )?(?:quick|short|small|simple) (?:one|question|query|check|thing)"
    r"(?: (?:for you|from my \w+))*[\s,.!:–—-]+",
    r"(?:please|pls|plz|kindly)\b[\s,]*",
    r"(?:ok(?:ay)?,? )?(?:a )?(?:new|different|another|other) (?:topic|subject|question)\b[\s,.:;!–—-]+",
)
_FILLERS = re.compile(r"(?:^|(?<=[\s,]))(?:um+|uh+|er+m?|hm+),?\s+(?=\w)", re.IGNORECASE)
_THANKS = _any_of(
    r"[\s,;.!–—-]+(?:please|pls|plz|(?:many )?thanks(?: a lot| so much| in advance)?|thank you(?: (?:very|so) much)?"
    r"|thx|ta|cheers|if (?:you|anyone|we) (?:know|can|could|have|don['’]t mind)(?:[\s,]+[\w'’]+){0,3})[\s.!]*(?=\??$)"
)
_NEEDED_FOR = _any_of(
    r"^for (?:an?|the|my|our|this|some) (?:[\w-]+ ){0,3}(?:report|slides?|deck|letter|call|meeting|presentation|memo"
    r"|notes?|pitch|newsletter|briefing|proposal|talk|speech|paper|blog) (?:on|about|covering)\b"
    r"(?-i:[^,.;:?A-Z]*?)(?:,\s*|\s)(?=(?-i:I\b)|we |could |can |please )",
    r"[\s,]*\bfor (?:an?|the|my|our|this|some|tomorrow['’]s|today['’]s|next week['’]s) (?:[\w-]+ ){0,3}"
    r"(?:report|slides?|deck|letter|calls?|meeting|presentation|e-?mail|memo|notes?|pitch|newsletter|briefing|proposal"
    r"|talk|speech|timeline|paper|blog|client|boss|colleague)\b(?: (?:this|tomorrow|today|next|later)(?: \w+)?)?"
    r"(?=[\s,.:;?!–—-]|$)[\s,:–—-]*",
)
_ADDED = _any_of(
    # who is meant, by something else that is known: "the head of Brill, the lady who came to see us"
    r", (?:the|that) (?:lady|woman|man|guy|gentleman|person|one|ones) (?:who|that|from|with)\b[^,?]*(?=\?*$)",
    r"(?<=[.?!])\s+(?:just|only)\b[^?]*$",
    r"(?<=[.?!])\s+[^?.!]*\b(?:names?|dates?|numbers?|figures?|years?) only\b[^?]*$",
    r"(?<=[.?!])\s+(?:it['’]s|that['’]s|this is) (?:all )?for\b[^?]*$",
    r"(?<=[.?!])\s+(?:i|we) (?:just |only |really )?(?:need|want)\b[^?]*$",
    r"(?<=[.?!])\s+(?:(?:my|our|the) (?:boss|client|colleague|customer|director|partner|manager)s?"
    r" (?:asked|asks|wants?|needs?)|(?:and )?(?:i|we) have no (?:idea|clue))\b[^?]*$",
    r",? (?:i|we) need (?:them|it|this|these|that) (?:for|by|to)\b[^?]*$",
    r"(?:(?<=[.?!])|\s[–—-])\s+any (?:ideas?|thoughts|clues?|names?|examples?)\s*\??$",
    r",? (?:in a (?:hurry|rush)|asap)(?=[\s.!?]*$)",
    r",? if (?:the|any|an|your) (?:articles?|posts?|texts?|sources?) (?:mentions?|says?|tells?|names?|covers?)"
    r"(?: (?:any|it|so|one|them|that|this|anything))?(?=[\s.!?]*$)",
    r", (?:my|our|the|an?)? ?(?:client|boss|colleague|customer|director|partner|manager)s? (?:asked|asks|is asking"
    r"|wants? to know|needs? (?:it|this|to know))(?: (?:me|us))?(?=[\s.!?]*$)",
    r",? (?:can|could|would) you (?:please )?(?:name|list|tell|say)(?: (?:me|us|them|those|it|which))*(?=[\s.!?]*$)",
    r", (?:please )?give (?:me|us) (?:some |a few |an )?(?:examples?|names?|details)(?=[\s.!?]*$)",
    r"(?<=[.?!])\s+[^?]*\b(?:is|are|would be|will do) (?:fine|enough|great)\b[^?]*$",
)
_TAG = _any_of(r",\s*(?:right|correct|yes|yeah|no|isn['’]t it|aren['’]t they|don['’]t they|doesn['’]t it)\s*\?")
# what only asks once more: "who heads it - what is the person's name?"
_AGAIN = _any_of(
    r"\s*[,;:?–—-]\s+(?:and |so )?"
    r"(?:what(?:['’]s| is| was| are) (?:the |this |that )?(?:person['’]s |their |his |her )?names?"
    r"|wh(?:o|at|ich)(?:['’]s| is| are| was| were) (?:it|that|they|he|she|those)"
    r"|wh(?:o|at)(?:['’]ve| have) they got|which ones?(?: (?:is it|are they))?)(?: exactly| again)?\s*\?*$"
)
# what says the same in other words: "how far back does it go, i.e. its year of creation?"
_IN_OTHER_WORDS = re.compile(
    r"(?:,|\s\(|\s[–—-])\s*(?:i\.?e\.?|that is(?: to say)?|in other words|meaning)[\s,:]+"
    r"(?!how |who|when|where|which|what)[^?()]*\)?(?=\?*\s*$)",
    re.IGNORECASE,
)
_ENDED = re.compile(r"(?<=[.!;:])\s+|\s+[–—-]\s+")

# "... and need to know", "I was wondering": before a question word it leads an indirect question in
_ASKS = _any_of(rf"\b{ASKING_EN}")
_LEADS_IN = _any_of(
    r"\b(?:know|tell(?:ing)?|advise|remind|wonder(?:ing)?|ask(?:ing|ed|s)?|learn|hear|see|show"
    r"|(?:find|figure|work|spell) out"
    r"|look up|state|specify|quote|cite|understand|check|confirm|clarify|explain|remember|recall|forgot(?:ten)?|forget"
    r"|idea|clue|sure|clear|curious|interested|says?|information|info|data|details|anything|something|figures?)"
    r"(?: (?:me|us|you|please|again|exactly|precisely|quickly|roughly|about|of|on|to|in|as|for|from|by|with|at|under"
    r"|through|since|know|see))*[\s,:;–—-]*$"
)
_IS_SAID_OF_SELF = _any_of(
    rf"\b{_SOMEBODY}\b|\b(?:me|us|my|our)\b",
    r"\b(?:wants?|needs?|would like) to (?:know|hear|see|be told)\b",
    r"^(?:please |any |is there|are there|not|wonder|curious|need|want|asking|writing|preparing|checking)",
)
_WHOM = r"clients?|customers?|boss|colleagues?"  # one works for or with
# "Client call in ten minutes: who runs the mill?"; "The report: who wrote it?" asks of what stands before, though
_IS_OF_THE_OFFICE = _any_of(
    rf"\b(?:{_WHOM}|calls?|meetings?|slides?|deck|pitch|memo|briefing|presentation|proposal"
    r"|newsletter|report|fact[- ]check(?:ing)?)\b"
)
_FOR_SOMEBODY = _any_of(
    rf"\b(?:{_WHOM}|(?:investor|partner|visitor|guest|delegate|delegation|journalist)s?)\b"
    r"|^(?:i am|i['’]m|we are|we['’]re) (?:writing|preparing|drafting|putting together|working on)\b"
)
_REFERS_BACK = _any_of(
    r"\b(?:it|its|they|them|their|he|she|his|her)\b|\b(?:this|that|these|those)\b(?! (?-i:[A-Z]))"
    r"|(?<!\bis )(?<!\bare )\bthere\b(?! (?:is|are)\b)"
)
_ASKS_AT_ONCE = _any_of(
    r"^(?:and |but |so |also |then )?(?:who(?:m|se)?|what|when|where|which|why|how|is|are|was|were|do|does|did|can"
    r"|could|has|have|had|will|would|should|list|name)(?:['’]s)?\b"
)
# what somebody in Chinese says of themselves, of whom they work for and of what they are about to do
_OF_SELF_ZH = re.compile(
    r"(?:^|[，,。；;、])\s*[我咱]|我们?(?:要|想|需要|在|正|准备|打算|公司|老板|客户|司)|老板|领导|上司|客户|同事|接到.{0,12}电话|来电话?|听说|据说|听人说|出差|汇报|[写做](?:简报|材料|报告|方案|幻灯片|邮件)|PPT"
    r"|邀请函|请柬|(?:下|这|本)周|明天|下个?月|假如|打算|准备|想[找去把请拜]|要用|[要好]发给|[写做].{0,6}用$"
)
_ASKS_ZH = re.compile(r"[谁哪几吗呢何么]|多[少大长高久]|是否|有没有|列[一出举]|[？?]$")
# 听说那里有两个称号，分别是什么？ asks about what was heard
_ASKS_OF_IT_ZH = re.compile(
    r"^(?:那么?|它们?|他们?|她们?|这些|那些|都|分别|各自?|具体|到底|究竟)*(?:[是叫有]+|包括)(?:什么|哪些?|谁|啥|哪?[几两][个家所位])(?:名字)?[呢啊呀]?[？?。]?$"
)
_CLAUSES_ZH = re.compile(r"(?<=[，,。；;！!？?])")
_SENTENCES = re.compile(r"(?<=[.?!])\s+|\s+[–—-]\s+|(?<=:)\s+")
_NAMES_SOMETHING = re.compile(r"(?<!^)(?<![.!?] )\b(?!I\b)[A-Z]|\d{3}")
_NAMES_PROPERLY = re.compile(r"(?<!^)(?<![.!?] )\b[A-Z][a-z]")

# "I need the names of", "Could you give me": what comes next is what is asked for
_WANTS = re.compile(
    "(?:"
    + "|".join(
        (
            rf"{_MAY}?{_SOFTLY}(?:tell(?:ing)?|remind(?:ing)?|giv(?:e|ing)|show(?:ing)?|send(?:ing)?|get|find|help|brief|update)"
            rf" (?:me|us){_MORE}",
            rf"{_MAY}?{_SOFTLY}(?:let (?:me|us) (?:know|have)|point (?:me|us) to(?:wards?)?){_MORE}",
            rf"(?:{_MAY}{_SOFTLY}|(?:please|pls|kindly) )(?:say|explain|clarify|confirm|describe|outline|provide"
            rf"|identify|state|share){_MORE}",
            rf"(?:i|we)(?: am| was| are| were|['’]m|['’]re) wondering (?:if|whether) {_SOMEBODY}"
            rf" (?:know|have|(?:could|can) (?:tell|give|show|send) (?:me|us)){_MORE}",
            rf"(?:(?:i|we)(?:['’]d| would)?|would) {_SOFTLY}(?:like|love|need|want|wanted|wish|require){_MORE}"
            r"(?: to (?:(?:give|send|show|tell) (?:him|her|them|(?:my|our|the) (?:[\w-]+ )?[\w-]+)|have|get|see|know"
            rf"|learn|hear|ask|find(?: out)?|understand|check|confirm|quote|cite|mention|include|state|use|add"
            rf"|put in){_MORE})?",
            rf"(?:i|we)(?:['’]d| would) (?:be (?:grateful|glad|happy) for|appreciate){_MORE}",
            rf"(?:i|we)(?:['’]m|['’]re| am| are| was| were)? {_SOFTLY}(?:looking for|after|interested in|curious about"
            rf"|wondering about|(?:trying|hoping) to (?:find|get|list|learn)){_MORE}",
            rf"(?:my|our|the) (?:[a-z-]+ ){{0,2}}(?:wants?|needs?|asks?|asked|wanted|would like)(?: (?:me|us))?"
            rf"(?: to (?:know|hear|see|learn|have|find out))?{_MORE}",
            rf"(?:please |kindly )?(?:to )?(?:inform|advise|indicate|specify|notify|communicate)(?: (?:me|us))?{_MORE}",
            rf"(?:need|needed|want|wanted|looking for|searching for|wondering about|provide|identify|supply){_MORE}",
        )
    )
    + r") (?=(?:the|an?|any|some|all|both|names?|every|each|full|more|its|their|his|her"
    r"|(?:that|this) (?:person|man|woman|company|firm)['’]s)\b)",
    re.IGNORECASE,
)
# "I'm preparing a slide and need the year ...": what was said before is of self
_THEN = re.compile(r"(?:,|;|\band\b|\bso\b)\s+(?=\w)", re.IGNORECASE)
_CLAUSES = re.compile(r"[;:,]\s+(?:(?:and|but|so)\s+)?(?=\w)", re.IGNORECASE)
# "; I wonder what they are called": all that is asked about stands before it
_ASKS_OF_IT = _any_of(
    r"(?:who|what|which)(?: ones?)? (?:(?:they|it|these|those|he|she|that) (?:is|are|was|were)|(?:is|are|was|were)"
    r" (?:they|it|these|those|he|she|that))(?: (?:called|named|exactly))?[\s.?!]*$",
    r"(?:who|which)(?: ones?| of them)?(?: exactly)?[\s.?!]*$",
    r"what(?:['’]s| is| was) the (?:real|actual|true|exact|right|correct)"
    r" (?:figure|number|answer|name|date|year|total)[\s.?!]*$",
)
_AGAIN_ALONE = _any_of(r"\.\s+(?:and |so )?wh(?:o|at|ich) (?:is|are|was|were) (?:it|they|those)\s*\?*$")
_BIDS = _any_of(rf"{_MAY}{_SOFTLY}(?=(?:list|name|enumerate|define|summari[sz]e)\b)")

# "a quote on rents": any answer is one
_QUOTES = _any_of(
    r"(?:(?:an?|the|one|another|some|any|your) )?(?:[a-z-]+ )?(?:quotes?|quotations?|soundbites?"
    r"|(?:quotable|good|nice|short|strong) (?:lines?|sentences?))"
    r"(?: (?:from|in) (?:the|your|our|an?) (?:articles?|blog))? (?:on|about|regarding|concerning) (?=\w)"
)
_QUOTES_ZH = re.compile(
    r"(?:请|麻烦)?(?:给|找|来|要|引用?)(?:我们?)?(?:出|一下)?[一两几]?[句段条](?:可以?引用的)?(?:关于|有关|讲|谈)?(?P<of>[^，。？?]{2,}?)的?"
    r"(?:原话|原文|引文|引语|句子)[。！!]?"
)
_COURTESY_ZH = _any_of(
    r"(?:你好|您好|不好意思|劳驾|打扰一下|各位好)[，,！!。\s]*",
    r"(?:请问|请教)(?:一下|下)?",
    r"(?:他们?|她们?|客户|对方)(?:想要?|要)(?:知道|了解|问)(?:一?下)?|文章(?:里|中)?(?:说|提到|讲)(?:过|的)?(?=.*[哪谁什几多怎何])",
    r"(?:我|我们)?(?:就|只|很|非常|正)?(?:想要?|要|需要|希望)(?:请)?"
    r"(?:了解|知道|问问?|查(?:询|看)?|咨询|请教|确认|打听|弄清楚?)(?:一?下)?",
    r"(?:请|麻烦|劳烦|烦请|能不能|能否|可否|可不可以|可以)*(?:你|您)?(?:帮忙|帮我们?|给我们?)*"
    r"(?:告诉|介绍|说明|讲讲?|说说|查查?)(?:我们|我)?(?:一?下)?",
    r"(?:麻烦|劳烦|烦请|请)(?:你|您)?(?:帮忙|帮我们?)?(?=列|找|给)",
    r"有(?:没有)?(?:人|谁)知道",
    r"(?:我们?)?(?:刚才|刚刚|今天|昨天|上午|下午)?(?:我们?)?(?:开会|会上|讨论|聊天)?(?:时|中|里)?"
    r"(?:听说|据说|听人说|说到|提到|聊到|讲到|谈到)(?=[^，,。]*[，,](?:它们?|都|分别|具体|各自?)*[是叫有](?:什么|哪|谁))",
    r"(?:咱们?|我们?|你们?|大家)(?:知不知道|知道|清楚|了解)(?=.*[哪谁什几多怎何])",
    r"有没有(?:文章|资料|内容|材料)(?:说|讲|提到|介绍|谈)(?:过|到)?[，,]?(?=.*[哪谁什几多怎何])",
    r"(?:老板|领导|上司|客户|同事|经理)(?:让|要|叫|请|托)我们?",
    r"[，,：:\s]+",
)
_ADDED_ZH = re.compile(
    r"[，,。；;\s]+(?:能不能|能否|可否|可以|能)?(?:请)?(?:帮忙|帮我)?(?:列|说|讲|介绍|举)(?:一?下|一列|出来|几个|个?例子?)(?:吗|吧)?(?=[。！!？?\s]*$)"
)
_THANKS_ZH = re.compile(r"[，,。！!？?\s]*(?:谢谢|多谢|谢了|感谢)(?:您|你|大家)?[。！!～~\s]*$")
_LEAST_CHARS = 4  # of what asks; with less left, a text is taken whole


def asking_part(text: str) -> str:
    """Return the part of ``text`` that asks, in its own words; all of it where no other part can be told apart."""
    part = _without_other_words(_FILLERS.sub("", text))
    part = _ADDED_ZH.sub("", _THANKS_ZH.sub("？", _TAG.sub("?", part)))
    part = _without_start(part, _COURTESY_ZH)
    part = _without_start(_AGAIN.sub("?", _THANKS.sub("", _ADDED.sub("", part))).strip(), _GREETING)
    part = _without_start(_NEEDED_FOR.sub(" ", _without_aside(part)).strip(), _GREETING)
    part = _without_lead(_without_preamble(part))
    part = _BIDS.sub("", _WANTS.sub("", part, count=1) if _WANTS.match(part) else part, count=1)
    part = _QUOTES_ZH.sub(r"\g<of>", _QUOTES.sub("", part, count=1) if _QUOTES.match(part) else part)
    return part if len(part.strip(" ?？.")) >= _LEAST_CHARS else text


def _without_other_words(text: str) -> str:
    """Leave out what a question says once more in other words, where it asks without them."""
    plain = _IN_OTHER_WORDS.sub("", text)
    return plain if _ASKS.search(plain) else text


def asks_of_it(text: str) -> bool:
    """Whether a question is no more than "what are they called?", so that all it asks about was said before it."""
    return bool(_ASKS_OF_IT.match(text) or _ASKS_OF_IT_ZH.match(text))


def asides(text: str) -> list[str]:
    """Return the parts of a text that only say who asks and what for, beside a part that asks.

    They may name what is asked about: "I'm visiting Ulverby. Who runs it?", 下周去江北，有哪些企业？
    """
    sentences = _SENTENCES.split(text)
    if len(sentences) > 1:
        asking, beside = _parted(sentences, _is_asking)
        found = [part for part in beside if _is_aside(part, asking)]
    else:
        asking, beside = _parted(_CLAUSES_ZH.split(text), lambda part: "?" in part or bool(_ASKS_ZH.search(part)))
        found = [part for part in beside if _OF_SELF_ZH.search(part)]
    # of what is asked "what are they?" all stands beside it
    return [*(() if all(map(asks_of_it, asking)) else found), *_leads(text)[:1]]


def _leads(text: str) -> list[str]:
    """Return what may lead the question of a sentence in; before "what they are" only the clause that does."""
    leads = [*_lead_ins(text), *(text[: joint.end()] for joint in _preambles(text))]
    return [_last_clause(lead) if _ASKS_OF_IT.match(text[len(lead) :]) else lead for lead in leads]


def _last_clause(text: str) -> str:
    return text[max((match.end() for match in _CLAUSES.finditer(text)), default=0) :]


def _parted(parts: Iterable[str], asks: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    """Return the parts that ask, and the others."""
    asking, beside = list[str](), list[str]()
    for part in parts:
        (asking if asks(part) else beside).append(part)
    return asking, beside


def _is_asking(part: str) -> bool:
    """Whether an English sentence asks: "who" may also say of whom one speaks."""
    indirect = any(_lead_ins(part))
    return "?" in part or indirect or bool(_ASKS_AT_ONCE.match(part))


def _is_aside(part: str, asking: Iterable[str]) -> bool:
    """Whether a sentence that does not ask only tells of who does, or of their work, beside the parts that ask."""
    office = _IS_OF_THE_OFFICE.search(part) and not any(map(_REFERS_BACK.search, asking))
    return bool(office or _IS_SAID_OF_SELF.search(part))


def _without_start(text: str, pattern: re.Pattern[str]) -> str:
    """Leave out what a text begins with, as often as it does."""
    start = 0
    while (match := pattern.match(text, start)) and start < match.end() < len(text):
        start = match.end()
    return text[start:]


def _without_preamble(text: str) -> str:
    """Leave out what somebody does before they say what they want: "I'm writing a brief and need the date"."""
    for joint in _preambles(text):
        before, asking = text[: joint.start()], _AGAIN_ALONE.sub("", text[joint.end() :])
        if _names_nothing_asked(before, asking):
            return asking
    return text


def _preambles(text: str) -> Iterator[re.Match[str]]:
    """Yield the joints between what somebody says of themselves or their work, and what they want."""
    for joint in _THEN.finditer(text):
        if _WANTS.match(text, joint.end()) and _is_aside(text[: joint.start()], ()):
            yield joint


def _names_nothing_asked(before: str, asking: str) -> bool:
    """Whether what stands before a question names nothing, or at most for whom it is: "a brief for a UK investor"."""
    if not _NAMES_SOMETHING.search(before):
        return True
    own = _NAMES_PROPERLY.search(asking) and not _REFERS_BACK.search(asking)
    return bool(own and _FOR_SOMEBODY.search(before))


def _without_lead(text: str) -> str:
    """Make an indirect question a direct one: "I was wondering who runs it" asks "who runs it"."""
    for before in _lead_ins(text):
        asking = text[len(before) :]
        if _names_nothing_asked(before, asking):
            return asking
    return text


def _lead_ins(text: str) -> Iterator[str]:
    """Yield what stands before each question word that it makes an indirect question."""
    return filter(_leads_in, (text[: word.start()] for word in _ASKS.finditer(text)))


def _leads_in(before: str) -> bool:
    """Whether what stands before a question word makes it an indirect question."""
    lead = _LEADS_IN.search(before)
    own = _IS_SAID_OF_SELF.search(before) or _FOR_SOMEBODY.search(before)
    return lead is not None and (not lead.start() or bool(own))


def _without_aside(text: str) -> str:
    """Leave out what people say of themselves before they ask: "I'm writing to a client. When did the mill open?"."""
    starts = [0, *(match.end() for match in _ENDED.finditer(text))]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        part = text[start:end]
        # a name there would be what is asked about
        if _NAMES_SOMETHING.search(part) or _is_asking(part) or not _is_aside(part, [text[end:]]):
            return text[start:]
    return text
