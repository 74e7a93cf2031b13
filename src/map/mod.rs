//! Draws a tree as plain numbers for SVG, and says it in words.
//!
//! Two drawings share one language of shapes: a circle or rounded box is a question, a diamond or hexagon a route, a square or
//! pill an outcome. [`lane()`] is the narrow map beside a question: one row a node, the travelled path as its straight spine.
//! [`layered()`] is the whole guide from top to bottom. [`in_words()`] and [`path_words()`] say the same to people who do not see a map,
//! so a drawing never carries anything that text lacks.
//!
//! This room knows trees and walks, and neither pages nor markup: templates loop over the structs and escape their texts. Both drawings are
//! pure functions; the same tree and walk give the same numbers.

mod acyclic;
mod graph;
mod lane;
mod layered;
mod shape;
mod text;
mod words;

#[cfg(test)]
mod sample;

pub use graph::Answers;
pub use lane::{LaneMap, LaneOptions, LaneRow, lane};
pub use layered::{Dot, LayeredMap, LayeredNode, Patch, layered};
pub use shape::{Edge, Kind, Shape, State};
pub use words::{PathWord, in_words, path_words, whole_in_words};
