//! Withdrawing an outcome or the whole guide, with the reason that old links show, and reinstating an outcome.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{frame, open, with_status};
use crate::editor::save::refusal;
use crate::editor::{Bar, Editor, by};
use crate::tree::model::{NodeKind, Tree};
use crate::web::{Failure, FieldErrors, Form, Page, Path, Query, Role, Viewer, time};

/// What the form sends for the guide as a whole; node keys begin with a letter.
const WHOLE: &str = "*";
/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// The page that withdraws.
#[derive(Template, WebTemplate)]
#[template(path = "editor/release/withdraw.html")]
pub struct WithdrawPage {
    page: Page,
    bar: Bar,
    errors: FieldErrors,
    live: Option<i64>,
    /// What can be withdrawn: what the form sends, and its words.
    choices: Vec<(String, String)>,
    chosen: String,
    reason: String,
    withdrawn: Vec<Line>,
    action: String,
    back: String,
}

/// An outcome that was withdrawn.
struct Line {
    key: String,
    title: String,
    reason: String,
    since: String,
}

/// Asks what to withdraw, and why; `?node=` chooses an outcome.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Query(fields): Query) -> Result<WithdrawPage, Failure> {
    viewer.require(Role::Publisher)?;
    page(&editor, &viewer, &slug, fields.get("node")?.unwrap_or_default(), "").await
}

/// Withdraws or reinstates.
pub async fn act(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    viewer.require(Role::Publisher)?;
    let back = Redirect::to(&editor.site.urls().editor_versions(&slug));
    if let Some(node) = fields.get("reinstate")? {
        let done = editor.shelf.reinstate_outcome(&slug, node, &by(&viewer)).await;
        return done.map(|()| back.into_response()).map_err(|error| refusal(error).keeping(&fields));
    }
    let (what, reason) = (fields.get("what")?.unwrap_or_default(), fields.get("reason")?.unwrap_or_default().trim());
    let page = page(&editor, &viewer, &slug, what, reason).await?;
    let mut errors = FieldErrors::default();
    if !page.choices.iter().any(|(sent, _)| sent == what) {
        errors.add("what", "Choose what to withdraw.");
    }
    match reason.chars().count() {
        0 => errors.add("reason", "Say why: whoever opens an old link reads it."),
        1..=LONGEST_REASON => {}
        _ => errors.add("reason", format!("The reason may have {LONGEST_REASON} characters.")),
    }
    if !errors.is_empty() {
        let page = WithdrawPage { page: page.page.clone().with_error(), errors, ..page };
        return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let done = match what {
        WHOLE => editor.shelf.withdraw_tree(&slug, reason, &by(&viewer)).await,
        node => editor.shelf.withdraw_outcome(&slug, node, reason, &by(&viewer)).await,
    };
    done.map(|()| back.into_response()).map_err(|error| refusal(error).keeping(&fields))
}

async fn page(editor: &Editor, viewer: &Viewer, slug: &str, chosen: &str, reason: &str) -> Result<WithdrawPage, Failure> {
    let draft = open(editor, slug).await?;
    let current = editor.shelf.current(&draft.slug);
    let withdrawn = editor.shelf.withdrawn_outcomes(slug).await.map_err(refusal)?;
    let (page, bar) = frame(editor, viewer, &draft, "Withdraw");
    let urls = editor.site.urls();
    let tree = current.as_ref().map_or(&draft.tree, |version| &version.tree);
    let open_outcomes = outcomes(tree).filter(|(key, _)| !withdrawn.contains_key(key));
    let whole = (WHOLE.to_owned(), "The whole guide".to_owned());
    let choices = current.as_ref().map_or_else(Vec::new, |_| open_outcomes.chain([whole]).collect());
    let title = |key: &str| tree.node(key).map_or_else(|| key.to_owned(), |node| node.title.clone());
    let lines = withdrawn.iter().map(|(key, row)| Line { key: key.clone(), title: title(key), reason: row.reason.clone(), since: time::day(row.at) });
    Ok(WithdrawPage {
        page,
        bar,
        errors: FieldErrors::default(),
        live: current.as_ref().map(|version| version.number),
        choices,
        chosen: chosen.to_owned(),
        reason: reason.to_owned(),
        withdrawn: lines.collect(),
        action: urls.editor_withdraw(slug),
        back: urls.editor_versions(slug),
    })
}

/// The outcomes of a tree, by key and words.
fn outcomes(tree: &Tree) -> impl Iterator<Item = (String, String)> + '_ {
    let is_outcome = |kind: &NodeKind| matches!(kind, NodeKind::Outcome(_));
    tree.nodes.iter().filter(move |node| is_outcome(&node.kind)).map(|node| (node.key.clone(), format!("The outcome “{}”", node.title)))
}
