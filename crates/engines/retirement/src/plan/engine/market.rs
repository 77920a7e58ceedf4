//! The market of one path, year by year.

use super::super::{Splice, compiled::CompiledPlan};
use wherewithal_market::internal::GrowthBlock;

/// The growth of asset classes and prices along one path, year by year.
#[derive(Debug)]
pub(in super::super) struct PathMarket {
    classes: usize,
    steps_per_year: usize,
    /// For each year and class, the growth factor of money invested at the start of the year.
    growth: Vec<f64>,
    /// The growth factor of money that is paid in or out in equal parts at the starts of the year's steps.
    flow_growth: Vec<f64>,
    /// For each year, the growth factor of prices.
    prices: Vec<f64>,
    /// For each year, the price-earnings ratio at its start, if the market has one.
    capes: Vec<Option<f64>>,
    /// Years of a history that replace years of the market.
    splice: Option<Splice>,
}

/// The market in one year.
#[derive(Debug, Clone, Copy)]
pub(super) struct YearGrowth<'a> {
    pub(super) growth: &'a [f64],
    pub(super) flow_growth: &'a [f64],
    pub(super) prices: f64,
    pub(super) cape: Option<f64>,
}

impl PathMarket {
    pub(in super::super) fn new(plan: &CompiledPlan) -> Self {
        let classes = plan.market.asset_classes().len();
        Self {
            classes,
            steps_per_year: plan.steps_per_year,
            growth: vec![1.0; classes * plan.years],
            flow_growth: vec![1.0; classes * plan.years],
            prices: vec![1.0; plan.years],
            capes: vec![None; plan.years],
            splice: plan.splice.clone(),
        }
    }

    /// Reads the growth of one lane of a block.
    #[expect(clippy::indexing_slicing, reason = "the lane is below the number of lanes")]
    pub(in super::super) fn read(&mut self, block: &GrowthBlock, lane: usize) {
        let of_lane = |lanes: &wherewithal_math::random::Lanes| lanes[lane];
        let steps = self.steps_per_year;
        for (year, prices) in self.prices.iter_mut().enumerate() {
            *prices = 1.0;
            for step in year * steps..(year + 1) * steps {
                *prices *= of_lane(block.prices(step));
            }
        }
        for (year, cape) in self.capes.iter_mut().enumerate() {
            *cape = block.cape(year * steps).map(of_lane);
        }
        let rows =
            self.growth.chunks_exact_mut(self.classes).zip(self.flow_growth.chunks_exact_mut(self.classes));
        for (year, (growth, flow_growth)) in rows.enumerate() {
            for (class, (growth, flow_growth)) in growth.iter_mut().zip(flow_growth).enumerate() {
                let (mut product, mut sum) = (1.0, 0.0);
                // Backwards, so that the product is the growth from each step to the end of the year. Money in equal parts at
                // the starts of the steps grows by the mean of these products.
                for step in (year * steps..(year + 1) * steps).rev() {
                    product *= of_lane(block.asset(step, class));
                    sum += product;
                }
                *growth = product;
                *flow_growth = sum / steps as f64;
            }
        }
        self.splice_years();
    }

    /// Replaces years of the market by the spliced ones.
    #[expect(clippy::indexing_slicing, reason = "the years are those of the plan, and each has all classes")]
    fn splice_years(&mut self) {
        let Some(splice) = &self.splice else { return };
        // The years of a splice may extend beyond the plan.
        let years = self.prices.len();
        for (year, spliced) in splice.years().take_while(|(year, _)| *year < years) {
            self.prices[year] = spliced.prices;
            // If the market has no ratios, those of the splice are ignored too: the plan's rule has one for all years.
            if let Some(cape) = &mut self.capes[year] {
                *cape = spliced.cape;
            }
            let classes = year * self.classes..(year + 1) * self.classes;
            self.growth[classes.clone()].copy_from_slice(&spliced.growth);
            self.flow_growth[classes].copy_from_slice(&spliced.flow_growth);
        }
    }

    /// The market in a year.
    #[expect(clippy::indexing_slicing, reason = "the year is one of the plan")]
    pub(super) fn year(&self, year: usize) -> YearGrowth<'_> {
        let classes = year * self.classes..(year + 1) * self.classes;
        YearGrowth {
            growth: &self.growth[classes.clone()],
            flow_growth: &self.flow_growth[classes],
            prices: self.prices[year],
            cape: self.capes[year],
        }
    }
}
