//! Authoring pages.

pub mod condition;
