"""The pack as one page that opens without the internet: the same figures as data.json, in the words of its reader."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from core.phrases import phrase
from core.privacy import holdings

TECHNICAL = "technical"
STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#2b211a;background:#fff}
table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}section{overflow-x:auto}
th,td{border-bottom:1px solid #d9cfc4;padding:.35rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f5efe6}.n{text-align:right}a{color:#3b4a8c}
@media (prefers-color-scheme:dark){body{background:#1d1815;color:#efe6dc}th{background:#2c2520}a{color:#aebbf2}
th,td{border-color:#463b33}}
"""


def page(told: Mapping[str, Any], name: str, language: str, *, made: str, files: int, left: int) -> str:
    """The page of what data.json tells."""

    def say(key: str, **facts: Any) -> str:
        return escape(phrase(f"holdings.{key}", language, **facts))

    tables: Sequence[Mapping[str, Any]] = told["tables"]
    rows = sum(len(one["rows"]) for one in tables)
    out = [
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{say('pack_title', name=name)}</title><style>{STYLE}</style></head><body>",
        f"<h1>{say('pack_title', name=name)}</h1>",
        f"<p>{say('pack_made', at=made, company=told['company'])}</p>",
        f"<p><strong>{say('pack_numbers', rows=rows, tables=len(tables))}</strong></p><p>{say('pack_how')}</p>",
    ]
    if files:
        out.append(f"<p>{say('pack_files')}</p>")
    if left:
        out.append(f"<p>{say('pack_files_left', number=left)}</p>")
    heads = ("what", "why", "rows", "since", "until")
    out.append("<section><table><thead><tr>" + "".join(f"<th>{say(f'pack_{one}')}</th>" for one in heads))
    out.append("</tr></thead><tbody>")
    for one in tables:
        out.append(
            f'<tr><td><a href="#{one["name"]}">{escape(one["title"])}</a></td><td>{escape(one["why"])}</td>'
            f'<td class="n" data-rows="{one["name"]}">{len(one["rows"])}</td><td>{escape(one["since"] or "")}</td>'
            f"<td>{escape(one['kept'])}</td></tr>"
        )
    out.append("</tbody></table></section>")
    out += _looks(told["looks"], say)
    for one in tables:
        out += _table(one, language)
    out.append("</body></html>")
    return "\n".join(out)


def _looks(looks: Sequence[Mapping[str, Any]], say: Any) -> list[str]:
    out = [f'<h2 id="looks">{say("pack_looks")}</h2>']
    if not looks:
        return [*out, f"<p>{say('pack_looks_none')}</p>"]
    heads = ("at", "who", "which", "reason")
    out.append("<section><table><thead><tr>" + "".join(f"<th>{say(f'pack_{one}')}</th>" for one in heads))
    out.append("</tr></thead><tbody>")
    for one in looks:
        cells = (one["at"], one["who"] or "", one["field"], one["why"] or "")
        out.append("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>")
    return [*out, "</tbody></table></section>"]


def _table(one: Mapping[str, Any], language: str) -> list[str]:
    said = holdings.every()[one["name"]].columns
    columns = [name for name in one["rows"][0] if said[name].category != TECHNICAL] or ["id"]
    words = {"self": phrase("holdings.pack_self", language), "other": phrase("holdings.pack_other", language)}
    out = [
        f'<h2 id="{one["name"]}">{escape(one["title"])}</h2><p>{escape(one["why"])}. {escape(one["kept"])}.</p>',
        "<section><table><thead><tr>" + "".join(f"<th>{escape(name)}</th>" for name in columns),
        "</tr></thead><tbody>",
    ]
    for row in one["rows"]:
        cells = [words.get(str(row[name]), "" if row[name] is None else str(row[name])) for name in columns]
        out.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return [*out, "</tbody></table></section>"]
