"""The chat page in a real browser: an answer, its proof, and nothing that comes from or goes to elsewhere."""

import time
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests.service.api_fakes import FakeServices
from tests.ui.browser import ask, launched, missing, opened, running, send, wait_until
from ui.chat import KEPT_AS
from ui.server import build_app

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "a browser is there")

SETTLED_MS = 700  # what the page takes to draw an answer and more
QUESTION = "Which contract research leaders operate in Jiangbei?"


@pytest.fixture(scope="module")
def assistant_address():
    services = FakeServices()
    with running(build_app(services)) as url:
        yield services, url


@pytest.fixture(scope="module")
def browser():
    with launched() as browser:
        yield browser


@pytest.fixture
def visit(browser, assistant_address):
    """A page of its own, and all that it asked for."""
    with opened(browser, assistant_address[1]) as (page, requests):
        yield page, requests


def test_an_answer_is_proved_by_the_marked_quote(assistant_address, visit):
    services, _ = assistant_address
    page, requests = visit
    answer = ask(page, QUESTION)
    citation = services.assistant.ask(QUESTION).citations[0]
    source = answer.locator("details").first
    assert source.get_attribute("open") is None
    answer.locator("a.ia-mark").first.click()
    mark = source.locator("mark")
    mark.wait_for(state="visible")
    assert mark.inner_text() == citation.quote
    assert "more than 1,000 enterprises" in source.locator("blockquote").inner_text()
    assert source.locator("a").get_attribute("href") == citation.link
    assert "noopener" in source.locator("a").get_attribute("rel")
    assert len(requests) > 20
    assert {urlsplit(url).hostname for url in requests if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}


def test_the_keyboard_is_enough(visit):
    page, _ = visit
    answer = ask(page, QUESTION)
    answer.locator("a.ia-mark").first.focus()
    page.keyboard.press("Enter")
    summary = answer.locator("summary").first
    answer.locator("mark").first.wait_for(state="visible")
    assert summary.evaluate("element => element === document.activeElement")
    page.keyboard.press("Enter")
    answer.locator("mark").first.wait_for(state="hidden")


def test_hostile_text_is_shown_and_does_nothing(visit):
    page, requests = visit
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    answer = ask(page, "The hostile article with a <b>hostile</b> picture beside <img src=x onerror=alert(2)>")
    answer.locator("summary").first.click()
    text = answer.inner_text()
    for shown in ("<script>window.pwned = 1</script>", "[click](javascript:window.pwned=1)", "$$\\frac{1}{2}$$"):
        assert shown in text
    conversation = page.locator("#conversation")
    assert conversation.locator("script, img, .ia-answer b, .ia-answer code, .katex").count() == 0
    assert "<b>hostile</b>" in conversation.locator(".ia-question").first.inner_text()
    assert page.evaluate("window.pwned") is None
    assert dialogs == []
    assert not [url for url in requests if "evil" in url]


def test_not_found_is_told_apart_and_names_the_nearest(visit):
    page, _ = visit
    answer = ask(page, "What is the price of tea?")
    assert "Not in the articles" in answer.inner_text()
    links = answer.locator("ul a").all()
    assert [link.inner_text() for link in links] == ["Nanjing Jiangbei Valley", "江北与剑桥"]
    assert answer.locator("details").count() == 0


def test_a_suggestion_asks_and_a_new_conversation_forgets(assistant_address, visit):
    services, _ = assistant_address
    page, _ = visit
    page.get_by_role("button", name="Jiangbei?").click()
    page.locator(".ia-answer.ia-done").wait_for()
    ask(page, QUESTION)
    assert len(services.assistant.heard[-1][1]) == 2
    page.locator("#new-conversation").click()
    page.locator(".ia-welcome").wait_for()
    ask(page, QUESTION)
    assert services.assistant.heard[-1][1] == ()


def test_an_answer_on_its_way_can_be_stopped_even_in_a_silence(assistant_address, visit, monkeypatch):
    services, _ = assistant_address
    page, _ = visit
    monkeypatch.setattr(services.assistant, "stalls", True)
    send(page, QUESTION)
    page.locator(".ia-streaming", has_text="Contract").wait_for()
    page.locator("#question .stop-button").click()
    stopped = page.locator(".ia-stopped")
    stopped.wait_for()
    assert stopped.locator(".ia-cursor").is_hidden()
    assert stopped.inner_text().endswith("Stopped")
    monkeypatch.setattr(services.assistant, "stalls", False)
    send(page, "What is the price of tea?")
    page.locator(".ia-not-found").wait_for()
    question, answer = services.assistant.heard[-1][1]  # what is on the page may be asked about
    assert question.content == QUESTION
    assert answer.content.startswith("Contract")


