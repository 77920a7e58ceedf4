//! The elements of a file, and what references between them mean.
//!
//! Only elements of known names are kept, in as little room as they need: a file of some megabytes has a million of them.

use std::borrow::Cow;

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
};

/// The most elements that are kept.
const MOST_ELEMENTS: usize = 1_500_000;
/// The most elements within each other. A chain of transfers puts each account into the transaction of the one before.
const MOST_LEVELS: usize = 2_000;
/// The most references that lead from one to the next.
const MOST_STEPS: usize = 8;

/// The elements that hold transactions, or on which a reference to one can lead. All others are skipped with what is within
/// them, such as the history of prices.
const KNOWN: &[&str] = &[
    "client",
    "version",
    "securities",
    "security",
    "accounts",
    "account",
    "portfolios",
    "portfolio",
    "referenceAccount",
    "transactions",
    "account-transaction",
    "portfolio-transaction",
    "crossEntry",
    "accountTransaction",
    "portfolioTransaction",
    "accountFrom",
    "accountTo",
    "portfolioFrom",
    "portfolioTo",
    "transactionFrom",
    "transactionTo",
    "uuid",
    "name",
    "currencyCode",
    "isin",
    "tickerSymbol",
    "date",
    "amount",
    "shares",
    "note",
    "type",
    "units",
    "unit",
];

/// The number of a known name.
fn known(name: &str) -> Option<u8> {
    KNOWN.iter().position(|known| *known == name).and_then(|place| u8::try_from(place).ok())
}

/// An element.
struct Element<'a> {
    name: u8,
    line: u32,
    /// The place of the element around it; its own for the outermost.
    parent: u32,
    value: Cow<'a, str>,
    attributes: Option<Box<Attributes>>,
}

/// The attributes that are read.
#[derive(Default)]
struct Attributes {
    reference: Option<String>,
    kind: Option<String>,
    amount: Option<String>,
}

/// The elements of a file.
pub(super) struct Tree<'a> {
    elements: Vec<Element<'a>>,
    /// Parent, name and place of each element, in this order.
    named: Vec<(u32, u8, u32)>,
    /// The ids of elements and their places, in files that refer by them.
    ids: Vec<(u32, u32)>,
}

/// The tree of a text.
///
/// # Errors
/// `markup.malformed`, `markup.forbidden`, `input.too_large`, `operation.cancelled`.
pub(super) fn parsed<'a>(text: &'a str, control: &Control) -> Result<Tree<'a>> {
    let mut tree = Tree { elements: Vec::new(), named: Vec::new(), ids: Vec::new() };
    let mut reader = Reader::from_str(text);
    let mut open: Vec<u32> = Vec::new();
    // How many elements are open within one that is skipped, itself included.
    let mut skipped = 0_usize;
    let (mut at, mut line) = (0_usize, 1_u32);
    let mut work = Work::under(control);
    loop {
        work.done(4)?;
        let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let over = text.as_bytes().get(at..start).unwrap_or_default();
        let lines = over.iter().filter(|byte| **byte == b'\n').count();
        line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        at = at.max(start);
        let event = reader.read_event().map_err(|error| malformed(line, &error.to_string()))?;
        match event {
            Event::Start(tag) => match known(tag.name().as_ref()).filter(|_| skipped == 0) {
                None => skipped += 1,
                Some(_) if open.len() == MOST_LEVELS => return Err(too_large(line)),
                Some(name) => open.push(tree.add(&tag, name, open.last().copied(), line)?),
            },
            Event::Empty(tag) => {
                if let Some(name) = known(tag.name().as_ref()).filter(|_| skipped == 0) {
                    tree.add(&tag, name, open.last().copied(), line)?;
                }
            }
            Event::End(_) if skipped > 0 => skipped -= 1,
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) if skipped == 0 => tree.text(&open, text.into_inner()),
            Event::CData(text) if skipped == 0 => tree.text(&open, text.into_inner()),
            Event::GeneralRef(entity) => {
                let resolved = match entity.resolve_char_ref() {
                    Ok(Some(character)) => Some(character),
                    Ok(None) => predefined(entity.as_ref()),
                    Err(error) => return Err(malformed(line, &error.to_string())),
                };
                let Some(character) = resolved else {
                    return Err(forbidden(line, "an entity that XML does not define"));
                };
                if skipped == 0 {
                    tree.text(&open, Cow::Owned(character.to_string()));
                }
            }
            Event::DocType(_) => return Err(forbidden(line, "a document type")),
            Event::Text(_) | Event::CData(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    if !open.is_empty() || skipped > 0 {
        return Err(malformed(line, "an element is never closed: the file is incomplete"));
    }
    tree.named.sort_unstable();
    tree.ids.sort_unstable();
    Ok(tree)
}

fn malformed(line: u32, what: &str) -> Error {
    Error::new(ErrorCode::MarkupMalformed, format!("line {line}: {what}"))
}

fn forbidden(line: u32, what: &str) -> Error {
    Error::new(ErrorCode::MarkupForbidden, format!("line {line}: {what} is not read"))
}

fn too_large(line: u32) -> Error {
    let message = format!(
        "line {line}: the file has more than {MOST_ELEMENTS} elements, or more than {MOST_LEVELS} within each other"
    );
    Error::new(ErrorCode::InputTooLarge, message)
}

fn predefined(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

impl Tree<'_> {
    fn add(&mut self, tag: &BytesStart<'_>, name: u8, parent: Option<u32>, line: u32) -> Result<u32> {
        let place = match u32::try_from(self.elements.len()) {
            Ok(place) if self.elements.len() < MOST_ELEMENTS => place,
            _ => return Err(too_large(line)),
        };
        let mut attributes = Attributes::default();
        let mut has_one = false;
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| malformed(line, &error.to_string()))?;
            let value = attribute.value.as_ref();
            let slot = match attribute.key.as_ref() {
                "reference" => &mut attributes.reference,
                "type" => &mut attributes.kind,
                "amount" => &mut attributes.amount,
                "id" => {
                    self.ids.extend(value.parse().ok().map(|id| (id, place)));
                    continue;
                }
                _ => continue,
            };
            *slot = Some(value.to_owned());
            has_one = true;
        }
        if let Some(parent) = parent {
            self.named.push((parent, name, place));
        }
        self.elements.push(Element {
            name,
            line,
            parent: parent.unwrap_or(place),
            value: Cow::Borrowed(""),
            attributes: has_one.then(|| Box::new(attributes)),
        });
        Ok(place)
    }
}

