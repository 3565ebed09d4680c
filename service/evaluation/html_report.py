"""An evaluation, or two beside each other, as one HTML file: no script, nothing loaded, every value escaped."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from service.evaluation.compare import Change, Comparison
from service.evaluation.report import PARTS, Figure, failures, figures, threshold_rows, unmeasured

_LANGUAGES = {"": "All", "en": "English", "zh": "Chinese"}
_PARTS = {
    "answers": "Answers",
    "retrieval": "Search",
    "evidence": "Quoted sentences",
    "abstention": "Knowing what is not there",
    "citations": "Citations",
    "claims": "Check of statements",
    "statements": "Check of the set's own answers",
    "latency_ms": "Time to the whole answer",
}
_NAMES = {
    "answers.pass_rate": "Questions that pass",
    "answers.contains": "Short answer in the text",
    "answers.sentences_mean": "Sentences of an answer",
    "retrieval.article_at_1": "Right article first",
    "retrieval.article_at_5": "Right article in the first 5",
    "retrieval.mrr_at_10": "Mean reciprocal rank",
    "retrieval.passage_at_1": "Right passage first",
    "retrieval.passage_at_5": "Right passage in the first 5",
    "evidence.precision": "Precision",
    "evidence.recall": "Recall",
    "evidence.f1": "F1",
    "abstention.false_answer_rate": "Answered, though not there",
    "abstention.false_refusal_rate": "Refused, though there",
    "abstention.errors_together": "Both errors together",
    "abstention.calibration_error": "Confidence off by, on average",
    "abstention.auc_near": "AUC, near article held",
    "abstention.auc_far": "AUC, near article withdrawn",
    "citations.exact": "Quotes that are exact",
    "claims.auc": "AUC",
    "claims.f1": "F1",
    "statements.sentences_supported": "Sentences supported",
    "statements.answers_supported": "Answers wholly supported",
    "statements.refused": "Made false and refused",
    "statements.number_refused": "With another number",
    "statements.date_refused": "With another date",
    "statements.name_refused": "With another name",
    "statements.negation_refused": "Denied, or no more denied",
    "statements.near_article_refused": "Against the nearest other article",
    "statements.any_article_refused": "Against any other article",
    "latency_ms.p50": "Median time, ms",
    "latency_ms.p95": "95th percentile, ms",
}
_TILES = (
    "answers.pass_rate",
    "retrieval.article_at_1",
    "abstention.false_answer_rate",
    "abstention.false_refusal_rate",
    "citations.exact",
    "claims.auc",
    "latency_ms.p50",
)

# The colours are the chat page's.
_CSS = """
:root { color-scheme: light dark; --page: #f6f8f7; --card: #fff; --text: #1b2423; --quiet: #5c6b69; --line: #dfe4e3;
  --track: #e8eeed; --more: #0b6e63; --less: #b07513; --mean: #6b7f7c; --good: #0b6e63; --bad: #a33327;
  --calm: #f8f5ec; --calm-line: #cdbd90; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0f1413; --card: #161b1a; --text: #e4ebe9; --quiet: #a3b3b0; --line: #2c3634; --track: #26302e;
    --more: #4fb5a7; --less: #d3a24a; --mean: #8aa09c; --good: #6fd3c5; --bad: #f0988d; --calm: #26241d;
    --calm-line: #75683f; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem 4rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "PingFang SC", sans-serif; }
main { max-width: 66rem; margin: 0 auto; }
h1 { font-size: 1.5rem; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 1.02rem; margin: 0 0 .5rem; }
p { margin: 0; }
.quiet, small, code { color: var(--quiet); }
.names { font-size: 1.05rem; margin: .2rem 0 0; overflow-wrap: anywhere; }
dl { display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; margin: .6rem 0 1.4rem; }
dl div { display: flex; gap: .45rem; min-width: 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
ul.notes { list-style: none; margin: 0 0 1.2rem; padding: .65rem 1rem; background: var(--calm);
  border: 1px solid var(--calm-line); border-radius: .6rem; overflow-wrap: anywhere; }
section, .tile { background: var(--card); border: 1px solid var(--line); border-radius: .8rem; }
section { padding: 1rem 1.2rem .8rem; margin-top: 1rem; overflow-x: auto; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .7rem; }
.tile { padding: .8rem 1rem .9rem; }
.tile p { font-size: .84rem; color: var(--quiet); line-height: 1.35; min-height: 2.3rem; }
.tile strong { display: block; font-size: 1.55rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.tile .bar { width: 100%; margin: .4rem 0 0; }
table { border-collapse: collapse; width: 100%; min-width: 44rem; table-layout: fixed; }
th { text-align: left; font-weight: 500; }
thead th { font-size: .8rem; color: var(--quiet); padding-bottom: .3rem; overflow-wrap: anywhere; }
td, tbody th { border-top: 1px solid var(--line); padding: .42rem .8rem .42rem 0; vertical-align: top; }
tr > :last-child { padding-right: 0; }
.name { width: 14rem; }
tr.more td { border-top: 0; padding-top: 0; }
code { display: block; font: .74rem ui-monospace, monospace; }
.figure div { display: flex; align-items: center; white-space: nowrap; font-variant-numeric: tabular-nums; }
.figure b { font-weight: 600; min-width: 3.1rem; }
.figure small { min-width: 3.4rem; margin-left: .3rem; }
.bar { display: block; flex: 0 1 10rem; min-width: 2rem; height: .55rem; margin-right: .7rem; border-radius: .28rem;
  overflow: hidden; }
.track { fill: var(--track); } .up { fill: var(--more); } .down { fill: var(--less); } .flat { fill: var(--mean); }
.lang { width: 4.5rem; } td.lang { color: var(--quiet); }
.change { width: 9rem; font-variant-numeric: tabular-nums; }
.change b { font-weight: 600; } .better b { color: var(--good); } .worse b { color: var(--bad); }
.key { font-size: .82rem; margin-top: 1rem; }
.key i { display: inline-block; width: .7rem; height: .55rem; border-radius: .2rem; margin: 0 .35rem 0 .9rem; }
.key i:first-child { margin-left: 0; }
.fails { min-width: 0; } .fails td { overflow-wrap: anywhere; }
.fails td:first-child { color: var(--quiet); font-size: .86rem; } .fails th:first-child { width: 9rem; }
@media (max-width: 44rem) {
  .name { width: 10rem; }
  .fails thead { display: none; } .fails td { display: block; border: 0; padding: 0; }
  .fails tr { display: block; border-top: 1px solid var(--line); padding: .5rem 0; }
  .fails td:last-child { color: var(--quiet); } }
@media print { body { background: none; padding: 0; } section, .tile { break-inside: avoid; } }
"""

_KEY = """<p class="key quiet"><i style="background:var(--more)"></i>more is better
<i style="background:var(--less)"></i>less is better <i style="background:var(--mean)"></i>neither;
rates are of 1, cut to three places</p>"""


def run_page(document: Mapping[str, Any], *, title: str) -> str:
    """Return the page of one evaluation; ``title`` says what was measured."""
    held = figures(document)
    facts = [(what, document[what]) for what in ("questions", "articles", "mode", "reranker", "fingerprint")]
    facts += threshold_rows(document)
    notes = [f"{_NAMES[f'abstention.{name}']}: {why}" for name, why in unmeasured(document)]
    if unknown := document["unknown_articles"]:
        notes.append("named in the set, not held: " + ", ".join(unknown))
    return _page(
        "Evaluation",
        f'<p class="names">{escape(title)}</p>',
        _facts(facts),
        _notes(notes),
        _tiles(held),
        *(_part(part, [one for one in held if one.part == part]) for part in PARTS),
        _KEY,
        _calibration(document),
        _failures("Questions that fail", failures(document)),
    )


def comparison_page(comparison: Comparison) -> str:
    """Return the page of two evaluations beside each other."""
    first, second = comparison.names
    changes = comparison.changes
    verdicts = [change.verdict for change in changes]
    totals = [(what, verdicts.count(what)) for what in ("better", "worse", "same")]
    sizes = [
        (what, " → ".join(dict.fromkeys(f"{one[what]}" for one in comparison.documents)))
        for what in ("questions", "articles", "mode")
    ]
    return _page(
        "Comparison",
        f'<p class="names">{escape(first)} <span class="quiet">against</span> {escape(second)}</p>',
        _facts([*sizes, *totals]),
        _notes(comparison.notes),
        *(_compared(part, [one for one in changes if one.figure.part == part], comparison.names) for part in PARTS),
        _KEY,
        _failures(f"Fail in {second} alone", comparison.broken),
        _failures(f"Fail in {first} alone", comparison.mended),
        _failures("Fail in both", comparison.still),
    )


def bar(value: float, scale: float, kind: str) -> str:
    """Draw a bar that fills ``value`` of ``scale``; ``kind`` is "up", "down" or "flat", by which way is better.

    The figure stands beside it in words, so a screen reader passes over the drawing.
    """
    share = min(1.0, max(0.0, value / scale)) if scale > 0 else 0.0
    return (
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="100" height="6"/><rect class="{kind}" width="{share * 100:.2f}" height="6"/></svg>'
    )


def _page(heading: str, *parts: str) -> str:
    body = "\n".join(part for part in parts if part)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{heading} · Insight assistant</title>
<style>{_CSS}</style>
</head>
<body>
<main>
<h1>{heading}</h1>
{body}
</main>
</body>
</html>
"""


def _facts(facts: Iterable[tuple[str, object]]) -> str:
    told = [
        f"<div><dt>{escape(what)}</dt><dd>{escape(str(value))}</dd></div>" for what, value in facts if value is not None
    ]
    return f"<dl>{''.join(told)}</dl>"


def _notes(notes: Sequence[str]) -> str:
    return f'<ul class="notes">{"".join(f"<li>{escape(note)}</li>" for note in notes)}</ul>' if notes else ""


def _tiles(held: Sequence[Figure]) -> str:
    whole = {figure.key: figure for figure in held if not figure.language}
    tiles = [
        f'<div class="tile"><p>{escape(_NAMES[key])}</p><strong>{whole[key].shown}</strong>'
        f"<small>of {whole[key].count}</small>{_bar(whole[key], 1.0) if whole[key].is_rate else ''}</div>"
        for key in _TILES
        if key in whole
    ]
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _part(part: str, held: Sequence[Figure]) -> str:
    """Return a part as a table with a column for each language."""
    if not held:
        return ""
    languages = list(dict.fromkeys(figure.language for figure in held))
    head = "".join(f"<th>{escape(_LANGUAGES.get(name, name))}</th>" for name in languages)
    rows = []
    for key in dict.fromkeys(figure.key for figure in held):
        there = {figure.language: figure for figure in held if figure.key == key}
        cells = "".join(_cell(there.get(name), _scale(there.values())) for name in languages)
        rows.append(f"<tr>{_name(key)}{cells}</tr>")
    return _section(_PARTS[part], f'<th class="name"></th>{head}', rows)


def _compared(part: str, changes: Sequence[Change], names: tuple[str, str]) -> str:
    """Return a part as a table with a column for each run and a row for each language."""
    if not changes:
        return ""
    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = []
    for key in dict.fromkeys(change.figure.key for change in changes):
        held = [change for change in changes if change.figure.key == key]
        scale = _scale(one for change in held for one in (change.first, change.second) if one)
        for place, change in enumerate(held):
            name = _name(key, rows=len(held)) if not place else ""
            language = escape(_LANGUAGES.get(change.figure.language, change.figure.language))
            cells = _cell(change.first, scale) + _cell(change.second, scale) + _verdict(change)
            rows.append(f'<tr{" class=more" if place else ""}>{name}<td class="lang">{language}</td>{cells}</tr>')
    ends = '<th class="name"></th><th class="lang"></th>', '<th class="change">Difference</th>'
    return _section(_PARTS[part], head.join(ends), rows)


def _section(heading: str, head: str, rows: Sequence[str], *, kind: str = "rates") -> str:
    table = f'<table class="{kind}"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    return f"<section><h2>{escape(heading)}</h2>{table}</section>"


def _name(key: str, *, rows: int = 1) -> str:
    span = f' rowspan="{rows}"' if rows > 1 else ""
    return f'<th scope="row"{span}>{escape(_NAMES.get(key, key))}<code>{escape(key)}</code></th>'


def _cell(figure: Figure | None, scale: float) -> str:
    if figure is None:
        return '<td class="quiet">not measured</td>'
    told = f"{_bar(figure, scale)}<b>{figure.shown}</b> <small>of {figure.count}</small>"
    return f'<td class="figure"><div>{told}</div></td>'


def _bar(figure: Figure, scale: float) -> str:
    return bar(figure.value, scale, {1: "up", -1: "down"}.get(figure.direction, "flat"))


def _verdict(change: Change) -> str:
    verdict = change.verdict or ""
    word = f" <b>{verdict}</b>" if verdict in {"better", "worse"} else ""
    return f'<td class="change {verdict}">{escape(change.shown)}{word}</td>'


def _scale(held: Iterable[Figure]) -> float:
    """Return what fills a bar: 1 for rates, for the rest the greatest in the row."""
    there = list(held)
    return 1.0 if all(figure.is_rate for figure in there) else max(figure.value for figure in there)


def _calibration(document: Mapping[str, Any]) -> str:
    """Return the confidences in bins, each with what it promises and how many of its questions were answerable."""
    bins = (document["abstention"] or {}).get("calibration")
    if not bins:
        return ""
    rows = []
    for one in bins:
        told = [
            f'<td class="figure"><div>{bar(one[name], 1.0, "flat")}<b>{one[name]:.3f}</b></div></td>'
            for name in ("expected", "observed")
        ]
        name = f'<th scope="row">{one["from"]:.1f} to {one["to"]:.1f}<small> of {one["count"]}</small></th>'
        rows.append(f"<tr>{name}{''.join(told)}</tr>")
    head = '<th class="name">Confidence</th><th>Says, on average</th><th>Share that the articles answer</th>'
    return _section("How far confidence can be taken at its word", head, rows)


def _failures(heading: str, failed: Sequence[Mapping[str, str]]) -> str:
    if not failed:
        return ""
    rows = ["".join(f"<td>{escape(one[key])}</td>" for key in ("id", "question", "why")) for one in failed]
    head = "<th>Id</th><th>Question</th><th>Why</th>"
    return _section(f"{heading} ({len(failed)})", head, [f"<tr>{row}</tr>" for row in rows], kind="fails")
