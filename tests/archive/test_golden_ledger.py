"""The formats of ledger, keys and private bodies are what they were: what was written by any release is read by every later one."""

import base64
import hashlib
import json
import shutil
import zlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from archive.checkpoints import read_checkpoints
from archive.encoding import START
from archive.journal import Journal
from archive.keys import parse_key
from archive.vault import compress, decrypt
from tests.archive import golden_ledger as golden


def pinned(name):
    return (golden.FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", ["00000001.jsonl", "checkpoints.txt", "keys.jsonl", "private.cfp", "vectors.json"])
def test_made_again_it_is_the_same_to_the_byte(name):
    assert golden.files()[name] == pinned(name)


def test_the_journal_of_then_is_read_today(tmp_path):
    shutil.copy(golden.FOLDER / "00000001.jsonl", tmp_path)
    shutil.copy(golden.FOLDER / "checkpoints.txt", tmp_path)
    assert list(Journal(tmp_path).events()) == golden.events()


def test_the_checks_are_what_the_document_says_by_hashlib_and_json_alone():
    prev, leaves = "0" * 64, []
    for seq, line in enumerate(pinned("00000001.jsonl").splitlines(), start=1):
        data, leaf = line.split(b"\t")
        assert hashlib.sha256(b"\x00" + data).hexdigest() == leaf.decode()
        event = json.loads(data)
        assert (event["seq"], event["prev"]) == (seq, prev)
        assert data == json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=False).encode()
        prev = leaf.decode()
        leaves.append(bytes.fromhex(prev))
    check = "0" * 64
    for line in pinned("checkpoints.txt").decode().splitlines():
        size, root, found = line.split(" ")
        check = hashlib.sha256(f"{check}\n{size} {root}".encode()).hexdigest()
        assert check == found
        assert root == mth(leaves[: int(size)]).hex()


def mth(leaves):
    """RFC 6962 section 2.1, word for word, over leaf hashes."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def test_checkpoints_of_then_are_read_today():
    points, torn = read_checkpoints(golden.FOLDER / "checkpoints.txt")
    assert ([c.size for c in points], torn) == ([3, 7], b"")


def test_the_private_body_of_then_opens_today():
    key, check = parse_key(pinned("keys.jsonl").splitlines()[0], START)
    gone, _ = parse_key(pinned("keys.jsonl").splitlines()[1], check)
    data = pinned("private.cfp")
    assert key.key == golden.KEY
    assert gone.key is None
    assert hashlib.sha256(data).hexdigest() == key.body.hex
    assert decrypt(data, golden.KEY) == json.loads(golden.CLEAR)
    assert AESGCM(golden.KEY).decrypt(golden.NONCE, data[16:], b"CFP\x01") == pinned("private.zlib")
    assert base64.b64encode(golden.KEY) in pinned("keys.jsonl")


def test_a_body_of_today_is_compressed_json_of_the_pinned_form():
    assert zlib.decompress(compress(json.loads(golden.CLEAR))).decode() == golden.CLEAR
