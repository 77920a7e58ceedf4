//! Securities that get another id.

use wherewithal_base::{Error, ErrorCode, Result};

use super::{BasisRule, Book, Family, Id, Security};

impl Book {
    /// Gives a security another id, in all accounts. Nothing else changes.
    pub(super) fn change_symbol(&mut self, event: u32, day: i32, security: &str, into: &str) -> Result<()> {
        if security == into {
            let message = "the new id is the old one";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("into"));
        }
        let security = self.security(security);
        let family = self.securities[security].family;
        let kind = self.securities[security].kind;
        if !self.can_continue(into, family) {
            let message =
                format!("{into:?} is another security of the book; a merger turns one into another");
            return Err(Error::new(ErrorCode::FieldConflict, message).at("into"));
        }
        self.continue_as(into, family, kind);
        let renamed = self.security(into);
        let mut moves = Vec::new();
        for from in self.securities[security].positions.clone() {
            let account = self.accounts.get(self.positions[from].account).map(|account| account.id.clone());
            let to = self.position(into, account.as_ref(), day)?;
            if self.has_two_bases(from) {
                self.refuse_two_bases_in_average(to)?;
            }
            moves.push((from, to));
        }
        for (from, to) in moves {
            for lot in self.visited(self.positions[from].all_lots(&self.lots))? {
                let units = self.lots[lot].holding.units;
                self.relocate(event, lot, units, to, BasisRule::SymbolChange)?;
            }
        }
        self.rename_losses(family, security, renamed);
        Ok(())
    }

    /// Lets the losses of a security that wait for replacements wait for those of another, which it has become.
    fn rename_losses(&mut self, family: Id<Family>, from: Id<Security>, to: Id<Security>) {
        let Family { pending, pending_shorts, .. } = &mut self.families[family];
        for loss in pending.iter_mut().chain(pending_shorts).filter(|loss| loss.security == from) {
            loss.security = to;
        }
    }
}
