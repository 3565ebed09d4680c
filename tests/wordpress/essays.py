"""Posts for a WordPress, made of templates: two languages, blocks of every usual kind, no two texts alike."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

COUNT = 250
CHINESE_EVERY = 5  # two of five posts are Chinese
AUTHORS = ("Mary Ashdown", "周文")
CATEGORIES = {"en": ("Shipping", "Energy", "Water & land", "Skills"), "zh": ("航运", "能源", "水与土地", "人才")}
TAGS = ("tides", "grid", "port", "训练", "水库")

_PLACES = "Aldwick Barrow Calder Dunmore Esk Fenwick Garth Holme Isley Kelso Lorne Marsk Nairn Orwell Penrith".split()
_THINGS = "cranes dredgers turbines barges sluices substations pumps warehouses pilots surveyors locks cables".split()
_VERBS = "moved replaced inspected leased repaired counted rebuilt insured electrified postponed".split()
_WHYS = (
    "because the river had silted up",
    "after three winters of storms",
    "since no insurer would cover the old ones",
    "although the council had asked for a pause",
    "once the new tariff came into force",
    "while the rail link stayed closed",
)
_ZH_PLACES = "青浦 临港 泰兴 江阴 如东 海门 盐池 淮安 高邮 宝应 东台 句容 溧阳 宜兴 太仓".split()
_ZH_THINGS = "起重机 挖泥船 风机 驳船 水闸 变电站 水泵 仓库 引航员 测量员 船闸 电缆".split()
_ZH_VERBS = "更换 检修 租用 重建 清点 投保 改造 推迟 迁移 评估".split()
_ZH_WHYS = (
    "因为河道已经淤积",
    "在连续三个冬天的风暴之后",
    "由于旧设备无人承保",
    "尽管当地曾要求暂停",
    "在新电价生效以后",
    "而铁路支线仍未开放",
)


def language_of(number: int) -> str:
    return "zh" if number % CHINESE_EVERY in (2, 4) else "en"


def essays(first: int = 1, count: int = COUNT) -> list[dict[str, Any]]:
    """What adds these posts, numbered from ``first``, to a WordPress; their dates run over two years."""
    return [essay(number) for number in range(first, first + count)]


def essay(number: int) -> dict[str, Any]:
    language = language_of(number)
    published = datetime(2023, 11, 1, 9, 30) + timedelta(days=number * 730 / 260, minutes=7 * number)
    return {
        "do": "add",
        "title": title(number),
        "content": classic(number) if number % 10 == 5 else blocks(number),
        "author": AUTHORS[number % 2],
        "published": f"{published:%Y-%m-%d %H:%M:%S}",
        "modified": f"{published + timedelta(days=number % 4):%Y-%m-%d %H:%M:%S}",
        "categories": [CATEGORIES[language][number % 4]],
        "tags": [TAGS[number % 5]] if number % 3 else [],
    }


def title(number: int) -> str:
    place, thing = (
        _pick(number, _ZH_PLACES, _ZH_THINGS) if language_of(number) == "zh" else _pick(number, _PLACES, _THINGS)
    )
    if language_of(number) == "zh":
        return f"{place}的{thing}：第{number}号札记"
    return f"{place}’s {thing} & what note {number} found"


def _pick(number: int, places: list[str], things: list[str]) -> tuple[str, str]:
    random = Random(number)
    return random.choice(places), random.choice(things)


class _Words:
    """Sentences of one post."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._random = Random(1000 + number)
        self._chinese = language_of(number) == "zh"

    def sentence(self) -> str:
        random = self._random
        count, year = random.randint(3, 9800), random.randint(1962, 2025)
        if self._chinese:
            place, thing = random.choice(_ZH_PLACES), random.choice(_ZH_THINGS)
            return f"{year}年，{place}共{random.choice(_ZH_VERBS)}了{count}台{thing}，{random.choice(_ZH_WHYS)}。"
        place, thing = random.choice(_PLACES), random.choice(_THINGS)
        return f"In {year} the yard at {place} {random.choice(_VERBS)} {count} {thing}, {random.choice(_WHYS)}."

    def paragraph(self, sentences: int = 4) -> str:
        return ("" if self._chinese else " ").join(self.sentence() for _ in range(sentences))

    def label(self, english: str, chinese: str) -> str:
        mark = self._random.randint(100, 999)
        return f"{chinese}{self._number}之{mark}" if self._chinese else f"{english} {self._number}-{mark}"


