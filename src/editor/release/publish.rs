//! The gate before publishing: what holds of the draft, what has changed, and the buttons that publish it now, later, or ask somebody else to.

use std::collections::BTreeSet;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{TreeState, frame, moment, open, with_status};
use crate::editor::save::{refusal, revision};
use crate::editor::{Bar, Editor, by};
use crate::shelf::{self, Draft, Saved};
use crate::tree::difference::{self, Sentence};
use crate::tree::gate::{Gate, Verdict};
use crate::web::{Failure, FieldErrors, Fields, Form, Page, Path, Role, Viewer, time};

/// The longest summary, and the longest note to a reviewer, in characters.
const LONGEST_TEXT: usize = 500;

/// The gate before publishing.
#[derive(Template, WebTemplate)]
#[template(path = "editor/release/publish.html")]
pub struct PublishPage {
    page: Page,
    bar: Bar,
    slug: String,
    errors: FieldErrors,
    gate: Gate,
    typed: Typed,
    revision: i64,
    number: i64,
    action: String,
    desk: String,
    /// What was edited since the form was opened.
    meanwhile: Vec<String>,
    sentences: Vec<Sentence>,
    live: Option<Live>,
    review: Option<Asked>,
    schedule: Option<Scheduled>,
    four_eyes: bool,
    may_publish: bool,
}

/// The version that visitors walk now.
struct Live {
    number: i64,
    running: i64,
    compare: String,
}

/// Somebody asked for a second pair of eyes.
struct Asked {
    by: String,
    at: String,
    note: String,
    is_older: bool,
}

/// A time was set.
struct Scheduled {
    at: String,
    by: String,
    summary: String,
    failed: Option<String>,
    is_older: bool,
}

/// What was typed into the form.
#[derive(Debug, Clone, Default)]
struct Typed {
    summary: String,
    note: String,
    date: String,
    time: String,
    accepted: BTreeSet<String>,
}

impl Typed {
    fn read(fields: &Fields) -> Result<Self, Failure> {
        let text = |name| Ok::<_, Failure>(fields.get(name)?.unwrap_or_default().trim().to_owned());
        Ok(Self {
            summary: text("summary")?,
            note: text("note")?,
            date: text("date")?,
            time: text("time")?,
            accepted: fields.all("accept").map(str::to_owned).collect(),
        })
    }
}

impl PublishPage {
    /// Whether an earlier form of this page has accepted the case.
    fn accepts(&self, case: &str) -> bool {
        self.typed.accepted.contains(case)
    }

    /// The kind of label that a check gets.
    fn tag_of(&self, verdict: &Verdict) -> &'static str {
        match verdict {
            Verdict::Pass => "ok",
            Verdict::Warn => "warn",
            Verdict::Fail => "bad",
        }
    }
}

/// Shows the gate.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>) -> Result<PublishPage, Failure> {
    let draft = open(&editor, &slug).await?;
    let (date, time) = moment::in_an_hour(editor.clock.now_ms());
    let gate = editor.shelf.gate(&draft).await.map_err(refusal)?;
    page(&editor, &viewer, &draft, gate, Typed { date, time, ..Typed::default() }).await
}

/// What a button of the page asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Publish,
    Schedule,
    AskReview,
}

/// Takes what a button of the page sends.
pub async fn act(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let acted = match fields.get("do")?.unwrap_or_default() {
        "publish" => release(&editor, &viewer, &slug, &fields, Wish::Publish).await,
        "schedule" => release(&editor, &viewer, &slug, &fields, Wish::Schedule).await,
        "ask" => release(&editor, &viewer, &slug, &fields, Wish::AskReview).await,
        "take_back" => settle(&editor, &slug, editor.shelf.take_back_review(&slug, &by(&viewer)).await),
        "unschedule" => {
            viewer.require(Role::Publisher)?;
            settle(&editor, &slug, editor.shelf.unschedule(&slug, &by(&viewer)).await)
        }
        "four_eyes" => {
            viewer.require(Role::Publisher)?;
            let wanted = fields.get("wanted")?.is_some();
            settle(&editor, &slug, editor.shelf.set_four_eyes(&slug, wanted, &by(&viewer)).await)
        }
        _ => Err(Failure::bad_input("The form does not say what to do. Open its page again and use its buttons.")),
    };
    acted.map_err(|failure| failure.keeping(&fields))
}

/// Back to the page after something small.
fn settle(editor: &Editor, slug: &str, done: shelf::Result<()>) -> Result<Response, Failure> {
    done.map_err(refusal)?;
    Ok(Redirect::to(&editor.site.urls().editor_publish(slug)).into_response())
}

