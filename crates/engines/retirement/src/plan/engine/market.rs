//! The market of one path, year by year.

use super::super::{Splice, compiled::CompiledPlan};
use wherewithal_market::internal::GrowthBlock;
use wherewithal_math as math;

/// The growth of asset classes and prices along one path, year by year.
#[derive(Debug)]
pub(in super::super) struct PathMarket {
    classes: usize,
    steps_per_year: usize,
    /// For each year and class, the growth factor of money invested at the start of the year.
    growth: Vec<f64>,
    /// For each month and class, the growth factor of that month; empty with annual steps.
    months: Vec<f64>,
    /// For each year, the growth factor of prices.
    prices: Vec<f64>,
    /// For each year, the price-earnings ratio at its start, if the market has one.
    capes: Vec<Option<f64>>,
    /// Years of a history that replace years of the market.
    splice: Option<Splice>,
    /// The part of the first year that the plan counts, and the months of it that it leaves out.
    first_part: f64,
    skipped_months: usize,
}

/// The market in one year.
#[derive(Debug, Clone, Copy)]
pub(super) struct YearGrowth<'a> {
    /// For each class, the growth factor of the whole year.
    pub(super) growth: &'a [f64],
    /// For each month and class, the growth factor of that month; empty with annual steps.
    pub(super) months: &'a [f64],
    pub(super) prices: f64,
    pub(super) cape: Option<f64>,
}

impl PathMarket {
    pub(in super::super) fn new(plan: &CompiledPlan) -> Self {
        let classes = plan.market.asset_classes().len();
        let months = if plan.steps_per_year > 1 { classes * plan.years * plan.steps_per_year } else { 0 };
        Self {
            classes,
            steps_per_year: plan.steps_per_year,
            growth: vec![1.0; classes * plan.years],
            months: vec![1.0; months],
            prices: vec![1.0; plan.years],
            capes: vec![None; plan.years],
            splice: plan.splice.clone(),
            first_part: plan.first_part,
            skipped_months: if plan.steps_per_year > 1 { plan.skipped_months } else { 0 },
        }
    }

    /// Reads the growth of one lane of a block.
    #[expect(clippy::indexing_slicing, reason = "the lane is below the number of lanes")]
    pub(in super::super) fn read(&mut self, block: &GrowthBlock, lane: usize) {
        let of_lane = |lanes: &wherewithal_math::random::Lanes| lanes[lane];
        let steps = self.steps_per_year;
        for (year, prices) in self.prices.iter_mut().enumerate() {
            *prices = 1.0;
            let skipped = if year == 0 { self.skipped_months } else { 0 };
            for step in skipped + year * steps..(year + 1) * steps {
                *prices *= of_lane(block.prices(step));
            }
        }
        for (year, cape) in self.capes.iter_mut().enumerate() {
            *cape = block.cape(year * steps).map(of_lane);
        }
        for (year, growth) in self.growth.chunks_exact_mut(self.classes).enumerate() {
            for (class, growth) in growth.iter_mut().enumerate() {
                let skipped = if year == 0 { self.skipped_months } else { 0 };
                let of_steps = (skipped + year * steps..(year + 1) * steps)
                    .map(|step| of_lane(block.asset(step, class)));
                *growth = of_steps.product();
            }
        }
        for (month, growth) in self.months.chunks_exact_mut(self.classes).enumerate() {
            for (class, growth) in growth.iter_mut().enumerate() {
                *growth = of_lane(block.asset(month, class));
            }
        }
        self.splice_years();
        // The months of a spliced year are equal, so that those that are left are a power of it.
        let is_spliced =
            || self.splice.as_ref().is_some_and(|splice| splice.years().any(|(year, _)| year == 0));
        if self.first_part < 1.0 && (self.months.is_empty() || is_spliced()) {
            self.shorten_first_year();
        }
    }

    /// Takes the part of the first year that the plan counts: the growth of the year to the power of it.
    fn shorten_first_year(&mut self) {
        let part = self.first_part;
        let of_first_year = self.growth.iter_mut().take(self.classes).chain(self.prices.first_mut());
        of_first_year.for_each(|factor| *factor = math::pow(*factor, part));
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
            for month in self.of_months(year) {
                self.months[month * self.classes..(month + 1) * self.classes]
                    .copy_from_slice(&spliced.month_growth);
            }
        }
    }

    /// The months of a year, counted from the start of the plan; none with annual steps.
    fn of_months(&self, year: usize) -> std::ops::Range<usize> {
        if self.months.is_empty() {
            return 0..0;
        }
        let skipped = if year == 0 { self.skipped_months } else { 0 };
        year * self.steps_per_year + skipped..(year + 1) * self.steps_per_year
    }

    /// The market in a year.
    #[expect(clippy::indexing_slicing, reason = "the year is one of the plan")]
    pub(super) fn year(&self, year: usize) -> YearGrowth<'_> {
        let classes = year * self.classes..(year + 1) * self.classes;
        let months = self.of_months(year);
        YearGrowth {
            growth: &self.growth[classes],
            months: &self.months[months.start * self.classes..months.end * self.classes],
            prices: self.prices[year],
            cape: self.capes[year],
        }
    }
}
