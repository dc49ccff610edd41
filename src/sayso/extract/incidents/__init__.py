"""What happened: the incidents that an article tells of, every value on somebody's say-so."""

from sayso.extract.incidents.read import incidents

__all__ = ["incidents"]
