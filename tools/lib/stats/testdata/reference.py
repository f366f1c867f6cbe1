#!/usr/bin/python3
"""Writes reference.json: what scipy and plain definitions say the functions beside it must return.

The result is committed, so that the tests need no Python. To make it anew (Debian: python3-scipy):

    tools/lib/stats/testdata/reference.py > tools/lib/stats/testdata/reference.json

Nothing here shares code with the C++: distributions are scipy's, tests are scipy's where it has
them (kendalltau, theilslopes, wilcoxon), and definitions are written out where it has not.
"""

import json
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


def over_dispersion(rng):
    batches = 30
    for length, stickiness, proportion in ((59, 0, 0.1), (600, 0.9, 0.1), (1999, 0.5, 0.01),
                                           (900, 0.9, 0.5)):
        noise = rng.normal(size=length)
        for i in range(1, length):
            noise[i] = stickiness * noise[i - 1] + noise[i]
        series = np.round(1000 * np.exp(noise)).astype(int)
        used = series[:length // batches * batches] if length // batches >= 2 else None
        factor = 0.0
        if used is not None:
            share = max(proportion, 50 / len(used))
            threshold = np.sort(used)[int((1 - share) * len(used))]
            if threshold == used.max():
                threshold -= 1
            over = (used > threshold).reshape(batches, -1)
            p = over.mean()
            factor = over.sum(axis=1).var(ddof=1) / (over.shape[1] * p * (1 - p))
        yield dict(series=series.tolist(), proportion=proportion, factor=float(factor))


def effective_sizes(rng):
    for samples, factor in ((1, 1), (299, 0), (299, 0.5), (299, 1), (16_000, 4.5)):
        for confidence in (0.95, 0.9995):
            estimated = (stats.t.ppf(confidence, 29) / stats.norm.ppf(confidence)) ** 2
            yield dict(samples=samples, factor=factor, confidence=confidence,
                       size=max(1, int(samples / max(1, factor * estimated))))


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
        tau = stats.kendalltau(np.arange(len(series)), series, method="asymptotic")
        signs = np.sign(series[None, :] - series[:, None])
        case = dict(series=series.tolist(), s=int(np.triu(signs, 1).sum()),
                    two_sided_p_without_continuity=tau.pvalue, confidence=0.975)
        case["slope"], _, case["lower"], case["upper"] = stats.theilslopes(series, alpha=0.95)
        yield case


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
                 over_dispersion, effective_sizes, holm, trends, locations,
                 signed_ranks, welch)
    document = {f.__name__: list(f(np.random.default_rng(1))) for f in functions}
    json.dump(document, sys.stdout, indent=None, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
