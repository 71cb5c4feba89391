"""Files are kept under their hash, whole or not at all, and come back as they were put in."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fund.documents.blobs import BlobDamaged, BlobMissing, Blobs, open_blob, seal_blob

KEY, NONCE, AAD = bytes(range(32)), bytes(12), b"application-1/letter"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_named_by_its_hash_and_comes_back(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs")
    name = blobs.put(b"sealed")
    assert name == hashlib.sha256(b"sealed").hexdigest()
    assert name in blobs
    assert blobs.get(name) == b"sealed"


def test_putting_the_same_content_again_changes_nothing(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    name = blobs.put(b"sealed")
    (path,) = files(tmp_path)
    before = path.stat()
    assert blobs.put(b"sealed") == name
    after = path.stat()
    assert files(tmp_path) == [path]
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_many_writers_of_the_same_content_leave_one_whole_file(tmp_path: Path) -> None:
    content = b"x" * 200_000
    with ThreadPoolExecutor(8) as threads:
        names = set(threads.map(Blobs(tmp_path).put, [content] * 32))
    assert len(names) == 1
    assert [path.read_bytes() for path in files(tmp_path)] == [content]


def test_damage_on_disk_is_found_and_put_right_by_the_same_content(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    name = blobs.put(b"sealed")
    files(tmp_path)[0].write_bytes(b"sealee")
    with pytest.raises(BlobDamaged):
        blobs.get(name)
    assert blobs.put(b"sealed") == name
    assert blobs.get(name) == b"sealed"


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "A" * 64, "0" * 63 + "\n"])
def test_what_is_not_there_is_missing_and_no_path_is_built_from_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(BlobMissing):
        Blobs(tmp_path).get(name)


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        Blobs(tmp_path).put(b"sealed")
    assert files(tmp_path) == []


def test_a_sealed_blob_opens_with_its_key_in_its_place_only() -> None:
    box = seal_blob(b"letter", KEY, NONCE, AAD)
    assert b"letter" not in box
    assert open_blob(box, KEY, AAD) == b"letter"
    for wrong in ((box, bytes(32), AAD), (box, KEY, b"elsewhere"), (box[:-1] + b"\0", KEY, AAD), (b"", KEY, AAD)):
        with pytest.raises(BlobDamaged):
            open_blob(*wrong)


def test_a_blob_is_sealed_with_a_whole_key_and_nonce() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal_blob(b"letter", KEY[:16], NONCE, AAD)
