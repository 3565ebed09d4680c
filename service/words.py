"""The small words of both languages: those that carry no meaning of their own, and those that ask."""

import re
from enum import StrEnum

STOP_EN = frozenset(
    """a about above after again against ago all also am an and any are aren't as at be because been before being below between both
    but by can could did do does doing done down during each either else etc even ever every few for from further had has have having
    he her here hers him his how i if in into is it its itself just kind like many may me might mine more most much must my near no nor
    not now of off often on once one only onto or other our out over own per please same she should since so some still such tell than
    that the their them then there these they this those though through to together too under until up upon us very via was we were
    what when where whether which while who whom whose why will with within without would yes yet you your
    type types sort example examples thing things give gave given mention mentioned article articles according say says said
    name names named called call list describe year years date number two three four five six seven eight nine ten explain know known does's""".split()
)
"""English words that never have to be found."""

LIGHT_EN = frozenset(
    """able deliver face handle located send supply situated based act add allow appear apply ask base become begin believe belong bring build carry cause change come consider contain
    continue create cover develop differ exist expect fall feed feel find follow form get go grow happen have head help hold host include
    involve join keep lead leave let live look lose made main major make mean meet move need new number occur offer open operate
    part place plan play point produce provide put raise reach real receive refer relate remain run see seem serve set show sit stand
    start state stay stop suggest support take talk tell term turn use used using want way work year
    first second third last several various different""".split()
)
"""English words of little weight: a sentence may answer without them."""

STOP_ZH = frozenset(
    """的 了 是 在 有 和 与 及 或 对 从 到 于 被 把 向 为 以 而 等 之 其 这 那 该 此 也 都 就 还 请 问 请问 一个 一些 一种 一家 一位 一所
    些 个 名 位 家 所 种 项 条 座 里 中 上 下 内 外 什么 什么样 哪些 哪个 哪 哪里 哪儿 哪家 哪位 哪所 哪种 哪项 哪座 哪条 哪部 哪间 哪两 哪一 设在 所在 始于 谁 何 何时 何地 何种
    什么时候 时候 多少 几 几个 几家 多 为什么 为何 如何 怎么 怎样 怎么样 是否 吗 呢 吧 啊 我 我们 你 你们 他 他们 她 它 它们 自己 这个 那个
    这些 那些 这里 那里 可以 能 能够 会 要 应 应该 曾 曾经 已 已经 正在 将 被称为 称为 叫 叫做 名字 名称 根据 按照 关于 由 由于 因 因为
    所以 如果 但 但是 并 并且 而且 以及 其中 哪年 哪一年 年 月 日 来 去 做 使 让 给 用 使用 进行 通过 作为 属于 包括 具有 指 指的 说 提到 文章 列出 有没有 告诉""".split()
)
"""Chinese words that never have to be found."""

LIGHT_ZH = frozenset(
    "后来 最早 目前 现在 如今 两 三 四 五 主要 发生 成为 得到 提供 开始 出现 认为 表示 需要 产生 获得 情况 方面 东西 类型 原因 目的 作用 意思 人 人们 地方 数量 时间 运作 运营 负责".split()
)
"""Chinese words of little weight."""


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


