"""A bench's document for people: what was asked and what was got, and every figure beside the peer's."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

TYPICAL, LARGE = 10_000, 100_000  # passages at which figures are asked for
_NEAR = 0.05  # how far from that a size may lie, as a share


def asked(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return each figure that is asked for with its bound: ``at_least`` or ``at_most``, ``got``, and whether it is met.

    Where nothing was measured that could tell, ``got`` and ``met`` are None. Figures of a library are those of the size
    nearest to 10,000 passages.
    """
    size = typical(document["sizes"])
    embedding, query, search = document["embedding"], document["query_embedding"], size["search"]
    server = size["server"]
    searches, first = server["searches"], server["first_answer"]
    rows = (
        (
            "passages embedded a second / the peer's",
            "at_least",
            3.5,
            _ratio(embedding, "ours", "peer", "passages_per_s"),
        ),
        ("one question embedded / the reference's", "at_most", 0.25, _ratio(query, "compiled", "reference", "p50_ms")),
        ("whole search, p50 / the peer's", "at_most", 0.5, _ratio(search, "ours", "peer", "p50_ms")),
        ("searches a second over HTTP / the peer's in process", "at_least", 1.5, _ratio(searches, *_PAIR, "per_s")),
        (
            "start of the server to its first answer / the peer's load",
            "at_most",
            0.7,
            _ratio(first, "ours", "peer_load", "seconds"),
        ),
        ("torch in the server's memory (0 no, 1 yes)", "at_most", 0, _as_number(server["torch_loaded"])),
        ("memory of the server, MB", "at_most", 600, server["memory_mb"]["served"]),
        (
            f"search p50 at {LARGE:,} passages / at {TYPICAL:,}",
            "at_most",
            3,
            _growth(document["sizes"]),
        ),
    )
    return [_judged(what, bound, wanted, got) for what, bound, wanted, got in rows]


def typical(sizes: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return what was measured nearest to 10,000 passages."""
    return min(sizes, key=lambda size: abs(size["passages"] - TYPICAL))


def asked_table(document: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Return rows of what is asked, its bound, what was got, and a word on it."""
    words = {True: "met", False: "missed", None: "not measured"}
    return [
        (
            row["what"],
            f"at least {row['at_least']}" if "at_least" in row else f"at most {row['at_most']}",
            "" if row["got"] is None else number(row["got"]),
            words[row["met"]],
        )
        for row in document["asked"]
    ]


def table(document: Mapping[str, Any], sizes: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str, str]]:
    """Return rows of a measure, our figure, the peer's, and ours over the peer's; those of a library for ``sizes``."""
    embedding, query = document["embedding"], document["query_embedding"]
    rows = [_row("passages embedded a second", embedding, *_PAIR, "passages_per_s")]
    rows.append(_row("one question embedded, ms", query, "compiled", "peer", "p50_ms"))
    rows.append(_row("the same, beside the reference, ms", query, "compiled", "reference", "p50_ms"))
    for size in sizes:
        rows += _rows_of(size)
    return rows


def growth_table(sizes: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """Return a row for each size, under ``GROWTH_HEAD``; the peer's figures stand in brackets."""
    rows: list[tuple[str, ...]] = []
    for size in sizes:
        search, server = size["search"], size["server"]
        memory = server["memory_mb"]
        rows.append(
            (
                f"{size['passages']:,}",
                _both(search["ours"]["p50_ms"], search["peer"] and search["peer"]["p50_ms"]),
                _both(search["ours"]["p95_ms"], search["peer"] and search["peer"]["p95_ms"]),
                number(size["answer"]["p50_ms"]),
                _both(
                    server["searches"]["ours"]["per_s"],
                    server["searches"]["peer"] and server["searches"]["peer"]["per_s"],
                ),
                number(server["first_answer"]["ours"]["seconds"]),
                _both(memory["served"], memory["peer_peak"]),
                number(size["disk_mb"]),
                number(size["added_per_s"]),
            )
        )
    return rows


GROWTH_HEAD = (
    "passages",
    "search p50, ms",
    "p95, ms",
    "answer p50, ms",
    "searches a second",
    "start, s",
    "memory, MB",
    "files, MB",
    "added a second",
)


def number(value: float) -> str:
    """Write a figure with as many places as tell something."""
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


_PAIR = ("ours", "peer")


def _rows_of(size: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    at = f"{size['passages']:,} passages: "
    search, answer, server = size["search"], size["answer"], size["server"]
    memory = server["memory_mb"]
    yield _row(f"{at}search p50, ms", search, *_PAIR, "p50_ms")
    yield _row(f"{at}search p95, ms", search, *_PAIR, "p95_ms")
    for language, held in search["ours"]["by_language"].items():
        yield _alone(f"{at}search p50 of questions in {language}, ms", held["p50_ms"])
    yield _alone(f"{at}whole answer p50, ms", answer["p50_ms"])
    yield _alone(f"{at}whole answer p95, ms", answer["p95_ms"])
    yield _alone(f"{at}answer beyond its search, ms", answer["beyond_search_ms"])
    yield _alone(f"{at}the same of new questions, ms", answer["p50_ms"] - search["ours"]["p50_ms"])
    yield _row(f"{at}searches a second, 32 clients (peer: 8 threads)", server["searches"], *_PAIR, "per_s")
    yield _row(f"{at}start to first answer (peer: load), s", server["first_answer"], "ours", "peer_load", "seconds")
    held = {"ours": {"mb": memory["served"]}, "peer": memory["peer_peak"] and {"mb": memory["peer_peak"]}}
    yield _row(f"{at}memory (peer: peak), MB", held, *_PAIR, "mb")
    yield _alone(f"{at}files, MB", size["disk_mb"])
    yield _alone(f"{at}passages added a second, vectors given", size["added_per_s"])


def _row(what: str, held: Mapping[str, Any], ours: str, theirs: str, name: str) -> tuple[str, str, str, str]:
    figures = [None if held[side] is None else held[side][name] for side in (ours, theirs)]
    shown = ["" if figure is None else number(figure) for figure in figures]
    ratio = _ratio(held, ours, theirs, name)
    return what, shown[0], shown[1], "" if ratio is None else number(ratio)


def _both(ours: float | None, theirs: float | None) -> str:
    shown = "" if ours is None else number(ours)
    return shown if theirs is None else f"{shown} ({number(theirs)})"


def _alone(what: str, figure: float | None) -> tuple[str, str, str, str]:
    return what, "" if figure is None else number(figure), "", ""


def _ratio(held: Mapping[str, Any], ours: str, theirs: str, name: str) -> float | None:
    """Return our figure over the other's; None where one of them was not measured."""
    if held[ours] is None or not held[theirs] or not held[theirs][name]:
        return None
    return round(float(held[ours][name]) / float(held[theirs][name]), 3)


def _growth(sizes: Sequence[Mapping[str, Any]]) -> float | None:
    """Return the median search in a large library over that in a typical one; None unless both were measured."""
    medians = [
        size["search"]["ours"]["p50_ms"]
        for wanted in (LARGE, TYPICAL)
        for size in sizes
        if abs(size["passages"] - wanted) <= _NEAR * wanted
    ]
    return round(medians[0] / medians[1], 3) if len(medians) == 2 else None


def _as_number(truth: bool | None) -> int | None:
    return None if truth is None else int(truth)


def _judged(what: str, bound: str, wanted: float, got: float | None) -> dict[str, Any]:
    met = None if got is None else got >= wanted if bound == "at_least" else got <= wanted
    return {"what": what, bound: wanted, "got": got, "met": met}
