//! The pure core: the tree, its conditions and the walk. No HTTP, no SQL, no clock, no templates.

pub mod answer;
pub mod bound;
pub mod case;
pub mod check;
pub mod closure;
pub mod code;
pub mod condition;
pub mod difference;
pub mod edit;
pub mod event_source;
pub mod fact;
pub mod file;
pub mod gate;
pub mod ladder;
pub mod markdown;
pub mod message;
pub mod model;
pub mod picture;
pub mod proof;
pub mod replace;
pub mod report;
pub mod resolution;
pub mod walk;
pub mod why;
pub mod wording;
