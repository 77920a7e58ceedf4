//! The date of Easter.

use crate::dates::Date;

/// The days from the Easter Sunday of its year to `date`; negative before Easter.
///
/// The Gregorian computus by way of the golden number, the century's corrections and the epact, as in
/// D. E. Knuth, The Art of Computer Programming, volume 1, section 1.3.2, exercise 14 (after Aloysius Lilius and
/// Christopher Clavius).
pub(super) fn days_after_easter(date: Date) -> i32 {
    let year = date.year();
    let golden = year % 19 + 1;
    let century = year / 100 + 1;
    let leap_years_omitted = 3 * century / 4 - 12;
    let moon_correction = (8 * century + 5) / 25 - 5;
    let sunday = 5 * year / 4 - leap_years_omitted - 10;
    let epact = (11 * golden + 20 + moon_correction - leap_years_omitted).rem_euclid(30);
    let epact = if (epact == 25 && golden > 11) || epact == 24 { epact + 1 } else { epact };
    let full_moon = if epact > 23 { 74 - epact } else { 44 - epact };
    // A day of March; 32 is 1 April.
    let easter = full_moon + 7 - (sunday + full_moon) % 7;
    let first_of_march = if date.is_leap_year() { 61 } else { 60 };
    date.day_of_year().cast_signed() - (first_of_march + easter - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::date;

    /// Computed with `dateutil` 2.9 (`easter(year)`): the earliest and the latest dates, and some years of
    /// every century from 1600 to 4000.
    #[test]
    fn agrees_with_dateutil() {
        for text in EASTERS.split_whitespace() {
            let easter: Date = text.parse().unwrap();
            assert_eq!(days_after_easter(easter), 0, "{text}");
            assert_eq!(days_after_easter(date(easter.year(), 3, 1).unwrap()), -days_from_march(easter));
        }
    }

    fn days_from_march(easter: Date) -> i32 {
        date(easter.year(), 3, 1).unwrap().days_until(easter)
    }

    const EASTERS: &str = "
        1600-04-02 1609-04-19 1700-04-11 1761-03-22 1800-04-13 1818-03-22 1900-04-15 1943-04-25 1950-04-09
        1953-04-05 1954-04-18 1956-04-01 1959-03-29 1962-04-22 1965-04-18 1968-04-14 1971-04-11 1974-04-14
        1977-04-10 1980-04-06 1981-04-19 1983-04-03 1986-03-30 1989-03-26 1992-04-19 1995-04-16 1998-04-12
        2000-04-23 2001-04-15 2004-04-11 2007-04-08 2008-03-23 2010-04-04 2011-04-24 2013-03-31 2016-03-27
        2019-04-21 2022-04-17 2024-03-31 2025-04-20 2026-04-05 2028-04-16 2031-04-13 2034-04-09 2037-04-05
        2038-04-25 2040-04-01 2043-03-29 2046-03-25 2049-04-18 2052-04-21 2055-04-18 2058-04-14 2076-04-19
        2100-03-28 2200-04-06 2285-03-22 2300-04-08 2400-04-16 2500-04-18 2600-03-23 2700-04-01 2800-04-02
        2900-04-11 3000-04-13 3100-04-22 3200-03-26 3300-03-28 3400-04-06 3500-04-08 3600-04-16 3700-04-18
        3800-03-30 3900-04-01 4000-04-09 4089-04-10
    ";
}
