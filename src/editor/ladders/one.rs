//! A ladder: its families with their levels, and its revisions.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::family::NEW;
use super::{levels_in_use, newest};
use crate::editor::save::{refusal, revision};
use crate::editor::{Editor, by};
use crate::shelf;
use crate::tree::ladder::{self, Family, FamilyKind, Ladder};
use crate::web::{Failure, FieldErrors, Form, Nav, Page, Path, Query, Viewer, time};

/// A ladder.
#[derive(Template, WebTemplate)]
#[template(path = "editor/ladders/one.html")]
pub struct LadderPage {
    page: Page,
    errors: FieldErrors,
    ladder: Arc<Ladder>,
    revision: i64,
    /// Whether an older revision is shown, which cannot be edited.
    is_old: bool,
    /// What the shown revision changes against the newest.
    differing: Vec<String>,
    revisions: Vec<RevisionLine>,
    add: String,
    import: String,
    table: String,
    href: String,
    back: String,
}

/// A revision of the list.
struct RevisionLine {
    revision: i64,
    at: String,
    by: String,
    href: String,
    is_shown: bool,
}

impl LadderPage {
    /// Where a family is edited.
    fn edit(&self, family: &Family) -> String {
        self.page.urls().editor_family(self.ladder.key(), &family.name)
    }
}

/// A ladder; `?revision=` shows an older revision of it.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(key): Path<String>, Query(fields): Query) -> Result<LadderPage, Failure> {
    let shown = fields.get("revision")?.map(|number| number.parse::<i64>().map_err(|_| Failure::NotFound)).transpose()?;
    page(&editor, &viewer, &key, shown).await
}

async fn page(editor: &Editor, viewer: &Viewer, key: &str, shown: Option<i64>) -> Result<LadderPage, Failure> {
    let newest = newest(editor, key).await?;
    let shown = shown.unwrap_or(newest.revision);
    let is_old = shown != newest.revision;
    let ladder = if is_old { editor.shelf.ladder_at(key, shown).await.map_err(no_revision)? } else { Arc::clone(&newest.ladder) };
    let urls = editor.site.urls();
    let line = |row: shelf::LadderRevision| RevisionLine {
        at: time::moment(row.at),
        by: row.by.unwrap_or_else(|| "shipped with Fixpath".to_owned()),
        href: format!("{}?{}", urls.editor_ladder(key), crate::web::urls::query([("revision", row.revision.to_string().as_str())])),
        is_shown: row.revision == shown,
        revision: row.revision,
    };
    let mut revisions: Vec<RevisionLine> = editor.shelf.ladder_revisions(key).await.map_err(refusal)?.into_iter().map(line).collect();
    revisions.sort_by_key(|line| std::cmp::Reverse(line.revision));
    Ok(LadderPage {
        page: editor.site.page(format!("Ladder of {}", ladder.product())).at(Nav::Editor).seen_by(viewer).hidden(),
        errors: FieldErrors::default(),
        differing: if is_old { ladder::difference(&newest.ladder, &ladder) } else { Vec::new() },
        ladder,
        revision: newest.revision,
        is_old,
        revisions,
        add: urls.editor_family(key, NEW),
        import: urls.editor_ladder_import(key),
        table: urls.editor_ladder_table(key),
        href: urls.editor_ladder(key),
        back: urls.editor_ladders(),
    })
}

/// An address that names a revision which the ladder never had leads nowhere.
fn no_revision(error: shelf::Error) -> Failure {
    if matches!(error, shelf::Error::NoLadder(_)) { Failure::NotFound } else { refusal(error) }
}

/// The newest revision as a table.
pub async fn table(State(editor): State<Editor>, Path(key): Path<String>) -> Result<impl IntoResponse, Failure> {
    let newest = newest(&editor, &key).await?;
    let headers: [(HeaderName, String); 3] = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.csv\"", newest.ladder.key())),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, newest.ladder.to_csv()))
}

/// Moves or removes a family.
pub async fn change(State(editor): State<Editor>, viewer: Viewer, Path(key): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let base = revision(&fields)?;
    let newest = newest(&editor, &key).await?;
    let mut families = newest.ladder.families().to_vec();
    for (wish, name) in fields.iter() {
        let Some(at) = newest.ladder.family_at(name) else { continue };
        match wish {
            "up" if at > 0 => families.swap(at - 1, at),
            "down" if at + 1 < families.len() => families.swap(at, at + 1),
            "remove" => drop(families.remove(at)),
            _ => {}
        }
    }
    let mut errors = FieldErrors::default();
    match Ladder::from_families(&key, newest.ladder.product(), &families) {
        Err(error) => errors.add("families", format!("A ladder needs at least one level: {}.", error.message)),
        Ok(changed) => match editor.shelf.save_ladder(changed, base, &by(&viewer)).await {
            Ok(_) => return Ok(Redirect::to(&editor.site.urls().editor_ladder(&key)).into_response()),
            Err(shelf::Error::Stale { .. }) => errors.add("families", "Somebody else changed the ladder meanwhile. Look at it as it is now, and try again."),
            Err(error) => levels_in_use(error, "families", &mut errors).map_err(|failure| failure.keeping(&fields))?,
        },
    }
    let page = page(&editor, &viewer, &key, None).await?;
    Ok((StatusCode::CONFLICT, LadderPage { page: page.page.clone().with_error(), errors, ..page }).into_response())
}
