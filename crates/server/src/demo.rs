//! The demo household: kept in the database like any other, and its plan.

use tokio::sync::OnceCell;
use wherewithal::{
    model::Household,
    plan::{self, Plan, PlanRequest},
};
use wherewithal_contract::wire;
use wherewithal_store::{Db, Timestamp, users};

use crate::{
    error::{Error, Result},
    runner::Runner,
};

const HOUSEHOLD: &str = include_str!("../../../examples/households/rivera.json");

/// A demo household in a database.
#[derive(Debug)]
pub struct Demo {
    household: Household,
    plan: OnceCell<Plan>,
}

impl Demo {
    /// Stores the demo household for a user of its own.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn create(database: &Db, now: Timestamp) -> Result<Self> {
        let household: Household = wire::decode(HOUSEHOLD.as_bytes())?;
        let mut tx = database.begin(now).await?;
        users::insert(&mut tx, &users::NewUser::client("demo@example.com")).await?;
        tx.commit().await?;
        Ok(Self { household, plan: OnceCell::new() })
    }

    /// The plan of the household as it is stored, made once.
    pub(crate) async fn plan(&self, runner: &Runner) -> Result<&Plan> {
        self.plan
            .get_or_try_init(|| async {
                let request = PlanRequest::new(self.household.clone());
                runner
                    .run_blocking(true, move |token| {
                        let control = wherewithal::control::Control::default().stopped_by(token);
                        plan::build(&request, &control).map_err(Error::from)
                    })
                    .await
            })
            .await
    }
}
