#!/usr/bin/python3
"""Writes reference.json: what scipy and plain definitions say the functions beside it must return.

The result is committed, so that the tests need no Python. To make it anew (Debian: python3-scipy):

    tools/lib/stats/testdata/reference.py > tools/lib/stats/testdata/reference.json

Nothing here shares code with the C++: distributions are scipy's, tests are scipy's where it has
them (theilslopes, wilcoxon), and definitions are written out where it has not.
"""

import json
import math
import sys

import numpy as np
from scipy import stats


def clopper_pearson(rng):
    for trials in (1, 16, 60, 299, 2000, 100_000):
        for successes in sorted({0, trials // 3, trials // 2, trials - 1, trials}):
            for confidence in (0.9, 0.95, 0.9995):
                alpha = 1 - confidence
                lower = stats.beta.ppf(alpha, successes, trials - successes + 1) if successes else 0
                upper = (stats.beta.ppf(1 - alpha, successes + 1, trials - successes)
                         if successes < trials else 1)
                yield dict(successes=successes, trials=trials, confidence=confidence,
                           lower=float(lower), upper=float(upper))


def quantile_ranks(rng):
    for samples in (10, 59, 128, 299, 1000, 16_000):
        for quantile in (0.5, 0.95, 0.99, 0.999):
            for confidence in (0.95, 0.9995):
                ranks = np.arange(1, samples + 1)
                upper = ranks[stats.binom.cdf(ranks - 1, samples, quantile) >= confidence]
                lower = ranks[stats.binom.sf(ranks - 1, samples, quantile) >= confidence]
                yield dict(samples=samples, quantile=quantile, confidence=confidence,
                           upper=int(upper[0]) if len(upper) else None,
                           lower=int(lower[-1]) if len(lower) else None)


def quantile_tests(rng):
    for samples in (128, 473, 2000):
        for over in (0, 1, 5, 20, 40):
            for quantile in (0.95, 0.99):
                if stats.binom.cdf(over, samples, 1 - quantile) <= 0.05:
                    result = "pass"
                elif stats.binom.sf(over - 1, samples, 1 - quantile) <= 0.05:
                    result = "fail"
                else:
                    result = "insufficient"
                yield dict(samples=samples, over=over, quantile=quantile, result=result)


def smallest_sizes(rng):
    for quantile, confidence in ((0.95, 0.95), (0.99, 0.95), (0.999, 0.95), (0.99, 0.9995)):
        for over in (0, 1, 2, 3, 5, 20):
            samples = over + 1
            while stats.binom.cdf(over, samples, 1 - quantile) > 1 - confidence:
                samples += 1
            yield dict(quantile=quantile, confidence=confidence, over=over, samples=samples)


def batch_means(rng):
    for size in (2, 10, 20):
        means = rng.lognormal(size=size)
        for confidence in (0.95, 0.9995):
            lower, upper = stats.t.interval(2 * confidence - 1, size - 1, means.mean(),
                                            stats.sem(means))
            yield dict(means=means.tolist(), confidence=confidence, lower=lower, upper=upper)


def noise(state=1):
    """Numbers from 0 to 65535, by a linear congruential generator: the same without numpy."""
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield state >> 16


def slots_of(count, sticky, busy, seed):
    """A sample by slot: `count` slots of about `busy` values from 0 to 99, those of a slot alike."""
    numbers = noise(seed)
    slots, level = [], 50
    for _ in range(count):
        level = (sticky * level + (100 - sticky) * (next(numbers) % 100)) // 100
        size = next(numbers) % (2 * busy)
        slots.append([min(99, (level + next(numbers) % 100) // 2) for _ in range(size)])
    while not slots[-1]:
        slots.pop()  # time that passes at the end is not seen
    while not slots[0]:
        slots.pop(0)
    return slots


def windows_of(values, length):
    return [sum(values[i:i + length]) for i in range(len(values) - length + 1)]


def excess_variances(sizes, over):
    """phi and its degrees of freedom by length of windows; None where it is not used."""
    samples, used = sum(sizes), sum(1 for size in sizes if size > 0)
    p = sum(over) / samples
    result = []
    for length in (1, 2, 4, 8):
        if length > 4 and length / 2 * samples / used >= 8:
            result.append(None)
            continue
        n, x = windows_of(sizes, length), windows_of(over, length)
        worth = samples * sum(n) / sum(size**2 for size in n)
        phi = sum((b - p * a)**2 for a, b in zip(n, x)) / (sum(n) * p * (1 - p))
        result.append((phi * worth / (worth - 1), (1 if length == 1 else 1.5) * (worth - 1)))
    return result


def corrected(excess, confidence):
    """The largest of the phi times (t / z)^2."""
    z = stats.norm.ppf(confidence)
    return max(phi * (stats.t.ppf(confidence, max(1, freedom)) / z)**2
               for phi, freedom in (pair for pair in excess if pair is not None))


def among_largest(slots, proportion, confidence):
    values = sorted((value for slot in slots for value in slot), reverse=True)
    wanted = max(proportion * len(values) * (1 - 1e-12), 50)
    lowest = next((value for i, value in enumerate(values)
                   if i + 1 >= wanted and (i + 1 == len(values) or values[i + 1] < value)), None)
    if lowest is None or lowest == values[-1]:
        lowest = min(value for value in values if value > values[-1])
    sizes = [len(slot) for slot in slots]
    over = [sum(1 for value in slot if value >= lowest) for slot in slots]
    return corrected(excess_variances(sizes, over), confidence)


def over_dispersion(rng):
    for count, sticky, busy, seed in ((60, 0, 2, 1), (64, 90, 2, 2), (64, 0, 40, 3), (33, 80, 60, 4)):
        slots = slots_of(count, sticky, busy, seed)
        yield dict(slots=slots, cases=[
            dict(proportion=proportion, confidence=confidence,
                 factor=float(among_largest(slots, proportion, confidence)))
            for proportion in (0.01, 0.2, 0.6) for confidence in (0.95, 0.9995)])


def failure_dispersion(rng):
    for count, failing, seed in ((30, 1, 1), (64, 10, 2), (50, 60, 3)):
        numbers = noise(seed)
        trials = [2 + next(numbers) % 40 for _ in range(count)]
        failures = [next(numbers) % (size + 1) if next(numbers) % 100 < failing else 0
                    for size in trials]
        for confidence in (0.95, 0.9995):
            factor = 1.0
            if sum(failures) > 0:
                z = stats.norm.ppf(confidence)
                factor = corrected(excess_variances(trials, failures), confidence) / (
                    stats.t.ppf(confidence, count - 1) / z)**2
            worth = factor * (stats.t.ppf(confidence, count - 1) / stats.norm.ppf(confidence))**2
            yield dict(trials=trials, failures=failures, confidence=confidence, batches=count,
                       factor=float(factor), disturbed=4,
                       effective=max(1, int(sum(trials) / max(1, worth, 4))))


def effective_sizes(rng):
    for samples, factor in ((1, 1), (299, 0), (299, 0.5), (299, 1), (16_000, 4.5)):
        for disturbed in (1, 4, 1_000):
            yield dict(samples=samples, factor=factor, disturbed=disturbed,
                       size=max(1, int(samples / max(1, factor, disturbed))))


def dependent_limits(rng):
    """The limits of a percentile, by the steps of quantile_limits.h, with sums for the binomial."""
    for count, sticky, busy, seed in ((64, 0, 60, 1), (64, 70, 60, 2), (40, 90, 200, 3)):
        slots = slots_of(count, sticky, busy, seed)
        samples = sum(len(slot) for slot in slots)
        cases = []
        for quantile, confidence, disturbed, processes in (
                (0.5, 0.95, 1, 1), (0.9, 0.95, 1, 1), (0.9, 0.9995, 1, 1), (0.9, 0.95, 8, 1),
                (0.9, 0.95, 8, 4), (0.75, 0.95, 1, 4)):
            inflations = {}

            def inflation(over):
                if over not in inflations:
                    measured = among_largest(slots, over / samples, confidence) if processes == 1 else 1
                    inflations[over] = max(1, disturbed, measured)
                return inflations[over]

            def at_most(x, n):
                return stats.binom.cdf(x, n, 1 - quantile) <= 1 - confidence

            def at_least(x, n):
                return stats.binom.sf(x - 1, n, 1 - quantile) <= 1 - confidence

            def total(over):
                return max(1, int(samples * processes / inflation(over)))

            allowance = (1 - quantile) * samples
            lower = upper = None
            for step in range(21):
                n = total(allowance * step / 20)
                scale = samples / n
                if not at_most(math.ceil(allowance * step / 20 / scale), n):
                    break
                after = allowance * (step + 1) / 20
                goes_on = at_most(math.ceil(after / scale), n)
                if not goes_on:
                    c = 0
                    while at_most(c + 1, n):
                        c += 1
                    after = c * scale
                upper = [int(samples - math.floor(after)),
                         max(1, int(samples / inflation(allowance * step / 20)))]
                if not goes_on:
                    break
            over = samples - 1
            while over > allowance:
                n = total(over)
                scale = samples / n
                if not at_least(min(math.floor(over / scale), n), n):
                    break
                after = max(allowance, over / 1.15)
                goes_on = at_least(min(math.floor(after / scale), n), n)
                if not goes_on:
                    c = n
                    while at_least(c - 1, n):
                        c -= 1
                    after = min(samples, c * scale)
                lower = [int(samples - math.ceil(after)) + 1,
                         max(1, int(samples / inflation(over)))]
                if not goes_on:
                    break
                over = after
            cases.append(dict(quantile=quantile, confidence=confidence, disturbed=disturbed,
                              processes=processes, lower=lower, upper=upper))
        yield dict(slots=slots, cases=cases)


def holm(rng):
    for p_values in ([0.01], [0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.9], [0.0, 1.0, 0.02, 0.02]):
        # Smallest alpha at which the step-down procedure rejects each, by trying all candidates.
        m = len(p_values)
        candidates = sorted({min(1.0, p * k) for p in p_values for k in range(1, m + 1)} | {1.0})

        def rejected(alpha):
            rejects = set()
            for step, i in enumerate(sorted(range(m), key=lambda i: p_values[i])):
                if p_values[i] > alpha / (m - step):
                    break
                rejects.add(i)
            return rejects

        adjusted = [next((a for a in candidates if i in rejected(a * (1 + 1e-12))), 1.0)
                    for i in range(m)]
        yield dict(p_values=p_values, adjusted=adjusted)


def trends(rng):
    for series in (rng.normal(size=12), np.arange(20) + 3 * rng.normal(size=20),
                   np.round(2 * rng.normal(size=30)), -0.05 * np.arange(25) + rng.normal(size=25)):
        yield dict(series=series.tolist(), slope=stats.theilslopes(series)[0])


def allowed_autocorrelation(residuals, fitted):
    n = len(residuals)
    lagged = sum(a * b for a, b in zip(residuals, residuals[1:])) / sum(a * a for a in residuals)
    return min(max((n * lagged + fitted) / (n - 2 - fitted) + 1.5 / math.sqrt(n), 0),
               0.95 if fitted == 1 else 0.98)


def coefficient_error(residuals, columns):
    """By the whole matrix of correlations; of the last column's coefficient."""
    n = len(residuals)
    rho = allowed_autocorrelation(residuals, len(columns))

    def quadratic(c):
        return sum(c[i] * c[j] * rho ** abs(i - j) for i in range(n) for j in range(n))

    def square(c):
        return sum(a * a for a in c)

    variance = square(residuals) / (n - sum(quadratic(c) / square(c) for c in columns))
    return math.sqrt(variance * quadratic(columns[-1])) / square(columns[-1])


# Series without a random number, so that these cases need no numpy: waves that are unlike, alike,
# and strongly alike from one observation to the next.
def waves():
    return [[3 + math.sin(turn * i * (1 + i / 9)) for i in range(size)]
            for size, turn in ((8, 2.0), (12, 1.9), (24, 0.7), (32, 0.05))]


def dependent_means(rng):
    for windows in waves():
        mean = sum(windows) / len(windows)
        residuals = [window - mean for window in windows]
        for confidence in (0.95, 0.9995):
            reach = (stats.t.ppf(confidence, len(windows) - 3) *
                     coefficient_error(residuals, [[1] * len(windows)]))
            yield dict(windows=windows, confidence=confidence,
                       autocorrelation=allowed_autocorrelation(residuals, 1),
                       lower=mean - reach, upper=mean + reach)


def dependent_trends(rng):
    def median(values):
        values = sorted(values)
        return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2

    for series in waves():
        size = len(series)
        series = [value + 0.2 * i for i, value in enumerate(series)]
        series[size // 3] += 50  # a wild one
        slope = median([(series[j] - series[i]) / (j - i)
                        for i in range(size) for j in range(i + 1, size)])
        rest = [value - slope * i for i, value in enumerate(series)]
        middle = median(rest)
        far = 3 * 1.4826 * median([abs(value - middle) for value in rest])
        rest = [min(max(value - middle, -far), far) for value in rest]
        steps = [i - (size - 1) / 2 for i in range(size)]
        mean = sum(rest) / size
        tilt = sum(a * b for a, b in zip(rest, steps)) / sum(a * a for a in steps)
        rest = [value - mean - tilt * step for value, step in zip(rest, steps)]
        error = coefficient_error(rest, [[1] * size, steps])
        for confidence in (0.95, 0.9995):
            reach = stats.t.ppf(confidence, size - 4) * error
            yield dict(series=series, confidence=confidence, slope=slope, lower=slope - reach,
                       upper=slope + reach, p_increase=stats.t.sf(slope / error, size - 4))


def locations(rng):
    for size, confidence in ((5, 0.95), (12, 0.95), (15, 0.995), (25, 0.9995)):
        sample = 3 + rng.standard_t(3, size=size)
        i, j = np.triu_indices(size)
        walsh = np.sort((sample[i] + sample[j]) / 2)
        gap = np.diff(walsh).min() / 4

        # The limits are where the exact signed-rank test begins to accept.
        def p_value(shift, alternative):
            return stats.wilcoxon(sample - shift, alternative=alternative, mode="exact").pvalue

        lower = next(w for w in walsh if p_value(w + gap, "greater") > 1 - confidence)
        upper = next(w for w in walsh[::-1] if p_value(w - gap, "less") > 1 - confidence)
        yield dict(sample=sample.tolist(), confidence=confidence,
                   location=float(np.median(walsh)), lower=lower, upper=upper)


def signed_ranks(rng):
    for size, shift in ((5, 1.0), (16, 0.4), (40, 0.5), (100, 0.2)):
        sample = shift + rng.standard_t(3, size=size)
        test = stats.wilcoxon(sample, alternative="greater", mode="exact")
        yield dict(sample=sample.tolist(), statistic=int(test.statistic), p=test.pvalue)


def welch(rng):
    for sizes, shift, confidence in (((2, 2), 1.0, 0.95), ((5, 9), 0.5, 0.99), ((12, 4), -1, 0.9995)):
        a, b = rng.normal(size=sizes[0]), shift + 2 * rng.normal(size=sizes[1])
        test = stats.ttest_ind(b, a, equal_var=False, alternative="greater")
        va, vb = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
        freedom = (va + vb) ** 2 / (va ** 2 / (len(a) - 1) + vb ** 2 / (len(b) - 1))
        reach = stats.t.ppf(confidence, freedom) * np.sqrt(va + vb)
        difference = b.mean() - a.mean()
        yield dict(a=a.tolist(), b=b.tolist(), confidence=confidence, p=test.pvalue,
                   difference=difference, lower=difference - reach, upper=difference + reach)


def main():
    functions = (clopper_pearson, quantile_ranks, quantile_tests, smallest_sizes, batch_means,
                 over_dispersion, failure_dispersion, effective_sizes, dependent_limits, holm, trends,
                 dependent_means, dependent_trends, locations, signed_ranks, welch)
    document = {f.__name__: list(f(np.random.default_rng(1))) for f in functions}
    json.dump(document, sys.stdout, indent=None, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
