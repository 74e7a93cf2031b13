//! A tree's desk: its outline, its map, what the checks say, and the form of the selected node or of the guide as a whole.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::checks::{self, Checks};
use super::feedback::Said;
use super::form::Typed;
use super::outline::{self, OutlineLine, Status};
use super::panel::{HeadForm, NodeForm, Panel, Picker};
use super::tree_map::{self, TreeMap};
use super::trial::{self, Standing};
use super::wording::passages::Text;
use super::{Bar, Editor, head, node, refusal, unfinished};
use crate::map::Shape;
use crate::shelf::Draft;
use crate::tree::closure::Closure;
use crate::tree::model::{Node, NodeKind, Tree};
use crate::web::{Failure, FieldErrors, Nav, Page, Path, Query, Viewer};

/// A tree's desk.
#[derive(Template, WebTemplate)]
#[template(path = "editor/desk.html")]
pub struct DeskPage {
    page: Page,
    bar: Bar,
    outline: Vec<OutlineLine>,
    head_status: Status,
    chart: TreeMap,
    checks: Checks,
    /// The key of the node at which the viewer's trial stands, if one is under way.
    stands: Option<String>,
    /// The key of the selected node, or empty.
    selected: String,
    /// The title of the node that was just saved.
    saved: Option<String>,
    panel: Panel,
    /// The texts of the form as visitors would read them, if that was asked for.
    texts: Vec<Text>,
    picker: Picker,
    add_href: String,
}

/// A form that comes back.
pub struct Again {
    /// The tree that the form was made from.
    pub base: Arc<Tree>,
    /// Its revision.
    pub revision: i64,
    /// The node that the form is about; none for the guide as a whole.
    pub key: Option<String>,
    /// What was typed.
    pub typed: Typed,
    /// What must change.
    pub errors: FieldErrors,
    /// What was typed as visitors would read it, if that was asked for.
    pub texts: Vec<Text>,
}

/// Shows the desk. `?node=KEY` selects a node; without it the guide as a whole is selected.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Query(query): Query) -> Result<Response, Failure> {
    let draft = editor.open_draft(&slug).await?;
    let urls = editor.site.urls();
    let key = query.get("node")?.filter(|key| !key.is_empty()).map(str::to_owned);
    if draft.slug != slug {
        let now = key.map_or_else(|| urls.editor_tree(&draft.slug), |key| urls.editor_node(&draft.slug, &key));
        return Ok(Redirect::permanent(&now).into_response());
    }
    let typed = match &key {
        None => head::fill(&draft.tree),
        Some(key) => node::fill(draft.tree.node(key).ok_or(Failure::NotFound)?),
    };
    let form = Again { base: Arc::clone(&draft.tree), revision: draft.revision, key, typed, errors: FieldErrors::default(), texts: Vec::new() };
    let saved = query.get("saved")?.and_then(|key| draft.tree.node(key)).map(|node| node.title.clone());
    Ok(DeskPage { saved, ..page(&editor, &viewer, &draft, form).await? }.into_response())
}

/// The desk with a form that comes back as it was typed.
pub async fn again(editor: &Editor, viewer: &Viewer, slug: &str, form: Again) -> Result<DeskPage, Failure> {
    let draft = editor.open_draft(slug).await?;
    page(editor, viewer, &draft, form).await
}

/// The same where something of it cannot be taken.
pub async fn refused(editor: &Editor, viewer: &Viewer, slug: &str, form: Again) -> Result<(StatusCode, DeskPage), Failure> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, again(editor, viewer, slug, form).await?))
}

async fn page(editor: &Editor, viewer: &Viewer, draft: &Draft, mut form: Again) -> Result<DeskPage, Failure> {
    let urls = editor.site.urls();
    let closure = editor.shelf.closure_of(&draft.tree).await.map_err(refusal)?;
    let report = editor.reports.soon(draft).await?;
    let findings = report.as_ref().map_or(&[][..], |report| &report.findings);
    let live = editor.shelf.current(&draft.slug);
    let statuses = outline::statuses(&draft.tree, live.as_ref().map(|live| live.closure.tree.as_ref()), findings);
    let selected = form.key.clone().unwrap_or_default();
    let trial = trial::begun(editor, viewer, draft, &closure).await?;
    let title = form.key.as_deref().and_then(|key| form.base.node(key)).map_or(draft.tree.title.as_str(), |node| &node.title);
    let mut page = editor.site.page(format!("{title}, editing")).at(Nav::Editor).seen_by(viewer).hidden();
    if !form.errors.is_empty() {
        page = page.with_error();
    }
    let said = Said::of(editor, draft, &selected).await?;
    let head_findings = findings.iter().filter(|finding| finding.node.is_none());
    let head_status = head_findings.map(|finding| if finding.is_error() { Status::Error } else { Status::Warning }).max().unwrap_or(Status::Checked);
    Ok(DeskPage {
        page,
        bar: Bar::of(urls, viewer, draft, &selected, report.as_deref().map(checks::tally)),
        outline: outline::outline(&draft.tree, form.key.as_deref(), &statuses),
        head_status,
        chart: tree_map::draw(&closure, &selected, &statuses, trial.as_ref().map(|trial| &trial.walk)),
        checks: Checks::new(urls, draft, report.as_deref()),
        stands: trial.as_ref().and_then(Standing::key_here),
        selected,
        saved: None,
        texts: std::mem::take(&mut form.texts),
        picker: Picker::new(&draft.tree, edges(&form)),
        panel: panel(editor, draft, form, &closure, said),
        add_href: urls.editor_add(&draft.slug),
    })
}

/// How many edges a form has.
fn edges(form: &Again) -> usize {
    form.typed.rows("branch").len() + 2
}

fn panel(editor: &Editor, draft: &Draft, form: Again, closure: &Closure, said: Option<Said>) -> Panel {
    let urls = editor.site.urls();
    let Again { base, revision, key, typed, errors, .. } = form;
    match key.as_deref().and_then(|key| base.node(key)) {
        Some(node) => {
            let mut panel = NodeForm::new(urls, draft, node, revision, typed, errors);
            panel.said = said;
            panel.next = unfinished::next(&draft.tree, &closure.ladders, &node.key).map(|next| next.title.clone());
            if matches!(node, Node { kind: NodeKind::Jump(_), .. }) {
                let guides = editor.shelf.catalog();
                panel.trees = guides.guides().iter().map(|guide| (guide.slug.clone(), guide.tree.title.clone())).collect();
            }
            Panel::Node(panel)
        }
        None => Panel::Head(HeadForm {
            typed,
            errors,
            action: urls.editor_head(&draft.slug),
            revision,
            slug: draft.slug.clone(),
            ladders: closure.ladders.iter().map(|ladder| (ladder.key().to_owned(), ladder.product().to_owned())).collect(),
            address_href: urls.editor_address(&draft.slug),
            copy_href: urls.editor_copy(&draft.slug),
        }),
    }
}
