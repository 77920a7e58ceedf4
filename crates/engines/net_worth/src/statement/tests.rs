use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use wherewithal_base::dates::date;
use wherewithal_household::{
    Account, AccountKind, Business, ExchangeRate, InsuranceKind, InsurancePolicy, Liability, OtherAsset,
    OtherAssetKind, PrivateFund, PrivateFundKind, Property, PropertyKind,
};

const ACCOUNT_KINDS: [AccountKind; 6] = [
    AccountKind::Checking,
    AccountKind::Brokerage,
    AccountKind::Hsa,
    AccountKind::RothIra,
    AccountKind::Traditional401k,
    AccountKind::Cryptocurrency,
];

fn amount() -> impl Strategy<Value = Decimal> {
    (0_i64..100_000_000_000).prop_map(|cents| Decimal::new(cents, 2).unwrap())
}

/// A balance that may be overdrawn or overpaid.
fn balance() -> impl Strategy<Value = Decimal> {
    (-100_000_000_000_i64..100_000_000_000).prop_map(|cents| Decimal::new(cents, 2).unwrap())
}

fn currency() -> impl Strategy<Value = Option<Currency>> {
    prop_oneof![Just(None), Just(Some(Currency::USD)), Just(Some(Currency::EUR))]
}

fn account(index: usize, kind: AccountKind, balance: Decimal, currency: Option<Currency>) -> Account {
    Account {
        id: format!("account-{index}"),
        name: "Account".to_owned(),
        kind,
        owner: None,
        institution: None,
        currency,
        balance: Some(balance),
        cash: None,
        cost_basis: None,
        tax_treatment: None,
        interest_rate: None,
        holdings: Vec::new(),
        ownership_share: None,
        dividend_yield: None,
        allocation: Vec::new(),
        access_age: None,
    }
}

prop_compose! {
    fn any_household()(
        accounts in prop::collection::vec((0_usize..6, balance(), currency()), 0..6),
        properties in prop::collection::vec((amount(), currency()), 0..3),
        funds in prop::collection::vec((amount(), currency()), 0..3),
        businesses in prop::collection::vec((amount(), 1_i64..=1_000_000_000), 0..3),
        policies in prop::collection::vec(amount(), 0..2),
        others in prop::collection::vec(amount(), 0..3),
        debts in prop::collection::vec((0_usize..14, balance(), currency(), any::<bool>()), 0..6),
        rate in 1_i64..5_000_000_000,
    ) -> Household {
        let as_of = date(2026, 6, 30).unwrap();
        let mut household = Household::new("Any", Currency::USD, as_of);
        let rate = Decimal::new(rate, 9).unwrap();
        household.exchange_rates = vec![ExchangeRate { from: Currency::EUR, to: Currency::USD, rate, date: as_of }];
        household.accounts = accounts
            .into_iter()
            .enumerate()
            .map(|(index, (kind, balance, currency))| account(index, ACCOUNT_KINDS[kind], balance, currency))
            .collect();
        household.properties = properties.into_iter().enumerate().map(|(index, (value, currency))| Property {
            id: format!("property-{index}"), name: "Property".to_owned(), kind: PropertyKind::Rental, owner: None,
            currency, value, cost_basis: None, acquisition_date: None, valuation_date: None, monthly_rent: None,
            property_tax_annual: None, insurance_annual: None, hoa_monthly: None, ownership_share: None,
            annual_growth: None, sale: None, gain_exclusion: None, replacement: None,
        }).collect();
        household.private_funds = funds.into_iter().enumerate().map(|(index, (value, currency))| PrivateFund {
            id: format!("fund-{index}"), name: "Fund".to_owned(), kind: PrivateFundKind::PrivateEquity, owner: None,
            currency, commitment: value, unfunded_commitment: value, net_asset_value: value, cost_basis: None,
            vintage_year: None, valuation_date: None, ownership_share: None, annual_growth: None, sale: None,
        }).collect();
        household.businesses = businesses.into_iter().enumerate().map(|(index, (valuation, share))| Business {
            id: format!("business-{index}"), name: "Business".to_owned(), owner: None, currency: None,
            ownership_share: Decimal::new(share, 9).unwrap(), valuation, cost_basis: None, valuation_method: None,
            valuation_date: None, annual_growth: None, sale: None,
        }).collect();
        household.insurance = policies.into_iter().enumerate().map(|(index, cash_value)| InsurancePolicy {
            id: format!("policy-{index}"), name: "Policy".to_owned(), kind: InsuranceKind::WholeLife, insured: None,
            currency: None, cash_value, death_benefit: None, premium_annual: None, end: None, annual_growth: None,
            sale: None,
        }).collect();
        household.other_assets = others.into_iter().enumerate().map(|(index, value)| OtherAsset {
            id: format!("other-{index}"), name: "Other".to_owned(), owner: None, currency: None, value,
            kind: if index == 0 { OtherAssetKind::PreciousMetals } else { OtherAssetKind::Vehicle },
            cost_basis: None, acquisition_date: None, valuation_date: None, ownership_share: None,
            annual_growth: None, sale: None,
        }).collect();
        let home = household.properties.first().map(|property| property.id.clone());
        household.liabilities = debts.into_iter().enumerate().map(|(index, (kind, balance, currency, secured))| Liability {
            id: format!("debt-{index}"), name: "Debt".to_owned(), kind: LiabilityKind::ALL[kind], owner: None,
            lender: None, currency, balance, annual_rate: None, payment: None, remaining_months: None,
            extra_monthly_payment: None, next_payment: None,
            secured_by: home.clone().filter(|_| secured), original_amount: None, origination_date: None,
            ownership_share: None, deferment: None, paid_in_full: false, credit_limit: None,
        }).collect();
        household
    }
}

