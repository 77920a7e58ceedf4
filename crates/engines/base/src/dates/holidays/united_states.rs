//! The legal public holidays of the United States: 5 U.S.C. 6103, as amended by Public Laws 90-363 (Mondays, from
//! 1971), 94-97 (Veterans Day, from 1978), 98-144 (Martin Luther King, from 1986) and 117-17 (Juneteenth, 2021).

use super::{Observance, is_kept, is_last, is_nth};
use crate::dates::{
    Date,
    Weekday::{Monday, Thursday},
};

pub(super) fn holiday(date: Date, observance: Observance) -> Option<&'static str> {
    let year = date.year();
    let kept = |month, day| is_kept(date, month, day, observance);
    if kept(1, 1) {
        Some("New Year's Day")
    } else if is_nth(date, 3, Monday, 1) && year >= 1986 {
        Some("Birthday of Martin Luther King, Jr.")
    } else if is_nth(date, 3, Monday, 2) {
        Some("Washington's Birthday")
    } else if is_last(date, Monday, 5) {
        Some("Memorial Day")
    } else if kept(6, 19) && year >= 2021 {
        Some("Juneteenth National Independence Day")
    } else if kept(7, 4) {
        Some("Independence Day")
    } else if is_nth(date, 1, Monday, 9) {
        Some("Labor Day")
    } else if is_nth(date, 2, Monday, 10) {
        Some("Columbus Day")
    } else if if year < 1978 { is_nth(date, 4, Monday, 10) } else { kept(11, 11) } {
        Some("Veterans Day")
    } else if is_nth(date, 4, Thursday, 11) {
        Some("Thanksgiving Day")
    } else if kept(12, 25) {
        Some("Christmas Day")
    } else {
        None
    }
}
