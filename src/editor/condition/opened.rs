//! A branch of a draft, opened by its address.

use std::sync::Arc;

use crate::editor::structure::change;
use crate::editor::{Bar, Editor, save};
use crate::tree::ladder::Ladders;
use crate::tree::model::{Branch, Fork, Node, Tree};
use crate::web::{Failure, Fields, Urls, Viewer};

/// The word in the address of a branch that does not exist yet.
pub const NEW: &str = "new";

/// A branch, or the place for a new one, in the draft of its tree.
pub struct Opened {
    /// The draft, as it was in the revision that the page is made from.
    pub tree: Arc<Tree>,
    /// That revision.
    pub revision: i64,
    /// The ladders that its levels belong to.
    pub ladders: Arc<Ladders>,
    /// The bar above the page.
    pub bar: Bar,
    /// The key of the node.
    node: String,
    /// The branch's position; `None` for a new one.
    index: Option<usize>,
}

impl Opened {
    /// The branch number `branch` (from 1, or `new`) of the node `node` in the draft at `slug`. For a form that came back, `fields` name the revision that
    /// it was made from, in which the branch still stands where it stood.
    ///
    /// # Errors
    /// [`Failure::NotFound`] if there is no such tree, node or branch.
    pub async fn new(editor: &Editor, viewer: &Viewer, (slug, node, branch): &(String, String, String), fields: Option<&Fields>) -> Result<Self, Failure> {
        let draft = editor.open_draft(slug).await?;
        let bar = Bar::of(editor.site.urls(), viewer, &draft, node, None);
        let (revision, tree) = match fields {
            Some(fields) => save::base(editor, slug, fields).await?,
            None => (draft.revision, draft.tree),
        };
        let ladders = editor.shelf.ladders().await.map_err(Failure::unavailable)?;
        let count = tree.node(node).and_then(|node| node.kind.fork()).ok_or(Failure::NotFound)?.branches.len();
        let index = match branch.as_str() {
            NEW => None,
            number => Some(number.parse::<usize>().ok().filter(|number| (1..=count).contains(number)).ok_or(Failure::NotFound)? - 1),
        };
        Ok(Self { tree, revision, ladders, bar, node: node.clone(), index })
    }

    /// The node; its kind has branches.
    pub fn node(&self) -> Result<(&Node, &Fork), Failure> {
        let node = self.tree.node(&self.node).ok_or(Failure::NotFound)?;
        Ok((node, node.kind.fork().ok_or(Failure::NotFound)?))
    }

    /// The branch; `None` for a new one.
    pub fn branch(&self) -> Option<&Branch> {
        self.node().ok()?.1.branches.get(self.index?)
    }

    /// The tree with this branch in its place, and with the nodes that were made for it behind its node.
    #[must_use]
    pub fn with(&self, branch: Branch, made: Vec<Node>) -> Tree {
        let mut tree = Tree::clone(&self.tree);
        let fork = change::node_mut(&mut tree, &self.node).and_then(|node| change::fork_mut(&mut node.kind));
        if let Some(fork) = fork {
            match self.index.and_then(|index| fork.branches.get_mut(index)) {
                Some(place) => *place = branch,
                None => fork.branches.push(branch),
            }
        }
        change::insert_after(&mut tree, &self.node, made);
        tree
    }

    /// The branch's number in addresses.
    fn number(&self) -> String {
        self.index.map_or_else(|| NEW.to_owned(), |index| (index + 1).to_string())
    }

    /// The address of the page, and that of its preview.
    #[must_use]
    pub fn addresses(&self, urls: &Urls) -> (String, String) {
        let (slug, node, number) = (&self.tree.slug, &self.node, self.number());
        (urls.editor_branch(slug, node, &number), urls.editor_branch_preview(slug, node, &number))
    }

    /// What the branch is called: "Branch 2 of “Server versions”".
    #[must_use]
    pub fn title(&self) -> String {
        let node = self.tree.node(&self.node).map_or("", |node| node.title.as_str());
        self.index.map_or_else(|| format!("New branch of \u{201c}{node}\u{201d}"), |index| format!("Branch {} of \u{201c}{node}\u{201d}", index + 1))
    }
}
