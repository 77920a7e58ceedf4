//! Statements: their accounts, transactions and balances.

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
    dates::Date,
    money::Currency,
    num::Decimal,
};
use wherewithal_household::{AccountKind, LiabilityKind};
use wherewithal_ledger::{
    LedgerAccount, LedgerTransaction, LedgerTransactionType as Type, StatedBalance, StatedBalanceKind,
    StatedPosition, is_merchant_code,
};

use super::{
    document::{Document, Node},
    investment,
    records::{records, statements},
    securities::Securities,
    values::{amount, dated, dated_text, missing, needed_amount, needed_date},
};
use crate::{
    FileReadInput,
    collect::{Collected, Fault, Place, blank_transaction, cut},
    masked::last_four,
    read::{MAX_RECORDS, too_many},
};

/// What reads the statements of a document.
pub(super) struct Reader<'d, 'a> {
    document: &'d Document<'a>,
    pub(super) securities: &'d Securities,
    /// The account of a statement that names none.
    unnamed: LedgerAccount,
    institution: Option<String>,
    rows: u32,
    /// The currency of the account whose statement is read.
    own: Option<Currency>,
    /// The currency of that statement, if it is not the account's.
    foreign: Option<Currency>,
}

impl<'d, 'a> Reader<'d, 'a> {
    pub(super) fn of(document: &'d Document<'a>, securities: &'d Securities, input: &FileReadInput) -> Self {
        let root = document.nodes().next();
        let institution = root.and_then(|root| root.find("SONRS")).and_then(|signon| signon.given("ORG"));
        let unnamed = input.account.clone().unwrap_or_else(|| LedgerAccount::named("account"));
        let institution = institution.map(|name| cut(&name));
        Self { document, securities, unnamed, institution, rows: 0, own: None, foreign: None }
    }

    /// Reads all statements.
    pub(super) fn statements(&mut self, collected: &mut Collected, control: &Control) -> Result<()> {
        let mut work = Work::under(control);
        // The accounts of statements have their ids before the other ends of transfers do.
        for statement in statements(self.document) {
            work.done(16)?;
            held(&statement, collected);
        }
        for loan in self.document.nodes().filter(|node| node.name() == "LOANSTMTRS") {
            let place = self.place(&loan)?;
            collected.skip(place, "a statement of a loan, which is not read", loan.name());
        }
        for statement in statements(self.document) {
            work.done(16)?;
            if let Some(fault) = unknown_currency(&statement) {
                let place = self.place(&statement)?;
                collected.outcome(place, Err(fault));
            }
            let account = self.opened(&statement, collected);
            for (list, node) in records(&statement) {
                work.done(64)?;
                let place = self.place(&node)?;
                self.record(&statement, &account, list, &node, place, collected);
            }
        }
        Ok(())
    }

    /// The place of the next record.
    fn place(&mut self, node: &Node<'_, '_>) -> Result<Place> {
        self.rows += 1;
        if usize::try_from(self.rows).is_ok_and(|rows| rows > MAX_RECORDS) {
            return Err(too_many());
        }
        Ok(Place { row: self.rows, line: node.line() })
    }

    /// A record of a list of a statement.
    fn record(
        &self,
        statement: &Node<'d, 'a>,
        account: &str,
        list: &str,
        node: &Node<'d, 'a>,
        place: Place,
        collected: &mut Collected,
    ) {
        let is_card = statement.name() == "CCSTMTRS";
        let as_of = statement.child_text("DTASOF");
        let outcome = match (list, node.name()) {
            ("BANKTRANLIST", "STMTTRN") => self.cash(node, account, is_card, place, collected),
            ("BANKTRANLIST" | "BANKTRANLISTP", name) => {
                collected.skip(place, "a pending transaction", name);
                Ok(())
            }
            ("INVOOLIST", name) => {
                collected.skip(place, "an open order", name);
                Ok(())
            }
            ("INVTRANLIST", "INVBANKTRAN") => {
                let transaction = node.child("STMTTRN").unwrap_or(*node);
                self.cash(&transaction, account, false, place, collected)
            }
            ("INVTRANLIST", _) => investment::read(self, node, account, place, collected),
            ("INVPOSLIST", _) => self.position(as_of, node, account, collected),
            ("INVBAL", _) => {
                let date = dated_text(as_of, "DTASOF").and_then(|date| date.ok_or_else(|| missing("DTASOF")));
                date.and_then(|date| {
                    self.balance(node, "AVAILCASH", date, account, StatedBalanceKind::Cash, collected)
                })
            }
            _ => {
                let is_ledger = list == "LEDGERBAL";
                let kind = if is_ledger { StatedBalanceKind::Ledger } else { StatedBalanceKind::Available };
                needed_date(node, "DTASOF")
                    .and_then(|date| self.balance(node, "BALAMT", date, account, kind, collected))
            }
        };
        collected.outcome(place, outcome);
    }

