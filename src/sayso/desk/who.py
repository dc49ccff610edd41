"""Who is at the desk, and what they may do."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import Literal, get_args

from sayso.desk.errors import ForbiddenError

Role = Literal["reader", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From the one who may least to the one who may most: each may do what those before may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A person at the desk: the name under which changes are recorded, and a role."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Say whether this person may do what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def needs(self, role: Role) -> None:
        """Raise ForbiddenError unless this person may do what a role may."""
        if not self.may(role):
            raise ForbiddenError(
                f"a {self.role} may not do this, a {role} may",
                value=self.name,
                next_step="Ask an admin of this database",
            )


def local() -> Who:
    """Return whoever runs the program on their own machine, who may do all."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "someone"
    return Who(name=name, role="admin")
