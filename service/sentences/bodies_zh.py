"""Whether a sentence names a school, a hospital or a company where a question in Chinese asks which one it is."""

import re
from dataclasses import dataclass

from corpus.language import CJK
from service.text.wording import other_names


@dataclass(frozen=True, slots=True)
class _Sort:
    """A sort of bodies: what one is called, how their names end, and names that end otherwise; parts of patterns.

    ``freely`` says that a name may be any: 华为.
    """

    called: str
    ends: str
    short: str = r"(?!)"
    freely: bool = False


_SORTS = (
    _Sort(
        "大学|学院|高校|院校|学校",
        "大学|学院|中学|小学|学校|书院|理工",
        "清华|北大|复旦|浙大|南大|交大|同济|科大|武大|中大|港大|三一|剑桥|牛津|哈佛|耶鲁|斯坦福|麻省理工|帝国理工"
        rf"|(?<=[业读教]于)(?![一某几当国海外])[{CJK}]{{2,4}}|(?<=考[入上])(?![一某几当国海外])[{CJK}]{{2,4}}",
    ),
    _Sort("医院|诊所", "医院|诊所|医学中心", "[一二三]院|附属第|协和|华西|瑞金|湘雅"),
    _Sort("银行", "银行"),
    _Sort("基金|创投", "基金|资本|创投|投资|集团|控股|银行", freely=True),
    _Sort(
        "公司|企业|药企|厂家|厂商|集团|机构|单位|组织|经销商|供应商|代理商|客户|投资方",
        "公司|集团|大学|学院|医院|银行|基金|资本|创投|投资|研究院|研究所|药业|制药|生物|科技|医药|医疗|控股|中心|委员会",
        freely=True,
    ),
)
_SEVERAL = "[几两二三四五六七八九十]"
_ASKS = tuple(
    (
        sort,
        re.compile(
            rf"(?:哪(?:一|{_SEVERAL})?[家所个间支]|[过了]哪些)[^，。？的]{{0,4}}?(?:{sort.called})"
            rf"|(?:{sort.called})(?:现在|目前)?[是在有]哪(?:一|{_SEVERAL})?[家所个间支]"
            rf"|(?:{sort.called})的?(?:名[字称])?(?:是?叫|是)什么"
        ),
    )
    for sort in _SORTS
)
# what parts a name from what stands before it: 在谢菲尔德大学
_PARTS = re.compile(
    rf"[^{CJK}·]|[一二两三四五六七八九十几多数每各某哪这那该本此其]|[家所个位名间支些的了在是把被与和及跟同由从到对于向给为有]"
)
# 国际学校 and 上市公司 name none
_COMMON = re.compile(
    "(?:国际|国内|国外|外国|海外|境外|中外|私立|公立|民营|国有|地方|当地|本地|附近|高等|重点|普通|综合|专科|师范"
    "|知名|著名|名牌|顶尖|合作|创新|生命|上市|跨国|[商医药工农市省县区州国新老大小]|合同|天使|风险|政府|产业|数字"
    "|骨科|肿瘤|儿童|我们|他们|研究|全球|许多|不少|其他|任何|数据|技术|研发|创业|美元|校友|投资)+"
)
# 由蓝湾供货, 客户是蓝湾
_BY_NAME = re.compile(
    rf"(?:[是为叫]|包括|名为|：)([{CJK}]{{2,6}})(?=[，。、；和与及]|$)|由([{CJK}]{{2,6}}?)(?=[供领投承负提生主出开建经代收控持])"
)
_NAME_WITHIN = 8  # characters of a name before its end: 宁波诺丁汉大学
_QUOTED = re.compile(r"[“「《\"]([^“”「」《》\"，。！？：]{2,12})[”」》\"]")
_ASKS_PERSON = re.compile(r"(?:人|[长任师员])(?:的名字|的姓名)?叫什么|哪一?位")
# one that has a name of its own, where 谁 alone may be any sort of people: "谁可以卖药？"
_ASKS_ONE = re.compile(
    rf"哪(?:一|{_SEVERAL})?[位家个支所间]|叫什么|[{_SEVERAL[1:-1]}这那][位家支名][^，。？]{{0,12}}(?:是谁|叫)"
)


def asks_person(question: str) -> bool:
    """Whether a question asks what somebody is called, which no name of a company answers."""
    return _ASKS_PERSON.search(question) is not None


def asks_by_name(question: str) -> bool:
    """Whether a question asks for one that has a name: 哪家公司, 叫什么名字."""
    return _ASKS_ONE.search(question) is not None


def names_no_such_body(text: str, question: str) -> bool:
    """Whether the name of a school, a hospital, a bank or a company is asked for, and ``text`` has none that is new."""
    sort = next((sort for sort, asks in _ASKS if asks.search(question)), None)
    if sort is None or other_names(f"- {text}", question):
        return False
    named = (*_QUOTED.findall(text), *re.findall(sort.short, text))
    said = ("".join(groups) for groups in _BY_NAME.findall(text) if sort.freely)
    if any(name not in question for name in named) or any(_is_name(name, question) for name in said):
        return False
    return not any(_ends_name(text[: end.start()], question) for end in re.finditer(sort.ends, text))


def _ends_name(before: str, question: str) -> bool:
    """Whether a name that ``question`` does not say stands at the end of what is before a word like 大学."""
    return _is_name(_PARTS.split(before)[-1][-_NAME_WITHIN:], question)


def _is_name(name: str, question: str) -> bool:
    """Whether characters may be a name, and ``question`` says another one."""
    if _PARTS.search(name):
        return False
    return len(name) > 1 and not _COMMON.fullmatch(name) and name not in question
