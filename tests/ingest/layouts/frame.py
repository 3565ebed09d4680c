"""What the layouts share: filling a template, and the words that stand around any article."""

from html import escape
from string import Template

from tests.ingest.layouts.stories import Story

DAY, DAY_US, DAY_ZH = "20 November 2025", "November 20, 2025", "2025年11月20日"
COMMENTS = (
    (
        "Rosa Imhof",
        "I ran a store like this for six years in another port, and the part about labels is what everybody gets "
        "wrong at first. Nobody reads a label that was written by someone else, so make the owner write it.",
    ),
    ("dk_1988", "Great read, thanks. Could you say more about what it cost to set up, and who paid for the doors?"),
    (
        "吴建国",
        "写得很好，转给同事们看了。我们单位去年也做过类似的尝试，最难的其实不是设备，而是怎样让每个部门都愿意把自己的数据交出来。",
    ),
)
CARDS = (
    ("A short history of the regional grant", "14 October 2025", "What began as a favour to two mayors became a rule."),
    ("Five questions to ask before you rent a bench", "2 September 2025", "Start with the power supply, then ask …"),
    ("为什么小城市也需要自己的实验室", "2025年8月18日", "在很多人看来，小城市没有必要建设自己的实验室……"),
)
BIO = (
    "writes about research towns, the people who run them and the bills that nobody wants to pay. "
    "Before that she spent ten years in a laboratory and two in a ministry."
)
COOKIES = (
    "We value your privacy. We and our 212 partners store and access information on a device, such as unique "
    "identifiers in cookies, to process personal data. You may accept or manage your choices by clicking below."
)
NEWSLETTER = "Join eleven thousand readers. One letter a month, no noise, and you can leave whenever you want to."
FOOTER = (
    "The Harbour Review is published by Harbour Review Press, a company registered in England under number 01234567. "
    "Registered office: 4 Customs Quay, Estermouth. Nothing on this site is investment advice."
)


def fill(template: str, story: Story, **parts: str) -> str:
    """Fill ``$title``, ``$author``, ``$url`` and the like, and whatever else is given; unknown names raise KeyError."""
    known = {
        "title": escape(story.title),
        "author": escape(story.author),
        "category": escape(story.category),
        "url": story.url,
        "lang": {"en": "en-GB", "zh": "zh-CN"}[story.lang],
        "published": story.published,
        "modified": story.modified,
        "day": DAY,
        "day_us": DAY_US,
        "day_zh": DAY_ZH,
        "bio": BIO,
        "cookies": COOKIES,
        "newsletter": NEWSLETTER,
        "footer": FOOTER,
    }
    return Template(template).substitute(known | parts)


def cards(form: str) -> str:
    """Cards of other articles; ``form`` has ``{title}``, ``{day}`` and ``{excerpt}``."""
    return "\n".join(form.format(title=title, day=day, excerpt=excerpt) for title, day, excerpt in CARDS)


def comments(form: str) -> str:
    """Readers' comments; ``form`` has ``{name}`` and ``{text}``."""
    return "\n".join(form.format(name=name, text=text) for name, text in COMMENTS)
