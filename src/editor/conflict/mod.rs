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
use super::save::{self, Attempt, saved};
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
    let disputes = disputes(&draft.tree, mine, conflicts);
    Ok(ConflictPage {
        page: editor.site.page("Somebody else changed this").at(Nav::Editor).seen_by(viewer).hidden(),
        bar: Bar::of(editor.site.urls(), viewer, draft, "", None),
        errors: FieldErrors::default(),
        disputes,
        typed: Typed::default(),
        action: editor.site.urls().editor_conflict(&draft.slug),
        revision: draft.revision,
        edit: serde_json::to_string(mine).map_err(Failure::internal)?,
        next,
        since: Bar::saved(draft).unwrap_or_default(),
    })
}

fn disputes(present: &Tree, mine: &Edit, conflicts: Vec<Conflict>) -> Vec<Dispute> {
    // What a node was called that is not in the draft any more, its edit knows.
    let called = |key: &str| {
        let changed = mine.changes.iter().find(|change| change.part == Part::Node(key.to_owned()))?;
        let json = changed.after.as_ref().or(changed.before.as_ref())?;
        Some(json.get("title")?.as_str()?.to_owned())
    };
    let title = |key: &str| present.node(key).map(|node| node.title.clone()).or_else(|| called(key));
    conflicts.into_iter().map(|conflict| Dispute::new(conflict, &title)).collect()
}

/// Saves what was chosen.
///
/// It was chosen between the author's edit and the draft of the revision that the form carries. What was saved since then is another edit
/// beside this one: where both changed the same again, the author is asked again, and what was written by hand is then "yours".
pub async fn post(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let typed = Typed::of(&fields);
    let unreadable = |_| Failure::bad_input("The changes that the form carries cannot be read. Go back and save them again from the desk.");
    let mine: Edit = serde_json::from_str(typed.text("edit")).map_err(unreadable)?;
    let (revision, shown) = save::base(&editor, &slug, &fields).await.map_err(|failure| failure.keeping(&fields))?;
    let next = own_page(&editor, &slug, typed.text("next"));
    let tree = match mine.apply(&shown) {
        Ok(tree) => tree,
        Err(conflicts) => match resolved(mine.clone(), &shown, &conflicts, &typed) {
            Ok(tree) => tree,
            Err(errors) => {
                let draft = Draft { revision, tree: shown, ..editor.open_draft(&slug).await? };
                let again = ConflictPage { errors, typed, ..page(&editor, &viewer, &draft, &mine, conflicts, next)? };
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response());
            }
        },
    };
    saved(&editor, &viewer, Attempt { slug, revision, tree, next }).await.map_err(|failure| failure.keeping(&fields))
}

/// The tree that `mine` makes of the present draft where both sides changed the same parts, but no field that both changed; `None` where somebody has to choose.
pub fn settled(mine: Edit, present: &Tree, conflicts: &[Conflict]) -> Option<Tree> {
    resolved(mine, present, conflicts, &Typed::default()).ok()
}

/// The tree that `mine` makes of the draft that was shown, as it was chosen.
///
/// # Errors
/// What is still to be chosen, or must be chosen otherwise.
fn resolved(mut mine: Edit, shown: &Tree, conflicts: &[Conflict], typed: &Typed) -> Result<Tree, FieldErrors> {
    let open = disputes(shown, &mine, conflicts.to_vec());
    let mut errors = FieldErrors::default();
    let chosen: Vec<Option<Json>> = (1..).zip(&open).map(|(number, dispute)| choose(typed, number, dispute, &mut errors)).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    for ((conflict, dispute), after) in conflicts.iter().zip(&open).zip(chosen) {
        if let Some(change) = mine.changes.iter_mut().find(|change| change.part == conflict.part) {
            change.before = dispute.present();
            change.after = after;
        }
    }
    mine.apply(shown).map_err(|left| {
        // The choices fit each part, but not all of them together: an edge would lead to what is deleted.
        let at = conflicts.iter().position(|conflict| left.iter().any(|left| left.part == conflict.part)).unwrap_or_default();
        let control = if open.get(at).is_some_and(|dispute| dispute.whole.is_some()) { "take" } else { "field-1-take" };
        errors.add(format!("part-{}-{control}", at + 1), "With this choice something would lead to a node that is deleted. Choose the other version.");
        errors
    })
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

/// The page to go on to, if it is one of the editor; else the desk.
fn own_page(editor: &Editor, slug: &str, next: &str) -> String {
    let urls = editor.site.urls();
    if next.starts_with(&format!("{}/", urls.editor())) { next.to_owned() } else { urls.editor_tree(slug) }
}
