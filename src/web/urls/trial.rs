//! The addresses of the pages on which authors try and check a draft.

use super::{Urls, encoded};

/// Route pattern of the walk through a draft; `POST` begins one.
pub const EDITOR_TRY: &str = "/editor/trees/{slug}/try";
/// Route pattern of a question of that walk.
pub const EDITOR_TRY_QUESTION: &str = "/editor/trees/{slug}/try/questions/{node}";
/// Route pattern of the answer to "Did this fix it?".
pub const EDITOR_TRY_OUTCOME: &str = "/editor/trees/{slug}/try/outcomes/{node}";
/// Route pattern that removes a fact from the walk.
pub const EDITOR_TRY_REMOVE: &str = "/editor/trees/{slug}/try/facts/{key}/remove";
/// Route pattern that reads what is pasted.
pub const EDITOR_TRY_PASTE: &str = "/editor/trees/{slug}/try/paste";
/// Route pattern that takes over what was read.
pub const EDITOR_TRY_FACTS: &str = "/editor/trees/{slug}/try/facts";
/// Route pattern that keeps the walk as a case.
pub const EDITOR_TRY_KEEP: &str = "/editor/trees/{slug}/try/keep";
/// Route pattern of what the checks found.
pub const EDITOR_CHECKS: &str = "/editor/trees/{slug}/checks";
/// Route pattern that marks a finding as meant.
pub const EDITOR_MEANT: &str = "/editor/trees/{slug}/checks/meant";
/// Route pattern of the cases; `POST` moves, copies, deletes and accepts them.
pub const EDITOR_CASES: &str = "/editor/trees/{slug}/cases";
/// Route pattern of one case, by its place from 1; `new` makes one.
pub const EDITOR_CASE: &str = "/editor/trees/{slug}/cases/{number}";
/// Route pattern of the whole tree as one page; `?version=N` shows a published one.
pub const EDITOR_SIGN_OFF: &str = "/editor/trees/{slug}/sign-off";

impl Urls {
    /// The walk through a draft.
    #[must_use]
    pub fn editor_try(&self, slug: &str) -> String {
        self.filled(EDITOR_TRY, &[slug])
    }

    /// A question of that walk; `node` as it is written in a walk that starts in the tree `slug`.
    #[must_use]
    pub fn editor_try_question(&self, slug: &str, node: &str) -> String {
        self.filled(EDITOR_TRY_QUESTION, &[slug, node])
    }

    /// Where the answer to "Did this fix it?" is posted to.
    #[must_use]
    pub fn editor_try_outcome(&self, slug: &str, node: &str) -> String {
        self.filled(EDITOR_TRY_OUTCOME, &[slug, node])
    }

    /// Where the removal of a fact is posted to.
    #[must_use]
    pub fn editor_try_remove(&self, slug: &str, key: &str) -> String {
        self.filled(EDITOR_TRY_REMOVE, &[slug, key])
    }

    /// Where what is pasted is read.
    #[must_use]
    pub fn editor_try_paste(&self, slug: &str) -> String {
        self.filled(EDITOR_TRY_PASTE, &[slug])
    }

    /// Where what was read is taken over.
    #[must_use]
    pub fn editor_try_facts(&self, slug: &str) -> String {
        self.filled(EDITOR_TRY_FACTS, &[slug])
    }

    /// Where the walk is kept as a case.
    #[must_use]
    pub fn editor_try_keep(&self, slug: &str) -> String {
        self.filled(EDITOR_TRY_KEEP, &[slug])
    }

    /// The next walk, after the one before was kept as the case `name` without the `left_out` facts that the draft does not understand.
    #[must_use]
    pub fn editor_try_kept(&self, slug: &str, name: &str, left_out: usize) -> String {
        format!("{}?kept={}&left_out={left_out}", self.editor_try(slug), encoded(name))
    }

    /// What the checks found.
    #[must_use]
    pub fn editor_checks(&self, slug: &str) -> String {
        self.filled(EDITOR_CHECKS, &[slug])
    }

    /// Where a finding is marked as meant.
    #[must_use]
    pub fn editor_meant(&self, slug: &str) -> String {
        self.filled(EDITOR_MEANT, &[slug])
    }

    /// The cases.
    #[must_use]
    pub fn editor_cases(&self, slug: &str) -> String {
        self.filled(EDITOR_CASES, &[slug])
    }

    /// The case at this place, from 1.
    #[must_use]
    pub fn editor_case(&self, slug: &str, number: usize) -> String {
        self.filled(EDITOR_CASE, &[slug, &number.to_string()])
    }

    /// The form of a new case.
    #[must_use]
    pub fn editor_new_case(&self, slug: &str) -> String {
        self.filled(EDITOR_CASE, &[slug, "new"])
    }

    /// The whole draft as one page.
    #[must_use]
    pub fn editor_sign_off(&self, slug: &str) -> String {
        self.filled(EDITOR_SIGN_OFF, &[slug])
    }
}
