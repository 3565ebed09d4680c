"""The lines at the head of an article that tell of it: who wrote it, when, where it was first published."""

import re
from dataclasses import dataclass

from corpus.language import CJK
from ingest.metadata import read_date
from ingest.text import word_count

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    r"(?<![\d/.-])(?:"
    r"(?P<y>\d{4})(?:\s*[-/.]\s*|\s*年\s*)(?P<m>\d{1,2})(?:\s*[-/.]\s*|\s*月\s*)(?P<d>\d{1,2})\s*[日号]?(?!\d)"
    rf"(?:[T\s]*(?P<t>\d{{1,2}}:\d{{2}}(?::\d{{2}})?))?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{_MONTH}),?\s+(?P<y2>\d{{4}})(?!\d)"
    rf"|(?P<m3>{_MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})(?!\d)"
    r"|(?P<d4>\d{1,2})(?P<mark>[/.])(?P<m4>\d{1,2})(?P=mark)(?P<y4>\d{4})(?!\d)"
    r")",
    re.IGNORECASE,
)
_TIME = r"(?:,?\s*(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s*(?:gmt|utc|bst|est|edt|pst|pdt|cet))?)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s*|星期[一二三四五六日天]\s*)?"
_PUBLISHED = r"(?:(?:first )?published|posted|date|written|created|(?:发布|发表)(?:时间|日期|于)?|时间|日期|刊发)"
_MODIFIED = r"(?:(?:last\s+)?(?:updated|modified|edited|reviewed|revised)|(?:最后)?(?:更新|修改)(?:时间|日期|于)?)"
_LABELS = re.compile(rf"(?<![a-z])(?:{_MODIFIED}|{_PUBLISHED}|{_WEEKDAY}{_TIME})(?![a-z])", re.IGNORECASE)
_LABEL = re.compile(rf"(?:(?P<changed>{_MODIFIED})|{_PUBLISHED})\s*(?:on|at|:|：)?\s*{_WEEKDAY}$", re.IGNORECASE)
_NAME = rf"(?:[A-Z][\w.'’-]*|[{CJK}]{{2,5}})"
_AUTHOR = re.compile(
    rf"(?:(?:^|[|·•–—/]\s*|\b(?i:posted|written|words|story)\s+|\d{{4}},?\s+)(?i:by)\s*:?\s+|\b(?i:author)\s*:\s*)"
    rf"(?P<name>{_NAME}(?:\s+(?:(?:van|von|de|der|da|di|la|bin|al)\s+)?{_NAME}){{0,3}}?)"
    rf"(?=\s*(?:$|[|·•–—/,，.(\d])|\s+(?:(?i:on|in|at|published|posted)|(?i:{_MONTH}))\b)"
    r"|(?:作者|撰文|(?<!\w)文)\s*[:：/｜|]\s*(?P<name_zh>[^\s|:：，。]{2,20}(?:\s+[A-Z][\w.]+)?)",
    re.MULTILINE,
)
# what a line about an article is made of, besides dates and names
_PARTS = re.compile(
    r"\d+\s*min(?:ute)?s?(?:\s+read(?:ing)?(?:\s+time)?)?\b|\breading time\b"
    r"|\b(?:\d+|no)\s+(?:comments?|views?|shares?|likes?)\b"
    r"|(?:信息|文章|稿件)?(?:来源|稿源)\s*[:：]\s*\S{0,20}|(?:责任)?(?:编辑|责编|记者|摄影|审核|校对)\s*[:：]\s*\S{0,12}"
    r"|(?:浏览|阅读|点击|访问|评论)(?:量|数|次数)?\s*[:：]?\s*\d+\s*次?|(?:浏览|阅读|点击)(?:量|数|次数)?\s*[:：]\s*(?:\d*\s*次)?"
    r"|(?:字号|字体)\s*[:：]?.*|\b(?:leave a comment|listen|share|print|follow)\b",
    re.IGNORECASE,
)
_TITLE_OF_AUTHOR = re.compile(rf"^\s*[,，(]\s*[A-Z{CJK}][^.。!?]{{2,60}}$")  # "By Jane Roe, Director of the Hall"
_LITTLE = {"", "by", "on", "in", "at", "and", "the", "words", "story", "author", "作者", "撰文", "文"}
_LONGEST = 30  # words
_SEGMENT = 5  # words
_SENTENCE = re.compile(r"[.!?。！？]['\"”’」』]*$")


