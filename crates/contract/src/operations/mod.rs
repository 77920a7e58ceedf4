//! The entries of the registry, in a folder for each engine. Each family is a feature.

#[cfg(feature = "cash_flow")]
mod cash_flow;
#[cfg(feature = "classification")]
mod classification;
#[cfg(feature = "dates")]
mod dates;
#[cfg(feature = "amortization")]
mod debt;
#[cfg(feature = "formats")]
mod formats;
#[cfg(feature = "goals")]
mod goals;
#[cfg(feature = "income_tax")]
mod income_tax;
#[cfg(feature = "ledger")]
mod ledger;
#[cfg(feature = "lots")]
mod lots;
#[cfg(feature = "market")]
mod market;
#[cfg(feature = "mortality")]
mod mortality;
#[cfg(feature = "net_worth_statement")]
mod net_worth;
#[cfg(feature = "plan")]
mod plan;
#[cfg(feature = "rates")]
mod rates;
#[cfg(feature = "retirement")]
mod retirement;
#[cfg(feature = "retirement_accounts")]
mod retirement_accounts;
#[cfg(feature = "returns")]
mod returns;
#[cfg(feature = "risk")]
mod risk;
#[cfg(feature = "simulation")]
mod simulation;
#[cfg(feature = "social_security")]
mod social_security;
#[cfg(feature = "time_value")]
mod time_value;
#[cfg(feature = "workbooks")]
mod workbooks;

use crate::Operation;

/// The operations of the families that are compiled in.
pub(crate) fn all() -> Vec<Operation> {
    let families: &[fn() -> Vec<Operation>] = &[
        #[cfg(feature = "cash_flow")]
        cash_flow::entries,
        #[cfg(feature = "classification")]
        classification::entries,
        #[cfg(feature = "dates")]
        dates::entries,
        #[cfg(feature = "amortization")]
        debt::entries,
        #[cfg(feature = "formats")]
        formats::entries,
        #[cfg(feature = "goals")]
        goals::entries,
        #[cfg(feature = "income_tax")]
        income_tax::entries,
        #[cfg(feature = "ledger")]
        ledger::entries,
        #[cfg(feature = "lots")]
        lots::entries,
        #[cfg(feature = "market")]
        market::entries,
        #[cfg(feature = "mortality")]
        mortality::entries,
        #[cfg(feature = "net_worth_statement")]
        net_worth::entries,
        #[cfg(feature = "plan")]
        plan::entries,
        #[cfg(feature = "rates")]
        rates::entries,
        #[cfg(feature = "retirement")]
        retirement::entries,
        #[cfg(feature = "retirement_accounts")]
        retirement_accounts::entries,
        #[cfg(feature = "returns")]
        returns::entries,
        #[cfg(feature = "risk")]
        risk::entries,
        #[cfg(feature = "simulation")]
        simulation::entries,
        #[cfg(feature = "social_security")]
        social_security::entries,
        #[cfg(feature = "time_value")]
        time_value::entries,
        #[cfg(feature = "workbooks")]
        workbooks::entries,
    ];
    families.iter().flat_map(|entries| entries()).collect()
}
