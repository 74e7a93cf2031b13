//! Evidence that the checks and the proof are right, written without a look at how they work: trees with one seeded mistake each, sound trees that look suspicious
//! (`set`), and the shipped trees with every single-point mutation. See the README beside this file.
#![expect(clippy::expect_used, clippy::panic, reason = "helpers of a test stop at the first surprise")]

mod broken;
mod mutations;
mod set;

use std::sync::{Arc, LazyLock};

use fixpath::app::content;
use fixpath::tree::closure::Closure;
use fixpath::tree::ladder::Ladders;
use fixpath::tree::model::Tree;

/// The shipped ladders.
static LADDERS: LazyLock<Arc<Ladders>> = LazyLock::new(|| {
    let ladders = content::ladders().expect("the shipped ladders");
    Arc::new(Ladders::new(ladders.into_iter().map(Arc::new)))
});

/// A tree that jumps nowhere, with the shipped ladders.
fn closure(tree: Tree) -> Closure {
    Closure::single(Arc::new(tree), Arc::clone(&LADDERS))
}
