//! Where a trial stands: the case, replayed on the present draft.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::{Editor, refusal};
use crate::shelf::Draft;
use crate::tree::answer::read_facts_within;
use crate::tree::closure::{Closure, NodeRef};
use crate::tree::fact::{FactKey, Sheet, Source, Statement};
use crate::tree::model::Case;
use crate::tree::walk::{Tried, Walk, walk};
use crate::web::{Failure, Viewer};
use crate::words::{self, Walked};

/// A trial on the present draft.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The draft.
    pub draft: Draft,
    /// Its tree with the newest ladders and the newest versions of the trees that it jumps to.
    pub closure: Arc<Closure>,
    /// What was said so far. Its name is that of the case that it was opened from.
    pub case: Case,
    /// What of it the draft understands.
    pub sheet: Sheet,
    /// The path and what comes next.
    pub walk: Walk,
    /// What of it the draft does not understand.
    pub unfit: Vec<Unfit>,
    /// The case without that.
    pub understood: Case,
}

/// Something that was said and that the draft does not understand any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// The fact or outcome, as it is written in the case.
    pub key: String,
    /// What was said of it, in words.
    pub value: String,
    /// Why it does not fit.
    pub why: String,
}

impl Standing {
    /// The trial `case` on `draft`.
    #[must_use]
    pub fn new(draft: Draft, closure: Arc<Closure>, case: Case) -> Self {
        let mut unfit = Vec::new();
        let mut understood = case.clone();
        let sheet = Sheet::resolve(&statements(&closure, &mut understood, &mut unfit));
        let slug = &closure.tree.slug;
        let mut tried = Tried::new();
        for (key, helped) in &case.answers {
            let node = NodeRef::parse(key, slug);
            if closure.outcome(&node).is_some() {
                tried.insert(node, *helped);
            } else {
                understood.answers.remove(key);
                unfit.push(Unfit { key: key.clone(), value: helped.as_str().to_owned(), why: "There is no such outcome.".to_owned() });
            }
        }
        let walk = walk(&closure, &sheet, &tried);
        Self { draft, closure, case, sheet, walk, unfit, understood }
    }

    /// The tree's address.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.draft.slug
    }

    /// The walk with what it was decided by, for saying it in words.
    #[must_use]
    pub fn walked(&self) -> Walked<'_> {
        Walked { closure: &self.closure, shown: &self.sheet, decided_by: &self.sheet, walk: &self.walk }
    }

    /// The node that an address names.
    #[must_use]
    pub fn node(&self, written: &str) -> NodeRef {
        NodeRef::parse(written, &self.closure.tree.slug)
    }

    /// How an address names a node.
    #[must_use]
    pub fn written(&self, node: &NodeRef) -> String {
        node.written_in(&self.closure.tree.slug)
    }

    /// The key of the node where the walk stands, if that is in the draft and not in a tree that it jumps to.
    #[must_use]
    pub fn key_here(&self) -> Option<String> {
        self.here().filter(|node| node.slug == self.closure.tree.slug).map(|node| node.key)
    }

    /// Where the walk stands: the question or outcome that comes next, or what the author wrote for handing over.
    #[must_use]
    pub fn here(&self) -> Option<NodeRef> {
        self.walk.end.node().cloned().or_else(|| {
            let slug = self.walk.path.last().map_or(self.closure.tree.slug.as_str(), |stop| stop.node.slug.as_str());
            Some(NodeRef::new(slug, &self.closure.part(slug)?.tree.hand_over()?.key))
        })
    }
}

/// What of `case` can be read, fact by fact; the rest is moved from it to `unfit`.
fn statements(closure: &Closure, case: &mut Case, unfit: &mut Vec<Unfit>) -> Vec<Statement> {
    let asked = |key, value| Statement { key, value, source: Source::Asked, line: None };
    let mut statements = Vec::new();
    case.facts.retain(|written, json| match read_facts_within(closure, &BTreeMap::from([(written.clone(), json.clone())])) {
        Ok(stated) => {
            statements.extend(stated.into_iter().map(|(key, value)| asked(key, value)));
            true
        }
        Err(problems) => {
            let why = problems.iter().map(|(_, problem)| problem.message.as_str()).collect::<Vec<_>>().join(" ");
            unfit.push(Unfit { key: written.clone(), value: words::written(json), why });
            false
        }
    });
    case.unknown.retain(|written| {
        let is_known = closure.knowing(written).is_some();
        if is_known {
            statements.push(asked(FactKey::within(&closure.tree.slug, written), None));
        } else {
            unfit.push(Unfit { key: written.clone(), value: "not known".to_owned(), why: format!("No question of this guide sets \"{written}\".") });
        }
        is_known
    });
    statements
}

