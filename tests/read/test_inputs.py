"""What is read, what is refused with which words, and that nothing stops the others."""

from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from sayso.model.article import Capture
from sayso.read import READERS, ReadFailure, captures
from sayso.read.source import LONGEST

REPORT = "PORT VARDA -- Two people were killed when a bomb went off at the pier on Tuesday, police said.\n"
PAGE = f"<html><head><title>Two killed</title></head><body><h1>Two killed</h1><p>{REPORT}</p></body></html>"


def read(*paths: object, stdin: bytes | None = None) -> list[Capture | ReadFailure]:
    return list(captures([str(p) for p in paths], stdin=io.BytesIO(stdin) if stdin is not None else None))


def only(*paths: object, stdin: bytes | None = None) -> Capture:
    [capture] = read(*paths, stdin=stdin)
    assert isinstance(capture, Capture), capture
    return capture


def failure(*paths: object, stdin: bytes | None = None) -> str:
    [met] = read(*paths, stdin=stdin)
    assert isinstance(met, ReadFailure), met
    return str(met.error)


def test_every_reader_of_the_table_is_there() -> None:
    for module in READERS.values():
        reader = import_module(module)
        assert callable(reader.captures_in) and callable(reader.looks_like)


@pytest.mark.parametrize(("name", "content", "kind"), [("a.txt", REPORT, "text"), ("a.html", PAGE, "html")])
@pytest.mark.parametrize("packed", [False, True])
def test_text_and_pages_are_read_gzipped_or_not(
    tmp_path: Path, name: str, content: str, kind: str, packed: bool
) -> None:
    path = tmp_path / (name + ".gz" if packed else name)
    path.write_bytes(gzip.compress(content.encode()) if packed else content.encode())
    capture = only(path)
    assert (capture.content, capture.media_type, capture.name) == (content, kind, str(path))


def test_a_gzipped_copy_has_the_digest_of_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(REPORT.encode()))
    first, second = read(tmp_path)
    assert isinstance(first, Capture) and isinstance(second, Capture)
    assert first.sha256 == second.sha256


def test_rows_carry_what_they_give(tmp_path: Path) -> None:
    row = {
        "id": 7, "text": REPORT, "title": "Two killed", "url": "https://varda.example/7", "outlet": "Varda Courier",
        "published": "2019-05-03T08:00:00+02:00", "language": "en", "section": "ignored",
    }  # fmt: skip
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n\n" + json.dumps({"html": PAGE}) + "\n")
    first, second = read(tmp_path / "a.jsonl")
    assert isinstance(first, Capture) and isinstance(second, Capture)
    assert (first.id, first.title, first.outlet, str(first.published)) == (
        "7",
        "Two killed",
        "Varda Courier",
        "2019-05-03",
    )
    assert (first.name, second.name) == (f"{tmp_path}/a.jsonl:1", f"{tmp_path}/a.jsonl:3")
    assert (second.media_type, second.published) == ("html", None)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"text": "cut', "is no JSON"),
        (b"[1, 2]", "is no JSON object"),
        (b'{"title": "no words"}', "has no words in text or html"),
        (b'{"html": "<p> </p>"}', "has no words in text or html"),
        (b'{"text": "x y", "published": "2019-02-30"}', "'2019-02-30', and there is no such day"),
        (b'{"text": "x y", "published": "03/05/2019"}', "no such day"),
        (b'{"text": 5}', "'text' is '5', no text"),
        (b'{"text": ' + b"[" * 100_000, "is no JSON"),
    ],
)
def test_a_broken_line_is_named_and_the_others_go_on(tmp_path: Path, line: bytes, says: str) -> None:
    good = json.dumps({"text": REPORT}).encode()
    (tmp_path / "a.jsonl").write_bytes(good + b"\n" + line + b"\n" + good)
    first, second, third = read(tmp_path / "a.jsonl")
    assert isinstance(first, Capture) and isinstance(third, Capture)
    assert isinstance(second, ReadFailure)
    assert second.name.endswith("a.jsonl:2")
    assert says in str(second.error) and str(second.error).count(". ") >= 1


def test_json_over_several_lines_is_told_from_jsonl(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"text": REPORT}, indent=1))
    assert "JSON over several lines" in failure(tmp_path / "a.json")


def test_folders_are_read_in_order_without_hidden_and_unknown_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/c.txt", ".hidden.txt", "picture.png", ".git/x.txt", "notes.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE)
    assert [c.name for c in read(tmp_path)] == [f"{tmp_path}/a/c.txt", f"{tmp_path}/a/z.html", f"{tmp_path}/b.txt"]


def test_an_empty_folder_says_what_would_be_read(tmp_path: Path) -> None:
    assert ".jsonl" in failure(tmp_path)


