"""Questions for articles themselves, on a topic: "which articles are about talent?" and the like, in both languages."""

import re

from corpus.article import Span

ARTICLES = r"(?:(?:blog |insight )?(?:articles?|posts?|pieces?|insights|blogs?|write-?ups?))"
"""What articles are called in English, as a pattern."""
ARTICLES_ZH = r"(?:文章|博文|稿件)"
"""The same in Chinese."""
ON = r"(?:on|about|covering|discussing|mentioning|dealing with|regarding|related to)"
"""What stands between an article and its topic, as a pattern."""
_SAYS = (
    rf"(?:that |which )?(?:(?:is|are|was|were) )?(?:{ON}|(?:cover|discuss|mention|treat|address)(?:e?s)?|deals? with"
    r"|talks? about)\s+(?P<topic>.+)"
)
_WHEN = r"(?: (?:since|from|after|before|in|between) [\w ]{3,40}?)?"
_OURS = r"(?:(?:of )?(?:our|your|the|all|any) )*"
_WRITTEN = r"(?:publish(?:ed)?|writ(?:e|ten)|wrote|post(?:ed)?|put out)"
_WE = r"(?:we|you|the (?:firm|company))"
_ASKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:which|what) {_OURS}{ARTICLES}{_WHEN} (?:(?:do|have) {_WE} (?:have |got |{_WRITTEN} )?)?"
        rf"(?:there )?{_SAYS}",
        rf"(?:what|which|anything) (?:else )?(?:have|has|did|do) {_WE} (?:ever |already )*{_WRITTEN}(?: so far)? "
        rf"{ON}\s+(?P<topic>.+)",
        rf"(?:have|did) {_WE} (?:ever |already )*{_WRITTEN}(?: anything| something)? {ON}\s+(?P<topic>.+)",
        rf"(?:list|show(?: me)?|find(?: me)?|give me) {_OURS}{ARTICLES} {_SAYS}",
        rf"(?:do {_WE} have|have {_WE}(?: got)?|are there|is there) (?:any(?:thing)?|some|an?) ?{ARTICLES}? ?{_SAYS}",
        rf"{_OURS}{ARTICLES} {ON}\s+(?P<topic>.+)",
        r"(?:我们|你们|咱们)?(?:都|还)?(?:有(?:没有)?|写过?|发[表布]过?)(?:哪些|什么|几篇)?(?:关于|有关|涉及|讲|谈)(?P<topic>.+?)的"
        r"(?:文章|博文|稿件)(?:有哪些|吗|呢)?",
        r"(?:关于|有关)(?P<topic>.+?)的(?:文章|博文|稿件)(?:有哪些|都?有什么|有吗)?",
        r"(?:有)?(?:哪些|哪几篇|什么)(?:文章|博文|稿件)(?:是)?(?:关于|讲[到的]?|谈[到的]?|提到了?|介绍了?|涉及)(?P<topic>.+?)的?",
    )
)
ENDS = " ?？.。!！"
"""What a question for articles may end with."""


def topic_of_articles(question: str) -> Span | None:
    """Return where the topic stands on which articles are asked for; None where something else is asked."""
    said = question.rstrip(ENDS)
    found = next((match for asks in _ASKS if (match := asks.fullmatch(said))), None)
    return Span(*found.span("topic")) if found else None
