"""What a question asks for, by the words that ask."""

import re
from enum import StrEnum
from functools import lru_cache

from service.text.measures import ASKS_PRICE, EARNED, EARNED_ZH, PRICE_ALONE, PRICE_ALONE_ZH, PRICED, SUM_PAID


class Kind(StrEnum):
    """What a question asks for."""

    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    QUANTITY = "quantity"
    WHY = "why"
    COMPARISON = "comparison"
    DEFINITION = "definition"
    LIST = "list"
    YES_NO = "yes_no"
    HOW = "how"
    OTHER = "other"


FACTS = frozenset({Kind.WHEN, Kind.WHO, Kind.WHERE, Kind.QUANTITY})
"""Kinds that a few words answer."""

_SEVERAL = r"(?:the )?(?:[a-z-]+ ){0,3}[a-z-]+s\b"  # "the main tenants", "founders"
_MAY_WE = r"(?:can|could|should|might|would) (?:i|we|you|one|somebody|someone|a client) [a-z]+\b"  # "who can we hire"
# who is let in, which is told by conditions: "who can apply for the grant?"
_QUALIFIES = (
    r"(?:(?:can|may|could) (?:apply|use|join|enter|attend|rent|take part|participate|bid|claim|get|receive|have)\b"
    r"|qualifies\b|(?:is|are) (?:eligible|allowed|entitled|admitted)\b|(?:would )?counts? as\b)"
)
_WHO_THEY_ARE = r"who the (?:[a-z-]+ ){0,3}[a-z-]+s are\b"
# Where a question begins so, a later "who" only says which ones are meant: "What do the people who work there make?"
_ASKS_ELSE = (
    r"(?:what|which|how|why|when|where|is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|list)\b"
)

# "the head of the yard" is one person, whoever asks how
_POST = (
    r"(?:head|boss|chief|director|founder|president|chair(?:man|woman|person)?|leader|manager|ceo|owner|author|inventor"
    r"|principal|dean|rector|mayor|minister|(?:pro-)?(?:vice-)?chancellor|secretary)\b"
)
_SOMEBODY = r"(?:company|firm|manufacturer|investor|buyer|supplier|partner|person|scientist|professor|entrepreneur)\b"
_ROLE = rf"(?:(?:person|man|woman)\b|{_POST})"
_POST_ZH = "(?:[长任官席监师裁者员理]|负责人)"  # with what the name of a post ends: 院长, 主任
_SOMEBODY_ZH = "(?:公司|企业|机构|大学|学院|医院|基金|银行)"
_BEGUN_ZH = "实施|施行|生效|成立|设立|创立|创办|建立|建成|开业|开园|开始|启动|启用|发布|落成"

_MEASURED = rf"(?:area|distance|height|length|{PRICED})"

