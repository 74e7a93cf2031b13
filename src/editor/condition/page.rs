//! The page of one branch: its condition as a form and as text, the sentence that it says, its label, and where it leads.

use std::time::Instant;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::form::{Kind, Step};
use super::matches::{self, Matches};
use super::opened::Opened;
use super::outline;
use super::sentence::{Says, with_scope};
use super::typed::Typed;
use super::view::{self, Choices, Input, Item};
use crate::editor::form::Targets;
use crate::editor::form::targets::{KINDS, NEW, too_many};
use crate::editor::{Attempt, Bar, Editor, saved};
use crate::tree::model::{Branch, Node};
use crate::web::{self, ClientAddress, Failure, FieldErrors, Nav, Page, Path, Viewer};

/// The page of one branch.
#[derive(Template, WebTemplate)]
#[template(path = "editor/condition/page.html")]
pub struct BranchPage {
    page: Page,
    bar: Bar,
    title: String,
    back: (String, String),
    action: String,
    preview: String,
    revision: i64,
    typed: Typed,
    /// The lines of the form; none where the condition is edited as text.
    items: Vec<Item>,
    lists: Vec<(&'static str, Vec<String>)>,
    targets: Vec<(String, String)>,
    /// What makes a new node to lead to.
    kinds: [(String, &'static str); 4],
    says: Says,
    matches: Matches,
    errors: FieldErrors,
    /// Whether what is shown differs from what is stored.
    is_changed: bool,
    /// The line to go on with, if a button was pressed.
    at: Option<usize>,
}

impl BranchPage {
    /// Whether the author goes on with this line.
    fn is_at(&self, line: &view::Shown) -> bool {
        self.at == Some(line.number)
    }
}

/// What the condition says, as a part of the page.
#[derive(Template, WebTemplate)]
#[template(path = "editor/condition/says.html")]
pub struct Preview {
    says: Says,
    matches: Matches,
}

/// How the page is shown.
#[derive(Default)]
struct Shown {
    errors: FieldErrors,
    is_changed: bool,
    at: Option<usize>,
}

async fn page(editor: &Editor, viewer: &Viewer, opened: &Opened, typed: Typed, shown: Shown) -> Result<BranchPage, Failure> {
    let urls = editor.site.urls();
    let (node, _) = opened.node()?;
    let (typed, condition) = with_scope(&opened.tree, &opened.ladders, |scope| {
        let typed = typed.in_step(scope);
        let condition = typed.condition(scope);
        (typed, condition)
    });
    let matches = matches::of(editor, opened, &condition, &typed.example).await?;
    let level_fields =
        typed.form.as_ref().map_or(0, |form| form.lines().iter().filter(|line| matches!(line.kind, Kind::Level | Kind::Os | Kind::Component)).count());
    let choices = Choices::new(&opened.tree, &opened.ladders, level_fields);
    let mut page = editor.site.page(opened.title()).at(Nav::Editor).seen_by(viewer).hidden();
    if !shown.errors.is_empty() {
        page = page.with_error();
    }
    let (action, preview) = opened.addresses(urls);
    Ok(BranchPage {
        page,
        bar: opened.bar.clone(),
        title: opened.title(),
        back: (urls.editor_node(&opened.tree.slug, &node.key), format!("Back to \u{201c}{}\u{201d}", node.title)),
        action,
        preview,
        revision: opened.revision,
        items: typed.form.as_ref().map(|form| view::items(form, &choices, None)).unwrap_or_default(),
        lists: choices.lists(),
        targets: opened.tree.nodes.iter().map(|node| (node.key.clone(), node.title.clone())).collect(),
        kinds: KINDS.map(|(kind, words)| (format!("{NEW}{kind}"), words)),
        says: Says::new(&condition, &opened.tree, &opened.ladders),
        matches,
        typed,
        errors: shown.errors,
        is_changed: shown.is_changed,
        at: shown.at,
    })
}

/// Shows a branch, or the form of a new one.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(place): Path<(String, String, String)>) -> Result<BranchPage, Failure> {
    let opened = Opened::new(&editor, &viewer, &place, None).await?;
    let typed = opened.branch().map_or_else(|| opened.node().map(|(_, fork)| Typed::new(fork.otherwise.clone())), |branch| Ok(Typed::of(branch)))?;
    page(&editor, &viewer, &opened, typed, Shown::default()).await
}

/// Changes the form as a button says, or stores the branch.
pub async fn post(
    State(editor): State<Editor>,
    viewer: Viewer,
    Path(place): Path<(String, String, String)>,
    web::Form(fields): web::Form,
) -> Result<Response, Failure> {
    let opened = Opened::new(&editor, &viewer, &place, Some(&fields)).await.map_err(|failure| failure.keeping(&fields))?;
    let typed = Typed::read(&fields)?;
    let pressed = fields.get("do")?.unwrap_or_default().to_owned();
    if pressed == "save" {
        let former = editor.node_keys(&opened.tree.slug).await?;
        return match branch(&opened, &typed, Targets::new(&opened.tree, &former)) {
            Ok((branch, made)) => store(&editor, &viewer, &opened, branch, made).await.map_err(|failure| failure.keeping(&fields)),
            Err(errors) => Ok(page(&editor, &viewer, &opened, typed, Shown { errors, is_changed: true, at: None }).await?.into_response()),
        };
    }
    let (typed, shown) = press(&opened, typed, &pressed, &fields)?;
    Ok(page(&editor, &viewer, &opened, typed, shown).await?.into_response())
}

/// Shows what the form as it stands says. Nothing is stored.
pub async fn preview(
    State(editor): State<Editor>,
    viewer: Viewer,
    address: ClientAddress,
    Path(place): Path<(String, String, String)>,
    web::Form(fields): web::Form,
) -> Result<Preview, Failure> {
    editor.previews.take(address, Instant::now())?;
    let opened = Opened::new(&editor, &viewer, &place, Some(&fields)).await?;
    let typed = Typed::read(&fields)?;
    let condition = with_scope(&opened.tree, &opened.ladders, |scope| typed.condition(scope));
    let matches = matches::of(&editor, &opened, &condition, &typed.example).await?;
    Ok(Preview { says: Says::new(&condition, &opened.tree, &opened.ladders), matches })
}

/// What a button other than "Save" makes of the form.
fn press(opened: &Opened, typed: Typed, pressed: &str, fields: &web::Fields) -> Result<(Typed, Shown), Failure> {
    let changed = |errors, at| Shown { errors, is_changed: true, at };
    if let Some(form) = &typed.form
        && let Some(after) = with_scope(&opened.tree, &opened.ladders, |scope| outline::press(form, pressed, fields, scope))?
    {
        return Ok((Typed { form: Some(after.form), ..typed }, changed(after.errors, after.at)));
    }
    Ok(match pressed {
        "use_text" => match typed.of_text() {
            Ok(condition) => (typed.meaning(&condition), changed(FieldErrors::default(), None)),
            Err(errors) => (typed, changed(errors, None)),
        },
        // The text follows the form again.
        "use_form" => (Typed { text: typed.text_was.clone(), ..typed }, changed(FieldErrors::default(), None)),
        // "Show the sentence": what is missing is said beside its field.
        _ => {
            let errors = with_scope(&opened.tree, &opened.ladders, |scope| typed.condition(scope)).err().unwrap_or_default();
            (typed, changed(errors, None))
        }
    })
}

/// The branch that was typed, and the node that is made for it to lead to.
fn branch(opened: &Opened, typed: &Typed, mut targets: Targets<'_>) -> Result<(Branch, Vec<Node>), FieldErrors> {
    let condition = with_scope(&opened.tree, &opened.ladders, |scope| typed.condition(scope));
    let mut errors = condition.as_ref().err().cloned().unwrap_or_default();
    let to = target(typed, &mut targets).unwrap_or_else(|(field, refusal)| {
        errors.add(field, refusal);
        String::new()
    });
    match condition {
        Ok(when) if errors.is_empty() => {
            let label = Some(typed.label.clone()).filter(|label| !label.is_empty());
            Ok((Branch { when, label, to }, targets.into_made()))
        }
        _ => Err(errors),
    }
}

/// The key of the node that the branch leads to, which is made if it is to be a new one; else the field that must change and how.
fn target(typed: &Typed, targets: &mut Targets<'_>) -> Result<String, (&'static str, String)> {
    match typed.to.strip_prefix(NEW) {
        Some(_) if typed.new_title.is_empty() => Err(("new_title", "Write a title for the new node.".to_owned())),
        Some(_) if targets.is_full() => Err(("to", too_many())),
        Some(kind) => targets.make(kind, &typed.new_title).ok_or_else(|| ("to", "Choose what the new node does.".to_owned())),
        None if !typed.new_title.is_empty() => Err(("to", "Choose what the new node does, or empty its title.".to_owned())),
        None if targets.tree().node(&typed.to).is_none() => Err(("to", "Choose where the branch leads.".to_owned())),
        None => Ok(typed.to.clone()),
    }
}

async fn store(editor: &Editor, viewer: &Viewer, opened: &Opened, branch: Branch, made: Vec<Node>) -> Result<Response, Failure> {
    let (node, _) = opened.node()?;
    let slug = opened.tree.slug.clone();
    let next = editor.site.urls().editor_node(&slug, &node.key);
    saved(editor, viewer, Attempt { slug, revision: opened.revision, tree: opened.with(branch, made), next }).await
}
