//! The start page: paste what you see, or choose a guide.

use std::time::Instant;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::{Desk, opened};
use crate::search::{Evidence, Match};
use crate::shelf::{Catalog, Guide};
use crate::tree::answer::{MAX_CELL, MAX_TEXT};
use crate::tree::fact::Event;
use crate::tree::model::{NodeKind, Tree, Verdict};
use crate::web::{ClientAddress, Failure, FieldErrors, Fields, Form, Nav, Page, Query, Urls, time};

/// The start page, or what was found for a paste.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/home.html")]
pub struct HomePage {
    page: Page,
    pasted: Pasted,
    errors: FieldErrors,
    /// What was found; `None` before anything was looked for.
    found: Option<Vec<FoundGuide>>,
    products: Vec<Product>,
    guides: Vec<GuideLine>,
}

impl HomePage {
    /// Whether a guide was found: then the page's first button starts it, instead of looking again.
    fn has_results(&self) -> bool {
        self.found.as_ref().is_some_and(|found| !found.is_empty())
    }
}

/// What was typed into the box.
#[derive(Debug, Clone, Default)]
pub struct Pasted {
    /// The text.
    pub evidence: String,
    /// The event's number, as typed.
    pub event_id: String,
    /// The event's source.
    pub event_source: String,
}

/// What to look for, once it is checked.
pub struct Wanted {
    /// The pasted text.
    pub text: String,
    /// The event's number.
    pub event_id: Option<u32>,
    /// The event's source.
    pub event_source: Option<String>,
}

/// A guide that matches the paste.
pub struct FoundGuide {
    title: String,
    because: String,
    action: String,
}

/// A product to filter by.
pub struct Product {
    name: String,
    count: usize,
    href: String,
    on: bool,
}

/// A guide of the list.
pub struct GuideLine {
    title: String,
    href: String,
    symptoms: String,
    applies_to: String,
    fixes: usize,
    reviewed: Option<String>,
    due: bool,
}

impl Pasted {
    /// What a form sent.
    pub fn sent(fields: &Fields) -> Result<Self, Failure> {
        let field = |name: &str| Ok::<_, Failure>(fields.get(name)?.unwrap_or_default().replace("\r\n", "\n"));
        Ok(Self { evidence: field("evidence")?, event_id: field("event-id")?, event_source: field("event-source")? })
    }

    /// The event's number.
    pub fn event_number(&self) -> Result<Option<u32>, FieldErrors> {
        let digits = self.event_id.trim();
        if digits.is_empty() {
            return Ok(None);
        }
        let mut errors = FieldErrors::default();
        digits.parse().map(Some).map_err(|_| {
            errors.add("event-id", "Enter the event's number in digits, such as 2037.");
            errors
        })
    }

    /// What to look for, or what must change first.
    pub fn wanted(&self) -> Result<Wanted, FieldErrors> {
        let mut errors = FieldErrors::default();
        let event_id = self.event_number()?;
        let source = self.event_source.trim();
        if self.evidence.len() > MAX_TEXT {
            errors.add(
                "evidence",
                format!("The text has {} KiB; {} KiB is the limit. Keep the part that shows the error.", self.evidence.len().div_ceil(1024), MAX_TEXT / 1024),
            );
        }
        if source.chars().count() > MAX_CELL {
            errors.add("event-source", format!("The source has more than {MAX_CELL} characters. Give the name of the program that logged the event."));
        }
        if self.evidence.trim().is_empty() && event_id.is_none() && source.is_empty() {
            errors.add("evidence", "Paste the text of the message or event, or choose a guide below.");
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Wanted { text: self.evidence.clone(), event_id, event_source: Some(source.to_owned()).filter(|source| !source.is_empty()) })
    }
}

impl Wanted {
    fn evidence(self) -> Evidence {
        let events = (self.event_id.is_some() || self.event_source.is_some()).then_some(Event { id: self.event_id, source: self.event_source, text: None });
        Evidence { text: self.text, events: events.into_iter().collect(), ..Evidence::default() }
    }
}

