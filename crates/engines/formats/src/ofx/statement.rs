//! Statements: their accounts, transactions and balances.

use wherewithal_base::{
    Result,
    control::{Control, Work},
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
    /// The currency of the statement that is read, if it is not that of its account.
    pub(super) foreign: Option<Currency>,
}

impl<'d, 'a> Reader<'d, 'a> {
    pub(super) fn of(document: &'d Document<'a>, securities: &'d Securities, input: &FileReadInput) -> Self {
        let root = document.nodes().next();
        let institution = root.and_then(|root| root.find("SONRS")).and_then(|signon| signon.given("ORG"));
        let unnamed = input.account.clone().unwrap_or_else(|| LedgerAccount::named("account"));
        let institution = institution.map(|name| cut(&name));
        Self { document, securities, unnamed, institution, rows: 0, foreign: None }
    }

    /// Reads all statements.
    pub(super) fn statements(&mut self, collected: &mut Collected, control: &Control) -> Result<()> {
        let mut work = Work::under(control);
        for node in self.document.nodes() {
            work.done(2)?;
            match node.name() {
                "STMTRS" | "CCSTMTRS" => self.bank(&node, collected, &mut work)?,
                "INVSTMTRS" => self.broker(&node, collected, &mut work)?,
                _ => {}
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

    /// A statement of a bank or a card.
    fn bank(
        &mut self,
        node: &Node<'d, 'a>,
        collected: &mut Collected,
        work: &mut Work<'_, '_>,
    ) -> Result<()> {
        let is_card = node.name() == "CCSTMTRS";
        let account = self.opened(node, collected);
        for list in node.children() {
            match list.name() {
                "BANKTRANLIST" => {
                    for transaction in list.children() {
                        work.done(64)?;
                        match transaction.name() {
                            "STMTTRN" => {
                                let place = self.place(&transaction)?;
                                self.cash(&transaction, &account, is_card, place, collected);
                            }
                            "DTSTART" | "DTEND" => {}
                            _ => self.skip(&transaction, "a pending transaction", collected)?,
                        }
                    }
                }
                "BANKTRANLISTP" => {
                    for pending in list.children().filter(|node| node.name() == "STMTTRNP") {
                        self.skip(&pending, "a pending transaction", collected)?;
                    }
                }
                "LEDGERBAL" => {
                    self.balance(&list, "BALAMT", &account, StatedBalanceKind::Ledger, collected)?
                }
                "AVAILBAL" => {
                    self.balance(&list, "BALAMT", &account, StatedBalanceKind::Available, collected)?
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A statement of a broker.
    fn broker(
        &mut self,
        node: &Node<'d, 'a>,
        collected: &mut Collected,
        work: &mut Work<'_, '_>,
    ) -> Result<()> {
        let account = self.opened(node, collected);
        let as_of = node.child_text("DTASOF");
        for list in node.children() {
            match list.name() {
                "INVTRANLIST" => {
                    for transaction in list.children() {
                        work.done(64)?;
                        self.traded(&transaction, &account, collected)?;
                    }
                }
                "INVPOSLIST" => {
                    for position in list.children() {
                        work.done(64)?;
                        let place = self.place(&position)?;
                        let outcome = self.position(as_of, &position, &account, collected);
                        collected.outcome(place, outcome);
                    }
                }
                "INVBAL" => self.balance_as_of(&list, as_of, &account, collected)?,
                "INVOOLIST" => {
                    for order in list.children() {
                        self.skip(&order, "an open order", collected)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A transaction of a broker.
    fn traded(&mut self, node: &Node<'d, 'a>, account: &str, collected: &mut Collected) -> Result<()> {
        match node.name() {
            "DTSTART" | "DTEND" => {}
            "INVBANKTRAN" => {
                let place = self.place(node)?;
                let transaction = node.child("STMTTRN").unwrap_or(*node);
                self.cash(&transaction, account, false, place, collected);
            }
            _ => {
                let place = self.place(node)?;
                let outcome = investment::read(self, node, account, place, collected);
                collected.outcome(place, outcome);
            }
        }
        Ok(())
    }

    fn skip(&mut self, node: &Node<'_, '_>, reason: &str, collected: &mut Collected) -> Result<()> {
        let place = self.place(node)?;
        collected.skip(place, reason, node.name());
        Ok(())
    }

    /// A transaction with cash alone.
    fn cash(
        &self,
        node: &Node<'_, '_>,
        account: &str,
        is_card: bool,
        place: Place,
        collected: &mut Collected,
    ) {
        if node.text("TRNTYPE") == "HOLD" {
            collected.skip(place, "a hold, which is no transaction yet", node.text("NAME"));
            return;
        }
        match cash(node, account, is_card, place) {
            Ok(mut transaction) => {
                let to = ["BANKACCTTO", "CCACCTTO"].into_iter().find_map(|name| node.child(name));
                transaction.transfer_account = to.and_then(|to| collected.account_id(to.text("ACCTID")));
                transaction.currency = transaction.currency.or(self.foreign);
                collected.transaction(transaction);
            }
            Err(fault) => collected.problem(place, fault),
        }
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
        let security = self.securities.named_in(node).ok_or_else(|| missing("SECID"))?;
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
        &mut self,
        node: &Node<'_, '_>,
        name: &str,
        account: &str,
        kind: StatedBalanceKind,
        collected: &mut Collected,
    ) -> Result<()> {
        let place = self.place(node)?;
        let outcome = needed_date(node, "DTASOF").and_then(|date| {
            let amount = needed_amount(node, name)?;
            collected.balances([StatedBalance {
                account: account.to_owned(),
                date,
                kind,
                security: None,
                amount,
                currency: self.foreign,
            }]);
            Ok(())
        });
        collected.outcome(place, outcome);
        Ok(())
    }

    /// The balances of a broker, which are as of the date of the statement.
    fn balance_as_of(
        &mut self,
        node: &Node<'_, '_>,
        as_of: &str,
        account: &str,
        collected: &mut Collected,
    ) -> Result<()> {
        let place = self.place(node)?;
        let outcome = dated_text(as_of, "DTASOF").and_then(|date| {
            let date = date.ok_or_else(|| missing("DTASOF"))?;
            let amount = needed_amount(node, "AVAILCASH")?;
            let kind = StatedBalanceKind::Cash;
            collected.balances([StatedBalance {
                account: account.to_owned(),
                date,
                kind,
                security: None,
                amount,
                currency: self.foreign,
            }]);
            Ok(())
        });
        collected.outcome(place, outcome);
        Ok(())
    }

    /// The id of the account of a statement. Banks with accounts in several currencies write one statement for each.
    fn opened(&mut self, statement: &Node<'_, '_>, collected: &mut Collected) -> String {
        let account = self.account(statement, collected);
        let currency = account.currency;
        let id = collected.account(account);
        self.foreign = currency.filter(|_| collected.currency_of(&id) != currency);
        id
    }

    /// The account of a statement.
    fn account(&self, statement: &Node<'_, '_>, collected: &mut Collected) -> LedgerAccount {
        let of = ["BANKACCTFROM", "CCACCTFROM", "INVACCTFROM"];
        let from = of.into_iter().find_map(|name| statement.child(name));
        let number = from.map_or("", |from| from.text("ACCTID"));
        let mut account = match collected.account_id(number) {
            Some(id) => LedgerAccount { number: last_four(number), ..LedgerAccount::named(id) },
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

/// A transaction with cash alone.
fn cash(node: &Node<'_, '_>, account: &str, is_card: bool, place: Place) -> Result<LedgerTransaction, Fault> {
    let posted = needed_date(node, "DTPOSTED")?;
    let amount = needed_amount(node, "TRNAMT")?;
    // The day on which the user acted, if it is another one.
    let acted = dated(node, "DTUSER")?.filter(|date| *date != posted);
    let mut transaction = blank_transaction(account.to_owned(), acted.unwrap_or(posted), amount, place);
    transaction.settlement_date = acted.map(|_| posted);
    transaction.currency = currency(node);
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

/// The currency of a record whose amounts are not in that of the statement.
pub(super) fn currency(node: &Node<'_, '_>) -> Option<Currency> {
    node.find("CURRENCY").and_then(|currency| currency.text("CURSYM").parse().ok())
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
