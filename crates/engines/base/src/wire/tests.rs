//! Reading and writing by tables: input, code, path and message; and what holds for any input.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
};

use proptest::prelude::*;

use super::{Bounds, Name, Reader, Shape, Spelling, Tree, Value, Wire, respelled};
use crate::{Error, ErrorCode, dates::Date, money::Currency, num::Decimal};

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Wire)]
enum Often {
    /// Once a month.
    #[default]
    Monthly,
    EveryTwoWeeks,
}

/// What is paid.
#[derive(Debug, Clone, PartialEq, Wire)]
#[wire(tag = "kind")]
enum Rule {
    /// A fixed amount.
    Fixed {
        amount_paid: Decimal,
        #[wire(default = twelve, range = 1..=1200)]
        months: u32,
    },
    Nothing,
}

fn twelve() -> u32 {
    12
}

/// Every shape that there is.
#[derive(Debug, Clone, PartialEq, Wire)]
#[wire(name = "Everything")]
struct Every {
    /// The first day.
    first_day: Date,
    #[wire(range = 0..)]
    amount: Option<Decimal>,
    #[wire(default)]
    often: Often,
    rule: Rule,
    #[wire(length = 1..=3)]
    rules: Vec<Rule>,
    #[wire(default, omit)]
    weights: BTreeMap<String, f64>,
    #[wire(default, omit)]
    kinds: BTreeSet<Often>,
    #[wire(above = 0.01, range = ..=100)]
    share: f64,
    #[wire(range = -120.., below = 120)]
    shift: i32,
    seed: u64,
    #[wire(length = ..=5)]
    name: String,
    #[wire(default, omit)]
    flag: bool,
    inner: Option<Box<Every>>,
    /// A name that the derive uses itself.
    #[wire(omit)]
    value: Option<Currency>,
    #[wire(omit)]
    chosen: Option<bool>,
    #[wire(omit, length = ..=2)]
    picks: Option<Vec<u64>>,
}

fn every() -> Every {
    Every {
        first_day: "2026-01-31".parse().unwrap(),
        amount: None,
        often: Often::EveryTwoWeeks,
        rule: Rule::Nothing,
        rules: vec![Rule::Fixed { amount_paid: "1.50".parse().unwrap(), months: 3 }],
        weights: BTreeMap::new(),
        kinds: BTreeSet::new(),
        share: 0.5,
        shift: -1,
        seed: u64::MAX,
        name: "Ana".to_owned(),
        flag: false,
        inner: None,
        value: None,
        chosen: None,
        picks: None,
    }
}

fn json(text: &str) -> Value<'_> {
    serde_json::from_str(text).unwrap()
}

fn written(value: &dyn Wire, spelling: Spelling) -> String {
    serde_json::to_string(&Tree::of(spelling, |sink| value.write(sink)).unwrap()).unwrap()
}

fn read<T: Wire>(text: &str, spelling: Spelling) -> Result<T, Error> {
    T::read(&json(text), Reader::new(spelling))
}

#[test]
fn a_record_is_written_in_order_and_without_what_says_nothing() {
    assert_eq!(
        written(&every(), Spelling::Camel),
        r#"{"firstDay":"2026-01-31","amount":null,"often":"everyTwoWeeks","rule":{"kind":"nothing"},"rules":[{"kind":"fixed","amountPaid":"1.50","months":3}],"share":0.5,"shift":-1,"seed":18446744073709551615,"name":"Ana","inner":null}"#
    );
    assert_eq!(
        written(&every(), Spelling::Snake),
        r#"{"first_day":"2026-01-31","amount":null,"often":"every_two_weeks","rule":{"kind":"nothing"},"rules":[{"kind":"fixed","amount_paid":"1.50","months":3}],"share":0.5,"shift":-1,"seed":18446744073709551615,"name":"Ana","inner":null}"#
    );
}

#[test]
fn what_is_left_out_has_its_default() {
    let text = r#"{"firstDay":"2026-01-31","rule":{"amountPaid":2,"kind":"fixed"},"rules":[],"share":1,"shift":0,"seed":0,"name":""}"#;
    let every: Every = read(text, Spelling::Camel).unwrap();
    assert_eq!(every.rule, Rule::Fixed { amount_paid: "2".parse().unwrap(), months: 12 });
    assert_eq!((every.often, every.amount, every.flag, every.share), (Often::Monthly, None, false, 1.0));
    #[cfg(feature = "documentation")]
    {
        let [by_type, by_shape] =
            by_type_and_by_shape::<Every>(&json(text), Spelling::Camel, Spelling::Camel);
        assert_eq!(by_shape, by_type);
    }
}

