"""What an article as a whole adds to the scores of its passages.

A passage is likelier the right one where its article tells of the topic elsewhere too, and holds what the question
names: "passage-level evidence" and the document's own, mixed (Callan, "Passage-level evidence in document retrieval",
1994; Bendersky and Kurland, "Utilizing passage-based language models for document retrieval", 2008).
"""

from collections.abc import Sequence

import numpy as np

from service.ranking.bm25 import LexicalScorer, Scores

ARTICLE_SHARE = 0.17  # of the score: the mean of the article's two best passages; one that has no other counts as half
LACKING, LACKING_NAME = 0.2, 0.6  # shares that are taken off where an article holds nothing, no name of a question


def costs(scorer: LexicalScorer) -> Scores:
    """Return what each unit of a question costs where an article lacks it, of shape (units,)."""
    each = [LACKING_NAME if item.unit.name else LACKING for item in scorer.weighed]
    return scorer.shares * np.array(each, np.float32)


def with_articles(scores: Scores, article_ids: Sequence[str], held: Scores, costs: Scores) -> Scores:
    """Return the candidates' scores, of shape (n,) and 0 to 1 as they were, with their articles counted in.

    ``held`` says how firmly each unit of the question stands in each candidate, of shape (units, n), ``costs`` which
    share is taken off a candidate whose article holds a unit in none of them; shape (units,). No score depends on what
    other articles hold, so that the order of the rest stays where one is left out.
    """
    if not len(scores):
        return scores
    numbers: dict[str, int] = {}
    article = np.array([numbers.setdefault(name, len(numbers)) for name in article_ids])
    order = np.lexsort((-scores, article))  # article by article, the best passage first
    starts = np.searchsorted(article[order], np.arange(len(numbers)))
    runners_up = np.append(scores[order], 0.0)[starts + 1] * (np.diff(starts, append=len(order)) > 1)
    best = (scores[order][starts] + runners_up) / 2
    lacking = costs @ (np.maximum.reduceat(held[:, order], starts, axis=1) == 0)
    mixed = (1 - ARTICLE_SHARE) * scores + ARTICLE_SHARE * best[article]
    counted: Scores = mixed * (1 - lacking[article])
    return counted
