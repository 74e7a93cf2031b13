//! Find and replace across trees: every hit is shown with what becomes of it, and only those that are ticked are replaced.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use askama_web::WebTemplate;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::save::refusal;
use super::{Editor, by};
use crate::shelf::Saved;
use crate::tree::check;
use crate::tree::model::Tree;
use crate::tree::replace::{Hit, Piece, Request, Search};
use crate::web::{Failure, FieldErrors, Fields, Form, Nav, Page, Viewer, urls};

/// The most hits that are shown at once.
const MOST_HITS: usize = 2_000;

/// The page of this part.
pub fn router() -> Router<Editor> {
    Router::new().route(urls::EDITOR_REPLACE, get(show).post(act))
}

/// Find and replace.
#[derive(Template, WebTemplate)]
#[template(path = "editor/replace.html")]
pub struct ReplacePage {
    page: Page,
    errors: FieldErrors,
    request: Request,
    /// What was found; `None` before anything was looked for.
    found: Option<Vec<Found>>,
    /// Whether there are more hits than are shown.
    is_cut: bool,
    /// What became of the trees in which something was ticked.
    done: Vec<Done>,
    action: String,
    back: String,
}

/// What was found in one tree.
struct Found {
    slug: String,
    title: String,
    revision: i64,
    href: String,
    hits: Vec<Hit>,
}

/// What became of a tree.
struct Done {
    title: String,
    href: String,
    is_stored: bool,
    text: String,
}

impl ReplacePage {
    /// How many texts have a hit, and in how many guides.
    fn heading(&self) -> String {
        let found = self.found.as_deref().unwrap_or_default();
        let texts: usize = found.iter().map(|tree| tree.hits.len()).sum();
        match (texts, found.len()) {
            (0, _) => "Nothing was found".to_owned(),
            (1, _) => "Found in one text".to_owned(),
            (texts, 1) => format!("Found in {texts} texts of one guide"),
            (texts, guides) => format!("Found in {texts} texts of {guides} guides"),
        }
    }
}

/// Shows the form.
pub async fn show(State(editor): State<Editor>, viewer: Viewer) -> ReplacePage {
    page(&editor, &viewer, Request::default())
}

fn page(editor: &Editor, viewer: &Viewer, request: Request) -> ReplacePage {
    let urls = editor.site.urls();
    ReplacePage {
        page: editor.site.page("Find and replace").at(Nav::Editor).seen_by(viewer).hidden(),
        errors: FieldErrors::default(),
        request,
        found: None,
        is_cut: false,
        done: Vec::new(),
        action: urls.editor_replace(),
        back: urls.editor(),
    }
}

