"""The sentences in which an article concludes."""

import re
from collections.abc import Sequence

from corpus.article import Article, BlockKind
from service.sentences.neighbours import Placed, followers

_MOST = 4  # sentences
_OF_A_SECTION = 2  # its first ones
_CONCLUDES = re.compile(
    r"\b(?:conclusions?|lessons?) (?:follow|can be drawn|emerge)s?\b"
    r"|^(?:in (?:conclusion|short|sum|summary)|to (?:conclude|sum up)|overall|taken together|all in all)\b"
    r"|^(?:综上|总之|总的来说|总的来看|归根[到结]底|由此可见)|结论(?:是|如下|有)",
    re.IGNORECASE,
)
_HEADS = re.compile(
    r"\b(?:conclusions?|outlook|summary|takeaways?|lessons?|our view|advice|recommendations?|looking ahead)\b"
    r"|^what (?:the|this|it|these|all)\b.*\b(?:shows?|means?|teach(?:es)?)\b|结论|总结|小结|结语|展望|启示|建议",
    re.IGNORECASE,
)


def concluding(placed: Sequence[Placed], article: Article) -> list[Placed]:
    """Return those of an article's sentences, in order, that conclude: "Three conclusions follow. First, …".

    Where none says so they are the first ones of its last section, if that is headed as a conclusion; else there are
    none.
    """
    said = [place for place, (_, sentence) in enumerate(placed) if _CONCLUDES.search(sentence.span.of(article.text))]
    if said:
        lead = placed[said[-1]]
        return [lead, *followers(lead[1].span, placed[said[-1] + 1 :], article)][:_MOST]
    headings = [block.span for block in article.blocks if block.kind is BlockKind.HEADING]
    if not headings or not _HEADS.search(headings[-1].of(article.text)):
        return []
    return [each for each in placed if each[1].span.start >= headings[-1].end][:_OF_A_SECTION]
