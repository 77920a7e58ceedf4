//! Securities that get another id.

use wherewithal_base::{Error, ErrorCode, Result, check, error::At as _};

use super::{
    BasisRule, Book, Family, Id, Lot, Position, Security, book::MOST_ID, directory::Known,
    gift::two_bases_in_average,
};
use crate::{
    input::{LotMethod, LotOption},
    output::LotStateSymbolChange,
};

impl Book {
    /// Gives a security another id, in all accounts. Nothing else changes.
    pub(super) fn change_symbol(&mut self, event: u32, day: i32, security: &str, into: &str) -> Result<()> {
        let old = security;
        let security = self.check_rename(old, into)?;
        let mut moves: Vec<(usize, Vec<Id<Lot>>)> = Vec::new();
        for from in self.securities[security].positions.clone() {
            let lots = self.visited(self.positions[from].all_lots(&self.lots))?;
            // A position that is empty moves nothing, and a book that goes on from a state does not know it.
            if lots.is_empty() {
                continue;
            }
            self.check_move(from, into, day)?;
            moves.push((self.positions[from].account, lots));
        }
        // Nothing from here on is refused, so that the new id is not known of a change that did not take place.
        let renamed = self.rename(security, into)?;
        for (account, lots) in moves {
            let to = self.position_in(renamed, account)?;
            self.follow_elections(to, day)?;
            for lot in lots {
                let units = self.lots[lot].holding.units;
                self.relocate(event, lot, units, to, BasisRule::SymbolChange)?;
            }
        }
        let family = self.securities[security].family;
        self.rename_losses(family, security, renamed);
        self.rename_underlying(family, old, into);
        self.symbol_changes.push(LotStateSymbolChange { security: old.to_owned(), into: into.to_owned() });
        Ok(())
    }

    /// Does what a change of a symbol does to everything but positions and lots.
    pub(super) fn repeat_symbol_change(&mut self, change: &LotStateSymbolChange) -> Result<()> {
        let LotStateSymbolChange { security, into } = change;
        let id = self.check_rename(security, into)?;
        self.rename(id, into)?;
        self.rename_underlying(self.securities[id].family, security, into);
        self.symbol_changes.push(change.clone());
        Ok(())
    }

    /// That a security can go on under another id.
    fn check_rename(&mut self, old: &str, into: &str) -> Result<Id<Security>> {
        if old == into {
            let message = "the new id is the old one";
            return Err(Error::new(ErrorCode::FieldConflict, message).at("into"));
        }
        check::text(into, MOST_ID).at("into")?;
        let security = self.security(old).at("security")?;
        if !self.can_continue(into, self.securities[security].family) {
            let message =
                format!("{into:?} is another security of the book; a merger turns one into another");
            return Err(Error::new(ErrorCode::FieldConflict, message).at("into"));
        }
        if self.is_described(into) {
            self.require_same(old, into).at("into")?;
            self.require_same_contract(security, into).at("into")?;
        }
        Ok(security)
    }

    /// That the shares of a position can go on under another id on a day.
    fn check_move(&mut self, from: Id<Position>, into: &str, day: i32) -> Result<()> {
        let Position { security, account, .. } = self.positions[from];
        let known = self.security_called(into).and_then(|into| self.place_of_account(into, account).ok());
        let is_averaged = match known {
            Some(to) => {
                self.follow_elections(to, day)?;
                self.positions[to].is_averaged()
            }
            None => {
                let kind =
                    if self.is_described(into) { self.kind(into) } else { self.securities[security].kind };
                let elections = self.suitable_elections(into, kind, account)?;
                let followed = elections.into_iter().take_while(|(from, _)| *from <= day);
                let method = followed.last().map_or(self.rules.method, |(_, method)| method);
                method == LotMethod::AverageCost
            }
        };
        if is_averaged && self.has_two_bases(from) {
            return Err(two_bases_in_average());
        }
        Ok(())
    }

    /// Whether something is known of a security beside its id.
    fn is_described(&self, id: &str) -> bool {
        self.directory.get(id).is_some_and(|known| known.kind.is_some())
    }

    /// Whether a security of a family can go on under another id: one that is new, or of the family.
    fn can_continue(&self, id: &str, family: Id<Family>) -> bool {
        match self.directory.get(id) {
            Some(Known { security: Some(known), .. }) => self.securities[*known].family == family,
            Some(Known { family: Some(known), .. }) => *known == family,
            _ => true,
        }
    }

    /// That a contract has the same right and size under an id that the caller described.
    fn require_same_contract(&self, security: Id<Security>, into: &str) -> Result<()> {
        let contract = |option: &LotOption| (option.right, option.multiplier);
        let described = self.directory.get(into).and_then(|known| known.option.as_ref());
        if described.map(contract) == self.securities[security].option.as_ref().map(contract) {
            return Ok(());
        }
        let message = format!(
            "{into:?} gives another right than {:?} in `securities`; a change of the symbol leaves the contract as it is",
            self.securities[security].id
        );
        Err(Error::new(ErrorCode::FieldConflict, message))
    }

    /// Makes a security, which can go on under another id, known under it.
    fn rename(&mut self, security: Id<Security>, into: &str) -> Result<Id<Security>> {
        let Security { id, kind, option, family, .. } = &self.securities[security];
        let (family, kind, option) = (*family, *kind, option.clone());
        let currency = self.directory.get(id).and_then(|known| known.currency);
        let known = self.directory.entry(into);
        known.family = Some(family);
        if known.kind.is_none() {
            (known.kind, known.option, known.currency) = (Some(kind), option, currency);
        }
        self.security(into).at("into")
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
        let options = self.directory.all_mut().filter_map(|known| known.option.as_mut());
        for option in options.filter(|option| option.underlying == from) {
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