@pytest.mark.parametrize("trait", [{"pause_s": 0.02}, {"stalls": True}], ids=["words", "silence"])
def test_a_new_conversation_breaks_off_an_answer_and_stays_empty(assistant_address, visit, monkeypatch, trait):
    services, _ = assistant_address
    page, _ = visit
    ask(page, QUESTION)
    with monkeypatch.context() as patched:
        for name, value in trait.items():
            patched.setattr(services.assistant, name, value)
        send(page, QUESTION)
        page.locator(".ia-streaming", has_text="Contract").wait_for()
        page.locator("#new-conversation").click()
        page.locator(".ia-welcome").wait_for()
        page.locator("#question .submit-button").wait_for()
    page.wait_for_timeout(SETTLED_MS)
    assert page.locator(".ia-answer, .ia-question").count() == 0
    ask(page, QUESTION)
    assert services.assistant.heard[-1][1] == ()


def test_a_page_that_is_closed_leaves_a_silent_answer(browser):
    services = FakeServices()
    services.assistant.stalls = True
    with running(build_app(services)) as url:
        with opened(browser, url) as (page, _):
            send(page, QUESTION)
            page.locator(".ia-streaming", has_text="in Jiangbei.").wait_for()
            assert not services.assistant.left.is_set()
        assert services.assistant.left.wait(10)


def test_a_question_that_is_quicker_than_the_page_is_not_lost(browser):
    services = FakeServices()
    names = services.library.categories

    def slow_names():
        time.sleep(1)
        return names()

    services.library.categories = slow_names
    with running(build_app(services)) as url, opened(browser, url) as (page, _):
        ask(page, QUESTION)
        page.locator("#question .submit-button").wait_for()
        page.locator(".ia-state:visible", has_text="3 articles").wait_for()
        page.wait_for_timeout(1000 + SETTLED_MS)
        assert page.locator(".ia-answer.ia-done").count() == 1
        ask(page, "And when?")
    assert services.assistant.heard[-1][1][0].content == QUESTION


def test_a_question_typed_while_an_answer_comes_is_not_lost(assistant_address, visit, monkeypatch):
    services, _ = assistant_address
    page, _ = visit
    monkeypatch.setattr(services.assistant, "pause_s", 0.15)
    box = page.locator("#question textarea")
    send(page, QUESTION)
    page.locator(".ia-streaming", has_text="Contract").wait_for()
    box.fill("What is the price of tea?")
    box.press("Enter")
    page.locator(".ia-answered").wait_for()
    page.locator("#question .submit-button").wait_for()
    assert box.input_value() == "What is the price of tea?"
    box.press("Enter")
    page.locator(".ia-not-found").wait_for()


def test_open_sources_stay_open_while_the_next_answer_comes(visit):
    page, _ = visit
    first = ask(page, QUESTION)
    first.locator("summary").first.click()
    ask(page, "What is the price of tea?")
    assert page.locator(".ia-answer.ia-done").first.locator("details").first.get_attribute("open") is not None


def test_the_page_speaks_the_browsers_language(browser, assistant_address):
    with opened(browser, assistant_address[1], locale="zh-CN") as (page, _):
        assert page.locator("#question textarea").get_attribute("placeholder") == "请就我们的文章提问……"
        assert page.locator("h1:visible").inner_text() == "洞察助手"
        assert "引文模式" in ask(page, "江北有哪些合同研究组织？").inner_text()


def test_a_message_is_not_named_by_its_source_text(visit):
    page, _ = visit
    ask(page, QUESTION)
    page.wait_for_function("!document.querySelector('#conversation [aria-label*=\"<\"]')")


LONG = (
    "What does the hostile article say with the Valley, the Jiangbei enterprises and the picture that sits beside it?"
)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_view_stays_at_the_beginning_of_the_newest_answer(browser, assistant_address, width):
    with opened(browser, assistant_address[1], width=width, height=560) as (page, _):
        ask(page, QUESTION)
        newest = ask(page, LONG)
        page.wait_for_timeout(SETTLED_MS)
        box = page.locator("#conversation .bubble-wrap").bounding_box()
        top = newest.bounding_box()["y"]
        question = page.locator(".user-row").last.bounding_box()
        assert box["y"] < top < box["y"] + box["height"] / 2
        assert question["y"] >= box["y"] - 1 or question["height"] > box["height"] / 3


