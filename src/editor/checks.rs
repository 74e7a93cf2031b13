//! What the checks and the proof say of a draft: the list on the desk, and a page with all of it, node by node.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};

use super::frame::Tally;
use super::save::{self, Attempt, saved};
use super::{Bar, Editor, refusal};
use crate::shelf::Draft;
use crate::tree::check::{Finding, Severity};
use crate::tree::model::{Fork, Meant, NodeKind, Tree};
use crate::tree::report::Report;
use crate::web::{Failure, Form, Nav, Page, Path, Urls, Viewer};

/// The most findings that the desk lists; the page has all of them.
const LISTED: usize = 12;
/// Lets a page that waits for a report look again by itself, in seconds.
pub const LOOK_AGAIN: [(HeaderName, &str); 1] = [(header::REFRESH, "2")];

/// The list of findings below the map.
pub struct Checks {
    /// `None` while the draft is being proven.
    pub found: Option<Found>,
    /// The number that the draft will have as a version.
    pub number: i64,
    /// The revision that the list is about.
    pub revision: i64,
    /// Where a counter-example begins as a walk.
    pub try_action: String,
    /// Where a finding is marked as meant.
    pub mark_action: String,
    /// The page with all findings.
    pub href: String,
    /// The cases.
    pub cases_href: String,
    /// The whole draft as one page.
    pub sign_off_href: String,
}

/// What was found.
pub struct Found {
    /// The findings, errors first.
    pub findings: Vec<FindingLine>,
    /// How many findings are not listed here.
    pub more: usize,
    /// What passed, in sentences.
    pub passed: Vec<String>,
}

/// A finding.
pub struct FindingLine {
    /// Whether it keeps the draft from being published.
    pub is_error: bool,
    /// What it is about: the title of its node, or the guide.
    pub title: String,
    /// Where that is put right.
    pub href: String,
    /// What is found and what to do.
    pub text: String,
    /// The kind of the finding: a word that never changes.
    pub what: &'static str,
    /// Facts that show it.
    pub witness: Option<WitnessLine>,
    /// The mark that silences it, with the node that it is put on.
    pub mark: Option<(&'static str, String)>,
}

/// Facts that show a finding.
pub struct WitnessLine {
    /// The facts in a few words.
    pub words: String,
    /// The same as a case in JSON, which begins a walk.
    pub case: String,
}

impl Checks {
    /// The list for the desk, with the worst findings.
    #[must_use]
    pub fn new(urls: &Urls, draft: &Draft, report: Option<&Report>) -> Self {
        Self::listing(urls, draft, report, LISTED)
    }

    fn listing(urls: &Urls, draft: &Draft, report: Option<&Report>, most: usize) -> Self {
        let slug = &draft.slug;
        Self {
            found: report.map(|report| Found {
                findings: report.findings.iter().take(most).map(|finding| FindingLine::new(urls, slug, &draft.tree, finding)).collect(),
                more: report.findings.len().saturating_sub(most),
                passed: report.passed.clone(),
            }),
            number: draft.number,
            revision: draft.revision,
            try_action: urls.editor_try(slug),
            mark_action: urls.editor_meant(slug),
            href: urls.editor_checks(slug),
            cases_href: urls.editor_cases(slug),
            sign_off_href: urls.editor_sign_off(slug),
        }
    }
}

impl FindingLine {
    fn new(urls: &Urls, slug: &str, tree: &Tree, finding: &Finding) -> Self {
        let key = finding.node.as_deref();
        let title = |key: &str| format!("\u{201c}{}\u{201d}", tree.node(key).map_or(key, |node| node.title.as_str()));
        let witness = finding.witness.as_ref().map(|witness| WitnessLine {
            words: witness.words.clone(),
            // A case is made of texts, lists and numbers, which can always be written.
            case: serde_json::to_string(&witness.case).unwrap_or_default(),
        });
        Self {
            is_error: finding.is_error(),
            title: key.map_or_else(|| "The guide as a whole".to_owned(), title),
            href: key.map_or_else(|| urls.editor_tree(slug), |key| urls.editor_node(slug, key)),
            text: finding.message.clone(),
            what: finding.what.as_str(),
            witness,
            mark: finding.mark.map(written).zip(key.map(str::to_owned)),
        }
    }
}

/// The word for a mark in forms.
fn written(mark: Meant) -> &'static str {
    match mark {
        Meant::Order => "order",
        Meant::Otherwise => "otherwise",
    }
}

