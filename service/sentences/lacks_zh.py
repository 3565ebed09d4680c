"""Whether a sentence lacks what a question in Chinese asks for by its own words: a name, people, a reason, a plan."""

import re

from corpus.language import CJK, detect
from service.question.kinds import FACTS, Kind
from service.sentences.bodies_zh import names_no_such_body
from service.text.mentions import Measure, amounts
from service.text.wording import opposed
from service.text.words import NUMBER_ZH

_CLAUSE = re.compile(r"[，；。,;]")

_PEOPLE = (
    "人员|学生|员工|患者|病人|雇员|学员|教师|老师|专家|校友|志愿者|工程师|博士|居民"
    "|职工|医生|护士|会员|科学家|毕业生|在校生"
)
_PEOPLE_ASKED = re.compile(
    rf"(?:多少|几)[个名位]?[{CJK}]{{0,4}}?(?P<counted>{_PEOPLE}|人(?=[？?]|$|[参上死住来去报]))"
    rf"|(?P<before>{_PEOPLE})[{CJK}]{{0,4}}?[有共达]多少[人名位]?(?:[？?呢]|$)"
)
_PEOPLE_TOLD = re.compile(
    rf"(?<!第){NUMBER_ZH} ?[多余]?(?:[人名位](?!次|均|民币|[以之]|列|单)|的?(?:居民|人口))"  # 四百名以外 is a rank
)
_SHARE = re.compile(r"[%％成]|分之|一半|过半")

_EARNED_ASKED = re.compile(r"赚[了到]?多少")
_EARNED_TOLD = re.compile(r"赚|利|盈|亏|收益|营收|收入")

_REASON = re.compile(
    r"因|由于|所以|导致|以便|从而|原因|理由|为了|为的是|于是|既然|才能|以[免求期]|避免|使|让|好处|目的|缺|太|不[足愿够]|难"
    r"|没有|只有|否则|更|[相]?比(?!如|例|较)|为[^，。期]{1,10}而|看[中重]|便宜|优惠|方便|充足|完整|成熟|丰富|靠近|接近"
    r"|有助|利于|擅长|需要|希望|要求|规定|凭"
)
_CALLED = re.compile(r"[称名作]为什么")  # 被称为什么 asks for no reason

_VIEW_ASKED = re.compile(r"(?:怎么|如何|怎样)(?:评价|看待|看(?!病|诊|出|到|见)|认为|判断)|什么(?:看法|评价|意见)")
_VIEW = re.compile(
    r"认为|觉得|评价|[说称：“]|看来|看好|预计|表示|指出|判断|建议|相信|坦言|意见|感受|印象|态度|批评|赞|希望|担心|主张"
    r"|应该?|不|值得|最|太|过于|很|十分|非常|失望|满意|喜欢|反对|支持|怀疑|乐观|悲观|谨慎|欢迎|重要|必须|可以|能"
)
_FINDING_ASKED = re.compile(r"什么样?的?(?:结论|结果|发现)")
_FINDING = re.compile(
    r"结论|结果|发现|表明|显示|证明|证实|说明|得出|认为|提高|降低|下降|上升|增加|减少|延长|缩短|有效|无效|失败|成功|导致"
    r"|[%％]|率|倍|没有"
)
_PLAN_ASKED = re.compile(r"打算|计划(?!是|的|书|里|中)|准备|拟|将要|(?:建成|投产|完工|上市|开业)(?:以后|之后|后)要")
# or nothing of what was or is
_PLAN = re.compile(
    r"打算|计划|准备|预计|将|拟|争取|目标|希望|力争|未来|明年|后年|[今本]年|动工|年?[内底前]|预期|有望|考虑|还没|尚未|还未|暂"
    r"|^(?!.*(?:成立|创立|创办|设立|曾|已|现有|目前|[了过][，。]))"
)
_ASKED_AND_TOLD = (
    (_VIEW_ASKED, _VIEW),
    (_FINDING_ASKED, _FINDING),
    (_PLAN_ASKED, _PLAN),
    (_EARNED_ASKED, _EARNED_TOLD),
)
"""What a question asks for, and what a sentence that answers it has one of."""

_MORE_ASKED = re.compile(
    r"(?:[和与跟、]|还是).*(?:哪一?[家个所边种位座套]|谁)[^，。？最]{0,10}?(?:更|比较)?[高多大早贵快强好低少小晚长远]"
    r"[^，。？最]{0,3}[？?]?$"
)
_MORE = re.compile(
    r"更|[相]?比|[高低多少大小早晚]于|超过|不如|最(?!高人民)|相同|一样|持平|倍|领先|落后|适合|不及|逊|首[位选]|第一|差不多"
)

_OTHER_YEAR = (("去年", "今年"), ("今年", "去年"), ("明年", "今年"), ("前年", "今年"), ("前年", "去年"))
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,个家名%])")


def lacks_in_chinese(text: str, after: str, question: str, kind: Kind) -> bool:
    """Whether a sentence lacks what ``question``, which is in Chinese, asks for; ``after`` is the next sentence."""
    both = f"{text} {after}"
    if _is_of_another_year(text, question) or names_no_such_body(both if kind is Kind.LIST else text, question):
        return True
    if detect(text) != "zh":
        return False  # of what else it tells in other words
    if any(asked.search(question) and not told.search(text) for asked, told in _ASKED_AND_TOLD):
        return True
    if kind is Kind.WHY:
        return not _CALLED.search(question) and not _REASON.search(both)
    if kind is Kind.QUANTITY and (_counts_no_people(text, question) or _counts_in_another_year(text, question)):
        return True
    return opposed(question, text) if kind in FACTS else _compares_none(text, both, question)


def _is_of_another_year(text: str, question: str) -> bool:
    """Whether a sentence tells of this year where the last is asked for, or the like."""
    return any(
        asked in question and told not in question and told in text and asked not in text for asked, told in _OTHER_YEAR
    )


def _counts_no_people(text: str, question: str) -> bool:
    """Whether so many people are asked for, and a sentence counts none."""
    asked = _PEOPLE_ASKED.search(question)
    if not asked or _PEOPLE_TOLD.search(text):
        return False
    who = (asked["counted"] or asked["before"])[-2:]
    counted = rf"{NUMBER_ZH}[多余]?个?[{CJK}]{{0,6}}{who}|(?:{who}|{_PEOPLE})[^，。；]{{0,6}}?{NUMBER_ZH}(?!成|分之)"
    return not (re.search(counted, text) or (who in text and _SHARE.search(text)))


def _counts_in_another_year(text: str, question: str) -> bool:
    """Whether all that a sentence counts stands behind another year than those that are asked about."""
    asked = set(_YEAR.findall(question))
    years, counted = [""], set[str]()
    for clause in _CLAUSE.split(text) if asked else ():
        years = _YEAR.findall(clause) or years
        if any(amount.measure is not Measure.DURATION for amount in amounts(clause)):
            counted.update(years)
    return bool(counted) and counted.isdisjoint({*asked, ""})


def _compares_none(text: str, both: str, question: str) -> bool:
    """Whether it is asked which of two is more of something, and neither is said of the other, nor two numbers."""
    return bool(_MORE_ASKED.search(question)) and not _MORE.search(text) and len(amounts(both)) < 2
