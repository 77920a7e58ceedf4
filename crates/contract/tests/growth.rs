//! No engine is worse than n log n in any list: with ten times the entries, an operation takes at most fifteen times as
//! long.

#![cfg(feature = "documentation")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it fails")]

mod grown;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
    time::Duration,
};

use grown::{Growth, cpu, user_cpu};
use wherewithal::{control::Control, wire, wire::Spelling};
use wherewithal_contract::Operation;

/// How much longer ten times the entries may take: n log n from a hundred entries to a thousand is fifteen.
const MOST: u32 = 15;

/// A time below which growth cannot be told from noise.
const FLOOR: Duration = Duration::from_millis(8);

/// The number of vectors of an operation whose list of a field is grown.
const MOST_TRIALS: usize = 1;

/// The most entries that are tried: enough to tell how time grows.
const ENOUGH: usize = 100_000;

/// Lists whose length follows from others in the same input, or whose entries are bound to them.
const BOUND_TO_OTHERS: &[(&str, &str)] = &[
    ("Account.allocation", "one for each asset class, regime or state, at most a hundred"),
    ("Assumptions.allocation", "one for each asset class, regime or state, at most a hundred"),
    ("Assumptions.assetClasses", "one for each asset class, regime or state, at most a hundred"),
    ("Assumptions.correlations", "a matrix or a row of it is as wide as the model"),
    ("AttributionLots.opening", "they add up to what their positions hold"),
    ("AttributionPeriod.segments", "their weights add up to one"),
    ("BenchmarkComponent.returns", "one for each date"),
    ("BlendedBenchmarkInput.components", "their weights add up to one"),
    ("BlendedBenchmarkInput.dates", "one for each return of a component"),
    ("BlendedBenchmarkInput.portfolio", "one for each date"),
    ("BlendedBenchmarkInput.portfolioDates", "one for each date"),
    ("BudgetInput.categories", "each is a category of its own"),
    ("Calendar.weekend", "there are seven days"),
    ("CashFlowStatementInput.owedBefore", "each is of a card of its own"),
    ("ClassifyInput.corrections", "each is of a transaction of its own"),
    ("ColumnMapping.columns", "each is another field"),
    ("FinanceChargeInput.payments", "they repay the amount that is given beside them"),
    ("FlowModel.words", "each is another word"),
    ("FlowModelWord.counts", "each is of a label of its own"),
    ("ForecastInput.balances", "each is of an account of its own"),
    ("FundedRatioInput.contributions", "more of them would fund everything"),
    ("GoalMarket.weights", "one for each asset class, regime or state, at most a hundred"),
    ("HistoryInput.assetClasses", "one for each asset class, regime or state, at most a hundred"),
    ("Household.exchangeRates", "each is of a currency of its own"),
    ("HouseholdFromLedgerInput.owners", "each is of an account of its own"),
    ("IncomeTaxScale.longTermGains", "each bracket begins above the one before it"),
    ("IncomeTaxScale.ordinary", "each bracket begins above the one before it"),
    ("LedgerMergeInput.aliases", "each is of an account of its own"),
    ("Liquidation.lots", "they add up to what is held"),
    ("LoanAgreement.paymentBreaks", "each covers payments of its own"),
    ("LoanComparisonInput.offers", "at most ten"),
    ("LotEvent(buyToCover).lots", "they add up to the quantity that is bought"),
    ("LotEvent(deliverToCover).lots", "they add up to the quantity that is delivered"),
    ("LotEvent(deliverToCover).shortSales", "they add up to the quantity that is delivered"),
    ("LotEvent(exercise).lots", "they add up to the shares of the contracts"),
    ("LotEvent(give).lots", "they add up to the quantity that is given"),
    ("LotEvent(merger).cashInLieu", "one for each account"),
    ("LotEvent(sell).lots", "they add up to the quantity that is sold"),
    ("LotEvent(spinOff).cashInLieu", "one for each account"),
    ("LotEvent(split).cashInLieu", "one for each account"),
    ("LotState.families", "each is of securities of its own"),
    ("LotState.lots", "they add up to what their positions hold, see the test of states below"),
    ("LotState.openDays", "one for each position"),
    ("LotState.openLosses", "each disposal waits once"),
    ("LotState.positions", "they add up to their lots"),
    ("LotStateDay.sales", "they sell no more than is held"),
    ("LotStateFamily.losses", "each disposal waits once"),
    ("LotStateFamily.recent", "each is a lot of its own"),
    ("LotStateFamily.recentShorts", "each is a lot of its own"),
    ("LotStateFamily.shortLosses", "each disposal waits once"),
    ("LotStateFamily.suspended", "each is a lot of its own"),
    ("LotStatePosition.sales", "each disposal waits once"),
    ("MarketHistory.assetClasses", "one for each asset class, regime or state, at most a hundred"),
    ("MarketModel(bootstrap).annualFees", "one for each asset class, regime or state, at most a hundred"),
    (
        "MarketModel(historicalCohorts).annualFees",
        "one for each asset class, regime or state, at most a hundred",
    ),
    ("MarketModel(lognormal).correlations", "a matrix or a row of it is as wide as the model"),
    ("MarketModel(paths).annualFees", "one for each asset class, regime or state, at most a hundred"),
    ("MarketModel(paths).assetClasses", "one for each asset class, regime or state, at most a hundred"),
    ("MarketModel(regimeSwitching).initialProbabilities", "a matrix or a row of it is as wide as the model"),
    ("MarketModel(regimeSwitching).regimes", "one for each asset class, regime or state, at most a hundred"),
    ("MarketModel(regimeSwitching).transitions", "a matrix or a row of it is as wide as the model"),
    ("MarketModel(studentT).correlations", "a matrix or a row of it is as wide as the model"),
    (
        "MarketModel(vectorAutoregression).assetClasses",
        "one for each asset class, regime or state, at most a hundred",
    ),
    ("MarketModel(vectorAutoregression).coefficients", "a matrix or a row of it is as wide as the model"),
    ("MarketModel(vectorAutoregression).correlations", "a matrix or a row of it is as wide as the model"),
    (
        "MarketModel(vectorAutoregression).states",
        "one for each asset class, regime or state, at most a hundred",
    ),
    ("MarketRegime.assetClasses", "one for each asset class, regime or state, at most a hundred"),
    ("MarketRegime.correlations", "a matrix or a row of it is as wide as the model"),
    ("NearestCorrelationInput.correlations", "a matrix or a row of it is as wide as the model"),
    ("NetWorthBooks.owners", "each is of an account or an asset of its own"),
    ("OwnedBy.owners", "their shares add up to one"),
    (
        "PayoffComparisonInput.customOrder",
        "bound to the debts, accounts or classes of the same input, at most a hundred",
    ),
    (
        "PayoffComparisonInput.debts",
        "bound to the debts, accounts or classes of the same input, at most a hundred",
    ),
    ("PayoffPlanInput.debts", "bound to the debts, accounts or classes of the same input, at most a hundred"),
    (
        "PayoffStrategy(custom).order",
        "bound to the debts, accounts or classes of the same input, at most a hundred",
    ),
    ("PortfolioAllocation(fixed).weights", "one for each asset class, regime or state, at most a hundred"),
    ("Repayment(stepped).steps", "each starts at a payment of its own"),
    ("RetirementAllocation(fixed).weights", "one for each asset class, regime or state, at most a hundred"),
    (
        "RetirementAllocation(glidePath).points",
        "one for each asset class, regime or state, at most a hundred",
    ),
    ("RetirementDebtTerms(rows).rows", "one for each year of the plan"),
    ("RetirementGlidePoint.weights", "one for each asset class, regime or state, at most a hundred"),
    ("SafeToSpendInput.balances", "each is of an account of its own"),
    ("SafeWithdrawalRateInput.weights", "one for each asset class, regime or state, at most a hundred"),
    ("SalesPlanInput.prices", "each is of a security of its own"),
    ("SolveLoanInput.paymentBreaks", "each covers payments of its own"),
    ("StressTestsInput.historicalClasses", "one for each asset class, regime or state, at most a hundred"),
    ("UnrealizedGainsInput.prices", "each is of a security of its own"),
    ("ValuedAsset.transactions", "each transaction is the source of one asset"),
    (
        "WithdrawalFundingInput.classes",
        "bound to the debts, accounts or classes of the same input, at most a hundred",
    ),
    (
        "WithdrawalOrder(custom).accounts",
        "bound to the debts, accounts or classes of the same input, at most a hundred",
    ),
];

