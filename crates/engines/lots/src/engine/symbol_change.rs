//! Securities that get another id.

use wherewithal_base::{Error, ErrorCode, Result, error::At as _};

use super::{BasisRule, Book, Family, Id, Security};
use crate::output::LotStateSymbolChange;

impl Book {
    /// Gives a security another id, in all accounts. Nothing else changes.
    pub(super) fn change_symbol(&mut self, event: u32, day: i32, security: &str, into: &str) -> Result<()> {
        let old = security;
        let (security, renamed) = self.rename(old, into)?;
        let family = self.securities[security].family;
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
        self.rename_underlying(family, old, into);
        self.symbol_changes.push(LotStateSymbolChange { security: old.to_owned(), into: into.to_owned() });
        Ok(())
    }

    /// Does what a change of a symbol does to everything but positions and lots.
    pub(super) fn repeat_symbol_change(&mut self, change: &LotStateSymbolChange) -> Result<()> {
        let LotStateSymbolChange { security, into } = change;
        let (id, _) = self.rename(security, into)?;
        self.rename_underlying(self.securities[id].family, security, into);
        self.symbol_changes.push(change.clone());
        Ok(())
    }

    /// Makes a security known under another id: both.
    fn rename(&mut self, old: &str, into: &str) -> Result<(Id<Security>, Id<Security>)> {
        if old == into {
            let message = "the new id is the old one";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("into"));
        }
        let security = self.security(old).at("security")?;
        let Security { family, kind, .. } = self.securities[security];
        if !self.can_continue(into, family) {
            let message =
                format!("{into:?} is another security of the book; a merger turns one into another");
            return Err(Error::new(ErrorCode::FieldConflict, message).at("into"));
        }
        self.continue_currency(old, into).at("into")?;
        self.continue_as(into, family, kind).at("into")?;
        Ok((security, self.security(into).at("into")?))
    }

    /// Lets options on a security give a right to its new id, those that come later, too.
    fn rename_underlying(&mut self, family: Id<Family>, from: &str, to: &str) {
        for security in self.families[family].securities.clone() {
            if let Some(option) = &mut self.securities[security].option
                && option.underlying == from
            {
                to.clone_into(&mut option.underlying);
            }
        }
        for option in self.options.values_mut().filter(|option| option.underlying == from) {
            to.clone_into(&mut option.underlying);
        }
    }

    /// Lets the losses of a security that wait for replacements wait for those of another, which it has become.
    fn rename_losses(&mut self, family: Id<Family>, from: Id<Security>, to: Id<Security>) {
        let Family { pending, pending_shorts, .. } = &mut self.families[family];
        for loss in pending.iter_mut().chain(pending_shorts).filter(|loss| loss.security == from) {
            loss.security = to;
        }
    }
}