fn total(values: impl Iterator<Item = Decimal>) -> Decimal {
    Decimal::sum(values).unwrap()
}

proptest! {
    #[test]
    fn every_total_foots(household in any_household()) {
        let statement = statement(&household).unwrap();
        prop_assert_eq!(statement.total_assets, total(statement.categories.iter().map(|line| line.total)));
        prop_assert_eq!(statement.total_assets, total(statement.assets.iter().map(|line| line.value)));
        prop_assert_eq!(statement.total_liabilities, total(statement.liabilities.iter().map(|line| line.balance)));
        prop_assert_eq!(statement.total_liabilities, total(statement.liability_totals.iter().map(|line| line.total)));
        prop_assert_eq!(statement.net_worth, statement.total_assets.minus(statement.total_liabilities).unwrap());
        for line in &statement.categories {
            let inside = statement.assets.iter().filter(|asset| asset.category == line.category);
            prop_assert_eq!(inside.clone().count(), line.count as usize);
            prop_assert_eq!(total(inside.map(|asset| asset.value)), line.total);
        }
        for line in &statement.liability_totals {
            let inside = statement.liabilities.iter().filter(|liability| liability.kind == line.kind);
            prop_assert_eq!(inside.clone().count(), line.count as usize);
            prop_assert_eq!(total(inside.map(|liability| liability.balance)), line.total);
        }
    }

    #[test]
    fn every_item_appears_once_and_on_the_side_of_its_sign(household in any_household()) {
        let statement = statement(&household).unwrap();
        let items = household.accounts.len() + household.properties.len() + household.private_funds.len()
            + household.businesses.len() + household.insurance.len() + household.other_assets.len()
            + household.liabilities.len();
        prop_assert_eq!(statement.assets.len() + statement.liabilities.len(), items);
        let owned = statement.assets.iter().map(|asset| asset.id.as_str());
        let owed = statement.liabilities.iter().map(|liability| liability.id.as_str());
        let ids: BTreeSet<&str> = owned.chain(owed).collect();
        prop_assert_eq!(ids.len(), items);
        prop_assert!(statement.assets.iter().all(|asset| !asset.value.is_negative()));
        prop_assert!(statement.liabilities.iter().all(|liability| !liability.balance.is_negative()));
    }

    #[test]
    fn the_order_of_the_document_does_not_matter(household in any_household()) {
        let mut reversed = household.clone();
        reversed.accounts.reverse();
        reversed.properties.reverse();
        reversed.private_funds.reverse();
        reversed.businesses.reverse();
        reversed.insurance.reverse();
        reversed.other_assets.reverse();
        reversed.liabilities.reverse();
        prop_assert_eq!(statement(&household).unwrap(), statement(&reversed).unwrap());
    }

    #[test]
    fn conversion_is_within_half_a_cent_of_the_product(household in any_household()) {
        for asset in statement(&household).unwrap().assets {
            let exact = asset.amount.times(asset.exchange_rate).unwrap();
            let error = asset.value.minus(exact).unwrap().abs();
            prop_assert!(error <= "0.005".parse().unwrap(), "{} against {exact}", asset.value);
            prop_assert!(asset.currency == Currency::EUR || asset.exchange_rate == Decimal::ONE);
        }
    }

    #[test]
    fn liquid_net_worth_leaves_out_what_is_illiquid_and_its_loans(household in any_household()) {
        let statement = statement(&household).unwrap();
        let illiquid = total(statement.assets.iter().filter(|line| !line.liquid).map(|line| line.value));
        // In these households only properties secure debts.
        let matched = total(
            statement.liabilities.iter().filter(|line| line.secured_by.is_some()).map(|line| line.balance),
        );
        let net_illiquid = illiquid.minus(matched).unwrap();
        prop_assert_eq!(statement.net_worth, statement.liquid_net_worth.plus(net_illiquid).unwrap());
    }
}

#[test]
fn a_household_without_anything_has_no_ratio() {
    let statement = statement(&Household::new("Nobody", Currency::JPY, date(2026, 1, 1).unwrap())).unwrap();
    assert_eq!(statement.net_worth.to_string(), "0");
    assert_eq!(statement.debt_to_asset_ratio, None);
    assert_eq!(statement.categories.len(), 8);
    assert!(statement.categories.iter().all(|line| line.share.is_none() && line.count == 0));
}

#[test]
fn a_business_counts_with_the_share_that_is_owned_rounded_once() {
    let mut household = Household::new("Owner", Currency::USD, date(2026, 1, 1).unwrap());
    household.businesses.push(Business {
        id: "firm".to_owned(),
        name: "Firm".to_owned(),
        owner: None,
        currency: None,
        ownership_share: "0.333333333".parse().unwrap(),
        valuation: "1000000.10".parse().unwrap(),
        cost_basis: Some("400000".parse().unwrap()),
        valuation_method: None,
        valuation_date: None,
        annual_growth: None,
        sale: None,
    });
    let statement = statement(&household).unwrap();
    // 1000000.10 × 0.333333333 = 333333.366299967 (by hand), to the cent 333333.37.
    assert_eq!(statement.total_assets.to_string(), "333333.37");
    assert_eq!(statement.assets[0].unrealized_gain.unwrap().to_string(), "-66666.63");
}
