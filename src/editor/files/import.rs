//! Taking a tree file: read, compared with what it would replace, and stored when that was seen.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::editor::save::{refusal, revision};
use crate::editor::{Editor, by};
use crate::shelf::{self, Draft, Saved};
use crate::tree::check::{self, is_slug};
use crate::tree::difference::{self, NodeDiff, Sentence};
use crate::tree::file::{self, FileError, MAX_BYTES, MAX_NODES};
use crate::tree::ladder::Ladders;
use crate::tree::model::Tree;
use crate::tree::picture::MAX_TOTAL;
use crate::web::{Failure, FieldErrors, Nav, Page, Upload, Viewer};
use crate::words::capitalised;

/// Most mistakes of a file that are said at once.
const MOST_SAID: usize = 5;

/// The page that takes a file.
#[derive(Template, WebTemplate)]
#[template(path = "editor/files/import.html")]
pub struct ImportPage {
    page: Page,
    errors: FieldErrors,
    typed: String,
    action: String,
    back: String,
    limits: String,
}

/// What a file would replace.
#[derive(Template, WebTemplate)]
#[template(path = "editor/files/replaced.html")]
pub struct ReplacedPage {
    page: Page,
    title: String,
    slug: String,
    revision: i64,
    /// Whether the draft was edited since the difference was shown.
    is_stale: bool,
    sentences: Vec<Sentence>,
    differing: Vec<NodeDiff>,
    text: String,
    action: String,
    desk: String,
}

/// Asks for a file.
pub async fn show(State(editor): State<Editor>, viewer: Viewer) -> ImportPage {
    page(&editor, &viewer)
}

fn page(editor: &Editor, viewer: &Viewer) -> ImportPage {
    let urls = editor.site.urls();
    ImportPage {
        page: editor.site.page("Import a guide").at(Nav::Editor).seen_by(viewer).hidden(),
        errors: FieldErrors::default(),
        typed: String::new(),
        action: urls.editor_import(),
        back: urls.editor(),
        limits: format!("{} MiB and {MAX_NODES} nodes at most, and {} MiB of pictures", MAX_BYTES / 1024 / 1024, MAX_TOTAL / 1024 / 1024),
    }
}

/// Reads the file. One for a new address is stored at once; of one for a tree that is there, the difference is shown first.
pub async fn take(State(editor): State<Editor>, viewer: Viewer, upload: Upload) -> Result<Response, Failure> {
    let typed = upload.fields.get("text")?.unwrap_or_default().replace("\r\n", "\n");
    let (field, read) = match upload.files.first() {
        Some(sent) => ("file", read_file(&sent.bytes)),
        None if upload.fields.get("text")?.is_none() => ("file", Err("Choose a file.".to_owned())),
        None if typed.trim().is_empty() => ("text", Err("Paste the contents of a tree file.".to_owned())),
        None => ("text", read_text(&typed)),
    };
    let ladders = editor.shelf.ladders().await.map_err(Failure::unavailable)?;
    let read = match read.and_then(|tree| fit(tree, &ladders)) {
        Ok(tree) => editor.shelf.check_pictures(&tree).await.map(|()| tree).map_err(|error| format!("{}.", capitalised(&error.to_string()))),
        Err(message) => Err(message),
    };
    let tree = match read {
        Ok(tree) => tree,
        Err(message) => {
            let mut page = page(&editor, &viewer);
            page.errors.add(field, message);
            let page = ImportPage { page: page.page.clone().with_error(), typed, ..page };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let stored = match editor.shelf.open_draft(&tree.slug).await {
        Ok(draft) if upload.fields.get("revision")?.is_some() => replace(&editor, &viewer, &draft, revision(&upload.fields)?, tree).await,
        Ok(draft) => replaced(&editor, &viewer, &draft, &tree, false),
        Err(shelf::Error::NoTree(_)) => create(&editor, &viewer, tree).await,
        Err(error) => Err(refusal(error)),
    };
    stored.map_err(|failure| failure.keeping(&upload.fields))
}

fn read_file(bytes: &[u8]) -> Result<Tree, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes.get(..error.valid_up_to()).map_or(0, |good| good.iter().filter(|byte| **byte == b'\n').count()) + 1;
        format!("line {line}: the file is not UTF-8 text. Save it as UTF-8 and choose it again.")
    })?;
    read_text(text)
}

