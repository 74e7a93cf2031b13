//! Forms with rows in rows: what was typed, and reading it into the parts of a tree.

pub mod reader;
pub mod targets;
pub mod typed;
pub mod written;

pub use reader::{Reader, word_of};
pub use targets::Targets;
pub use typed::{Reshape, Typed};
pub use written::Asked;