/// The time of the processor that an operation takes.
#[derive(Clone, Copy, Debug)]
struct Time {
    all: Duration,
    /// Without that of the kernel, which hands out the memory of a long input page by page, while a short one finds its
    /// memory used before.
    user: Duration,
}

impl Time {
    fn least(self, other: Self) -> Self {
        Self { all: self.all.min(other.all), user: self.user.min(other.user) }
    }

    /// Whether it is too long beside the time with a tenth of the entries, however it is measured.
    fn is_slow(self, tenth: Self) -> bool {
        let slow = |many: Duration, few: Duration| many > MOST * few.max(FLOOR);
        slow(self.all, tenth.all) && slow(self.user, tenth.user)
    }
}

/// The time that an operation takes; `None` if it refuses the input.
fn time(operation: &Operation, input: &wire::Value<'_>) -> Option<Time> {
    let (start, user_start) = (cpu(), user_cpu());
    let too_long = || cpu() - start > Duration::from_secs(20);
    let control = Control::default().stopped_when(&too_long);
    match operation.run_in(Spelling::Camel, input, &control) {
        Err(error) if grown::is_refusal(&error) => None,
        _ => Some(Time { all: cpu() - start, user: user_cpu() - user_start }),
    }
}

/// Whether an input is not refused in its first moments. A short one is asked first, because making a long one that is
/// refused takes longer than most runs.
fn is_accepted(operation: &Operation, input: &wire::Value<'_>) -> bool {
    let start = cpu();
    let moments_are_over = || cpu() - start > Duration::from_millis(20);
    let control = Control::default().stopped_when(&moments_are_over);
    operation.run_in(Spelling::Camel, input, &control).err().is_none_or(|error| !grown::is_refusal(&error))
}

