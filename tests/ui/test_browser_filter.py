"""The filter of the chat page in a real browser."""

from datetime import date

import pytest

from corpus.filters import EVERYTHING, Filter
from tests.service.api_fakes import FakeServices
from tests.ui.browser import ask, launched, missing, opened, running, wait_until
from ui.server import build_app

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "a browser is there")

QUESTION = "Which contract research leaders operate in Jiangbei?"


@pytest.fixture(scope="module")
def served():
    """A browser, and the address of a page that keeps nothing of those who look at it."""
    with running(build_app(FakeServices())) as url, launched() as browser:
        yield browser, url


def test_a_filter_is_closed_at_first_and_holds_for_what_is_asked() -> None:
    services = FakeServices()
    with running(build_app(services)) as url, launched() as browser, opened(browser, url) as (page, _):
        since = page.locator("#since input, #since textarea")
        assert since.is_hidden()
        ask(page, QUESTION)
        page.locator("#filter > button").click()
        since.fill("2025-08-01")
        page.get_by_label("Categories").click()
        page.get_by_role("option", name="Life sciences").click()
        page.get_by_label("Authors").click()
        page.get_by_role("option", name="Editorial team").click()
        assert "Nanjing Jiangbei Valley" in ask(page, QUESTION).inner_text()
        since.fill("2025-12-01")
        assert "The articles do not say." in ask(page, QUESTION).inner_text()
    assert services.assistant.filters == [
        EVERYTHING,
        Filter(("Life sciences",), ("Editorial team",), since=date(2025, 8, 1)),
        Filter(("Life sciences",), ("Editorial team",), since=date(2025, 12, 1)),
    ]


def test_what_is_no_date_is_told_and_not_passed_over() -> None:
    services = FakeServices()
    with running(build_app(services)) as url, launched() as browser, opened(browser, url) as (page, _):
        page.locator("#filter > button").click()
        for given in ("2026-02-30", "last year"):
            page.get_by_label("Published since").fill(given)
            assert f"“{given}” can't be read as a date" in ask(page, QUESTION).inner_text()
        wait_until(page, lambda: page.locator("#question textarea").input_value() == QUESTION)
        page.get_by_label("Published since").fill("2025")
        page.locator("#question textarea").press("Enter")
        page.locator(".ia-answered", has_text="Nanjing Jiangbei Valley").wait_for()
    assert services.assistant.filters == [Filter(since=date(2025, 1, 1))]


def test_the_filter_speaks_the_browsers_language() -> None:
    with (
        running(build_app(FakeServices())) as url,
        launched() as browser,
        opened(browser, url, locale="zh-CN", width=360, height=740) as (page, _),
    ):
        page.get_by_role("button", name="只看部分文章").click()
        page.get_by_text("发表日期不早于").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (390, 660)])
@pytest.mark.parametrize("asked", [False, True], ids=["empty", "answered"])
def test_an_open_filter_is_in_view_and_the_page_does_not_scroll(served, width, height, asked):
    with opened(*served, width=width, height=height) as (page, _):
        if asked:
            ask(page, QUESTION)
        closed = page.locator("#filter .icon").evaluate("arrow => getComputedStyle(arrow).transform")
        assert closed == "matrix(0, -1, 1, 0, 0, 0)"  # a quarter turn against the clock: it points to the right
        page.locator("#filter > button").click()
        until = page.locator("#until input")
        assert until.get_attribute("placeholder") == "e.g. 2026-03-31"
        box = until.bounding_box()
        assert box["y"] + box["height"] <= height
        assert page.evaluate("document.documentElement.scrollHeight") <= height
