//! What a format cannot say.

use wherewithal_base::{
    Result,
    wire::{Field, Sink, Spelling, Wire},
};

use super::FileWriteInput;

/// A record that the file has not, or not in full.
#[derive(Debug, Clone, PartialEq, Eq, Wire)]
pub struct FileOmission {
    /// Where the record stands in the input, such as `transactions[3]`.
    pub path: String,
    /// Its id, of an account, a security or a transaction.
    #[wire(omit)]
    pub id: Option<String>,
    /// The fields that the format cannot say, or not in full; empty if the whole record is left out.
    pub fields: Vec<String>,
    /// Why the whole record is left out.
    #[wire(omit)]
    pub reason: Option<String>,
}

/// The list in which a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum List {
    Accounts,
    Securities,
    Transactions,
    Balances,
    Positions,
}

impl List {
    fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Securities => "securities",
            Self::Transactions => "transactions",
            Self::Balances => "balances",
            Self::Positions => "positions",
        }
    }
}

/// What was not written so far.
pub(super) struct Omissions<'i> {
    input: &'i FileWriteInput,
    found: Vec<(List, usize, FileOmission)>,
}

impl<'i> Omissions<'i> {
    pub(super) fn of(input: &'i FileWriteInput) -> Self {
        Self { input, found: Vec::new() }
    }

    /// A record of which some fields are written; those that it has beside them are omitted.
    ///
    /// # Errors
    /// None that can occur: a record of a ledger has no number that a sink refuses.
    pub(super) fn written(&mut self, list: List, index: usize, said: &[&str]) -> Result<()> {
        let present = self.fields(list, index)?;
        let fields: Vec<String> =
            present.into_iter().filter(|field| !said.contains(field)).map(str::to_owned).collect();
        if !fields.is_empty() {
            self.push(list, index, fields, None);
        }
        Ok(())
    }

    /// A record that is left out.
    pub(super) fn left_out(&mut self, list: List, index: usize, reason: &str) {
        self.push(list, index, Vec::new(), Some(reason.to_owned()));
    }

    fn push(&mut self, list: List, index: usize, fields: Vec<String>, reason: Option<String>) {
        let path = format!("{}[{index}]", list.name());
        let id = self.id(list, index);
        self.found.push((list, index, FileOmission { path, id, fields, reason }));
    }

    fn id(&self, list: List, index: usize) -> Option<String> {
        match list {
            List::Accounts => self.input.accounts.get(index).map(|account| account.id.clone()),
            List::Securities => self.input.securities.get(index).map(|security| security.id.clone()),
            List::Transactions => {
                self.input.transactions.get(index).map(|transaction| transaction.id.clone())
            }
            List::Balances | List::Positions => None,
        }
    }

    /// The fields that a record has, but for its id and its place in an earlier file.
    fn fields(&self, list: List, index: usize) -> Result<Vec<&'static str>> {
        let mut present = match list {
            List::Accounts => self.input.accounts.get(index).map(present),
            List::Securities => self.input.securities.get(index).map(present),
            List::Transactions => self.input.transactions.get(index).map(present),
            List::Balances => self.input.balances.get(index).map(present),
            List::Positions => self.input.positions.get(index).map(present),
        }
        .unwrap_or_else(|| Ok(Vec::new()))?;
        let is_described = self.input.transactions.get(index).is_some_and(|one| !one.description.is_empty());
        present.retain(|field| match *field {
            "id" | "source" => false,
            "description" => is_described,
            _ => true,
        });
        Ok(present)
    }

    /// All of it, in the order of the records.
    pub(super) fn listed(mut self) -> Vec<FileOmission> {
        self.found.sort_by_key(|(list, index, _)| (*list, *index));
        self.found.into_iter().map(|(_, _, omission)| omission).collect()
    }
}

/// The names of the fields that a record has.
fn present<T: Wire>(record: &T) -> Result<Vec<&'static str>> {
    let mut names = Names { depth: 0, found: Vec::new() };
    record.write(&mut names)?;
    Ok(names.found)
}

/// A sink that keeps the names of a record's own fields.
struct Names {
    depth: usize,
    found: Vec<&'static str>,
}

impl Sink for Names {
    fn spelling(&self) -> Spelling {
        Spelling::Camel
    }
    fn null(&mut self) -> Result<()> {
        Ok(())
    }
    fn boolean(&mut self, _: bool) -> Result<()> {
        Ok(())
    }
    fn positive(&mut self, _: u64) -> Result<()> {
        Ok(())
    }
    fn negative(&mut self, _: i64) -> Result<()> {
        Ok(())
    }
    fn number(&mut self, _: f64) -> Result<()> {
        Ok(())
    }
    fn text(&mut self, _: &str) -> Result<()> {
        Ok(())
    }
    fn begin_list(&mut self, _: usize) -> Result<()> {
        self.depth += 1;
        Ok(())
    }
    fn end_list(&mut self) -> Result<()> {
        self.depth -= 1;
        Ok(())
    }
    fn begin_record(&mut self) -> Result<()> {
        self.depth += 1;
        Ok(())
    }
    fn key(&mut self, _: &str) -> Result<()> {
        Ok(())
    }
    fn end_record(&mut self) -> Result<()> {
        self.depth -= 1;
        Ok(())
    }
    fn field(&mut self, field: &'static Field) -> Result<()> {
        if self.depth == 1 {
            self.found.push(field.name.spelled(Spelling::Camel));
        }
        Ok(())
    }
}
