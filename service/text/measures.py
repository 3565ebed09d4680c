"""Which measure a question asks for: how far, how old, how much money."""

import re

from service.text.mentions import Measure

PRICED = "budget|cost|fee|price|rent|revenue|salary|stipend|tuition|turnover|valuation|wage"
"""What money measures, as alternatives of a pattern."""

EARNED, EARNED_ZH = (
    "revenue|salary|turnover|valuation|profit",
    "营收|营业额|销售额|税收|税额|利润|亏损|产值|估值|市值|年薪|月薪",
)
"""Those of which no other word tells, as a sum that is raised or spent tells of a cost."""

ASKS_PRICE = (
    r"\bwhat (?:will|would|do|does|did) .*\b(?:cost|charge|pay|earn)\b(?! for[\s.?!]*$)"
    r"|\bwhat (?:will|would|do|does|did) .*\bspend\b(?! for\b| .*\bon[\s.?!]*$)"
    r"|\bwhat (?:is|are|was|were) .*\b(?:valued|sold|bought|priced|taken over)(?: at| for)[\s.?!]*$"
    r"|\bwhat (?:is|are|was|were) .*\bvalued at\b"
    r"|\bwhat\b.*\bin (?:pounds|euros|dollars|yuan|sterling)[\s.?!]*$"
)
"""A pattern: what something costs, or somebody pays, and not what for."""

PRICE_ALONE = (
    rf"(?:(?:[\w'’-]+ ){{1,4}}(?:{PRICED})s?(?: (?:last year|in \d{{4}}|\d{{4}}))?\??$"
    rf"|(?:[\w'’-]+ ){{0,2}}(?:{PRICED})s? (?:of|for|at|in)\b)"
)
"""A pattern: no question word, as in a search box: "Calder turnover last year", "rent for a laboratory"."""

PRICE_ALONE_ZH = rf"^[^，。？?谁哪何几怎]{{2,20}}(?:{EARNED_ZH}|租金|房租|价格|费用|学费|预算|工资)[？?]?$"
"""The same in Chinese: 博若 年薪."""

SUM_PAID = (
    r"\b(?:sum|amount)\b.*\b(?:paid|pays|raised|invested|received|spent|charged|fined)\b"
    r"|\b(?:(?:maximum|highest|largest) (?:fine|penalty)|what (?:fine|penalty|bonus|cash))\b"
    r"|\bwhat (?:is|are|was|were) (?:[\w'’-]+ ){0,4}(?:sales|takings|earnings|loss(?:es)?)"
    r"(?= in\b| of\b| last\b| this\b|[\s.?!]*$)"
)
"""A pattern: which sum changed hands."""

_PRICED_ZH = "|".join(
    (
        EARNED_ZH,
        "费用?|租金?|房租|价格?|工资|薪资|罚款|补贴|预算|收入|经费|投资额|融资额?|奖金|资助|学费",
        "金额|总额|额度|资本",
    )
)

_MOVE = r"(?:rises?|rose|risen|grow|grew|grown|increased?|falls?|fell|fallen|drop(?:ped)?|decreased?|changed?)"
_ANYTHING = frozenset({Measure.PERCENT, Measure.MONEY})  # "how much", of which it can't be told