def test_a_named_file_of_unknown_suffix_is_read_for_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "wire-0012").write_text(REPORT)
    (tmp_path / "page.aspx").write_text("\n<!DOCTYPE html>" + PAGE)
    assert only(tmp_path / "wire-0012").media_type == "text"
    assert only(tmp_path / "page.aspx").media_type == "html"


@pytest.mark.parametrize(
    ("data", "kind", "name"),
    [
        (REPORT.encode(), "text", "<stdin>"),
        (PAGE.encode(), "html", "<stdin>"),
        (json.dumps({"text": REPORT}).encode() + b"\n", "text", "<stdin>:1"),
        (gzip.compress(PAGE.encode()), "html", "<stdin>"),
    ],
)
def test_standard_input_is_read_for_what_it_is(data: bytes, kind: str, name: str) -> None:
    capture = only("-", stdin=data)
    assert (capture.media_type, capture.name) == (kind, name)


def test_what_cannot_be_read_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "b.txt").write_bytes(b"")
    met = read(tmp_path / "missing.txt", tmp_path / "b.txt", tmp_path / "a.txt")
    assert [type(m) for m in met] == [ReadFailure, ReadFailure, Capture]


PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\n\t ", "is empty"),
    "empty.jsonl": (b"\n\n", "is empty"),
    "picture.txt": (PNG, "PNG image"),
    "picture.html": (PNG, "PNG image"),
    "picture.jsonl": (PNG, "PNG image"),
    "scan.txt": (b"%PDF-1.4\n%\xe2\xe3", "PDF"),
    "noise.txt": (bytes(range(256)) * 30, "binary data"),
    "nuls.txt": (b"\0" * 5000, "binary data"),
    "cut.txt.gz": (gzip.compress(REPORT.encode() * 500)[:-30], "cut short or damaged"),
    "spoilt.txt.gz": (gzip.compress(REPORT.encode())[:12] + b"\xff" * 40, "damaged"),
    "cut.jsonl.gz": (gzip.compress(os.urandom(200_000).hex().encode())[:-3000], "cut short or damaged"),
    "frame.html": (
        b"<html><head><title>x</title><script>var a=1</script></head><body><!-- a --></body>",
        "without text",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    data, says = BAD[name]
    (tmp_path / name).write_bytes(data)
    message = failure(tmp_path / name)
    assert message.startswith(f"{tmp_path}/{name}") and says in message
    assert message.count(". ") >= 1, "the next step is missing"


def test_a_missing_path_is_named() -> None:
    assert failure("no/such/file.txt").startswith("no/such/file.txt: no such file or folder")


def test_a_name_that_no_file_can_have_is_refused() -> None:
    assert "cannot be opened" in failure("a\0b.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    (tmp_path / "a.txt").chmod(0)
    assert "cannot be opened" in failure(tmp_path / "a.txt")


class Failing(io.RawIOBase):
    """A stream that breaks, as a file on a lost disk does."""

    def read(self, size: int = -1) -> bytes:
        raise OSError(5, "Input/output error")


def test_a_stream_that_breaks_is_named() -> None:
    [met] = captures(["-"], stdin=Failing())  # type: ignore[arg-type]
    assert isinstance(met, ReadFailure) and "Input/output error" in str(met.error)


def test_fifty_megabytes_of_text_are_refused_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "dump.txt"
    with path.open("wb") as file:
        for _ in range(50):
            file.write(b"The blast was heard in the harbour. " * 27_778)
    tracemalloc.start()
    message = failure(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "longer than the 20 MB" in message and "JSONL" in message
    assert peak < 3 * LONGEST


def test_a_long_line_of_jsonl_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    long = json.dumps({"text": "x" * (LONGEST + 10)})
    (tmp_path / "a.jsonl").write_text(long + "\n" + json.dumps({"text": REPORT}) + "\n")
    first, second = read(tmp_path / "a.jsonl")
    assert isinstance(first, ReadFailure) and "20 MB" in str(first.error)
    assert isinstance(second, Capture) and second.name.endswith(":2")


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b" " * 60_000_000))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress((b" " * 999_999 + b"\n") * 120))
    assert "longer than the 20 MB" in failure(tmp_path / "a.txt.gz")
    assert "no text does" in failure(tmp_path / "b.jsonl.gz")


def test_rows_are_read_one_at_a_time() -> None:
    taken = 0

    class Rows(io.RawIOBase):
        """Endless rows of JSONL."""

        def read(self, size: int = -1) -> bytes:
            nonlocal taken
            taken += 1
            return (
                (json.dumps({"text": REPORT * 50}) + "\n").encode()[: max(size, 2)]
                if taken == 1
                else b'{"text":"a b"}\n'
            )

    rows: Iterator[Capture | ReadFailure] = captures(["-"], stdin=Rows())  # type: ignore[arg-type]
    for _ in range(3):
        next(rows)
    assert taken < 20_000
