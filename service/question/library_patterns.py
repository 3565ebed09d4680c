"""How questions about the articles themselves are put, in both languages: patterns, each for the whole of a question.

Groups name an article: ``topic`` is what it is on, ``title`` and ``loose`` may name something else as well, ``quoted``
is the one that was quoted last, ``bare`` may be that one, ``all`` are all of these. ``@`` stands for an author.
"""

import re
from enum import StrEnum

from service.question.articles import ARTICLES, ARTICLES_ZH, ON


class Sought(StrEnum):
    """What is asked of articles themselves."""

    ARTICLES = "articles"
    COUNT = "count"
    TOPICS = "topics"
    AUTHORS = "authors"
    DAY = "day"
    AUTHOR = "author"
    LINK = "link"
    SUMMARY = "summary"


def _table(*rows: tuple[Sought, str]) -> tuple[tuple[Sought, re.Pattern[str]], ...]:
    return tuple((sought, re.compile(pattern, re.IGNORECASE)) for sought, pattern in rows)


_OURS = r"(?:(?:of )?(?:our|your|the|all|any|some|every|these|those) )*"
_WE_ZH = r"(?:我们|你们|咱们|贵公司)"
_LIBRARY = rf"(?:{_OURS}(?:{ARTICLES}|library|blog|site|collection))"
_TOPICS = r"(?:topics?|subjects?|themes?|categor(?:y|ies)|subject areas?)"
_TOPICS_ZH = r"(?:主题|话题|类别|栏目|领域|方面|内容)"

OF_THE_WHOLE = _table(
    (
        Sought.TOPICS,
        rf"(?:what|which) (?:kinds? of |sorts? of )?{_TOPICS} (?:(?:do|does|can) (?:you|we|{_LIBRARY}) (?:cover|have"
        rf"|write about|deal with|treat|discuss)|are (?:there|covered|available)(?: (?:in|by) {_LIBRARY})?)",
    ),
    (
        Sought.TOPICS,
        rf"(?:list|show me|name|what are) (?:(?:the|your|our|all) )*{_TOPICS}"
        rf"(?: (?:you|we) (?:cover|have|write about)| (?:of|in) {_LIBRARY})",
    ),
    (Sought.TOPICS, rf"what (?:do|does|can) (?:you|we|{_LIBRARY}) (?:mostly |usually )?(?:write about|cover)"),
    (Sought.TOPICS, r"what (?:are (?:all )?(?:your|our|the) (?:articles|posts)|is (?:your|our) blog) about"),
    (
        Sought.TOPICS,
        rf"(?:(?:{_WE_ZH}的?)?{ARTICLES_ZH}|{_WE_ZH})(?:一共|主要|通常|都|里)*(?:有|涉及|涵盖|覆盖|包括|关注|写|讲)(?:了|过)?"
        rf"(?:哪些|什么|哪几个){_TOPICS_ZH}(?:的{ARTICLES_ZH})?",
    ),
    (Sought.TOPICS, rf"(?:都|一共)?有(?:哪些|什么)(?:主题|话题|栏目)(?:的{ARTICLES_ZH})?"),
    (Sought.TOPICS, rf"{_WE_ZH}(?:的{ARTICLES_ZH})?(?:主要|通常|一般|都)+(?:写|讲|关注)些?什么"),
    (Sought.AUTHORS, rf"who (?:are|were) (?:all )?(?:your|our|the) (?:authors|writers)(?: of {_LIBRARY})?"),
    (Sought.AUTHORS, rf"who (?:writes|wrote|has written) (?:for you|(?:all )?(?:your|our) {ARTICLES})"),
    (Sought.AUTHORS, r"(?:list|show me|name) (?:(?:the|your|our|all) )*(?:authors|writers)"),
    (Sought.AUTHORS, r"(?:what|which) (?:authors|writers) (?:do you have|are there|write for you)"),
    (Sought.AUTHORS, rf"(?:{_WE_ZH}的?)?(?:{ARTICLES_ZH}的)?(?:都)?有(?:哪些|什么)(?:作者|撰稿人)"),
    (Sought.AUTHORS, rf"(?:{_WE_ZH}的)?(?:{ARTICLES_ZH}的)?作者(?:都?有谁|都?有哪些|都是谁)"),
)
"""Questions of the library as a whole."""

# One article, or those that were quoted last

