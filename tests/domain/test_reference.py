"""References: readable, typed in many ways, and never mistaken for another one by a slip."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fund.domain.reference import ALPHABET, make, parse
from fund.domain.refusal import Refusal

RANDOM = st.binary(min_size=5, max_size=5)
SAMPLES = [make("TSF", seed.to_bytes(5, "big")) for seed in (0, 1, 2**40 - 1, 0x123456789A, 0xFEDCBA9876, 0x5555555555)]


def is_valid(symbols: str) -> bool:
    try:
        parse(symbols, "TSF")
    except Refusal:
        return False
    return True


def bare(reference: str) -> str:
    return reference.replace("-", "")[3:]


@given(RANDOM)
def test_what_is_made_is_read_back(random: bytes) -> None:
    reference = make("TSF", random)
    assert parse(reference, "TSF") == reference
    assert [len(part) for part in reference.split("-")] == [3, 4, 4]


def test_different_random_bits_make_different_references() -> None:
    assert len({make("TSF", (n << 5).to_bytes(5, "big")) for n in range(5_000)}) == 5_000


@given(RANDOM, st.sampled_from(["lower", "bare", "no prefix", "spaced", "dashes", "marks", "letters"]))
def test_every_usual_way_of_typing_it_is_understood(random: bytes, way: str) -> None:
    reference = make("TSF", random)
    typed = {
        "lower": reference.lower(),
        "bare": reference.replace("-", ""),
        "no prefix": reference[4:],
        "spaced": f"  {reference.replace('-', ' ')}\n",
        "dashes": reference.replace("-", "–"),
        "marks": f"\u2066{reference}\u2069",
        "letters": "TSF" + bare(reference).replace("0", "o").replace("1", "l"),
    }[way]
    assert parse(typed, "TSF") == reference


def test_digits_of_an_arabic_keyboard_are_digits() -> None:
    reference = SAMPLES[3]
    assert parse(reference.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")), "TSF") == reference


def test_a_prefix_of_letters_that_look_like_digits_is_still_the_prefix() -> None:
    reference = make("OIL", b"\x01\x02\x03\x04\x05")
    assert parse(reference.lower(), "OIL") == reference


@pytest.mark.parametrize("reference", SAMPLES)
def test_any_single_wrong_symbol_is_noticed(reference: str) -> None:
    right = bare(reference)
    for place, symbol in itertools.product(range(8), ALPHABET):
        typed = right[:place] + symbol + right[place + 1 :]
        assert is_valid(typed) == (typed == right), typed


def test_any_two_symbols_swapped_are_noticed_wherever_they_stand() -> None:
    for left, right in itertools.combinations(range(8), 2):
        for one, other in itertools.combinations(ALPHABET, 2):
            symbols = completed(left, right, one, other)
            swapped = list(symbols)
            swapped[left], swapped[right] = swapped[right], swapped[left]
            assert is_valid("".join(symbols))
            assert not is_valid("".join(swapped)), (left, right, one, other)


def completed(left: int, right: int, one: str, other: str) -> list[str]:
    """A valid reference with the two symbols in their places: a third place is tried until the sum is right."""
    symbols = ["0"] * 8
    symbols[left], symbols[right] = one, other
    free = next(place for place in range(7, -1, -1) if place not in (left, right))
    for symbol in ALPHABET:
        symbols[free] = symbol
        if is_valid("".join(symbols)):
            return symbols
    raise AssertionError("no completion")


@pytest.mark.parametrize(
    "text", ["", "TSF", "TSF-7K3M", "XYZ-2ACT-QKFQ", "TSF-2ACT-QKFU", "TSF-2ACT-QKF\u00e9", "TSF-2ACT-QKFQ-0", "2ACTQKF\u1e9e", "\x00" * 8]
)
def test_anything_else_is_refused_with_the_field_named(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(text, "TSF")
    assert (refused.value.code, refused.value.field) == ("reference.invalid", "reference")


def test_too_few_random_bytes_are_an_error_of_the_program() -> None:
    with pytest.raises(ValueError, match="random bytes"):
        make("TSF", b"1234")
