"""Documents as a bench writes them, and an interpreter that plays the peer."""

import sys
from pathlib import Path
from typing import Any

PEER_SEARCH_MS, PEER_PER_S, PEER_EMBEDS_PER_S, PEER_LOAD_S, PEER_MB = 10.0, 40.0, 20.0, 4.0, 900.0

_PEER = f"""#!{sys.executable}
import json, sys
from pathlib import Path
if sys.argv[1] == "-c":
    print(json.dumps({{name: "0.1" for name in sys.argv[3:]}}))
    sys.exit()
print("a library says something", file=sys.stderr)
def tell(document):
    print(json.dumps(document), flush=True)
tell({{"loaded_s": {PEER_LOAD_S}}})
held = 0
for line in sys.stdin:
    asked = json.loads(line)
    match asked["do"]:
        case "load":
            files = list(Path(asked["folder"]).glob("*.jsonl"))
            held += sum(len(file.read_text("utf-8").splitlines()) for file in files)
            assert all(file.with_suffix(".npy").is_file() for file in files)
            tell({{"passages": held, "seconds": 0.1}})
        case "embed":
            tell({{"seconds": len(asked["texts"]) / {PEER_EMBEDS_PER_S}}})
        case "search_together":
            tell({{"seconds": len(asked["queries"]) / {PEER_PER_S}}})
        case "memory":
            tell({{"peak_mb": {PEER_MB}}})
        case "search" | "embed_queries":
            tell({{"ms": [{PEER_SEARCH_MS}] * len(asked["queries"])}})
"""


def fake_peer(folder: Path, script: str = _PEER) -> Path:
    """Write an interpreter that answers as the peer's process does, in times that are known beforehand."""
    path = folder / "peer-python"
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)
    return path


def latency(p50: float) -> dict[str, Any]:
    return {"p50_ms": p50, "p95_ms": 2 * p50, "count": 10}


def size(passages: int, *, p50: float = 5.0, peer: bool = True) -> dict[str, Any]:
    """Return what was measured at one size."""
    return {
        "passages": passages,
        "articles": passages // 6,
        "added_per_s": 300.0,
        "disk_mb": 80.0,
        "search": {
            "ours": latency(p50) | {"by_language": {"en": latency(p50), "zh": latency(p50)}},
            "peer": latency(20.0) if peer else None,
        },
        "answer": latency(8.0)
        | {"answered": 7, "beyond_search_ms": 2.0, "steps_ms": {"understand": 0.5, "total": 8.0}},
        "profile": [{"where": "corpus.encoder.CompiledEncoder.encode_query", "share": 0.4}],
        "server": {
            "first_answer": {
                "ours": {"seconds": 2.0, "rounds": [2.0]},
                "peer_load": {"seconds": 8.0, "rounds": [8.0]} if peer else None,
            },
            "searches": {
                "ours": {"per_s": 120.0, "rounds": [120.0], "clients": 32, "requests": 640},
                "peer": {"per_s": 60.0, "rounds": [60.0], "threads": 8} if peer else None,
            },
            "memory_mb": {"started": 300.0, "served": 350.0, "peak": 360.0, "peer_peak": 900.0 if peer else None},
            "torch_loaded": False,
        },
    }


def document(*sizes: dict[str, Any], peer: bool = True) -> dict[str, Any]:
    """Return a whole document of these sizes, with what ``asked`` makes of it."""
    from service.bench.report import asked

    found = {
        "measured": "2026-01-02",
        "machine": {
            "cores": 2,
            "processor": "A processor",
            "memory_mb": 8000,
            "load": 0.1,
            "system": "Linux x86_64",
            "python": "3.11.7",
            "versions": {"chromadb": "1.5.9"},
        },
        "plan": {"sizes": [each["passages"] for each in sizes], "rounds": 3},
        "peer": {"llama-index-vector-stores-chroma": "0.6.0"} if peer else None,
        "notes": [] if peer else ["measured without the peer"],
        "model": "all-MiniLM-L6-v2",
        "fingerprint": "f",
        "embedding": {
            "count": 288,
            "tokens_mean": 180.0,
            "ours": {"passages_per_s": 70.0, "rounds": [70.0]},
            "peer": {"passages_per_s": 20.0, "rounds": [20.0]} if peer else None,
        },
        "query_embedding": {
            "compiled": latency(2.0),
            "reference": latency(10.0),
            "peer": latency(12.0) if peer else None,
        },
        "sizes": list(sizes),
    }
    return found | {"asked": asked(found)}
