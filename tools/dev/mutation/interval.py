"""The exact confidence interval of a proportion (Clopper-Pearson), without a statistics package."""

import math


def _tail(successes, trials, p):
    """The probability of at least so many successes."""
    if successes <= 0 or p >= 1:
        return 1.0
    if p <= 0:
        return 0.0
    log_p, log_q = math.log(p), math.log1p(-p)
    return math.fsum(
        math.exp(math.lgamma(trials + 1) - math.lgamma(k + 1) - math.lgamma(trials - k + 1)
                 + k * log_p + (trials - k) * log_q)
        for k in range(successes, trials + 1))


def _root(increasing):
    """Where a function of [0, 1] that increases from below zero to above crosses zero."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if increasing(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def clopper_pearson(successes, trials, confidence=0.95):
    """Two-sided: (lower, upper); (0, 1) when there are no trials."""
    if trials == 0:
        return 0.0, 1.0
    alpha = (1 - confidence) / 2
    lower, upper = 0.0, 1.0
    if successes > 0:
        lower = _root(lambda p: _tail(successes, trials, p) - alpha)
    if successes < trials:
        upper = _root(lambda p: _tail(successes + 1, trials, p) - (1 - alpha))
    return lower, upper
