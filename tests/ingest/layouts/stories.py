"""True texts that the layouts are wrapped around, and the marks that they are written in here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Story:
    """One article as its author knows it.

    ``source`` has a block a line: "# " heading, "- " list item, "> " quote, "| " table row, "! " caption,
    "` " line of code, else a paragraph.
    """

    title: str
    lang: str
    author: str
    category: str
    source: str
    slug: str
    published: str = "2025-11-20T09:15:00+08:00"
    modified: str = "2025-12-03T17:40:00+08:00"

    @property
    def url(self) -> str:
        return f"https://insights.example.org/{self.slug}"

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Pairs of the mark ("p" for a paragraph) and the words."""
        found = []
        for line in filter(None, map(str.strip, self.source.strip().split("\n"))):
            mark, words = (line[0], line[2:]) if re.match(r"[#\->|!`] ", line) else ("p", line)
            found.append((mark, words))
        return found

    @property
    def truth(self) -> str:
        """Every word of the text, without the title."""
        return "\n".join(words.replace("|", " ") for _, words in self.lines)

    def of(self, mark: str) -> list[str]:
        return [words for found, words in self.lines if found == mark]


@dataclass(frozen=True, slots=True)
class Page:
    """A layout's page, and what it states of the article; None where it says nothing."""

    html: str
    published: str | None = None
    modified: str | None = None
    author: str | None = None
    url: str | None = None
    categories: tuple[str, ...] = ()
    extra: str = ""  # text that the layout has besides the story
    points: int = 0  # items of lists in it


@dataclass(frozen=True, slots=True)
class Markup:
    """How a theme or editor writes each kind of block; ``{}`` stands for the words."""

    p: str = "<p>{}</p>"
    heading: str = "<h2>{}</h2>"
    ul: str = "<ul>{}</ul>"
    li: str = "<li>{}</li>"
    quote: str = "<blockquote><p>{}</p></blockquote>"
    table: str = "<table><tbody>{}</tbody></table>"
    figure: str = (
        '<figure><img src="/img/a.jpg" alt="Two people at a bench in a laboratory"><figcaption>{}</figcaption></figure>'
    )
    code: str = "<pre><code>{}</code></pre>"

    def blocks(self, story: Story) -> list[str]:
        """The story's blocks as HTML, in order."""
        return list(self._blocks(story))

    def body(self, story: Story, *, after: dict[int, str] | None = None) -> str:
        """The story as HTML; ``after`` puts furniture after the block of that number."""
        parts = []
        for number, part in enumerate(self.blocks(story), start=1):
            parts += [part, (after or {}).get(number, "")]
        return "\n".join(filter(None, parts))

    def _blocks(self, story: Story) -> Iterator[str]:
        for mark, run in groupby(story.lines, key=lambda line: line[0]):
            words = [escape(text, quote=False) for _, text in run]
            match mark:
                case "-":
                    yield self.ul.format("\n".join(self.li.format(item) for item in words))
                case "|":
                    yield self.table.format(
                        "\n".join(_row(row, "th" if not n else "td") for n, row in enumerate(words))
                    )
                case "`":
                    yield self.code.format("\n".join(words))
                case _:
                    form = {"#": self.heading, ">": self.quote, "!": self.figure}.get(mark, self.p)
                    yield from (form.format(text) for text in words)


def _row(row: str, cell: str) -> str:
    return "<tr>" + "".join(f"<{cell}>{part.strip()}</{cell}>" for part in row.split("|")) + "</tr>"


HARBOUR = Story(
    title="Why the harbour laboratories share their freezers",
    lang="en",
    author="Miriam Oduya",
    category="Life sciences",
    slug="harbour-laboratories-share-freezers",
    source="""
For most of the last decade the seven laboratories along the old harbour bought their own freezers, hired their own \
engineers and threw away whatever no longer fitted on the shelf. In the spring of 2023 they stopped doing so, and the \
bill for cold storage has fallen by almost a third since then.
# A fire that nobody noticed
The change began with a small fire. A compressor in the basement of the marine institute failed during a holiday, and \
by the time somebody opened the door four thousand samples had thawed. No single laboratory could afford a second set \
of machines, yet every one of them had shelves standing empty for half of the year.
! The shared cold store in the former customs hall, seen from the loading bay
“We had been paying for air,” says Tomas Lindqvist, who runs the store today. He keeps a plan of all shelves on the \
wall, with a colour for each tenant and a date for each box.
# What the tenants agreed on
The agreement is four pages long and has been changed only twice. Its main points are these:
- Every box carries a label with an owner, a content and a last day.
- Rent is paid by the shelf and by the month, never by the year.
- Two engineers are on call, and both can open every door.
- Whatever has no owner on its last day is destroyed within a week.
Nobody signed at once. The two biggest institutes feared that they would pay for the smaller ones, and asked for a \
year \
of figures before they moved their own material.
> A freezer is a promise to someone who has not been hired yet, and promises are cheaper to keep together.
# The figures after two years
The table shows what the tenants publish each January. Energy is counted at the meter of the hall and shared out by \
shelf, which is rough but cheap to do.
| Year | Shelves let | Energy, MWh | Samples lost
| 2022 | 310 | 1,240 | 4,118
| 2023 | 402 | 985 | 37
| 2024 | 455 | 870 | 0
Not everything got better. Couriers wait longer at the single gate, and the engineers complain that young researchers \
no longer learn how to look after a machine.
Still, three towns further down the coast have sent delegations, and one of them will open its own hall next summer.
That, Lindqvist says, is the best sign of all.
""",
)

