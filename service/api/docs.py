"""The reference page at ``/docs``: the OpenAPI document as plain HTML, with nothing loaded from elsewhere."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRouter

from service.api.admin import TOKEN_HEADER

_STYLE = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 56rem; margin: 2.5rem auto; padding: 0 1.25rem; }
h1 { margin-bottom: .25rem; } h2 { margin: 2.5rem 0 .75rem; }
article { border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1.1rem; margin: .8rem 0; }
article h3 { margin: 0; font: 600 1rem ui-monospace, monospace; overflow-wrap: anywhere; }
.method { display: inline-block; min-width: 3.6rem; color: #0b6e63; } .muted { opacity: .75; }
@media (prefers-color-scheme: dark) { .method { color: #5fd0c2; } }
pre { overflow-x: auto; padding: .7rem .9rem; border-radius: .4rem; }
pre { background: color-mix(in srgb, currentColor 7%, transparent); }
code, pre { font: .86rem/1.5 ui-monospace, monospace; } summary { cursor: pointer; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
td, th { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-top: 1px solid var(--line); }
"""


def docs_routes(app: FastAPI) -> APIRouter:
    """Build the route that shows ``app``'s reference."""
    router = APIRouter(include_in_schema=False)

    @router.get("/docs", response_class=HTMLResponse)
    def docs() -> str:
        return reference_page(app.openapi(), str(app.openapi_url))

    return router


def reference_page(schema: dict[str, Any], address: str) -> str:
    """Render an OpenAPI document as one HTML page; ``address`` is where the document itself is served."""
    info = schema["info"]
    groups: dict[str, list[str]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            group = operation.get("tags", ["other"])[0]
            groups.setdefault(group, []).append(_operation(path, method, operation, schema))
    body = "".join(f"<h2>{_esc(name.capitalize())}</h2>{''.join(entries)}" for name, entries in groups.items())
    title = _esc(info["title"])
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title} API</title>"
        f"<meta name='viewport' content='width=device-width, initial-scale=1'><style>{_STYLE}</style></head><body>"
        f"<h1>{title} API</h1><p class='muted'>Version {_esc(info['version'])} · "
        f"<a href='{_esc(address)}'>OpenAPI document</a> · <a href='/'>chat page</a></p>"
        f"<p>{_esc(info['description'])}</p><p>Failures have one shape: "
        "<code>{&quot;error&quot;: {&quot;code&quot;, &quot;message&quot;}}</code> with a fitting status. "
        f"The routes under Admin ask for the owner's token in the header <code>{TOKEN_HEADER}</code>.</p>"
        f"{body}</body></html>"
    )


def _operation(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> str:
    parts = [f"<h3><span class='method'>{method.upper()}</span> {_esc(path)}</h3>"]
    parts += [f"<p>{_prose(text)}</p>" for text in operation.get("description", "").split("\n\n")]
    parts.append(_table(_parameters(operation), "Parameter"))
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if content:
        parts.append(_table(_fields(content["schema"], schema), "Field of the body"))
        parts.append(f"<pre>{_esc(_curl(path, content['schema'], schema))}</pre>")
    reply = operation["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema")
    if reply:
        parts.append(f"<details><summary>Reply</summary>{_table(_fields(reply, schema), 'Field')}</details>")
    return f"<article>{''.join(parts)}</article>"


def _parameters(operation: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for parameter in operation.get("parameters", []):
        name = f"{parameter['name']} ({parameter['in']})"
        yield name, _kind(parameter["schema"]), _note(parameter["schema"], parameter.get("required", False))


def _fields(reference: dict[str, Any], schema: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    described = _resolve(reference, schema)
    required = described.get("required", [])
    for name, field in described.get("properties", {}).items():
        yield name, _kind(field), _note(field, name in required)


def _resolve(reference: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema
    if "$ref" not in reference:
        return reference
    for step in reference["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def _kind(field: dict[str, Any]) -> str:
    """Name a field's type in a few characters: ``list of Citation``, ``"auto" or "quotes"``, ``string or null``."""
    if "$ref" in field:
        return str(field["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in field:
        return " or ".join(_kind(option) for option in field["anyOf"])
    if "enum" in field:
        return " or ".join(json.dumps(value) for value in field["enum"])
    if field.get("type") == "array":
        return f"list of {_kind(field.get('items', {}))}"
    return str(field.get("type", "any"))


def _note(field: dict[str, Any], required: bool) -> str:
    default = "required" if required else f"default {json.dumps(field['default'])}" if "default" in field else ""
    bounds = [f"{word} {field[key]}" for key, word in _BOUNDS.items() if key in field]
    return "; ".join(part for part in (default, *bounds, field.get("description", "")) if part)


_BOUNDS = {"minimum": "at least", "maximum": "at most", "maxItems": "items at most"}


def _curl(path: str, reference: dict[str, Any], schema: dict[str, Any]) -> str:
    fields = _resolve(reference, schema)
    example = dict.fromkeys(fields.get("required", []), "…")
    return f"curl http://127.0.0.1:8000{path} --json '{json.dumps(example, ensure_ascii=False)}'"


def _table(rows: Iterator[tuple[str, str, str]], heading: str) -> str:
    cells = "".join(
        f"<tr><td><code>{_esc(name)}</code></td><td>{_esc(kind)}</td><td>{_prose(note)}</td></tr>"
        for name, kind, note in rows
    )
    return f"<table><tr><th>{heading}</th><th>Type</th><th></th></tr>{cells}</table>" if cells else ""


def _prose(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", _esc(text))


def _esc(text: str) -> str:
    return html.escape(text, quote=True)
