//! The pure core: the tree, its conditions and the walk. No HTTP, no SQL, no clock, no templates.

pub mod code;
pub mod condition;
pub mod event_source;
pub mod fact;
pub mod ladder;
pub mod message;
pub mod model;