    /// A transaction with cash alone.
    fn cash(
        &self,
        node: &Node<'_, '_>,
        account: &str,
        is_card: bool,
        place: Place,
        collected: &mut Collected,
    ) -> Result<(), Fault> {
        if node.text("TRNTYPE") == "HOLD" {
            collected.skip(place, "a hold, which is no transaction yet", node.text("NAME"));
            return Ok(());
        }
        let mut transaction = cash(node, account, is_card, place)?;
        transaction.currency = self.currency(node)?;
        let to = ["BANKACCTTO", "CCACCTTO"].into_iter().find_map(|name| node.child(name));
        transaction.transfer_account =
            to.and_then(|to| collected.account_elsewhere(&holder(&to), to.text("ACCTID")));
        collected.valid_transaction(transaction)
    }

    /// The currency of a record, if it is not that of its account (5.2). Where the file names the original currency alone, the
    /// amounts are converted already.
    pub(super) fn currency(&self, node: &Node<'_, '_>) -> Result<Option<Currency>, Fault> {
        let Some(stated) = node.find("CURRENCY") else { return Ok(self.foreign) };
        let symbol = Some(stated.text("CURSYM")).filter(|symbol| !symbol.is_empty());
        let symbol = symbol.unwrap_or_else(|| stated.value());
        let currency: Currency = symbol.parse().map_err(|error| Fault::at(error, "CURSYM", symbol))?;
        Ok((Some(currency) != self.own).then_some(currency))
    }

    fn position(
        &self,
        as_of: &str,
        node: &Node<'_, '_>,
        account: &str,
        collected: &mut Collected,
    ) -> Result<(), Fault> {
        let units = needed_amount(node, "UNITS")?;
        let units = if node.text("POSTYPE") == "SHORT" { units.abs().negated() } else { units };
        let date = match dated_text(as_of, "DTASOF")? {
            Some(date) => Some(date),
            None => dated(node, "DTPRICEASOF")?,
        };
        let (price, value) = (amount(node, "UNITPRICE")?, amount(node, "MKTVAL")?);
        let mut security = self.securities.named_in(node, collected).ok_or_else(|| missing("SECID"))?;
        // A position has no currency of its own: its price and its value are in that of the security.
        let currency = self.currency(node)?;
        let known = collected.security_currency(&security.id);
        if known.is_some() && known != currency.or(self.own) {
            let message = "an earlier position of the security is in another currency";
            return Err(Fault::of(Error::new(ErrorCode::FieldConflict, message)));
        }
        security.currency = currency;
        let security = collected.security(security);
        let account = account.to_owned();
        let price = price.map(Decimal::abs);
        collected.position(StatedPosition {
            account,
            date,
            security,
            quantity: units,
            price,
            value,
            cost_basis: None,
        });
        Ok(())
    }

    fn balance(
        &self,
        node: &Node<'_, '_>,
        name: &str,
        date: Date,
        account: &str,
        kind: StatedBalanceKind,
        collected: &mut Collected,
    ) -> Result<(), Fault> {
        let amount = needed_amount(node, name)?;
        let (account, currency) = (account.to_owned(), self.foreign);
        collected.balances([StatedBalance { account, date, kind, security: None, amount, currency }]);
        Ok(())
    }

    /// The id of the account of a statement. Banks with accounts in several currencies write one statement for each.
    fn opened(&mut self, statement: &Node<'_, '_>, collected: &mut Collected) -> String {
        let account = self.account(statement, collected);
        let currency = account.currency;
        let id = collected.account(account);
        self.own = collected.currency_of(&id);
        self.foreign = currency.filter(|_| self.own != currency);
        id
    }

