use super::*;

/// A document that uses every list and every optional field.
const COMPLETE: &str = r#"{
    "version": 1, "name": "Example", "currency": "USD", "asOf": "2026-01-31",
    "residence": "US",
    "people": [{"id": "ana", "name": "Ana", "birthDate": "1980-02-29", "retirementAge": 65, "sex": "female",
                "mortalityMultiplier": 0.9, "socialSecurity": {"basis": {"kind": "primaryInsuranceAmount", "amount": "2100.50"},
                "claimAge": 68, "survivorAge": 61}},
               {"id": "leo", "name": "Leo", "birthDate": "2014-07-07", "dependent": true}],
    "accounts": [
        {"id": "checking", "name": "Checking", "kind": "checking", "balance": "1000.50", "interestRate": "0.001",
         "ownershipShare": "0.5"},
        {"id": "depot", "name": "Depot", "kind": "brokerage", "owner": "ana", "currency": "EUR",
         "institution": "A bank", "costBasis": "9000", "taxTreatment": "taxable",
         "dividendYield": 0.02, "accessAge": 60, "allocation": [{"assetClass": "stocks", "weight": 1}],
         "holdings": [{"symbol": "WORLD", "name": "World fund", "quantity": "12.345678", "price": "81.2345",
                       "costBasis": "900", "priceDate": "2026-01-30", "assetClass": "stocks"}]}
    ],
    "properties": [{"id": "home", "name": "Home", "kind": "primaryResidence", "owner": "ana", "value": "500000",
                    "costBasis": "300000", "acquisitionDate": "2015-05-05", "valuationDate": "2025-12-31",
                    "monthlyRent": "0", "propertyTaxAnnual": "4000", "insuranceAnnual": "1500",
                    "hoaMonthly": "120", "ownershipShare": "0.75", "annualGrowth": 0.02, "gainExclusion": "250000",
                    "sale": {"date": "2045-06-01", "sellingCost": 0.06},
                    "replacement": {"price": "200000", "annualCost": "4000"}}],
    "privateFunds": [{"id": "fund", "name": "Fund", "kind": "privateEquity", "commitment": "100000",
                      "unfundedCommitment": "40000", "netAssetValue": "75000.10", "costBasis": "60000",
                      "vintageYear": 2021, "valuationDate": "2025-09-30", "ownershipShare": "0.5",
                      "annualGrowth": 0.05, "sale": {"date": "2031-12-31"}}],
    "businesses": [{"id": "firm", "name": "Firm", "ownershipShare": "0.333333333", "valuation": "900000",
                    "costBasis": "1000", "valuationMethod": "5 times earnings", "valuationDate": "2025-12-31",
                    "annualGrowth": 0, "sale": {"date": "2040-01-01"}}],
    "insurance": [{"id": "life", "name": "Life", "kind": "wholeLife", "insured": "ana", "cashValue": "12000",
                   "deathBenefit": "250000", "premiumAnnual": "2400", "end": "2050-12-31", "annualGrowth": 0.01,
                   "sale": {"date": "2050-12-31"}}],
    "otherAssets": [{"id": "car", "name": "Car", "kind": "vehicle", "value": "15000", "ownershipShare": "0.5",
                     "annualGrowth": -0.1, "sale": {"date": "2030-01-01", "sellingCost": 0}}],
    "liabilities": [{"id": "mortgage", "name": "Mortgage", "kind": "mortgage", "lender": "A bank",
                     "balance": "200000", "annualRate": "0.05", "payment": "1500", "remainingMonths": 240,
                     "extraMonthlyPayment": "10", "nextPayment": "2026-02-01", "securedBy": "home",
                     "originalAmount": "280000", "originationDate": "2015-05-05", "ownershipShare": "0.5",
                     "creditLimit": "300000"},
                    {"id": "study", "name": "Study", "kind": "studentLoan", "balance": "9000", "remainingMonths": 60,
                     "deferment": {"firstPayment": "2028-01-01", "interest": "subsidized"}},
                    {"id": "card", "name": "Card", "kind": "creditCard", "balance": "90", "paidInFull": true}],
    "income": [{"id": "salary", "name": "Salary", "kind": "salary", "person": "ana", "amount": "9000",
                "frequency": "monthly", "start": "2020-01-01", "end": "2040-01-01", "annualGrowth": 0.03,
                "survivorShare": 0.5}],
    "expenses": [{"id": "living", "name": "Living", "kind": "living", "amount": "4000", "frequency": "monthly",
                  "essential": true}],
    "contributions": [{"id": "saving", "name": "Saving", "account": "depot", "amount": "500.25",
                       "frequency": "monthly", "annualLimit": "24000",
                       "employerMatch": {"income": "salary", "rate": "0.5", "upToShare": "0.06"}}],
    "goals": [{"id": "college", "name": "College", "kind": "education", "targetAmount": "80000",
               "targetDate": "2035-09-01", "priority": "high", "account": "depot"}],
    "assumptions": {"inflation": 0.025, "annualFee": 0.004, "survivorSpendingShare": 0.7, "bequest": "50000",
                    "assetClasses": [{"name": "stocks", "expectedReturn": 0.06, "volatility": 0.15},
                                     {"name": "bonds", "expectedReturn": 0.03, "volatility": 0.05}],
                    "correlations": [[1, 0.1], [0.1, 1]], "allocation": [{"assetClass": "stocks", "weight": 0.6},
                                                                        {"assetClass": "bonds", "weight": 0.4}],
                    "glidePath": [{"year": 2030, "weights": [{"assetClass": "bonds", "weight": 1}]}],
                    "taxes": {"kind": "brackets", "stateRate": 0.03, "single": {"deduction": "15000",
                        "ordinary": [{"above": "0", "rate": 0.12}, {"above": "48000", "rate": 0.22}]}}},
    "exchangeRates": [{"from": "EUR", "to": "USD", "rate": "1.1", "date": "2026-01-30"}]
}"#;

