//! The start page: paste what you see, or choose a guide.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;

use super::Desk;
use super::paste::Pasted;
use crate::shelf::Guide;
use crate::tree::model::{NodeKind, Tree, Verdict};
use crate::web::{Failure, FieldErrors, Nav, Page, Query, Urls, time};

/// The start page.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/home.html")]
pub struct HomePage {
    page: Page,
    pasted: Pasted,
    errors: FieldErrors,
    products: Vec<Product>,
    guides: Vec<GuideLine>,
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

/// The start page.
pub async fn show(State(desk): State<Desk>, Query(query): Query) -> Result<HomePage, Failure> {
    Ok(page(&desk, Pasted::default(), FieldErrors::default(), query.get("product")?))
}

/// The page with what was typed and what must change; `product` filters the guides.
pub fn page(desk: &Desk, pasted: Pasted, errors: FieldErrors, product: Option<&str>) -> HomePage {
    let catalog = desk.visits.shelf.catalog();
    let urls = desk.site.urls();
    let today = time::iso_day(desk.clock.now_ms());
    let mut page = desk.site.page("Guides").at(Nav::Guides);
    if !errors.is_empty() {
        page = page.with_error();
    }
    let all = catalog.guides();
    let guides = all.iter().filter(|guide| product.is_none_or(|product| guide.tree.products.iter().any(|name| name == product)));
    let guides = guides.map(|guide| guide_line(guide, urls, &today)).collect();
    HomePage { page, pasted, errors, products: products(all.iter().map(|guide| guide.tree.as_ref()), urls, product), guides }
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
fn fixes(tree: &Tree) -> impl Iterator<Item = &str> {
    tree.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Outcome(outcome) if outcome.verdict != Verdict::HandOver => Some(node.title.as_str()),
        _ => None,
    })
}