# The first kind that matches is it, so the order counts: "how many" before "how", "which city" before "which".
_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile("|".join(patterns), re.IGNORECASE))
    for kind, *patterns in (
        (
            Kind.WHEN,
            r"^(?:and |but )?when\b|\bwhen (?:was|were|did|is|will|has|had)\b",
            r"\b(?:what|which|founding|opening|exact|precise) (?:year|date|day|month|century|decade|time)\b",
            r"\bhow far back\b|\b(?:since|until|till|by) when\b",
            r"^(?:the )?(?:exact )?(?:year|date)s?\b",
            r"\byear of (?:its )?(?:\w+ment|foundation|founding|creation|birth)\b",
            rf"什么时候|何时|哪一?年|哪天|几月|什么时间|年份|(?:{_BEGUN_ZH})(?:的)?(?:时间|日期)",
        ),
        (
            Kind.LIST,
            r"[，,；;].{0,4}(?:是|有|叫|包括)(?:哪些|哪几[个家所位]|什么(?=[？?]?$))[？?]?$",
        ),  # 有几家公司，具体是哪些？
        (
            Kind.QUANTITY,
            r"\bhow (?:many|much|long|far|big|large|old|tall|high|deep|often|fast|populous)\b",
            r"\b(?:what|which) (?:number|percentage|share|proportion|fraction|amount)\b",
            r"\bwhat(?:['’]s)? (?:[a-z]+ ){0,6}(?:rate|ratio|multiple)\b",
            r"\b(?:population|percentage|number) of\b|\bcount of\b|\b[a-z]+ count\b(?! (?:as|among|for|on|towards)\b)",
            r"\bwhat(?:['’]s| is| was| are| were) (?:the |our |their |its )?(?:average|mean|median|total)\b",
            r"\btotal (?:number )?of\b|\b(?:tally|headcount) of\b",
            r"\bwhat(?:['’]s| is| was) the (?:[a-z]+ )?(?:figure|number|total)[\s.?!]*$",
            rf"\bwhat(?:['’]s| is| are| was| were) (?:.*\b{_MEASURED}s? (?:of|at|in|for)\b"
            rf"|(?:(?:its|their|the) )?(?:[\w'’-]+ ){{0,4}}{_MEASURED}s?(?: last year| in \d{{4}}| there| now)?\??$)",
            ASKS_PRICE,
            rf"^(?!{_ASKS_ELSE}){PRICE_ALONE}",
            SUM_PAID,
            PRICE_ALONE_ZH,
            rf"\b(?:what|which) (?:(?:{PRICED})s?|area (?:do|does|did))\b",
            r"多少|(?<![哪这那好前近头十])(?<!过去|未来|今后)几(?![乎十百千])|百分之几|多大|多长|多高|多久|数量|总数|人数",
        ),
        (
            Kind.WHY,
            r"\bwhy\b|\bwhat (?:caused|causes|is the reason|was the reason|led to)\b",
            r"\b(?:what|main|chief|biggest|key) reasons?\b|^(?:the )?reasons? (?:for|why)\b",
            r"为什么|为何|原因",
        ),
        (
            Kind.COMPARISON,
            r"\bdifferences? between\b|\bwhat(?:['’]s| is| are) the differences?\b",
            r"\bdiffers?\b|\bcompared? (?:with|to)\b|\bversus\b|\bvs\b|^(?:please )?compare\b",
            r"区别|不同|相比|差异|对比|比较一下|各自的?(?:优势|特点|长处|强项)",
        ),
        (
            Kind.WHERE,
            r"\bwhere\b|\b(?:what|which) (?:city|country|place|region|state|province|town)\b",
            r"哪里|哪儿|何处|什么地方|哪一?[个座](?:国家|城市|地方|省)",
        ),
        (
            Kind.WHO,
            rf"^(?!{_ASKS_ELSE}|{_WHO_THEY_ARE}).*\bwho(?:m|se)?\b"
            rf"(?! are (?:they\b|{_SEVERAL})| {_MAY_WE}| {_QUALIFIES})",
            r"(?:\b(?:and|or|by|to|of|with|from|for|person|man|woman)|,) who(?:m|se)?\b|\bnames? of .* who\b",
            r"\b(?:that|this|the) (?:person|man|woman|company|firm)['’]s (?:full )?name\b",
            r"(?:^|[:–—-] )(?:and |so )?what(?:['’]s| is| was) the name of the "
            rf"(?:[\w'’-]+ ){{0,3}}(?:{_SOMEBODY}|{_POST})",
            rf"(?:^|[–—:-] )(?:please )?(?:the )?names?(?: of)?(?: the| its| their)? (?:[\w'’-]+ ){{0,2}}{_ROLE}",
            rf"^(?!{_ASKS_ELSE})(?:[\w'’-]+ ){{1,4}}{_POST}\??$",
            rf"\b(?:what|which) {_SOMEBODY}",
            rf"(?<!都有)(?<!还有)谁|哪一?位|何人|哪一?[家个](?:公司|企业|厂家|厂商|机构|银行)|(?:{_POST_ZH}|{_SOMEBODY_ZH})(?:的名字|的姓名|的名称)?是?[是叫]什么|人(?:的名字|的姓名)?叫什么",
        ),
        (
            Kind.DEFINITION,
            r"\bwhat (?:is|are|was|were) (?:an? |the )?(?:meaning|definition)\b",
            r"\bwhat does .+ (?:mean|stand for|do)\b|\bdefine\b|\bwhat(?:['’]s| is| are) .+ for\??$",
            r"^what (?:is|are) (?:an? )?[\w-]+(?: [\w-]+)?\??$",
            r"什么是|什么叫|何谓|是什么意思|的定义|全称",
        ),
        (
            Kind.LIST,
            r"\bwhich\b.*(?-i:\b(?:[a-z]\w*|[A-Z]{2,})s\b)",
            rf"\b(?:what (?:are|were)|who are) {_SEVERAL}|\bwho are they\b|^{_WHO_THEY_ARE}",
            r"\bwhat (?:[a-z]+ )?(?:[a-z]+)s (?:are|were|do|does|did|have|had|is|can|could|will|would|should|may)\b",
            r"\b(?:list|name) (?:the|all|some|two|three|four|five)\b",
            r"^(?:please )?(?:list|name(?! of)|enumerate)\b|\w list\??$|^(?:an? |the )?(?:[a-z]+ )?lists? of\b",
            r"^(?:the |its |their )?(?:two|three|four|five|six|[2-9]) (?:[a-z-]+ )?[a-z-]+s\b",
            r"\bwhat (?:are|r) (?:the |its |their )?(?:two|three|four|five|six|[2-9]) (?:[a-z-]+ ){0,2}[a-z-]+s\b",
            r"^any (?:[\w'’-]+ ){0,3}?[\w-]+s\b",
            r"^(?:the |any )?names of\b",
            rf"^(?:and |but |so )?whom? {_MAY_WE}",
            r"\b(?:what|which) (?:two|three|four|five|six|[2-9]|pair)\b|\bboth of\b",
            r"哪些|有什么|哪[几两二三四五六]|[都还]有谁|名单|^列[一出举]",
        ),
        (Kind.HOW, r"\bhow\b", r"如何|怎么|怎样"),
        (
            Kind.YES_NO,
            r"^(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should)\b",
            r"吗[？?]?$|是否|有没有",
        ),
    )
)