fn read_text(text: &str) -> Result<Tree, String> {
    let tree = file::read(text.trim_start_matches('\u{feff}')).map_err(|error: FileError| error.to_string())?;
    if !is_slug(&tree.slug) {
        return Err(format!("The slug \"{}\" cannot be an address: use a-z, 0-9 and \"-\", beginning with a letter, at most 80 characters.", tree.slug));
    }
    Ok(tree)
}

/// The tree, unless its texts would not be shown as they are written or its edges lead to nodes that are not there.
fn fit(tree: Tree, ladders: &Ladders) -> Result<Tree, String> {
    let wrong: Vec<String> = check::unfit(&tree, ladders)
        .into_iter()
        .map(|finding| finding.node.map_or_else(|| finding.message.clone(), |node| format!("Node \u{201c}{node}\u{201d}: {}", finding.message)))
        .take(MOST_SAID)
        .collect();
    if wrong.is_empty() { Ok(tree) } else { Err(format!("Nothing was stored. {}", wrong.join(" "))) }
}

async fn create(editor: &Editor, viewer: &Viewer, tree: Tree) -> Result<Response, Failure> {
    let draft = editor.shelf.create(tree, &by(viewer)).await.map_err(refusal)?;
    Ok(Redirect::to(&editor.site.urls().editor_tree(&draft.slug)).into_response())
}

/// Stores the tree in place of the draft that its author has seen.
async fn replace(editor: &Editor, viewer: &Viewer, draft: &Draft, seen: i64, tree: Tree) -> Result<Response, Failure> {
    if draft.revision == seen {
        match editor.shelf.replace(&draft.slug, seen, tree.clone(), &by(viewer)).await {
            Ok(Saved::Stored(_) | Saved::Unchanged(_)) => return Ok(Redirect::to(&editor.site.urls().editor_tree(&draft.slug)).into_response()),
            Ok(Saved::Conflict { draft, .. }) => return replaced(editor, viewer, &draft, &tree, true),
            Err(shelf::Error::Stale { .. }) => {
                let draft = editor.shelf.open_draft(&draft.slug).await.map_err(refusal)?;
                return replaced(editor, viewer, &draft, &tree, true);
            }
            Err(error) => return Err(refusal(error)),
        }
    }
    replaced(editor, viewer, draft, &tree, true)
}

/// The page with the difference.
fn replaced(editor: &Editor, viewer: &Viewer, draft: &Draft, tree: &Tree, is_stale: bool) -> Result<Response, Failure> {
    let urls = editor.site.urls();
    let page = ReplacedPage {
        page: editor.site.page("Import a guide").at(Nav::Editor).seen_by(viewer).hidden(),
        title: draft.tree.title.clone(),
        slug: draft.slug.clone(),
        revision: draft.revision,
        is_stale,
        sentences: difference::sentences(&draft.tree, tree),
        differing: difference::side_by_side(&draft.tree, tree),
        text: file::write(tree).map_err(Failure::internal)?,
        action: urls.editor_import(),
        desk: urls.editor_tree(&draft.slug),
    };
    let status = if is_stale { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok((status, page).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_too_large_or_no_text_is_refused_with_the_limit_or_the_line() {
        assert!(read_file(&vec![b' '; MAX_BYTES + 1]).unwrap_err().contains("2048 KiB is the limit"));
        assert!(read_file(b"format: fixpath/1\nslug: \xff").unwrap_err().starts_with("line 2: the file is not UTF-8"));
        assert!(read_file(b"format: fixpath/1\nfoo: 1\n").unwrap_err().starts_with("line "));
    }
}
