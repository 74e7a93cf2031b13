//! The list of cases, and what its buttons do.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use super::super::checks::{LOOK_AGAIN, tally};
use super::super::save::{self, Attempt, saved};
use super::super::{Bar, Editor, refusal};
use crate::shelf::Draft;
use crate::tree::case;
use crate::tree::closure::Closure;
use crate::tree::condition::Condition;
use crate::tree::model::{Case, Tree};
use crate::tree::report::{CaseReport, Report};
use crate::web::{Failure, Fields, Form, Nav, Page, Path, Urls, Viewer};
use crate::words::{ends, sentence};

/// The page.
#[derive(Template, WebTemplate)]
#[template(path = "editor/cases/list.html")]
struct CasesPage {
    page: Page,
    bar: Bar,
    revision: i64,
    action: String,
    try_action: String,
    new_href: String,
    /// `None` while the cases are being run.
    ran: Option<Vec<CaseLine>>,
    /// How many cases pass.
    passing: usize,
    /// Nodes that no case comes to: title and where they are edited.
    untouched: Vec<(String, String)>,
    /// Branches that no case takes: the title of the node, what the branch says, and where it is edited.
    untaken: Vec<(String, String, String)>,
}

/// A case and how it went.
struct CaseLine {
    number: usize,
    name: String,
    href: String,
    passed: bool,
    expects: String,
    got: String,
    /// Whether what it comes to can be expected of it from now on.
    acceptable: bool,
    /// The titles of the nodes that it passes.
    path: Vec<String>,
}

/// Shows the cases. Each is run on every change, so there is no button for that.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>) -> Result<Response, Failure> {
    let draft = editor.shelf.open_draft(&slug).await.map_err(refusal)?;
    let closure = editor.shelf.closure_of(&draft.tree).await.map_err(refusal)?;
    let report = editor.reports.soon(&draft).await?;
    let urls = editor.site.urls();
    let ran: Option<Vec<CaseLine>> = report.as_deref().map(|report| lines(urls, &draft, &closure, report));
    let page = CasesPage {
        page: editor.site.page(format!("Cases: {}", draft.tree.title)).at(Nav::Editor).seen_by(&viewer).hidden(),
        bar: Bar::of(urls, &viewer, &draft, "", report.as_deref().map(tally)),
        revision: draft.revision,
        action: urls.editor_cases(&slug),
        try_action: urls.editor_try(&slug),
        new_href: urls.editor_new_case(&slug),
        passing: ran.iter().flatten().filter(|line| line.passed).count(),
        untouched: report.as_deref().map_or_else(Vec::new, |report| untouched(urls, &draft, report)),
        untaken: report.as_deref().map_or_else(Vec::new, |report| untaken(urls, &draft, &closure, report)),
        ran,
    };
    Ok(if page.ran.is_some() { page.into_response() } else { (LOOK_AGAIN, page).into_response() })
}

fn lines(urls: &Urls, draft: &Draft, closure: &Closure, report: &Report) -> Vec<CaseLine> {
    let ends = ends::all(closure);
    let line = |(number, ran): (usize, &CaseReport)| CaseLine {
        number,
        name: ran.name.clone(),
        href: urls.editor_case(&draft.slug, number),
        passed: ran.passed,
        expects: ends::words(closure, &ran.expect),
        got: ends::words(closure, &ran.got),
        acceptable: !ran.passed && ends.iter().any(|(written, _)| *written == ran.got),
        path: ran.path.iter().map(|key| title_of(&draft.tree, key)).collect(),
    };
    (1..).zip(&report.cases).map(line).collect()
}

fn title_of(tree: &Tree, key: &str) -> String {
    tree.node(key).map_or(key, |node| node.title.as_str()).to_owned()
}

fn untouched(urls: &Urls, draft: &Draft, report: &Report) -> Vec<(String, String)> {
    let line = |key: &String| (title_of(&draft.tree, key), urls.editor_node(&draft.slug, key));
    report.covered.nodes.iter().map(line).collect()
}

fn untaken(urls: &Urls, draft: &Draft, closure: &Closure, report: &Report) -> Vec<(String, String, String)> {
    let line = |(key, index): &(String, usize)| {
        let node = draft.tree.node(key)?;
        let branch = node.kind.fork()?.branches.get(*index)?;
        let condition: &Condition = &branch.when;
        let says = branch.label.clone().unwrap_or_else(|| sentence(closure, std::slice::from_ref(condition)));
        Some((node.title.clone(), says, urls.editor_node(&draft.slug, key)))
    };
    report.covered.branches.iter().filter_map(line).collect()
}

