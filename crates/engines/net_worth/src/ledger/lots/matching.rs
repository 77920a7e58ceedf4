//! Which lots leave: what the book of lots says.

use wherewithal_base::{
    Error, ErrorCode, Result,
    dates::Date,
    money::Currency,
    num::{Decimal, Rounding},
};
use wherewithal_household::TaxTreatment;
use wherewithal_lots::{
    Book, GainTaxRates, Jurisdiction, LotAccount, LotElection, LotEvent, LotMethod, LotRules,
};

/// The decimal places of costs. They decide which lot leaves and are in no amount of an answer.
const COST_PLACES: u32 = 8;

/// The security of the book: a book is that of one.
const SECURITY: &str = "shares";

/// Shares of a lot, above zero, in the unit of the book.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) lot: usize,
    pub(super) units: Decimal,
}

/// A place where lots are: a position, or what one transfer moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// The position with this number.
    Position(usize),
    /// On the way of the transfer that the transaction of this place begins.
    Transfer(usize),
}

impl Holder {
    fn id(self) -> String {
        match self {
            Self::Position(place) => format!("position {place}"),
            Self::Transfer(record) => format!("transfer {record}"),
        }
    }
}

/// How a book selects.
pub(super) struct Selection {
    pub(super) method: LotMethod,
    pub(super) tax_rates: Option<GainTaxRates>,
    /// The elections that fit a position, by its number and in their order.
    pub(super) elections: Vec<(usize, LotElection)>,
    pub(super) currency: Currency,
}

/// The lots of a security in several positions, between which they can move.
pub(super) struct Matching {
    book: Book,
    events: u32,
}

impl Matching {
    pub(super) fn new(selection: Selection, holders: &[Holder]) -> Result<Self> {
        let Selection { method, tax_rates, elections, currency } = selection;
        let account = |holder: &Holder| LotAccount { id: holder.id(), treatment: TaxTreatment::Taxable };
        let accounts: Vec<LotAccount> = holders.iter().map(account).collect();
        let elected = |(position, election): (usize, LotElection)| LotElection {
            account: Some(Holder::Position(position).id()),
            security: None,
            from: election.from,
            method: as_selected(election.method),
        };
        // What is on its way goes on in the order of acquisition.
        let by_default = holders.iter().filter_map(|holder| match holder {
            Holder::Position(position) if as_selected(method) != LotMethod::Fifo => {
                Some((*position, LotElection { account: None, security: None, from: None, method }))
            }
            Holder::Position(_) | Holder::Transfer(_) => None,
        });
        let rules = LotRules {
            currency,
            amount_places: Some(COST_PLACES),
            jurisdiction: Jurisdiction::None,
            method: LotMethod::Fifo,
            tax_rates,
            elections: by_default.chain(elections).map(elected).collect(),
            ..LotRules::default()
        };
        let book = Book::new(&rules, &accounts, &[]).map_err(refused)?;
        Ok(Self { book, events: 0 })
    }

    /// Shares that come in as a new lot.
    pub(super) fn acquire(
        &mut self,
        day: Date,
        holder: Holder,
        units: Decimal,
        cost: Decimal,
        lot: usize,
    ) -> Result<()> {
        self.append(&LotEvent::Buy {
            date: day,
            sequence: 0,
            account: Some(holder.id()),
            security: SECURITY.to_owned(),
            quantity: units,
            price: None,
            amount: Some(money(cost)),
            fees: Decimal::ZERO,
            lot: Some(lot.to_string()),
            exchange_rate: None,
        })
        .map(drop)
    }

    /// Shares that leave, of those that are held.
    pub(super) fn sell(
        &mut self,
        day: Date,
        holder: Holder,
        units: Decimal,
        proceeds: Decimal,
    ) -> Result<Vec<Part>> {
        self.append(&LotEvent::Sell {
            date: day,
            sequence: 0,
            account: Some(holder.id()),
            security: SECURITY.to_owned(),
            quantity: units,
            price: None,
            amount: Some(money(proceeds)),
            fees: Decimal::ZERO,
            lots: Vec::new(),
            target_gain: None,
            exchange_rate: None,
        })
    }

    /// Shares that leave and are not held: a new lot that is owed.
    pub(super) fn sell_short(
        &mut self,
        day: Date,
        holder: Holder,
        units: Decimal,
        proceeds: Decimal,
        lot: usize,
    ) -> Result<()> {
        self.append(&LotEvent::SellShort {
            date: day,
            sequence: 0,
            account: Some(holder.id()),
            security: SECURITY.to_owned(),
            quantity: units,
            price: None,
            amount: Some(money(proceeds)),
            fees: Decimal::ZERO,
            lot: Some(lot.to_string()),
            exchange_rate: None,
        })
        .map(drop)
    }

    /// Shares that come in for such as are owed.
    pub(super) fn cover(
        &mut self,
        day: Date,
        holder: Holder,
        units: Decimal,
        cost: Decimal,
    ) -> Result<Vec<Part>> {
        self.append(&LotEvent::BuyToCover {
            date: day,
            sequence: 0,
            account: Some(holder.id()),
            security: SECURITY.to_owned(),
            quantity: units,
            price: None,
            amount: Some(money(cost)),
            fees: Decimal::ZERO,
            lots: Vec::new(),
            exchange_rate: None,
        })
    }

    /// Shares that go from one place to another, as the lots that they are.
    pub(super) fn carry(&mut self, day: Date, from: Holder, to: Holder, units: Decimal) -> Result<Vec<Part>> {
        let event = LotEvent::Transfer {
            date: day,
            sequence: 0,
            account: Some(from.id()),
            to_account: to.id(),
            security: SECURITY.to_owned(),
            quantity: units,
            lots: Vec::new(),
        };
        let arrived = Some(to.id());
        let changes = self.book.append(self.events, &event).map_err(refused)?;
        self.events += 1;
        // What arrives of a lot is a row of its own.
        let rows = changes.lots.into_iter().filter(|row| row.account == arrived);
        rows.map(|row| Ok(Part { lot: number_of(&row.id)?, units: row.quantity })).collect()
    }

    /// What an event takes from which lot.
    fn append(&mut self, event: &LotEvent) -> Result<Vec<Part>> {
        let changes = self.book.append(self.events, event).map_err(refused)?;
        self.events += 1;
        let rows = changes.disposals.into_iter().map(|changed| changed.disposal);
        rows.map(|row| Ok(Part { lot: number_of(&row.lot)?, units: row.quantity })).collect()
    }
}

/// Of an average cost, the shares leave in the order in which they were acquired.
fn as_selected(method: LotMethod) -> LotMethod {
    if method == LotMethod::AverageCost { LotMethod::Fifo } else { method }
}

/// The number of the lot that an id names, with or without that of a part.
fn number_of(id: &str) -> Result<usize> {
    let number = id.split_once('#').map_or(id, |(number, _)| number);
    number.parse().map_err(|_| Error::new(ErrorCode::NameUnknown, format!("no lot has the id {id:?}")))
}

/// An amount as the book takes it: what nothing was paid for costs nothing.
fn money(amount: Decimal) -> Decimal {
    amount.round(COST_PLACES, Rounding::HalfEven).max(Decimal::ZERO)
}

/// The book is ours, so its paths say nothing to the caller.
fn refused(error: Error) -> Error {
    Error::new(error.code(), error.message())
}
