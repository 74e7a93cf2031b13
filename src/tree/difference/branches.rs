//! What differs in where a question or route leads.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Titles;
use crate::tree::model::{Branch, Fork};

/// Compares the branches of the node called `title`. Branches are counted from 1, as they stand now.
pub(super) fn sentences(title: &str, old: &Fork, new: &Fork, titles: &Titles<'_>) -> Vec<String> {
    let mut said = Vec::new();
    if is_reordered(&old.branches, &new.branches) {
        said.push(format!("Changed the order of the branches of “{title}”"));
    } else {
        let conditions = |fork: &Fork| -> Vec<String> { fork.branches.iter().map(|branch| branch.when.to_string()).collect() };
        for step in capture_diff_slices(Algorithm::Myers, &conditions(old), &conditions(new)) {
            said.extend(aligned(title, &step, old, new, titles));
        }
    }
    if old.otherwise != new.otherwise {
        said.push(format!("“Otherwise” of “{title}” now leads to {}", titles.of_target(&new.otherwise)));
    }
    if old.unknown != new.unknown {
        said.push(format!("“Don't know” of “{title}” now leads to {}", titles.of_target(&new.unknown)));
    }
    if old.meant != new.meant {
        said.push(format!("Changed which findings of “{title}” are meant"));
    }
    said
}

fn is_reordered(old: &[Branch], new: &[Branch]) -> bool {
    let mut left: Vec<&Branch> = old.iter().collect();
    let taken = |branch: &Branch| left.iter().position(|other| *other == branch).map(|at| left.swap_remove(at)).is_some();
    old != new && old.len() == new.len() && new.iter().all(taken)
}

/// One step from the old branches to the new ones. Of a run that was replaced by another, the branches are compared one by one.
fn aligned(title: &str, step: &DiffOp, old: &Fork, new: &Fork, titles: &Titles<'_>) -> Vec<String> {
    let before: Vec<&Branch> = step.old_range().filter_map(|at| old.branches.get(at)).collect();
    let after: Vec<(usize, &Branch)> = step.new_range().filter_map(|at| Some((at + 1, new.branches.get(at)?))).collect();
    let mut said = Vec::new();
    for ((number, after), before) in after.iter().zip(&before) {
        if before.when != after.when {
            said.push(format!("Changed the condition of branch {number} of “{title}”"));
        }
        if before.to != after.to {
            said.push(format!("Branch {number} of “{title}” now leads to {}", titles.of_target(&after.to)));
        }
        if before.label != after.label {
            said.push(format!("Changed the label of branch {number} of “{title}”"));
        }
    }
    for (number, branch) in after.iter().skip(before.len()) {
        said.push(format!("Added branch {number} to “{title}”, which leads to {}", titles.of_target(&branch.to)));
    }
    for branch in before.iter().skip(after.len()) {
        said.push(format!("Removed the branch of “{title}” that led to {}", titles.of_target(&branch.to)));
    }
    said
}
