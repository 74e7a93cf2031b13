//! An outcome of a trial, as visitors would see it.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::Redirect;

use super::super::{Bar, Editor};
use super::beside::{Beside, Typed};
use super::standing::{self, Standing};
use crate::map::Shape;
use crate::tree::model::{Helped, Verdict};
use crate::tree::walk::End;
use crate::web::{Failure, FieldErrors, Form, Nav, Page, Path, Viewer};
use crate::words::{OutcomeWords, ProcedureWords, Reason};

/// Outcomes that were ruled out and stand beside the reasons; more of them are folded.
const RULED_OUT_SHOWN: usize = 5;

/// The page of an outcome, or of the end of everything that can be tried.
#[derive(Template, WebTemplate)]
#[template(path = "editor/trial/outcome.html")]
pub struct OutcomePage {
    page: Page,
    bar: Bar,
    /// `None` where nothing is left to try and the author wrote nothing for it.
    words: Option<OutcomeWords>,
    /// The alternative whose steps are shown, by its place among them.
    shown_way: usize,
    /// The page's own address, behind which an alternative is chosen.
    base: String,
    solved: bool,
    /// Where "Did this fix it?" is posted to; `None` where that is not asked.
    helped_action: Option<String>,
    /// The outcome on the desk.
    edit: Option<String>,
    because: Vec<Reason>,
    ruled_out: Vec<Reason>,
    also_ruled_out: Vec<Reason>,
    tried: Vec<String>,
    errors: FieldErrors,
    beside: Beside,
}

impl OutcomePage {
    fn ways(&self) -> &[ProcedureWords] {
        self.words.as_ref().map_or(&[], |words| &words.procedures)
    }

    /// The alternative whose steps are shown.
    fn way(&self) -> Option<&ProcedureWords> {
        self.ways().get(self.shown_way)
    }

    /// Whether there is no fault that a procedure could have removed.
    fn is_fine(&self) -> bool {
        self.words.as_ref().is_some_and(|words| words.verdict == Verdict::NothingWrong)
    }
}

/// The page for where `standing` has ended. `way` is the procedure whose steps are shown.
pub fn page(editor: &Editor, viewer: &Viewer, standing: &Standing, way: Option<&str>, typed: Typed, errors: FieldErrors) -> OutcomePage {
    let urls = editor.site.urls();
    let slug = standing.slug();
    let at = standing.here();
    let ended = at.as_ref().and_then(|node| standing.closure.outcome(node));
    let words = ended.map(|(part, outcome)| OutcomeWords::new(part, outcome, &standing.sheet, &editor.pictures()));
    let ways = words.as_ref().map_or(&[][..], |words| &words.procedures);
    let shown_way = way.and_then(|key| ways.iter().position(|way| way.key == key)).unwrap_or_default();
    let asks = words.as_ref().is_some_and(|words| words.verdict != Verdict::HandOver);
    let walked = standing.walked();
    let mut ruled_out = walked.ruled_out();
    let also_ruled_out = ruled_out.split_off(ruled_out.len().min(RULED_OUT_SHOWN));
    let mut page = editor.site.page(format!("Trying {}", standing.draft.tree.title)).at(Nav::Editor).seen_by(viewer).hidden();
    if !errors.is_empty() {
        page = page.with_error();
    }
    OutcomePage {
        page,
        bar: Bar::of(urls, viewer, &standing.draft, at.as_ref().map_or("", |node| &node.key), None),
        shown_way,
        base: urls.editor_try(slug),
        solved: matches!(standing.walk.end, End::Outcome { solved: true, .. }),
        helped_action: at.as_ref().filter(|_| asks).map(|node| urls.editor_try_outcome(slug, &standing.written(node))),
        edit: at.as_ref().map(|node| urls.editor_node(if node.slug == standing.closure.tree.slug { slug } else { &node.slug }, &node.key)),
        because: walked.because(),
        ruled_out,
        also_ruled_out,
        tried: walked.tried(),
        beside: Beside::new(standing, urls, typed),
        words,
        errors,
    }
}

/// Keeps the answer to "Did this fix it?".
pub async fn helped(State(editor): State<Editor>, viewer: Viewer, Path((slug, node)): Path<(String, String)>, Form(fields): Form) -> Result<Redirect, Failure> {
    let standing = standing::open(&editor, &viewer, &slug).await?;
    let node = standing.node(&node);
    if standing.closure.outcome(&node).is_none() {
        return Err(Failure::NotFound);
    }
    let written = standing.written(&node);
    let mut case = standing.case.clone();
    match fields.get("fixed")? {
        Some("take-back") => {
            case.answers.remove(&written);
        }
        word => {
            let helped = word.and_then(Helped::parse);
            let helped = helped.ok_or_else(|| Failure::bad_input("The answer must be yes, no or worse. Go back and press one of the buttons."))?;
            case.answers.insert(written, helped);
        }
    }
    standing::put(&editor, &viewer, &standing, case).await.map_err(|failure| failure.keeping(&fields))?;
    Ok(Redirect::to(&editor.site.urls().editor_try(&slug)))
}
