//! Years of a history that replace years of the market.

use super::compiled::CompiledPlan;
use wherewithal_math as math;

/// The growth of asset classes and prices in certain years of every path, in place of that of the market.
#[derive(Debug, Clone)]
pub(crate) struct Splice {
    /// The first replaced year, counted from the start of the plan.
    first: usize,
    years: Vec<SplicedYear>,
}

/// One year.
#[derive(Debug, Clone)]
pub(super) struct SplicedYear {
    /// For each class, the growth factor of money invested at the start of the year.
    pub(super) growth: Vec<f64>,
    /// For each class, the growth factor of each of its months: the year's growth is spread evenly.
    pub(super) month_growth: Vec<f64>,
    /// The growth factor of prices.
    pub(super) prices: f64,
    /// The price-earnings ratio at the start of the year.
    pub(super) cape: f64,
}

impl Splice {
    /// From the returns, inflation and price-earnings ratio of each year. With monthly steps, a year's growth is spread
    /// evenly.
    pub(crate) fn new(first: usize, returns: &[Vec<f64>], inflation: &[f64], capes: &[f64]) -> Self {
        let year = |((returns, rise), cape): ((&Vec<f64>, &f64), &f64)| {
            let growth: Vec<f64> = returns.iter().map(|value| 1.0 + value).collect();
            SplicedYear {
                month_growth: growth.iter().map(|growth| math::pow(*growth, 1.0 / 12.0)).collect(),
                growth,
                prices: 1.0 + rise,
                cape: *cape,
            }
        };
        Self { first, years: returns.iter().zip(inflation).zip(capes).map(year).collect() }
    }

    /// The years, each with its index in the plan.
    pub(super) fn years(&self) -> impl Iterator<Item = (usize, &SplicedYear)> {
        (self.first..).zip(&self.years)
    }

    /// The mean annual real return of the plan's allocation over the spliced years within the plan, compounded.
    pub(crate) fn real_return(&self, plan: &CompiledPlan) -> f64 {
        let (mut growth, mut count) = (1.0, 0);
        for (year, spliced) in self.years().filter(|(year, _)| *year < plan.years) {
            let shares = plan.allocation.of_year(year);
            let nominal: f64 = spliced.growth.iter().zip(shares).map(|(growth, share)| growth * share).sum();
            growth *= nominal / spliced.prices;
            count += 1;
        }
        math::pow(growth, 1.0 / f64::from(count.max(1))) - 1.0
    }
}