impl<'a> Tree<'a> {
    fn text(&mut self, open: &[u32], text: Cow<'a, str>) {
        let place = open.last().and_then(|place| usize::try_from(*place).ok());
        let Some(element) = place.and_then(|place| self.elements.get_mut(place)) else { return };
        // Between elements stand only spaces, which are no value.
        if element.value.is_empty() && text.trim().is_empty() {
            return;
        }
        if element.value.is_empty() {
            element.value = text;
        } else {
            element.value.to_mut().push_str(&text);
        }
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Option<Node<'_, 'a>> {
        (!self.elements.is_empty()).then_some(Node { tree: self, place: 0 })
    }

    /// The elements of a name directly within another.
    fn named(&self, parent: u32, name: u8) -> &[(u32, u8, u32)] {
        let start = self.named.partition_point(|(of, called, _)| (*of, *called) < (parent, name));
        let rest = self.named.get(start..).unwrap_or_default();
        let count = rest.partition_point(|(of, called, _)| (*of, *called) == (parent, name));
        rest.get(..count).unwrap_or_default()
    }

    /// What a path from an element means: up by `..`, then down by names, with a number where a name is there several times.
    fn followed(&self, from: u32, path: &str) -> Option<u32> {
        if let Ok(id) = path.parse::<u32>() {
            let place = self.ids.binary_search_by_key(&id, |(id, _)| *id).ok()?;
            return self.ids.get(place).map(|(_, place)| *place);
        }
        let mut place = from;
        for step in path.split('/') {
            place = if step == ".." {
                let parent = self.elements.get(usize::try_from(place).ok()?)?.parent;
                (parent != place).then_some(parent)?
            } else {
                let (name, number) = match step.strip_suffix(']').and_then(|step| step.split_once('[')) {
                    Some((name, number)) => (name, number.parse::<usize>().ok()?),
                    None => (step, 1),
                };
                self.named(place, known(name)?).get(number.checked_sub(1)?)?.2
            };
        }
        Some(place)
    }
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(super) struct Node<'t, 'a> {
    tree: &'t Tree<'a>,
    /// Its place, by which objects are distinguished.
    pub(super) place: u32,
}

#[expect(clippy::indexing_slicing, reason = "a node is made with the place of an element")]
impl<'t, 'a> Node<'t, 'a> {
    fn element(&self) -> &'t Element<'a> {
        &self.tree.elements[self.place as usize]
    }

    pub(super) fn name(&self) -> &'static str {
        KNOWN[usize::from(self.element().name)]
    }

    pub(super) fn line(&self) -> u32 {
        self.element().line
    }

    /// The attribute `type`.
    pub(super) fn kind(&self) -> Option<&'t str> {
        self.element().attributes.as_ref()?.kind.as_deref()
    }

    /// The attribute `amount`.
    pub(super) fn amount(&self) -> Option<&'t str> {
        self.element().attributes.as_ref()?.amount.as_deref()
    }

    /// The object that it is or refers to.
    ///
    /// # Errors
    /// `markup.malformed` if it refers to nothing.
    pub(super) fn object(self) -> Result<Self> {
        let mut node = self;
        for _ in 0..MOST_STEPS {
            let attributes = node.element().attributes.as_ref();
            let Some(path) = attributes.and_then(|attributes| attributes.reference.as_deref()) else {
                return Ok(node);
            };
            let Some(place) = self.tree.followed(node.place, path) else { break };
            node = Self { tree: self.tree, place };
        }
        Err(malformed(self.line(), "a reference leads to nothing"))
    }

    /// The elements of a name directly within it.
    pub(super) fn children(&self, name: &str) -> impl Iterator<Item = Self> + use<'t, 'a> {
        let (tree, own) = (self.tree, self.place);
        let named = known(name).map_or(&[][..], |name| tree.named(own, name));
        named.iter().map(move |(_, _, place)| Node { tree, place: *place })
    }

    /// The object that an element of a name within it is or refers to.
    ///
    /// # Errors
    /// `markup.malformed`.
    pub(super) fn part(&self, name: &str) -> Result<Option<Self>> {
        self.children(name).next().map(Self::object).transpose()
    }

    /// The text of an element of a name within it; empty if there is none.
    ///
    /// # Errors
    /// `markup.malformed`.
    pub(super) fn text(&self, name: &str) -> Result<&'t str> {
        Ok(self.part(name)?.map_or("", |node| node.element().value.trim()))
    }
}
