"""The few words of ours that stand in an answer, in both languages."""

import re
from collections.abc import Sequence
from datetime import date

from corpus.article import Article, Language
from corpus.filters import Filter
from service.answer import Answer, Related, SupportKind
from service.checks.orders import is_barred
from service.failures import Failure, ModelFailed
from service.question.days import Period
from service.text.months import MONTHS

_KINDS: dict[SupportKind, tuple[str, str]] = {
    "found": ("its words and facts stand in the quotes", "其中的词语和事实见于引文"),
    "number": ("a number in it is not in the quotes", "其中的数字不见于引文"),
    "date": ("a date in it is not in the quotes", "其中的日期不见于引文"),
    "name": ("a name in it is not in the quotes", "其中的名称不见于引文"),
    "term": ("words that it quotes are not in the quotes", "其中加引号的词语不见于引文"),
    "elsewhere": ("the quotes say a number or a name in it of something else", "其中的数字或名称，引文说的是别的事"),
    "negation": ("it denies something that the quotes don't deny, or the other way round", "它与引文只有一方作了否定"),
    "opposite": (
        "it says the opposite of the quotes, or what they say the other way round",
        "它与引文所说的相反，或颠倒了引文",
    ),
    "overlap": ("too little of it stands in the quotes", "引文中见不到它的大部分内容"),
    "word": ("a word of it is another than in the quotes", "其中有词语不见于引文"),
    "apart": ("it joins what the quotes say in several places", "它把引文分散在几处的内容连在了一起"),
    "language": ("the quotes are in another language and show few of its facts", "引文是另一种语言，可对照的事实太少"),
    "model": ("the model that checks statements does not find it in the quotes", "核对模型认为引文不足以证明它"),
    "none": ("there is no quote that could show it", "没有可以证明它的引文"),
}
_FAILURES_ZH: dict[Failure, str] = {
    Failure.UNREACHABLE: "无法连接",
    Failure.KEY: "密钥被拒绝",
    Failure.MODEL: "接口没有这个模型",
    Failure.TIMEOUT: "等待时间过长",
    Failure.BUSY: "请求过多",
    Failure.REFUSED: "请求被拒绝",
    Failure.TEMPERATURE: "请求被拒绝",
    Failure.QUOTA: "额度已用完",
    Failure.SERVER: "接口出错",
    Failure.TOO_LONG: "问题和资料超出模型的长度上限",
    Failure.CUT: "回答中途断开",
    Failure.LENGTH: "回答超出长度上限",
    Failure.EMPTY: "没有给出内容",
    Failure.UNREADABLE: "回复无法读取",
    Failure.LANGUAGE: "没有用提问的语言作答",
    Failure.BUDGET: "本问题的额度已用完",
    Failure.LEFT: "无人等待",
    Failure.OTHER: "请求失败",
}
_OWN_MARK = re.compile(r"\[(\d+)\]")


def month(day: date, language: Language) -> str:
    """Return "November 2025" or "2025年11月"."""
    return f"{day.year}年{day.month}月" if language == "zh" else f"{MONTHS[day.month - 1]} {day.year}"


def lead(article: Article, language: Language, *, notes: Sequence[str] | None = None) -> str:
    """Return the line that leads the quotes of one article in; ``notes`` stand behind the title, else its month."""
    day = article.published_date
    notes = [month(day, language)] if notes is None and day else notes or []
    if language == "zh":
        notes = [*notes, "英文原文"] if article.language == "en" else notes
        return f"据{named(article.title, language)}" + (f"（{'，'.join(notes)}）：" if notes else "：")
    original = " (in Chinese)" if article.language == "zh" else ""
    return f"From {', '.join((named(article.title, language), *notes))}{original}:"


def named(title: str, language: Language) -> str:
    """Return a title in the language's marks; in place of one that gives a model orders or holds markup, no name."""
    if is_barred(title):
        return "一篇文章" if language == "zh" else "an article"
    title = _OWN_MARK.sub(r"(\1)", title)
    return f"《{title}》" if language == "zh" else f"“{title}”"