def test_a_visitor_who_scrolls_while_an_answer_comes_is_left_alone(assistant_address, visit, monkeypatch):
    services, _ = assistant_address
    page, _ = visit
    page.set_viewport_size({"width": 360, "height": 560})
    for _ in range(2):
        ask(page, QUESTION)
    monkeypatch.setattr(services.assistant, "pause_s", 0.15)
    send(page, QUESTION)
    page.locator(".ia-streaming", has_text="Contract").wait_for()
    box = page.locator("#conversation .bubble-wrap")
    box.hover()
    page.mouse.wheel(0, -5000)
    page.locator(".ia-answer.ia-done").nth(2).wait_for()
    page.wait_for_timeout(SETTLED_MS)
    assert box.evaluate("element => element.scrollTop") == 0


KEPT = f"localStorage.getItem('{KEPT_AS}')"


def test_a_conversation_outlives_its_page_until_a_new_one(assistant_address, visit):
    services, _ = assistant_address
    page, _ = visit
    said = ask(page, QUESTION).inner_text()
    wait_until(page, lambda: bool(page.evaluate(KEPT)))
    page.reload()
    page.locator(".ia-answer.ia-done").wait_for()
    assert page.locator(".ia-answer.ia-done").inner_text() == said
    assert page.locator("#suggestions").is_hidden()
    ask(page, "And when?")
    assert services.assistant.heard[-1][1][0].content == QUESTION
    page.locator("#question .submit-button").wait_for()
    kept = page.evaluate(KEPT)
    page.locator("#new-conversation").click()
    page.locator(".ia-welcome").wait_for()
    wait_until(page, lambda: page.evaluate(KEPT) != kept)
    page.reload()
    page.locator(".ia-welcome").wait_for()
    assert page.locator(".ia-answer").count() == 0


def test_a_conversation_goes_on_after_a_restart_of_the_server(browser):
    services = FakeServices()
    with ExitStack() as stack:
        with running(build_app(FakeServices())) as url:
            page, _ = stack.enter_context(opened(browser, url))
            ask(page, QUESTION)
            wait_until(page, lambda: bool(page.evaluate(KEPT)))
        with running(build_app(services), urlsplit(url).port):
            ask(page, "And when?")
            assert page.locator(".ia-answer.ia-done").count() == 2
    assert services.assistant.heard[-1][1][0].content == QUESTION


def test_the_head_counts_the_articles_of_the_newest_answer(browser):
    services = FakeServices()
    with running(build_app(services)) as url, opened(browser, url) as (page, _):
        page.locator(".ia-state:visible", has_text="3 articles").wait_for()
        services.library.withdraw("a3")
        ask(page, QUESTION)
        page.locator(".ia-state:visible", has_text="2 articles").wait_for()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_on_paper_stands_the_whole_conversation_alone(browser, assistant_address, dark):
    with opened(browser, assistant_address[1], width=700, height=400, dark=dark) as (page, _):
        for _ in range(3):
            ask(page, QUESTION)
        page.emulate_media(media="print", color_scheme="dark" if dark else "light")
        for away in ("#question", "#filter", "#new-conversation"):
            assert page.locator(away).is_hidden()
        box = page.locator("#conversation").bounding_box()
        last = page.locator(".ia-answer").last.bounding_box()
        assert box["y"] + box["height"] >= last["y"] + last["height"]
        assert page.locator(".ia-text").last.evaluate("e => getComputedStyle(e).color") == "rgb(28, 25, 23)"
        assert "rgba(0, 0, 0, 0)" in page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")


def test_what_is_filled_in_has_a_name(visit):
    page, _ = visit
    page.locator("#filter > button").click()
    page.get_by_role("textbox", name="Your question", exact=True).wait_for()
    for name in ("Published since", "Published until"):
        page.get_by_role("textbox", name=name, exact=True).wait_for()


