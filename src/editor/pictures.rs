//! The pictures of a tree: upload one, see what to write for it and which texts show it.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

use super::{Bar, Editor, by, refusal};
use crate::shelf::{Added, Draft, Error, MAX_HEIGHT, MAX_PIXELS, MAX_UPLOAD, MAX_WIDTH};
use crate::tree::picture::{self, Shown};
use crate::web::upload::UPLOAD_LIMIT;
use crate::web::{Failure, FieldErrors, Nav, Page, Path, Upload, Urls, Viewer, time, urls};
use crate::words::capitalised;

/// The longest words for a picture, in characters.
const MAX_WORDS: usize = 200;

/// The page.
#[derive(Template, WebTemplate)]
#[template(path = "editor/pictures/page.html")]
pub struct PicturesPage {
    page: Page,
    bar: Bar,
    pictures: Vec<Picture>,
    /// What was typed as words for a picture that was not taken.
    words: String,
    errors: FieldErrors,
    action: String,
    limits: String,
}

/// A picture as the page shows it.
struct Picture {
    src: String,
    words: String,
    /// In pixels.
    width: u32,
    /// In pixels.
    height: u32,
    added: String,
    /// What an author writes to show it.
    markdown: String,
    uses: Vec<Use>,
    remove: String,
}

/// A text that shows a picture.
struct Use {
    href: String,
    node: String,
    text: String,
}

/// The pages of this part.
pub fn router() -> axum::Router<Editor> {
    axum::Router::new()
        .route(urls::EDITOR_PICTURES, get(show).post(upload).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)))
        .route(urls::EDITOR_PICTURE_REMOVE, post(remove))
}

/// Shows the pictures.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>) -> Result<PicturesPage, Failure> {
    let draft = editor.open_draft(&slug).await?;
    page(&editor, &viewer, &draft, String::new(), FieldErrors::default()).await
}

async fn page(editor: &Editor, viewer: &Viewer, draft: &Draft, words: String, errors: FieldErrors) -> Result<PicturesPage, Failure> {
    let urls = editor.site.urls();
    let sizes = editor.shelf.image_sizes();
    let added = editor.shelf.images_of(draft.tree_id).await.map_err(refusal)?;
    let shown = picture::shown(&draft.tree);
    let known = added.into_iter().rev().filter_map(|added| {
        let size = *sizes.get(&added.digest)?;
        Some(line(urls, draft, added, size, &shown))
    });
    let mut page = editor.site.page(format!("Pictures of {}", draft.tree.title)).at(Nav::Editor).seen_by(viewer).hidden();
    if !errors.is_empty() {
        page = page.with_error();
    }
    Ok(PicturesPage {
        page,
        bar: Bar::of(urls, viewer, draft, "", None),
        pictures: known.collect(),
        words,
        errors,
        action: urls.editor_pictures(&draft.slug),
        limits: format!(
            "PNG or JPEG, {} MiB and {} million pixels at most. A picture wider than {MAX_WIDTH} or higher than {MAX_HEIGHT} pixels is made smaller; nothing but what is to be seen is kept.",
            MAX_UPLOAD / 1024 / 1024,
            MAX_PIXELS / 1_000_000
        ),
    })
}

fn line(urls: &Urls, draft: &Draft, added: Added, size: picture::Size, shown: &[Shown]) -> Picture {
    let uses = shown.iter().filter(|shown| shown.digest == added.digest).map(|shown| Use {
        href: urls.editor_node(&draft.slug, &shown.node),
        node: draft.tree.node(&shown.node).map_or_else(|| shown.node.clone(), |node| node.title.clone()),
        text: shown.text.clone(),
    });
    Picture {
        src: urls.image(&added.digest),
        markdown: picture::written(&added.words, &added.digest),
        uses: uses.collect(),
        remove: urls.editor_picture_remove(&draft.slug, &added.digest),
        added: format!("{} by {}", time::moment(added.at), added.by),
        words: added.words,
        width: size.width,
        height: size.height,
    }
}

/// Takes a picture.
pub async fn upload(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, upload: Upload) -> Result<Response, Failure> {
    let draft = editor.open_draft(&slug).await?;
    let typed = upload.fields.get("words")?.unwrap_or_default().to_owned();
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut errors = FieldErrors::default();
    let file = match upload.files.as_slice() {
        [file] => Some(file.bytes.clone()),
        [] => {
            errors.add("file", "Choose a picture.");
            None
        }
        _ => {
            errors.add("file", "Choose one picture at a time.");
            None
        }
    };
    if words.is_empty() {
        errors.add("words", "Say in a few words what the picture shows, for whoever cannot see it.");
    } else if words.chars().count() > MAX_WORDS {
        errors.add("words", format!("These are {} characters; {MAX_WORDS} are the limit. The rest belongs into the text of the step.", words.chars().count()));
    }
    if let Some(file) = file.filter(|_| errors.is_empty()) {
        match editor.shelf.add_image(&draft.slug, file, &words, &by(&viewer)).await {
            Ok(_) => return Ok(Redirect::to(&editor.site.urls().editor_pictures(&draft.slug)).into_response()),
            Err(Error::Picture(refused)) => errors.add("file", refused.to_string()),
            Err(error @ Error::TooManyPictures) => errors.add("file", format!("{}.", capitalised(&error.to_string()))),
            Err(error) => return Err(refusal(error)),
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&editor, &viewer, &draft, typed, errors).await?).into_response())
}

/// Takes a picture away that no text of the draft shows.
pub async fn remove(State(editor): State<Editor>, viewer: Viewer, Path((slug, digest)): Path<(String, String)>) -> Result<Redirect, Failure> {
    editor.shelf.remove_image(&slug, &digest, &by(&viewer)).await.map_err(refusal)?;
    Ok(Redirect::to(&editor.site.urls().editor_pictures(&slug)))
}