/// The start page.
pub async fn show(State(desk): State<Desk>, Query(query): Query) -> Result<HomePage, Failure> {
    Ok(page(&desk, Pasted::default(), FieldErrors::default(), None, query.get("product")?))
}

/// Looks for guides that match what was pasted. Nothing is stored.
pub async fn find(State(desk): State<Desk>, address: ClientAddress, Form(fields): Form) -> Result<Response, Failure> {
    desk.finds.take(address, Instant::now())?;
    let pasted = Pasted::sent(&fields)?;
    match pasted.wanted() {
        Ok(wanted) => {
            let index = desk.finder.index(&desk.visits.shelf.catalog());
            let found = index.find(&wanted.evidence());
            Ok(page(&desk, pasted, FieldErrors::default(), Some(found.matches), None).into_response())
        }
        Err(errors) => Ok((opened::UNPROCESSABLE, page(&desk, pasted, errors, None, None)).into_response()),
    }
}

fn page(desk: &Desk, pasted: Pasted, errors: FieldErrors, found: Option<Vec<Match>>, product: Option<&str>) -> HomePage {
    let catalogue = desk.visits.shelf.catalog();
    let urls = desk.site.urls();
    let today = time::iso_day(desk.clock.now_ms());
    let mut page = desk.site.page(if found.is_some() { "What we found" } else { "Guides" }).at(Nav::Guides);
    if !errors.is_empty() {
        page = page.with_error();
    }
    let all = catalogue.guides();
    let guides = all.iter().filter(|guide| product.is_none_or(|product| guide.tree.products.iter().any(|name| name == product)));
    let guides = guides.map(|guide| guide_line(guide, urls, &today)).collect();
    let found = found.map(|found| found.into_iter().filter_map(|one| found_guide(&one, &catalogue, urls)).collect());
    HomePage { page, pasted, errors, found, products: products(all.iter().map(|guide| guide.tree.as_ref()), urls, product), guides }
}

fn found_guide(found: &Match, catalogue: &Catalog, urls: &Urls) -> Option<FoundGuide> {
    let guide = catalogue.guide(&found.slug)?;
    Some(FoundGuide { title: guide.tree.title.clone(), because: found.because.join("; "), action: urls.guide(&guide.slug) })
}

fn products<'a>(trees: impl Iterator<Item = &'a Tree>, urls: &Urls, chosen: Option<&str>) -> Vec<Product> {
    let mut products: Vec<Product> = Vec::new();
    let mut all = 0;
    for tree in trees {
        all += 1;
        for name in &tree.products {
            match products.iter_mut().find(|product| product.name == *name) {
                Some(product) => product.count += 1,
                None => products.push(Product { name: name.clone(), count: 1, href: urls.home_of_product(name), on: chosen == Some(name) }),
            }
        }
    }
    products.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    products.insert(0, Product { name: "All".to_owned(), count: all, href: urls.home(), on: chosen.is_none() });
    products
}

fn guide_line(guide: &Guide, urls: &Urls, today: &str) -> GuideLine {
    let tree = &guide.tree;
    let events = tree.symptoms.events.iter().take(2).map(|event| format!("{} {}", event.source, event.id));
    let texts = tree.symptoms.texts.iter().take(1).map(|text| format!("\u{201c}{text}\u{201d}"));
    GuideLine {
        title: tree.title.clone(),
        href: urls.guide(&guide.slug),
        symptoms: events.chain(texts).collect::<Vec<_>>().join(" \u{b7} "),
        applies_to: tree.applies_to.clone(),
        fixes: fixes(tree).count(),
        reviewed: tree.reviewed.as_deref().map(time::written_day),
        due: tree.review_by.as_deref().is_some_and(|day| day < today),
    }
}

/// The titles of the outcomes that are not a hand-over.
pub fn fixes(tree: &Tree) -> impl Iterator<Item = &str> {
    tree.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Outcome(outcome) if outcome.verdict != Verdict::HandOver => Some(node.title.as_str()),
        _ => None,
    })
}
