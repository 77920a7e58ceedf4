//! What changes of a document change in its plan, on the same random numbers.

use wherewithal::{num::Decimal, plan::Plan};

use super::outlook::middle;
use crate::render::{
    money::{grouped, percent, rounded, whole},
    table::{Align, Column, Row, Table},
    words::list,
};

/// Two plans of a document: as it stands, and with changes.
#[derive(Debug)]
pub(crate) struct Changes<'a> {
    pub(crate) before: &'a Plan,
    pub(crate) after: &'a Plan,
    /// The changes as they were written, such as `assumptions.inflation=0.03`.
    pub(crate) written: &'a [String],
}

impl Changes<'_> {
    /// What is compared.
    pub(super) fn introduction(&self) -> String {
        format!(
            "With {}, against the document as it stands: both plans meet the same {} futures.",
            list(self.written),
            grouped(&self.after.result.paths.to_string())
        )
    }

    /// The main figures of both plans, and their differences.
    pub(super) fn table(&self) -> Table {
        let mut rows = vec![
            self.shares("Futures in which the money lasts", |plan| plan.result.success.probability),
            self.amounts("Left at the end, middle case", |plan| middle(&plan.result.terminal_real)),
            self.amounts("Living expenses of all years, middle case", |plan| {
                middle(&plan.result.lifetime_spending)
            }),
            self.amounts("Missing on average", |plan| plan.result.shortfall.expected),
            self.exact("Net worth today", |plan| plan.net_worth.net_worth),
        ];
        rows.extend(self.answers());
        Table {
            caption: "The plan before and after the changes, in today's money".to_owned(),
            columns: vec![
                Column::new("Figure", Align::Left),
                Column::new("Before", Align::Right),
                Column::new("After", Align::Right),
                Column::new("Change", Align::Right),
            ],
            rows,
        }
    }

    fn answers(&self) -> Vec<Row> {
        let figures = |plan: &Plan| {
            super::answers::answers(plan).into_iter().map(|answer| (answer.question, answer.figure))
        };
        let pairs = figures(self.before).zip(figures(self.after));
        pairs
            .map(|((question, before), (_, after))| {
                let change = if before == after { "same" } else { "" };
                Row::new(vec![question.into(), before.into(), after.into(), change.into()])
            })
            .collect()
    }

    fn shares(&self, name: &str, of: impl Fn(&Plan) -> f64) -> Row {
        let (before, after) = (of(self.before), of(self.after));
        let points = format!("{:+.1} points", (after - before) * 100.0);
        self.row(name, percent(before), percent(after), points)
    }

    fn amounts(&self, name: &str, of: impl Fn(&Plan) -> f64) -> Row {
        let (before, after) = (of(self.before), of(self.after));
        let change = signed(after >= before, rounded((after - before).abs(), self.currency()));
        self.row(name, rounded(before, self.currency()), rounded(after, self.currency()), change)
    }

    fn exact(&self, name: &str, of: impl Fn(&Plan) -> Decimal) -> Row {
        let (before, after) = (of(self.before), of(self.after));
        let change = after.minus(before).map_or_else(
            |_| "too large to compute".to_owned(),
            |change| signed(!change.is_negative(), whole(change.abs(), self.currency())),
        );
        self.row(name, whole(before, self.currency()), whole(after, self.currency()), change)
    }

    fn row(&self, name: &str, before: String, after: String, change: String) -> Row {
        let change = if before == after { "same".to_owned() } else { change };
        Row::new(vec![name.into(), before.into(), after.into(), change.into()])
    }

    fn currency(&self) -> &str {
        self.after.currency.code()
    }
}

fn signed(is_more: bool, size: String) -> String {
    format!("{}{size}", if is_more { "+" } else { "-" })
}

#[cfg(test)]
mod tests {
    use super::{super::tests::sample, *};
    use crate::render::table::Value;

    #[test]
    fn a_plan_compared_with_itself_changes_nothing() {
        let plan = sample();
        let written = ["assumptions.inflation=0.025".to_owned()];
        let changes = Changes { before: &plan, after: &plan, written: &written };
        let table = changes.table();
        assert!(table.rows.len() >= 5);
        for row in table.rows {
            assert!(matches!(row.values.last(), Some(Value::Text(text)) if text == "same"));
        }
        assert!(changes.introduction().contains("assumptions.inflation=0.025"));
    }
}
