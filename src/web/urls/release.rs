//! The addresses of the pages on which trees are published, compared, withdrawn, moved as files, and their ladders edited.

use super::Urls;

/// Route pattern of the gate before publishing a tree's draft.
pub const EDITOR_PUBLISH: &str = "/editor/trees/{slug}/publish";
/// Route pattern of a tree's versions.
pub const EDITOR_VERSIONS: &str = "/editor/trees/{slug}/versions";
/// Route pattern of two states of a tree, compared; `?from=` and `?to=` name them.
pub const EDITOR_COMPARE: &str = "/editor/trees/{slug}/compare";
/// Route pattern of the page that withdraws an outcome or the whole tree.
pub const EDITOR_WITHDRAW: &str = "/editor/trees/{slug}/withdraw";
/// Route pattern of the edits of a tree's draft.
pub const EDITOR_HISTORY: &str = "/editor/trees/{slug}/history";
/// Route pattern of a tree as a file; `?of=` names the state.
pub const EDITOR_EXPORT: &str = "/editor/trees/{slug}/export";
/// Route pattern of the page that offers a newer shipped tree.
pub const EDITOR_OFFERED: &str = "/editor/trees/{slug}/offered";
/// Route pattern of the page that takes a tree file.
pub const EDITOR_IMPORT: &str = "/editor/import";
/// Route pattern of find and replace across trees.
pub const EDITOR_REPLACE: &str = "/editor/replace";
/// Route pattern of the list of ladders.
pub const EDITOR_LADDERS: &str = "/editor/ladders";
/// Route pattern of a ladder.
pub const EDITOR_LADDER: &str = "/editor/ladders/{key}";
/// Route pattern of a form with one family of a ladder.
pub const EDITOR_FAMILY: &str = "/editor/ladders/{key}/families/{family}";
/// Route pattern of the page that takes a ladder's table.
pub const EDITOR_LADDER_IMPORT: &str = "/editor/ladders/{key}/import";
/// Route pattern of a ladder as a table.
pub const EDITOR_LADDER_TABLE: &str = "/editor/ladders/{key}/table.csv";

impl Urls {
    /// The gate before publishing a tree's draft.
    #[must_use]
    pub fn editor_publish(&self, slug: &str) -> String {
        self.filled(EDITOR_PUBLISH, &[slug])
    }

    /// A tree's versions.
    #[must_use]
    pub fn editor_versions(&self, slug: &str) -> String {
        self.filled(EDITOR_VERSIONS, &[slug])
    }

    /// The same after the draft was published as this version.
    #[must_use]
    pub fn editor_published(&self, slug: &str, number: i64) -> String {
        format!("{}?published={number}", self.editor_versions(slug))
    }

    /// Where the form that chooses two states to compare is sent.
    #[must_use]
    pub fn editor_compare_form(&self, slug: &str) -> String {
        self.filled(EDITOR_COMPARE, &[slug])
    }

    /// Two states of a tree, compared.
    #[must_use]
    pub fn editor_compare(&self, slug: &str, from: &str, to: &str) -> String {
        format!("{}?{}", self.filled(EDITOR_COMPARE, &[slug]), super::query([("from", from), ("to", to)]))
    }

    /// The page that withdraws an outcome or the whole tree.
    #[must_use]
    pub fn editor_withdraw(&self, slug: &str) -> String {
        self.filled(EDITOR_WITHDRAW, &[slug])
    }

    /// The edits of a tree's draft.
    #[must_use]
    pub fn editor_history(&self, slug: &str) -> String {
        self.filled(EDITOR_HISTORY, &[slug])
    }

    /// One state of a tree as a file.
    #[must_use]
    pub fn editor_export(&self, slug: &str, of: &str) -> String {
        format!("{}?{}", self.filled(EDITOR_EXPORT, &[slug]), super::query([("of", of)]))
    }

    /// The page that offers a newer shipped tree.
    #[must_use]
    pub fn editor_offered(&self, slug: &str) -> String {
        self.filled(EDITOR_OFFERED, &[slug])
    }

    /// The page that takes a tree file.
    #[must_use]
    pub fn editor_import(&self) -> String {
        self.filled(EDITOR_IMPORT, &[])
    }

    /// Find and replace across trees.
    #[must_use]
    pub fn editor_replace(&self) -> String {
        self.filled(EDITOR_REPLACE, &[])
    }

    /// The list of ladders.
    #[must_use]
    pub fn editor_ladders(&self) -> String {
        self.filled(EDITOR_LADDERS, &[])
    }

    /// A ladder.
    #[must_use]
    pub fn editor_ladder(&self, key: &str) -> String {
        self.filled(EDITOR_LADDER, &[key])
    }

    /// A form with one family of a ladder.
    #[must_use]
    pub fn editor_family(&self, key: &str, family: &str) -> String {
        self.filled(EDITOR_FAMILY, &[key, family])
    }

    /// The page that takes a ladder's table.
    #[must_use]
    pub fn editor_ladder_import(&self, key: &str) -> String {
        self.filled(EDITOR_LADDER_IMPORT, &[key])
    }

    /// A ladder as a table.
    #[must_use]
    pub fn editor_ladder_table(&self, key: &str) -> String {
        self.filled(EDITOR_LADDER_TABLE, &[key])
    }
}
