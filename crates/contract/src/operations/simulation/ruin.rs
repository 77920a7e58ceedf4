//! The entry of the probability of ruin.

use wherewithal::simulation;

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::short(
            "simulation.ruin_probability",
            "The probability that constant spending uses up a portfolio within a lifetime, without simulation.",
            simulation::ruin_probability,
        )
        .details(RUIN_PROBABILITY)
        .example(
            "The example of Milevsky and Robinson: 26.8 % by their approximation",
            r#"{"spendingRate": 0.05, "expectedReturn": 0.05, "volatility": 0.2, "returnConvention": "logarithmic",
                "lifetime": {"kind": "exponential", "medianYears": 28.1}}"#,
        )
        .example(
            "An endowment that spends 4 %",
            r#"{"spendingRate": 0.04, "expectedReturn": 0.06, "volatility": 0.12, "lifetime": {"kind": "perpetual"}}"#,
        )
        .example(
            "A person of 65",
            r#"{"spendingRate": 0.045, "expectedReturn": 0.045, "volatility": 0.12,
                "lifetime": {"kind": "gompertz", "age": 65, "modalAge": 88, "dispersion": 10}}"#,
        ),
    ]
}

const RUIN_PROBABILITY: &str = "\
A portfolio with independent lognormal returns pays a constant real consumption, evenly over time. It is used up if and only \
if the present value of the consumption over the lifetime, discounted at the portfolio's own return, exceeds it. With the \
drift m (the mean of the logarithmic return plus half its variance), the variance v, the spending rate c and x = 2 c / v:

- `perpetual`: exact. The probability is the incomplete gamma function P(2 m / v - 1, x); it is 1 if m is at most v / 2 (Dufresne \
1990).
- `exponential`: exact. With the mortality h, i = 1 - 2 m / v and r = sqrt(8 h / v + i^2), the probability is that a gamma \
variable of shape (r - i) / 2 is at most x times a beta variable of parameters 1 and (r + i) / 2 (Yor 1992).
- `gompertz`: an approximation. The reciprocal of the present value is taken for a gamma variable with the same two moments; \
beside simulations it was found up to nine percentage points too low or two too high, most where volatility is low and \
spending high. Use `retirement.run` where it matters.

`reciprocalGammaApproximation` is this approximation for an exponential lifetime, too, where Milevsky and Robinson \
(Financial Analysts Journal 61, 2005) use it. Their return of 7 % and volatility of 20 % are a drift: write the logarithmic \
mean 0.07 - 0.2^2 / 2 with the convention `logarithmic`.

Without volatility the answer is exact for every lifetime. It is a yardstick for `simulation.run` and `retirement.run`, whose \
withdrawals in months come close to even consumption. Nine digits are right; at volatilities above 0.02 twelve are.";
