//! The page of a node's texts: all of them as visitors read them, one of them to be edited, and the form of a selection to put into it.

use std::sync::Arc;
use std::time::Instant;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::passages::{self, Text};
use super::selecting::{Selecting, offers};
use crate::editor::condition::form::Step;
use crate::editor::condition::outline;
use crate::editor::condition::sentence::with_scope;
use crate::editor::condition::view::{self, Choices, Input, Item};
use crate::editor::form::{Targets, Typed};
use crate::editor::structure::change;
use crate::editor::{Attempt, Bar, Editor, node, outline as tree_outline, save, saved};
use crate::tree::condition::Selection;
use crate::tree::ladder::Ladders;
use crate::tree::model::{Node, Tree};
use crate::web::{ClientAddress, Failure, FieldErrors, Fields, Form, Nav, Page, Path, Query, Viewer};

/// The page of a node's texts.
#[derive(Template, WebTemplate)]
#[template(path = "editor/wording/page.html")]
pub struct WordsPage {
    page: Page,
    bar: Bar,
    title: String,
    back: (String, String),
    action: String,
    preview: String,
    revision: i64,
    texts: Vec<Text>,
    /// The text that is edited.
    text: Option<Text>,
    /// What stands in its field.
    words: String,
    selecting: Selecting,
    offers: Vec<(String, String)>,
    families: Vec<String>,
    items: Vec<Item>,
    lists: Vec<(&'static str, Vec<String>)>,
    /// The selection as it is written, braces included; `None` while something is missing.
    written: Option<String>,
    errors: FieldErrors,
    at: Option<usize>,
    is_changed: bool,
}

/// The part of the page that follows every key press.
#[derive(Template, WebTemplate)]
#[template(path = "editor/wording/preview.html")]
pub struct WordsPreview {
    text: Option<Text>,
    written: Option<String>,
}

impl WordsPage {
    /// Whether the author goes on with this line.
    fn is_at(&self, line: &view::Shown) -> bool {
        self.at == Some(line.number)
    }
}

/// A node whose texts are shown, in the revision that the page was made from.
struct Opened {
    tree: Arc<Tree>,
    revision: i64,
    bar: Bar,
    ladders: Arc<Ladders>,
    key: String,
}

impl Opened {
    async fn new(editor: &Editor, viewer: &Viewer, (slug, key): (String, String), fields: Option<&Fields>) -> Result<Self, Failure> {
        let draft = editor.open_draft(&slug).await?;
        let bar = Bar::of(editor.site.urls(), viewer, &draft, &key, None);
        let (revision, tree) = match fields {
            Some(fields) => save::base(editor, &slug, fields).await?,
            None => (draft.revision, draft.tree),
        };
        let ladders = editor.shelf.ladders().await.map_err(Failure::unavailable)?;
        Ok(Self { tree, revision, bar, ladders, key })
    }

    fn node(&self) -> Result<&Node, Failure> {
        self.tree.node(&self.key).ok_or(Failure::NotFound)
    }

    /// The selection as it is written; `None` while something is missing.
    fn written(&self, selecting: &Selecting) -> Option<String> {
        self.selection(selecting).ok().map(|selection| format!("{{{selection}}}"))
    }

    fn selection(&self, selecting: &Selecting) -> Result<Selection, FieldErrors> {
        with_scope(&self.tree, &self.ladders, |scope| selecting.selection(scope))
    }
}

/// What was typed and what came of it.
#[derive(Default)]
struct Shown {
    selecting: Selecting,
    /// The id of the text that is edited; empty for none.
    into: String,
    /// What was typed into it.
    words: String,
    errors: FieldErrors,
    at: Option<usize>,
    is_changed: bool,
}

impl Shown {
    fn read(fields: &Fields) -> Result<Self, Failure> {
        let get = |name: &str| Ok::<_, Failure>(fields.get(name)?.unwrap_or_default().replace("\r\n", "\n"));
        Ok(Self { selecting: Selecting::read(fields)?, into: get("into")?, words: get("words")?, is_changed: true, ..Self::default() })
    }

    /// The node's form with these words in it.
    fn typed(&self, node: &Node) -> Typed {
        let mut typed = node::fill(node);
        typed.put(&self.into, &self.words);
        typed
    }
}

fn page(editor: &Editor, viewer: &Viewer, opened: &Opened, shown: Shown) -> Result<WordsPage, Failure> {
    let (urls, pictures) = (editor.site.urls(), editor.pictures());
    let (node, slug) = (opened.node()?, opened.tree.slug.as_str());
    let mut page = editor.site.page(format!("Texts of {}", node.title)).at(Nav::Editor).seen_by(viewer).hidden();
    if !shown.errors.is_empty() {
        page = page.with_error();
    }
    let typed = shown.typed(node);
    let passages = passages::of(tree_outline::kind(node), &typed);
    let text = passages.iter().find(|passage| passage.id == shown.into && passage.selects).map(|passage| passage.rendered(&pictures));
    let linked = |passage: &passages::Passage<'_>| {
        let href = passage.selects.then(|| urls.editor_words_of(slug, &opened.key, &passage.id));
        Text { href, ..passage.rendered(&pictures) }
    };
    let written = opened.written(&shown.selecting);
    let Shown { selecting, words, errors, at, is_changed, .. } = shown;
    let choices = Choices::new(&opened.tree, &opened.ladders, selecting.form.lines().len());
    let row = if selecting.what.ends_with("clients") { "client" } else { "server" };
    Ok(WordsPage {
        page,
        bar: opened.bar.clone(),
        back: (urls.editor_node(slug, &opened.key), format!("Back to \u{201c}{}\u{201d}", node.title)),
        title: format!("Texts of \u{201c}{}\u{201d}", node.title),
        action: urls.editor_words(slug, &opened.key),
        preview: urls.editor_words_preview(slug, &opened.key),
        revision: opened.revision,
        texts: passages.iter().filter(|passage| !passage.text.trim().is_empty()).map(linked).collect(),
        text,
        words,
        offers: offers(&opened.tree),
        families: opened
            .ladders
            .get(&opened.tree.ladder)
            .map(|ladder| ladder.families().iter().map(|family| family.name.clone()).collect())
            .unwrap_or_default(),
        items: if selecting.has_filter() { view::items(&selecting.form, &choices, Some(row)) } else { Vec::new() },
        lists: choices.lists(),
        written,
        selecting,
        errors,
        at,
        is_changed,
    })
}

