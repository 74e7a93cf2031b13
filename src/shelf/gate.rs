//! The gate before publishing, over what is stored.

use std::sync::Arc;

use super::{Draft, Error, Result, Shelf};
use crate::tree::gate::Gate;
use crate::tree::report;

impl Shelf {
    /// Checks and proves the draft, runs its cases, and compares it with the version that visitors walk now.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn gate(&self, draft: &Draft) -> Result<Gate> {
        let closure = self.closure_of(&draft.tree).await?;
        let live = self.current(&draft.slug);
        let tree = Arc::clone(&draft.tree);
        // The proof enumerates: it must not hold up other requests.
        let examined = tokio::task::spawn_blocking(move || {
            let live = live.as_ref().map(|version| (version.number, version.tree.as_ref()));
            Gate::new(&tree, &report::report(&closure), live)
        });
        examined.await.map_err(|error| Error::Examination(error.to_string()))
    }
}
