"""The filter of the chat page: which articles a visitor's question may be answered from."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from corpus.article import Language
from corpus.errors import BadInput
from corpus.filters import Filter, filter_of
from service.question.days import Period, day_of, month_of, year_of

# The year first: of 01/02/2026 nobody can tell which is the month
_DATE = re.compile(r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?)?\s*[年月日号]?", re.ASCII)
_SHOWN = 40  # characters of what was typed that a message repeats
_WIDTH = 120  # pixels that a field needs: two stand beside each other on a phone


class BadDate(BadInput):
    """What was typed can't be read as a date; ``given`` is its beginning."""

    code = "bad_date"

    def __init__(self, given: str) -> None:
        self.given = given.strip()[:_SHOWN]
        super().__init__(f"'{self.given}' can't be read as a date")


class Chosen(NamedTuple):
    """What a visitor chose in the filter, as the page gives it: "" or None where nothing."""

    categories: Sequence[str] | None = None
    authors: Sequence[str] | None = None
    language: Language | None = None
    since: str | None = None
    until: str | None = None

    def where(self) -> Filter:
        """Return the filter, from the first day of ``since`` to the last of ``until``; raises BadInput."""
        since, until = (period_of(given) if given and given.strip() else Period() for given in (self.since, self.until))
        return filter_of(
            categories=self.categories or (),
            authors=self.authors or (),
            language=self.language or None,
            since=since.since,
            until=until.until,
        )


NOTHING = Chosen()
"""The filter as it is at first: every article."""


def period_of(given: str) -> Period:
    """Read the year, month or day that a visitor typed, such as 2026, 2026-03 or 2026年3月31日; raises BadDate."""
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", given).strip())
    if found is None or found[1] == "0000":
        raise BadDate(given)
    match [int(number) for number in found.groups() if number]:
        case [year, month, day]:
            period = day_of(year, month, day)
        case [year, month]:
            period = month_of(year, month)
        case _:
            period = year_of(int(found[1]))
    if period is None:
        raise BadDate(given)
    return period


def filter_fields(gr: Any, i18n: Any) -> list[Any]:
    """Build the filter, closed at first; gives its fields in the order of ``Chosen``.

    Dates are plain text: Gradio's own field for them tells the server nothing of what it can't read.
    """
    languages = [(i18n("any_language"), ""), (i18n("english"), "en"), (i18n("chinese"), "zh")]
    day: Any = {"placeholder": i18n("filter_day"), "max_lines": 1, "min_width": _WIDTH}
    with gr.Accordion(i18n("filter"), open=False, elem_id="filter"), gr.Row():
        return [
            gr.Dropdown([], label=i18n("filter_category"), multiselect=True, min_width=_WIDTH),
            gr.Dropdown([], label=i18n("filter_author"), multiselect=True, min_width=_WIDTH),
            gr.Dropdown(languages, value="", label=i18n("filter_language"), min_width=_WIDTH, filterable=False),
            gr.Textbox(label=i18n("filter_since"), elem_id="since", **day),
            gr.Textbox(label=i18n("filter_until"), elem_id="until", **day),
        ]
