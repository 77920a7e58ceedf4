//! The elements of a file, in the order in which they begin.

use std::borrow::Cow;

use wherewithal_base::{
    Error, ErrorCode, Result,
    control::{Control, Work},
};

use crate::DecimalMark;

/// The most elements of a file.
const MOST_ELEMENTS: usize = 1_000_000;
/// The most elements within each other.
const MOST_LEVELS: usize = 64;

/// An element.
struct Element<'a> {
    name: Cow<'a, str>,
    value: Cow<'a, str>,
    line: u32,
    /// The place after its last descendant.
    end: usize,
}

/// The elements of a file.
pub(super) struct Document<'a> {
    elements: Vec<Element<'a>>,
    /// The decimal mark of all its amounts.
    pub(super) mark: DecimalMark,
}

/// What builds a document from tags.
pub(super) struct Building<'a, 'c, 'o> {
    elements: Vec<Element<'a>>,
    /// The places of the elements that are not closed.
    open: Vec<usize>,
    work: Work<'c, 'o>,
}

impl<'a, 'c, 'o> Building<'a, 'c, 'o> {
    pub(super) fn under(control: &'c Control<'o>) -> Self {
        Self { elements: Vec::new(), open: Vec::new(), work: Work::under(control) }
    }

    /// An element begins.
    ///
    /// # Errors
    /// `input.too_large`, `operation.cancelled`.
    pub(super) fn open(&mut self, name: Cow<'a, str>, line: u32) -> Result<()> {
        self.work.done(4)?;
        let place = self.elements.len();
        if place == MOST_ELEMENTS || self.open.len() == MOST_LEVELS {
            let message = format!(
                "line {line}: the file has more than {MOST_ELEMENTS} elements, or more than {MOST_LEVELS} within each other"
            );
            return Err(Error::new(ErrorCode::InputTooLarge, message));
        }
        self.elements.push(Element { name, value: Cow::Borrowed(""), line, end: place + 1 });
        self.open.push(place);
        Ok(())
    }

    /// The text of the element that was opened last.
    pub(super) fn value(&mut self, value: Cow<'a, str>) {
        if let Some(element) = self.open.last().and_then(|place| self.elements.get_mut(*place)) {
            if element.value.is_empty() {
                element.value = value;
            } else {
                element.value.to_mut().push_str(&value);
            }
        }
    }

    /// The element that was opened last ends.
    pub(super) fn close(&mut self) {
        let end = self.elements.len();
        if let Some(element) = self.open.pop().and_then(|place| self.elements.get_mut(place)) {
            element.end = end;
        }
    }

    /// An element of a name ends. In SGML, those within it that were never closed were values without a text, and what
    /// follows them stands beside them.
    ///
    /// # Errors
    /// `markup.malformed` if no element of the name is open.
    pub(super) fn close_named(&mut self, name: &str, line: u32) -> Result<()> {
        let names = |place: &usize| self.elements.get(*place).is_some_and(|element| element.name == name);
        let Some(depth) = self.open.iter().rposition(names) else {
            let shown: String = name.chars().take(40).collect();
            return Err(malformed(line, &format!("</{shown}> closes nothing")));
        };
        self.open.truncate(depth + 1);
        self.close();
        Ok(())
    }

    /// The document, whose elements are all closed.
    ///
    /// # Errors
    /// `markup.malformed`, `file.unrecognized`.
    pub(super) fn finish(self) -> Result<Document<'a>> {
        if let Some(element) = self.open.first().and_then(|place| self.elements.get(*place)) {
            return Err(malformed(
                element.line,
                &format!("<{}> is never closed: the file is incomplete", element.name),
            ));
        }
        match self.elements.first() {
            Some(root) if root.name == "OFX" => {
                Ok(Document { elements: self.elements, mark: DecimalMark::Point })
            }
            _ => Err(Error::new(ErrorCode::FileUnrecognized, "the file has no element `OFX`")),
        }
    }
}

/// The refusal of a file whose tags are wrong.
pub(super) fn malformed(line: u32, what: &str) -> Error {
    Error::new(ErrorCode::MarkupMalformed, format!("line {line}: {what}"))
}

/// An element of a document.
#[derive(Clone, Copy)]
pub(super) struct Node<'d, 'a> {
    document: &'d Document<'a>,
    place: usize,
}

impl<'a> Document<'a> {
    /// All elements, in the order in which they begin.
    pub(super) fn nodes(&self) -> impl Iterator<Item = Node<'_, 'a>> {
        (0..self.elements.len()).map(|place| Node { document: self, place })
    }
}

#[expect(clippy::indexing_slicing, reason = "a node is made with the place of an element")]
impl<'d, 'a> Node<'d, 'a> {
    fn element(&self) -> &'d Element<'a> {
        &self.document.elements[self.place]
    }

    pub(super) fn name(&self) -> &'d str {
        &self.element().name
    }

    pub(super) fn line(&self) -> u32 {
        self.element().line
    }

    /// The text, without spaces around it.
    pub(super) fn value(&self) -> &'d str {
        self.element().value.trim()
    }

    /// The decimal mark of the file.
    pub(super) fn mark(&self) -> DecimalMark {
        self.document.mark
    }

    /// The elements within it at any depth, and itself.
    pub(super) fn all(&self) -> impl Iterator<Item = Node<'d, 'a>> + use<'d, 'a> {
        let document = self.document;
        (self.place..self.element().end).map(move |place| Node { document, place })
    }

    /// The elements directly within it.
    pub(super) fn children(&self) -> impl Iterator<Item = Node<'d, 'a>> + use<'d, 'a> {
        let (document, end) = (self.document, self.element().end);
        let mut next = self.place + 1;
        std::iter::from_fn(move || {
            let node = (next < end).then_some(Node { document, place: next })?;
            next = node.element().end;
            Some(node)
        })
    }

    /// The first element directly within it of a name.
    pub(super) fn child(&self, name: &str) -> Option<Node<'d, 'a>> {
        self.children().find(|node| node.name() == name)
    }

    /// The text of the first element directly within it of a name; empty if there is none.
    pub(super) fn child_text(&self, name: &str) -> &'d str {
        self.child(name).map_or("", |node| node.value())
    }

    /// The first element at any depth within it of a name.
    pub(super) fn find(&self, name: &str) -> Option<Node<'d, 'a>> {
        let document = self.document;
        let places = self.place + 1..self.element().end;
        places.map(|place| Node { document, place }).find(|node| node.name() == name)
    }

    /// The text of the first element of a name within it; empty if there is none.
    pub(super) fn text(&self, name: &str) -> &'d str {
        self.find(name).map_or("", |node| node.value())
    }

    /// The same, if it has a text.
    pub(super) fn given(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }
}
