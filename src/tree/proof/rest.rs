//! Questions whose `otherwise` can mean one thing only: what is left when the branches have taken theirs.
//!
//! To warn of a fall there would make an author confirm what nobody could mean differently, and get used to confirming.

use crate::tree::condition::ast::{Expr, Op, TextExpr};
use crate::tree::model::{Ask, Branch, Node, NodeKind, Question};

/// Whether `otherwise` is the other answer of a yes or no, whatever a text does not say, or the only way on.
///
/// Machines, numbers and options never are: there a fall may be a gap.
pub(super) fn is_the_rest(node: &Node) -> bool {
    let Some(fork) = node.kind.fork() else { return false };
    if fork.branches.is_empty() {
        return true;
    }
    let NodeKind::Question(question) = &node.kind else { return false };
    match question.ask {
        Ask::YesNo => matches!(fork.branches.as_slice(), [Branch { when, .. }]
            if matches!(when.shape(), Expr::Compare { fact, .. } if *fact == question.fact)),
        Ask::Text | Ask::Event | Ask::Code => fork.branches.iter().all(|branch| is_said(branch.when.shape(), question)),
        Ask::Servers | Ask::Choice | Ask::Choices | Ask::Number => false,
    }
}

/// Whether the condition only names what a text, an event or a code says, and never what it does not say.
fn is_said(expr: &Expr, question: &Question) -> bool {
    match expr {
        Expr::Any(parts) => parts.iter().all(|part| is_said(part, question)),
        Expr::Messages { test, .. } | Expr::Records(test) => is_plain(test),
        Expr::Code(_) => true,
        Expr::Compare { fact, op, .. } => question.ask == Ask::Code && *fact == question.fact && *op == Op::Eq,
        Expr::All(_) | Expr::Not(_) | Expr::Quantified { .. } | Expr::Count { .. } | Expr::Row(_) | Expr::Has { .. } => false,
    }
}

fn is_plain(test: &TextExpr) -> bool {
    match test {
        TextExpr::All(parts) | TextExpr::Any(parts) => parts.iter().all(is_plain),
        TextExpr::Not(_) => false,
        TextExpr::Contains(_) | TextExpr::Words(_) | TextExpr::Like(_) | TextExpr::Matches(_) | TextExpr::Code(_) | TextExpr::Source(_) | TextExpr::Id(_) => {
            true
        }
    }
}