_ASKED: tuple[tuple[re.Pattern[str], frozenset[Measure]], ...] = tuple(
    (re.compile("|".join(patterns), re.IGNORECASE), frozenset(measures))
    for measures, *patterns in (
        (
            {Measure.PERCENT},
            r"\bper ?cent|\b(?:what|which) (?:share|proportion|fraction)\b",
            r"\b(?:interest|acceptance|success|growth) rate\b",
            r"百分之|百分比|比例|占比|利率|成功率|录取率|增长率",
        ),
        (_ANYTHING, r"(?:利润|收入|收益|营收|所得|金额|总额)的多少", r"(?:省|减免?|扣除?|返还?|退)[了掉下]?多少"),
        (
            {Measure.MONEY},
            r"\bhow (?:many|much) (?:[a-z]+ ){0,2}(?:money|dollars|euros|pounds|yuan)\b",
            r"\bhow much .*\b(?:pay(?:s|ing)?|paid|spen(?:[dt]|ding)|worth|invest(?:ed|ing)?|charg(?:ed?|ing)"
            r"|earn(?:ed|ing)?|funding)\b",
            rf"\bhow much (?!.*\b{_MOVE}\b).*\b(?:{PRICED})s?\b",  # by how much a rent rises may be told by a share
            r"\bhow much .*\brais(?:e|ed)\b(?! (?:its|the|their) [a-z]+s\b)",  # fares are raised by a share, too
            rf"\bwhat(?:['’]s| is| are| was| were) .*\b(?:{PRICED})s?\b|\b(?:what|which) (?:{PRICED})s?\b",
            ASKS_PRICE,
            rf"^{PRICE_ALONE}",
            SUM_PAID,
            PRICE_ALONE_ZH,
            r"多少(?:钱|资金|[万亿]*(?:美元|欧元|英镑|元|人民币))",
            rf"(?:{_PRICED_ZH})[^，。？涨增升提降减跌]{{0,4}}多少|多少[^，。？]{{0,4}}(?:{_PRICED_ZH})",
        ),
        ({Measure.SPEED}, r"\bhow fast\b", r"多快|速度"),
        ({Measure.AGE, Measure.DURATION}, r"\bhow old\b", r"多大(?:年纪|年龄|岁数)|几岁|多少岁"),
        (
            {Measure.DURATION},
            r"\bhow long (?:did|has|have|had|does|do|will|would|after|ago|until|before)\b",
            r"多长时间|多久|多少(?:年|天|个月|小时|分钟)|几年|几个?(?:月|小时|星期|礼拜|工作日|周)",
        ),
        (
            {Measure.PERCENT, Measure.MONEY},
            rf"\bhow far (?:has|have|had|did|does|do|will)\b.*\b(?:{_MOVE}|come down|go(?:ne)? up)\b",
        ),
        ({Measure.LENGTH}, r"\bhow (?:far|tall|high|deep|wide|long)\b", r"多[高远深宽长]"),
        (
            {Measure.AREA},
            r"\bhow (?:large|big)\b|\b(?:what|which) area (?:do|does|did)\b|\barea of\b",
            r"\b(?:its|land|surface|total) area\b|面积|多大",
        ),
        (_ANYTHING, r"\bhow much\b"),
    )
)
_UNITS_SAID = frozenset({Measure.PERCENT, Measure.MONEY, Measure.LENGTH, Measure.AREA, Measure.DURATION})
_SAYS_UNIT = re.compile(r"\b(?:miles|kilomet(?:re|er)s|km|met(?:re|er)s|feet)\b|公里|千米|英里|米", re.IGNORECASE)
_ONE_OF_SEVERAL = re.compile(r"\bhow (?:large|big|long)\b|多[大长]", re.IGNORECASE)


def measures_asked(question: str) -> frozenset[Measure]:
    """Return the measures one of which answers; none where it is a count, or can't be told."""
    return next((measures for asks, measures in _ASKED if asks.search(question)), frozenset())


def units_asked(question: str) -> frozenset[Measure]:
    """Return the measures whose units an answer must say, none where another number may answer too.

    "How large is it?" may be told in acres, or in tenants; "how far" only in miles or the like, or in minutes.
    """
    measures = measures_asked(question)
    several = Measure.DURATION not in measures and _ONE_OF_SEVERAL.search(question)
    if not measures or not measures <= _UNITS_SAID or several or measures == _ANYTHING:
        return frozenset()
    by_time = Measure.LENGTH in measures and not _SAYS_UNIT.search(question)
    return measures | {Measure.DURATION} if by_time else measures
