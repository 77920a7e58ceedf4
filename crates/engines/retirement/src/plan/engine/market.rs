//! The market of one path, year by year.

use super::super::{Splice, compiled::CompiledPlan};
use wherewithal_market::internal::GrowthBlock;

/// The growth of asset classes and prices along one path, year by year.
#[derive(Debug)]
pub(in super::super) struct PathMarket {
    classes: usize,
    steps_per_year: usize,
    /// For each year and class, the factor by which money grows that is there at the start of the year.
    growth: Vec<f64>,
    /// The same for money that comes or goes in equal parts at the starts of the year's steps.
    flow_growth: Vec<f64>,
    /// For each year, the factor by which prices rise.
    prices: Vec<f64>,
    /// For each year, the price-earnings ratio at its start, where the market has one.
    capes: Vec<Option<f64>>,
    /// Years that are not the market's.
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

    /// Takes over the market of one lane of a block.
    pub(in super::super) fn read(&mut self, block: &GrowthBlock, lane: usize) {
        let of_lane = |lanes: &wherewithal_math::random::Lanes| lanes.get(lane).copied().unwrap_or(1.0);
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

    /// Puts the spliced years in the place of the market's.
    fn splice_years(&mut self) {
        let Some(splice) = &self.splice else { return };
        for (year, spliced) in splice.years() {
            let Some(prices) = self.prices.get_mut(year) else { return };
            *prices = spliced.prices;
            // A market without ratios has none in these years either: the plan's rule names one for all years.
            if let Some(cape) = self.capes.get_mut(year).filter(|cape| cape.is_some()) {
                *cape = Some(spliced.cape);
            }
            let classes = year * self.classes..(year + 1) * self.classes;
            let put = |rows: &mut Vec<f64>, values: &[f64]| {
                for (slot, value) in rows.get_mut(classes.clone()).into_iter().flatten().zip(values) {
                    *slot = *value;
                }
            };
            put(&mut self.growth, &spliced.growth);
            put(&mut self.flow_growth, &spliced.flow_growth);
        }
    }

    /// The market in a year.
    pub(super) fn year(&self, year: usize) -> YearGrowth<'_> {
        let classes = year * self.classes..(year + 1) * self.classes;
        YearGrowth {
            growth: self.growth.get(classes.clone()).unwrap_or_default(),
            flow_growth: self.flow_growth.get(classes).unwrap_or_default(),
            prices: self.prices.get(year).copied().unwrap_or(1.0),
            cape: self.capes.get(year).copied().flatten(),
        }
    }
}
