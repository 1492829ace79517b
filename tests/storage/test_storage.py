"""What is told is kept, found, and gone when it is to be gone."""

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch

from storage import (
    BundleError,
    FakeEmbedder,
    Profile,
    ProfileBusy,
    SavedWeights,
    WeightsDamaged,
    create_profile,
    delete_profile,
    export_bundle,
    import_bundle,
    list_profiles,
)

EXPECT = {"a": ((3,), torch.float32)}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MNEME_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def ann(home: Path):
    with Profile.open("ann", create=True, embedder=FakeEmbedder()) as profile:
        yield profile


def tell(profile: Profile, text: str) -> int:
    conversation = profile.ledger.add_conversation("talk")
    turn = profile.ledger.add_turn(conversation, "user", text, learn=True)
    profile.ledger.set_tokens("turn", turn, 5)
    return turn


def learn(profile: Profile, turn: int, value: float) -> SavedWeights:
    saved = profile.weights.save({"a": torch.full((3,), value)}, base_hash="base")
    update = {
        "tokens": 5,
        "loss_before": 2.0,
        "loss_after": 1.0,
        "grad_norm": 1.0,
        "step_norm": 1.0,
        "seconds": 0.1,
    }
    update |= {
        "accepted": True,
        "reason": "",
        "token_hash": "",
        "base_hash": "base",
        "items": [("turn", turn, 5)],
    }
    profile.ledger.commit_update(weights=saved, updates=[update], progress=[("turn", turn, 5)])
    return saved