/// The times with a tenth of the entries and with all; `None` if either is refused. An input is made when the one before
/// it has been answered, because making a long one takes longer than most runs.
fn grows(
    operation: &Operation,
    grown: impl Fn(usize) -> wire::Value<'static>,
    most: usize,
) -> Option<(Time, Time)> {
    let few = grown(most.div_ceil(10));
    let mut before = time(operation, &few)?;
    let many = grown(most);
    let mut after = time(operation, &many)?;
    // The least of several runs is the one that nothing disturbed. What other programs take of the memory's speed is taken from
    // the long runs alone, and for seconds.
    for _ in 0..12 {
        if !after.is_slow(before) {
            break;
        }
        (before, after) = (before.least(time(operation, &few)?), after.least(time(operation, &many)?));
    }
    Some((before, after))
}

/// What is measured is the time of the process, so one test runs at a time.
static ALONE: Mutex<()> = Mutex::new(());

#[test]
fn ten_times_the_entries_take_at_most_fifteen_times_as_long() {
    let _alone = ALONE.lock();
    let (mut grown_fields, mut all_fields) = (BTreeSet::new(), BTreeSet::new());
    let mut suspects = Vec::new();
    for (operation, inputs) in grown::answered() {
        let mut trials: BTreeMap<String, usize> = BTreeMap::new();
        for input in &inputs {
            for list in grown::lists(input, operation.input_shape()) {
                all_fields.insert(list.field.clone());
                let trials = trials.entry(list.field.clone()).or_default();
                if *trials >= MOST_TRIALS {
                    continue;
                }
                let most = list.most(input).min(ENOUGH);
                let grown = |growth, count| grown::grown(input, &list, growth, count);
                // Enough that the entries of the vector come more than once.
                let some = most.min(2 * list.length(input) + 40);
                let ways: Vec<Growth> =
                    Growth::all().filter(|growth| is_accepted(operation, &grown(*growth, some))).collect();
                // Numbers that follow each other, such as months, may reach their own limit first. A hundred entries
                // are better than none for lists that an operation takes together, but they show little.
                let measured = [most, most / 2, most.min(100)]
                    .into_iter()
                    .flat_map(|count| ways.iter().map(move |growth| (*growth, count)))
                    .find_map(|(growth, count)| {
                        let (before, after) = grows(operation, |count| grown(growth, count), count)?;
                        Some((growth, count, after.is_slow(before)))
                    });
                let Some((growth, count, is_slow)) = measured else { continue };
                if count >= most / 2 {
                    *trials += 1;
                    grown_fields.insert(list.field.clone());
                }
                if is_slow {
                    suspects.push((operation, input.clone(), list, growth, count));
                }
            }
        }
    }
    // What disturbs the long runs lasts for seconds; what grows too fast does so at any time.
    let mut slow = Vec::new();
    for (operation, input, list, growth, count) in suspects {
        let (before, after) =
            grows(operation, |count| grown::grown(&input, &list, growth, count), count).unwrap();
        if after.is_slow(before) {
            slow.push(format!(
                "{} with {count} {}: {after:?}, with a tenth of them {before:?}",
                operation.name(),
                list.field
            ));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
    let others: Vec<&str> = all_fields.difference(&grown_fields).map(String::as_str).collect();
    let expected: Vec<&str> = BOUND_TO_OTHERS.iter().map(|(field, _)| *field).collect();
    assert_eq!(others, expected, "lists that do not grow");
}

/// The entries of a state refer to each other, so its lists do not grow one by one.
#[test]
fn a_state_of_ten_times_the_lots_takes_at_most_fifteen_times_as_long() {
    let _alone = ALONE.lock();
    let operation = wherewithal_contract::registry().get("lots.append").unwrap();
    let grown = |lots: usize| grown::wire(&grown::large_state(u32::try_from(lots).unwrap()));
    let (before, after) = grows(operation, grown, ENOUGH).unwrap();
    assert!(!after.is_slow(before), "{ENOUGH} lots: {after:?}, with a tenth of them {before:?}");
}
