"""The words people read on the chat page, in English and Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.article import Language
from corpus.errors import InsightError

SUGGESTIONS: tuple[str, ...] = (
    "Which contract research organisations operate in Jiangbei?",
    "What does a CDMO do that a CRO does not?",
    "How do BioBAY and Zhangjiang differ?",
    "江北有哪些CRO？",
    "剑桥集群给江苏园区哪些启示？",
    "人工智能辅助药物研发有哪些边界？",
)
"""Questions to start with, as long as the starter articles are there, which answer them."""


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that the page says in one language; fields with a name in braces are filled in by the renderer."""

    title: str
    tagline: str
    welcome: str
    welcome_more: str
    question_label: str
    question_placeholder: str
    conversation: str
    new_conversation: str
    empty_question: str
    unexpected: str
    withdrawn: str
    sources: str
    source_mark: str
    open_article: str
    copy_quote: str
    copied: str
    understood: str
    not_found: str
    nearest: str
    known: str
    quotes_mode: str
    model_mode: str
    partial: str
    unsupported: str
    held_back: str
    looking: str
    stopped: str
    articles_held: str
    filter: str
    filter_category: str
    filter_author: str
    filter_language: str
    filter_since: str
    filter_until: str
    filter_day: str
    any_language: str
    english: str
    chinese: str
    errors: Mapping[str, str]
    """What to say for an error, by its code, with its attributes; one without a line here speaks for itself."""


ENGLISH = Words(
    title="Insight assistant",
    tagline="Answers from our articles, every sentence with its exact quote.",
    welcome="What would you like to know?",
    welcome_more="Each sentence of an answer carries a number; follow it to its exact quote in the article.",
    question_label="Your question",
    question_placeholder="Ask about our articles…",
    conversation="Conversation",
    new_conversation="New conversation",
    empty_question="Type a question first, then press Enter.",
    unexpected="Something went wrong while answering. Please ask again; the server's log says what it was.",
    withdrawn="This answer drew on an article that has been withdrawn since. Please ask again.",
    sources="Sources",
    source_mark="Source",
    open_article="Open the article",
    copy_quote="Copy the quote",
    copied="Copied",
    understood="Understood as: {question}",
    not_found="Not in the articles",
    nearest="Nearest articles",
    known="It does say: “{quote}”",
    quotes_mode="Quotes mode",
    model_mode="Written by {model}",
    partial="only partly supported",
    unsupported="not supported by the articles",
    held_back="One sentence held back: {why}",
    looking="Looking in the articles…",
    stopped="Stopped",
    articles_held="{count} articles",
    filter="Only some articles",
    filter_category="Categories",
    filter_author="Authors",
    filter_language="Language",
    filter_since="Published since",
    filter_until="Published until",
    filter_day="e.g. 2026-03-31",
    any_language="Any",
    english="English",
    chinese="Chinese",
    errors={"bad_date": "“{given}” can't be read as a date. Write it as 2026, 2026-03 or 2026-03-31, then ask again."},
)

CHINESE = Words(
    title="洞察助手",
    tagline="从我们的文章中作答，每句话都附原文引文。",
    welcome="您想了解什么？",
    welcome_more="答案的每句话都带有编号，点开即可看到文章中的原文。",
    question_label="您的问题",
    question_placeholder="请就我们的文章提问……",
    conversation="对话",
    new_conversation="新对话",
    empty_question="请先输入问题，再按回车键。",
    unexpected="作答时出了问题，请再问一次；具体原因见服务器日志。",
    withdrawn="这个回答所依据的文章已被撤下，请再问一次。",
    sources="出处",
    source_mark="出处",
    open_article="打开文章",
    copy_quote="复制引文",
    copied="已复制",
    understood="理解为：{question}",
    not_found="文章中没有答案",
    nearest="最接近的文章",
    known="文中提到：「{quote}」",
    quotes_mode="引文模式",
    model_mode="由 {model} 撰写",
    partial="仅部分有据",
    unsupported="文章中没有依据",
    held_back="暂不显示一句：{why}",
    looking="正在查找文章……",
    stopped="已停止",
    articles_held="{count} 篇文章",
    filter="只看部分文章",
    filter_category="类别",
    filter_author="作者",
    filter_language="语言",
    filter_since="发表日期不早于",
    filter_until="发表日期不晚于",
    filter_day="如 2026-03-31",
    any_language="不限",
    english="英文",
    chinese="中文",
    errors={
        "bad_input": "请检查筛选中的日期（起始日期不晚于截止日期），并去掉问题中的控制字符，然后再问。",
        "bad_date": "无法把“{given}”读成日期，请写成 2026、2026-03 或 2026-03-31 的样子，然后再问。",
        "too_long": "问题太长了，请缩短后再问，或分成几个问题来问。",
        "not_found": "没有找到要找的内容，它可能已被撤下，请重新提问。",
        "unavailable": "文章库暂时无法使用，请稍后再问；若仍不行，请管理员运行 insight doctor 检查。",
        "broken_quote": "有一段引文与原文不符，因此没有给出答案，请再问一次。",
        "internal": "作答时出了问题，请再问一次；具体原因见服务器日志。",
    },
)

_WORDS: Mapping[Language, Words] = {"en": ENGLISH, "zh": CHINESE}


def words(language: Language) -> Words:
    """Return the words of ``language``."""
    return _WORDS[language]


def failure(error: InsightError, language: Language) -> str:
    """Say in ``language`` why a question can't be answered, and what to do."""
    line = words(language).errors.get(error.code)
    if line is not None:
        return line.format_map(vars(error))
    said = str(error)
    return said[:1].upper() + said[1:]