/// A case that says nothing.
pub fn nothing() -> Case {
    Case { name: String::new(), facts: BTreeMap::new(), unknown: Vec::new(), answers: BTreeMap::new(), expect: String::new() }
}

/// The trial of `viewer` on the present draft of the tree at `slug`; one that was not begun says nothing.
///
/// # Errors
/// There is no such tree, or the database cannot be read.
pub async fn open(editor: &Editor, viewer: &Viewer, slug: &str) -> Result<Standing, Failure> {
    let draft = editor.shelf.open_draft(slug).await.map_err(refusal)?;
    let case = editor.shelf.trial(draft.tree_id, viewer.account).await.map_err(refusal)?.unwrap_or_else(nothing);
    let closure = Arc::new(editor.shelf.closure_of(&draft.tree).await.map_err(refusal)?);
    Ok(Standing::new(draft, closure, case))
}

/// Keeps what the trial says from now on.
///
/// # Errors
/// The database failed.
pub async fn put(editor: &Editor, viewer: &Viewer, standing: &Standing, case: Case) -> Result<(), Failure> {
    editor.shelf.put_trial(standing.draft.tree_id, viewer.account, Some(case)).await.map_err(refusal)
}

/// The viewer's trial on `draft`, for its outline and map; `None` where nothing was said in one.
///
/// # Errors
/// The database cannot be read.
pub async fn begun(editor: &Editor, viewer: &Viewer, draft: &Draft, closure: &Closure) -> Result<Option<Standing>, Failure> {
    let case = editor.shelf.trial(draft.tree_id, viewer.account).await.map_err(refusal)?.filter(says_something);
    Ok(case.map(|case| Standing::new(draft.clone(), Arc::new(closure.clone()), case)))
}

/// Whether anything was said.
pub fn says_something(case: &Case) -> bool {
    !(case.facts.is_empty() && case.unknown.is_empty() && case.answers.is_empty())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::tree::condition::testing::World;
    use crate::tree::file;
    use crate::tree::walk::End;

    /// A trial of the first starter tree.
    pub fn standing(case: Case) -> Standing {
        standing_on(file::read(include_str!("../../../trees/extension-not-loaded.yaml")).unwrap(), case)
    }

    fn standing_on(tree: crate::tree::model::Tree, case: Case) -> Standing {
        let tree = Arc::new(tree);
        let draft = Draft {
            tree_id: 1,
            slug: tree.slug.clone(),
            revision: 1,
            tree: Arc::clone(&tree),
            number: 1,
            live: None,
            has_changes: false,
            edits: 0,
            saved_at: None,
            saved_by: None,
            can_undo: false,
            can_redo: false,
            review: None,
            schedule: None,
            offered_by_starter: false,
            four_eyes: false,
        };
        let closure = Closure::single(tree, Arc::new(World::new().ladders().clone()));
        Standing::new(draft, Arc::new(closure), case)
    }

    #[test]
    fn what_the_draft_does_not_understand_is_shown_and_the_rest_is_walked() {
        let tree = file::read(include_str!("../../../trees/extension-not-loaded.yaml")).unwrap();
        let mut case = tree.cases[0].clone();
        let fits = case.clone();
        case.facts.insert("colour".to_owned(), serde_json::json!([{"name": "MAIL1", "version": "5.5 SP2"}]));
        case.unknown.push("taste".to_owned());
        case.answers.insert("nowhere".to_owned(), crate::tree::model::Helped::No);
        let expect = case.expect.clone();
        let standing = standing_on(tree, case);
        let keys: Vec<&str> = standing.unfit.iter().map(|unfit| unfit.key.as_str()).collect();
        assert_eq!(keys, ["colour", "taste", "nowhere"]);
        assert_eq!(standing.unfit[0].value, "MAIL1 5.5 SP2");
        assert_eq!(standing.understood, fits);
        assert!(matches!(&standing.walk.end, End::Outcome { node, .. } if node.key == expect));
        assert_eq!(standing.here().unwrap().key, expect);
    }

    #[test]
    fn a_trial_of_nothing_stands_at_the_first_question() {
        let standing = standing(nothing());
        assert_eq!(standing.here().unwrap().key, standing.closure.tree.start);
    }
}