BRIDGE = Story(
    title="一座旧桥如何变成城市的数据站",
    lang="zh",
    author="沈若溪",
    category="城市观察",
    slug="old-bridge-data-station",
    source="""
老城北面的铁桥建于一九三六年，停用之后曾两次被列入拆除名单。去年秋天，市里决定不再拆它，而是在桥身上装了二百一十六个传感器，让它替整条河说话。
# 从拆除名单到试验平台
最早提出这个想法的是水文站的三位工程师。他们发现，桥墩的位置恰好落在三股水流交汇的地方，别处要建四座塔才能量到的数据，在这里只需要一根电缆。
! 铁桥中段的传感器箱，摄于今年三月的枯水期
预算并不宽裕。第一期只花了三百八十万元，其中一半用在除锈和加固上，真正的设备反而便宜。负责施工的周启明说：“桥不肯倒，我们就陪它再干三十年。”
# 每天收集什么
目前系统每十分钟记录一次，主要包括以下几类：
- 水位、流速和水温，用于防汛预警；
- 桥面的振动与倾斜，用于判断结构安全；
- 空气中的颗粒物和噪声，供环保部门使用；
- 夜间灯光下的鸟类数量，由志愿者复核。
所有数据第二天上午公开，任何人都可以下载。开放半年以来，下载次数已经超过九万次，其中三成来自外地的高校。
> 我们原本只想保住一座桥，后来才明白，保住的是一种看河的办法。
# 第一年的结果
下表是项目组公布的对比。需要说明的是，二〇二三年的数字来自人工观测，精度较低。
| 指标 | 二〇二三年 | 二〇二四年
| 预警提前时间 | 四小时 | 十一小时
| 误报次数 | 十七次 | 五次
| 维护费用 | 六十二万元 | 四十一万元
也有人不满意。附近的居民抱怨桥面夜里太亮，钓鱼的人说鱼少了；项目组因此把灯光调暗了一半，并且每个月开一次听证会。
下一步，他们打算把同样的办法用到上游的两座小桥上。如果顺利，整条河在后年就会有自己的“体检报告”。
""",
)

LISTS = Story(
    title="Twelve habits of a quiet build room",
    lang="en",
    author="Priya Raman",
    category="Engineering",
    slug="quiet-build-room",
    source="""
We moved nine teams into one build room. It stayed quiet.
Here is how.
# Before the day starts
- Read the night's report.
- Mute what you can't fix.
- Write down one goal.
- Say hello.
Small things count.
# While it runs
- Never restart a job twice.
- If it fails again, ask.
- Keep the log open on the left screen, where others can see it as they walk past your desk.
- Pin every version.
Pinning is one line:
` pip install --constraint constraints.txt widget==2.4.1
` if [ $? -ne 0 ]; then
` echo "widget could not be pinned" >&2
` fi
That line saved us a month.
# When it breaks
- Stop the line.
- Tell the room, not the chat.
- Fix the cause first and the symptom second.
- Thank whoever found it.
Nobody is blamed. Ever.
# What we dropped
We dropped stand-ups, badges and the big red lamp.
Nobody missed them.
Try it for a week.
""",
)

TABLE = Story(
    title="How nine regional funds spent their first grant",
    lang="en",
    author="Callum Reyes",
    category="Funding",
    slug="nine-regional-funds",
    source="""
Nine regional funds were set up at the same time and with the same rules, which makes them the nearest thing to an \
experiment that this field has. Each received a first grant, and each had to publish how it was spent within eighteen \
months.
| Region | Grant, million | Staff | Laboratories | Training | Left over
| Northfield | 12.0 | 3.1 | 5.9 | 1.8 | 1.2
| Estermouth | 9.5 | 4.4 | 2.2 | 2.7 | 0.2
| Kell and Varr | 14.2 | 2.9 | 9.8 | 0.9 | 0.6
| Lower Marches | 7.7 | 3.8 | 1.1 | 2.6 | 0.2
| Port Sallow | 10.4 | 2.0 | 6.7 | 1.4 | 0.3
| High Tarn | 6.1 | 2.5 | 1.9 | 1.6 | 0.1
| Queensreach | 15.8 | 5.2 | 7.4 | 2.3 | 0.9
| Ostley | 8.3 | 3.3 | 2.8 | 2.1 | 0.1
| Wharfdale South | 11.6 | 2.7 | 6.6 | 1.9 | 0.4
Two patterns stand out. Funds led by a university put most of the money into buildings, while those led by a chamber \
of \
commerce put it into people, and neither side has changed its mind after seeing the other's figures.
# Money that nobody could spend
A little over four million was left over when the period ended. Most of it had been set aside for machines that \
arrived \
late, and some for posts that could not be filled at the salaries that the rules allowed.
The auditors were lenient. They noted that money kept back is not money lost, and that the funds which hurried at the \
end bought equipment that now stands under sheets.
# What comes next
The second grant will be smaller and will be paid in two halves. To receive the second half a fund must show that the \
first has reached at least three employers that were not partners before.
! Share of each grant that went to laboratories, by region
That rule was the auditors' idea, and it is the only one on which all nine directors agree.
""",
)

STORIES = (HARBOUR, BRIDGE, LISTS, TABLE)