_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            Kind.WHEN,
            r"\bwhen\b|\b(?:what|which|in what|in which) (?:year|date|day|month|century|decade|time)\b|什么时候|何时|哪一?年|哪天|几月|什么时间",
        ),
        (
            Kind.QUANTITY,
            r"\bhow (?:many|much|long|far|big|large|old|tall|high|deep|often|fast)\b|\bwhat (?:number|percentage|share|proportion|fraction|amount)\b"
            r"|\b(?:population|percentage|number) of\b|多少|几(?!乎)|百分之几|多大|多长|多高|多久",
        ),
        (Kind.WHY, r"\bwhy\b|\bwhat (?:caused|causes|is the reason|was the reason|led to)\b|为什么|为何|原因"),
        (
            Kind.COMPARISON,
            r"\bdifferences? between\b|\bdiffers?\b|\bcompared? (?:with|to)\b|\bversus\b|\bvs\b|区别|不同|相比|差异",
        ),
        (
            Kind.WHERE,
            r"\bwhere\b|\b(?:what|which) (?:city|country|place|region|state|province|town)\b|哪里|哪儿|何处|什么地方|哪个(?:国家|城市|地方|省)",
        ),
        (Kind.WHO, r"\bwho(?:m|se)?\b|谁|哪位|何人"),
        (
            Kind.DEFINITION,
            r"\bwhat (?:is|are|was|were) (?:an? |the )?(?:meaning|definition)\b|\bwhat does .+ (?:mean|stand for|do)\b|\bdefine\b"
            r"|^what (?:is|are) (?:an? )?[\w-]+(?: [\w-]+)?\??$|什么是|是什么意思|的定义|全称",
        ),
        (
            Kind.LIST,
            r"\bwhich\b.*\b\w+s\b|\bwhat (?:are|were) (?:the )?(?:[a-z-]+ ){0,3}[a-z-]+s\b|\bwhat (?:[a-z]+ )?(?:[a-z]+)s (?:are|were|do|does|did|have|is)\b|\b(?:list|name) (?:the|all|some|two|three|four|five)\b"
            r"|\bwhat (?:two|three|four|five|six)\b|哪些|有什么|哪几",
        ),
        (Kind.HOW, r"\bhow\b|如何|怎么|怎样"),
        (
            Kind.YES_NO,
            r"^(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should)\b|吗[？?]?$|是否|有没有",
        ),
    )
)

_YEAR = r"(?<!\d)(?:1[0-9]{3}|20[0-9]{2})(?!\d)"
_MONTH = r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
_ANSWERS: dict[Kind, re.Pattern[str]] = {
    Kind.WHEN: re.compile(
        rf"{_YEAR}|{_MONTH}|\b\d+(?:st|nd|rd|th) century\b|\b\d{{3,4}}s?\b|\bago\b|\d+ ?年|\d+ ?月|世纪|年代"
    ),
    Kind.QUANTITY: re.compile(
        r"(?<![\d.])(?!(?:1[5-9]|20)\d\d(?!%|[\d]|[,.]\d))\d"  # a number that is no year
        r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|"
        r"billions?|half|quarter|third|twice|double|several)\b"
        r"|[一二两三四五六七八九十百千万亿半数][多余几]?(?:[个家所名位种项人座倍元篇次条天万亿成米]|公里|平方|分之)",
        re.IGNORECASE,
    ),
    Kind.WHERE: re.compile(
        r"\b(?:in|at|near|from|to|of|on|off|between|along|across) (?:the )?(?:[a-z]+ )?[A-Z]|[省市州县国区岛洲镇]|位于|地处|在"
    ),
    Kind.WHY: re.compile(
        r"\b(?:because|since|due to|owing to|as a result|therefore|so that|in order to|caused?|reason|led to|thus|means that|made)\b|因为|由于|因此|所以|导致|以便|从而|原因",
        re.IGNORECASE,
    ),
    Kind.DEFINITION: re.compile(
        r"\b(?:is|are|was|refers to|means|known as|called|stands for|defined as)\b|[（(]|是|指|即|称为", re.IGNORECASE
    ),
}


def kind_of(question: str) -> Kind:
    """Return what ``question`` asks for, by the words that ask."""
    return next((kind for kind, pattern in _ASKS if pattern.search(question)), Kind.OTHER)


# How much a sentence gains by holding the sort of thing asked for, and loses by not holding it: the logarithm of how
# much more often answering sentences do than others, counted on public question sets (ClapNQ, XQuAD).
_WORTH: dict[Kind, tuple[float, float]] = {
    Kind.WHEN: (1.0, -2.5),
    Kind.QUANTITY: (0.5, -2.2),
    Kind.WHERE: (0.5, -0.8),
    Kind.WHY: (1.0, -0.4),
    Kind.DEFINITION: (0.4, -1.0),
}


def fits(kind: Kind, sentence: str) -> float:
    """Return what ``sentence`` gains or loses by the sort of thing that ``kind`` asks for; 0 where it can't be told."""
    pattern, worth = _ANSWERS.get(kind), _WORTH.get(kind)
    if pattern is None or worth is None:
        return 0.0
    return worth[0] if pattern.search(sentence) else worth[1]
