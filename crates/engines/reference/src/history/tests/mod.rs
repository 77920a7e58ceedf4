//! Tests of the history.

mod studies;

use super::*;

fn request(first_year: u32, last_year: u32) -> HistoryInput {
    HistoryInput { first_year: Some(first_year), last_year: Some(last_year), ..HistoryInput::default() }
}

/// Stocks, bonds, bills and inflation of chosen years by the page of A. Damodaran of January 2016, as kept in public
/// copies; bills differ by up to 0.05 points between 1934 and 1948, and from 1982 on, so other years are looked at.
#[test]
fn years_are_those_that_were_published() {
    let all = history(&HistoryInput::default()).unwrap();
    assert_eq!(all.years.len(), 98);
    for (year, stocks, bonds, bills) in [
        (1928, 0.4381, 0.0084, 0.0308),
        (1931, -0.4384, -0.0256, 0.0231),
        (1933, 0.4998, 0.0186, 0.0096),
        (1937, -0.3534, 0.0138, 0.0028),
        (1943, 0.2506, 0.0249, 0.0038),
    ] {
        let row = &all.history.returns[year - 1928];
        assert_eq!((row[0], row[1], row[3]), (stocks, bonds, bills), "{year}");
    }
}

/// The value of 100 in stocks (1928 to 1948) and in bonds (1929 to 1945), by the columns of compounded value in the
/// table of January 2016. They compound returns that were not rounded to 0.01 points, so each year adds up to 0.00005
/// of error.
#[test]
fn compounded_values_are_those_that_were_published() {
    let all = history(&HistoryInput::default()).unwrap();
    let check = |column: usize, year: usize, published: f64| {
        let years = year - 1927;
        let value =
            all.history.returns.iter().take(years).fold(100.0, |value, row| value * (1.0 + row[column]));
        assert!((value / published - 1.0).abs() < 0.0001 * years as f64, "{year}: {value}");
    };
    for (year, published) in [(1928, 143.81), (1931, 55.46), (1933, 75.99), (1940, 107.37), (1948, 229.79)] {
        check(0, year, published);
    }
    for (year, published) in [(1929, 105.07), (1934, 128.05), (1940, 163.35), (1945, 178.67)] {
        check(1, year, published);
    }
}

/// The index of the Bureau of Labor Statistics (CPI-U, all items, not seasonally adjusted) in December 2021 to 2025.
#[test]
fn recent_inflation_is_that_of_december_on_december() {
    let all = history(&HistoryInput::default()).unwrap();
    let index = [278.802, 296.797, 306.746, 315.605, 324.054];
    for (year, pair) in (2022..).zip(index.windows(2)) {
        let found = all.history.inflation[year - 1928];
        assert!((found - (pair[1] / pair[0] - 1.0)).abs() <= 0.00005, "{year}: {found}");
    }
}

/// The index of the Bureau of Labor Statistics in December 1928 to 1950, as in the data of R. Shiller: one decimal of an
/// index between 13 and 25 leaves an error of up to 0.8 points in a year, and none in the long run.
#[test]
fn prices_rise_as_the_index_says() {
    let all = history(&HistoryInput::default()).unwrap();
    let index = [17.1, 17.2, 16.1, 14.6, 13.1, 13.2, 13.4, 13.8, 14.0, 14.4, 14.0, 14.0, 14.1, 15.5, 16.9];
    let mut level = 17.1;
    for (year, published) in (1929..).zip(&index[1..]) {
        level *= 1.0 + all.history.inflation[year - 1928];
        assert!((level - published).abs() < 0.15, "{year}: {level} and {published}");
    }
}

#[test]
fn asset_classes_come_in_the_order_of_the_request() {
    let classes = vec![HistoricalAssetClass::TreasuryBills, HistoricalAssetClass::LargeStocks];
    let some = history(&HistoryInput { asset_classes: classes, ..request(1973, 1974) }).unwrap();
    assert_eq!(some.history.returns, [[0.0704, -0.1431], [0.0785, -0.259]]);
    assert_eq!(some.history.inflation, [0.0871, 0.1234]);
    assert_eq!(some.history.asset_classes, ["treasuryBills", "largeStocks"]);
    let named: Vec<&str> = some.statistics.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(named, ["treasuryBills", "largeStocks", "inflation"]);
}

#[test]
fn what_does_not_move_correlates_with_nothing() {
    let still = history(&request(1943, 1944)).unwrap();
    assert_eq!(still.statistics[3].standard_deviation, 0.0);
    assert_eq!(still.correlations[3], [0.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
}

#[test]
fn years_outside_the_history_are_refused() {
    for (first, last, path) in [
        (1927, 2000, "firstYear"),
        (2025, 2025, "firstYear"),
        (2000, 2026, "lastYear"),
        (2000, 2000, "lastYear"),
        (u32::MAX, 2000, "firstYear"),
    ] {
        let error = history(&request(first, last)).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::YearOutOfRange, path), "{first} {last}");
    }
}

/// Januaries as other public pages give them: the peak before the crash of 1929, the troughs and peaks since, and the years
/// from 2017 on.
#[test]
fn price_earnings_ratios_are_those_of_shiller() {
    let all = history(&HistoryInput::default()).unwrap();
    assert_eq!(all.history.cape.len(), 98);
    for (year, cape) in [
        (2017, 28.06),
        (2018, 33.31),
        (2019, 28.38),
        (2020, 30.99),
        (2021, 34.51),
        (2022, 36.94),
        (2023, 28.34),
    ] {
        assert_eq!(all.history.cape[year - 1928], cape, "{year}");
    }
    assert_eq!(history(&request(1966, 1967)).unwrap().history.cape, [24.06, 20.43]);
}

/// The price of January by Shiller's data, 1928 to 1950, over the mean of ten years of real earnings at the ends of the years
/// before, by the index of prices: annual figures stand for monthly ones, so within 5 %.
#[test]
fn price_earnings_ratios_follow_from_prices_and_earnings() {
    let all = history(&HistoryInput::default()).unwrap();
    // From December 1929 on: price index and earnings.
    let index = [
        17.2, 16.1, 14.6, 13.1, 13.2, 13.4, 13.8, 14.0, 14.4, 14.0, 14.0, 14.1, 15.5, 16.9, 17.4, 17.8, 18.2,
    ];
    let earnings = [
        1.61, 0.97, 0.61, 0.41, 0.44, 0.49, 0.76, 1.02, 1.13, 0.64, 0.90, 1.05, 1.16, 1.03, 0.94, 0.93, 0.96,
    ];
    for (year, price, level) in
        [(1940, 12.30, 13.9), (1943, 10.09, 16.9), (1945, 13.49, 17.8), (1946, 18.02, 18.2)]
    {
        let last = year - 1929;
        let decade = index.iter().zip(&earnings).skip(last - 10).take(10);
        let mean = decade.map(|(index, earnings)| earnings * level / index).sum::<f64>() / 10.0;
        let published = all.history.cape[year - 1928];
        assert!((price / mean / published - 1.0).abs() < 0.05, "{year}: {} and {published}", price / mean);
    }
}
