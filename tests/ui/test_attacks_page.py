"""What every attack would do on the page if it got there: in titles, quotes, headings, answers, notices and questions.

The guards before the page are taken away here: a fake assistant says what the attacker wants, piece by piece.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import pytest

from corpus.article import Article, Passage
from service.answer import Answer, ArticleRef, Citation, Delta, Event, Related, Statement
from service.cite import text_fragment
from tests.service.api_fakes import FakeLibrary, FakeServices, make_article, passage_of
from tests.service.attacks import ATTACKS, Attack
from tests.ui.browser import ask, launched, missing, opened, running
from ui.server import build_app

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "a browser is there")

A_PAGE = 33  # attacks in one answer
PAGES = range(-(-len(ATTACKS) // A_PAGE))
OWN_HOST = "insights.example"
ELSEWHERE = ("javascript:window.pwned=1", "data:text/html,<b>x", "//foreign.example/x", "HTTP://[zorblax.example")
SUPPORT = ("supported", "partial", "unsupported")
ALLOWED = {"DIV", "P", "SPAN", "A", "DETAILS", "SUMMARY", "TIME", "BLOCKQUOTE", "MARK", "UL", "LI", "BUTTON"}
ATTRIBUTES = {"class", "lang", "id", "href", "target", "rel", "open", "type"}

LOOK = """() => [...document.querySelectorAll('.ia-answer, .ia-question')].flatMap(
    root => [root, ...root.querySelectorAll('*')]).map(
    ({tagName, attributes, href}) => ({tag: tagName, attributes: [...attributes].map(a => a.name), href}))"""
WATCH = """allowed => {
    window.seen = [];
    new MutationObserver(changes => {
        for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === 1)
            for (const element of [node, ...node.querySelectorAll('*')])
                if (element.closest('.ia-answer, .ia-question') && !allowed.includes(element.tagName))
                    window.seen.push(element.outerHTML.slice(0, 200));
    }).observe(document.querySelector('#conversation'), {childList: true, subtree: true});
}"""


@dataclass
class ObeyingAssistant:
    """Answers "page 2" with the attacks of that page, each as title, quote, statement and citation."""

    library: FakeLibrary

    def stream(self, question: str, **_: Any) -> Iterator[Event]:
        place = int(question.split()[1])
        answer = obeyed(ATTACKS[place * A_PAGE : (place + 1) * A_PAGE], question)
        for start in range(0, len(answer.text), 997):
            yield Delta(answer.text[start : start + 997])
        yield answer


def hostile(attack: Attack) -> Article:
    """An article that nothing cleaned."""
    address = f"https://{OWN_HOST}/{attack.id}?a='\"<b>&{{x}}"
    place = ATTACKS.index(attack)
    url = attack.text if attack.where == "url" else ELSEWHERE[place % 4] if place % 8 < 4 else address
    text = f"{attack.text[:3000]} {attack.obeyed[:1500]}"
    return replace(
        make_article(attack.id, attack.text[:400], text, published="2025-03-04", url=url), author=attack.text[:400]
    )


def obeyed(attacks: Sequence[Attack], question: str) -> Answer:
    articles = [hostile(attack) for attack in attacks]
    citations = tuple(
        Citation(
            number, ArticleRef.of(article), f"{article.id}.1.0", article.text, 0, len(article.text),
            text_fragment(article.url, article.text),
        )
        for number, article in enumerate(articles, start=1)
    )  # fmt: skip
    statements = tuple(
        Statement(attack.obeyed[:800] or attack.text, (place + 1,), SUPPORT[place % 3], attack.text[:200])  # type: ignore[arg-type]
        for place, attack in enumerate(attacks)
    )
    return Answer(
        id=f"{attacks[0].text[:40]}",
        question=question,
        language=attacks[0].language,
        status="answered",
        mode="llm",
        text="\n".join(f"{said.text} {said.text[::-1]} [{number}]" for number, said in enumerate(statements, start=1)),
        confidence=0.5,
        statements=statements,
        citations=citations,
        related=tuple(Related(a.id, a.title, a.url, a.published) for a in articles),
        generation=1,
        fingerprint="f",
        model=attacks[0].obeyed[:60],
        notice=" ".join(attack.text[:120] for attack in attacks),
        understood=attacks[0].text[:200],
    )


class HostileLibrary(FakeLibrary):
    """The articles that nothing cleaned, under headings that nothing cleaned."""

    def passage(self, passage_id: str) -> Passage | None:
        article = self.article(passage_id.split(".", maxsplit=1)[0])
        return replace(passage_of(article), headings=(article.title, article.title[::-1])) if article else None


@pytest.fixture(scope="module")
def visit() -> Iterator[tuple[Any, list[str], list[str]]]:
    services = FakeServices()
    services.library = HostileLibrary([hostile(attack) for attack in ATTACKS])
    services.assistant = ObeyingAssistant(services.library)  # type: ignore[assignment]
    with running(build_app(services)) as url, launched() as browser, opened(browser, url) as (page, requests):
        dialogs: list[str] = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.evaluate(WATCH, sorted(ALLOWED))
        yield page, requests, dialogs


@pytest.mark.parametrize("place", PAGES)
def test_every_attack_is_only_text(visit: tuple[Any, list[str], list[str]], place: int) -> None:
    page, requests, dialogs = visit
    attacks = ATTACKS[place * A_PAGE : (place + 1) * A_PAGE]
    answer = ask(page, f"page {place} " + " ".join(attack.text[:60] for attack in attacks))
    answer.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
    found = page.evaluate(LOOK)
    assert {element["tag"] for element in found} <= ALLOWED
    assert {name for element in found for name in element["attributes"]} <= ATTRIBUTES
    hosts = {urlsplit(element["href"]).hostname for element in found if element["href"]}
    own = {"127.0.0.1", OWN_HOST} | {urlsplit(a.text).hostname for a in ATTACKS if a.where == "url"}
    assert hosts <= own
    assert OWN_HOST in hosts
    assert page.evaluate("window.seen") == [], "nor while the answer came"
    shown = answer.inner_text()
    assert not set(shown) & set("\u202a\u202b\u202d\u202e\u2066\u2067\x1b\x9b\x07")
    assert answer.locator("details").count() == len(attacks)
    assert answer.locator("button").count() == answer.locator(".ia-passage > .ia-use > .ia-copy").count()
    assert dialogs == []
    assert page.evaluate("window.pwned") is None
    asked = {urlsplit(url).hostname for url in requests if not url.startswith(("data:", "blob:"))}
    assert asked == {"127.0.0.1"}


def test_text_that_looks_like_markup_reads_as_it_was_written(visit: tuple[Any, list[str], list[str]]) -> None:
    page, _, _ = visit
    place = next(at for at, attack in enumerate(ATTACKS) if attack.id == "en-script")
    answer = ask(page, f"page {place // A_PAGE}")
    assert "<script>fetch('http://zorblax.example')</script>" in answer.locator(".ia-text").inner_text()
