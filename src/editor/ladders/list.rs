//! The list of ladders, and the form that begins another.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::editor::save::refusal;
use crate::editor::{Editor, by};
use crate::tree::check::is_slug;
use crate::tree::ladder::{Family, FamilyKind, Ladder, Release};
use crate::web::{Failure, FieldErrors, Fields, Form, Nav, Page, Viewer};

/// The list of ladders.
#[derive(Template, WebTemplate)]
#[template(path = "editor/ladders/list.html")]
pub struct LaddersPage {
    page: Page,
    errors: FieldErrors,
    ladders: Vec<LadderLine>,
    typed: New,
    action: String,
    back: String,
}

/// A ladder of the list.
struct LadderLine {
    product: String,
    key: String,
    href: String,
    families: usize,
    levels: usize,
}

/// What was typed for a new ladder: its name and its first level.
#[derive(Default)]
struct New {
    key: String,
    product: String,
    family: String,
    kind: String,
    level: String,
}

impl New {
    fn read(fields: &Fields) -> Result<Self, Failure> {
        let text = |name| Ok::<_, Failure>(fields.get(name)?.unwrap_or_default().trim().to_owned());
        Ok(Self { key: text("key")?, product: text("product")?, family: text("family")?, kind: text("kind")?, level: text("level")? })
    }

    /// The ladder; what is missing is said in `errors`.
    fn ladder(&self, errors: &mut FieldErrors) -> Option<Ladder> {
        if !is_slug(&self.key) {
            errors.add("key", "Enter a key of a-z, 0-9 and \"-\", beginning with a letter: trees choose the ladder by it.");
        }
        for (name, text, what) in [
            ("product", &self.product, "the product"),
            ("family", &self.family, "its first family, such as 5.5"),
            ("level", &self.level, "its first level, such as RTM"),
        ] {
            if text.is_empty() {
                errors.add(name, format!("Enter {what}."));
            }
        }
        let kind = FamilyKind::parse(&self.kind);
        if kind.is_none() {
            errors.add("kind", "Choose how the family is kept up to date.");
        }
        let (kind, true) = (kind?, errors.is_empty()) else { return None };
        let release = Release { line: self.level.clone(), update: None, level: self.level.clone(), build: None, released: None, kb: None };
        let family = Family { name: self.family.clone(), kind, releases: vec![release] };
        let made = Ladder::from_families(&self.key, &self.product, &[family]);
        made.map_err(|error| errors.add("level", error.message)).ok()
    }
}

/// The list of ladders.
pub async fn show(State(editor): State<Editor>, viewer: Viewer) -> Result<LaddersPage, Failure> {
    page(&editor, &viewer).await
}

async fn page(editor: &Editor, viewer: &Viewer) -> Result<LaddersPage, Failure> {
    let urls = editor.site.urls();
    let ladders = editor.shelf.ladders().await.map_err(refusal)?;
    let line = |ladder: &Ladder| LadderLine {
        product: ladder.product().to_owned(),
        key: ladder.key().to_owned(),
        href: urls.editor_ladder(ladder.key()),
        families: ladder.families().len(),
        levels: ladder.levels().count(),
    };
    Ok(LaddersPage {
        page: editor.site.page("Ladders").at(Nav::Editor).seen_by(viewer).hidden(),
        errors: FieldErrors::default(),
        ladders: ladders.iter().map(line).collect(),
        typed: New::default(),
        action: urls.editor_ladders(),
        back: urls.editor(),
    })
}

/// Begins a ladder with one level.
pub async fn create(State(editor): State<Editor>, viewer: Viewer, Form(fields): Form) -> Result<Response, Failure> {
    let typed = New::read(&fields)?;
    let mut errors = FieldErrors::default();
    let ladder = typed.ladder(&mut errors);
    let ladders = editor.shelf.ladders().await.map_err(refusal)?;
    if let Some(taken) = ladders.get(&typed.key) {
        errors.add("key", format!("The ladder of {} has this key. Choose another, or open that ladder.", taken.product()));
    }
    let Some(ladder) = ladder.filter(|_| errors.is_empty()) else {
        let page = page(&editor, &viewer).await?;
        let page = LaddersPage { page: page.page.clone().with_error(), errors, typed, ..page };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let saved = editor.shelf.save_ladder(ladder, 0, &by(&viewer)).await;
    saved.map_err(|error| refusal(error).keeping(&fields))?;
    Ok(Redirect::to(&editor.site.urls().editor_ladder(&typed.key)).into_response())
}
