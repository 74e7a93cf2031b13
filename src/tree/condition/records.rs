//! Which events a condition looks for.

use super::Condition;
use super::ast::{Expr, TextExpr};

impl Condition {
    /// The sources and the numbers of events that its tests name, in reading order and with repeats. What stands under a `not` counts too: it
    /// is looked for all the same.
    #[must_use]
    pub fn event_names(&self) -> (Vec<&str>, Vec<u32>) {
        let mut names = (Vec::new(), Vec::new());
        in_expr(&self.0, &mut names);
        names
    }
}

fn in_expr<'e>(expr: &'e Expr, names: &mut (Vec<&'e str>, Vec<u32>)) {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| in_expr(part, names)),
        Expr::Not(part) => in_expr(part, names),
        Expr::Quantified { rows, body, .. } | Expr::Count { rows, body, .. } => {
            rows.filter.iter().for_each(|filter| in_expr(filter, names));
            in_expr(body, names);
        }
        Expr::Records(test) => in_test(test, names),
        Expr::Row(_) | Expr::Messages { .. } | Expr::Code(_) | Expr::Compare { .. } | Expr::Has { .. } => {}
    }
}

fn in_test<'e>(test: &'e TextExpr, names: &mut (Vec<&'e str>, Vec<u32>)) {
    match test {
        TextExpr::All(parts) | TextExpr::Any(parts) => parts.iter().for_each(|part| in_test(part, names)),
        TextExpr::Not(part) => in_test(part, names),
        TextExpr::Source(source) => names.0.push(source),
        TextExpr::Id(id) => names.1.push(*id),
        TextExpr::Contains(_) | TextExpr::Words(_) | TextExpr::Like(_) | TextExpr::Matches(_) | TextExpr::Code(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_found_wherever_they_are_tested() {
        let text = "not event(source MSExchangeSA and id 2037) or some server (is 5.5 and event(id 2036 and (id 9 or not source \"MSExchange IS\")))";
        let condition: Condition = text.parse().unwrap();
        assert_eq!(condition.event_names(), (vec!["MSExchangeSA", "MSExchange IS"], vec![2037, 2036, 9]));
        let other: Condition = "text(contains \"id\") and code(c1030ad1)".parse().unwrap();
        assert_eq!(other.event_names(), (vec![], vec![]));
    }
}
