"""The statistical functions that oracle.py is asked for by name: scipy's, statsmodels' and numpy's own."""
import numpy as np
from scipy import optimize, special, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest


def welch(a, b, level):
    both = stats.ttest_ind(a, b, equal_var=False)
    less = stats.ttest_ind(a, b, equal_var=False, alternative="less")
    return [*both.confidence_interval(level), less.pvalue]


def welch_gap(a, b, level):
    both = stats.ttest_ind(a, b, equal_var=False)
    return [*both.confidence_interval(level), both.pvalue, both.df]


def prediction_band(x, level):
    """The one-sided t prediction band, from the distribution of the next value's standardised distance."""
    spread = stats.t(len(x) - 1, np.mean(x), np.std(x, ddof=1) * np.sqrt(1 + 1 / len(x)))
    return [spread.ppf(1 - level), spread.ppf(level)]


def mad_band(x, times):
    half = times * stats.median_abs_deviation(x, scale="normal")
    return [np.median(x) - half, np.median(x) + half]


def newcombe(x, n, y, m, level):
    ends = confint_proportions_2indep(x, n, y, m, compare="diff", method="newcomb", alpha=1 - level)
    return [*ends, proportions_ztest([x, y], [n, m])[1]]


def midp(gained, lost):
    """From scipy's binomial test: the points as extreme on either side, less half of those exactly as extreme."""
    n = gained + lost
    at = stats.binom.pmf(min(gained, lost), n, 0.5)
    exact = mcnemar([[0, gained], [lost, 0]], exact=True).pvalue
    return [exact, 1 - at / 2 if gained == lost else exact - at]


def placements(y, a, b):
    """The change of the area, and each row's part of it: the placement values of positives and of negatives."""
    y, a, b = np.array(y), np.array(a), np.array(b)
    kernel = lambda s: np.sign(s[y == 1][:, None] - s[y == 0][None, :]) / 2 + 0.5
    ka, kb = kernel(a), kernel(b)
    return ka.mean() - kb.mean(), [ka.mean(1) - kb.mean(1), ka.mean(0) - kb.mean(0)]


def auc_difference(y, a, b, level):
    """DeLong's by its definition: variances of the placement values of positives and of negatives, each over its own class."""
    change, classes = placements(y, a, b)
    se = np.sqrt(sum(values.var(ddof=1) / len(values) for values in classes))
    return [*stats.norm.interval(level, change, se), stats.norm.cdf(change / se)]


def auc_few_differing(y, a, b, level):
    """Where few rows tell the areas apart: the changes that fit the variance which there would be if they were true."""
    change, classes = placements(y, a, b)
    v = sum(values.var(ddof=1) / len(values) for values in classes)
    q = sum((((values - values.mean()) / len(values)) ** 4).sum() for values in classes)
    k, h = v**2 / q, np.sqrt(q / v)
    z, t = stats.norm.ppf((1 + level) / 2), stats.t.ppf((1 + level) / 2, 2 * k)
    wide = v * (t / z) ** 2

    def reach(at):
        if at >= z * np.sqrt(wide):
            return z * np.sqrt(wide)
        misfit = lambda u: u * u - z * z * (wide + np.sqrt(wide**2 + 4 * h * h * (u - at) * u)) / 2
        return optimize.brentq(misfit, max(0, at), 10 * (z * np.sqrt(wide) + z * z * h + abs(at)), xtol=1e-15, rtol=1e-15)

    low, high = change - reach(change), change + reach(-change)
    row = 0.5 / min(len(values) for values in classes)
    low, high = (min(low, -row) if low < 0 else low), (max(high, row) if high > 0 else high)
    low, high = max(low, -1), min(high, 1)
    chance = min(0.5, 0.5**k)
    if chance > (1 - level) / 2:
        low, high = min(low, -h), max(high, h)
    return [low, high, np.clip(stats.t.cdf(change / np.sqrt(v), 2 * k), chance, 1 - chance)]


