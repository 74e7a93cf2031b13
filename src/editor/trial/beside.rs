//! What stands beside the question or outcome of a trial: the path, what is known, and what can be done with the walk.

use super::keep::KeepForm;
use super::standing::{Standing, Unfit, says_something};
use crate::map::{self, LaneMap, LaneOptions};
use crate::tree::closure::NodeRef;
use crate::tree::fact::FactKey;
use crate::tree::model::NodeKind;
use crate::tree::walk::{How, Taken};
use crate::web::Urls;
use crate::words::{Known, Links, title};

/// Everything but the question or outcome.
pub struct Beside {
    /// The path so far, and last where the walk stands.
    pub path: Vec<PathLine>,
    /// What is known.
    pub known: Known,
    /// What was said and the draft does not understand, each with where its removal is posted to.
    pub unfit: Vec<(Unfit, String)>,
    /// The path and what is still possible.
    pub map: LaneMap,
    /// The map in words.
    pub in_words: String,
    /// The case that the walk was opened from, if it has a name.
    pub name: String,
    /// Where a walk begins anew.
    pub try_action: String,
    /// Where what is pasted is read.
    pub paste_action: String,
    /// What stands in the box for evidence.
    pub evidence: String,
    /// The cases of the draft.
    pub cases_href: String,
    /// Whether anything was said, so that one can start over.
    pub begun: bool,
    /// The form that keeps the walk as a case.
    pub keep: KeepForm,
    /// The case as which the walk before this one was just kept.
    pub kept: Option<KeptCase>,
}

/// A node of the path.
pub struct PathLine {
    /// Its title.
    pub title: String,
    /// What was said there, or how it was passed.
    pub how: String,
    /// The page that changes the answer.
    pub change: Option<String>,
    /// The node on the desk.
    pub edit: String,
    /// Whether the walk stands here.
    pub here: bool,
}

/// A case as which a walk was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCase {
    /// Its name.
    pub name: String,
    /// How many facts of the walk are not in it, since the draft does not understand them.
    pub left_out: usize,
}

/// What a page of a trial shows of the forms beside it, and what became of the one before.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// What stands in the box for evidence.
    pub evidence: String,
    /// What stands in the form that keeps the walk, where it comes back.
    pub keep: Option<(String, bool)>,
    /// The case that was just kept.
    pub kept: Option<KeptCase>,
}

impl Beside {
    /// What stands beside `standing`.
    pub fn new(standing: &Standing, urls: &Urls, typed: Typed) -> Self {
        let walked = standing.walked();
        let slug = standing.slug();
        let answers = |node: &NodeRef| walked.short_answer(node);
        let removable = |unfit: &Unfit| (unfit.clone(), urls.editor_try_remove(slug, &unfit.key));
        let case = &standing.case;
        Self {
            path: path(standing, urls),
            known: Known::new(&walked, &Changes { standing, urls }),
            unfit: standing.unfit.iter().map(removable).collect(),
            map: map::lane(&standing.closure, &standing.walk, &answers, LaneOptions::default()),
            in_words: map::in_words(&standing.closure, &standing.walk, &answers),
            name: case.name.clone(),
            try_action: urls.editor_try(slug),
            paste_action: urls.editor_try_paste(slug),
            evidence: typed.evidence,
            cases_href: urls.editor_cases(slug),
            begun: says_something(case),
            keep: KeepForm::new(standing, urls, typed.keep),
            kept: typed.kept,
        }
    }
}

fn path(standing: &Standing, urls: &Urls) -> Vec<PathLine> {
    let walked = standing.walked();
    let line = |node: &NodeRef, how: String, here: bool| PathLine {
        title: title(&standing.closure, node),
        how,
        change: standing.closure.question(node).filter(|_| !here).map(|_| urls.editor_try_question(standing.slug(), &standing.written(node))),
        edit: urls.editor_node(if node.slug == standing.closure.tree.slug { standing.slug() } else { &node.slug }, &node.key),
        here,
    };
    let mut lines: Vec<PathLine> = Vec::new();
    for stop in &standing.walk.path {
        let said = walked.short_answer(&stop.node).unwrap_or_else(|| passed(standing, &stop.node, &stop.how, stop.taken).to_owned());
        lines.push(line(&stop.node, said, false));
    }
    if let Some(here) = standing.walk.end.node() {
        lines.push(line(here, "the walk stands here".to_owned(), true));
    }
    lines
}

/// How a node was passed where no answer says it in a few words.
fn passed(standing: &Standing, node: &NodeRef, how: &How, taken: Taken) -> &'static str {
    let is_route = standing.closure.node(node).is_some_and(|(_, node)| matches!(node.kind, NodeKind::Route(_)));
    match (how, taken) {
        (How::DontKnow, _) => "you don\u{2019}t know",
        (_, Taken::Otherwise) => "no branch fits",
        (_, Taken::Unknown(_)) => "cannot be told",
        (_, Taken::Waits) => "waits for another answer",
        (How::Jumped, _) => "goes on in another guide",
        _ if is_route => "answers itself",
        _ => "answered",
    }
}

/// Where the facts of a trial are changed.
struct Changes<'a> {
    standing: &'a Standing,
    urls: &'a Urls,
}

impl Links for Changes<'_> {
    fn question(&self, node: &NodeRef) -> Option<String> {
        Some(self.urls.editor_try_question(self.standing.slug(), &self.standing.written(node)))
    }

    fn fact(&self, key: &FactKey) -> Option<String> {
        let (part, node, _) = self.standing.closure.question_for(key)?;
        self.question(&NodeRef::new(&part.tree.slug, &node.key))
    }

    fn remove(&self, key: &FactKey) -> Option<String> {
        Some(self.urls.editor_try_remove(self.standing.slug(), key.as_str()))
    }
}
