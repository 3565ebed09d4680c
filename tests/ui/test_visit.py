"""An open page: steps that run side by side end in one conversation."""

from copy import deepcopy

import pytest

from ui.conversation import Conversation, Message
from ui.render import streaming_html
from ui.visit import Visit

OLD = Conversation((Message("user", "q", "q"), Message("assistant", "a", "a")))
GROWING = OLD.add(Message("user", "q2", "q2")).add(Message("assistant", streaming_html("It"), "It", None))


@pytest.fixture
def visit():
    visit = Visit()
    visit.bring_back(OLD.kept())
    return visit


def test_what_the_browser_kept_is_brought_back_once(visit):
    assert visit.conversation == OLD
    visit.clear()
    assert not visit.bring_back(OLD.kept())
    assert visit.conversation == Conversation()


def test_an_answer_that_is_awaited_goes_into_the_conversation(visit):
    number = visit.begin()
    assert visit.awaits(number)
    assert visit.take(number, GROWING)
    assert visit.finish(number)
    assert visit.whole
    assert (visit.conversation, visit.awaits(number)) == (GROWING, False)


BREAKS = [
    pytest.param(Visit.stop, OLD, id="stopped"),
    pytest.param(Visit.clear, Conversation(), id="cleared"),
    pytest.param(Visit.begin, OLD, id="another begun"),
]


@pytest.mark.parametrize(("break_off", "left"), BREAKS)
def test_an_answer_that_comes_after_the_break_changes_nothing(visit, break_off, left):
    number = visit.begin()
    break_off(visit)
    assert not visit.awaits(number)
    assert not visit.take(number, GROWING)
    assert not visit.finish(number)
    assert visit.conversation == left


@pytest.mark.parametrize(("break_off", "left"), [(Visit.stop, GROWING.stopped()), (Visit.clear, Conversation())])
def test_an_answer_that_was_broken_off_is_not_whole_however_often(visit, break_off, left):
    visit.take(visit.begin(), GROWING)
    for _ in range(2):
        break_off(visit)
        assert (visit.whole, visit.conversation) == (False, left)
    visit.finish(visit.begin())
    assert visit.whole


def test_each_visitor_has_a_visit_of_their_own(visit):
    theirs = deepcopy(visit)
    assert theirs.conversation == Conversation()
    assert theirs.bring_back(None)
