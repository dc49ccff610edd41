"""Names of persons and organizations: read once, compared in pairs, found by keys."""

from sayso.merge.names.compare import compare
from sayso.merge.names.keys import keys
from sayso.merge.names.name import Kind, Name, Token
from sayso.merge.names.parse import name_of

__all__ = ["Kind", "Name", "Token", "compare", "keys", "name_of"]