/// Publishes the draft, sets a time for it, or asks for a second pair of eyes; the page comes back if something is missing.
async fn release(editor: &Editor, viewer: &Viewer, slug: &str, fields: &Fields, wish: Wish) -> Result<Response, Failure> {
    if wish != Wish::AskReview {
        viewer.require(Role::Publisher)?;
    }
    let typed = Typed::read(fields)?;
    let draft = open(editor, slug).await?;
    let made_from = revision(fields)?;
    if draft.revision != made_from {
        return stale(editor, viewer, &draft, made_from, typed).await;
    }
    let gate = editor.shelf.gate(&draft).await.map_err(refusal)?;
    let mut errors = FieldErrors::default();
    let at = match wish {
        Wish::Schedule => moment::read(&typed.date, &typed.time, editor.clock.now_ms(), &mut errors),
        _ => None,
    };
    match wish {
        Wish::AskReview if typed.note.chars().count() > LONGEST_TEXT => errors.add("note", format!("The note may have {LONGEST_TEXT} characters.")),
        Wish::AskReview => {}
        Wish::Publish | Wish::Schedule => examine(&gate, &typed, &mut errors),
    }
    if !errors.is_empty() {
        return refuse(editor, viewer, &draft, gate, typed, errors).await;
    }
    let draft = if wish == Wish::AskReview { draft } else { accept(editor, viewer, draft, &gate, &typed).await? };
    let (by, urls) = (by(viewer), editor.site.urls());
    let done = match (wish, at) {
        (Wish::AskReview, _) => editor.shelf.ask_review(slug, draft.revision, &typed.note, &by).await.map(|()| urls.editor_publish(slug)),
        (Wish::Schedule, Some(at)) => editor.shelf.schedule(slug, draft.revision, at, &typed.summary, &by).await.map(|_| urls.editor_publish(slug)),
        _ => editor.shelf.publish_draft(slug, draft.revision, &typed.summary, &by).await.map(|version| urls.editor_published(slug, version.number)),
    };
    match done {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(shelf::Error::Stale { .. }) => {
            let now = open(editor, slug).await?;
            stale(editor, viewer, &now, draft.revision, typed).await
        }
        Err(error @ shelf::Error::FourEyes(_)) => {
            let gate = editor.shelf.gate(&draft).await.map_err(refusal)?;
            errors.add("review", format!("This guide needs a second pair of eyes: {error}."));
            refuse(editor, viewer, &draft, gate, typed, errors).await
        }
        Err(error) => Err(refusal(error)),
    }
}

/// The page again with what is in the way.
async fn refuse(editor: &Editor, viewer: &Viewer, draft: &Draft, gate: Gate, typed: Typed, errors: FieldErrors) -> Result<Response, Failure> {
    let page = page(editor, viewer, draft, gate, typed).await?;
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, PublishPage { page: page.page.clone().with_error(), errors, ..page }))
}

/// What keeps the draft from being published, beside the field that mends it.
fn examine(gate: &Gate, typed: &Typed, errors: &mut FieldErrors) {
    if typed.summary.is_empty() {
        errors.add("summary", "Say in a sentence what changed: it stands in the list of versions.");
    }
    if typed.summary.chars().count() > LONGEST_TEXT {
        errors.add("summary", format!("The summary may have {LONGEST_TEXT} characters."));
    }
    if !gate.opens(&typed.accepted) {
        errors.add("checks", format!("The draft does not pass its checks. {}", gate.refusal()));
    }
}

/// The draft with the accepted cases; the present one if none was accepted.
async fn accept(editor: &Editor, viewer: &Viewer, draft: Draft, gate: &Gate, typed: &Typed) -> Result<Draft, Failure> {
    let accepted = gate.accept(&draft.tree, &typed.accepted);
    if accepted == *draft.tree {
        return Ok(draft);
    }
    match editor.shelf.save(&draft.slug, draft.revision, accepted, &by(viewer)).await.map_err(refusal)? {
        Saved::Stored(draft) | Saved::Unchanged(draft) => Ok(draft),
        Saved::Conflict { draft, .. } => Err(refusal(shelf::Error::Stale { present: draft.revision })),
    }
}

/// The page again for a draft that was edited meanwhile, with what was typed and what was edited.
async fn stale(editor: &Editor, viewer: &Viewer, draft: &Draft, made_from: i64, typed: Typed) -> Result<Response, Failure> {
    let before = editor.shelf.draft_at(&draft.slug, made_from).await.map_err(refusal)?;
    let meanwhile: Vec<String> = difference::sentences(&before, &draft.tree).into_iter().map(|sentence| sentence.text).collect();
    let meanwhile = if meanwhile.is_empty() { vec!["The draft was edited, and comes to the same again".to_owned()] } else { meanwhile };
    let gate = editor.shelf.gate(draft).await.map_err(refusal)?;
    let page = page(editor, viewer, draft, gate, typed).await?;
    Ok(with_status(StatusCode::CONFLICT, PublishPage { page: page.page.clone().with_error(), meanwhile, ..page }))
}

async fn page(editor: &Editor, viewer: &Viewer, draft: &Draft, gate: Gate, typed: Typed) -> Result<PublishPage, Failure> {
    let (page, bar) = frame(editor, viewer, draft, "Publish");
    let urls = editor.site.urls();
    let mut sentences = Vec::new();
    let mut live = None;
    if let Some(version) = editor.shelf.current(&draft.slug) {
        sentences = difference::sentences(&version.tree, &draft.tree);
        let walked = editor.records.walked(draft.tree_id).await.map_err(Failure::unavailable)?;
        live = Some(Live {
            number: version.number,
            running: walked.get(&version.id).map_or(0, |walked| walked.running),
            compare: urls.editor_compare(&draft.slug, &TreeState::Version(version.number).to_string(), &TreeState::Draft.to_string()),
        });
    }
    let review = draft.review.as_ref().map(|review| Asked {
        by: review.by.clone(),
        at: time::moment(review.at),
        note: review.note.clone(),
        is_older: review.revision != draft.revision,
    });
    let schedule = draft.schedule.as_ref().map(|schedule| Scheduled {
        at: time::moment(schedule.at),
        by: schedule.by.clone(),
        summary: schedule.summary.clone(),
        failed: schedule.failed.clone(),
        is_older: schedule.stale,
    });
    Ok(PublishPage {
        page,
        bar,
        slug: draft.slug.clone(),
        errors: FieldErrors::default(),
        gate,
        typed,
        revision: draft.revision,
        number: draft.number,
        action: urls.editor_publish(&draft.slug),
        desk: urls.editor_tree(&draft.slug),
        meanwhile: Vec::new(),
        sentences,
        live,
        review,
        schedule,
        four_eyes: draft.four_eyes,
        may_publish: viewer.roles.allow(Role::Publisher),
    })
}
