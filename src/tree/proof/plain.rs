//! Machines without what nothing asks for, so that a witness shows what matters.

use std::rc::Rc;

use super::point::{Point, Values};
use crate::tree::fact::{Marks, Row, Rows, Value};

/// The point, its machines made as plain as `fits` allows.
pub(super) fn point(point: &Rc<Point>, fits: &dyn Fn(&Rc<Point>) -> bool) -> Rc<Point> {
    let mut best = Rc::clone(point);
    for (at, (_, value)) in point.values.iter().enumerate() {
        let machines = match value {
            Some(Value::Rows(rows)) => rows.rows.len(),
            Some(Value::Subject(_)) => 1,
            _ => 0,
        };
        for machine in 0..machines {
            for forget in FORGET {
                let mut values = best.values.clone();
                if change(&mut values, at, machine, forget) {
                    let plainer = Point::new(values);
                    if fits(&plainer) {
                        best = plainer;
                    }
                }
            }
        }
    }
    best
}

/// What can be forgotten of a machine. Its name and its level stay.
const FORGET: [fn(&mut Row); 10] = [
    |row| row.os = None,
    |row| row.site = None,
    |row| row.platform = None,
    |row| row.edition = None,
    |row| row.language = None,
    |row| row.roles = Marks::default(),
    |row| row.hotfixes = Marks::default(),
    |row| row.history = Marks::default(),
    |row| row.files.clear(),
    |row| row.components.clear(),
];

/// Forgets something of one machine; false if there was nothing to forget.
fn change(values: &mut Values, at: usize, machine: usize, forget: fn(&mut Row)) -> bool {
    let row = match values.get_mut(at).and_then(|(_, value)| value.as_mut()) {
        Some(Value::Rows(Rows { rows, .. })) => rows.get_mut(machine),
        Some(Value::Subject(row)) => Some(row.as_mut()),
        _ => None,
    };
    row.is_some_and(|row| {
        let before = row.clone();
        forget(row);
        *row != before
    })
}
