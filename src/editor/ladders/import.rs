//! A ladder's table taken in: read, compared with the ladder, and stored when that was seen.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{Newest, in_table, levels_in_use, newest};
use crate::editor::save::revision;
use crate::editor::{Editor, by};
use crate::shelf;
use crate::tree::ladder::{self, Ladder};
use crate::web::{Failure, FieldErrors, Nav, Page, Path, Upload, Viewer};

/// The page that takes a table.
#[derive(Template, WebTemplate)]
#[template(path = "editor/ladders/import.html")]
pub struct LadderImportPage {
    page: Page,
    errors: FieldErrors,
    product: String,
    revision: i64,
    typed: String,
    /// What the table changes, once one was read.
    differing: Option<Vec<String>>,
    action: String,
    back: String,
}

impl LadderImportPage {
    /// Whether there is something to store.
    fn changes_something(&self) -> bool {
        self.differing.as_ref().is_some_and(|differing| !differing.is_empty())
    }
}

/// Asks for a table.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(key): Path<String>) -> Result<LadderImportPage, Failure> {
    let newest = newest(&editor, &key).await?;
    Ok(page(&editor, &viewer, &newest, String::new()))
}

fn page(editor: &Editor, viewer: &Viewer, newest: &Newest, typed: String) -> LadderImportPage {
    let urls = editor.site.urls();
    LadderImportPage {
        page: editor.site.page("Import a table").at(Nav::Editor).seen_by(viewer).hidden(),
        errors: FieldErrors::default(),
        product: newest.ladder.product().to_owned(),
        revision: newest.revision,
        typed,
        differing: None,
        action: urls.editor_ladder_import(newest.ladder.key()),
        back: urls.editor_ladder(newest.ladder.key()),
    }
}

/// Reads the table and shows what it changes; stores it if that was seen.
pub async fn take(State(editor): State<Editor>, viewer: Viewer, Path(key): Path<String>, upload: Upload) -> Result<Response, Failure> {
    let newest = newest(&editor, &key).await?;
    let (field, text) = match upload.files.first() {
        Some(sent) => {
            ("file", String::from_utf8(sent.bytes.clone()).map_err(|_| "The file is not UTF-8 text. Save it as CSV in UTF-8 and choose it again.".to_owned()))
        }
        None => match upload.fields.get("table")? {
            Some(pasted) => ("table", Ok(pasted.replace("\r\n", "\n"))),
            None => ("file", Err("Choose a file.".to_owned())),
        },
    };
    let read = text.clone().and_then(|text| Ladder::import_csv(&key, newest.ladder.product(), &text, Some(&newest.ladder)).map_err(|error| in_table(&error)));
    let mut page = page(&editor, &viewer, &newest, text.unwrap_or_default());
    match read {
        Err(message) => page.errors.add(field, message),
        Ok(table) => {
            if upload.fields.get("do")? == Some("store") {
                match editor.shelf.save_ladder(table.clone(), revision(&upload.fields)?, &by(&viewer)).await {
                    Ok(_) => return Ok(Redirect::to(&page.back).into_response()),
                    Err(shelf::Error::Stale { .. }) => {
                        page.errors.add("table", "Somebody else changed the ladder meanwhile. Below is what the table would change now.")
                    }
                    Err(error) => levels_in_use(error, "table", &mut page.errors).map_err(|failure| failure.keeping(&upload.fields))?,
                }
            }
            page.differing = Some(ladder::difference(&newest.ladder, &table));
        }
    }
    if page.errors.is_empty() {
        return Ok(page.into_response());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, LadderImportPage { page: page.page.clone().with_error(), ..page }).into_response())
}
