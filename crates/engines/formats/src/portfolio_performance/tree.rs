//! The elements of a file, and what references between them mean.

use std::{borrow::Cow, collections::BTreeMap};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
};

/// The most elements that are kept.
const MOST_ELEMENTS: usize = 2_000_000;
/// The most elements within each other. A chain of transfers puts each account into the transaction of the one before.
const MOST_LEVELS: usize = 2_000;
/// The most references that lead from one to the next.
const MOST_STEPS: usize = 8;

/// Elements that hold no transaction and to which none refers, such as the history of prices.
const SKIPPED: &[&str] = &[
    "prices",
    "latest",
    "attributes",
    "events",
    "watchlists",
    "plans",
    "taxonomies",
    "dashboards",
    "properties",
    "settings",
    "consumerPriceIndeces",
    "savedFilters",
];

/// An element.
struct Element<'a> {
    name: Cow<'a, str>,
    value: Cow<'a, str>,
    parent: Option<usize>,
    line: u32,
    attributes: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    children: Vec<usize>,
}

/// The elements of a file.
pub(super) struct Tree<'a> {
    elements: Vec<Element<'a>>,
    /// The element of a parent, a name and a number among its equals, counted from 1.
    named: BTreeMap<(usize, Cow<'a, str>), Vec<usize>>,
    /// The elements that have an id, in files that refer by it.
    ids: BTreeMap<Cow<'a, str>, usize>,
}

/// The tree of a text.
///
/// # Errors
/// `markup.malformed`, `markup.forbidden`, `input.too_large`, `operation.cancelled`.
pub(super) fn parsed<'a>(text: &'a str, control: &Control) -> Result<Tree<'a>> {
    let mut tree = Tree { elements: Vec::new(), named: BTreeMap::new(), ids: BTreeMap::new() };
    let mut reader = Reader::from_str(text);
    let mut open: Vec<usize> = Vec::new();
    // How many elements are open within one that is skipped, itself included.
    let mut skipped = 0_usize;
    let (mut at, mut line) = (0_usize, 1_u32);
    let mut work = Work::under(control);
    loop {
        work.done(4)?;
        let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let over = text.as_bytes().get(at..start).unwrap_or_default();
        line = line.saturating_add(
            u32::try_from(over.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX),
        );
        at = at.max(start);
        let event = reader.read_event().map_err(|error| malformed(line, &error.to_string()))?;
        match event {
            Event::Start(tag) => {
                if skipped > 0 || SKIPPED.contains(&tag.name().as_ref()) {
                    skipped += 1;
                    continue;
                }
                if open.len() == MOST_LEVELS {
                    return Err(too_large(line));
                }
                let place = tree.add(&tag, open.last().copied(), line)?;
                open.push(place);
            }
            Event::Empty(tag) => {
                if skipped == 0 && !SKIPPED.contains(&tag.name().as_ref()) {
                    tree.add(&tag, open.last().copied(), line)?;
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

impl<'a> Tree<'a> {
    fn add(&mut self, tag: &BytesStart<'_>, parent: Option<usize>, line: u32) -> Result<usize> {
        let place = self.elements.len();
        if place == MOST_ELEMENTS {
            return Err(too_large(line));
        }
        let name: Cow<'a, str> = Cow::Owned(tag.name().as_ref().to_owned());
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| malformed(line, &error.to_string()))?;
            let key: Cow<'a, str> = Cow::Owned(attribute.key.as_ref().to_owned());
            let value: Cow<'a, str> = Cow::Owned(attribute.value.to_string());
            if key == "id" {
                self.ids.insert(value.clone(), place);
            }
            attributes.push((key, value));
        }
        if let Some(parent) = parent {
            self.named.entry((parent, name.clone())).or_default().push(place);
            if let Some(element) = self.elements.get_mut(parent) {
                element.children.push(place);
            }
        }
        let value = Cow::Borrowed("");
        self.elements.push(Element { name, value, parent, line, attributes, children: Vec::new() });
        Ok(place)
    }

    fn text(&mut self, open: &[usize], text: Cow<'_, str>) {
        let Some(element) = open.last().and_then(|place| self.elements.get_mut(*place)) else { return };
        // Between elements stand only spaces, which are no value.
        if element.value.is_empty() && text.trim().is_empty() {
            return;
        }
        element.value.to_mut().push_str(&text);
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Option<Node<'_, 'a>> {
        (!self.elements.is_empty()).then_some(Node { tree: self, place: 0 })
    }

    /// What a path from an element means: up by `..`, then down by names, with a number where a name is there several times.
    fn followed(&self, from: usize, path: &str) -> Option<usize> {
        if path.bytes().all(|byte| byte.is_ascii_digit()) {
            return self.ids.get(path).copied();
        }
        let mut place = from;
        for step in path.split('/') {
            place = match step {
                ".." => self.elements.get(place)?.parent?,
                step => {
                    let (name, number) = match step.strip_suffix(']').and_then(|step| step.split_once('[')) {
                        Some((name, number)) => (name, number.parse::<usize>().ok()?),
                        None => (step, 1),
                    };
                    let equals = self.named.get(&(place, Cow::Borrowed(name)))?;
                    *equals.get(number.checked_sub(1)?)?
                }
            };
        }
        Some(place)
    }
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(super) struct Node<'t, 'a> {
    tree: &'t Tree<'a>,
    /// Its place, by which objects are told apart.
    pub(super) place: usize,
}

#[expect(clippy::indexing_slicing, reason = "a node is made with the place of an element")]
impl<'t, 'a> Node<'t, 'a> {
    fn element(&self) -> &'t Element<'a> {
        &self.tree.elements[self.place]
    }

    pub(super) fn name(&self) -> &'t str {
        &self.element().name
    }

    pub(super) fn line(&self) -> u32 {
        self.element().line
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&'t str> {
        self.element().attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_ref())
    }

    /// The object that it is or refers to.
    ///
    /// # Errors
    /// `markup.malformed` if it refers to nothing.
    pub(super) fn object(self) -> Result<Self> {
        let mut node = self;
        for _ in 0..MOST_STEPS {
            let Some(path) = node.attribute("reference") else { return Ok(node) };
            let Some(place) = self.tree.followed(node.place, path) else { break };
            node = Self { tree: self.tree, place };
        }
        Err(malformed(self.line(), "a reference leads to nothing"))
    }

    pub(super) fn children(&self) -> impl Iterator<Item = Self> + use<'t, 'a> {
        let tree = self.tree;
        self.element().children.iter().map(move |place| Node { tree, place: *place })
    }

    /// The first element directly within it of a name.
    pub(super) fn child(&self, name: &str) -> Option<Self> {
        let places = self.tree.named.get(&(self.place, Cow::Borrowed(name)))?;
        places.first().map(|place| Node { tree: self.tree, place: *place })
    }

    /// The object that an element of a name within it is or refers to.
    ///
    /// # Errors
    /// `markup.malformed`.
    pub(super) fn part(&self, name: &str) -> Result<Option<Self>> {
        self.child(name).map(Self::object).transpose()
    }

    /// The text of an element of a name within it; empty if there is none.
    ///
    /// # Errors
    /// `markup.malformed`.
    pub(super) fn text(&self, name: &str) -> Result<&'t str> {
        Ok(self.part(name)?.map_or("", |node| node.element().value.trim()))
    }
}
