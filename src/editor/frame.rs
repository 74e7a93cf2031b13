//! The bar above every page of one tree. A page extends `editor/frame.html`, which reads it from a field named `bar`.

use crate::web::Urls;

/// What the bar shows: which draft this is, how far it is from what visitors see, and where its other pages are.
#[derive(Debug, Clone)]
pub struct Bar {
    /// The tree's title.
    pub title: String,
    /// The desk's address; the tree's other pages lie below it.
    pub href: String,
    /// The number of the version that the draft will become.
    pub number: i64,
    /// How the draft stands to the published version: "3 changes since version 14, saved 13:38".
    pub since: String,
    /// How many checks passed, and how many warnings and errors there are; none where nothing was checked.
    pub tally: Option<Tally>,
    /// Whether the viewer may publish.
    pub may_publish: bool,
}

/// What the checks say of a draft, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Statements that hold of the whole tree.
    pub passed: usize,
    /// Findings that the author should look at.
    pub warnings: usize,
    /// Findings that keep the draft from being published.
    pub errors: usize,
}

impl Bar {
    /// The bar of the tree at `slug`, whose published version is `live`.
    #[must_use]
    pub fn new(urls: &Urls, slug: &str, title: &str, live: Option<i64>) -> Self {
        let since = live.map_or_else(|| "never published".to_owned(), |live| format!("since version {live}"));
        Self { title: title.to_owned(), href: urls.editor_tree(slug), number: live.unwrap_or(0) + 1, since, tally: None, may_publish: false }
    }
}
