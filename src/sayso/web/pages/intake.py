"""Taking in reports: addresses, files, folders; how far each batch is, what failed and why."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from fastapi import APIRouter, Depends, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from sayso.desk import intake, uploads
from sayso.desk.errors import ForbiddenError
from sayso.desk.intake_worker import Worker
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.read.inputs import is_url
from sayso.resolve.when import published_date
from sayso.web.respond import desk_of, needs, own_form, page, see, text_of, who_of

router = APIRouter()
SHOWN = 200
"""Items of a batch on one page."""
ROOM = 1_000_000
"""Bytes that the rest of a form may have, beside the files."""
STATES = {
    "receiving": "its files are coming in",
    "waiting": "waits for its turn",
    "running": "is being read",
    "done": "done",
    "stopped": "stopped",
    "interrupted": "interrupted: the workbench was ended before it was through",
    "failed": "broken off",
}
OUTCOMES = {
    "waiting": "not read yet",
    "stored": "stored",
    "replaced": "stored as a newer version",
    "unchanged": "was there already",
    "failed": "failed",
    "several": "held several articles",
}
MARKS = {"stored": "✓", "replaced": "✓", "unchanged": "=", "failed": "✕", "waiting": "…", "several": "≡"}
KINDS = {"url": "addresses", "upload": "files that were sent", "path": "files on the machine of the workbench"}
Number = Path(ge=1, le=2**63 - 1)


async def large_form(request: Request) -> FormData:
    """Return a form with files. Raises InputError for one that is too large, before it is taken."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > uploads.MOST + ROOM:
        raise InputError(
            f"more than {uploads.MOST // 1_000_000} MB at once",
            value=f"{int(length) // 1_000_000:,} MB" if length.isdigit() else "a form of unknown length",
            next_step="Send fewer files at a time, or use `sayso ingest`",
        )
    return await own_form(request)


@router.get("/intake")
def show(request: Request) -> Response:
    """Show the form and the newest batches."""
    return _page(request)


@router.post("/intake")
async def add(
    request: Request, who: Who = Depends(needs("reviewer")), form: FormData = Depends(large_form)
) -> Response:
    """Take in what was given; each kind becomes a batch of its own."""
    return await run_in_threadpool(_add, request, form, who)


@router.get("/intake/{number}")
def one(request: Request, number: int = Number, after: int = -1) -> Response:
    """Show how far a batch is."""
    with desk_of(request).reading() as store:
        found = intake.batch(store, number)
        failed = intake.items(store, number, failed=True, limit=SHOWN + 1)
        others = intake.items(store, number, failed=False, after=after, limit=SHOWN + 1)
    context: dict[str, Any] = {"batch": found, "failures": failed[:SHOWN], "more_failed": len(failed) > SHOWN}
    context |= {"items": others[:SHOWN], "next": others[SHOWN - 1].position if len(others) > SHOWN else None}
    names: dict[str, Any] = {"states": STATES, "outcomes": OUTCOMES, "marks": MARKS, "kinds": KINDS, "after": after}
    return page(request, "intake_batch.html", waits=worker_of(request).waits, **context, **names)


@router.post("/intake/{number}/again", dependencies=[Depends(needs("reviewer")), Depends(own_form)])
def again(request: Request, number: int = Number) -> Response:
    """Let a batch go on, or try again what failed."""
    with desk_of(request).writing() as store:
        intake.again(store, number, who_of(request))
    worker_of(request).wake()
    return see(f"/intake/{number}")


@router.post("/intake/{number}/stop", dependencies=[Depends(needs("reviewer")), Depends(own_form)])
def stop(request: Request, number: int = Number) -> Response:
    """Stop a batch."""
    with desk_of(request).writing() as store:
        intake.stop(store, number, who_of(request))
    return see(f"/intake/{number}")


def worker_of(request: Request) -> Worker:
    """Return the one who reads."""
    return cast(Worker, request.app.state.intake)


def _add(request: Request, form: FormData, who: Who) -> Response:
    try:
        made = _begun(request, form, who)
    except ForbiddenError:
        raise
    except InputError as error:
        return _page(request, status=400, said=str(error), typed=form)
    worker_of(request).wake()
    return see(f"/intake/{made[0]}" if len(made) == 1 else "/intake")


def _begun(request: Request, form: FormData, who: Who) -> list[int]:
    """Begin the batches that a form asks for. Raises InputError before anything is begun where something is wrong."""
    desk, published = desk_of(request), _day(text_of(form, "published"))
    urls, path = _addresses(text_of(form, "urls")), text_of(form, "path")
    if path:
        who.needs("admin")
    paths = list(intake.sources_in(path)) if path else []
    sent = _sent(form)
    made = []
    with desk.writing() as store:
        if not urls and not paths and not sent:
            intake.begin(store, who, "url", [])  # says what is missing
        if urls:
            made.append(intake.begin(store, who, "url", urls, published=published))
        if paths:
            made.append(intake.begin(store, who, "path", paths, published=published))
        if sent:
            names = [uploads.shown(file.filename or "") for file in sent]
            made.append(intake.begin(store, who, "upload", names, published=published, ready=False))
    if sent:
        _keep(request, made[-1], sent)
    return made


def _keep(request: Request, number: int, sent: list[UploadFile]) -> None:
    """Write the files that were sent to where the worker looks for them."""
    refused, folder = {}, worker_of(request).folder
    for position, file in enumerate(sent):
        name = uploads.shown(file.filename or "")
        if uploads.save(file.file, uploads.path_of(folder, number, position, name)) > uploads.LONGEST:
            most = uploads.LONGEST // 1_000_000
            refused[position] = f"{name}: is larger than the {most} MB that one file may have. Split it."
    with desk_of(request).writing() as store:
        intake.release(store, number, refused)


def _sent(form: FormData) -> list[UploadFile]:
    """Return the files of a form; of a folder, only those that a reader knows."""
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile) and file.filename]
    folder = [file for file in form.getlist("folder") if isinstance(file, UploadFile) and file.filename]
    known = [f for f in folder if uploads.suffix_of(f.filename or "") and "/." not in f"/{f.filename}"]
    if folder and not known:
        raise InputError("holds no file that can be read", value="the folder", next_step="Give text, HTML or JSONL")
    return files + known


def _addresses(text: str) -> list[str]:
    lines = list(dict.fromkeys(text.split()))
    for line in lines:
        if "@" in line.partition("://")[2].partition("/")[0]:
            raise InputError("an address may hold no name or password", next_step="Save the page and send the file")
        if not is_url(line):
            raise InputError("is no address of a page", value=line[:200], next_step="Begin it with https:// or http://")
    return lines


def _day(text: str) -> date | None:
    return published_date(text) if text else None


def _page(request: Request, *, status: int = 200, said: str = "", typed: FormData | None = None) -> Response:
    with desk_of(request).reading() as store:
        found = intake.batches(store)
    kept = {name: text_of(typed or FormData(), name) for name in ("urls", "path", "published")}
    context = {"batches": found, "said": said, "typed": kept, "states": STATES, "kinds": KINDS}
    return page(request, "intake.html", status=status, file_mb=uploads.LONGEST // 1_000_000, **context)
