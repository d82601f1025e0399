"""The trial of a trained model: who may speak, and the table."""

from scripts.model_trial import Case, _joined, accuracy, f1, table

RDP, LOGS = frozenset({"access.rdp"}), frozenset({"access.logs"})
NONE: frozenset[str] = frozenset()


def said(intent: str, types: frozenset[str], *, unsure: bool = False) -> Case:
    return Case("s", "", intent, types, unsure)


def test_the_model_never_overrides_rules_that_are_sure() -> None:
    assert _joined(said("offer", RDP), said("other", LOGS)) == said("offer", RDP)


def test_the_model_speaks_where_rules_are_unsure_or_found_no_type() -> None:
    assert _joined(said("offer", RDP, unsure=True), said("other", LOGS)).types == NONE
    assert _joined(said("other", NONE, unsure=True), said("offer", LOGS)).types == LOGS
    assert _joined(said("offer", NONE), said("", LOGS)).types == LOGS


def test_the_table_ends_with_the_worst_source_and_the_mean() -> None:
    right = [(said("offer", RDP), said("offer", RDP))]
    wrong = [(said("offer", RDP), said("other", NONE))]
    assert (accuracy(wrong), f1(wrong), f1(right)) == (0.0, 0.0, 1.0)
    found = {"a": dict.fromkeys(("rules", "model", "both"), right),
             "b": dict.fromkeys(("rules", "model", "both"), wrong)}  # fmt: skip
    *_, worst, mean = table(found).splitlines()
    assert worst == "| **worst source** |  | " + " | ".join(["0.000"] * 6) + " |"
    assert mean == "| **mean of sources** |  | " + " | ".join(["0.500"] * 6) + " |"
