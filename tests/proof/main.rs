//! Evidence that the checks and the proof are right, written without a look at how they work: trees with one seeded mistake each, sound trees that look suspicious
//! (`set`), and the shipped trees with every single-point mutation. See the README beside this file.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of a test stop at the first surprise")]

mod broken;
mod set;
