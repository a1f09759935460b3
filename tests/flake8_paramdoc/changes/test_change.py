from flake8_paramdoc.changes.change import NOT_LITERAL, ArgumentRemoved, ArgumentsRenamed, Callee

THING = Callee("keras.things.Thing", ("keras", "keras.things.old"))


def test_a_callee_has_every_spelling():
    assert THING.name == "Thing"
    assert THING.spellings == ("keras.things.Thing", "keras.Thing", "keras.things.old.Thing")


def test_a_renamed_argument_names_the_old_form_and_the_new():
    change = ArgumentsRenamed(callees=(THING,), arguments={"a": "b", "c": "d"}, since="2.0.0")
    assert change.code == "KER101"
    assert list(change.old) == ["a", "c"]
    assert change.message(THING, "c", 3) == "Thing(c=...) was renamed in Keras 2: write d=..."


def test_a_removed_argument_says_what_to_write_instead():
    change = ArgumentRemoved(
        callees=(THING,),
        argument="a",
        instead="think",
        instead_of={0: "drop it", "x": "cross it"},
        since="2.0.0",
    )
    assert change.code == "KER102"
    assert list(change.old) == ["a"]
    assert change.message(THING, "a", NOT_LITERAL) == "Thing(a=...) was removed in Keras 2: think"
    assert change.advice("a", 1) == "think"
    assert change.advice("a", 0) == "drop it"
    assert change.advice("a", "x") == "cross it"
    assert change.advice("a", []) == "think"


def test_the_code_follows_the_release():
    change = ArgumentsRenamed(callees=(THING,), arguments={"a": "b"}, since="3.0")
    assert (change.major, change.code) == (3, "KER201")
