"""How quickly text becomes vectors: passages by the batch, and single questions."""

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from corpus.catalogue import Edition
from corpus.encoder import CompiledEncoder, Encoder, ReferenceEncoder, model_folder
from corpus.errors import Unavailable
from ingest.split import split
from service.bench.figures import each_ms, latencies, rates
from service.bench.filled import Overheard
from service.bench.peer import PeerProcess
from service.bench.texts import Texts

_FROM = 10_000_000  # number of the first article whose texts are embedded here and stand in no library of the bench
_PAUSE_S = 0.3
_WARM = 4  # articles


def measure_embedding(
    encoder: Encoder, model: str, texts: Texts, peer: PeerProcess | None, *, rounds: int, count: int
) -> dict[str, Any]:
    """Embed at least ``count`` other passages each round, ours with their sentences, the peer without; by turns."""
    from corpus.embedder import Embedder

    overheard = Overheard(encoder)  # the peer gets the very same texts
    embedder = Embedder(overheard)
    number = _FROM
    everything: list[str] = []
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(rounds + 1):  # the first one warms up
        editions, number = _editions(texts, number, count if turn else _WARM)
        overheard.heard.clear()
        time.sleep(_PAUSE_S)
        begun = time.perf_counter()
        embedder.embed_editions(editions)
        took = time.perf_counter() - begun
        read = list(overheard.heard)
        reply = peer.ask("embed", texts=read) if peer else None
        if turn:
            everything += read
            ours.append(len(read) / took)
            if reply:
                theirs.append(len(read) / reply["seconds"])
    return {
        "count": len(everything),
        "tokens_mean": _tokens_mean(model, everything),
        "ours": rates("passages_per_s", ours),
        "peer": rates("passages_per_s", theirs) if theirs else None,
    }


def measure_queries(
    encoder: Encoder, model: str, questions: Sequence[str], peer: PeerProcess | None, *, rounds: int
) -> dict[str, Any]:
    """Embed single questions with the compiled model, with its reference in the same process, and with the peer."""
    try:
        reference = ReferenceEncoder(model)
    except (Unavailable, ImportError):  # sentence-transformers is only needed to compile
        reference = None
    compiled = encoder if isinstance(encoder, CompiledEncoder) else None
    sides = {"compiled": compiled, "reference": reference}
    found: dict[str, list[float]] = {"compiled": [], "reference": [], "peer": []}
    for turn in range(rounds):
        part = questions[turn::rounds]
        for name, side in sides.items():
            if side is not None:
                time.sleep(_PAUSE_S)
                side.encode_query(part[0])
                found[name] += each_ms(side.encode_query, part)
        if peer:
            found["peer"] += peer.ask("embed_queries", queries=part)["ms"]
    return {name: latencies(held) if held else None for name, held in found.items()}


def _tokens_mean(model: str, texts: Sequence[str]) -> float | None:
    """Return the mean number of tokens of ``texts``, uncut; None where the model's folder holds no tokenizer."""
    file = Path(model_folder(model)) / "tokenizer.json"
    if not file.is_file():
        return None
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return round(mean(len(item.ids) for item in tokenizer.encode_batch(list(texts))), 1)


def _editions(texts: Texts, number: int, count: int) -> tuple[list[Edition], int]:
    """Return articles of at least ``count`` passages from ``number`` on, and the number after them."""
    editions: list[Edition] = []
    held = 0
    while held < count:
        article = texts.article(number).article
        editions.append((article, split(article)))
        held += len(editions[-1][1])
        number += 1
    return editions, number