/// Finds, or replaces what is ticked.
pub async fn act(State(editor): State<Editor>, viewer: Viewer, Form(fields): Form) -> Result<Response, Failure> {
    let text = |name| Ok::<_, Failure>(fields.get(name)?.unwrap_or_default().replace("\r\n", "\n"));
    let is_ticked = |name| Ok::<_, Failure>(fields.get(name)?.is_some());
    let request = Request {
        find: text("find")?,
        replacement: text("replacement")?,
        match_case: is_ticked("match_case")?,
        whole_words: is_ticked("whole_words")?,
        conditions: is_ticked("conditions")?,
    };
    let mut page = page(&editor, &viewer, request.clone());
    let search = match Search::new(request) {
        Ok(search) => search,
        Err(error) => {
            let field = if matches!(error, crate::tree::replace::RequestError::ReplacementTooLong) { "replacement" } else { "find" };
            page.errors.add(field, error.to_string());
            let page = ReplacePage { page: page.page.clone().with_error(), ..page };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if fields.get("do")? == Some("replace") {
        page.done = replace(&editor, &viewer, &search, &fields).await.map_err(|failure| failure.keeping(&fields))?;
        if page.done.is_empty() {
            page.errors.add("hits", "Tick the texts in which to replace.");
        }
    }
    (page.found, page.is_cut) = find(&editor, &search).await.map(|(found, is_cut)| (Some(found), is_cut))?;
    Ok(page.into_response())
}

/// What there is in every tree, and whether it is more than is shown.
async fn find(editor: &Editor, search: &Search) -> Result<(Vec<Found>, bool), Failure> {
    let urls = editor.site.urls();
    let mut found = Vec::new();
    let mut room = MOST_HITS;
    for row in editor.shelf.trees_overview().await.map_err(refusal)? {
        let draft = editor.shelf.open_draft(&row.slug).await.map_err(refusal)?;
        let mut hits = search.hits(&draft.tree);
        if hits.is_empty() {
            continue;
        }
        let is_cut = hits.len() > room;
        hits.truncate(room);
        room -= hits.len();
        found.push(Found { title: draft.tree.title.clone(), revision: draft.revision, href: urls.editor_tree(&row.slug), slug: row.slug, hits });
        if is_cut {
            return Ok((found, true));
        }
    }
    Ok((found, false))
}

/// Replaces what is ticked, one edit for each tree. What cannot be replaced in one tree keeps none of the others from being stored.
async fn replace(editor: &Editor, viewer: &Viewer, search: &Search, fields: &Fields) -> Result<Vec<Done>, Failure> {
    let revisions: BTreeMap<&str, i64> =
        fields.all("tree").filter_map(|sent| sent.split_once(' ').and_then(|(slug, number)| Some((slug, number.parse().ok()?)))).collect();
    let mut chosen: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (slug, place) in fields.all("hit").filter_map(|sent| sent.split_once(' ')) {
        chosen.entry(slug).or_default().insert(place.to_owned());
    }
    let mut done = Vec::new();
    for (slug, places) in chosen {
        let Some(&revision) = revisions.get(slug) else { continue };
        let tree = editor.shelf.draft_at(slug, revision).await.map_err(refusal)?;
        let (is_stored, text) = replace_in(editor, viewer, search, (slug, revision, &tree), &places).await?;
        done.push(Done { title: tree.title.clone(), href: editor.site.urls().editor_tree(slug), is_stored, text });
    }
    Ok(done)
}

/// Replaces in one tree; answers whether it is stored, and what happened.
async fn replace_in(
    editor: &Editor,
    viewer: &Viewer,
    search: &Search,
    (slug, revision, tree): (&str, i64, &Tree),
    places: &BTreeSet<String>,
) -> Result<(bool, String), Failure> {
    let edited = match search.replace(tree, places) {
        Ok(edited) => edited,
        Err(problems) => {
            let problems = problems.into_iter().map(|(place, problem)| match place.node {
                Some(node) => format!("{node}, {}: {problem}", place.words),
                None => format!("{}: {problem}", place.words),
            });
            return Ok((false, format!("Nothing was replaced. {}", problems.collect::<Vec<_>>().join(" "))));
        }
    };
    let ladders = editor.shelf.ladders().await.map_err(Failure::unavailable)?;
    let before = check::unfit(tree, &ladders);
    let wrong: Vec<String> = check::unfit(&edited, &ladders).into_iter().filter(|finding| !before.contains(finding)).map(|finding| finding.message).collect();
    if !wrong.is_empty() {
        return Ok((false, format!("Nothing was replaced. {}", wrong.join(" "))));
    }
    let count = if places.len() == 1 { "one text".to_owned() } else { format!("{} texts", places.len()) };
    Ok(match editor.shelf.save(slug, revision, edited, &by(viewer)).await.map_err(refusal)? {
        Saved::Stored(_) => (true, format!("Replaced in {count}.")),
        Saved::Unchanged(_) => (true, "There was nothing to replace.".to_owned()),
        Saved::Conflict { .. } => (false, "Nothing was replaced: somebody else changed the same texts meanwhile. Below is what is found now.".to_owned()),
    })
}
