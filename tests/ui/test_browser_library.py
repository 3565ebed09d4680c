"""The whole path in a real browser: the starter articles, a question in the page, a citation opened.

``make picture`` runs the first test with the address of the README's picture in ``PICTURE``.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service.settings import Settings
from service.wiring import Services, open_services
from tests.ui.browser import ask, launched, missing, opened, running
from ui.server import build_app

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "a browser is there")


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, settings_for: Callable[..., Settings]
) -> Iterator[tuple[Services, str]]:
    services = open_services(settings_for(tmp_path_factory.mktemp("served")))
    with running(build_app(services)) as url:
        yield services, url


def test_a_question_is_answered_and_its_citation_opens_the_marked_passage(
    served: tuple[Services, str], tmp_path: Path
) -> None:
    services, url = served
    picture = Path(os.environ.get("PICTURE", tmp_path / "chat.png"))
    with launched() as browser, opened(browser, url, width=1180, height=860) as (page, _):
        answer = ask(page, "Which CROs operate in Jiangbei?")
        answer.locator("a.ia-mark").first.click()
        mark = answer.locator("details").first.locator("mark")
        mark.wait_for(state="visible")
        quote = mark.inner_text()
        page.wait_for_timeout(400)  # the page scrolls to the opened passage
        page.screenshot(path=picture)
    assert "WuXi AppTec" in quote
    assert "Pharmablock" in quote
    article = services.library.article("nanjing-jiangbei-biopharmaceutical-valley")
    assert article is not None
    assert quote in article.text
    assert picture.stat().st_size > 10_000


def test_what_the_articles_do_not_say_names_the_nearest(served: tuple[Services, str]) -> None:
    _, url = served
    with launched() as browser, opened(browser, url) as (page, _):
        answer = ask(page, "Which CROs operate in Suzhou?")
        assert "Not in the articles" in answer.inner_text()
        assert answer.locator("a.ia-mark").count() == 0
        assert answer.get_by_role("link").count() >= 1


def test_what_is_known_stands_on_a_line_of_its_own(served: tuple[Services, str]) -> None:
    _, url = served
    with launched() as browser, opened(browser, url) as (page, _):
        answer = ask(page, "When was Geneseeq founded?")
        known = answer.locator(".ia-known").first
        title = known.locator("xpath=..").get_by_role("link").bounding_box()
        said = known.bounding_box()
        assert title
        assert said
        assert said["y"] >= title["y"] + title["height"] / 2
        assert said["x"] <= title["x"] + 1
