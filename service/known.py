"""What the articles do say where they don't answer: one sentence of a near article that speaks of what was asked about.

So does the best one where the confidence falls short of an answer, but not by far: its reader may see that it tells in
other words what is asked. It is no answer and never stands in one's place: it is shown under the article's title, as
that article's own words.
"""

from collections.abc import Collection, Mapping

from service.checks.orders import is_barred
from service.cite import BrokenQuote
from service.evidence import Evidence, ScoredSentence
from service.understand import Understood

# Least share of the weight of what the question names, but for its light words, that stands in the sentence:
BESIDE_NAMES = 0.5  # where its proper names stand there, all of them
WITHOUT_NAMES = 0.75  # where it has none; common words meet by chance, so there must be two of them
LEAST_SCORE = 0.01  # likelihood of belonging to an answer, of which little is left where it lacks what is asked
NEARLY = 0.12  # confidence from which the best sentence is shown, if no more is missing than can be told from it
MOST = 2  # articles of which it is told
LONGEST = 400  # characters; one cut out of a table may go on and on


def known(question: Understood, evidence: Evidence, near: Collection[str]) -> Mapping[str, str]:
    """Return the best sentence on what the question names, by its article's id, for at most two articles of ``near``.

    Each is the article's own text; raises BrokenQuote where one is not.
    """
    found: dict[str, str] = {}
    nearly = evidence.sentences[:1] if evidence.confidence >= NEARLY else ()
    for sentence in evidence.sentences:
        article = sentence.article
        told = _speaks_of_it(question, sentence) or (sentence in nearly and _is_of_its_article(question, sentence))
        if article.id in near and article.id not in found and len(found) < MOST and told:
            if sentence.sentence.span.of(article.text) != sentence.text:
                raise BrokenQuote(f"what is known is not the text of article '{article.id}'")
            found[article.id] = sentence.text
    return found


def _is_of_its_article(question: Understood, sentence: ScoredSentence) -> bool:
    """Whether all names of a question stand somewhere in a sentence's article, or in the sentence by another name."""
    whole = f"{sentence.article.title}\n{sentence.article.text}".casefold()
    names = (place for place, unit in enumerate(question.units) if unit.name and place not in sentence.holds)
    return all(question.units[place].surface.casefold() in whole for place in names) and _may_be_shown(sentence)


def _may_be_shown(sentence: ScoredSentence) -> bool:
    return sentence.score >= LEAST_SCORE and len(sentence.text) <= LONGEST and not is_barred(sentence.text)


def _speaks_of_it(question: Understood, sentence: ScoredSentence) -> bool:
    units = dict(enumerate(question.units))
    names = {place for place, unit in units.items() if unit.name}
    weights = {place: unit.weight for place, unit in units.items() if unit.heavy}
    held = weights.keys() & sentence.holds
    proper = any(units[place].proper for place in names)
    share = sum(weights[place] for place in held) / sum(weights.values()) if weights else 0.0
    return (
        names <= sentence.holds
        and (share >= BESIDE_NAMES if proper else share >= WITHOUT_NAMES and len(held) > 1)
        and _may_be_shown(sentence)
    )
