"""Who is said to say something: the authors' own view is not a company's, nor is what "some" say the authors'."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from service.checks.facts import Finding

_SAYS = (
    r"(?:says?|said|believes?|believed|considers?|considered|regards?|regarded|argues?|argued|claims?|claimed|thinks?"
    r"|thought|insists?|insisted|maintains?|maintained|contends?|warns?|warned|admits?|admitted|acknowledges?d?)"
)
_SAYS_ZH = r"(?:表示|认为|指出|声称|坦言|强调|主张|承认|警告|称(?=[，：])|说(?=[，：]))"
_SPEAKERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<who>[^,.;:]{{2,60}}?)(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bwere)(?<!\bbe)(?<!\bbeen)(?<!ly)(?<!often)"
        rf" {_SAYS}(?: that\b| it\b| the\b| this\b|,|:)",
        r"\baccording to (?P<who>[^,.;:]{2,60})",
        rf"(?P<who>[^，。；：]{{2,20}}?)(?<![被般遍就]){_SAYS_ZH}",
        r"(?:据|根据)(?P<who>[^，。；：]{2,12}?)(?:的说法|介绍|透露)",
    )
)
_AUTHORS = re.compile(
    r"\b(?:authors?|articles?|writers?|editors?|we|post|piece)\b|作者|本文|文章|笔者|我们|文中|本刊", re.IGNORECASE
)
_UNNAMED = re.compile(r"^(?:it|they|he|she|who|which|that|some|many|people|others)\b|有人|一些人|不少人", re.IGNORECASE)
_OWN_VIEW = re.compile(
    r"\b(?:in (?:our|my) (?:view|opinion|judge?ment|experience)|(?:we|i) (?:think|believe|recommend|suggest|would"
    r"|consider|expect|regard|hold|advise|argue|find)|our (?:view|advice|opinion))\b"
    r"|在(?:我们|笔者)看来|(?:我们|笔者)(?:认为|建议|觉得|相信|以为|主张|推荐|看到)|依我们|本文认为",
    re.IGNORECASE,
)
_VIEW_OF_SOME = re.compile(
    rf"\b(?:some|many|critics|others|people|observers) (?:people |observers )?{_SAYS}\b"
    rf"|(?:有人|一些人|不少人|外界|批评者|业内人士|有观点){_SAYS_ZH}",
    re.IGNORECASE,
)


def said_by_another(statement: str, quotes: Sequence[str]) -> Iterator[Finding]:
    """Yield where a statement names who says it, and the quotes say it as their authors' view or as that of some."""
    speaker = _speaker(statement)
    if not speaker or _UNNAMED.search(speaker):
        return
    own, of_some = (any(map(view.search, quotes)) for view in (_OWN_VIEW, _VIEW_OF_SOME))
    by_authors = bool(_AUTHORS.search(speaker))
    if own and not by_authors and not _says_so(speaker, quotes):
        yield Finding("overlap", "the quotes say it as the view of their authors")
    if of_some and by_authors and not own:
        yield Finding("overlap", "the quotes say it as the view of some")


@lru_cache(maxsize=1024)
def _speaker(statement: str) -> str:
    """Return who is said to say it; nothing where nobody is."""
    return next((match["who"] for pattern in _SPEAKERS if (match := pattern.search(statement))), "")


def _says_so(speaker: str, quotes: Sequence[str]) -> bool:
    """Whether a quote has the speaker say something: the last word of the name, with a word for saying near it."""
    last = re.findall(r"[A-Za-z]+|[^\W\da-zA-Z_]{2}", speaker)[-1:]
    near = rf"(?:{re.escape(last[0])}[^.。]{{0,20}}(?:\b{_SAYS}\b|{_SAYS_ZH}))" if last else r"\b\B"
    return any(re.search(near, quote, re.IGNORECASE) for quote in quotes)
