"""Thousands of posts, put together from the larger question sets' texts where they are there, and from templates."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

_PAGE = """<!doctype html><html lang="{lang}"><head><title>{title} | Harbour Review</title>
<link rel="canonical" href="https://harbour.example/{slug}"><meta property="og:site_name" content="Harbour Review">
<meta property="article:published_time" content="{date}T09:30:00+00:00"></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav></header>
<main><article class="post"><header><h1 class="entry-title">{title}</h1></header><div class="entry-content">
{body}
</div></article></main><footer><p>Harbour Review, all rights reserved.</p></footer></body></html>"""
_OPENINGS = (
    "The {n} laboratories of the {n}th district were counted again in {year}.",
    "Number {n} on the list of {year} is a firm that few outside the harbour know.",
    "在{year}年的第{n}号报告中，园区公布了{n}项新的合作。",
)


def write_posts(folder: Path, count: int, *, sets: Path) -> None:
    """Write ``count`` posts: one in four as a whole web page, one as plain text, the others as Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (title, paragraphs) in enumerate(_texts(count, sets)):
        slug, day = f"post-{number}", f"{2015 + number % 11}-{1 + number % 12:02}-{1 + number % 28:02}"
        match number % 4:
            case 0:
                body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
                page = _PAGE.format(lang="en", title=title, slug=slug, date=day, body=body)
                (folder / f"{slug}.html").write_text(page, encoding="utf-8")
            case 1:
                (folder / f"{slug}.txt").write_text("\n\n".join((title, *paragraphs)), encoding="utf-8")
            case _:
                head = f'---\ntitle: "{title}"\npublished: {day}\nurl: https://harbour.example/{slug}\n---\n'
                (folder / f"{slug}.md").write_text(head + "\n\n".join(paragraphs), encoding="utf-8")


def _texts(count: int, sets: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield titles and three to eight paragraphs, no two posts alike; the same ones every time."""
    chance = random.Random(20251120)
    stock = _paragraphs(sets) or [_OPENINGS[n % 3].format(n=n, year=1990 + n % 36) * 4 for n in range(2000)]
    for number in range(count):
        opening = chance.choice(_OPENINGS).format(n=number, year=1990 + number % 36)
        yield f"Report {number} from the harbour", [opening, *chance.sample(stock, chance.randint(3, 8))]


def _paragraphs(sets: Path) -> list[str]:
    found: list[str] = []
    for path in sorted((sets / "bench").glob("*/articles.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                found += [
                    part.strip().replace("<", "&lt;") for part in json.loads(line)["text"].split("\n") if part.strip()
                ]
    return found
