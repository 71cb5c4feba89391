"""Whose rights and duties count in what was recorded, and what is a breach of the separation of duties rather than of anything else."""

from fund.domain.event import Recorded


class Breach(str):
    """What is wrong of who did something: of the separation of duties, and of nothing else."""


def acting(one: Recorded) -> tuple[str, ...]:
    """One, or the two in whose names it was done. Where an operator entered what a person did, that person's duties count."""
    actor, other = one.header.actor, one.header.on_behalf_of
    if other is None:
        return (actor,)
    return (other,) if actor.startswith("operator:") else (other, actor)
