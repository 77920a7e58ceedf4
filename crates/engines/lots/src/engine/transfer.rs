//! Transfers in kind.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _, num::Decimal};

use super::{BasisRule, Book, Id, Position, term_queue::Occasion};
use crate::input::LotPick;

impl Book {
    /// Refuses a transfer from an account to itself. Where the lots of all accounts stand together, only the event tells.
    pub(super) fn require_other_account(&self, from: Option<&String>, to: &str) -> Result<()> {
        if self.account(from)? == self.account_by_id(to).at("toAccount")? {
            let message = "the shares are in this account already";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("toAccount"));
        }
        Ok(())
    }

    /// Moves shares to another account of the household, with their basis and their dates (IRC 1041, 1223(2)).
    pub(super) fn transfer(
        &mut self,
        event: u32,
        day: i32,
        from: Id<Position>,
        to_account: &str,
        quantity: Decimal,
        picks: &[LotPick],
    ) -> Result<()> {
        let account = self.account_by_id(to_account).at("toAccount")?;
        let before = self.positions[from].account;
        let treatment = |account: usize| self.accounts.get(account).map(|account| account.treatment);
        if treatment(account) != treatment(before) {
            let message = "a transfer in kind between accounts that are taxed in different ways is a distribution, a \
                           contribution or a conversion; enter a sale and a purchase at the value of the day";
            return Err(Error::new(ErrorCode::AccountUnsuitable, message).at("toAccount"));
        }
        let id = self.securities[self.positions[from].security].id.clone();
        let to = self.position(&id, Some(&to_account.to_owned()), day)?;
        if to == from {
            // The lots of all accounts are kept together.
            let family = self.family_of(from);
            let units = self.units(family, self.shares(from, quantity)?)?;
            return self.require(from, units).at("quantity");
        }
        if self.positions[to].is_averaged() && self.has_two_bases(from) {
            self.refuse_two_bases_in_average(to)?;
        }
        let family = self.family_of(from);
        let units = self.units(family, self.shares(from, quantity)?)?;
        self.require_room(to, units)?;
        for (lot, units) in self.choose(from, Occasion { day, proceeds: 0, units }, picks)? {
            self.relocate(event, lot, units, to, BasisRule::Transfer)?;
        }
        Ok(())
    }
}