@dataclass(frozen=True, slots=True)
class Byline:
    """What such lines tell; dates in ISO 8601."""

    author: str | None = None
    published: str | None = None
    modified: str | None = None


def read_byline(text: str) -> Byline:
    """Read dates and the author from the lines of an article's head; a date that is labelled wins over a bare one."""
    labelled = bare = modified = None
    for line in text.split("\n"):
        for found in _DATE.finditer(line):
            date = _iso(found)
            label = _LABEL.search(line[: found.start()])
            if date is None:
                continue
            if label and label.group("changed"):
                modified = modified or date
            elif label:
                labelled = labelled or date
            elif is_byline(line):
                bare = bare or date
    named = _AUTHOR.search(text)
    author = (named.group("name") or named.group("name_zh")).strip(" .") if named else None
    return Byline(author, labelled or bare, modified)


def is_byline(line: str, *names: str | None) -> bool:
    """Say whether a whole line tells of an article and is no part of it.

    ``names`` are what is known of the article, such as its author and categories.
    """
    if not line or word_count(line) > _LONGEST:
        return False
    known = [name for name in names if name]
    if line.strip(" ·•|–—-,，").casefold() in {name.casefold() for name in known}:
        return True
    if _is_row(line):
        return True
    author = _AUTHOR.search(line)
    unnamed = line.replace(author.group("name") or author.group("name_zh"), " ") if author else line
    rest = _DATE.sub(" ", _PARTS.sub(" ", unnamed))
    if rest == line:
        return False
    if author and author.start() == 0 and _TITLE_OF_AUTHOR.match(line[author.end() :]):
        return True
    for name in known:
        rest = rest.replace(name, " ")
    rest = _LABELS.sub(lambda found: " " if found.group() else "", rest)
    left = [part for part in re.split(r"[\s|·•–—/,，:：()（）\[\]【】.｜-]+", rest) if part.casefold() not in _LITTLE]
    # a place may stand there as well
    return not left or (len(left) == 1 and (left[0].isupper() or re.fullmatch(f"[{CJK}]{{1,4}}", left[0]) is not None))


def _is_row(line: str) -> bool:
    """Say whether a line is short labels in a row, one of them a date or the like, or begins with a time of day."""
    if len(line) <= 40 and (opened := _DATE.match(line)) and opened.group("t") and not _SENTENCE.search(line):
        return True  # a time of day says when, and not what happened then
    segments = re.split(r"\s*[·|•]\s*", line)
    if len(segments) < 2 or any(word_count(segment) > _SEGMENT for segment in segments):
        return False
    return any(_DATE.fullmatch(segment) or _PARTS.fullmatch(segment) for segment in segments)


def _iso(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    if parts["y"]:
        clock = parts["t"]
        day = f"{parts['y']}-{int(parts['m']):02}-{int(parts['d']):02}"
        return read_date(f"{day}T{clock.zfill(len(clock) + (clock.find(':') == 1))}" if clock else day)
    if parts["d4"]:
        first, second = int(parts["d4"]), int(parts["m4"])
        if parts["mark"] == "/" and first <= 12:  # the month may come first
            first, second = (second, first) if second > 12 else (0, 0)
        return read_date(f"{parts['y4']}-{second:02}-{first:02}")
    number = "2" if parts["d2"] else "3"
    month = parts[f"m{number}"][:3].title()
    return read_date(f"{int(parts[f'd{number}'])} {month} {parts[f'y{number}']}")