def quoted(text: str, language: Language, *, name: str | None = None) -> str:
    """Return a quote in the language's marks; its own "[3]" becomes "(3)": square brackets number our citations.

    ``name`` is what the quote's "it" stands for; it is put before the quote in brackets, as an editor adds a word.
    """
    text = _OWN_MARK.sub(r"(\1)", text)
    if name:
        text = f"[{name}] {text}"
    return f"「{text}」" if language == "zh" else f"“{text}”"


def articles_differ(language: Language, *, dated: bool) -> str:
    """Say that two articles say different things; ``dated`` tells whether it is known which is the newer one."""
    if language == "zh":
        return "两篇文章说法不同，较新的在前。" if dated else "两篇文章说法不同。"
    return "The articles differ on this; the newer one comes first." if dated else "The articles differ on this."


def not_found(related: Sequence[Related], language: Language) -> str:
    """Say that the articles don't answer, and which come nearest."""
    said = "文章中没有这个问题的答案。" if language == "zh" else "This is not in the articles."
    return said + _nearest(related, language)


def part_not_found(questions: Sequence[str], language: Language) -> str:
    """Say which of several questions the articles don't answer."""
    if language == "zh":
        return f"文章中没有答案的部分：{'；'.join(f'「{question}」' for question in questions)}。"
    return f"Not in the articles: {'; '.join(f'“{question}”' for question in questions)}."


def no_summary(related: Sequence[Related], language: Language) -> str:
    """Say that answers don't sum articles up, and which article may be meant."""
    if language == "zh":
        said = "这里不作概括，请就文章的内容提问。"
    else:
        said = "Answers don't sum up; ask about something in the articles."
    return said + _nearest(related, language)


def _nearest(related: Sequence[Related], language: Language) -> str:
    titles = [named(article.title, language) for article in related]
    if not titles:
        return ""
    return (
        f"最相近的文章：{'、'.join(titles)}。" if language == "zh" else f" The nearest articles: {', '.join(titles)}."
    )


def said_instead(answer: Answer) -> str | None:
    """Return the line of ours in place of an answer that the articles were not searched for, or can't give.

    It is without the nearest articles, and None where the articles hold no answer or one is given.
    """
    summary, missing = no_summary((), answer.language), not_found((), answer.language)
    if answer.status == "answered" or answer.text == missing:
        return None
    if answer.text.startswith(summary):
        return summary
    return None if answer.related else answer.text


def nothing_asked(language: Language) -> str:
    """Answer a greeting or thanks, which ask nothing."""
    if language == "zh":
        return "请就文章的内容提问：回答的每一句都有文章原文为证。"
    return "Ask something about the articles: each sentence of an answer is proved by a quote from them."


def only_published(days: Period, language: Language) -> str:
    """Say which articles were read, where the question asked for those of some days."""
    said = _days(days.since, days.until, language)
    return f"只看{said}发表的文章。" if language == "zh" else f"Only articles published {said} were read."


def none_matches(where: Filter, language: Language) -> str:
    """Say that no article passes a filter, and which filter that is."""
    parts = conditions(where, language)
    if language == "zh":
        return f"没有符合条件的文章：{'；'.join(parts)}。"
    return f"No article matches: {'; '.join(parts)}."


def conditions(where: Filter, language: Language) -> list[str]:
    """Say which articles a filter admits, one part after the other; of one that admits all, nothing."""
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


def _why(failure: ModelFailed, language: Language) -> str:
    """Say why the language model failed; the log has the details for whoever can mend it."""
    return _FAILURES_ZH[failure.kind] if language == "zh" else failure.reason


def fell_back(failure: ModelFailed, language: Language) -> str:
    """Say that the language model failed, and why."""
    why = _why(failure, language)
    return f"语言模型未能回答（{why}）" if language == "zh" else f"The language model could not answer ({why})"


