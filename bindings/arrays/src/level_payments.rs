//! Level payments, row by row. Arguments are those of the functions of the same name in the core.

use wherewithal::{
    Result,
    time_value::{self, columns},
};

use crate::{
    choice,
    columns::{Column, apply, apply_columns},
};

/// Future values.
///
/// # Errors
/// Those of [`time_value::fv`], with the row; `input.invalid` for columns of several lengths.
pub fn fv(rate: &[f64], nper: &[f64], pmt: &[f64], pv: &[f64], when: &str) -> Result<Vec<f64>> {
    let when = choice("when", when)?;
    let arguments = [column("rate", rate), column("nper", nper), column("pmt", pmt), column("pv", pv)];
    apply_columns(arguments, |all, results| columns::fv(all, when, results))
}

/// Present values.
///
/// # Errors
/// Those of [`time_value::pv`], with the row; `input.invalid` for columns of several lengths.
pub fn pv(rate: &[f64], nper: &[f64], pmt: &[f64], fv: &[f64], when: &str) -> Result<Vec<f64>> {
    let when = choice("when", when)?;
    let arguments = [column("rate", rate), column("nper", nper), column("pmt", pmt), column("fv", fv)];
    apply_columns(arguments, |all, results| columns::pv(all, when, results))
}

/// Level payments.
///
/// # Errors
/// Those of [`time_value::pmt`], with the row; `input.invalid` for columns of several lengths.
pub fn pmt(rate: &[f64], nper: &[f64], pv: &[f64], fv: &[f64], when: &str) -> Result<Vec<f64>> {
    let when = choice("when", when)?;
    let arguments = [column("rate", rate), column("nper", nper), column("pv", pv), column("fv", fv)];
    apply_columns(arguments, |all, results| columns::pmt(all, when, results))
}

/// Numbers of periods.
///
/// # Errors
/// Those of [`time_value::nper`], with the row; `input.invalid` for columns of several lengths.
pub fn nper(rate: &[f64], pmt: &[f64], pv: &[f64], fv: &[f64], when: &str) -> Result<Vec<f64>> {
    let when = choice("when", when)?;
    let columns = [column("rate", rate), column("pmt", pmt), column("pv", pv), column("fv", fv)];
    apply(columns, |[rate, pmt, pv, fv]| time_value::nper(rate, pmt, pv, fv, when))
}

/// Rates per period.
///
/// # Errors
/// Those of [`time_value::rate`], with the row; `input.invalid` for columns of several lengths.
pub fn rate(
    nper: &[f64],
    pmt: &[f64],
    pv: &[f64],
    fv: &[f64],
    when: &str,
    guess: &[f64],
) -> Result<Vec<f64>> {
    let when = choice("when", when)?;
    let arguments = [
        column("nper", nper),
        column("pmt", pmt),
        column("pv", pv),
        column("fv", fv),
        column("guess", guess),
    ];
    apply_columns(arguments, |all, results| columns::rate(all, when, results))
}

fn column<'a>(name: &'static str, values: &'a [f64]) -> Column<'a> {
    Column { name, values }
}