def multinomial_bootstrap(counts, values, replicates, level):
    """numpy's own multinomial draws of cells; `values` name the two linear-fractional values: rows of weights above and below."""
    drawn = np.random.default_rng(7).multinomial(sum(counts), np.array(counts) / sum(counts), replicates)
    value = lambda side: drawn @ np.array(side["above"]) / (drawn @ np.array(side["below"]))
    change = value(values[0]) - value(values[1])
    return [*np.quantile(change, [(1 - level) / 2, (1 + level) / 2]), change.std(ddof=1), np.mean(change >= 0)]


def repeated(candidate, baseline, level):
    """Several runs of either side over the same rows: the spread of the runs and of the rows' mean difference."""
    c, b = np.array(candidate), np.array(baseline)
    rows = c.mean(0) - b.mean(0)
    runs = [c.mean(1).var(ddof=1) / len(c), b.mean(1).var(ddof=1) / len(b)]
    total = sum(runs) + stats.sem(rows) ** 2
    df = total**2 / (runs[0] ** 2 / (len(c) - 1) + runs[1] ** 2 / (len(b) - 1))
    return [*stats.t.interval(level, df, rows.mean(), np.sqrt(total)), stats.t.cdf(rows.mean() / np.sqrt(total), df)]


STATISTICS = {
    "normalCdf": lambda z: stats.norm.cdf(z),
    "normalQuantile": lambda p: stats.norm.ppf(p),
    "studentCdf": lambda t, df: stats.t.cdf(t, df),
    "studentQuantile": lambda p, df: stats.t.ppf(p, df),
    "incompleteBeta": lambda x, a, b: special.betainc(a, b, x),
    "erf": lambda x: special.erf(x),
    "erfc": lambda x: special.erfc(x),
    "logGamma": lambda x: special.gammaln(x),
    "incompleteGamma": lambda a, x: special.gammainc(a, x),
    "incompleteGammaUpper": lambda a, x: special.gammaincc(a, x),
    "chiSquareCdf": lambda x, df: stats.chi2.cdf(x, df),
    "chiSquareSf": lambda x, df: stats.chi2.sf(x, df),
    "chiSquareQuantile": lambda p, df: stats.chi2.ppf(p, df),
    "betaQuantile": lambda p, a, b: stats.beta.ppf(p, a, b),
    "binomialPmf": lambda k, n, p: stats.binom.pmf(k, n, p),
    "binomialCdf": lambda k, n, p: stats.binom.cdf(k, n, p),
    "binomialSf": lambda k, n, p: stats.binom.sf(k, n, p),
    "binomialQuantile": lambda q, n, p: stats.binom.ppf(q, n, p),
    "wilson": lambda k, n, level: proportion_confint(k, n, alpha=1 - level, method="wilson"),
    "clopperPearson": lambda k, n, level: proportion_confint(k, n, alpha=1 - level, method="beta"),
    "tInterval": lambda x, level: stats.ttest_1samp(x, 0).confidence_interval(level),
    "pairedT": lambda a, b, level: [*stats.ttest_rel(a, b).confidence_interval(level),
                                    stats.ttest_rel(a, b, alternative="less").pvalue],
    "welch": welch,
    "welchGap": welch_gap,
    "newcombe": newcombe,
    "newcombeEnds": lambda *args: newcombe(*args)[:2],
    "delong": auc_difference,
    "aucFewDiffering": auc_few_differing,
    "repeated": repeated,
    "predictionBand": prediction_band,
    "madBand": mad_band,
    "mcnemar": midp,
    "mannWhitney": lambda a, b: [stats.mannwhitneyu(a, b).statistic],
    "quantile": lambda x, share: [np.quantile(x, share)],
    "holm": lambda p: multipletests(p, method="holm")[1],
    "benjaminiHochberg": lambda p: multipletests(p, method="fdr_bh")[1],
    "multinomialBootstrap": multinomial_bootstrap,
}