def test_the_tab_has_an_icon_of_our_own(visit):
    page, _ = visit
    (address,) = page.locator("link[rel~=icon]").evaluate_all("all => all.map(each => each.href)")
    assert address.startswith("data:image/svg+xml,")
    size = page.evaluate(
        """async address => {
        const image = new Image();
        image.src = address;
        await image.decode();
        return image.naturalWidth;
    }""",
        address,
    )
    assert size > 0


def test_a_narrow_page_does_not_scroll_sideways(browser, assistant_address):
    with opened(browser, assistant_address[1], width=360, height=740) as (page, _):
        ask(page, QUESTION).locator("summary").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.fixture
def phone(browser, assistant_address):
    with opened(browser, assistant_address[1], width=390, height=844) as (page, _):
        yield page


def test_on_a_phone_a_new_conversation_is_in_view_and_the_page_does_not_scroll(phone):
    for _ in range(3):
        ask(phone, QUESTION)
    button = phone.locator("#new-conversation").bounding_box()
    assert button["y"] + button["height"] <= 844
    assert phone.evaluate("document.documentElement.scrollHeight") <= 844


def test_on_a_phone_what_is_touched_is_large_enough(phone):
    answer = ask(phone, QUESTION)
    answer.locator("summary").first.click()
    for touched in ("a.ia-mark", "a.ia-link", ".ia-copy"):
        box = answer.locator(touched).first.bounding_box()
        assert min(box["width"], box["height"]) >= 24


def test_a_mark_stays_on_the_line_of_the_word_before_it(phone):
    mark = ask(phone, QUESTION).locator("a.ia-mark").first
    for width in range(300, 500, 8):
        phone.set_viewport_size({"width": width, "height": 844})
        below = mark.evaluate("""mark => {
            const word = document.createRange(), text = mark.previousSibling;
            word.setStart(text, text.length - 2);
            word.setEnd(text, text.length - 1);
            return mark.getBoundingClientRect().top - word.getBoundingClientRect().bottom;
        }""")
        assert below < 0


@pytest.mark.parametrize("opening", ["a.ia-mark", "summary"])
def test_on_a_phone_a_source_opens_in_view(phone, opening):
    for _ in range(2):
        ask(phone, "What is the price of tea?")
    answer = ask(phone, QUESTION)
    phone.wait_for_timeout(SETTLED_MS)
    answer.locator(opening).first.click()
    phone.wait_for_timeout(SETTLED_MS)
    box = phone.locator("#conversation .bubble-wrap").bounding_box()
    source = answer.locator("details").first.bounding_box()
    assert source["height"] > 100
    assert box["y"] <= source["y"]
    assert source["y"] + source["height"] <= box["y"] + box["height"]


def test_the_arrow_down_stands_below_the_text(phone):
    for _ in range(3):
        ask(phone, QUESTION)
    box = phone.locator("#conversation .bubble-wrap")
    box.hover()
    phone.mouse.wheel(0, -5000)
    arrow = phone.locator(".scroll-down-button-container button")
    arrow.wait_for()
    text = box.bounding_box()
    assert arrow.bounding_box()["y"] >= text["y"] + text["height"]


def test_a_quote_is_copied_with_its_source(assistant_address, visit):
    services, _ = assistant_address
    page, _ = visit
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    asked = "When was the Biopharmaceutical Valley set up, and which contract research leaders operate in Jiangbei?"
    answer = ask(page, asked)
    quotes = [f"“{c.quote}”" for c in services.assistant.ask(asked).citations]
    source = ["Nanjing Jiangbei Valley · Editorial team · 2025-11-20", "https://insights.example/valley"]
    copy = answer.locator(".ia-copy").first
    answer.locator("summary").first.click()
    copy.click()
    copy.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").splitlines() == [*quotes, *source]
    answer.locator("a.ia-mark").nth(1).click()
    copy.click()
    assert page.evaluate("navigator.clipboard.readText()").splitlines() == [quotes[1], *source]
    copy.get_by_text("Copy the quote").wait_for()


def test_a_page_shows_no_answer_from_an_article_that_was_withdrawn(browser):
    services = FakeServices()
    with running(build_app(services)) as url, opened(browser, url) as (page, _):
        ask(page, QUESTION)
        wait_until(page, lambda: bool(page.evaluate(KEPT)))
        for article in services.library.articles():
            services.library.withdraw(article.id)
        page.reload()
        page.locator(".ia-hint", has_text="has been withdrawn").wait_for()
        assert page.locator(".ia-answered").count() == 0
