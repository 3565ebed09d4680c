"""What a question asks for, by the words that ask, and whether a sentence holds that sort of thing."""

import re
from enum import StrEnum


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


# The first kind that matches is it, so the order counts: "how many" before "how", "which city" before "which".
_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile("|".join(patterns), re.IGNORECASE))
    for kind, *patterns in (
        (
            Kind.WHEN,
            r"^(?:and |but )?when\b|\bwhen (?:was|were|did|is|will|has|had)\b",
            r"\b(?:what|which|founding|opening) (?:year|date|day|month|century|decade|time)\b",
            r"什么时候|何时|哪一?年|哪天|几月|什么时间",
        ),
        (
            Kind.QUANTITY,
            r"\bhow (?:many|much|long|far|big|large|old|tall|high|deep|often|fast)\b",
            r"\bwhat (?:number|percentage|share|proportion|fraction|amount)\b",
            r"\b(?:population|percentage|number) of\b",
            r"多少|几(?!乎)|百分之几|多大|多长|多高|多久",
        ),
        (
            Kind.WHY,
            r"\bwhy\b|\bwhat (?:caused|causes|is the reason|was the reason|led to)\b",
            r"为什么|为何|原因",
        ),
        (
            Kind.COMPARISON,
            r"\bdifferences? between\b|\bdiffers?\b|\bcompared? (?:with|to)\b|\bversus\b|\bvs\b",
            r"区别|不同|相比|差异",
        ),
        (
            Kind.WHERE,
            r"\bwhere\b|\b(?:what|which) (?:city|country|place|region|state|province|town)\b",
            r"哪里|哪儿|何处|什么地方|哪个(?:国家|城市|地方|省)",
        ),
        (Kind.WHO, r"\bwho(?:m|se)?\b", r"谁|哪位|何人"),
        (
            Kind.DEFINITION,
            r"\bwhat (?:is|are|was|were) (?:an? |the )?(?:meaning|definition)\b",
            r"\bwhat does .+ (?:mean|stand for|do)\b|\bdefine\b",
            r"^what (?:is|are) (?:an? )?[\w-]+(?: [\w-]+)?\??$",
            r"什么是|是什么意思|的定义|全称",
        ),
        (
            Kind.LIST,
            r"\bwhich\b.*\b\w+s\b",
            r"\bwhat (?:are|were) (?:the )?(?:[a-z-]+ ){0,3}[a-z-]+s\b",
            r"\bwhat (?:[a-z]+ )?(?:[a-z]+)s (?:are|were|do|does|did|have|is)\b",
            r"\b(?:list|name) (?:the|all|some|two|three|four|five)\b",
            r"\bwhat (?:two|three|four|five|six)\b",
            r"哪些|有什么|哪几",
        ),
        (Kind.HOW, r"\bhow\b", r"如何|怎么|怎样"),
        (
            Kind.YES_NO,
            r"^(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should)\b",
            r"吗[？?]?$|是否|有没有",
        ),
    )
)

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_ANSWERS: dict[Kind, re.Pattern[str]] = {
    Kind.WHEN: re.compile(
        rf"(?<!\d)(?:1\d{{3}}|20\d{{2}})(?!\d)|\b(?:{_MONTHS})\b|\b\d+(?:st|nd|rd|th) century\b|\b\d{{3,4}}s?\b"
        r"|\bago\b|\b\d{1,2}: ?\d{2}\b|\d+ ?[年月]|世纪|年代"
    ),
    Kind.QUANTITY: re.compile(
        r"(?<![\d.])(?!(?:1[5-9]|20)\d\d(?!%|[\d]|[,.]\d))\d"  # a number that is no year
        r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|"
        r"billions?|half|quarter|third|twice|double|several)\b"
        r"|[一二两三四五六七八九十百千万亿半数][多余几]?(?:[个家所名位种项人座倍元篇次条天万亿成米]|公里|平方|分之)",
        re.IGNORECASE,
    ),
    Kind.WHERE: re.compile(
        r"\b(?:in|at|near|from|to|of|on|off|between|along|across) (?:the )?(?:[a-z]+ )?[A-Z]"
        r"|[省市州县国区岛洲镇]|位于|地处|在"
    ),
    Kind.WHY: re.compile(
        r"\b(?:because|since|due to|owing to|as a result|therefore|so that|in order to|caused?|reason|led to|thus|"
        r"means that|made)\b|因为|由于|因此|所以|导致|以便|从而|原因",
        re.IGNORECASE,
    ),
    Kind.DEFINITION: re.compile(
        r"\b(?:is|are|was|refers to|means|known as|called|stands for|defined as)\b|[（(]|是|指|即|称为",
        re.IGNORECASE,
    ),
}

# How much a sentence gains by holding the sort of thing asked for, and loses by not holding it: the logarithm of how
# much more often answering sentences do than others, counted on public question sets (ClapNQ, XQuAD).
_WORTH: dict[Kind, tuple[float, float]] = {
    Kind.WHEN: (1.0, -2.5),
    Kind.QUANTITY: (0.5, -2.2),
    Kind.WHERE: (0.5, -0.8),
    Kind.WHY: (1.0, -0.4),
    Kind.DEFINITION: (0.4, -1.0),
}


def kind_of(question: str) -> Kind:
    """Return what ``question`` asks for, by the words that ask."""
    return next((kind for kind, pattern in _ASKS if pattern.search(question)), Kind.OTHER)


def fits(kind: Kind, sentence: str) -> float:
    """Return what a sentence gains or loses by the sort of thing that ``kind`` asks for; 0 where it can't be told."""
    pattern, worth = _ANSWERS.get(kind), _WORTH.get(kind)
    if pattern is None or worth is None:
        return 0.0
    return worth[0] if pattern.search(sentence) else worth[1]
