"""Small articles written for the tests, and the evidence that a search might find in them."""

from corpus.article import Article, Block, BlockKind, Passage, Sentence, Span
from corpus.language import sentence_spans
from service.evidence import Evidence, RankedPassage, ScoredSentence

HARBOUR = (
    "The Harbour Innovation Park was opened in March 2014 by Minister Olga Brandt. "
    "It now houses 1,250 companies, among them Nordwind Robotics and Ferrolux.\n"
    "About 30 percent of the companies export to Japan. "
    "The park does not rent space to wholesalers. "
    "Ferrolux builds contract robots [3] for hospitals."
)
HARBOUR_ZH = (
    "海港创新园于2014年3月正式启用。目前园区共有1250家企业入驻，其中包括北风机器人公司。园区不向批发商出租场地。"
)
FERRY = "The Lakeside ferry carried 48,000 passengers in 2023. Its fares rose by 4 percent that year."


def article(
    text: str, *, title: str = "The Harbour Innovation Park", name: str = "harbour", language: str = "en"
) -> Article:
    return Article(
        id=name,
        identity=f"https://news.example/{name}",
        title=title,
        text=text,
        blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
        language=language,  # type: ignore[arg-type]
        url=f"https://news.example/{name}",
        published="2024-05-06T09:00:00",
    )


def passage(source: Article, *, headings: tuple[str, ...] = ()) -> Passage:
    """One passage over the whole article, its sentences found line by line."""
    sentences, start = [], 0
    for line in source.text.split("\n"):
        sentences += [
            Sentence(Span(start + span.start, start + span.end), BlockKind.PARAGRAPH) for span in sentence_spans(line)
        ]
        start += len(line) + 1
    whole = Span(0, len(source.text))
    return Passage(f"{source.id}.1.0", source.id, 1, 0, whole, source.text, headings, tuple(sentences))


def evidence(*articles: Article) -> Evidence:
    """Evidence of one passage for each article, in this order."""
    ranked = tuple(RankedPassage(a, passage(a), 1 - 0.1 * place) for place, a in enumerate(articles))
    scored = tuple(
        ScoredSentence(r.article, r.passage, sentence, sentence.span.of(r.article.text), r.score)
        for r in ranked
        for sentence in r.passage.sentences
    )
    return Evidence(ranked, scored, confidence=0.9)
