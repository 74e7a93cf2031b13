//! Two authors changed the same part: both versions side by side, with a choice for each field. What else the second one changed is carried along.

mod dispute;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value as Json;

use dispute::{Choice, Dispute, Whole};

use super::form::Typed;
use super::save::{Attempt, revision, saved};
use super::{Bar, Editor};
use crate::shelf::Draft;
use crate::tree::edit::{Conflict, Edit, Part};
use crate::tree::model::Tree;
use crate::web::{Failure, FieldErrors, Form, Nav, Page, Path, Viewer};

/// The page with both versions.
#[derive(Template, WebTemplate)]
#[template(path = "editor/conflict.html")]
pub struct ConflictPage {
    page: Page,
    bar: Bar,
    errors: FieldErrors,
    disputes: Vec<Dispute>,
    /// What was chosen, if the page comes back.
    typed: Typed,
    action: String,
    revision: i64,
    /// Everything that is to be saved, as JSON.
    edit: String,
    /// Where saving goes on.
    next: String,
    /// Who saved meanwhile, and when.
    since: String,
}

/// The page for `conflicts` between `mine` and the present draft.
///
/// # Errors
/// If the edit cannot be written as JSON, which never happens.
pub fn page(editor: &Editor, viewer: &Viewer, draft: &Draft, mine: &Edit, conflicts: Vec<Conflict>, next: String) -> Result<ConflictPage, Failure> {
    shown(editor, viewer, draft, mine, conflicts, next, (Typed::default(), FieldErrors::default()))
}

fn shown(
    editor: &Editor,
    viewer: &Viewer,
    draft: &Draft,
    mine: &Edit,
    conflicts: Vec<Conflict>,
    next: String,
    (typed, errors): (Typed, FieldErrors),
) -> Result<ConflictPage, Failure> {
    let urls = editor.site.urls();
    Ok(ConflictPage {
        page: editor.site.page("Somebody else changed this").at(Nav::Editor).seen_by(viewer).hidden(),
        bar: Bar::of(urls, viewer, draft, "", None),
        errors,
        disputes: disputes(draft, mine, conflicts),
        typed,
        action: urls.editor_conflict(&draft.slug),
        revision: draft.revision,
        edit: serde_json::to_string(mine).map_err(Failure::internal)?,
        next,
        since: Bar::saved(draft).unwrap_or_default(),
    })
}

fn disputes(draft: &Draft, mine: &Edit, conflicts: Vec<Conflict>) -> Vec<Dispute> {
    // What a node was called that is not in the draft any more, its edit knows.
    let called = |key: &str| {
        let changed = mine.changes.iter().find(|change| change.part == Part::Node(key.to_owned()))?;
        let json = changed.after.as_ref().or(changed.before.as_ref())?;
        Some(json.get("title")?.as_str()?.to_owned())
    };
    let title = |key: &str| draft.tree.node(key).map(|node| node.title.clone()).or_else(|| called(key));
    conflicts.into_iter().map(|conflict| Dispute::new(conflict, &title)).collect()
}

/// Saves what was chosen.
pub async fn post(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let typed = Typed::of(&fields);
    let unreadable = |_| Failure::bad_input("The changes that the form carries cannot be read. Go back and save them again from the desk.");
    let mut mine: Edit = serde_json::from_str(typed.text("edit")).map_err(unreadable)?;
    let draft = editor.open_draft(&slug).await?;
    let next = own_page(&editor, &draft.slug, typed.text("next"));
    let Err(conflicts) = mine.apply(&draft.tree) else { return save(&editor, &viewer, &draft, &mine, next).await };
    if draft.revision != revision(&fields)? {
        // Somebody saved again: what was chosen was chosen between other versions.
        let page = page(&editor, &viewer, &draft, &mine, conflicts, next)?;
        return Ok((StatusCode::CONFLICT, page).into_response());
    }
    let parts: Vec<_> = conflicts.iter().map(|conflict| conflict.part.clone()).collect();
    let open = disputes(&draft, &mine, conflicts.clone());
    let mut errors = FieldErrors::default();
    let chosen: Vec<Option<Json>> = open.iter().enumerate().map(|(index, dispute)| choose(&typed, index + 1, dispute, &mut errors)).collect();
    if !errors.is_empty() {
        let page = shown(&editor, &viewer, &draft, &mine, conflicts, next, (typed, errors))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    for ((part, dispute), after) in parts.into_iter().zip(&open).zip(chosen) {
        if let Some(change) = mine.changes.iter_mut().find(|change| change.part == part) {
            change.before = dispute.present();
            change.after = after;
        }
    }
    save(&editor, &viewer, &draft, &mine, next).await
}

/// What was chosen for one part; `number` counts them from 1.
fn choose(typed: &Typed, number: usize, dispute: &Dispute, errors: &mut FieldErrors) -> Option<Json> {
    const REFUSAL: &str = "Choose which version is kept.";
    let nothing = Typed::default();
    let row = typed.rows("part").get(number - 1).unwrap_or(&nothing);
    if dispute.whole.is_some() {
        return match row.text("take") {
            "mine" => dispute.side(true),
            "theirs" => dispute.side(false),
            _ => {
                errors.add(format!("part-{number}-take"), REFUSAL);
                None
            }
        };
    }
    let mut choices = Vec::new();
    for index in 0..dispute.fields.len() {
        let field = row.rows("field").get(index).unwrap_or(&nothing);
        choices.push(match field.text("take") {
            "mine" => Choice::Mine,
            "theirs" => Choice::Theirs,
            "hand" => Choice::ByHand(field.text("text")),
            _ => {
                errors.add(format!("part-{number}-field-{}-take", index + 1), REFUSAL);
                Choice::Theirs
            }
        });
    }
    Some(dispute.resolved(choices))
}

async fn save(editor: &Editor, viewer: &Viewer, draft: &Draft, mine: &Edit, next: String) -> Result<Response, Failure> {
    let tree: Tree = match mine.apply(&draft.tree) {
        Ok(tree) => tree,
        Err(conflicts) => {
            let page = page(editor, viewer, draft, mine, conflicts, next)?;
            return Ok((StatusCode::CONFLICT, page).into_response());
        }
    };
    saved(editor, viewer, Attempt { slug: draft.slug.clone(), revision: draft.revision, tree, next }).await
}

/// The page to go on to, if it is one of the editor; else the desk.
fn own_page(editor: &Editor, slug: &str, next: &str) -> String {
    let urls = editor.site.urls();
    if next.starts_with(&format!("{}/", urls.editor())) { next.to_owned() } else { urls.editor_tree(slug) }
}
