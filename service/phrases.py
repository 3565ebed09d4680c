"""The few words of ours that stand in an answer, in both languages."""

import re
from collections.abc import Sequence
from datetime import date

from corpus.article import Article, Language
from service.answer import Related

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
