//! The entries of `dates`.

use wherewithal::dates::{self, DateSchedule};

use crate::Operation;

pub(super) fn entries() -> Vec<Operation> {
    vec![
        Operation::short(
            "dates.year_fraction",
            "The time between two dates in years, by a day count.",
            dates::year_fraction,
        )
        .details(
            "If `end` is before `start`, `years` is negative, with the same magnitude as for the two dates exchanged. `days` is the numerator: the days by the convention.\n\n\
             The conventions of the 30/360 family differ in their treatment of the 31st and the end of February; the description of each `dayCount` states its rule and where it is defined.\n\n\
             Some conventions use more than the two dates: `actualActualIcma`, `actual365L`, `actual365Canadian` and `rbaBondBasis` need a `couponPeriod`, `business252` needs a `calendar`, and `thirtyE360Isda` takes an optional `maturity`. A field that the chosen convention does not use is refused.\n\n\
             Other names: 30/360 ICMA and ISMA are `thirtyE360`; 30/360 NASD counts as `thirty360BondBasis`; actual/actual of US Treasury bonds is `actualActualIcma`; actual/actual Euro is `actualActualAfb`; calculation/252 is `business252`.",
        )
        .example(
            "Half a year of 30-day months",
            r#"{"start": "2026-01-31", "end": "2026-07-31", "dayCount": "thirty360Us"}"#,
        )
        .example("A month of 30 days in a year of 365", r#"{"start": "2025-03-31", "end": "2025-04-30", "dayCount": "thirty365"}"#)
        .example("The convention of Excel's XIRR", r#"{"start": "2026-01-01", "end": "2026-07-01"}"#)
        .example(
            "Interest accrued on a bond with half-yearly coupons",
            r#"{"start": "2026-05-15", "end": "2026-08-20", "dayCount": "actualActualIcma",
                "couponPeriod": {"start": "2026-05-15", "end": "2026-11-15", "frequency": "semiannual"}}"#,
        )
        .example(
            "Business days over 252",
            r#"{"start": "2026-01-02", "end": "2026-04-01", "dayCount": "business252",
                "calendar": {"closures": ["2026-02-16", "2026-02-17"]}}"#,
        ),
        Operation::short(
            "dates.add",
            "The date that is a number of months, days and business days later, adjusted to a business day.",
            dates::add_to_date,
        )
        .details(
            "The order is fixed: months, days, business days, adjustment. Adding months keeps the day of the month, or \
                takes the last day of a month that is too short; with `endOfMonth`, the last day of a month stays the last day of a month.",
        )
        .example(
            "Three months after the end of November, on a trading day",
            r#"{"date": "2026-11-30", "months": 3, "calendar": {"holidays": "nyse"}, "convention": "modifiedFollowing"}"#,
        )
        .example(
            "Settlement on the next business day",
            r#"{"date": "2026-07-02", "businessDays": 1, "calendar": {"holidays": "nyse"}}"#,
        ),
        Operation::short(
            "dates.schedule",
            "The dates of a schedule from a start at a frequency, up to an end or for a number of dates.",
            DateSchedule::dates,
        )
        .details(
            "Every date is computed from the anchor (the start; with a front stub, the end), never from the previous date, so a schedule on the 31st returns to the 31st after a February. The adjustment to business days comes last.\n\n\
             `end` is the last possible date. If the time is not a whole number of periods, `stub` selects what happens: nothing (the last date is then before the end), or a shorter or longer period at the back or at the front.\n\n\
             A schedule has at most 100,000 dates.",
        )
        .example(
            "Month ends",
            r#"{"start": "2026-01-31", "frequency": "monthly", "count": 6}"#,
        )
        .example(
            "Pay days on the 15th and on the last day, never on a weekend",
            r#"{"start": "2026-01-15", "frequency": "semimonthly", "end": "2026-12-31",
                "semimonthlyDays": {"first": 15, "second": 31},
                "calendar": {"holidays": "federalReserve"}, "convention": "preceding"}"#,
        )
        .example(
            "Coupons backwards from a maturity, with a short first period",
            r#"{"start": "2026-03-10", "frequency": "semiannual", "end": "2029-02-15", "stub": "shortFront"}"#,
        ),
        Operation::short(
            "dates.business_days",
            "The number of business days between two dates, and the holidays between them by name.",
            dates::business_days,
        )
        .details(
            "`start` is counted, `end` is not, as in QuantLib and in numpy's `busday_count`; a spreadsheet's NETWORKDAYS counts both. If `end` is before `start`, the count is that of the two dates exchanged, with a minus sign.\n\n\
             Holidays are rules with their exceptions, checked day by day against independent lists: the NYSE \
             from 1971 to 2040, the United States' public holidays and the Federal Reserve from 1971 to 2050, \
             TARGET from 1999 to 2050. Earlier years are refused; later ones follow the rules of 2026.",
        )
        .example(
            "Trading days of a year",
            r#"{"start": "2026-01-01", "end": "2027-01-01", "calendar": {"holidays": "nyse"}}"#,
        )
        .example(
            "A custom weekend",
            r#"{"start": "2026-11-01", "end": "2026-12-01",
                "calendar": {"weekend": ["friday", "saturday"], "closures": ["2026-11-15"]}}"#,
        ),
    ]
}
