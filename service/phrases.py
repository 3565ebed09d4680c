"""The few words of ours that stand in an answer, in both languages."""

import re
from collections.abc import Sequence
from datetime import date

from corpus.article import Article, Language
from corpus.filters import Filter
from service.answer import Related
from service.days import Period

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_OWN_MARK = re.compile(r"\[(\d+)\]")


def month(day: date, language: Language) -> str:
    """Return "November 2025" or "2025年11月"."""
    return f"{day.year}年{day.month}月" if language == "zh" else f"{_MONTHS[day.month - 1]} {day.year}"


def lead(article: Article, language: Language) -> str:
    """Return the line that leads the quotes of one article in."""
    day = article.published_date
    if language == "zh":
        notes = [month(day, language)] if day else []
        notes += ["英文原文"] if article.language == "en" else []
        return f"据《{article.title}》" + (f"（{'，'.join(notes)}）：" if notes else "：")
    when = f", {month(day, language)}" if day else ""
    original = " (in Chinese)" if article.language == "zh" else ""
    return f"From “{article.title}”{when}{original}:"


def quoted(text: str, language: Language) -> str:
    """Return a quote in the language's marks; its own "[3]" becomes "(3)": square brackets number our citations."""
    text = _OWN_MARK.sub(r"(\1)", text)
    return f"「{text}」" if language == "zh" else f"“{text}”"


def not_found(related: Sequence[Related], language: Language) -> str:
    """Say that the articles don't answer, and which come nearest."""
    titles = [article.title for article in related]
    if language == "zh":
        nearest = f"最相近的文章：{'、'.join(f'《{title}》' for title in titles)}。" if titles else ""
        return f"文章中没有这个问题的答案。{nearest}"
    nearest = f" The nearest articles: {', '.join(f'“{title}”' for title in titles)}." if titles else ""
    return f"This is not in the articles.{nearest}"


def only_published(days: Period, language: Language) -> str:
    """Say which articles were read, where the question asked for those of some days."""
    said = _days(days.since, days.until, language)
    return f"只看{said}发表的文章。" if language == "zh" else f"Only articles published {said} were read."


def none_matches(where: Filter, language: Language) -> str:
    """Say that no article passes a filter, and which filter that is."""
    parts = _conditions(where, language)
    if language == "zh":
        return f"没有符合条件的文章：{'；'.join(parts)}。"
    return f"No article matches: {'; '.join(parts)}."


def _conditions(where: Filter, language: Language) -> list[str]:
    chinese = language == "zh"
    names = {"en": "英文", "zh": "中文"} if chinese else {"en": "English", "zh": "Chinese"}
    marks = ("「", "」", "或") if chinese else ("“", "”", " or ")

    def listed(values: Sequence[str]) -> str:
        return marks[2].join(f"{marks[0]}{value}{marks[1]}" for value in values)

    parts = []
    if where.categories:
        parts.append(f"类别为{listed(where.categories)}" if chinese else f"in the category {listed(where.categories)}")
    if where.authors:
        parts.append(f"作者为{listed(where.authors)}" if chinese else f"by {listed(where.authors)}")
    if where.languages:
        spoken = marks[2].join(names[name] for name in where.languages)
        parts.append(f"语言为{spoken}" if chinese else f"in {spoken}")
    if where.since or where.until:
        days = _days(where.since, where.until, language)
        parts.append(f"{days}发表" if chinese else f"published {days}")
    return parts


def _days(since: date | None, until: date | None, language: Language) -> str:
    """Return "from 1 March 2025 to 31 March 2025", or the half of it that is known."""
    if since is not None and since == until:
        return calendar_day(since, language) if language == "zh" else f"on {calendar_day(since, language)}"
    first, last = (calendar_day(day, language) if day else "" for day in (since, until))
    if language == "zh":
        return f"{first}至{last}" if first and last else f"{first}以来" if first else f"{last}及以前"
    return f"from {first} to {last}" if first and last else f"since {first}" if first else f"until {last}"


def calendar_day(day: date, language: Language) -> str:
    """Return "4 March 2025" or "2025年3月4日"."""
    return f"{month(day, language)}{day.day}日" if language == "zh" else f"{day.day} {month(day, language)}"


def fell_back(reason: str, language: Language) -> str:
    """Say that the language model failed and quotes took its place."""
    return (
        f"语言模型未能回答（{reason}），改为直接引用原文。"
        if language == "zh"
        else f"The language model could not answer ({reason}); this answer is made of quotes instead."
    )


def nothing_proved(language: Language) -> str:
    """Say that nothing the language model wrote could be proved, and quotes took its place."""
    if language == "zh":
        return "语言模型的回答无法由文章证实，改为直接引用原文。"
    return "What the language model wrote could not be proved by the articles; this answer is made of quotes instead."