/// What the bar shows of a report.
#[must_use]
pub fn tally(report: &Report) -> Tally {
    let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
    Tally { passed: report.passed.len(), warnings: count(Severity::Warning), errors: count(Severity::Error) }
}

/// The page of the checks.
#[derive(Template, WebTemplate)]
#[template(path = "editor/checks.html")]
struct ChecksPage {
    page: Page,
    bar: Bar,
    checks: Checks,
    /// The findings by what they are about, in the order of the nodes; none while the draft is being proven.
    groups: Vec<Group>,
}

/// The findings about one node, or about the guide as a whole.
struct Group {
    title: String,
    href: String,
    findings: Vec<FindingLine>,
}

/// Shows everything that the checks and the proof say. While they are at work the page looks again by itself.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>) -> Result<Response, Failure> {
    let draft = editor.shelf.open_draft(&slug).await.map_err(refusal)?;
    let report = editor.reports.soon(&draft).await?;
    let urls = editor.site.urls();
    let page = ChecksPage {
        page: editor.site.page(format!("Checks: {}", draft.tree.title)).at(Nav::Editor).seen_by(&viewer).hidden(),
        bar: Bar::of(urls, &viewer, &draft, "", report.as_deref().map(tally)),
        checks: Checks::listing(urls, &draft, report.as_deref(), 0),
        groups: report.as_ref().map_or_else(Vec::new, |report| groups(urls, &draft, report)),
    };
    Ok(if report.is_some() { page.into_response() } else { (LOOK_AGAIN, page).into_response() })
}

fn groups(urls: &Urls, draft: &Draft, report: &Arc<Report>) -> Vec<Group> {
    let line = |finding: &Finding| FindingLine::new(urls, &draft.slug, &draft.tree, finding);
    let about = |key: Option<&str>| {
        let findings: Vec<FindingLine> = report.findings.iter().filter(|finding| finding.node.as_deref() == key).map(line).collect();
        let first = findings.first()?;
        Some(Group { title: first.title.clone(), href: first.href.clone(), findings })
    };
    let mut keys: Vec<Option<&str>> = vec![None];
    keys.extend(draft.tree.nodes.iter().map(|node| Some(node.key.as_str())));
    keys.into_iter().filter_map(about).collect()
}

/// Puts a mark ("this is meant") on a node.
pub async fn meant(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let (revision, base) = save::base(&editor, &slug, &fields).await?;
    let mark = match fields.get("mark")? {
        Some("order") => Meant::Order,
        Some("otherwise") => Meant::Otherwise,
        _ => return Err(Failure::bad_input("The form does not say what is meant. Go back, reload the page and press the button again.")),
    };
    let mut tree = Tree::clone(&base);
    let key = fields.get("node")?.unwrap_or_default();
    let fork = tree.nodes.iter_mut().find(|node| node.key == key).and_then(|node| fork_of(&mut node.kind)).ok_or(Failure::NotFound)?;
    if !fork.meant.contains(&mark) {
        fork.meant.push(mark);
    }
    let next = if fields.get("from")? == Some("checks") { editor.site.urls().editor_checks(&slug) } else { editor.site.urls().editor_node(&slug, key) };
    saved(&editor, &viewer, Attempt { slug, revision, tree, next }).await
}

fn fork_of(kind: &mut NodeKind) -> Option<&mut Fork> {
    match kind {
        NodeKind::Question(question) => Some(&mut question.fork),
        NodeKind::Route(fork) => Some(fork),
        NodeKind::Outcome(_) | NodeKind::Jump(_) => None,
    }
}