_QUOTED = r"(?P<quoted>(?:this|that|the) (?:one|quote|article|post|piece|blog post))"
_THEM = r"(?P<all>they|them|these|those|(?:these|those|the) (?:articles|posts|pieces))"
_NAMED = (
    r"(?:(?:the|your|our|that|this) )?(?:article|post|piece|blog post)s?"
    rf" (?:{ON}|called|titled|entitled) (?P<topic>.+?)"
    r"|(?:(?:the|your|our) )?(?:(?:article|post) )?(?P<title>[“\"].+[”\"])"
    r"|(?:the|your|our) (?P<loose>.+?) (?:article|post)"
)
_ARTICLE = rf"(?:{_QUOTED}|{_NAMED})"
_ONE = rf"(?:(?P<bare>it|this|that)|{_THEM}|{_ARTICLE})"
_GIVE = (
    r"(?:(?:give|send|show|get) (?:me|us) |(?:can|could|may) (?:i|we) (?:have|get|see) |do you have |(?:i|we) need )"
)
_SUMMARY = r"(?:(?:a|the) )?(?:(?:short|brief|quick) )?(?:summary|overview|gist|recap|outline)"
_POINTS = (
    r"(?:the )?(?:key|main|core|central) (?:messages?|points?|takeaways?|arguments?|conclusions?|ideas?|findings?)"
)
_ONE_ZH = (
    rf"(?:(?P<quoted>[这那上该]一?篇?{ARTICLES_ZH}|[这那上]一?篇|本文|该文|这一?句话?|这段话?)|(?P<all>[这那]几篇(?:{ARTICLES_ZH})?)"
    rf"|(?P<bare>[这它])|(?:关于|有关|讲|谈)(?P<topic>.+?)的?(?:[这那]一?篇)?{ARTICLES_ZH}"
    rf"|(?P<title>《.+》)(?:[这那]篇{ARTICLES_ZH}|一文)?|(?P<loose>.+?)(?:的{ARTICLES_ZH}|的?[这那]一?篇(?:{ARTICLES_ZH})?))"
)
_WHEN_ZH = r"(?:是)?在?(?:什么时候|何时|哪一?天|哪一?年|几月几[日号]|什么时间)"
_WROTE_ZH = r"(?:发表|刊登|刊发|写|撰写)(?:出来)?[的了]?"
_POINTS_ZH = r"(?:要点|主要观点|核心观点|主要内容|核心内容|中心思想|主旨|结论|大意)"

OF_ONE = _table(
    (Sought.DAY, rf"when (?:was|were) {_ONE} (?:first )?(?:published|written|posted)"),
    (Sought.DAY, rf"when {_ONE} (?:was|were) (?:first )?(?:published|written|posted)"),
    (Sought.DAY, rf"(?:when|on (?:what|which) (?:day|date)) did (?:we|you) (?:publish|write|post) {_ONE}"),
    (Sought.DAY, rf"what(?:['’]s| is| was) the (?:publication date|date of publication)(?: of {_ONE})?"),
    (Sought.DAY, rf"(?:what(?:['’]s| is| was) the date of|how (?:old|recent) (?:is|are)) {_ARTICLE}"),
    (Sought.AUTHOR, rf"(?:who|(?:which|what) (?:author|desk|team|person)s?) (?:wrote|authored) {_ONE}"),
    (Sought.AUTHOR, rf"who (?:was|were) {_ONE} written by"),
    (Sought.AUTHOR, rf"who(?:['’]s| is| are| was) (?:the|its) authors?(?: of {_ONE})?"),
    (
        Sought.AUTHOR,
        r"who (?:should|can|do|shall|must) (?:i|we) (?:attribute|credit) (?P<quoted>(?:the |this |that )quote"
        r"|it|this|that)(?: to)?",
    ),
    (Sought.LINK, rf"{_GIVE}?(?:the |a |its )?(?:original |web )?(?:link|url|web address)(?: (?:to|of|for) {_ONE})?"),
    (Sought.LINK, rf"(?:{_GIVE}(?:the |a |its |your )?|the )source(?: (?:of|for) {_ONE})?|source"),
    (Sought.LINK, rf"(?:what|where)(?:['’]s| is) the (?:(?:link|url|web address) (?:to|of)|source of) {_ONE}"),
    (
        Sought.LINK,
        r"(?:which|what) article (?:is|was|does) (?P<quoted>(?:this|that|it)(?: quote)?) (?:come |taken )?from",
    ),
    (Sought.LINK, r"where (?:is|was|does) (?P<quoted>(?:this|that|the) quote) (?:come |taken )?from"),
    (Sought.LINK, rf"where (?:can|do|could) (?:i|we) (?:read|find) (?:{_ARTICLE}|the (?:whole|full|original) article)"),
    (Sought.SUMMARY, rf"(?:summari[sz]e|sum up|recap|{_GIVE}?{_SUMMARY} of) {_ONE}"),
    (Sought.SUMMARY, rf"(?:what(?:['’]s| is| are| was| were) |{_GIVE})?{_POINTS} (?:of|in|from) {_ONE}"),
    (Sought.SUMMARY, rf"(?:what are |{_GIVE})?the (?:key|main) (?:messages|takeaways) (?:on|about) (?P<loose>.+)"),
    (Sought.SUMMARY, rf"what does {_ARTICLE} conclude"),
    (Sought.DAY, rf"{_ONE_ZH}?{_WHEN_ZH}{_WROTE_ZH}"),
    (Sought.DAY, rf"{_WHEN_ZH}{_WROTE_ZH}{_ONE_ZH}"),
    (Sought.DAY, rf"(?:{_ONE_ZH}的?)?发[表布](?:日期|时间)(?:是(?:什么时候|哪一?天|什么)?)?"),
    (Sought.AUTHOR, rf"{_ONE_ZH}?是?(?:谁|哪位|哪个组)(?:写|撰写|执笔)的"),
    (Sought.AUTHOR, rf"是?谁(?:写|撰写)[的了]{_ONE_ZH}"),
    (Sought.AUTHOR, "谁是作者"),
    (Sought.AUTHOR, rf"(?:{_ONE_ZH}的?)?作者(?:是|叫)(?:谁|哪位|什么(?:名字|人)?)"),
    (
        Sought.LINK,
        rf"(?:请|把|给我|发我|发一下|要)*(?:{_ONE_ZH}的?)?(?:原文|{ARTICLES_ZH})?的?(?:链接|网址|出处)"
        r"(?:给我|发我|发给我|发一下|是什么|是哪[里儿]|在哪[里儿]?|有吗|呢)?",
    ),
    (Sought.LINK, rf"{_ONE_ZH}?是?(?:出自|来自|引自)哪一?篇(?:{ARTICLES_ZH})?的?"),
    (Sought.SUMMARY, rf"(?:请|帮我)*(?:总结|概括|归纳|概述)(?:一下|下)?{_ONE_ZH}的?(?:{_POINTS_ZH}|内容)?"),
    (Sought.SUMMARY, rf"{_ONE_ZH}的?{_POINTS_ZH}(?:是什么|有哪些)?"),
)
"""Questions of one article, or of those that were quoted last."""

