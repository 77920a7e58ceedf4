//! The demo household, stored in the database like any other, and its plan.

use tokio::sync::OnceCell;
use wherewithal::{
    control::Control,
    household::Household,
    plan::{self, Plan, PlanInput},
};
use wherewithal_contract::wire;
use wherewithal_store::{Db, Timestamp, Uuid, households, users};

use crate::{
    error::{Error, Result},
    runner::Runner,
};

const HOUSEHOLD: &str = include_str!("../../../examples/households/rivera.json");

/// A demo household in a database.
#[derive(Debug)]
pub struct Demo {
    user: Uuid,
    plan: OnceCell<Plan>,
}

impl Demo {
    /// Stores the demo household for a new user.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn create(database: &Db, now: Timestamp) -> Result<Self> {
        let household: Household = wire::decode(HOUSEHOLD.as_bytes())?;
        let mut tx = database.begin(now).await?;
        let user = users::insert(&mut tx, &users::NewUser::client("demo@example.com")).await?;
        households::replace(&mut tx, user.id, &household).await?;
        tx.commit().await?;
        Ok(Self { user: user.id, plan: OnceCell::new() })
    }

    /// The plan of the household in the database, built on the first request.
    pub(crate) async fn plan(&self, database: &Db, runner: &Runner) -> Result<&Plan> {
        self.plan.get_or_try_init(|| self.build(database, runner)).await
    }

    async fn build(&self, database: &Db, runner: &Runner) -> Result<Plan> {
        let mut reader = database.read().await?;
        let request = PlanInput::new(households::get(&mut reader, self.user).await?);
        drop(reader);
        runner
            .run_blocking(true, move |token| {
                plan::build(&request, &Control::default().stopped_by(token)).map_err(Error::from)
            })
            .await
    }
}