def nothing_proved(language: Language) -> str:
    """Say that nothing the language model wrote could be proved."""
    if language == "zh":
        return "语言模型的回答无法由文章证实"
    return "What the language model wrote could not be proved by the articles"


def in_its_place(reason: str, language: Language, *, quoted: bool) -> str:
    """Say why the language model gave no answer and, where there are quotes, that these took its place."""
    if language == "zh":
        return f"{reason}，改为直接引用原文。" if quoted else f"{reason}。"
    return f"{reason}; this answer is made of quotes instead." if quoted else f"{reason}."


def cut_short(failure: ModelFailed, language: Language) -> str:
    """Say that the language model was stopped, and that what it had proved by then stands."""
    why = _why(failure, language)
    if language == "zh":
        return f"语言模型未写完（{why}），以上是已经证实的部分。"
    return f"The language model was stopped before it was done ({why}); what is shown had been proved by then."


def not_repaired(failure: ModelFailed, language: Language) -> str:
    """Say that sentences were left out which the language model could not be asked for anew."""
    why = _why(failure, language)
    if language == "zh":
        return f"有未经证实的句子被略去，且无法请语言模型重写（{why}）。"
    return f"Sentences that could not be proved were left out; the language model could not rewrite them ({why})."


def not_judged(failure: ModelFailed, language: Language) -> str:
    """Say that the language model did not check every sentence, as it is set to."""
    why = _why(failure, language)
    if language == "zh":
        return f"语言模型未能逐句复核（{why}），未复核的句子以代码核对为准。"
    return f"The language model could not check every sentence ({why}); the others were checked by code alone."


def left_out(count: int, language: Language) -> str:
    """Say how many sentences of the language model were left out because nothing proved them."""
    if language == "zh":
        return f"略去了语言模型的{count}句无法证实的话。"
    said = "1 sentence" if count == 1 else f"{count} sentences"
    return f"{said} of the language model could not be proved and {'was' if count == 1 else 'were'} left out."


def thought_aloud(language: Language) -> str:
    """Say that what was shown so far was not meant as an answer."""
    return (
        "以上是语言模型的思考，回答从这里开始。"
        if language == "zh"
        else "The model was thinking aloud; its answer begins here."
    )


def is_fragment(language: Language) -> str:
    """Say that a line of the language model states nothing."""
    return "它不是完整的句子" if language == "zh" else "it is not a whole sentence"


def only_related(language: Language) -> str:
    """Say that a statement joins names by small words, of which the quotes show the names alone."""
    return (
        "引文中只见得到其中的名称"
        if language == "zh"
        else "the quotes show its names, and not how they belong together"
    )


def refers_to_nothing(language: Language) -> str:
    """Say that a sentence refers to one that was left out."""
    return "它所指的前一句被略去" if language == "zh" else "the sentence that it refers back to was left out"


def counts_others(language: Language) -> str:
    """Say that a sentence counts more or fewer things than are listed under it."""
    return "它所说的数目与下面列出的不符" if language == "zh" else "it counts other items than are shown under it"


def word_for_word(language: Language) -> str:
    """Say that a statement is a quote."""
    return "原文引用" if language == "zh" else "quoted word for word"


def in_their_places(language: Language) -> str:
    """Say that sentences which were written anew have changed the answer before its end."""
    if language == "zh":
        return "语言模型重写了未经证实的句子，回答从头显示。"
    return "Sentences that could not be proved were written anew; the answer is shown from its beginning."


def other_language(language: Language) -> str:
    """Say that a sentence is not in the language of the question."""
    return "它不是用提问的语言写的" if language == "zh" else "it is not in the language of the question"


def kind_in_words(kind: SupportKind, language: Language) -> str:
    """Say in one short line what the verdict on a statement rests on, with none of the statement's words."""
    return _KINDS[kind][language == "zh"]