    /// The account of a statement.
    fn account(&self, statement: &Node<'_, '_>, collected: &mut Collected) -> LedgerAccount {
        let from = from(statement);
        let mut account = match held(statement, collected) {
            Some(id) => {
                let number = from.and_then(|from| last_four(from.text("ACCTID")));
                LedgerAccount { number, ..LedgerAccount::named(id) }
            }
            None => self.unnamed.clone(),
        };
        let kind = from.map_or("", |from| from.text("ACCTTYPE"));
        match (statement.name(), kind) {
            ("CCSTMTRS", _) => account.liability_kind = Some(LiabilityKind::CreditCard),
            ("INVSTMTRS", _) => account.kind = Some(AccountKind::Brokerage),
            (_, "CHECKING") => account.kind = Some(AccountKind::Checking),
            (_, "SAVINGS") => account.kind = Some(AccountKind::Savings),
            (_, "MONEYMRKT") => account.kind = Some(AccountKind::MoneyMarket),
            (_, "CD") => account.kind = Some(AccountKind::CertificateOfDeposit),
            (_, "CREDITLINE") => account.liability_kind = Some(LiabilityKind::Other),
            _ => {}
        }
        account.institution = account.institution.take().or_else(|| self.institution.clone());
        account.currency =
            statement.child("CURDEF").and_then(|node| node.value().parse().ok()).or(account.currency);
        account
    }
}

/// The fault of a statement whose currency there is none of. Its records are read in the currency of the account.
fn unknown_currency(statement: &Node<'_, '_>) -> Option<Fault> {
    let text = statement.child_text("CURDEF");
    let error = text.parse::<Currency>().err()?;
    (!text.is_empty()).then(|| Fault::at(error, "CURDEF", text))
}

/// The element that names the account of a statement.
fn from<'d, 'a>(statement: &Node<'d, 'a>) -> Option<Node<'d, 'a>> {
    ["BANKACCTFROM", "CCACCTFROM", "INVACCTFROM"].into_iter().find_map(|name| statement.child(name))
}

/// The id of the account of a statement; `None` if it has no number.
fn held(statement: &Node<'_, '_>, collected: &mut Collected) -> Option<String> {
    let from = from(statement)?;
    let number = from.text("ACCTID");
    (!number.is_empty()).then(|| collected.account_held(&holder(&from), number))
}

/// Where an account is held and what it is, which tells equal numbers apart (11.3.1, 13.6.1).
fn holder(account: &Node<'_, '_>) -> String {
    let element = account.name();
    let element = element.strip_suffix("FROM").or_else(|| element.strip_suffix("TO")).unwrap_or(element);
    let parts = ["BANKID", "BROKERID", "BRANCHID", "ACCTTYPE"].map(|name| account.text(name));
    format!("{element}\n{}", parts.join("\n"))
}

/// A transaction with cash alone.
fn cash(node: &Node<'_, '_>, account: &str, is_card: bool, place: Place) -> Result<LedgerTransaction, Fault> {
    let posted = needed_date(node, "DTPOSTED")?;
    let amount = needed_amount(node, "TRNAMT")?;
    // The day on which the user acted, if it is another one.
    let acted = dated(node, "DTUSER")?.filter(|date| *date != posted);
    let mut transaction = blank_transaction(account.to_owned(), acted.unwrap_or(posted), amount, place);
    transaction.settlement_date = acted.map(|_| posted);
    // The longer of two names has what the short one has no room for.
    let payee = node.given("EXTDNAME").or_else(|| node.given("NAME"));
    transaction.r#type =
        kind(node.text("TRNTYPE"), is_card, amount.is_negative(), payee.as_deref().unwrap_or_default());
    transaction.memo = node.given("MEMO");
    let texts = [payee.clone(), transaction.memo.clone(), node.given("TRNTYPE")];
    transaction.description = texts.into_iter().flatten().next().unwrap_or_default();
    transaction.payee = payee;
    transaction.check_number = node.given("CHECKNUM");
    transaction.reference = node.given("FITID");
    let code = node.text("SIC");
    transaction.merchant_category_code = is_merchant_code(code).then(|| code.to_owned());
    Ok(transaction)
}

/// What a type of OFX says (11.4.4.3).
pub(crate) fn kind(r#type: &str, is_card: bool, is_out: bool, name: &str) -> Type {
    match r#type {
        "INT" => Type::Interest,
        "DIV" => Type::Dividend,
        "FEE" | "SRVCHG" => Type::Fee,
        "DEP" | "DIRECTDEP" => Type::Deposit,
        "ATM" if !is_out => Type::Deposit,
        "ATM" | "CASH" => Type::Withdrawal,
        "POS" if is_out => Type::Purchase,
        "POS" => Type::Refund,
        "XFER" => Type::Transfer,
        "CHECK" | "PAYMENT" | "DIRECTDEBIT" | "REPEATPMT" => Type::Payment,
        "OTHER" => Type::Other,
        _ if is_card && is_out => Type::Purchase,
        _ if is_card && name.to_ascii_lowercase().contains("payment") => Type::Payment,
        _ if is_card => Type::Refund,
        _ if is_out => Type::Withdrawal,
        _ => Type::Deposit,
    }
}