/// Shows the texts of a node. `?into=FIELD` edits one of them.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(place): Path<(String, String)>, Query(query): Query) -> Result<WordsPage, Failure> {
    let opened = Opened::new(&editor, &viewer, place, None).await?;
    let into = query.get("into")?.unwrap_or_default().to_owned();
    let node = opened.node()?;
    let typed = node::fill(node);
    let words = passages::of(tree_outline::kind(node), &typed)
        .into_iter()
        .find(|passage| passage.id == into)
        .map_or_else(String::new, |passage| passage.text.to_owned());
    let selecting = Selecting { what: "servers".to_owned(), ..Selecting::default() };
    page(&editor, &viewer, &opened, Shown { selecting, into, words, ..Shown::default() })
}

/// Changes the selection as a button says, puts it into the text, or saves the text.
pub async fn post(State(editor): State<Editor>, viewer: Viewer, Path(place): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let opened = Opened::new(&editor, &viewer, place, Some(&fields)).await.map_err(|failure| failure.keeping(&fields))?;
    let mut shown = Shown::read(&fields)?;
    let pressed = fields.get("do")?.unwrap_or_default();
    let after = with_scope(&opened.tree, &opened.ladders, |scope| outline::press(&shown.selecting.form, pressed, &fields, scope))?;
    if let Some(after) = after {
        (shown.selecting.form, shown.errors, shown.at) = (after.form, after.errors, after.at);
    } else if pressed == "save" {
        match edited(&editor, &opened, &shown).await? {
            Ok(tree) => {
                let slug = opened.tree.slug.clone();
                let next = editor.site.urls().editor_node(&slug, &opened.key);
                let attempt = Attempt { slug, revision: opened.revision, tree, next };
                return saved(&editor, &viewer, attempt).await.map_err(|failure| failure.keeping(&fields));
            }
            Err(wrong) => {
                shown.errors = wrong;
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&editor, &viewer, &opened, shown)?).into_response());
            }
        }
    } else {
        match opened.selection(&shown.selecting) {
            Ok(selection) if pressed == "insert" => put_at_the_end(&mut shown.words, &selection),
            Ok(_) => {}
            Err(wrong) => shown.errors = wrong,
        }
    }
    Ok(page(&editor, &viewer, &opened, shown)?.into_response())
}

/// Shows the text and the selection as they stand in the form. Nothing is stored.
pub async fn preview(
    State(editor): State<Editor>,
    viewer: Viewer,
    address: ClientAddress,
    Path(place): Path<(String, String)>,
    Form(fields): Form,
) -> Result<WordsPreview, Failure> {
    editor.previews.take(address, Instant::now())?;
    let opened = Opened::new(&editor, &viewer, place, Some(&fields)).await?;
    let shown = Shown::read(&fields)?;
    let (typed, pictures) = (shown.typed(opened.node()?), editor.pictures());
    let passages = passages::of(tree_outline::kind(opened.node()?), &typed);
    let text = passages.iter().find(|passage| passage.id == shown.into && passage.selects).map(|passage| passage.rendered(&pictures));
    Ok(WordsPreview { text, written: opened.written(&shown.selecting) })
}

/// The tree with what was typed into the text.
async fn edited(editor: &Editor, opened: &Opened, shown: &Shown) -> Result<Result<Tree, FieldErrors>, Failure> {
    let before = opened.node()?;
    let former = editor.node_keys(&opened.tree.slug).await?;
    let mut errors = FieldErrors::default();
    let read = node::read(&shown.typed(before), before, &mut Targets::new(&opened.tree, &former), &opened.ladders, &mut errors);
    let mut tree = Tree::clone(&opened.tree);
    match (read, change::node_mut(&mut tree, &opened.key)) {
        (Some(read), Some(place)) => {
            *place = read;
            Ok(Ok(tree))
        }
        _ => {
            // Only this text is on the page; what is wrong elsewhere in the node is said here too.
            let mut wrong = FieldErrors::default();
            wrong.add("words", errors.iter().map(|error| error.text.as_str()).collect::<Vec<_>>().join(" "));
            Ok(Err(wrong))
        }
    }
}

/// Puts the selection behind the last word; a list gets a line of its own.
fn put_at_the_end(text: &mut String, selection: &Selection) {
    let before = if text.is_empty() || text.ends_with(char::is_whitespace) && !selection.is_list() {
        ""
    } else if selection.is_list() {
        "\n\n"
    } else {
        " "
    };
    text.push_str(&format!("{before}{{{selection}}}"));
}
