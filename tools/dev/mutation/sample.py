"""Which mutants are judged, in which order: the same for the same sources and seed."""

import random

from .trial import INVALID


def shuffled(mutants, seed):
    """Any first N of them are a uniform sample."""
    order = list(mutants)
    random.Random(seed).shuffle(order)
    return order


def judge(order, wanted, judge_all, records):
    """The results of the first `wanted` of the order that compile; None: of all of them.

    judge_all takes a list of mutants and adds what it finds to the records.
    """
    taken, valid = [], 0
    at = 0
    while at < len(order) and (wanted is None or valid < wanted):
        batch = order[at:] if wanted is None else order[at:at + wanted - valid]
        at += len(batch)
        judge_all([m for m in batch if records.get(m) is None])
        taken += batch
        valid += sum(records.get(m)["state"] != INVALID for m in batch)
    return taken
