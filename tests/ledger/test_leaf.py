"""The leaf is frozen: these bytes are what proofs in auditors' hands were made from."""

import json
from hashlib import sha256

import pytest

from fund.ledger.leaf import entry, leaf

KNOWN = "57b4613d9c11a6e8672032424215e6f4c28b93aa9515bdfef4115ca96f5aa519"


def test_an_entry_is_compact_ascii_json_with_sorted_keys() -> None:
    made = entry("application-1", 7, "sample.said.v1", b"state")
    commit = sha256(b"state").hexdigest()
    assert made == f'{{"commit":"{commit}","name":"sample.said.v1","stream":"application-1","v":1,"version":7}}'.encode()


def test_a_leaf_is_the_hash_of_a_zero_byte_and_the_entry() -> None:
    assert leaf("a", 1, "n", b"s") == sha256(b"\x00" + entry("a", 1, "n", b"s")).digest()


def test_a_known_leaf_never_changes() -> None:
    assert leaf("application-1", 7, "sample.said.v1", b"state").hex() == KNOWN


@pytest.mark.parametrize("other", [("b", 1, "n", b"s"), ("a", 2, "n", b"s"), ("a", 1, "m", b"s"), ("a", 1, "n", b"t")])
def test_a_leaf_commits_to_place_name_and_bytes(other: tuple[str, int, str, bytes]) -> None:
    assert leaf(*other) != leaf("a", 1, "n", b"s")


def test_an_entry_stays_ascii() -> None:
    made = entry("città", 1, "n", b"s")
    assert json.loads(made.decode("ascii"))["stream"] == "città"


def test_an_entry_must_fit_a_proof_tree() -> None:
    entry("a" * 65_000, 1, "n", b"s")
    with pytest.raises(ValueError, match="65535"):
        entry("a" * 65_536, 1, "n", b"s")