def blocks(number: int) -> str:
    """A post as the block editor stores it."""
    words = _Words(number)
    parts = [_block("paragraph", f"<p>{words.paragraph()}</p>")]
    parts.append(_block("heading", f"<h2>{words.label('What was counted in', '清点的数目')}</h2>"))
    parts.append(_block("paragraph", f"<p>{words.paragraph(3)} <strong>{words.sentence()}</strong></p>"))
    items = "".join(_block("list-item", f"<li>{words.sentence()}</li>") for _ in range(3))
    parts.append(_block("list", f"<ul>{items}</ul>"))
    if number % 2:
        quote = f'<blockquote class="wp-block-quote"><p>{words.paragraph(2)}</p><cite>{AUTHORS[0]}</cite></blockquote>'
        parts.append(_block("quote", quote))
    if number % 3 == 0:
        rows = "".join(
            f"<tr><td>{words.label('Berth', '泊位')}</td><td>{value}</td></tr>"
            for value in (number, number + 7, number * 3)
        )
        table = f'<figure class="wp-block-table"><table><tbody>{rows}</tbody></table></figure>'
        parts.append(_block("table", table))
    if number % 4 == 0:
        caption = words.label("The quay as it stood for note", "码头旧貌")
        image = (
            f'<figure class="wp-block-image size-large"><img src="/wp-content/uploads/quay-{number}.jpg" alt="A quay"/>'
            f'<figcaption class="wp-element-caption">{caption}</figcaption></figure>'
        )
        parts.append(_block("image", image))
    parts.append(_block("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>'))
    parts.append(_block("heading", f"<h3>{words.label('What comes after', '此后的安排')}</h3>"))
    if number % 7 == 0:
        columns = "".join(
            _block(
                "column", f'<div class="wp-block-column">{_block("paragraph", f"<p>{words.paragraph(2)}</p>")}</div>'
            )
            for _ in range(2)
        )
        parts.append(_block("columns", f'<div class="wp-block-columns">{columns}</div>'))
    if number % 6 == 0:
        button = '<div class="wp-block-button"><a class="wp-block-button__link" href="/x">Read more</a></div>'
        parts.append(_block("buttons", f'<div class="wp-block-buttons">{_block("button", button)}</div>'))
    parts.append(_block("paragraph", f"<p>{words.paragraph(5)}</p>"))
    return "\n\n".join(parts)


def _block(name: str, html: str) -> str:
    return f"<!-- wp:{name} -->\n{html}\n<!-- /wp:{name} -->"


def classic(number: int) -> str:
    """A post as the classic editor stores it: no paragraphs marked, a caption by shortcode."""
    words = _Words(number)
    caption = words.label("A sluice for note", "水闸旧照")
    return "\n\n".join(
        [
            words.paragraph(),
            f"<h2>{words.label('Older ways in', '旧时做法')}</h2>",
            f"{words.paragraph(2)}\n{words.sentence()}",
            f'[caption id="attachment_{number}" align="alignnone" width="300"]'
            f'<img src="/wp-content/uploads/sluice-{number}.jpg" width="300" height="200" /> {caption}[/caption]',
            f"<blockquote>{words.paragraph(2)}</blockquote>",
            f"<ol>\n \t<li>{words.sentence()}</li>\n \t<li>{words.sentence()}</li>\n</ol>",
            words.paragraph(5),
        ]
    )
