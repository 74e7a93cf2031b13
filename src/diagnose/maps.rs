//! The whole guide as a map, by itself or with the path of a diagnosis.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::rail::walked;
use super::{Desk, access, guide, share};
use crate::map::{self, LaneMap, LaneOptions, LayeredMap, PathWord, Shape};
use crate::tree::closure::{Closure, NodeRef};
use crate::tree::fact::Sheet;
use crate::tree::walk::{self, Tried, Walk};
use crate::visit::Visit;
use crate::web::{Failure, Nav, Page, Path, Visitor};

/// Rows of the narrow map on this page, where there is room for every node of most trees.
const LANE_ROWS: usize = 80;

/// The page of a map.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/map.html")]
pub struct MapPage {
    page: Page,
    guide: String,
    map: LayeredMap,
    /// The same in one narrow column, for phones.
    lane: LaneMap,
    /// The drawing in words.
    in_words: String,
    /// The path in words; empty for the guide by itself.
    path: Vec<PathWord>,
    back: (String, &'static str),
}

/// The map of a guide.
pub async fn guide(State(desk): State<Desk>, Path(slug): Path<String>) -> Result<Response, Failure> {
    let Some(version) = desk.visits.shelf.current(&slug) else { return guide::moved(&desk, &slug) };
    let page = desk.site.page(format!("Map: {}", version.closure.tree.title)).at(Nav::Guides);
    Ok(drawn(page, &version.closure, None, (desk.site.urls().guide(&slug), "Back to the guide")).into_response())
}

/// The map of a diagnosis, for its owner.
pub async fn diagnosis(State(desk): State<Desk>, visitor: Visitor, Path(id): Path<String>) -> Result<MapPage, Failure> {
    let visit = access::own(&desk, &visitor, &id).await?;
    Ok(of_visit(&desk, &visit, desk.site.urls().diagnosis(&id)))
}

/// The map of a diagnosis, for whoever has its link.
pub async fn shared(State(desk): State<Desk>, Path(token): Path<String>) -> Result<Response, Failure> {
    let (visit, link) = share::by_link(&desk, &token).await?;
    Ok((share::NO_REFERRER, of_visit(&desk, &visit, link.href)).into_response())
}

fn of_visit(desk: &Desk, visit: &Visit, back: String) -> MapPage {
    let page = desk.site.page(format!("Map: {}", visit.closure().tree.title)).hidden();
    drawn(page, visit.closure(), Some(visit), (back, "Back to the diagnosis"))
}

fn drawn(page: Page, closure: &Closure, visit: Option<&Visit>, back: (String, &'static str)) -> MapPage {
    let walk: Option<&Walk> = visit.map(|visit| &visit.walk);
    let unwalked = walk::walk(closure, &Sheet::default(), &Tried::default());
    let answers = |node: &NodeRef| visit.and_then(|visit| walked(visit).short_answer(node));
    MapPage {
        page,
        guide: closure.tree.title.clone(),
        map: map::layered(closure, walk),
        lane: map::lane(closure, walk.unwrap_or(&unwalked), &answers, LaneOptions { rows: LANE_ROWS }),
        in_words: map::whole_in_words(closure, walk, &answers),
        path: walk.map_or_else(Vec::new, |walk| map::path_words(closure, walk, &answers)),
        back,
    }
}