# Lists: what says which articles is taken out first, and the rest asks for articles alone

BY = "@"
"""What stands for an author's name in a question."""
_WE = rf"(?:we|you|{BY})"
_ABOUT = rf"(?: (?:(?:that|which) )?(?:(?:is|are|was|were) )?{ON} (?P<topic>[^{BY}]+))?"
_WRITTEN = r"(?:publish(?:ed)?|writ(?:e|ten)|wrote|post(?:ed)?|put out)"
_DID = rf"(?:did|have|has|do|does) {_WE} (?:ever |already |just )*(?:{_WRITTEN}|have|got)(?: so far)?"
_WAS = (
    r"(?:(?:that|which) )?(?:(?:is|are|was|were|have been|has been) )?"
    rf"(?:there|(?:{_WRITTEN} )?(?:by|from) {BY}|{_WRITTEN}|{_WE} (?:have )?{_WRITTEN})"
)
_SHOW = r"(?:(?:list|show(?: me)?|find(?: me)?|give me|tell me|name|do you have|are there|have you(?: got)?) )"
_ABOUT_ZH = rf"(?:(?:关于|有关|讲|谈|介绍)(?P<topic>[^{BY}]+?)的)?"
_WHICH_ZH = r"(?:哪些|哪几篇|哪一?篇|什么|所有|全部)"
_DID_ZH = r"(?:发[表布]|刊登|刊发|写)"

