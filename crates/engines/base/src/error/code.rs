//! The stable codes, in one list.

use std::fmt;

/// The family of an error: what a caller can do about it. The server maps each kind to one HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The input breaks a rule of its type: correct it and call again.
    InvalidInput,
    /// The input is well formed but the question has no answer, such as a rate that no root gives.
    NoSolution,
    /// The request is larger than the stated limit.
    TooLarge,
    /// The thing that was named does not exist.
    NotFound,
    /// The caller cancelled the run.
    Cancelled,
}

/// Declares the enumeration, its list, its spelling and its documentation from one table, so that no code can
/// be without any of them.
macro_rules! error_codes {
    ($($variant:ident, $code:literal, $kind:ident, $meaning:literal;)*) => {
        /// A stable error code, the same in every language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $(#[doc = concat!("`", $code, "`: ", $meaning)] $variant,)*
        }

        impl ErrorCode {
            /// Every code, in the order of the reference page.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as it is written on the wire, such as `loan.term.out_of_range`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What a caller can do about it.
            #[must_use]
            pub fn kind(self) -> ErrorKind {
                match self { $(Self::$variant => ErrorKind::$kind,)* }
            }

            /// What the code means, in one sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

error_codes! {
    // The wire.
    InputMalformed, "input.malformed", InvalidInput, "The input is not JSON.";
    InputInvalid, "input.invalid", InvalidInput, "A field has a value of the wrong type, or stands twice.";
    InputMissingField, "input.missing_field", InvalidInput, "A field that the operation needs is missing.";
    InputUnknownField, "input.unknown_field", InvalidInput, "A field is not one of those that the operation knows.";
    InputTooLarge, "input.too_large", TooLarge, "The input is larger than the stated limit.";
    OperationUnknown, "operation.unknown", NotFound, "No operation has that name.";
    OperationCancelled, "operation.cancelled", Cancelled, "The caller cancelled the run before it ended.";
    ResultNotFinite, "result.not_finite", NoSolution, "The result is too large to be represented.";

    // Numbers.
    DecimalMalformed, "decimal.malformed", InvalidInput, "The text is not a decimal number.";
    DecimalInexact, "decimal.inexact", InvalidInput, "A binary number cannot be read as an exact decimal: write it as a string.";
    DecimalOverflow, "decimal.overflow", InvalidInput, "The result does not fit into 28 significant digits.";
    DecimalDivisionByZero, "decimal.division_by_zero", InvalidInput, "A decimal was divided by zero.";
    DecimalStepInvalid, "decimal.step.invalid", InvalidInput, "A rounding step must be greater than zero.";
    NumberNotFinite, "number.not_finite", InvalidInput, "A number must not be NaN or infinite.";

    // Money.
    CurrencyUnknown, "currency.unknown", InvalidInput, "The text is not an ISO 4217 currency code.";
    CurrencyMismatch, "currency.mismatch", InvalidInput, "Two currencies meet in one sum and no exchange rate was given.";
    CurrencyMinorUnitMissing, "currency.minor_unit.missing", InvalidInput, "The currency has no smallest unit to round to, such as gold.";
    MoneyWeightsInvalid, "money.weights.invalid", InvalidInput, "A weight of an allocation is negative, or all are zero.";

    // Rates.
    RateOutOfRange, "rate.out_of_range", InvalidInput, "A rate lies outside its range, such as at or below -100 %.";

    // Dates.
    DateMalformed, "date.malformed", InvalidInput, "The text is not a civil date in ISO 8601 form, such as 2026-01-31.";
    DateOutOfRange, "date.out_of_range", InvalidInput, "The date lies outside the years 0001 to 9999.";
    CalendarOutOfRange, "calendar.out_of_range", InvalidInput, "The date lies before the first year of a calendar.";
    CalendarNeverOpen, "calendar.never_open", InvalidInput, "A calendar has no business day within a year of a date.";
    DayCountPeriodInvalid, "day_count.period.invalid", InvalidInput, "A coupon period is not as long as its frequency says.";
    DayCountPeriodMissing, "day_count.period.missing", InvalidInput, "The day count measures time by coupon periods and none was given.";
    DayCountCalendarMissing, "day_count.calendar.missing", InvalidInput, "The day count counts business days and no calendar was given.";
    DayCountContextUnused, "day_count.context.unused", InvalidInput, "A maturity, a coupon period or a calendar was given to a day count that does not look at it.";
    ScheduleBoundsInvalid, "schedule.bounds.invalid", InvalidInput, "A schedule needs either an end or a count, and only an end can leave a stub.";
    ScheduleEndBeforeStart, "schedule.end.before_start", InvalidInput, "A schedule or a period ends before it starts.";
    ScheduleCountOutOfRange, "schedule.count.out_of_range", InvalidInput, "A schedule has at least one date.";
    ScheduleDaysInvalid, "schedule.days.invalid", InvalidInput, "The two days of a semimonthly schedule are not two days of a month, or the schedule is anchored on neither.";
    ScheduleTooLong, "schedule.too_long", TooLarge, "A schedule has more than 100,000 dates.";

    // Debt.
    LoanPrincipalOutOfRange, "loan.principal.out_of_range", InvalidInput, "A loan's principal must be greater than zero and at most 10^18 minor units.";
    LoanRateOutOfRange, "loan.rate.out_of_range", InvalidInput, "A loan's annual rate must lie between 0 and 10 and have at most 12 decimal places.";
    LoanTermOutOfRange, "loan.term.out_of_range", InvalidInput, "A loan's term must lie between 1 and 1200 months.";
    LoanPaymentOutOfRange, "loan.payment.out_of_range", InvalidInput, "A payment must not be negative, nor above 10^18 minor units.";
    LoanPaymentNeverRepays, "loan.payment.never_repays", NoSolution, "The payment does not exceed the interest of the first month, so the balance would never fall.";
    LoanAmountTooPrecise, "loan.amount.too_precise", InvalidInput, "An amount has more decimal places than its currency.";

    // Debt: agreements and schedules.
    LoanAmountOutOfRange, "loan.amount.out_of_range", InvalidInput, "An amount of a schedule is above 9.2 × 10^18 minor units.";
    LoanCompoundingUnsupported, "loan.compounding.unsupported", InvalidInput, "A loan's interest compounds a number of times a year, neither continuously nor never.";
    LoanRepaymentInvalid, "loan.repayment.invalid", InvalidInput, "The terms of repayment contradict each other or lie outside their ranges.";
    LoanDatesOutOfOrder, "loan.dates.out_of_order", InvalidInput, "A date of a loan comes before one that it must follow, or after one that it must precede.";
    LoanIndexInvalid, "loan.index.invalid", InvalidInput, "The index of an adjustable rate has no value on a day on which it is read, or two on one day.";
    LoanAdjustmentInvalid, "loan.adjustment.invalid", InvalidInput, "A number of an adjustable rate lies outside its range.";
    LoanCapBelowFloor, "loan.cap.below_floor", InvalidInput, "The highest rate that a cap allows is below the floor.";
    LoanUnpaidInterestRefused, "loan.unpaid_interest.refused", NoSolution, "A payment does not cover its interest, and the loan does not let the rest be added to the balance.";
    LoanCreditLimitExceeded, "loan.credit_limit.exceeded", InvalidInput, "More would be owed after a draw than the limit allows.";
    LoanPaymentNumberOutOfRange, "loan.payment_number.out_of_range", InvalidInput, "The schedule of the loan has no payment of that number.";
    LoanUnknownAmbiguous, "loan.unknown.ambiguous", InvalidInput, "Not exactly one of principal, rate, term, payment and balloon was left out.";
    LoanUnknownNoSolution, "loan.unknown.no_solution", NoSolution, "No value of the unknown makes the rest of the loan true.";
    LoanEscrowInvalid, "loan.escrow.invalid", InvalidInput, "An escrow has too many bills, too large a cushion or a bill at odd intervals.";

    // Debt: comparisons.
    ComparisonAmountOutOfRange, "comparison.amount.out_of_range", InvalidInput, "An amount is negative, zero where it must not be, or above its limit.";
    ComparisonRateOutOfRange, "comparison.rate.out_of_range", InvalidInput, "A rate or a share lies outside the range of its field.";
    ComparisonMonthsOutOfRange, "comparison.months.out_of_range", InvalidInput, "A number of months or years lies outside its range.";
    ComparisonTermMissing, "comparison.term.missing", InvalidInput, "A loan has neither its remaining months nor its payment.";
    ComparisonOffersOutOfRange, "comparison.offers.out_of_range", InvalidInput, "A comparison is of 2 to 10 offers.";
    ComparisonHorizonsTooMany, "comparison.horizons.too_many", TooLarge, "More horizons were asked for than there can be months.";
    ComparisonNameInvalid, "comparison.name.invalid", InvalidInput, "A name is blank, longer than 100 characters or given twice.";
    ComparisonMortgageMissing, "comparison.mortgage.missing", InvalidInput, "The down payment is below the price and no mortgage was given.";
    ComparisonLimitMissing, "comparison.limit.missing", InvalidInput, "The largest loan was asked for and no limit was given.";
    ComparisonDebtsTooMany, "comparison.debts.too_many", TooLarge, "More than 1000 debts were given.";
    // Payoff planning.
    PayoffDebtsEmpty, "payoff.debts.empty", InvalidInput, "A payoff plan has no debt.";
    PayoffDebtsTooMany, "payoff.debts.too_many", TooLarge, "A payoff plan has more than 50 debts.";
    PayoffIdInvalid, "payoff.id.invalid", InvalidInput, "A debt's id is blank or longer than 64 characters, or its name longer than 200.";
    PayoffIdDuplicate, "payoff.id.duplicate", InvalidInput, "Two debts have the same id.";
    PayoffBalanceOutOfRange, "payoff.balance.out_of_range", InvalidInput, "A debt's balance must be greater than zero and at most 10^18 minor units.";
    PayoffPaymentDayOutOfRange, "payoff.payment_day.out_of_range", InvalidInput, "A day of the month lies outside 1 to 31.";
    PayoffPromotionsTooMany, "payoff.promotions.too_many", TooLarge, "A debt has more than 100 promotional rates.";
    PayoffPromotionsOutOfOrder, "payoff.promotions.out_of_order", InvalidInput, "The ends of a debt's promotional rates do not ascend.";
    PayoffMinimumOutOfRange, "payoff.minimum.out_of_range", InvalidInput, "The share of a minimum payment must be above 0 and at most 1, with at most 12 decimal places.";
    PayoffAmountOutOfRange, "payoff.amount.out_of_range", InvalidInput, "An amount is negative, zero where it must not be, or above 10^18 minor units.";
    PayoffGrowthOutOfRange, "payoff.growth.out_of_range", InvalidInput, "The growth of a budget must lie between 0 and 1 and have at most 12 decimal places.";
    PayoffMonthOutOfRange, "payoff.month.out_of_range", InvalidInput, "The number of a month lies outside 1 to 1200.";
    PayoffChangesOutOfOrder, "payoff.changes.out_of_order", InvalidInput, "The months of a budget's changes do not ascend.";
    PayoffBudgetBelowMinimums, "payoff.budget.below_minimums", NoSolution, "The budget of a month does not cover its minimum payments.";
    PayoffBudgetNeverRepays, "payoff.budget.never_repays", NoSolution, "The budget does not repay the debts within 1200 months.";
    PayoffOrderUnknownId, "payoff.order.unknown_id", InvalidInput, "An order names an id that no debt has.";
    PayoffOrderDuplicateId, "payoff.order.duplicate_id", InvalidInput, "An order names a debt twice.";
    PayoffOrderMissingId, "payoff.order.missing_id", InvalidInput, "An order does not name all debts.";
    // Annual percentage rate.
    AnnualPercentageRateAdvancesEmpty, "annual_percentage_rate.advances.empty", InvalidInput, "A credit transaction has at least one advance.";
    AnnualPercentageRatePaymentsEmpty, "annual_percentage_rate.payments.empty", InvalidInput, "A credit transaction has at least one payment.";
    AnnualPercentageRateFlowsTooMany, "annual_percentage_rate.flows.too_many", TooLarge, "More than 1200 payments or advances, or more than 1000 charges, were given.";
    AnnualPercentageRateAmountOutOfRange, "annual_percentage_rate.amount.out_of_range", InvalidInput, "An advance or a payment must be greater than zero and at most 10^18 minor units.";
    AnnualPercentageRateCountOutOfRange, "annual_percentage_rate.count.out_of_range", InvalidInput, "A stream has no payment, or more than 1200.";
    AnnualPercentageRateChargeOutOfRange, "annual_percentage_rate.charge.out_of_range", InvalidInput, "A charge is negative, or charges leave nothing of what is advanced.";
    AnnualPercentageRatePaymentBeforeAdvance, "annual_percentage_rate.payment.before_advance", InvalidInput, "A payment comes before the first advance.";
    AnnualPercentageRateAdvanceAfterPayments, "annual_percentage_rate.advance.after_payments", InvalidInput, "An advance comes after the last payment.";
    AnnualPercentageRateDecimalPlacesOutOfRange, "annual_percentage_rate.decimal_places.out_of_range", InvalidInput, "A percentage is rounded to at most six decimal places.";
    AnnualPercentageRateNoRate, "annual_percentage_rate.no_rate", NoSolution, "At no rate above -100 % are the payments worth what is advanced.";
    // Debt: servicing.
    LoanAllocationOrderInvalid, "loan.allocation_order.invalid", InvalidInput, "The order in which payments are applied does not name fees, interest, principal and escrow once each.";
    LoanLateFeeInvalid, "loan.late_fee.invalid", InvalidInput, "A late fee is above all that is overdue, or its days of grace lie outside 0 to 366.";
    LoanReceivedPaymentsTooMany, "loan.received_payments.too_many", TooLarge, "More than 10,000 payments of a loan were given.";
    LoanPrepaymentPenaltyInvalid, "loan.prepayment_penalty.invalid", InvalidInput, "A prepayment penalty is above the principal or above 120 months of interest.";
    LoanCatchUpInvalid, "loan.catch_up.invalid", InvalidInput, "What is past due is spread over fewer than 1 or more than 120 payments.";

    // Statistics.
    ProbabilityOutOfRange, "probability.out_of_range", InvalidInput, "A probability lies outside its range.";
    QuantileValuesEmpty, "quantile.values.empty", InvalidInput, "A quantile of no values was asked for.";

    // Simulation.
    SimulationInitialBalanceOutOfRange, "simulation.initial_balance.out_of_range", InvalidInput, "The balance at the start is negative.";
    SimulationMonthsOutOfRange, "simulation.months.out_of_range", InvalidInput, "A number of months or a month lies outside 1 to 1200.";
    SimulationExpectedReturnOutOfRange, "simulation.expected_return.out_of_range", InvalidInput, "The expected return is at or below -100 % or above 1000 %.";
    SimulationVolatilityOutOfRange, "simulation.volatility.out_of_range", InvalidInput, "The volatility is negative or above 500 %.";
    SimulationInflationOutOfRange, "simulation.inflation.out_of_range", InvalidInput, "The inflation is at or below -100 % or above 1000 %.";
    SimulationAnnualFeeOutOfRange, "simulation.annual_fee.out_of_range", InvalidInput, "The annual fee is negative or 100 % and more.";
    SimulationFlowsTooMany, "simulation.flows.too_many", TooLarge, "More than 1000 flows were given.";
    SimulationFlowMonthsOutOfOrder, "simulation.flow_months.out_of_order", InvalidInput, "A flow starts after its last month.";
    SimulationFlowGrowthOutOfRange, "simulation.flow_growth.out_of_range", InvalidInput, "A flow grows by -100 % or less or by more than 1000 % a year.";
    SimulationPathsOutOfRange, "simulation.paths.out_of_range", InvalidInput, "The number of paths is zero or more than fits into the memory set aside.";
    SimulationPathOutOfRange, "simulation.path.out_of_range", InvalidInput, "The simulation has no path of that number.";
    SimulationSeedOutOfRange, "simulation.seed.out_of_range", InvalidInput, "The seed is above 2^53 - 1.";
    SimulationPercentilesOutOfRange, "simulation.percentiles.out_of_range", InvalidInput, "A percentile lies outside 0 to 100.";
    SimulationPercentilesOutOfOrder, "simulation.percentiles.out_of_order", InvalidInput, "The percentiles do not ascend.";
    SimulationPercentilesTooMany, "simulation.percentiles.too_many", TooLarge, "More than 101 percentiles were given.";

    // Simulation: markets.
    MarketAssetClassesOutOfRange, "market.asset_classes.out_of_range", InvalidInput, "There are not 1 to 20 asset classes.";
    MarketNameInvalid, "market.name.invalid", InvalidInput, "The name of an asset class is blank, longer than 100 characters or that of another.";
    MarketExpectedReturnOutOfRange, "market.expected_return.out_of_range", InvalidInput, "The expected return of an asset class is at or below -100 % or above 1000 %.";
    MarketVolatilityOutOfRange, "market.volatility.out_of_range", InvalidInput, "A volatility is negative, above 500 % for an asset class, or above 100 % for inflation.";
    MarketAnnualFeeOutOfRange, "market.annual_fee.out_of_range", InvalidInput, "The annual fee of an asset class is negative or 100 % and more.";
    MarketInflationOutOfRange, "market.inflation.out_of_range", InvalidInput, "Inflation is below -50 % or above 1000 %.";
    MarketPersistenceOutOfRange, "market.persistence.out_of_range", InvalidInput, "The persistence of inflation is negative or 1 and more.";
    MarketCorrelationsWrongSize, "market.correlations.wrong_size", InvalidInput, "A correlation matrix has not one row and column for each variable, has none, or more than 60.";
    MarketCorrelationsOutOfRange, "market.correlations.out_of_range", InvalidInput, "A correlation lies outside -1 to 1.";
    MarketHistoryFrequencyInvalid, "market.history.frequency.invalid", InvalidInput, "A history is neither annual nor monthly, or too coarse for the steps of the simulation.";
    MarketHistoryTooLong, "market.history.too_long", TooLarge, "A history has more than 20,000 periods.";
    MarketHistoryWrongSize, "market.history.wrong_size", InvalidInput, "A row of a history has not one number for each asset class, or a list has not one for each row.";
    MarketHistoryReturnOutOfRange, "market.history.return.out_of_range", InvalidInput, "A return or inflation of a history is at or below -100 %.";
    MarketBlocksOutOfRange, "market.blocks.out_of_range", InvalidInput, "A block is empty or longer than the history.";
    // Simulation: correlations.
    SimulationCorrelationsOrderOutOfRange, "simulation.correlations.order_out_of_range", InvalidInput, "A correlation matrix has no variables or more than 60.";
    SimulationCorrelationsNotSquare, "simulation.correlations.not_square", InvalidInput, "A correlation matrix does not have as many rows and columns as there are variables.";
    SimulationCorrelationsOutOfRange, "simulation.correlations.out_of_range", InvalidInput, "A correlation lies outside -1 to 1.";
    SimulationCorrelationsDiagonalNotOne, "simulation.correlations.diagonal_not_one", InvalidInput, "A correlation of a variable with itself is not 1.";
    SimulationCorrelationsNotSymmetric, "simulation.correlations.not_symmetric", InvalidInput, "The correlation of two variables is given twice, differently.";
    // Spending rules.
    SpendingRateOutOfRange, "spending.rate.out_of_range", InvalidInput, "A rate, a share, a return or a probability of a spending rule lies outside its range.";
    SpendingAmountOutOfRange, "spending.amount.out_of_range", InvalidInput, "An amount of money is negative or above 10^15.";
    SpendingAgeOutOfRange, "spending.age.out_of_range", InvalidInput, "An age lies outside its range.";
    SpendingYearsOutOfRange, "spending.years.out_of_range", InvalidInput, "A number of years lies outside its range.";
    SpendingBoundsOutOfOrder, "spending.bounds.out_of_order", InvalidInput, "The most that is spent is below the least.";
    SpendingProbabilitiesOutOfOrder, "spending.probabilities.out_of_order", InvalidInput, "The target of a band of probabilities lies outside it.";
    SpendingCapeOutOfRange, "spending.cape.out_of_range", InvalidInput, "A price-earnings ratio is not above 0 and at most 1000.";
    SpendingCapeMissing, "spending.cape.missing", InvalidInput, "A rule needs a price-earnings ratio, and neither the market nor the rule has one.";
    SpendingDivisorsInvalid, "spending.divisors.invalid", InvalidInput, "A table of divisors is too long, has a gap or a divisor outside 1 to 200.";
    SpendingClassesInvalid, "spending.classes.invalid", InvalidInput, "A list of asset classes is empty or too long, a name is blank or too long, or the weights do not add up to 1.";

    // Simulation: correlations, samples and the further models of markets.
    MarketCorrelationsDiagonalNotOne, "market.correlations.diagonal_not_one", InvalidInput, "The correlation of a variable with itself is not 1.";
    MarketCorrelationsNotSymmetric, "market.correlations.not_symmetric", InvalidInput, "The correlation of two variables is given twice, differently.";
    MarketBlocksMeanOutOfRange, "market.blocks.mean_out_of_range", InvalidInput, "The mean length of a block is below one step or longer than the history.";
    MarketDegreesOfFreedomOutOfRange, "market.degrees_of_freedom.out_of_range", InvalidInput, "The degrees of freedom are 2 or less, where there is no variance, or more than 1000.";
    MarketFrequencyInvalid, "market.frequency.invalid", InvalidInput, "A number of periods a year is neither 1 nor 12, or the periods of a model are longer than the steps of the simulation.";
    MarketHistoryTooShort, "market.history.too_short", InvalidInput, "A history is shorter than the simulation that is to be replayed from it.";
    MarketPathsOutOfRange, "market.paths.out_of_range", InvalidInput, "No paths were given, or more numbers than are taken.";
    MarketPathsTooShort, "market.paths.too_short", InvalidInput, "A path that was given is shorter than the simulation.";
    MarketRegimesOutOfRange, "market.regimes.out_of_range", InvalidInput, "There are not 1 to 8 regimes.";
    MarketRegimesAssetClassesDiffer, "market.regimes.asset_classes_differ", InvalidInput, "The asset classes of two regimes differ in their names or their order.";
    MarketTransitionsWrongSize, "market.transitions.wrong_size", InvalidInput, "There is not one probability for each regime.";
    MarketTransitionsStationaryNotUnique, "market.transitions.stationary_not_unique", InvalidInput, "The regimes fall into groups that are never left, so that there is no single stationary distribution.";
    MarketProbabilityOutOfRange, "market.probability.out_of_range", InvalidInput, "A probability lies outside 0 to 1.";
    MarketProbabilitiesSumNotOne, "market.probabilities.sum_not_one", InvalidInput, "Probabilities that should add up to one do not.";
    MarketStatesOutOfRange, "market.states.out_of_range", InvalidInput, "There are not 1 to 10 state variables, or a value of one lies outside -0.5 to 10.";
    MarketStateUnknown, "market.state.unknown", InvalidInput, "No state variable has that name.";
    MarketCoefficientsWrongSize, "market.coefficients.wrong_size", InvalidInput, "The coefficients have not one row and column for each state variable.";
    MarketCoefficientsOutOfRange, "market.coefficients.out_of_range", InvalidInput, "A coefficient lies outside -10 to 10.";
    MarketCoefficientsExplosive, "market.coefficients.explosive", InvalidInput, "An eigenvalue of the coefficients is 1 or more in size, so that the state variables never settle.";
    MarketDurationOutOfRange, "market.duration.out_of_range", InvalidInput, "A duration lies outside 0 to 50 years, or a convexity outside 0 to 5000.";
    MarketYearsOutOfRange, "market.years.out_of_range", InvalidInput, "The number of years lies outside 1 to 100.";
    // Simulation: portfolios.
    PortfolioYearsOutOfRange, "portfolio.years.out_of_range", InvalidInput, "A number of years or a year lies outside 1 to 100.";
    PortfolioWeightsWrongSize, "portfolio.weights.wrong_size", InvalidInput, "There are not as many weights as asset classes.";
    PortfolioWeightOutOfRange, "portfolio.weights.out_of_range", InvalidInput, "A weight lies outside 0 to 1.";
    PortfolioWeightsSumNotOne, "portfolio.weights.sum_not_one", InvalidInput, "The weights do not add up to 1.";
    PortfolioGlidePathInvalid, "portfolio.glide_path.invalid", InvalidInput, "A glide path has no points, more than 100, or years that do not ascend.";
    PortfolioBandsInvalid, "portfolio.bands.invalid", InvalidInput, "A rebalancing band lies outside its range, or none was given.";
    PortfolioFlowYearsOutOfOrder, "portfolio.flow_years.out_of_order", InvalidInput, "A flow starts after its last year.";

    // Simulation: retirement plans.
    RetirementAmountOutOfRange, "retirement.amount.out_of_range", InvalidInput, "An amount is negative where it must not be, or above 10^15.";
    RetirementRateOutOfRange, "retirement.rate.out_of_range", InvalidInput, "A rate or a share lies outside the range of its field.";
    RetirementAgeOutOfRange, "retirement.age.out_of_range", InvalidInput, "An age lies outside the range of its field.";
    RetirementYearsOutOfRange, "retirement.years.out_of_range", InvalidInput, "A number of years or a calendar year lies outside the range of its field.";
    RetirementYearsOutOfOrder, "retirement.years.out_of_order", InvalidInput, "Something ends before it starts, or lies before the plan.";
    RetirementListLength, "retirement.list.length", InvalidInput, "A list has fewer or more entries than its limits.";
    RetirementNameInvalid, "retirement.name.invalid", InvalidInput, "A name is blank, too long, or used twice.";
    RetirementNameUnknown, "retirement.name.unknown", InvalidInput, "Nothing in the plan has the name.";
    RetirementAccountInvalid, "retirement.account.invalid", InvalidInput, "An account is not of the sort that its use asks for.";
    RetirementIncomeInvalid, "retirement.income.invalid", InvalidInput, "A salary has no owner.";
    RetirementBenefitInvalid, "retirement.benefit.invalid", InvalidInput, "Neither an annual benefit nor a primary insurance amount was given, or both, or the rules of the year of birth are not known.";
    RetirementDebtInvalid, "retirement.debt.invalid", InvalidInput, "A debt of which only the payments are known is to be repaid.";
    RetirementWeightsInvalid, "retirement.weights.invalid", InvalidInput, "The weights are not one for each asset class, or do not sum to 1.";
    RetirementBracketsInvalid, "retirement.brackets.invalid", InvalidInput, "Tax brackets or thresholds do not ascend.";
    // Simulation: answers on top of retirement plans.
    RetirementChangeInvalid, "retirement.change.invalid", InvalidInput, "A change asks for something that the plan does not have.";
    RetirementConfidenceOutOfRange, "retirement.confidence.out_of_range", InvalidInput, "A share of paths that is to succeed is not above 0 and at most 1.";
    RetirementPrecisionOutOfRange, "retirement.precision.out_of_range", InvalidInput, "The precision of an answer is not positive, or too fine for the range that is searched.";
    RetirementRangeInvalid, "retirement.range.invalid", InvalidInput, "A range that is to be searched is empty.";
    RetirementSolveNoSolution, "retirement.solve.no_solution", NoSolution, "Nothing within the range that is searched succeeds in as many paths as are asked for.";
    // Goals.
    GoalAmountOutOfRange, "goal.amount.out_of_range", InvalidInput, "An amount is negative, zero where it must not be, or above 10^15 minor units.";
    GoalAmountTooPrecise, "goal.amount.too_precise", InvalidInput, "An amount has more decimal places than its currency.";
    GoalRateOutOfRange, "goal.rate.out_of_range", InvalidInput, "A rate, a fee, a volatility or a tolerance lies outside its range.";
    GoalMonthsOutOfRange, "goal.months.out_of_range", InvalidInput, "A number of months or a count lies outside its range.";
    GoalYearsOutOfRange, "goal.years.out_of_range", InvalidInput, "A number of years of study lies outside 1 to 30.";
    GoalPathsOutOfRange, "goal.paths.out_of_range", InvalidInput, "A number of paths lies outside 1 to 1,000,000.";
    GoalProbabilityOutOfRange, "goal.probability.out_of_range", InvalidInput, "A probability to be reached lies outside 0.01 to 0.99.";
    GoalEarnersOutOfRange, "goal.earners.out_of_range", InvalidInput, "A number of earners is above 100.";
    GoalDatesOutOfOrder, "goal.dates.out_of_order", InvalidInput, "A date comes before one that it must follow, or after one that it must precede.";
    GoalContributionNoSolution, "goal.contribution.no_solution", NoSolution, "No contribution reaches the target.";
    GoalFlowsEmpty, "goal.flows.empty", InvalidInput, "A goal has no payment.";
    GoalFlowsTooMany, "goal.flows.too_many", TooLarge, "More than 10,000 single payments or contributions were given.";
    GoalListInvalid, "goal.list.invalid", InvalidInput, "A list of goals or accounts is empty or has more than 50.";
    GoalIdInvalid, "goal.id.invalid", InvalidInput, "An id is blank, longer than 64 characters or given twice.";
    GoalWeightsInvalid, "goal.weights.invalid", InvalidInput, "There are not as many weights as asset classes, one lies outside 0 to 1, or they do not add up to 1.";
    GoalReferenceUnknown, "goal.reference.unknown", InvalidInput, "A goal names an account that is not there.";

    // Household.
    HouseholdVersionUnsupported, "household.version.unsupported", InvalidInput, "The document's format is of a version that is not read.";
    HouseholdListTooLong, "household.list.too_long", TooLarge, "A list of the document is longer than the stated limit.";
    HouseholdTextInvalid, "household.text.invalid", InvalidInput, "A name is blank or longer than the stated limit.";
    HouseholdIdInvalid, "household.id.invalid", InvalidInput, "An id is not 1 to 64 letters, digits, points, hyphens and underscores.";
    HouseholdIdDuplicate, "household.id.duplicate", InvalidInput, "Two items of the document have the same id.";
    HouseholdReferenceUnknown, "household.reference.unknown", InvalidInput, "An item refers to an id that no item of the right sort has.";
    HouseholdAmountOutOfRange, "household.amount.out_of_range", InvalidInput, "An amount is negative, zero where it must not be, or above the limit.";
    HouseholdAmountTooPrecise, "household.amount.too_precise", InvalidInput, "An amount, a quantity or a rate has more decimal places than it may have.";
    HouseholdBalanceMissing, "household.balance.missing", InvalidInput, "An account has neither a balance nor holdings.";
    HouseholdHoldingsExceedBalance, "household.holdings.exceed_balance", InvalidInput, "The holdings of an account are worth more than its balance.";
    HouseholdRateOutOfRange, "household.rate.out_of_range", InvalidInput, "A rate or a share lies outside the range of its field.";
    HouseholdAgeOutOfRange, "household.age.out_of_range", InvalidInput, "An age lies outside the range of its field.";
    HouseholdTermOutOfRange, "household.term.out_of_range", InvalidInput, "A number of months or a year lies outside the range of its field.";
    HouseholdDatesOutOfOrder, "household.dates.out_of_order", InvalidInput, "A date comes before one that it must follow, or after one that it must precede.";
    HouseholdDateMissing, "household.date.missing", InvalidInput, "Something that happens once has no date.";
    HouseholdExchangeRateDuplicate, "household.exchange_rate.duplicate", InvalidInput, "A pair of currencies has two exchange rates.";
    HouseholdExchangeRateInvalid, "household.exchange_rate.invalid", InvalidInput, "An exchange rate converts a currency into itself.";

    // Plan.
    PlanAssumptionsMissing, "plan.assumptions.missing", InvalidInput, "The household has no assumptions about return, volatility and inflation.";
    PlanHorizonOutOfRange, "plan.horizon.out_of_range", InvalidInput, "The plan would end before it starts, or after more than a hundred years.";
    PlanHorizonAmbiguous, "plan.horizon.ambiguous", InvalidInput, "Both an age and a number of years were given for the end of the plan.";
    PlanFlowsTooMany, "plan.flows.too_many", TooLarge, "The document has more than 1000 streams of money.";

    // Facts for retirement.
    HistoryYearsOutOfRange, "history.years.out_of_range", InvalidInput, "A year lies outside the bundled history, or fewer than two years were asked for.";
    HistoryAssetClassesEmpty, "history.asset_classes.empty", InvalidInput, "No asset class of the history was named.";
    HistoryAssetClassesDuplicate, "history.asset_classes.duplicate", InvalidInput, "An asset class of the history was named twice.";
    MortalityLivesOutOfRange, "mortality.lives.out_of_range", InvalidInput, "There is no life, or there are more than two.";
    MortalityAgeOutOfRange, "mortality.age.out_of_range", InvalidInput, "An age lies beyond the mortality table.";
    MortalityMultiplierOutOfRange, "mortality.multiplier.out_of_range", InvalidInput, "A multiplier of mortality lies outside 0.01 to 100.";
    MortalityPercentilesOutOfRange, "mortality.percentiles.out_of_range", InvalidInput, "A percentile is not above 0 and below 100, or there are more than 101.";
    MortalityPercentilesOutOfOrder, "mortality.percentiles.out_of_order", InvalidInput, "The percentiles do not ascend.";
    RequiredDistributionBalanceOutOfRange, "required_distribution.balance.out_of_range", InvalidInput, "The balance is negative, above 10^15, or has more than two decimal places.";
    RequiredDistributionYearOutOfRange, "required_distribution.year.out_of_range", InvalidInput, "A year lies outside the range of its field.";
    ContributionLimitYearOutOfRange, "contribution_limit.year.out_of_range", InvalidInput, "The contribution limits of the year are not known.";
    ContributionLimitAgeOutOfRange, "contribution_limit.age.out_of_range", InvalidInput, "The age is above 150.";
    SocialSecurityPeopleOutOfRange, "social_security.people.out_of_range", InvalidInput, "There is nobody, or there are more than two people.";
    SocialSecurityBirthDateOutOfRange, "social_security.birth_date.out_of_range", InvalidInput, "The date of birth lies outside 1938-01-02 to 2100-12-31.";
    SocialSecurityAmountOutOfRange, "social_security.primary_insurance_amount.out_of_range", InvalidInput, "The primary insurance amount is negative or above 100,000.";
    SocialSecurityAgeOutOfRange, "social_security.age.out_of_range", InvalidInput, "An age lies outside the range of its field.";

    // Roots.
    RootNotFinite, "root.not_finite", NoSolution, "The search for a root met a value that is not finite.";
    RootNotBracketed, "root.not_bracketed", NoSolution, "The function has the same sign at both ends of the range.";
    RootNotConverged, "root.not_converged", NoSolution, "The search for a root used up its evaluations.";

    // Time value of money.
    RateNoSolution, "rate.no_solution", NoSolution, "No rate satisfies the equation.";
    TermOutOfRange, "term.out_of_range", InvalidInput, "A number of periods lies outside its range.";
    TermNoSolution, "term.no_solution", NoSolution, "No number of periods satisfies the equation.";
    PeriodOutOfRange, "period.out_of_range", InvalidInput, "A period is not a whole number within the term.";
    AmountOutOfRange, "amount.out_of_range", InvalidInput, "An amount lies outside its range, such as zero or of the wrong sign.";
    CashFlowsEmpty, "cash_flows.empty", InvalidInput, "The list of cash flows is empty.";
    CashFlowsLengthMismatch, "cash_flows.length_mismatch", InvalidInput, "There are not as many dates as amounts.";
    CashFlowsSingleDate, "cash_flows.single_date", NoSolution, "All cash flows fall on one date or period, so that no rate can be told.";
    CashFlowsOneSign, "cash_flows.one_sign", NoSolution, "The cash flows are not of both signs, so that no rate makes their present value zero.";
    CashFlowsNoRoot, "cash_flows.no_root", NoSolution, "The net present value is zero at no rate.";
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
