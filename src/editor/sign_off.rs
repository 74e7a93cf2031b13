//! The whole tree as one page that prints, for someone who approves it without the editor.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::checks::LOOK_AGAIN;
use super::{Editor, refusal};
use crate::tree::closure::Closure;
use crate::tree::difference;
use crate::tree::file;
use crate::tree::model::{Ask, Case, Choice, Fork, Given, Node, NodeKind, Question, Tree};
use crate::web::markdown::{self, Pictures};
use crate::web::{Failure, Nav, Page, Path, Query, Viewer, time};
use crate::words::{OutcomeWords, ends, sentence};

/// The page.
#[derive(Template, WebTemplate)]
#[template(path = "editor/sign_off.html")]
pub struct SignOffPage {
    page: Page,
    /// The desk.
    desk: String,
    tree: Arc<Tree>,
    /// "Draft 15" or "Version 14".
    edition: String,
    is_draft: bool,
    /// The day on which the page was made.
    day: String,
    sections: Vec<Section>,
    cases: Vec<CaseWords>,
    /// What changed, and since which version; `None` for a first version.
    since: Option<(i64, Vec<String>)>,
    /// What the checks have to say; `None` where that is not known yet, or for what was published.
    findings: Option<Vec<String>>,
}

/// A node.
struct Section {
    /// The id of its place on the page.
    anchor: String,
    number: usize,
    title: String,
    body: Body,
}

/// What a node says.
enum Body {
    Question(Box<QuestionWords>),
    Route(ForkWords),
    Outcome(Box<OutcomeWords>, Option<Target>),
    Jump(String),
}

/// A question.
struct QuestionWords {
    asks: &'static str,
    prompt: String,
    hint: Option<String>,
    options: Vec<Choice>,
    fork: ForkWords,
}

/// Where a question or route leads.
struct ForkWords {
    /// For each branch what must hold, and where it leads.
    branches: Vec<(String, Target)>,
    otherwise: Target,
    unknown: Target,
}

/// A node that something leads to.
struct Target {
    anchor: String,
    number: usize,
    title: String,
}

/// A case.
struct CaseWords {
    name: String,
    given: String,
    expects: String,
}

/// Shows the draft, or with `?version=N` what was published as that version.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Query(query): Query) -> Result<Response, Failure> {
    let draft = editor.shelf.open_draft(&slug).await.map_err(refusal)?;
    let version = match query.get("version")? {
        None => None,
        Some(number) => Some(number.parse::<i64>().map_err(|_| Failure::NotFound)?),
    };
    let tree = match version {
        None => Arc::clone(&draft.tree),
        Some(number) => editor.shelf.version_tree(&slug, number).await.map_err(refusal)?,
    };
    let closure = editor.shelf.closure_of(&tree).await.map_err(refusal)?;
    let before = match version {
        None => draft.live,
        Some(number) => editor.shelf.versions(&slug).await.map_err(refusal)?.iter().map(|row| row.number).filter(|before| *before < number).max(),
    };
    let since = match before {
        None => None,
        Some(number) => Some((number, changes(editor.shelf.version_tree(&slug, number).await.map_err(refusal)?, Arc::clone(&tree)).await?)),
    };
    let findings = match version {
        None => editor.reports.soon(&draft).await?.map(|report| report.findings.iter().map(|finding| finding.message.clone()).collect()),
        Some(_) => None,
    };
    let pictures = editor.pictures();
    let edition = version.map_or_else(|| format!("Draft {}", draft.number), |number| format!("Version {number}"));
    let page = SignOffPage {
        page: editor.site.page(format!("{}, {edition}, to sign off", tree.title)).at(Nav::Editor).seen_by(&viewer).hidden(),
        desk: editor.site.urls().editor_tree(&slug),
        edition,
        is_draft: version.is_none(),
        day: time::day(editor.clock.now_ms()),
        sections: tree.nodes.iter().map(|node| section(&closure, node, &pictures)).collect(),
        cases: tree.cases.iter().map(|case| case_words(&closure, case)).collect(),
        since,
        findings,
        tree,
    };
    Ok(if page.is_draft && page.findings.is_none() { (LOOK_AGAIN, page).into_response() } else { page.into_response() })
}

/// What changed, in sentences. Two large trees take a while to compare.
async fn changes(before: Arc<Tree>, after: Arc<Tree>) -> Result<Vec<String>, Failure> {
    let compare = move || difference::sentences(&before, &after).into_iter().map(|sentence| sentence.text).collect();
    tokio::task::spawn_blocking(compare).await.map_err(Failure::internal)
}

fn anchor(key: &str) -> String {
    format!("n-{key}")
}

/// The place of a node among the others, from 1; 0 for one that does not exist.
fn number(tree: &Tree, key: &str) -> usize {
    tree.nodes.iter().position(|node| node.key == key).map_or(0, |index| index + 1)
}

fn target(tree: &Tree, key: &str) -> Target {
    let title = tree.node(key).map_or_else(|| format!("{key}, which does not exist"), |node| node.title.clone());
    Target { anchor: anchor(key), number: number(tree, key), title }
}

fn section(closure: &Closure, node: &Node, pictures: &Pictures) -> Section {
    let tree = &closure.tree;
    let body = match &node.kind {
        NodeKind::Question(question) => Body::Question(Box::new(question_words(closure, question, pictures))),
        NodeKind::Route(fork) => Body::Route(fork_words(closure, fork)),
        NodeKind::Outcome(outcome) => {
            let next = outcome.did_not_help.as_deref().map(|key| target(tree, key));
            Body::Outcome(Box::new(OutcomeWords::as_written(outcome, pictures)), next)
        }
        NodeKind::Jump(jump) => Body::Jump(closure.jumps.get(&jump.tree).map_or_else(|| jump.tree.clone(), |other| other.tree.title.clone())),
    };
    Section { anchor: anchor(&node.key), number: number(tree, &node.key), title: node.title.clone(), body }
}

fn question_words(closure: &Closure, question: &Question, pictures: &Pictures) -> QuestionWords {
    let asks = match question.ask {
        Ask::Text => "a text",
        Ask::Event => "events of a log",
        Ask::Servers => "machines, with what the conditions need to know of each",
        Ask::Choice => "one of these",
        Ask::Choices => "any of these",
        Ask::YesNo => "yes or no",
        Ask::Code => "an error code",
        Ask::Number => "a number",
    };
    QuestionWords {
        asks,
        prompt: question.prompt.clone(),
        hint: question.hint.as_deref().map(|hint| markdown::render(hint, pictures)),
        options: question.options.clone(),
        fork: fork_words(closure, &question.fork),
    }
}

fn fork_words(closure: &Closure, fork: &Fork) -> ForkWords {
    let tree = &closure.tree;
    ForkWords {
        branches: fork.branches.iter().map(|branch| (sentence(closure, std::slice::from_ref(&branch.when)), target(tree, &branch.to))).collect(),
        otherwise: target(tree, &fork.otherwise),
        unknown: target(tree, &fork.unknown),
    }
}

fn case_words(closure: &Closure, case: &Case) -> CaseWords {
    CaseWords {
        name: case.name.clone(),
        // What a file or form has brought can be written again.
        given: file::write_given(&Given::of(case)).unwrap_or_default(),
        expects: ends::words(closure, &case.expect),
    }
}