# "Who is Ada Brill?" asks what there is to say of her
_WHO_THAT_IS = re.compile(
    rf"[Ww]ho (?:is|was) (?!(?i:{_ROLE})|.*['’]s? )[A-Z][\w'’.-]*[a-z](?: [A-Z][\w'’.-]*)*"
    r"|[\u4e00-\u9fff·]{2,3}(?<![长人任官席监师裁者员])是谁"
)
_ROLE_ASKED = re.compile(rf"\bwho(?:['’]s| is| was) (?:the |its |their )?(?:[\w’'-]+ ){{0,2}}?({_POST})", re.IGNORECASE)
_EARNED_ASKED = re.compile(rf"\b(?:what|which)\b.*?\b((?:{EARNED})s?)\b", re.IGNORECASE)
_ATTRIBUTE_ZH = re.compile(
    r"的(?P<noun>[\u4e00-\u9fff]{2,8}?)(?:究竟|大概|一共|总共|目前|现在)*(?:是|为|有|在|从|来自|叫做?|达到?|约)?(?:由|被)?(?:谁|哪|多少|什么|几|何)"
    rf"|(?P<sum>{EARNED_ZH})(?:(?:是|为|有|达到?)?多少|[？?]?$)"
    r"|(?<![与和跟为])(?:谁|什么时候|何时|哪一?年)(?:来|在|开始|正式)?(?P<verb>(?!是)[\u4e00-\u9fff]{2,4}?)的?(?:呢)?[？?。]?$"
)


_LATER = re.compile(r"后来|之后呢|后续|\bwhat (?:happened|came|became|followed)\b|\band then\b", re.IGNORECASE)


def asks_later(question: str) -> bool:
    """Whether a question asks how it went on: 后来呢, "what happened next?"."""
    return _LATER.search(question) is not None


def kind_of(question: str) -> Kind:
    """Return what ``question`` asks for, by the words that ask."""
    if _WHO_THAT_IS.fullmatch(question.strip(" ?？.")):
        return Kind.DEFINITION
    return next((kind for kind, pattern in _ASKS if pattern.search(question)), Kind.OTHER)


@lru_cache(maxsize=256)
def attribute_of(question: str) -> str | None:
    """Return what a question asks of a thing, None where that is not plain.

    It is "principal" of "Who is the principal of the college?", 院长 of "研究院的院长是谁？" and 成立 of
    "公司是哪一年成立的？".
    """
    if asked := _ROLE_ASKED.search(question) or _EARNED_ASKED.search(question):
        return asked[1]
    found = _ATTRIBUTE_ZH.search(question)
    return (found["noun"] or found["sum"] or found["verb"]) if found else None
