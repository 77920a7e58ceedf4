//! The entries of `time_value`.

use wherewithal::time_value::{
    DatedFlowsInput, EffectInput, ForwardFlowInput, FvInput, IrrInput, LevelPaymentInput, LevelPaymentsInput,
    MirrInput, NfvInput, NominalInput, NperInput, NpvInput, PdurationInput, PmtInput, PvInput, RateInput,
    RriInput, XirrInput,
};

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    [annuities(), loan_payments(), series(), rates_of_return(), conversions()].into_iter().flatten().collect()
}

fn annuities() -> Vec<Operation> {
    vec![
        Operation::short(
            "time_value.fv",
            "The future value of a present value and of level payments.",
            FvInput::run,
        )
        .details(
            "Solves `fv + pv (1 + rate)^nper + pmt (1 + rate when) ((1 + rate)^nper - 1) / rate = 0`, where \
             `when` is 1 for payments at the beginning of periods and 0 otherwise; at a rate of zero, `fv + \
             pv + pmt nper = 0`.\n\n\
             Money received is positive and money paid is negative. The same as Excel's FV, \
             numpy-financial's `fv` and pyxirr's `fv`, but a negative number of periods is refused.",
        )
        .example("Ten years of saving", r#"{"rate": 0.004, "nper": 120, "pmt": -100, "pv": -100}"#)
        .example(
            "Payments at the beginning of periods",
            r#"{"rate": 0.005, "nper": 10, "pmt": -200, "pv": -500, "when": "begin"}"#,
        ),
        Operation::short(
            "time_value.pv",
            "The present value of level payments and of a future value.",
            PvInput::run,
        )
        .details(
            "Solves the equation of `time_value.fv` for `pv`.\n\n\
             The same as Excel's PV, numpy-financial's `pv` and pyxirr's `pv`, but a negative number of \
             periods is refused.",
        )
        .example("An annuity of 500 a month for twenty years", r#"{"rate": 0.006, "nper": 240, "pmt": 500}"#),
        Operation::short(
            "time_value.pmt",
            "The level payment that turns a present value into a future value.",
            PmtInput::run,
        )
        .details(
            "Solves the equation of `time_value.fv` for `pmt`. A loan has a positive `pv` (received) and a \
             negative result (paid). For a schedule in exact cents use `debt.amortize`.\n\n\
             The same as Excel's PMT, numpy-financial's `pmt` and pyxirr's `pmt`; the number of periods must \
             be above zero.",
        )
        .example("A mortgage over thirty years", r#"{"rate": 0.005, "nper": 360, "pv": 300000}"#)
        .example("Saving for a goal", r#"{"rate": 0.005, "nper": 216, "pv": 0, "fv": 50000}"#),
        Operation::short(
            "time_value.nper",
            "The number of periods in which level payments turn a present value into a future value.",
            NperInput::run,
        )
        .details(
            "Solves the equation of `time_value.fv` for `nper`. The result need not be whole, and it is negative if the equation was satisfied in the past. If nothing satisfies it, for example because a payment does not cover the interest, the error is `solve.no_solution`.\n\n\
             The same as Excel's NPER and pyxirr's `nper`. At a rate of zero the result is `-(pv + fv) / \
             pmt`; numpy-financial 1.0 returns another number there.",
        )
        .example("A loan of 8,000 at 150 a month", r#"{"rate": 0.006, "pmt": -150, "pv": 8000}"#),
        Operation::short(
            "time_value.rate",
            "The rate per period at which level payments turn a present value into a future value.",
            RateInput::run,
        )
        .details(
            "Solves the equation of `time_value.fv` for `rate`. The result includes its residual, which is the present value of everything received and paid.\n\n\
             If `pv` and `fv` have the same sign and `pmt` the other, there are two rates or none: of two, the one nearest `guess` is returned. Otherwise there is one rate, and the guess has no influence. If there is no rate, the error is `solve.no_solution`.\n\n\
             The same as Excel's RATE, numpy-financial's `rate` and pyxirr's `rate` wherever these converge. \
             It is found by Halley's method on the logarithm of the ratio of receipts to payments, or by \
             Brent's method in a bracket.",
        )
        .example("A four-year loan of 8,000", r#"{"nper": 48, "pmt": -200, "pv": 8000}"#),
    ]
}

fn loan_payments() -> Vec<Operation> {
    const SPLIT: &str = "`ipmt` and `ppmt` of a payment add up to `pmt`. Interest and principal of a loan \
         (`pv` positive) are negative. With payments at the beginning of periods the first contains no interest, and each later one pays the interest accrued since the previous one.\n\n\
         The same as Excel's function and numpy-financial's; the number of the payment must be a whole number within the term.";
    const CUMULATIVE: &str = "The loan is repaid in full at the end of the term. Interest and principal of a \
         loan (`pv` positive) are negative. Both periods are included.\n\n\
         The same as Excel's function and, for payments at the end of periods, pyxirr's (whose `cumprinc` \
         for payments at the beginning differs from Excel's in version 0.10). In addition, rates of zero and below are accepted, and a `pv` of either sign.";
    vec![
        Operation::short(
            "time_value.ipmt",
            "The interest in one payment of a level-payment loan.",
            LevelPaymentInput::interest,
        )
        .details(SPLIT)
        .example("The first month of a mortgage", r#"{"rate": 0.005, "per": 1, "nper": 360, "pv": 300000}"#),
        Operation::short(
            "time_value.ppmt",
            "The principal in one payment of a level-payment loan.",
            LevelPaymentInput::principal,
        )
        .details(SPLIT)
        .example("The first month of a mortgage", r#"{"rate": 0.005, "per": 1, "nper": 360, "pv": 300000}"#),
        Operation::short(
            "time_value.cumipmt",
            "The interest in a range of payments of a level-payment loan.",
            LevelPaymentsInput::interest,
        )
        .details(CUMULATIVE)
        .example(
            "The second year of a mortgage",
            r#"{"rate": 0.0075, "nper": 360, "pv": 125000, "startPeriod": 13, "endPeriod": 24}"#,
        ),
        Operation::short(
            "time_value.cumprinc",
            "The principal in a range of payments of a level-payment loan.",
            LevelPaymentsInput::principal,
        )
        .details(CUMULATIVE)
        .example(
            "The second year of a mortgage",
            r#"{"rate": 0.0075, "nper": 360, "pv": 125000, "startPeriod": 13, "endPeriod": 24}"#,
        ),
    ]
}

fn series() -> Vec<Operation> {
    vec![
        Operation::short(
            "time_value.npv",
            "The net present value of cash flows one period apart.",
            NpvInput::run,
        )
        .details(
            "The sum of `amounts[i] / (1 + rate)^(i + s)`, where `s` is 0, or 1 if `startFromZero` is \
             false.\n\n\
             By default the first flow is now, as in numpy-financial's and pyxirr's `npv`. Excel's NPV puts \
             the first flow one period from now: set `startFromZero` to false.",
        )
        .example("A project", r#"{"rate": 0.08, "amounts": [-40000, 5000, 8000, 12000, 30000]}"#)
        .example(
            "As in a spreadsheet",
            r#"{"rate": 0.1, "amounts": [-10000, 3000, 4200, 6800], "startFromZero": false}"#,
        ),
        Operation::short(
            "time_value.nfv",
            "The net future value of cash flows at the ends of periods.",
            NfvInput::run,
        )
        .details("The sum of `amounts[i] (1 + rate)^(nper - i - 1)`, as in pyxirr's `nfv`.")
        .example(
            "Four flows after six years",
            r#"{"rate": 0.05, "nper": 6, "amounts": [1050, 1350, 1350, 1450]}"#,
        ),
        Operation::short(
            "time_value.xnpv",
            "The net present value of dated cash flows, at the earliest date.",
            DatedFlowsInput::present_value,
        )
        .details(
            "The sum of `amounts[i] / (1 + rate)^t`, where `t` is the year fraction from the earliest date. \
             Dates may come in any order and repeat; their order does not affect the result, to the bit.\n\n\
             The same as pyxirr's `xnpv`. Excel's XNPV discounts to the first date of the list, and refuses lists in which it is not the earliest; its only day count is actual/365, the default here.",
        )
        .example(
            "A flow and its return",
            r#"{"rate": 0.09, "dates": ["2025-01-01", "2026-03-01"], "amounts": [-10000, 11000]}"#,
        ),
        Operation::short(
            "time_value.xnfv",
            "The net future value of dated cash flows, at the latest date.",
            DatedFlowsInput::future_value,
        )
        .details(
            "The sum of `amounts[i] (1 + rate)^(T - t)`, where `t` is the year fraction from the earliest \
             date and `T` that of the latest.\n\n\
             The same as pyxirr's `xnfv` for actual/365; with another day count, pyxirr 0.10 discounts by that day count and compounds by actual/365.",
        )
        .example(
            "A flow and its return",
            r#"{"rate": 0.09, "dates": ["2025-01-01", "2026-03-01"], "amounts": [-10000, 11000]}"#,
        ),
        Operation::short(
            "time_value.xfv",
            "The forward value of a cash flow at a later date, with a rate for each date.",
            ForwardFlowInput::run,
        )
        .details(
            "`cashFlow (1 + endRate)^T / (1 + cashFlowRate)^t`, where `t` and `T` are the year fractions \
             from `startDate` to `cashFlowDate` and to `endDate`. The same as pyxirr's `xfv`, which has only the day count actual/365.",
        )
        .example(
            "A forward value",
            r#"{"startDate": "2026-02-01", "cashFlowDate": "2026-03-01", "endDate": "2027-02-01",
                "cashFlowRate": 0.0014, "endRate": 0.0025, "cashFlow": 100000}"#,
        ),
    ]
}

fn rates_of_return() -> Vec<Operation> {
    const ROOTS: &str = "If flows change sign more than once, there may be several rates. The search covers all of them: on each of a set of ranges that together cover every rate above -100 % with a finite present value, the value is proved to have no zero, or to be monotonic. The rate nearest `guess` is returned, and the guess has no other influence. `allRoots` also lists every rate in a range. (numpy-financial's `irr` returns the rate nearest zero: set `guess` to 0. Excel and pyxirr return the rate that their iterations reach from the guess.)\n\n\
         A double root, where the net present value touches zero, has the status `tangent`; about half of \
         its digits are known. Two roots closer to each other than a millionth (of the rate over the whole \
         span of the flows) count as one.\n\n\
         If there is no rate, the code of the error is the reason: `cash_flows.one_sign`, `cash_flows.single_date`, \
         `solve.no_solution`.\n\n\
         Method: Halley's method on the logarithm of the ratio of receipts to payments, starting from the ratio of receipts to payments over the distance of their mean dates. Its result is accepted if the running balance at that rate never changes sign (Teichroew, Robichek and Montalbano, 1965), which proves that there is no other; if not, ranges are bisected as above, with Laguerre's rule of signs (1883) at the outer ends.";
    vec![
        Operation::new(
            "time_value.irr",
            "The internal rate of return of cash flows one period apart.",
            IrrInput::run,
        )
        .details(ROOTS)
        .example("Five years", r#"{"amounts": [-70000, 12000, 15000, 18000, 21000, 26000]}"#)
        .example(
            "Two rates, both listed",
            r#"{"amounts": [-100, 230, -132], "guess": 0.25, "allRoots": {"lower": -0.9, "upper": 10}}"#,
        ),
        Operation::new(
            "time_value.xirr",
            "The internal rate of return of dated cash flows, as an effective annual rate.",
            XirrInput::run,
        )
        .details(ROOTS)
        .example(
            "Five dated flows",
            r#"{"dates": ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"],
                "amounts": [-10000, 2750, 4250, 3250, 2750]}"#,
        ),
        Operation::short(
            "time_value.mirr",
            "The modified internal rate of return of cash flows one period apart.",
            MirrInput::run,
        )
        .details(
            "Payments are discounted to the first flow at `financeRate`, receipts are compounded to the last \
             at `reinvestRate`; the result is the rate at which the former grow into the latter. It exists if there are payments and receipts, and is unique.\n\n\
             The same as Excel's MIRR, numpy-financial's `mirr` and pyxirr's `mirr`.",
        )
        .example(
            "Five years",
            r#"{"amounts": [-120000, 39000, 30000, 21000, 37000, 46000],
                "financeRate": 0.1, "reinvestRate": 0.12}"#,
        ),
    ]
}

fn conversions() -> Vec<Operation> {
    vec![
        Operation::short(
            "time_value.effect",
            "The effective annual rate of a nominal annual rate.",
            EffectInput::run,
        )
        .details(
            "`(1 + nominalRate / m)^m - 1` with `m` periods a year. The same as Excel's EFFECT, which \
             refuses rates of zero and below.",
        )
        .example("Twelve per cent, compounded monthly", r#"{"nominalRate": 0.12, "periodsPerYear": 12}"#),
        Operation::short(
            "time_value.nominal",
            "The nominal annual rate of an effective annual rate.",
            NominalInput::run,
        )
        .details(
            "`m ((1 + effectiveRate)^(1/m) - 1)` with `m` periods a year: the inverse of \
             `time_value.effect`. The same as Excel's NOMINAL, which refuses rates of zero and below.",
        )
        .example("Twelve per cent a year, by months", r#"{"effectiveRate": 0.12, "periodsPerYear": 12}"#),
        Operation::short(
            "time_value.rri",
            "The constant rate at which an amount grows into another.",
            RriInput::run,
        )
        .details(
            "`(fv / pv)^(1 / nper) - 1`: the compound annual growth rate (CAGR) when periods are years. The \
             same as Excel's RRI for amounts above zero.",
        )
        .example("10,000 grow to 11,000 in 96 months", r#"{"nper": 96, "pv": 10000, "fv": 11000}"#),
        Operation::short(
            "time_value.pduration",
            "The number of periods in which an amount grows into another.",
            PdurationInput::run,
        )
        .details(
            "`ln(fv / pv) / ln(1 + rate)`. The same as Excel's PDURATION; in addition, negative rates are accepted.",
        )
        .example("From 2,000 to 2,200 at 2.5 %", r#"{"rate": 0.025, "pv": 2000, "fv": 2200}"#),
    ]
}
