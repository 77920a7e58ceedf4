use proptest::prelude::*;

use super::*;
use wherewithal_base::{
    ErrorCode, Result,
    control::Control,
    dates::{BusinessDayConvention, Calendar, Date, Frequency, HolidayCalendar, Weekday, date},
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn of_text(start: &str, text: &str) -> OccurrencesInput {
    OccurrencesInput {
        rule: None,
        rrule: Some(text.to_owned()),
        ..OccurrencesInput::new(day(start), RecurrenceRule::every(Frequency::Daily))
    }
}

fn answer(input: &OccurrencesInput) -> Result<Occurrences> {
    occurrences(input, &Control::default())
}

fn dates(answer: &Occurrences) -> Vec<Date> {
    answer.occurrences.iter().map(|found| found.date).collect()
}

#[test]
fn a_rule_reads_the_same_as_a_record_and_as_text() {
    let cases = [
        ("FREQ=YEARLY", RecurrenceRule::every(Frequency::Annual)),
        (
            "RRULE:FREQ=MONTHLY;INTERVAL=2;UNTIL=20271231;BYDAY=-1FR,MO;WKST=SU",
            RecurrenceRule {
                interval: Some(2),
                until: Some(day("2027-12-31")),
                by_day: vec![
                    RecurrenceDay { weekday: Weekday::Friday, ordinal: Some(-1) },
                    RecurrenceDay { weekday: Weekday::Monday, ordinal: None },
                ],
                week_start: Some(Weekday::Sunday),
                ..RecurrenceRule::every(Frequency::Monthly)
            },
        ),
        (
            "BYMONTH=1,12;bymonthday=+1,-1;BYSETPOS=-1;COUNT=7;FREQ=YEARLY",
            RecurrenceRule {
                count: Some(7),
                by_month: vec![1, 12],
                by_month_day: vec![1, -1],
                by_set_position: vec![-1],
                ..RecurrenceRule::every(Frequency::Annual)
            },
        ),
        (
            "FREQ=YEARLY;BYWEEKNO=20,-1;BYYEARDAY=-366,366",
            RecurrenceRule {
                by_week_number: vec![20, -1],
                by_year_day: vec![-366, 366],
                ..RecurrenceRule::every(Frequency::Annual)
            },
        ),
    ];
    for (text, rule) in cases {
        assert_eq!(RecurrenceRule::of_text(text).unwrap(), rule, "{text}");
    }
}

#[test]
fn what_is_no_rule_for_dates_is_refused() {
    let texts = [
        "",
        "FREQ",
        "FREQ=",
        "FREQ=SECONDLY",
        "FREQ=DAILY;;COUNT=1",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;COUNT=1.5",
        "FREQ=DAILY;INTERVAL= 2",
        "FREQ=DAILY;UNTIL=20261231T000000Z",
        "FREQ=DAILY;UNTIL=202612311",
        "FREQ=DAILY;BYDAY=M",
        "FREQ=DAILY;BYDAY=1",
        "FREQ=DAILY;BYDAY=--1MO",
        "FREQ=DAILY;BYMONTHDAY=1,",
        "FREQ=DAILY;BYMONTHDAY=99999999999",
        "FREQ=DAILY;X-PART=1",
        "FREQ=DAILY;RSCALE=HEBREW",
        "RRULE:RRULE:FREQ=DAILY",
        "FREQ=DAILY;FREQ=DAILY",
    ];
    for text in texts {
        let error = RecurrenceRule::of_text(text).unwrap_err();
        assert_eq!(error.code(), ErrorCode::RecurrenceMalformed, "{text}");
    }
}

/// Only the start lies within the calendar, or only the search for a date ends it.
#[test]
fn rules_that_fall_on_no_date_are_refused_at_once() {
    for (start, text) in [
        ("0001-01-01", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        ("0001-01-01", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"),
        ("2026-01-01", "FREQ=DAILY;INTERVAL=7;BYDAY=MO"),
        ("2026-01-01", "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=3"),
        ("2023-03-01", "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29"),
        ("2000-03-01", "FREQ=YEARLY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=-30"),
        ("9999-02-01", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
        ("2026-01-01", "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=2"),
        ("2026-01-01", "FREQ=MONTHLY;BYDAY=53MO"),
    ] {
        let error = answer(&of_text(start, text)).unwrap_err();
        assert_eq!((error.code(), error.path()), (ErrorCode::RecurrenceNeverFalls, "rrule"), "{text}");
    }
}

#[test]
fn a_rule_ends_with_the_calendar() {
    for (start, text, expected) in [
        ("9999-12-01", "FREQ=WEEKLY", "9999-12-01 9999-12-08 9999-12-15 9999-12-22 9999-12-29"),
        ("9999-11-30", "FREQ=MONTHLY", "9999-11-30 9999-12-30"),
        ("9998-12-31", "FREQ=YEARLY", "9998-12-31 9999-12-31"),
        ("9999-12-30", "FREQ=DAILY", "9999-12-30 9999-12-31"),
        ("9999-12-27", "FREQ=WEEKLY;BYDAY=SU,MO,SA;WKST=SU", "9999-12-27"),
        ("9996-01-01", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR", "9999-01-01"),
    ] {
        let answer = answer(&of_text(start, text));
        let Ok(answer) = answer else { panic!("{text}: {answer:?}") };
        let shown: Vec<String> = dates(&answer).iter().map(ToString::to_string).collect();
        assert!(shown.join(" ").starts_with(expected), "{text}: {shown:?}");
        assert_eq!(answer.next, None, "{text}");
    }
}

/// 0001-01-01 is a Monday.
#[test]
fn weeks_begin_before_the_calendar_does() {
    let answer = answer(&of_text("0001-01-01", "FREQ=WEEKLY;BYDAY=MO;WKST=SU;COUNT=3")).unwrap();
    assert_eq!(dates(&answer), [day("0001-01-01"), day("0001-01-08"), day("0001-01-15")]);
}

#[test]
fn a_missing_day_is_named() {
    let notes = |start, text, to| {
        let input = OccurrencesInput { to: Some(day(to)), ..of_text(start, text) };
        let skipped = answer(&input).unwrap().skipped;
        skipped.into_iter().map(|skipped| skipped.note).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        notes("2026-01-31", "FREQ=MONTHLY", "2026-06-30"),
        "February 2026 has no 31st, April 2026 has no 31st, June 2026 has no 31st"
    );
    assert_eq!(
        notes("2026-01-01", "FREQ=MONTHLY;BYMONTHDAY=-30", "2026-03-31"),
        "February 2026 has no 30th last"
    );
    assert_eq!(
        notes("2026-01-30", "FREQ=MONTHLY;BYDAY=5FR", "2026-03-31"),
        "February 2026 has no 5th Friday, March 2026 has no 5th Friday"
    );
    assert_eq!(
        notes("2024-12-31", "FREQ=YEARLY;BYYEARDAY=366", "2026-12-31"),
        "2025 has no 366th day, 2026 has no 366th day"
    );
    assert_eq!(
        notes("2026-01-01", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=TH", "2027-12-31"),
        "2027 has no 53rd week"
    );
    // Other fields choose among the days: that April has no 31st is no missing date.
    assert_eq!(notes("2026-01-31", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2026-06-30"), "");
}

prop_compose! {
    fn any_rule()(
        frequency in prop::sample::select(vec![
            Frequency::Daily, Frequency::Weekly, Frequency::Biweekly, Frequency::Monthly, Frequency::Quarterly,
            Frequency::Annual,
        ]),
        interval in 1_u32..5,
        months in prop::collection::vec(1_u32..=12, 0..3),
        days in prop::collection::vec(prop_oneof![1..=31, -31..=-1], 0..3),
        weekday in prop::option::of(0..7),
        end in prop_oneof![Just((None, None)), (1_u32..60).prop_map(|count| (Some(count), None)),
            (0..2000).prop_map(|days| (None, Some(days)))],
    ) -> (RecurrenceRule, Option<i32>) {
        let monday = day("2026-01-05");
        let by_day = weekday
            .map(|days| RecurrenceDay { weekday: monday.add_days(days).unwrap().weekday(), ordinal: None })
            .into_iter()
            .collect();
        let is_weekly = matches!(frequency, Frequency::Weekly | Frequency::Biweekly);
        let by_month_day = if is_weekly { Vec::new() } else { days };
        let rule = RecurrenceRule {
            interval: Some(interval), count: end.0, by_month: months, by_month_day, by_day, ..RecurrenceRule::every(frequency)
        };
        (rule, end.1)
    }
}

prop_compose! {
    fn any_input()(
        start in 728_000_i32..740_000,
        (rule, until) in any_rule(),
        clamps in any::<bool>(),
        convention in prop::sample::select(vec![
            BusinessDayConvention::Unadjusted, BusinessDayConvention::Following, BusinessDayConvention::ModifiedFollowing,
            BusinessDayConvention::Preceding, BusinessDayConvention::Nearest,
        ]),
        exceptions in prop::collection::btree_set(0_i32..400, 0..4),
        extra in prop::collection::btree_set(-20_i32..400, 0..4),
    ) -> OccurrencesInput {
        let start = Date::from_day_number(start).unwrap();
        let later = |days: i32| start.add_days(days).unwrap();
        OccurrencesInput {
            month_end: if clamps { RecurrenceMonthEnd::Clamp } else { RecurrenceMonthEnd::Skip },
            calendar: Calendar::of(HolidayCalendar::UsFederal),
            convention,
            exceptions: exceptions.into_iter().map(later).collect(),
            extra_dates: extra.into_iter().map(later).collect(),
            ..OccurrencesInput::new(start, RecurrenceRule { until: until.map(later), ..rule })
        }
    }
}

proptest! {
    #[test]
    fn a_window_shows_the_part_of_the_whole(input in any_input(), from in 0_i32..800, length in 0_i32..800) {
        let Ok(whole) = answer(&OccurrencesInput { limit: 2000, ..input.clone() }) else { return Ok(()) };
        let (from, to) = (input.start.add_days(from).unwrap(), input.start.add_days(from + length).unwrap());
        let part = answer(&OccurrencesInput { from: Some(from), to: Some(to), limit: 2000, ..input }).unwrap();
        let inside: Vec<Date> = dates(&whole).into_iter().filter(|date| (from..=to).contains(date)).collect();
        prop_assert_eq!(dates(&part), inside);
        let after = dates(&whole).into_iter().find(|date| *date > to);
        prop_assert_eq!(part.next, after);
    }

    #[test]
    fn the_next_date_begins_the_next_answer(input in any_input(), limit in 1_u32..20) {
        let Ok(first) = answer(&OccurrencesInput { limit, ..input.clone() }) else { return Ok(()) };
        let whole = answer(&OccurrencesInput { limit: limit + 1, ..input }).unwrap();
        prop_assert!(dates(&whole).starts_with(&dates(&first)));
        prop_assert_eq!(first.next, dates(&whole).get(limit as usize).copied());
    }

    #[test]
    fn dates_ascend_and_moved_ones_are_business_days(input in any_input()) {
        let Ok(found) = answer(&input) else { return Ok(()) };
        prop_assert!(dates(&found).is_sorted());
        for row in &found.occurrences {
            let unmoved = row.moved_from.unwrap_or(row.date);
            prop_assert!(!input.exceptions.contains(&unmoved));
            prop_assert_eq!(input.calendar.adjust(unmoved, input.convention).unwrap(), row.date);
        }
    }

    #[test]
    fn a_clamped_day_never_drifts(year in 1990_i32..2090, month in 1_u32..=12, day in 1_u32..=31, interval in 1_u32..7) {
        let Ok(start) = date(year, month, day) else { return Ok(()) };
        let rule = RecurrenceRule { interval: Some(interval), ..RecurrenceRule::every(Frequency::Monthly) };
        let input = OccurrencesInput { month_end: RecurrenceMonthEnd::Clamp, ..OccurrencesInput::new(start, rule) };
        for (number, found) in (0..).zip(answer(&input).unwrap().occurrences) {
            prop_assert_eq!(found.date, start.add_months(number * interval.cast_signed()).unwrap());
        }
    }

    #[test]
    fn a_rule_has_as_many_dates_as_it_counts(input in any_input(), count in 1_u32..60) {
        let rule = input.rule.clone().map(|rule| RecurrenceRule { count: Some(count), until: None, ..rule });
        let input = OccurrencesInput { rule, exceptions: [].into(), extra_dates: [].into(), limit: 1000, ..input };
        let Ok(found) = answer(&input) else { return Ok(()) };
        prop_assert!(found.occurrences.len() <= count as usize);
        // Fewer only where the calendar ends.
        prop_assert!(found.occurrences.len() == count as usize || count > 30);
        prop_assert_eq!(found.next, None);
    }
}
