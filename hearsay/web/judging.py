"""Correction in place: the form for one record, and what it sends. A judgement is added; nothing is overwritten."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hearsay.errors import ArgumentError
from hearsay.ledger import Ledger
from hearsay.ledger.judgements import FIELDS
from hearsay.web.desk import NAME_COOKIE, Desk, desk_of
from hearsay.web.entries import find_record
from hearsay.web.shield import Refused, read_form

WAIT_S = 5.0
YES_NO = ("yes", "no")
KINDS = {"e": "event", "a": "statement", "t": "thing"}


def judge_page(request: Request) -> Response:
    """The form for one record; with `?part=form` the form alone, which a page puts in place."""
    desk = desk_of(request)
    record = request.path_params["record"]
    row = find_record(desk, record)
    template = "judge_form.html" if request.query_params.get("part") == "form" else "judge.html"
    back = local_path(request.query_params.get("back", ""))
    return desk.page(
        request, template, record=record, row=row, kind=KINDS[record[0]], fields=form_fields(record, row), back=back,
        judged=desk.ledger.judgements(record=record),
    )  # fmt: skip


def form_fields(record: str, row: dict[str, Any]) -> list[dict[str, Any]]:
    """What can be corrected: name, value as shown, and the possible values where they are few."""
    out = []
    for name, allowed in FIELDS[record[0]].items():
        value = row[name]
        choices = YES_NO if allowed is bool else None if isinstance(allowed, type) else tuple(allowed)
        shown = ("yes" if value else "no") if allowed is bool else value or ""
        out.append({"name": name, "value": shown, "choices": choices})
    return out


async def judge(request: Request) -> Response:
    """Write down what a form says, then go back to where it was."""
    desk = desk_of(request)
    if not desk.writable:
        raise Refused("this explorer only shows the ledger")
    fields = await read_form(request, desk.token)
    await run_in_threadpool(write_judgements, desk, fields)
    answer = RedirectResponse(back_to(fields), 303)
    answer.set_cookie(NAME_COOKIE, fields["by"].strip()[:80], max_age=31_536_000, httponly=True, samesite="strict")
    return answer


def write_judgements(desk: Desk, fields: dict[str, str]) -> None:
    """One judgement for each field that was changed, or the one verdict of the pressed button."""
    record, verdict = fields.get("record", ""), fields.get("verdict", "")
    by, note = fields.get("by", ""), fields.get("note", "").strip()
    with Ledger.open(desk.path, timeout_s=WAIT_S) as file, file.writing():
        if verdict != "correct":
            file.judge(record, verdict, value=fields.get("value") or None, by=by, note=note)
            return
        changed = changes(record, fields)
        if not changed:
            raise ArgumentError("nothing was changed; change a value, or confirm or reject the record")
        for name, value in changed.items():
            file.judge(record, "correct", name, value, by=by, note=note)


def changes(record: str, fields: dict[str, str]) -> dict[str, Any]:
    """Fields whose value differs from the one that the form showed."""
    out: dict[str, Any] = {}
    for name, allowed in FIELDS.get(record[:1], {}).items():
        new, old = fields.get(f"new_{name}"), fields.get(f"old_{name}")
        if new is None or old is None or new.strip() == old.strip():
            continue
        out[name] = new.strip() == "yes" if allowed is bool else new.strip() or None
    return out


def back_to(fields: dict[str, str]) -> str:
    """The page that the form was on, at the record."""
    path = local_path(fields.get("back", "")) or "/judgements"
    return path if "#" in path else f"{path}#{fields.get('record', '')}"


def local_path(text: str) -> str:
    """A path on this explorer, or nothing.

    >>> local_path("/report/r1?x=1"), local_path("//evil.example"), local_path("https://evil.example"), local_path("/\\\\evil.example")
    ('/report/r1?x=1', '', '', '')
    """
    plain = text.isprintable() and "\\" not in text and " " not in text
    return text if plain and text.startswith("/") and not text.startswith("//") else ""