fn document() -> serde_json::Value {
    serde_json::from_str(COMPLETE).unwrap()
}

fn read(document: serde_json::Value) -> Household {
    serde_json::from_value(document).unwrap()
}

#[test]
fn a_complete_document_is_valid_and_survives_being_written() {
    let household = read(document());
    household.validate().unwrap();
    let written = serde_json::to_value(&household).unwrap();
    assert_eq!(read(written), household);
}

#[test]
fn an_empty_household_is_valid_and_is_written_without_empty_fields() {
    let household =
        Household::new("Nobody", Currency::USD, wherewithal_base::dates::date(2026, 1, 1).unwrap());
    household.validate().unwrap();
    let written = serde_json::to_string(&household).unwrap();
    assert_eq!(written, r#"{"version":1,"name":"Nobody","currency":"USD","asOf":"2026-01-01"}"#);
}

/// Replaces one value of the complete document; null removes it.
fn changed(pointer: &str, value: serde_json::Value) -> serde_json::Value {
    let mut document = document();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap();
    match (parent, value) {
        (serde_json::Value::Object(map), serde_json::Value::Null) => drop(map.remove(key)),
        (serde_json::Value::Object(map), value) => drop(map.insert(key.to_owned(), value)),
        (parent, value) => parent[key.parse::<usize>().unwrap()] = value,
    }
    document
}

#[test]
fn each_broken_rule_is_refused_at_its_field() {
    let long_name = "n".repeat(201);
    let cases = [
        ("/version", r#"2"#, "version.unsupported", "version"),
        ("/name", r#""  ""#, "text.invalid", "name"),
        ("/currency", r#""XAU""#, "currency.minor_unit_missing", "currency"),
        ("/currency", r#""JPY""#, "decimal.too_precise", "accounts[0].balance"),
        ("/people/0/name", &format!("{long_name:?}"), "text.invalid", "people[0].name"),
        ("/people/0/birthDate", r#""2026-02-01""#, "dates.out_of_order", "people[0].birthDate"),
        ("/people/0/retirementAge", "17", "age.out_of_range", "people[0].retirementAge"),
        ("/people/0/id", r#""a b""#, "text.invalid", "people[0].id"),
        ("/people/0/id", r#""home""#, "name.unknown", "accounts[1].owner"),
        ("/accounts/0/id", r#""ana""#, "list.duplicate", "accounts[0].id"),
        ("/accounts/0/id", r#""""#, "text.invalid", "accounts[0].id"),
        ("/accounts/0/owner", r#""bob""#, "name.unknown", "accounts[0].owner"),
        ("/accounts/0/balance", r#""-10000000000000""#, "amount.out_of_range", "accounts[0].balance"),
        ("/accounts/0/cash", r#""1""#, "field.conflict", "accounts[0].cash"),
        ("/accounts/1/cash", r#""0.001""#, "decimal.too_precise", "accounts[1].cash"),
        ("/accounts/0/balance", r#""10000000000000""#, "amount.out_of_range", "accounts[0].balance"),
        ("/accounts/0/balance", r#""0.001""#, "decimal.too_precise", "accounts[0].balance"),
        ("/accounts/0/balance", "null", "field.missing", "accounts[0].balance"),
        ("/accounts/0/interestRate", r#""4""#, "rate.out_of_range", "accounts[0].interestRate"),
        ("/accounts/0/currency", r#""GBP""#, "currency.mismatch", "accounts[0].currency"),
        ("/accounts/1/balance", r#""1002.87""#, "holdings.exceed_balance", "accounts[1].holdings"),
        (
            "/accounts/1/holdings/0/quantity",
            r#""0""#,
            "amount.out_of_range",
            "accounts[1].holdings[0].quantity",
        ),
        (
            "/accounts/1/holdings/0/quantity",
            r#""1.1234567890123456789""#,
            "decimal.too_precise",
            "accounts[1].holdings[0].quantity",
        ),
        ("/accounts/1/holdings/0/price", r#""-1""#, "amount.out_of_range", "accounts[1].holdings[0].price"),
        (
            "/accounts/1/holdings/0/price",
            r#""9999999999999""#,
            "amount.out_of_range",
            "accounts[1].holdings[0]",
        ),
        (
            "/accounts/1/holdings/0/priceDate",
            r#""2026-02-01""#,
            "dates.out_of_order",
            "accounts[1].holdings[0].priceDate",
        ),
        ("/properties/0/value", r#""-1""#, "amount.out_of_range", "properties[0].value"),
        (
            "/properties/0/acquisitionDate",
            r#""2026-02-01""#,
            "dates.out_of_order",
            "properties[0].acquisitionDate",
        ),
        (
            "/privateFunds/0/unfundedCommitment",
            r#""100000.01""#,
            "amount.out_of_range",
            "privateFunds[0].unfundedCommitment",
        ),
        ("/privateFunds/0/vintageYear", "1899", "year.out_of_range", "privateFunds[0].vintageYear"),
        ("/businesses/0/ownershipShare", r#""33""#, "rate.out_of_range", "businesses[0].ownershipShare"),
        ("/businesses/0/ownershipShare", r#""0""#, "rate.out_of_range", "businesses[0].ownershipShare"),
        (
            "/businesses/0/ownershipShare",
            r#""0.3333333333""#,
            "decimal.too_precise",
            "businesses[0].ownershipShare",
        ),
        ("/insurance/0/insured", r#""checking""#, "name.unknown", "insurance[0].insured"),
        ("/otherAssets/0/value", r#""-1""#, "amount.out_of_range", "otherAssets[0].value"),
        ("/liabilities/0/balance", r#""-10000000000000""#, "amount.out_of_range", "liabilities[0].balance"),
        ("/liabilities/0/annualRate", r#""65""#, "rate.out_of_range", "liabilities[0].annualRate"),
        ("/liabilities/0/remainingMonths", "0", "term.out_of_range", "liabilities[0].remainingMonths"),
        ("/liabilities/0/nextPayment", r#""2026-01-31""#, "dates.out_of_order", "liabilities[0].nextPayment"),
        ("/liabilities/0/nextPayment", r#""2026-03-01""#, "dates.out_of_order", "liabilities[0].nextPayment"),
        ("/liabilities/0/securedBy", r#""ana""#, "name.unknown", "liabilities[0].securedBy"),
        ("/income/0/person", r#""depot""#, "name.unknown", "income[0].person"),
        ("/income/0/end", r#""2019-12-31""#, "dates.out_of_order", "income[0].end"),
        ("/income/0/annualGrowth", "-1", "rate.out_of_range", "income[0].annualGrowth"),
        ("/expenses/0/amount", r#""-1""#, "amount.out_of_range", "expenses[0].amount"),
        ("/expenses/0/frequency", r#""once""#, "field.missing", "expenses[0].start"),
        ("/contributions/0/account", r#""home""#, "name.unknown", "contributions[0].account"),
        ("/goals/0/targetAmount", r#""0""#, "amount.out_of_range", "goals[0].targetAmount"),
        ("/goals/0/targetDate", r#""2026-01-31""#, "dates.out_of_order", "goals[0].targetDate"),
        ("/goals/0/account", r#""home""#, "name.unknown", "goals[0].account"),
        ("/residence", r#""us""#, "text.invalid", "residence"),
        ("/people/0/planToAge", "90", "field.conflict", "people[0].mortalityMultiplier"),
        ("/people/0/mortalityMultiplier", "0", "number.out_of_range", "people[0].mortalityMultiplier"),
        ("/people/0/socialSecurity/claimAge", "61", "age.out_of_range", "people[0].socialSecurity.claimAge"),
        (
            "/people/0/socialSecurity/survivorAge",
            "59",
            "age.out_of_range",
            "people[0].socialSecurity.survivorAge",
        ),
        (
            "/people/0/socialSecurity/basis/amount",
            r#""-1""#,
            "amount.out_of_range",
            "people[0].socialSecurity.basis.amount",
        ),
        ("/accounts/0/ownershipShare", r#""0""#, "rate.out_of_range", "accounts[0].ownershipShare"),
        ("/accounts/1/dividendYield", "2", "rate.out_of_range", "accounts[1].dividendYield"),
        ("/accounts/1/accessAge", "121", "age.out_of_range", "accounts[1].accessAge"),
        ("/accounts/1/allocation/0/weight", "0.9", "weights.sum_not_one", "accounts[1].allocation"),
        (
            "/accounts/1/allocation/0/assetClass",
            r#""gold""#,
            "name.unknown",
            "accounts[1].allocation[0].assetClass",
        ),
        (
            "/accounts/1/holdings/0/assetClass",
            r#""gold""#,
            "name.unknown",
            "accounts[1].holdings[0].assetClass",
        ),
        ("/properties/0/sale", "null", "field.missing", "properties[0].sale"),
        ("/properties/0/sale/date", r#""2026-01-31""#, "dates.out_of_order", "properties[0].sale.date"),
        ("/properties/0/sale/sellingCost", "6", "rate.out_of_range", "properties[0].sale.sellingCost"),
        (
            "/properties/0/replacement/price",
            r#""0""#,
            "amount.out_of_range",
            "properties[0].replacement.price",
        ),
        ("/properties/0/annualGrowth", "-1", "rate.out_of_range", "properties[0].annualGrowth"),
        ("/liabilities/1/nextPayment", r#""2026-02-10""#, "field.conflict", "liabilities[1].nextPayment"),
        (
            "/liabilities/1/deferment/firstPayment",
            r#""2026-01-31""#,
            "dates.out_of_order",
            "liabilities[1].deferment.firstPayment",
        ),
        ("/liabilities/2/payment", r#""10""#, "field.conflict", "liabilities[2].payment"),
        ("/liabilities/0/creditLimit", r#""-1""#, "amount.out_of_range", "liabilities[0].creditLimit"),
        ("/income/0/survivorShare", "1.5", "rate.out_of_range", "income[0].survivorShare"),
        (
            "/contributions/0/employerMatch/income",
            r#""pay""#,
            "name.unknown",
            "contributions[0].employerMatch.income",
        ),
        (
            "/contributions/0/employerMatch/rate",
            r#""11""#,
            "rate.out_of_range",
            "contributions[0].employerMatch.rate",
        ),
        ("/contributions/0/source", r#""employer""#, "field.conflict", "contributions[0].employerMatch"),
        ("/contributions/0/annualLimit", r#""-1""#, "amount.out_of_range", "contributions[0].annualLimit"),
        ("/assumptions/expectedReturn", "0.05", "field.conflict", "assumptions.expectedReturn"),
        ("/assumptions/assetClasses", "[]", "field.missing", "assumptions.expectedReturn"),
        (
            "/assumptions/assetClasses/0/volatility",
            "12",
            "rate.out_of_range",
            "assumptions.assetClasses[0].volatility",
        ),
        (
            "/assumptions/assetClasses/1/name",
            r#""stocks""#,
            "list.duplicate",
            "assumptions.assetClasses[1].name",
        ),
        (
            "/assumptions/assetClasses/1/returnConvention",
            r#""simple""#,
            "field.conflict",
            "assumptions.assetClasses[1].returnConvention",
        ),
        ("/assumptions/correlations/0", "[1]", "list.length_mismatch", "assumptions.correlations[0]"),
        (
            "/assumptions/allocation/1/assetClass",
            r#""stocks""#,
            "list.duplicate",
            "assumptions.allocation[1].assetClass",
        ),
        ("/assumptions/glidePath/0/year", "1899", "year.out_of_range", "assumptions.glidePath[0].year"),
        ("/assumptions/effectiveTaxRate", "0.2", "field.conflict", "assumptions.effectiveTaxRate"),
        (
            "/assumptions/taxes/single/ordinary/1/above",
            r#""0""#,
            "list.out_of_order",
            "assumptions.taxes.single.ordinary[1].above",
        ),
        (
            "/assumptions/taxes/single/ordinary/0/rate",
            "1",
            "rate.out_of_range",
            "assumptions.taxes.single.ordinary[0].rate",
        ),
        ("/assumptions/survivorSpendingShare", "2", "rate.out_of_range", "assumptions.survivorSpendingShare"),
        ("/assumptions/bequest", r#""-1""#, "amount.out_of_range", "assumptions.bequest"),
        ("/assumptions/inflation", "11", "rate.out_of_range", "assumptions.inflation"),
        ("/assumptions/annualFee", "1", "rate.out_of_range", "assumptions.annualFee"),
        ("/exchangeRates/0/to", r#""EUR""#, "field.conflict", "exchangeRates[0].to"),
        ("/exchangeRates/0/rate", r#""0""#, "amount.out_of_range", "exchangeRates[0].rate"),
        ("/exchangeRates/0/from", r#""USD""#, "field.conflict", "exchangeRates[0].to"),
        ("/exchangeRates/0/from", r#""GBP""#, "currency.mismatch", "accounts[1].currency"),
    ];
    for (pointer, value, code, path) in cases {
        let household = read(changed(pointer, serde_json::from_str(value).unwrap()));
        let error = household.validate().expect_err(&format!("{pointer} = {value}"));
        assert_eq!((error.code().as_str(), error.path()), (code, path), "{pointer} = {value}: {error}");
    }
}

#[test]
fn a_rate_in_the_other_direction_is_not_turned_around() {
    let rate = serde_json::json!([{"from": "USD", "to": "EUR", "rate": "0.9", "date": "2026-01-30"}]);
    let error = read(changed("/exchangeRates", rate)).validate().unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::CurrencyMismatch, "accounts[1].currency"));
}

#[test]
fn two_rates_for_one_pair_are_refused() {
    let rate = serde_json::json!({"from": "EUR", "to": "USD", "rate": "1.1", "date": "2026-01-30"});
    let error = read(changed("/exchangeRates", serde_json::json!([rate, rate]))).validate().unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::ListDuplicate, "exchangeRates[1]"));
}

#[test]
fn lists_are_bounded() {
    let mut household = read(document());
    let account = household.accounts[0].clone();
    household.accounts = vec![account.clone(); 1001];
    let error = household.validate().unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::ListTooLong, "accounts"));
    let mut household = read(document());
    household.accounts[1].holdings = vec![household.accounts[1].holdings[0].clone(); 10_001];
    let error = household.validate().unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::ListTooLong, "accounts[1].holdings"));
}

#[test]
fn numbers_that_are_not_numbers_are_refused() {
    let mut household = read(document());
    household.assumptions.as_mut().unwrap().inflation = f64::NAN;
    assert_eq!(household.validate().unwrap_err().path(), "assumptions.inflation");
}

#[test]
fn a_balance_may_lack_the_rounding_of_each_holding() {
    // 12.345678 × 81.2345 = 1002.894979… and is valued at 1002.89.
    for (balance, valid) in [("1002.89", true), ("1002.88", true), ("1002.87", false)] {
        let household = read(changed("/accounts/1/balance", balance.into()));
        assert_eq!(household.validate().is_ok(), valid, "{balance}");
    }
}

#[test]
fn the_example_households_are_valid() {
    for example in [
        include_str!("../../../../../examples/households/rivera.json"),
        include_str!("../../../../../examples/households/whitfield.json"),
        include_str!("../../../../../examples/households/okafor.json"),
        include_str!("../../../../../examples/households/novak.json"),
        include_str!("../../../../../examples/households/lindqvist.json"),
    ] {
        let household: Household = serde_json::from_str(example).unwrap();
        household.validate().unwrap();
        let written = serde_json::to_value(&household).unwrap();
        assert_eq!(read(written), household);
    }
}

#[test]
fn a_position_is_valued_to_the_cent_whatever_its_decimal_places() {
    for (quantity, price, value) in [
        ("12345678.12", "0.0000123", "151.85"),
        ("0.000000000000000001", "0.000000000000000001", "0.00"),
        ("1234567.123456789012345678", "1.234567890123456789", "1524156.93"),
        // A tie, and what is above it by the last place.
        ("0.5", "0.05", "0.02"),
        ("0.500000000000000001", "0.05", "0.03"),
        ("0.3", "0.05", "0.02"),
    ] {
        let mut household = read(document());
        let holding = &mut household.accounts[1].holdings[0];
        (holding.quantity, holding.price) = (quantity.parse().unwrap(), price.parse().unwrap());
        household.validate().unwrap();
        assert_eq!(household.accounts[1].value(2).unwrap().to_string(), value, "{quantity} × {price}");
    }
}

#[test]
fn an_account_may_be_overdrawn() {
    let household = read(changed("/accounts/0/balance", "-120.50".into()));
    household.validate().unwrap();
    assert_eq!(household.accounts[0].value(2).unwrap().to_string(), "-120.50");
}

#[test]
fn a_margin_account_is_worth_its_holdings_less_its_debit_balance() {
    let household = read(changed("/accounts/1/cash", "-1500.00".into()));
    household.validate().unwrap();
    // 12.345678 × 81.2345 = 1002.89.
    assert_eq!(household.accounts[1].value(2).unwrap().to_string(), "-497.11");
}
