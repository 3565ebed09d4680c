"""Words of a question that what answers it need not hold."""

import re

from corpus.article import Span
from service.question.claims import WHETHER

PLACES = frozenset("campus cluster district hub park site zone".split())
"""Sorts of places that a name may stand for: "the Ulverby biotech park"."""

# what is said of a thing beside the point, and a number that only says how many are asked for ("which two bodies")
_IDLE = re.compile(
    rf"\b(?:{WHETHER}|these days|at (?:present|the moment)|right now|as of (?:now|today)|so far|to date"
    r"|in (?:total|all|terms of)"
    r"|(?:set|setting|sets) up shop|home to|call(?:s|ed)? (?:it )?home|populated(?: by)?"
    r"|found (?:over |out )?(?:in|at))\b"
    r"|\b(?:in|from|by) the (?:author|writer|article|piece|post)['’]s (?:own )?"
    r"(?:account|analysis|comparison|description|eyes|opinion|telling|view|words)"
    r"(?: of (?:the )?(?:two|both)(?: \w+)?)?"
    r"|\b(?:are|is|was|were) described as (?:being )?|\bdescribed as being\b"
    r"|\b(?:(?:do|does|did) )?(?:the|your) author (?:consider|regard|see|think)s?(?: as)?\b"
    r"|\b(?:do|does|did|according to|by|in) (?:the|this|your) (?:author|writer|piece|post)\b(?! of\b)"
    r"|\b(?:do|does|did) (?:the|your|our|this) (?:article|piece|post)s? (?:on|about) (?:[\w'’-]+ ){1,4}?"
    r"(?:say|tell|mention|argue|explain|claim|recommend|advise|write)(?= )(?: us)?(?: about\b)?"
    r"|\byour (?:article|piece|post|blog|report|text) (?:say|said|mention|name|list|tell)(?:s|ed|d)?\b"
    r"|(?-i:\b(?:r|u|ur)\b)|\bor (?:something|sumthing|smth|whatever|so)\b|\b(?:is|are|was|were) said (?=to\b)"
    r"|\b(?:in a nutshell|in (?:short|brief|a word|a few words|one sentence)|at a glance)\b"
    r"|\b(?:next|afterwards|later(?: on)?)(?=[ ?.!]*(?:$|\())"
    r"|\byour [a-z]+ (?:visited|toured|went to|wrote about|described|covered)\b"
    r"|(?<![些么种类])的?(?:数据|数字|资料|信息)(?=[。！!\s]*$)"
    r"|\bin (?:(?:sq(?:uare)?\.? ?)?(?:km|kilomet(?:re|er)s|m|met(?:re|er)s|ft|feet|miles)[²2]?|hectares|acres|pounds"
    r"|dollars|euros|yuan|rmb|sterling|per ?cent|years|months|weeks|days)(?=[ ?.]*$)"
    r"|\b(?:can|could|should|might) (?:i|we|one|you|they|(?:my|our|a|the) clients?) "
    r"(?:go|turn|talk|speak|approach|contact|call|ring|use|hire|work|try|ask)(?: (?:to|with))?(?=[ ?.!]*$)"
    r"|(?:(?<=who )|(?<=whom ))(?:can|could|should|might|would) (?:i|we|you|one|somebody|someone) \w+"
    r"|(?<=多少)钱|(?<=哪)[一二两三四五六七八九十\d]+[个家所位名种项条座点类]|大型?(?=公司|企业|机构|厂商)|的话(?=[，,])|(?<=谁)(?:可以|能)找"
    r"|(?:(?<=\bdo )|(?<=\bcan )|(?<=\bshould )|(?<=\bmust )|(?<=\bmay ))people\b(?= [a-z])"
    r"|\b(?:(?<=which )|(?<=what ))\d\b|\b(?<=the )\d(?= [a-z])",
    re.IGNORECASE,
)
# what an answer names without the word: "which city" is told by Amsterdam
_NAMED_WITHOUT = re.compile(
    r"\b(?:which|what) (?:city|country|town|province|county|state|region|place|person|company|firm)\b"
    r"|哪(?:一|几)?[个座家]?(?:城市|国家|省份?|地方|公司|企业)"
    r"|(?<=的)大?(?:公司|企业|机构|厂商)(?=叫什么|叫啥|是谁|[都还]?有谁)"
)
# what an answer is held against, and need not say: "Are there at least 500 firms?"
_BOUND = re.compile(
    r"\b(?:at least|at most|(?:more|less|fewer|older|younger|bigger|larger|smaller) than|over|under|as many as|before"
    r"|after|since|by|nearly|almost|about) (?:[£$€]? ?\d[\d,.]*(?:bn|m|k)?\b ?(?:%|per cent|million|billion|thousand)?)"
    r"|(?:超过|不到|至少|多于|少于|不止|将近|接近|达到)\d[\d,.]*[万亿]?(?=[个家所名位种项人年米条座件次篇亩元])"
    r"|\d{4}年(?:之前|以前|之后|以后)",
    re.IGNORECASE,
)
# "this park" is what the article is about
_POINTED_AT = re.compile(
    r"\b(?:this|these|(?:in|at|of|from|to) (?:that|those)) [a-z]+\b"
    r"|(?:[这那该][家个所座]|该)(?:公司|企业|机构|园区|大学|组织|集团|单位|城市)",
    re.IGNORECASE,
)
# beside a name: "I'm calling Brill: who runs the organisation?", "the Ulverby biotech park"
_MEANS_THE_NAMED = re.compile(
    r"\bthe (?:company|firm|group|business|organi[sz]ation|outfit|agency|institution|body|place)\b"
    rf"(?! (?:of|that|which)\b)|\bthe (?:[\w'’-]+ ){{0,3}}(?P<sort>{'|'.join(sorted(PLACES))})\b"
    r"(?! (?:of|that|which|where)\b)",
    re.IGNORECASE,
)


def idle_places(text: str) -> list[Span]:
    """Return where words stand that ask for nothing: "these days", "does the author say"."""
    return [Span(*match.span()) for match in _IDLE.finditer(text)]


def without_bounds(text: str) -> str:
    """Leave out of a yes or no what its answer is held against: "at least 500"."""
    return _BOUND.sub(" ", text)


def said_without_need(text: str, *, named: bool) -> list[str]:
    """Return words for things that an answer may have by their names: "which city", "this park".

    ``named`` says that a question has a proper name, or tells enough besides, so that "the company" may be that.
    """
    found = [*_NAMED_WITHOUT.findall(text), *_POINTED_AT.findall(text)]
    means = [match["sort"] or match.group() for match in _MEANS_THE_NAMED.finditer(text)] if named else []
    return [*found, *means]
