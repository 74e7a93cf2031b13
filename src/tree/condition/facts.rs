//! What conditions are decided over.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::ast::Scale;
use crate::tree::fact::{FactKey, Held, Sheet, Value};
use crate::tree::ladder::{Ladder, Ladders, WINDOWS};
use crate::tree::message::Message;

/// The facts that hold, as the conditions of one tree see them.
///
/// Messages are normalised when the first condition asks for them, and kept for the others.
pub struct Facts<'a> {
    slug: &'a str,
    sheet: &'a Sheet,
    product: Option<&'a Ladder>,
    windows: Option<&'a Ladder>,
    /// One entry for each text of a fact; an event without a text has none.
    prepared: RefCell<HashMap<FactKey, Prepared>>,
}

/// The texts of one fact; an event record without a text has `None`.
type Prepared = Rc<[Option<Message>]>;

impl<'a> Facts<'a> {
    /// What `sheet` says, for the conditions of the tree `slug`, whose levels stand on the ladder with the key `ladder`.
    #[must_use]
    pub fn new(slug: &'a str, sheet: &'a Sheet, ladders: &'a Ladders, ladder: &'a str) -> Self {
        Self { slug, sheet, product: ladders.get(ladder).map(AsRef::as_ref), windows: ladders.get(WINDOWS).map(AsRef::as_ref), prepared: RefCell::default() }
    }

    /// The tree's slug.
    pub(super) fn slug(&self) -> &'a str {
        self.slug
    }

    /// The key of the fact that the tree writes as `name`.
    pub(super) fn key(&self, name: &str) -> FactKey {
        FactKey::within(self.slug, name)
    }

    /// What holds for `name`; `None` if nobody stated anything.
    pub(super) fn held(&self, name: &str) -> Option<&'a Held> {
        self.sheet.get(&self.key(name))
    }

    /// The value of `name`; `None` if it is unknown.
    pub(super) fn value(&self, name: &str) -> Option<&'a Value> {
        self.held(name)?.value.as_ref()
    }

    /// The ladder that a scale is measured on.
    pub(super) fn ladder(&self, scale: &Scale) -> Option<&'a Ladder> {
        match scale {
            Scale::Os => self.windows,
            Scale::Level | Scale::Component(_) => self.product,
        }
    }

    /// The ladder of the tree's product.
    pub(super) fn product(&self) -> Option<&'a Ladder> {
        self.product
    }

    /// The prepared texts of `name`; `None` if it is unknown or holds no texts.
    pub(super) fn texts(&self, name: &str) -> Option<Prepared> {
        let key = self.key(name);
        if let Some(prepared) = self.prepared.borrow().get(&key) {
            return Some(Rc::clone(prepared));
        }
        let prepared: Prepared = match self.value(name)? {
            Value::Messages(messages) => messages.iter().map(|message| Some(Message::new(message))).collect(),
            Value::Text(text) => Rc::new([Some(Message::new(text))]),
            Value::Events(events) => events.iter().map(|event| event.text.as_deref().map(Message::new)).collect(),
            _ => return None,
        };
        self.prepared.borrow_mut().insert(key, Rc::clone(&prepared));
        Some(prepared)
    }
}
