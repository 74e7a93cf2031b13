//! The page of a node's texts.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::passages::{self, Passage};
use super::selecting::{Selecting, offers};
use crate::editor::condition::form::Step;
use crate::editor::condition::outline;
use crate::editor::condition::sentence::with_scope;
use crate::editor::condition::view::{self, Choices, Input, Item};
use crate::editor::structure::change;
use crate::editor::{Attempt, Bar, Editor, save, saved};
use crate::shelf::Draft;
use crate::tree::condition::Selection;
use crate::tree::model::Tree;
use crate::tree::resolution::Words;
use crate::tree::wording::{Piece, Room, Wording};
use crate::web::markdown::{self, Pictures};
use crate::web::{Failure, FieldErrors, Form, Nav, Page, Path, Viewer};

/// The page of a node's texts.
#[derive(Template, WebTemplate)]
#[template(path = "editor/wording/page.html")]
pub struct WordsPage {
    page: Page,
    bar: Bar,
    title: String,
    back: (String, String),
    action: String,
    revision: i64,
    texts: Vec<Text>,
    selecting: Selecting,
    offers: Vec<(String, String)>,
    families: Vec<String>,
    items: Vec<Item>,
    lists: Vec<(&'static str, Vec<String>)>,
    /// The selection as it is written, braces included; `None` while something is missing.
    written: Option<String>,
    errors: FieldErrors,
    at: Option<usize>,
}

/// One text of the node.
struct Text {
    title: String,
    /// The text with blanks, as HTML; none for one that is shown as it stands.
    html: Option<String>,
    /// The same without HTML.
    plain: String,
}

impl WordsPage {
    /// Whether the author goes on with this line.
    fn is_at(&self, line: &view::Shown) -> bool {
        self.at == Some(line.number)
    }
}

/// What the page is made of beside the draft.
struct Shown {
    selecting: Selecting,
    errors: FieldErrors,
    at: Option<usize>,
}

async fn page(editor: &Editor, viewer: &Viewer, draft: &Draft, key: &str, shown: Shown) -> Result<WordsPage, Failure> {
    let urls = editor.site.urls();
    let mut node = draft.tree.node(key).ok_or(Failure::NotFound)?.clone();
    let (title, pictures) = (node.title.clone(), editor.pictures());
    let texts = passages::of(&mut node).into_iter().map(|passage| rendered(passage, &pictures)).collect();
    let ladders = editor.shelf.ladders().await.map_err(Failure::unavailable)?;
    let Shown { selecting, errors, at } = shown;
    let written = with_scope(&draft.tree, &ladders, |scope| selecting.selection(scope)).ok().map(|selection| format!("{{{selection}}}"));
    let choices = Choices::new(&draft.tree, &ladders, selecting.form.lines().len());
    let row = if selecting.what.ends_with("clients") { "client" } else { "server" };
    let mut page = editor.site.page(format!("Texts of {title}")).at(Nav::Editor).seen_by(viewer).hidden();
    if !errors.is_empty() {
        page = page.with_error();
    }
    Ok(WordsPage {
        page,
        bar: Bar::of(urls, viewer, draft, key, None),
        back: (urls.editor_node(&draft.slug, key), format!("Back to \u{201c}{title}\u{201d}")),
        title: format!("Texts of \u{201c}{title}\u{201d}"),
        action: urls.editor_words(&draft.slug, key),
        revision: draft.revision,
        texts,
        offers: offers(&draft.tree),
        families: ladders.get(&draft.tree.ladder).map(|ladder| ladder.families().iter().map(|family| family.name.clone()).collect()).unwrap_or_default(),
        items: if selecting.has_filter() { view::items(&selecting.form, &choices, Some(row)) } else { Vec::new() },
        lists: choices.lists(),
        written,
        selecting,
        errors,
        at,
    })
}

/// A text as visitors read it, with blanks in the places of its selections.
fn rendered(passage: Passage<'_>, pictures: &Pictures) -> Text {
    let pieces = Wording::parse(passage.text).map_or_else(|_| vec![Piece::Text(passage.text.clone())], |wording| wording.blanks());
    let words = Words(pieces);
    Text { title: passage.title, html: (passage.room == Room::Markdown).then(|| markdown::render_words(&words, pictures)), plain: words.plain() }
}

/// Shows the texts of a node.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path((slug, key)): Path<(String, String)>) -> Result<WordsPage, Failure> {
    let draft = editor.open_draft(&slug).await?;
    let selecting = Selecting { what: "servers".to_owned(), ..Selecting::default() };
    page(&editor, &viewer, &draft, &key, Shown { selecting, errors: FieldErrors::default(), at: None }).await
}

/// Changes the selection as a button says, or puts it into a text.
pub async fn post(State(editor): State<Editor>, viewer: Viewer, Path((slug, key)): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let draft = editor.open_draft(&slug).await?;
    let ladders = editor.shelf.ladders().await.map_err(Failure::unavailable)?;
    let mut selecting = Selecting::read(&fields)?;
    let pressed = fields.get("do")?.unwrap_or_default();
    let after = with_scope(&draft.tree, &ladders, |scope| outline::press(&selecting.form, pressed, &fields, scope))?;
    let mut errors = FieldErrors::default();
    let mut at = None;
    if let Some(after) = after {
        (selecting.form, errors, at) = (after.form, after.errors, after.at);
    } else {
        match with_scope(&draft.tree, &ladders, |scope| selecting.selection(scope)) {
            Ok(selection) if pressed == "insert" => {
                let (revision, base) = save::base(&editor, &slug, &fields).await?;
                let number = fields.get("into")?.and_then(|number| number.parse().ok());
                let tree = number.and_then(|number| with_selection(&base, &key, number, &selection)).ok_or(Failure::NotFound)?;
                let next = editor.site.urls().editor_words(&slug, &key);
                return saved(&editor, &viewer, Attempt { slug, revision, tree, next }).await.map_err(|failure| failure.keeping(&fields));
            }
            Ok(_) => {}
            Err(wrong) => errors = wrong,
        }
    }
    Ok(page(&editor, &viewer, &draft, &key, Shown { selecting, errors, at }).await?.into_response())
}

/// The tree with the selection at the end of the text at this position; `None` if there is no such text.
fn with_selection(tree: &Tree, key: &str, position: usize, selection: &Selection) -> Option<Tree> {
    let mut tree = tree.clone();
    let text = passages::of(change::node_mut(&mut tree, key)?).into_iter().nth(position)?.text;
    // A list has a line of its own, anything else follows the last word.
    let before = if text.is_empty() || text.ends_with(char::is_whitespace) && !selection.is_list() {
        ""
    } else if selection.is_list() {
        "\n\n"
    } else {
        " "
    };
    text.push_str(&format!("{before}{{{selection}}}"));
    Some(tree)
}