/// What a button of the list does with the case at an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Up,
    Down,
    Copy,
    Delete,
    Accept,
}

const DOINGS: [(&str, Doing); 5] = [("up", Doing::Up), ("down", Doing::Down), ("copy", Doing::Copy), ("delete", Doing::Delete), ("accept", Doing::Accept)];

/// Moves, copies or deletes a case, or expects of it from now on what it comes to.
pub async fn change(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let (revision, base) = save::base(&editor, &slug, &fields).await?;
    let (doing, index) = pressed(&fields, base.cases.len())?;
    let tree = match doing {
        Doing::Accept => accepted(&editor, &base, index).await?,
        doing => changed(&base, doing, index),
    };
    let next = editor.site.urls().editor_cases(&slug);
    saved(&editor, &viewer, Attempt { slug, revision, tree, next }).await
}

fn pressed(fields: &Fields, cases: usize) -> Result<(Doing, usize), Failure> {
    for (name, doing) in DOINGS {
        if let Some(number) = fields.get(name)? {
            let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).filter(|index| *index < cases);
            return index.map(|index| (doing, index)).ok_or(Failure::NotFound);
        }
    }
    Err(Failure::bad_input("The form does not say what to do. Go back, reload the page and press the button again."))
}

fn changed(base: &Tree, doing: Doing, index: usize) -> Tree {
    let mut tree = base.clone();
    let last = tree.cases.len().saturating_sub(1);
    match doing {
        Doing::Up if index > 0 => tree.cases.swap(index - 1, index),
        Doing::Down if index < last => tree.cases.swap(index, index + 1),
        Doing::Copy => {
            if let Some(case) = tree.cases.get(index) {
                let copy = Case { name: free_name(&tree, &case.name), ..case.clone() };
                tree.cases.insert(index + 1, copy);
            }
        }
        Doing::Delete => {
            tree.cases.remove(index);
        }
        Doing::Up | Doing::Down | Doing::Accept => {}
    }
    tree
}

/// A name that no case has: the copied one's with a number behind it.
fn free_name(tree: &Tree, name: &str) -> String {
    let is_free = |candidate: &String| !tree.cases.iter().any(|case| case.name == *candidate);
    // There are more numbers than cases.
    (2..).map(|number| format!("{name} ({number})")).find(is_free).unwrap_or_default()
}

async fn accepted(editor: &Editor, base: &Arc<Tree>, index: usize) -> Result<Tree, Failure> {
    let closure = editor.shelf.closure_of(base).await.map_err(refusal)?;
    let mut tree = Tree::clone(base);
    let case = tree.cases.get_mut(index).ok_or(Failure::NotFound)?;
    let got = case::run(&closure, case).map_err(Failure::bad_input)?.got;
    if !ends::all(&closure).iter().any(|(written, _)| *written == got) {
        return Err(Failure::bad_input(format!(
            "The case \u{201c}{}\u{201d} comes to {got}, which is no end that a case can expect. Answer more in it.",
            case.name
        )));
    }
    case.expect = got;
    Ok(tree)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::file;

    fn starter() -> Tree {
        file::read(include_str!("../../../trees/extension-not-loaded.yaml")).unwrap()
    }

    fn names(tree: &Tree) -> Vec<&str> {
        tree.cases.iter().take(3).map(|case| case.name.as_str()).collect()
    }

    #[test]
    fn cases_are_moved_copied_and_deleted() {
        let tree = starter();
        let before = names(&tree);
        assert_eq!(names(&changed(&tree, Doing::Down, 0)), [before[1], before[0], before[2]]);
        assert_eq!(changed(&tree, Doing::Up, 0), tree);
        assert_eq!(changed(&tree, Doing::Down, tree.cases.len() - 1), tree);
        assert_eq!(names(&changed(&tree, Doing::Delete, 0)), [before[1], before[2], tree.cases[3].name.as_str()]);
        let copied = changed(&changed(&tree, Doing::Copy, 0), Doing::Copy, 0);
        assert_eq!(names(&copied), [before[0].to_owned(), format!("{} (3)", before[0]), format!("{} (2)", before[0])]);
    }
}
