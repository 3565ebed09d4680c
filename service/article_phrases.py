"""The words of ours in answers about the articles themselves, in both languages."""

from collections.abc import Sequence
from datetime import date

from corpus.article import Article, Language
from service.checks.orders import is_barred
from service.cite import is_web_address
from service.phrases import calendar_day, lead, named

_MOST_NAMED = 20  # topics or authors that a line names


def lead_in_full(article: Article, language: Language, *, author: bool) -> str:
    """Return the line that leads an article's quotes in with its day and, where asked for, its ``author``."""
    day, chinese = article.published_date, language == "zh"
    unknown = ("日期不详", "未署名") if chinese else ("date unknown", "author unknown")
    notes = [calendar_day(day, language) if day else unknown[0]]
    if author:
        name = article.author if article.author and not is_barred(article.author) else None
        notes.append((f"作者：{name}" if chinese else f"by {name}") if name else unknown[1])
    return lead(article, language, notes=notes)


def address_of(article: Article, language: Language) -> str:
    """Say where an article can be read."""
    if article.url is None or not is_web_address(article.url):
        return "没有这篇文章的网址。" if language == "zh" else "Its address is not known."
    return f"原文：{article.url}" if language == "zh" else f"Read it at {article.url}"


def and_more(count: int, language: Language) -> str:
    """Say how many more articles there are than were quoted."""
    return f"另有{count}篇。" if language == "zh" else f"And {count} more."


def so_many(count: int, language: Language) -> str:
    """Say how many articles were found, before these are quoted."""
    if language == "zh":
        return f"找到{count}篇："
    return "1 article was found:" if count == 1 else f"{count} articles were found:"


def held(days: Sequence[date | None], language: Language) -> str:
    """Say how many articles there are, of which ``days`` of publication."""
    known = sorted(day for day in days if day)
    first, last = (calendar_day(day, language) for day in (known[0], known[-1])) if known else ("", "")
    if language == "zh":
        return f"共有{len(days)}篇文章" + (f"，发表于{first}至{last}。" if known else "。")
    said = "There is 1 article" if len(days) == 1 else f"There are {len(days)} articles"
    return said + (f", published from {first} to {last}." if known else ".")


def topics(names: Sequence[str], newest: Sequence[str], language: Language) -> str:
    """Say what the articles are on, the commonest first, and the titles of the newest."""
    titles = [named(title, language) for title in newest]
    if language == "zh":
        about = f"文章的类别：{_listed(names, language)}。" if names else ""
        return f"{about}最新的文章：{'、'.join(titles)}。"
    about = f"The articles are on: {_listed(names, language)}. " if names else ""
    return f"{about}The newest are {', '.join(titles)}."


def authors(names: Sequence[str], language: Language) -> str:
    """Say who wrote the articles."""
    if not names:
        return "文章均未署名。" if language == "zh" else "The articles name no authors."
    return f"作者：{_listed(names, language)}。" if language == "zh" else f"The authors: {_listed(names, language)}."


def _listed(names: Sequence[str], language: Language) -> str:
    fit = [name for name in names if not is_barred(name)]
    shown, rest = fit[:_MOST_NAMED], len(fit) - _MOST_NAMED
    if language == "zh":
        return "、".join(shown) + (f"等{len(fit)}个" if rest > 0 else "")
    return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")


def which_article(language: Language) -> str:
    """Ask which article is meant."""
    if language == "zh":
        return "指的是哪篇文章？请说出它的主题，例如：关于…的文章是什么时候发表的？"
    return "Which article is meant? Name what it is on, as in “Who wrote the article on …?”"


def none_on(topic: str, language: Language) -> str:
    """Say that no article was found on a topic."""
    return f"没有找到关于「{topic}」的文章。" if language == "zh" else f"No article on “{topic}” was found."


def own_sentences(language: Language) -> str:
    """Say that an article is not summed up, and that some of its sentences follow."""
    return (
        "这里不作概括，以下是文章的原句。"
        if language == "zh"
        else "Answers don't sum up; these are sentences of the article."
    )