/// The record above, with one field instead of another.
fn with(field: &str, value: &str) -> String {
    let mut fields: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&written(&every(), Spelling::Camel)).unwrap();
    fields.insert(field.to_owned(), serde_json::from_str(value).unwrap());
    serde_json::to_string(&fields).unwrap()
}

#[test]
fn a_refusal_says_what_was_expected_and_what_was_found() {
    let cases = [
        ("firstDay", "5", "firstDay", r#"expected a date such as "2026-01-31", got 5"#),
        ("amount", "true", "amount", r#"expected a decimal number such as "1234.56", got true"#),
        (
            "often",
            r#""monthy""#,
            "often",
            r#"expected one of "monthly", "everyTwoWeeks", got "monthy"; did you mean "monthly"?"#,
        ),
        (
            "often",
            r#""every_two_weeks""#,
            "often",
            r#"expected one of "monthly", "everyTwoWeeks", got "every_two_weeks"; did you mean "everyTwoWeeks"?"#,
        ),
        ("often", "0", "often", r#"expected one of "monthly", "everyTwoWeeks", got 0"#),
        ("often", "null", "often", r#"expected one of "monthly", "everyTwoWeeks", got null"#),
        (
            "rule",
            "[]",
            "rule",
            r#"expected an object such as {"kind": "fixed", "amountPaid": …, …}, where `kind` is one of "fixed", "nothing", got a list"#,
        ),
        (
            "rule",
            "{}",
            "rule.kind",
            r#"missing field `kind`: expected an object such as {"kind": "fixed", "amountPaid": …, …}, where `kind` is one of "fixed", "nothing""#,
        ),
        ("rule", r#"{"kind": 0}"#, "rule.kind", r#"expected one of "fixed", "nothing", got 0"#),
        ("rule", r#"{"kind": "fix"}"#, "rule.kind", r#"expected one of "fixed", "nothing", got "fix""#),
        (
            "rule",
            r#"{"kind": "fixd"}"#,
            "rule.kind",
            r#"expected one of "fixed", "nothing", got "fixd"; did you mean "fixed"?"#,
        ),
        ("rule", r#"{"kind": "fixed"}"#, "rule.amountPaid", "missing field `amountPaid`"),
        (
            "rule",
            r#"{"kind": "nothing", "amountPaid": 1}"#,
            "rule.amountPaid",
            "unknown field `amountPaid`; the only field is `kind`",
        ),
        (
            "rule",
            r#"{"kind": "fixed", "amountPayed": 1}"#,
            "rule.amountPayed",
            "unknown field `amountPayed`; did you mean `amountPaid`?",
        ),
        (
            "rule",
            r#"{"kind": "fixed", "amountPaid": 1, "months": 1.5}"#,
            "rule.months",
            "expected a whole number from 1 to 1200, got 1.5",
        ),
        (
            "rule",
            r#"{"kind": "fixed", "amountPaid": 1, "months": "360"}"#,
            "rule.months",
            r#"expected a whole number from 1 to 1200, got "360""#,
        ),
        ("rules", "1", "rules", "expected a list of 1 to 3 items, got 1"),
        (
            "rules",
            r#"[{"kind": "nothing"}, 1]"#,
            "rules[1]",
            r#"expected an object such as {"kind": "fixed", "amountPaid": …, …}, where `kind` is one of "fixed", "nothing", got 1"#,
        ),
        ("weights", r#"{"a": 1, "b": []}"#, "weights.b", "expected a number, got a list"),
        (
            "kinds",
            r#"["monthly", "x"]"#,
            "kinds[1]",
            r#"expected one of "monthly", "everyTwoWeeks", got "x""#,
        ),
        ("share", r#""1""#, "share", r#"expected a number above 0.01 and at most 100, got "1""#),
        ("shift", "3000000000", "shift", "expected a whole number from -120 to below 120, got 3000000000"),
        ("shift", "5.5", "shift", "expected a whole number from -120 to below 120, got 5.5"),
        ("seed", "-1", "seed", "expected a whole number from 0 to 18446744073709551615, got -1"),
        ("name", "{}", "name", "expected text of at most 5 characters, got an object"),
        ("flag", r#""yes""#, "flag", r#"expected true or false, got "yes""#),
        (
            "inner",
            "1",
            "inner",
            r#"expected an object such as {"firstDay": …, "rule": …, "rules": …, "share": …, …}, got 1"#,
        ),
        ("value", "3", "value", r#"expected a currency such as "USD", got 3"#),
        (
            "colour",
            "1",
            "colour",
            "unknown field `colour`; the fields are `firstDay`, `amount`, `often`, `rule`, `rules`, `weights`, `kinds`, `share`, `shift`, `seed`, `name`, `flag`, `inner`, `value`, `chosen`, `picks`",
        ),
    ];
    for (field, value, path, message) in cases {
        let error = read::<Every>(&with(field, value), Spelling::Camel).unwrap_err();
        assert_eq!((error.path(), error.message()), (path, message), "{field}: {value}");
    }
}

#[derive(Debug, Wire)]
struct Outer {
    inner: Option<Every>,
    #[wire(default)]
    count: u64,
}

#[test]
fn a_field_one_level_too_high_is_told_where_it_belongs() {
    for (field, message) in [
        ("firstDay", "unknown field `firstDay`; it is a field of the object in `inner`"),
        // Another name is closer.
        ("counts", "unknown field `counts`; did you mean `count`?"),
        ("colour", "unknown field `colour`; the fields are `inner`, `count`"),
    ] {
        let error = read::<Outer>(&format!(r#"{{"{field}": 1}}"#), Spelling::Camel).unwrap_err();
        assert_eq!((error.path(), error.message()), (field, message));
    }
    let error = read::<Outer>(r#"{"first_day": 1}"#, Spelling::Snake).unwrap_err();
    assert_eq!(error.message(), "unknown field `first_day`; it is a field of the object in `inner`");
}

#[test]
fn what_is_unknown_is_refused_before_what_is_missing_and_what_is_wrong() {
    let error = read::<Every>(r#"{"share": "x", "firstDy": "2026-01-31"}"#, Spelling::Camel).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::InputUnknownField, "firstDy"));
    let error = read::<Every>(r#"{"share": "x", "name": ""}"#, Spelling::Camel).unwrap_err();
    assert_eq!((error.code(), error.path()), (ErrorCode::InputMissingField, "firstDay"));
    assert_eq!(error.message(), "missing fields `firstDay`, `rule`, `rules`, `shift`, `seed`");
}

#[test]
fn how_a_whole_number_is_written_does_not_matter() {
    for (text, shift) in [("5.0", 5), ("-5.0", -5), ("1.2e2", 120), ("-0.0", 0)] {
        assert_eq!(read::<Every>(&with("shift", text), Spelling::Camel).unwrap().shift, shift, "{text}");
    }
    let exact: Every = read(&with("seed", "9007199254740992.0"), Spelling::Camel).unwrap();
    assert_eq!(exact.seed, 1 << 53);
    assert!(read::<Every>(&with("seed", "9007199254740994.0"), Spelling::Camel).is_err());
}

/// Fractions of each kind.
#[derive(Debug, Clone, PartialEq, Wire)]
struct Rates {
    #[wire(rate, above = -1, range = ..=10)]
    growth: f64,
    #[wire(rate, range = 0..=10)]
    interest: Decimal,
    #[wire(rate)]
    returns: Vec<Vec<f64>>,
    #[wire(share, range = 0..=2)]
    limit: Option<Decimal>,
    #[wire(share, range = 0..=1)]
    part: f64,
}

fn rates() -> Rates {
    Rates { growth: 0.05, interest: Decimal::ZERO, returns: vec![vec![0.1, -0.2]], limit: None, part: 1.0 }
}

fn with_rate(field: &str, value: &str) -> String {
    let mut fields: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&written(&rates(), Spelling::Camel)).unwrap();
    fields.insert(field.to_owned(), serde_json::from_str(value).unwrap());
    serde_json::to_string(&fields).unwrap()
}

#[test]
fn a_percentage_that_was_written_for_a_fraction_is_refused() {
    let cases = [
        ("growth", "6.5", "growth", r#"6.5 means 650 %; write 0.065 for 6.5 %, or "650 %" if it is meant"#),
        ("growth", "1", "growth", r#"1 means 100 %; write 0.01 for 1 %, or "100 %" if it is meant"#),
        (
            "interest",
            r#""5.80""#,
            "interest",
            r#"5.80 means 580 %; write 0.058 for 5.80 %, or "580 %" if it is meant"#,
        ),
        (
            "interest",
            "2.125",
            "interest",
            r#"2.125 means 212.5 %; write 0.02125 for 2.125 %, or "212.5 %" if it is meant"#,
        ),
        (
            "returns",
            "[[0.1], [0.5, 7]]",
            "returns[1][1]",
            r#"7 means 700 %; write 0.07 for 7 %, or "700 %" if it is meant"#,
        ),
        (
            "returns",
            "[[1e300]]",
            "returns[0][0]",
            "a number of this size is no rate: rates are fractions, 0.065 is 6.5 %",
        ),
    ];
    for (field, value, path, message) in cases {
        let error = read::<Rates>(&with_rate(field, value), Spelling::Camel).unwrap_err();
        assert_eq!((error.code(), error.path(), error.message()), (ErrorCode::RateOutOfRange, path, message));
    }
}

#[test]
fn what_has_its_percent_sign_is_read_exactly() {
    let number =
        |text: &str| read::<Rates>(&with_rate("growth", text), Spelling::Camel).map(|read| read.growth);
    for (text, growth) in [
        (r#""6.5 %""#, 0.065),
        (r#""6.57%""#, 0.0657),
        (r#""650 %""#, 6.5),
        (r#""-12.5\u00a0%""#, -0.125),
        (r#""+0.1\u202f%""#, 0.001),
        ("0.999", 0.999),
    ] {
        assert_eq!(number(text).unwrap(), growth, "{text}");
    }
    let read_decimal = |field: &str, text: &str| read::<Rates>(&with_rate(field, text), Spelling::Camel);
    assert_eq!(read_decimal("interest", r#""650 %""#).unwrap().interest.to_string(), "6.5");
    assert_eq!(read_decimal("interest", r#""6.570 %""#).unwrap().interest.to_string(), "0.0657");
    assert_eq!(read_decimal("limit", r#""125 %""#).unwrap().limit.unwrap().to_string(), "1.25");
    assert_eq!(read_decimal("limit", "1.25").unwrap().limit.unwrap().to_string(), "1.25");
    for text in [r#""6.5""#, r#""% 6.5""#, r#""6,5 %""#, r#""6.5 % p.a.""#, r#""%""#, r#""1e3 %""#] {
        let error = number(text).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::InputInvalid, "growth"), "{text}");
        let shown: String = serde_json::from_str(text).unwrap();
        let expected = "a number above -1 and at most 10 or a percentage such as \"6.5 %\"";
        assert_eq!(error.message(), format!("expected {expected}, got {shown:?}"));
    }
    // A percentage means nothing where no fraction is expected.
    let amount = read::<Every>(&with("amount", r#""5 %""#), Spelling::Camel).unwrap_err();
    assert_eq!(amount.code(), ErrorCode::DecimalMalformed);
}

#[test]
fn a_document_may_name_its_schema() {
    let text = r#"{"$schema": "../household.schema.json", "kind": "nothing"}"#;
    for spelling in [Spelling::Camel, Spelling::Snake] {
        assert_eq!(read::<Rule>(text, spelling).unwrap(), Rule::Nothing);
    }
    let every = with("$schema", r#""https://example.org/every.json""#);
    let read_back: Every = read(&every, Spelling::Camel).unwrap();
    assert!(!written(&read_back, Spelling::Camel).contains("$schema"));
    let number = read::<Every>(&with("$schema", "1"), Spelling::Camel).unwrap_err();
    assert_eq!((number.code(), number.path()), (ErrorCode::InputInvalid, "$schema"));
    let twice = read::<Rule>(r#"{"$schema": "a", "$schema": "b", "kind": "nothing"}"#, Spelling::Camel);
    assert_eq!(twice.unwrap_err().message(), "the field `$schema` appears twice");
}

#[test]
fn a_field_stands_once() {
    for (text, path) in [
        (r#"{"kind": "nothing", "kind": "nothing"}"#, "kind"),
        (r#"{"kind": "fixed", "months": 1, "amountPaid": 1, "months": 1}"#, "months"),
    ] {
        let error = read::<Rule>(text, Spelling::Camel).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::InputInvalid, path), "{text}");
        assert_eq!(error.message(), format!("the field `{path}` appears twice"));
    }
    let twice = read::<BTreeMap<String, bool>>(r#"{"a": true, "a": true}"#, Spelling::Camel).unwrap_err();
    assert_eq!(twice.path(), "a");
}

#[test]
fn a_refusal_is_in_the_spelling_of_who_asked() {
    let text = written(&every(), Spelling::Snake).replace("\"every_two_weeks\"", "\"everyTwoWeek\"");
    let error = read::<Every>(&text, Spelling::Snake).unwrap_err();
    assert_eq!(
        error.message(),
        r#"expected one of "monthly", "every_two_weeks", got "everyTwoWeek"; did you mean "every_two_weeks"?"#
    );
    let text = written(&every(), Spelling::Snake).replace("first_day", "firstDay");
    let error = read::<Every>(&text, Spelling::Snake).unwrap_err();
    assert_eq!(error.message(), "unknown field `firstDay`; did you mean `first_day`?");
}

#[test]
fn a_message_is_bounded_whatever_is_refused() {
    let long = "x".repeat(1_000_000);
    for text in [format!(r#"{{"kind": "{long}"}}"#), format!(r#"{{"kind": "nothing", "{long}": 1}}"#)] {
        let error = read::<Rule>(&text, Spelling::Camel).unwrap_err();
        assert!(error.message().len() < 300, "{}", error.message().len());
    }
}

#[test]
fn an_engines_error_is_spelled_for_who_asked() {
    let error = || {
        Error::new(
            ErrorCode::InputInvalid,
            "`amountPaid` and `rules[0].amountPaid` lie above `Ana's iPhone` and halfEven",
        )
        .at("amountPaid")
        .at_index("rules", 2)
        .at("inner")
    };
    let same = respelled(error(), Every::shape(), Spelling::Camel);
    assert_eq!((same.path(), same.message()), (error().path(), error().message()));
    let snake = respelled(error(), Every::shape(), Spelling::Snake);
    assert_eq!(snake.path(), "inner.rules[2].amount_paid");
    assert_eq!(
        snake.message(),
        "`amount_paid` and `rules[0].amount_paid` lie above `Ana's iPhone` and halfEven"
    );
    let error = Error::new(ErrorCode::InputInvalid, "`amountPaid` is none").at_index("someLoans", 2).at("x");
    let snake = super::in_snake_case(error);
    assert_eq!((snake.path(), snake.message()), ("x.some_loans[2]", "`amount_paid` is none"));
    // The names in a map are not ours.
    let error = Error::new(ErrorCode::InputInvalid, "no").at("firstDay").at("weights");
    assert_eq!(respelled(error, Every::shape(), Spelling::Snake).path(), "weights.firstDay");
}

#[test]
fn a_shape_says_names_bounds_and_defaults() {
    let Shape::Record(record) = Every::shape() else { panic!("not a record") };
    assert_eq!(record.name, "Everything");
    let field = |name: &str| record.fields.iter().find(|field| field.name.snake == name).unwrap();
    assert_eq!(field("first_day").name, Name { camel: "firstDay", snake: "first_day" });
    let range = |low, high| Bounds {
        range: (low, high),
        length: (None, None),
        item_length: (None, None),
        fraction: None,
    };
    let (included, excluded) = (Bound::Included::<f64>, Bound::Excluded::<f64>);
    assert_eq!(field("share").bounds, Some(&range(excluded(0.01), included(100.0))));
    assert_eq!(field("shift").bounds, Some(&range(included(-120.0), excluded(120.0))));
    assert_eq!(field("amount").bounds, Some(&range(included(0.0), Bound::Unbounded)));
    let length = Bounds {
        range: (Bound::Unbounded, Bound::Unbounded),
        length: (None, Some(5)),
        item_length: (None, None),
        fraction: None,
    };
    assert_eq!(field("name").bounds, Some(&length));
    assert_eq!(field("flag").bounds, None);
    assert!(field("share").required && !field("often").required && !field("amount").required);
    let Shape::Union(rule) = Rule::shape() else { panic!("not a union") };
    assert_eq!((rule.name, rule.tag.camel, rule.variants.len()), ("Rule", "kind", 2));
}

#[cfg(feature = "documentation")]
#[test]
fn a_shape_says_what_people_read() {
    let Shape::Record(record) = Every::shape() else { panic!("not a record") };
    assert_eq!((record.doc, record.module), ("Every shape that there is.", module_path!()));
    let often = record.fields.iter().find(|field| field.name.snake == "often").unwrap();
    let default = Tree::of(Spelling::Snake, often.default.unwrap()).unwrap();
    assert_eq!(default, Value::Text("monthly".into()));
}

#[test]
fn what_cannot_be_said_is_not_written() {
    for share in [f64::NAN, f64::INFINITY] {
        let value = Every { share, ..every() };
        let error = Tree::of(Spelling::Camel, |sink| value.write(sink)).unwrap_err();
        assert_eq!(error.code(), ErrorCode::ResultTooLarge);
    }
}

fn any_rule() -> impl Strategy<Value = Rule> {
    prop_oneof![
        Just(Rule::Nothing),
        (any::<i64>(), 0_u32..28, any::<u32>()).prop_map(|(mantissa, scale, months)| Rule::Fixed {
            amount_paid: Decimal::new(mantissa, scale).unwrap(),
            months
        }),
    ]
}

fn any_every() -> impl Strategy<Value = Every> {
    let scalars =
        (1_i32..3_652_059, -1e300..1e300, any::<i32>(), any::<u64>(), any::<String>(), any::<bool>());
    let kinds =
        proptest::collection::btree_set(prop_oneof![Just(Often::Monthly), Just(Often::EveryTwoWeeks)], 0..3);
    let weights = proptest::collection::btree_map(any::<String>(), -1.0..1.0, 0..4);
    let leaf = (scalars, any_rule(), proptest::collection::vec(any_rule(), 0..4), weights, kinds).prop_map(
        |((day, share, shift, seed, name, flag), rule, rules, weights, kinds)| Every {
            first_day: Date::from_day_number(day).unwrap(),
            amount: flag.then(|| Decimal::from(seed)),
            often: if flag { Often::Monthly } else { Often::EveryTwoWeeks },
            rule,
            rules,
            weights,
            kinds,
            share,
            shift,
            seed,
            name,
            flag,
            inner: None,
            value: flag.then_some(Currency::USD),
            chosen: (shift % 3 != 0).then_some(flag),
            picks: (seed % 2 == 0).then(|| if flag { Vec::new() } else { vec![seed] }),
        },
    );
    leaf.prop_recursive(3, 4, 1, |inner| {
        (inner.clone(), inner).prop_map(|(outer, inner)| Every { inner: Some(Box::new(inner)), ..outer })
    })
}

fn any_value() -> impl Strategy<Value = Value<'static>> {
    let name = || {
        prop_oneof![
            Just("kind".to_owned()),
            Just("months".to_owned()),
            Just("amountPaid".to_owned()),
            any::<String>()
        ]
    };
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Boolean),
        any::<u64>().prop_map(Value::Positive),
        any::<i64>().prop_map(Value::Negative),
        any::<f64>().prop_map(Value::Number),
        prop_oneof![Just("fixed".to_owned()), any::<String>()].prop_map(|text| Value::Text(text.into())),
    ];
    leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
            proptest::collection::vec((name().prop_map(Into::into), inner), 0..5).prop_map(Value::Record),
        ]
    })
}

fn any_rates() -> impl Strategy<Value = Rates> {
    let rate = || prop_oneof![-1.0..10.0, 0.0..1e6, Just(1.0), Just(0.999_999_999_999_999_9)];
    (rate(), 0_i64..100_000, 0_u32..6, proptest::collection::vec(rate(), 0..4)).prop_map(
        |(growth, mantissa, places, returns)| Rates {
            growth,
            interest: Decimal::new(mantissa, places).unwrap(),
            returns: vec![returns],
            limit: Decimal::new(mantissa, 5).ok(),
            part: 0.25,
        },
    )
}

proptest! {
    #[test]
    fn a_rate_that_is_written_is_read_back_to_the_bit(value in any_rates()) {
        let tree = Tree::of(Spelling::Camel, |sink| value.write(sink)).unwrap();
        prop_assert_eq!(&Rates::read(&tree, Reader::new(Spelling::Camel)).unwrap(), &value);
        #[cfg(feature = "documentation")]
        {
            let [by_type, by_shape] = by_type_and_by_shape::<Rates>(&tree, Spelling::Camel, Spelling::Camel);
            prop_assert_eq!(by_type.as_ref(), Ok(&tree));
            prop_assert_eq!(by_shape, by_type);
        }
    }

    #[test]
    fn what_is_written_is_read_back(value in any_every()) {
        for spelling in [Spelling::Camel, Spelling::Snake] {
            let tree = Tree::of(spelling, |sink| value.write(sink)).unwrap();
            prop_assert_eq!(&Every::read(&tree, Reader::new(spelling)).unwrap(), &value);
        }
    }

    #[test]
    fn no_input_is_too_strange_to_be_answered(value in any_value()) {
        for spelling in [Spelling::Camel, Spelling::Snake] {
            for refused in [
                Every::read(&value, Reader::new(spelling)).err(),
                Rule::read(&value, Reader::new(spelling)).err(),
                Vec::<Rule>::read(&value, Reader::new(spelling)).err(),
            ].into_iter().flatten() {
                prop_assert!(!refused.message().is_empty());
            }
        }
    }
}

/// The result of reading and writing a value by its type and by its shape alone: a value, or the message of an error.
#[cfg(feature = "documentation")]
fn by_type_and_by_shape<T: Wire>(
    value: &Value<'_>,
    from: Spelling,
    to: Spelling,
) -> [Result<Value<'static>, String>; 2] {
    let by_type = T::read(value, Reader::new(from)).and_then(|read| Tree::of(to, |sink| read.write(sink)));
    let by_shape = super::transcribe(value, T::shape(), Reader::new(from), to);
    [by_type, by_shape].map(|outcome| outcome.map_err(|error| error.to_string()))
}

#[cfg(feature = "documentation")]
proptest! {
    #[test]
    fn a_description_alone_reads_what_its_type_reads(value in any_every()) {
        for (from, to) in [(Spelling::Camel, Spelling::Snake), (Spelling::Snake, Spelling::Camel)] {
            let tree = Tree::of(from, |sink| value.write(sink)).unwrap();
            let [by_type, by_shape] = by_type_and_by_shape::<Every>(&tree, from, to);
            prop_assert!(by_type.is_ok());
            prop_assert_eq!(by_shape, by_type);
        }
    }

    #[test]
    fn a_description_alone_refuses_what_its_type_refuses(value in any_value()) {
        for from in [Spelling::Camel, Spelling::Snake] {
            let [by_type, by_shape] = by_type_and_by_shape::<Every>(&value, from, Spelling::Snake);
            prop_assert_eq!(by_shape, by_type);
            let [by_type, by_shape] = by_type_and_by_shape::<Vec<Rule>>(&value, from, Spelling::Snake);
            prop_assert_eq!(by_shape, by_type);
        }
    }

    #[test]
    fn a_value_is_written_as_it_is(value in any_value()) {
        let finite = Tree::of(Spelling::Camel, |sink| value.write(sink)).unwrap();
        prop_assert_eq!(format!("{finite:?}"), format!("{value:?}"));
    }
}

#[test]
fn a_number_of_another_language_is_finite() {
    for (value, message) in
        [(f64::NAN, "NaN is not a finite number"), (f64::INFINITY, "inf is not a finite number")]
    {
        let Value::Record(mut entries) = Tree::of(Spelling::Camel, |sink| every().write(sink)).unwrap()
        else {
            panic!("not a record")
        };
        entries.iter_mut().find(|(name, _)| name == "share").unwrap().1 = Value::Number(value);
        let error = Every::read(&Value::Record(entries), Reader::new(Spelling::Camel)).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::NumberNotFinite, "share"));
        assert_eq!(error.message(), message);
    }
}
