"""Drawing by lot."""

from hypothesis import given
from hypothesis import strategies as st

from fund.domain import lot

NAMES = st.lists(st.text(min_size=1), min_size=1, max_size=12)


@given(seed=st.text(min_size=1), names=NAMES, shuffling=st.randoms())
def test_the_same_seed_draws_the_same_order_however_the_names_are_given(seed: str, names: list[str], shuffling: object) -> None:
    other = list(names)
    shuffling.shuffle(other)  # type: ignore[attr-defined]  # a random.Random
    assert lot.order(seed, names) == lot.order(seed, other)
    assert set(lot.order(seed, names)) == set(names)


def test_every_name_comes_first_about_as_often() -> None:
    names = ("ann", "ben", "cem", "dao")
    first = [lot.order(f"seed {number}", names)[0] for number in range(4_000)]
    assert all(850 < first.count(name) < 1_150 for name in names)


def test_so_many_of_a_hundred_are_drawn() -> None:
    drawn = sum(lot.is_drawn(f"seed {number}", "application-1", 10) for number in range(10_000))
    assert 850 < drawn < 1_150


@given(seed=st.text(), name=st.text())
def test_none_of_a_hundred_is_nobody_and_a_hundred_is_everybody(seed: str, name: str) -> None:
    assert not lot.is_drawn(seed, name, 0)
    assert lot.is_drawn(seed, name, 100)
