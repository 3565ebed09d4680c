"""A handful of articles about places that don't exist, with which the answering path is tested."""

from collections.abc import Iterable

from corpus.article import Article
from corpus.library import Library
from ingest.clean import clean
from ingest.post import Post
from ingest.split import SPLITTER, split

BRIGHTWATER = """---
title: Brightwater Science Park
published: 2025-03-04
url: https://insights.example/brightwater
---
The Brightwater Science Park was founded in 2009 by the botanist Marian Okafor.
It stands on 52 hectares of reclaimed dockland beside the river Lenn.

The park hosts 340 companies. Most of them are smaller than ten people, and a third were spun out of the university.

## Who works there

The largest residents of the park are:

- Helix Foundry, which prints artificial tissue
- Tessel Optics, a maker of microscopes
- Norvane Labs, which tests drugs for others

The park's director, Piers Halloran, says that rents rose by 12 per cent in 2024.
"""

CALDER = """---
title: What the Calder Valley Hub does differently
published: 2024-11-20
url: https://insights.example/calder
---
The Calder Valley Hub opened in 2016 in a former wool mill. Its 125 companies share one laboratory and one canteen.

Pellmere Biotech, a contract research organisation, moved to the hub from the coast.
The hub is run by Ines Castellano, a former surgeon.

The hub takes no rent in the first year, because its founders wanted young firms to spend on people.
"""

FERRY = """---
title: The Lakeside ferry
published: 2023-06-01
---
The Lakeside ferry carried 48,000 passengers in 2023. Its fares rose by 4 per cent that year.

The ferry is paid for by the county. Its two boats were built in a yard that has since closed.
"""

LINGANG = """---
title: 临港创新谷
published: 2025-01-15
url: https://insights.example/lingang
---
临港创新谷成立于2012年，由陈立主持建设。谷内有260家企业，其中三家是合同研究组织。

创新谷的实验动物中心由大学管理，所有企业都可以使用。园区不收第一年的租金。
"""

QINGLAN = """---
title: 青岚实验室
published: 2025-02-01
---
青岚实验室研究海水淡化。实验室的主任是周敏，她在2018年回国。

实验室每年培养四十名研究生，多数毕业后留在本地工作。
"""

SOURCES = {
    "brightwater.md": BRIGHTWATER,
    "calder.md": CALDER,
    "ferry.md": FERRY,
    "lingang.md": LINGANG,
    "qinglan.md": QINGLAN,
}


def article(markdown: str, name: str = "page.md") -> Article:
    """Clean one page as an ingest would."""
    return clean(Post(address=name, body=markdown.encode(), media_type="text/markdown"), source="tests").article


def publish(library: Library, *articles: Article) -> None:
    for each in articles:
        library.publish(each, split(each), splitter=SPLITTER)


def publish_all(library: Library, sources: Iterable[tuple[str, str]] = tuple(SOURCES.items())) -> None:
    publish(library, *(article(text, name) for name, text in sources))
