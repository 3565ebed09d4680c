"""How much newer articles come before older ones: scores of ranked passages, changed by their articles' ages."""

from collections.abc import Mapping, Sequence
from datetime import date

AGE_SHARE = 0.08
"""Most that a passage loses by its age, as a share of its score: enough to part near ties, and no more."""
HALF_LIFE_DAYS = 365
"""Age beyond the newest at which half of that is lost."""
ON_TOPIC = 0.75
"""Least score of an article that is on the topic, as a share of the best one's."""
STEP = 0.7
"""What an older article on the topic may score at most, as a share of the next newer one's."""

Ranked = Sequence[tuple[str, float]]
"""Passages in order, each by its article's id and its score of 0 to 1."""


def newer_first(ranked: Ranked, published: Mapping[str, date]) -> list[float]:
    """Return the scores, each lowered by its article's age beyond the newest of them; an undated one counts as old."""
    newest = max((published[name] for name, _ in ranked if name in published), default=None)
    if newest is None:
        return [score for _, score in ranked]
    return [score * (1 - AGE_SHARE * (1 - _freshness(published.get(name), newest))) for name, score in ranked]


def _freshness(day: date | None, newest: date) -> float:
    """Return 1 for the newest, 0.5 after one half-life, 0 where the day is unknown."""
    return 0.0 if day is None else float(0.5 ** ((newest - day).days / HALF_LIFE_DAYS))


def newest_articles_first(ranked: Ranked, published: Mapping[str, date]) -> list[float]:
    """Return scores that put the newest article on the topic first, then the older ones on it, then the rest.

    An article is on the topic where its best passage scores nearly as well as the best of all. No score rises, so
    that a poor best passage stays one.
    """
    best: dict[str, float] = {}
    for name, score in ranked:
        best[name] = max(score, best.get(name, 0.0))
    top = max(best.values(), default=0.0)
    on_topic = [name for name in best if best[name] >= ON_TOPIC * top]
    on_topic.sort(key=lambda name: (-published.get(name, date.min).toordinal(), -best[name]))
    limits: dict[str, float] = {}
    limit = 1.0
    for name in on_topic:
        limits[name] = limit = min(limit, best[name])
        limit *= STEP
    return [min(score, limits.get(name, limit)) for name, score in ranked]