LISTS = _table(
    (Sought.COUNT, rf"how many {_OURS}{ARTICLES}(?: {_DID}| {_WAS}| are (?:held )?in {_LIBRARY})?{_ABOUT}"),
    (
        Sought.ARTICLES,
        rf"(?:which|what)(?: (?:is|are|was|were)|['’]s)? {_OURS}{ARTICLES}"
        rf"(?: {_DID}| {_WAS}| (?:is|are)(?: the)?)?{_ABOUT}",
    ),
    (Sought.ARTICLES, rf"(?:what|which|anything|everything)(?: else)? {_DID}{_ABOUT}"),
    (Sought.ARTICLES, rf"(?:what|anything|everything)(?: else)? {_WAS}{_ABOUT}"),
    (Sought.ARTICLES, rf"{_DID} (?:anything|something){_ABOUT}"),
    (Sought.ARTICLES, rf"{_SHOW}?{_OURS}(?:{ARTICLES}|everything|anything|all)(?: {_WAS})?{_ABOUT}"),
    (Sought.ARTICLES, rf"(?:{_SHOW}|what are )?(?:the )?{BY}(?:['’]s?)? {ARTICLES}{_ABOUT}"),
    (
        Sought.COUNT,
        rf"(?:{_WE_ZH}|{BY})?(?:一共|总共|现在|目前|都)*(?:有|收录|{_DID_ZH})[过了]?(?:多少|几)篇?{_ABOUT_ZH}{ARTICLES_ZH}",
    ),
    (
        Sought.COUNT,
        rf"{_WE_ZH}?(?:一共|总共)?有(?:多少|几)篇{ARTICLES_ZH}是?(?:关于|讲|谈|涉及)(?P<topic>[^{BY}]+?)的?",
    ),
    (Sought.COUNT, rf"(?:{_WE_ZH}的?)?{ARTICLES_ZH}(?:一共|总共)?有(?:多少|几)篇"),
    (
        Sought.ARTICLES,
        rf"(?:请|列出|给我|看看)*(?:{_WE_ZH}|{BY})?(?:都|一共|总共|还|已经)*(?:有(?:没有)?|{_DID_ZH})?[过了]?的?{_WHICH_ZH}?的?"
        rf"{_ABOUT_ZH}{ARTICLES_ZH}(?:都?[有是]{_WHICH_ZH}|{_WHICH_ZH}|呢|吗)?",
    ),
    (Sought.ARTICLES, rf"(?:{_WE_ZH}|{BY})(?:都|还|已经)*{_DID_ZH}[过了]?(?:哪些|什么|些什么)"),
    (Sought.ARTICLES, rf"{BY}(?:关于|就|对)(?P<topic>[^{BY}]+?)都?{_DID_ZH}[过了](?:哪些|什么)(?:{ARTICLES_ZH})?"),
)
"""Questions for articles, where what says which is left out: its topic alone may be there."""

ASKS_FOR_ALL = re.compile(rf"\b(?:which|what|list|show|how many|all|every)\b|{_WHICH_ZH}|多少|几篇", re.IGNORECASE)
"""What a question must have that names no articles in particular."""

SUPERLATIVE = re.compile(
    r"\b(?:very )?(?:(?P<newest>newest|latest|most recent(?:ly published)?|last(?= (?:article|post|piece)\b)"
    r"|recent(?= (?:articles|posts|pieces)\b)|(?:most )?recently$|lately$)"
    r"|(?P<oldest>oldest|earliest|(?:very )?first(?= (?:article|post|piece)\b)))(?:\b ?|$)"
    r"|(?:(?P<newest_zh>最新|最近|最晚)|(?P<oldest_zh>最早|最旧|最老))(?:一篇)?(?:发[表布])?的?(?:一篇)?",
    re.IGNORECASE,
)
"""What says which articles come first."""

IN_LANGUAGE = re.compile(
    rf"\b(?P<before>Chinese|English)(?:[- ]language)? (?={ARTICLES})"
    r"| ?\b(?:(?:written|published) )?in (?P<end>Chinese|English)$"
    rf"|用?(?P<before_zh>[中英]文)写?的?(?={ARTICLES_ZH})|是?用?(?P<end_zh>[中英]文)写?的$",
    re.IGNORECASE,
)
"""What says in which language articles are."""

SEVERAL = re.compile(
    r"(?!.*\bis\b).*\b(?:articles|posts|pieces|insights|blogs|write-?ups|ones|are|recently|lately|everything|anything|all)\b"
    r"|.*(?:哪些|几篇|多少|[有了过]什么)",
    re.IGNORECASE,
)
"""A question that asks for several articles."""

ONLY_NARROWS = re.compile(
    r"(?:(?:and|or|but|only|just|what about|how about)\b ?)*"
    r"(?:(?:which(?: ones?)?(?: of (?:them|these|those))? (?:is|are)|what(?:['’]s| is| are))(?: the)?|the)?"
    rf" ?(?:ones?|those)?(?: ?of (?:them|these|those))? ?(?:by {BY})?"
    rf"|(?:那么?|只看|只要|其中)*{BY}?的?[是有]?(?:哪一?篇|哪些)?的?呢?",
    re.IGNORECASE,
)
"""What is left of a question that narrows the last one: "and the oldest?", 只看2024年的."""

# what else may be written and published: "it" of a question behind one on such a thing may be that
WORK = re.compile(
    r"\b(?:papers?|books?|reports?|stud(?:y|ies)|reviews?|acts?|laws?|guid(?:e|es|ance|elines?)|rules?|polic(?:y|ies)"
    r"|regulations?|decrees?|poems?|letters?|songs?|novels?|plans?|theor(?:y|ies)|codes?|surveys?|strateg(?:y|ies))\b"
    r"|论文|书|报告|研究|法|指南|指引|办法|规定|条例|意见|政策|规划|诗|信|歌|小说|手册",
    re.IGNORECASE,
)
"""What is written and published, and no article of ours."""