def everything(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def test_told_facts_are_found_by_meaning_or_words(ann: Profile) -> None:
    tell(ann, "The weather is fine.")
    turn = tell(ann, 'My dog is called "Biscuit" [sic].')
    hit = ann.search.search("what is my dog called?")[0]
    assert hit.item_id == f"t{turn}" and hit.score > 0.5
    assert ann.search.search('"; drop table turns; -- NOT AND *') is not None


def test_unlearned_items_are_those_not_wholly_learned(ann: Profile) -> None:
    first, second = tell(ann, "one"), tell(ann, "two")
    learn(ann, first, 1.0)
    assert [i.id for i in ann.ledger.unlearned()] == [second]


def test_unlearned_items_tell_the_users_own_words_from_documents(ann: Profile) -> None:
    tell(ann, "one")
    ann.ledger.add_document("note", "two", "two", "hash two", kind="note")
    ann.ledger.add_document("three.txt", "three", "three", "hash three")
    assert [(i.text, i.own) for i in ann.ledger.unlearned()] == [
        ("one", True),
        ("two", True),
        ("three", False),
    ]


def test_rewind_undoes_later_updates_and_their_learning(ann: Profile) -> None:
    first, second = tell(ann, "one"), tell(ann, "two")
    kept = learn(ann, first, 1.0)
    learn(ann, second, 2.0)
    assert ann.ledger.weights_before("turn", second).version == kept.version
    ann.ledger.rewind_to(ann.ledger.weights_before("turn", second))
    assert ann.ledger.current_weights().version == kept.version
    assert [i.id for i in ann.ledger.unlearned()] == [second]
    assert ann.ledger.weights_before("turn", first) is None
    assert ann.ledger.journal()[0].undone and not ann.ledger.journal()[1].undone


def test_weights_are_verified_on_load(ann: Profile) -> None:
    saved = learn(ann, tell(ann, "one"), 1.0)
    path = ann.weights.folder / saved.file
    data = bytearray(path.read_bytes())
    assert ann.weights.load(saved, expect=EXPECT, base_hash="base")["a"].tolist() == [1, 1, 1]
    with pytest.raises(WeightsDamaged, match="another model"):
        ann.weights.load(saved, expect=EXPECT, base_hash="other")
    with pytest.raises(WeightsDamaged, match="shape"):
        ann.weights.load(saved, expect={"a": ((4,), torch.float32)}, base_hash="base")
    for place in range(0, len(data), 7):
        data[place] ^= 1
        path.write_bytes(data)
        with pytest.raises(WeightsDamaged, match="altered"):
            ann.weights.load(saved, expect=EXPECT, base_hash="base")
        data[place] ^= 1
    path.unlink()
    with pytest.raises(WeightsDamaged, match="cannot be read"):
        ann.weights.load(saved, expect=EXPECT, base_hash="base")


def test_damaged_newest_weights_fall_back_to_the_newest_good(ann: Profile) -> None:
    good = learn(ann, tell(ann, "one"), 1.0)
    bad = learn(ann, tell(ann, "two"), 2.0)
    (ann.weights.folder / bad.file).write_bytes(b"no")
    found = ann.weights.newest_good(expect=EXPECT, base_hash="base")
    assert found is not None and found[0].version == good.version


def test_old_versions_are_thinned_and_the_current_one_is_kept(ann: Profile) -> None:
    turn = tell(ann, "one")
    for i in range(40):
        last = learn(ann, turn, float(i))
    ann.weights.prune(set())
    kept = [w.version for w in ann.ledger.kept_weights()]
    assert kept[-8:] == list(range(33, 41)) and 8 < len(kept) < 16
    assert len(list(ann.weights.folder.iterdir())) == len(kept)
    assert ann.weights.load(last, expect=EXPECT, base_hash="base")


def test_second_process_is_refused_within_a_second_with_a_sentence(ann: Profile) -> None:
    code = "from storage import Profile; Profile.open('ann')"
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert time.monotonic() - began < 2
    assert f"user 'ann' is in use by process {os.getpid()} since" in done.stderr
    with pytest.raises(ProfileBusy):
        delete_profile("ann")


def test_users_are_made_listed_and_deleted(home: Path) -> None:
    create_profile("bob")
    create_profile("Eve")
    assert list_profiles() == ["bob", "eve"]
    delete_profile("bob")
    assert list_profiles() == ["eve"] and not (home / "users" / "bob").exists()


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_folders_are_0700_and_files_0600(home: Path, mask: int) -> None:
    old = os.umask(mask)
    try:
        with Profile.open("ann", create=True) as profile:
            learn(profile, tell(profile, "one"), 1.0)
            export_bundle(profile, home / "out.zip")
            for path in [home, *home.rglob("*")]:
                wanted = 0o700 if path.is_dir() else 0o600
                assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    finally:
        os.umask(old)


def test_forgotten_text_is_nowhere_on_disk(ann: Profile) -> None:
    turn = tell(ann, "the password is Xylograph")
    document = ann.ledger.add_document("a.txt", "a", "Quetzalcoatl flew. " * 50, "hash")
    ann.ledger.add_passages(document, ["Quetzalcoatl flew. " * 5] * 10)
    ann.search.index_pending()
    ann.ledger.forget("turn", turn)
    ann.ledger.forget("document", document)
    data = everything(ann.path).lower()
    assert b"xylograph" not in data and b"quetzalcoatl" not in data
    assert ann.search.search("Xylograph Quetzalcoatl") == []


def test_reset_leaves_nothing_and_an_empty_usable_user(ann: Profile) -> None:
    learn(ann, tell(ann, "the password is Xylograph"), 1.0)
    ann.reset()
    assert b"Xylograph" not in everything(ann.path)
    assert ann.ledger.stats()["turns"] == 0 and ann.ledger.current_weights() is None
    tell(ann, "again")
    assert ann.ledger.stats()["turns"] == 1


def test_export_and_import_keep_rows_weights_and_search(ann: Profile, tmp_path: Path) -> None:
    turn = tell(ann, "My dog is called Biscuit.")
    learn(ann, turn, 1.0)
    export_bundle(ann, tmp_path / "out.zip")
    with Profile.open("bob", create=True, embedder=FakeEmbedder()) as bob:
        import_bundle(bob, tmp_path / "out.zip", base_hash="base")
        assert bob.search.search("dog called")[0].text == "My dog is called Biscuit."
        assert bob.weights.load(bob.ledger.current_weights(), expect=EXPECT, base_hash="base")
        assert bob.ledger.unlearned() == []
        with pytest.raises(BundleError, match="no memories"):
            import_bundle(bob, tmp_path / "out.zip")
    with Profile.open("eve", create=True) as eve:
        import_bundle(eve, tmp_path / "out.zip", base_hash="another model")
        assert eve.ledger.current_weights() is None and len(eve.ledger.unlearned()) == 1


def test_what_was_understood_is_searched_and_comes_along(ann: Profile, tmp_path: Path) -> None:
    turn = tell(ann, "Novak looks after my teeth.")
    before = ann.search.search("my dentist")[0].score
    ann.ledger.set_understood(turn, "Your dentist is Novak.")
    searched = "Novak looks after my teeth. (Your dentist is Novak.)"
    assert [hit.text for hit in ann.search.search("my dentist")] == ["Novak looks after my teeth."]
    assert ann.search.search("my dentist")[0].score > before + 0.2
    assert ann.search.embedder is not None
    fresh = ann.search.embedder.encode([searched])[0]
    assert abs(ann.search._matrix[0] - fresh).max() < 1e-2  # the row id of the old vector has come again
    export_bundle(ann, tmp_path / "out.zip")
    with Profile.open("bob", create=True, embedder=FakeEmbedder()) as bob:
        import_bundle(bob, tmp_path / "out.zip")
        assert len(bob.search.search("dentist")) == 1
        assert [item.understood for item in bob.ledger.unlearned()] == ["Your dentist is Novak."]


def test_damaged_bundles_change_nothing(ann: Profile, tmp_path: Path) -> None:
    learn(ann, tell(ann, "My dog is called Biscuit."), 1.0)
    export_bundle(ann, tmp_path / "out.zip")
    data = (tmp_path / "out.zip").read_bytes()
    rng = random.Random(0)
    with Profile.open("bob", create=True) as bob:
        for _ in range(100):
            broken = bytearray(data)
            for _ in range(3):
                broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
            (tmp_path / "bad.zip").write_bytes(broken[: rng.choice((len(broken), len(broken) // 2))])
            try:
                import_bundle(bob, tmp_path / "bad.zip", base_hash="base")
            except BundleError:
                assert bob.ledger.stats()["turns"] == 0
            else:
                bob.reset()


CHILD = """
import sys
from storage import Profile
profile = Profile.open("ann", create=True)
c = profile.ledger.add_conversation("x")
n = 0
while True:
    n += 1
    print(profile.ledger.add_turn(c, "user", f"turn {n}", learn=True), flush=True)
    d = profile.ledger.add_document("s", "t", f"document {n}", f"hash {c} {n}")
    profile.ledger.add_passages(d, [f"passage {n}"])
"""


def test_kill_loses_nothing_acknowledged(home: Path) -> None:
    rng = random.Random(1)
    acknowledged: list[int] = []
    for _ in range(8):
        child = subprocess.Popen([sys.executable, "-c", CHILD], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        acknowledged.append(int(child.stdout.readline()))
        time.sleep(rng.random() * 0.2)
        child.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in child.stdout if line.endswith("\n")]
        child.wait()
    with Profile.open("ann") as profile:
        rows = {r["id"] for r in profile.ledger.db.query("select id from turns")}
        assert set(acknowledged) <= rows and len(acknowledged) > 20
