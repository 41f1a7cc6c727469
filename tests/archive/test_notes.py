"""Notes are those of the standard (c2sp.org), and have one spelling."""

import base64
import struct

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from archive.notes import Key, Tree, cosign, origin_of, parse_body, parse_note, parse_origin

# The example of tlog-cosignature v1: form and key id can be held against it, its key is not published.
EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def signed():
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    key = Key("test/witness", private.public_key().public_bytes_raw())
    return private, key, cosign(private, key, Tree(origin_of("0" * 26), 1234, bytes(range(32))), 1_700_000_000)


def test_the_standards_example_is_read_and_written_byte_by_byte():
    note = parse_note(EXAMPLE.encode())
    assert (note.tree.origin, note.tree.size, note.at) == ("example.com/behind-the-sofa", 20852163, 1679315147)
    assert note.note() == EXAMPLE


def test_the_signature_is_over_the_message_of_the_standard():
    """Put together here again from the text of tlog-cosignature, without our code."""
    private, key, note = signed()
    data = base64.b64decode(note.line().split(" ")[2])
    assert data[:4] == key.id
    (at,) = struct.unpack(">Q", data[4:12])
    message = f"cosignature/v1\ntime {at}\ncasefile/{'0' * 26}\n1234\n{base64.b64encode(bytes(range(32))).decode()}\n".encode()
    Ed25519PublicKey.from_public_bytes(private.public_key().public_bytes_raw()).verify(data[12:], message)


def test_a_signature_counts_only_for_the_key_and_the_name_that_made_it():
    _, key, note = signed()
    other = Key("other/witness", key.public)
    assert note.by([key]) and note.by([other, key])
    assert not note.by([]) and not note.by([other])
    assert Key.parse(str(key)) == key


def test_every_changed_byte_of_a_note_is_found():
    _, key, note = signed()
    data = note.note().encode()
    for place in range(len(data)):
        for bit in range(8):
            try:
                found = parse_note(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :])
            except ValueError:
                continue
            assert not found.by([key]), (place, bit)


@pytest.mark.parametrize(
    "text", ["", "a\n1\nb\n", "casefile/x\n01\n" + "A" * 43 + "=\n", "casefile/x\n1\n" + "A" * 42 + "B=\n", "a b\n1\n" + "A" * 43 + "=\n"]
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(ValueError):
        parse_body(text)


def test_an_origin_says_which_ledger_and_how_often_it_was_put_back():
    assert parse_origin(origin_of("0" * 26)) == ("0" * 26, 0)
    assert parse_origin(origin_of("0" * 26, 2)) == ("0" * 26, 2)
    assert parse_origin("example.com/log") == ("", 0)
