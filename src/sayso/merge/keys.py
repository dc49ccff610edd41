"""Numbers for the keys under which sketches are kept."""

from __future__ import annotations

from hashlib import blake2b

from sayso.model.judgement import Subject


def number_of(key: str, subject: Subject) -> int:
    """Return a stable number of 64 bits, signed, for a key; no subject's are another's (BLAKE2b, RFC 7693)."""
    raw = key.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(raw, digest_size=8, person=subject.encode()).digest(), "big", signed=True)
