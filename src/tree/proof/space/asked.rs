//! What a set of conditions asks of one machine: the attributes that vary in the proof, and nothing else.

use std::collections::BTreeMap;

use crate::tree::condition::ast::{Expr, Predicate, Quantifier, Range, RowTest, Scale, VersionOf, Who};
use crate::tree::ladder::Build;

/// The machines that conditions speak of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::tree::proof) enum Owner {
    /// The rows of a list, by the list's fact.
    List(&'static str),
    /// One machine, by its fact as written.
    Subject(String),
}

/// What conditions ask of one attribute.
#[derive(Debug, Clone, Default)]
pub(in crate::tree::proof) struct Tests {
    /// The tests of this attribute alone, about the row around them.
    pub(in crate::tree::proof) alone: Vec<Predicate>,
    /// Whether the attribute of one machine is compared with that of another, or with another attribute.
    pub(in crate::tree::proof) is_compared: bool,
}

/// What conditions ask of one machine.
#[derive(Debug, Clone, Default)]
pub(in crate::tree::proof) struct Asked {
    /// Its level on the product's ladder, and its build: one value.
    pub(in crate::tree::proof) level: Option<Tests>,
    /// The builds that its build is held against.
    pub(in crate::tree::proof) builds: Option<Vec<Build>>,
    pub(in crate::tree::proof) os: Option<Tests>,
    pub(in crate::tree::proof) components: BTreeMap<String, Tests>,
    /// Attributes that hold a text, by name: the texts they are held against, and whether two machines are compared.
    pub(in crate::tree::proof) texts: BTreeMap<&'static str, (Vec<String>, bool)>,
    /// Files by name: the versions they are held against.
    pub(in crate::tree::proof) files: BTreeMap<String, Vec<Build>>,
    pub(in crate::tree::proof) hotfixes: Vec<String>,
    pub(in crate::tree::proof) roles: Vec<String>,
    /// What is asked to have been done, as a history writes it.
    pub(in crate::tree::proof) deeds: Vec<String>,
    /// Whether the order of two deeds is asked for.
    pub(in crate::tree::proof) has_order: bool,
}

/// Everything that conditions ask of machines, and how deep their quantifiers and counts go.
#[derive(Debug, Default)]
pub(in crate::tree::proof) struct Survey {
    pub(in crate::tree::proof) machines: BTreeMap<Owner, Asked>,
    /// The greatest number that a count is compared with.
    pub(in crate::tree::proof) greatest_count: usize,
    /// The most quantifiers inside each other.
    pub(in crate::tree::proof) depth: usize,
}

impl Survey {
    /// What the conditions ask.
    pub(in crate::tree::proof) fn of<'e>(exprs: impl IntoIterator<Item = &'e Expr>) -> Self {
        let mut survey = Self::default();
        for expr in exprs {
            survey.expr(expr, &mut Vec::new());
        }
        survey
    }

    /// `rows` are the rows around, each with its name and its list.
    fn expr<'e>(&mut self, expr: &'e Expr, rows: &mut Vec<(Option<&'e str>, &'static str)>) {
        match expr {
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| self.expr(part, rows)),
            Expr::Not(part) => self.expr(part, rows),
            Expr::Quantified { rows: range, body, .. } => self.range(range, body, rows),
            Expr::Count { rows: range, body, number, .. } => {
                self.greatest_count = self.greatest_count.max(usize::try_from(*number).unwrap_or(usize::MAX));
                self.range(range, body, rows);
            }
            Expr::Row(test) => self.row_test(test, rows),
            Expr::Messages { .. } | Expr::Records(_) | Expr::Code(_) | Expr::Compare { .. } | Expr::Has { .. } => {}
        }
    }

    fn range<'e>(&mut self, range: &'e Range, body: &'e Expr, rows: &mut Vec<(Option<&'e str>, &'static str)>) {
        self.machines.entry(Owner::List(range.list.fact())).or_default();
        rows.push((range.var.as_deref(), range.list.fact()));
        self.depth = self.depth.max(rows.len());
        if let Some(filter) = &range.filter {
            self.expr(filter, rows);
        }
        self.expr(body, rows);
        rows.pop();
    }

    fn row_test(&mut self, test: &RowTest, rows: &[(Option<&str>, &'static str)]) {
        let owner = |name: Option<&str>| -> Option<Owner> {
            let row = match name {
                None => Some(rows.last()?),
                Some(name) => rows.iter().rev().find(|(var, _)| *var == Some(name)),
            };
            row.map(|(_, list)| Owner::List(list)).or_else(|| name.map(|name| Owner::Subject(name.to_owned())))
        };
        let Some(own) = owner(test.subject.as_deref()) else { return };
        let other = match &test.predicate {
            Predicate::CompareLevel { with, .. } | Predicate::CompareText { with, .. } => owner(Some(with)),
            Predicate::CompareVersion { with: Some(with), .. } => owner(Some(with)),
            _ => Some(own.clone()),
        };
        self.machines.entry(own).or_default().ask(&test.predicate);
        if let Some(other) = other {
            self.machines.entry(other).or_default().ask_as_other(&test.predicate);
        }
    }
}

impl Tests {
    fn add(&mut self, predicate: &Predicate) {
        if !self.alone.contains(predicate) {
            self.alone.push(predicate.clone());
        }
    }
}

impl Asked {
    fn ask(&mut self, predicate: &Predicate) {
        match predicate {
            Predicate::Level { scale, .. } => self.scale(scale).add(predicate),
            Predicate::CompareLevel { scale, .. } => self.scale(scale).is_compared = true,
            Predicate::Text { attribute, value, .. } => self.texts.entry(attribute.as_str()).or_default().0.push(value.clone()),
            Predicate::CompareText { attribute, .. } => self.texts.entry(attribute.as_str()).or_default().1 = true,
            Predicate::Version { of, number, .. } => {
                self.versions(of).push(*number);
                if *of == VersionOf::Build {
                    self.scale(&Scale::Level).add(predicate);
                }
            }
            Predicate::CompareVersion { of, .. } => self.compare_version(of),
            Predicate::HasFile(file) => {
                self.files.entry(file.clone()).or_default();
            }
            Predicate::Hotfix(hotfix) => self.hotfixes.push(hotfix.clone()),
            Predicate::Role(role) => self.roles.push(role.clone()),
            Predicate::Did(action) => self.deeds.push(action.to_string()),
            Predicate::Doing(action) => self.deeds.push(format!("doing {action}")),
            Predicate::Before(first, then) => {
                self.deeds.extend([first.to_string(), then.to_string()]);
                self.has_order = true;
            }
        }
    }

    /// Notes what the machine on the other side of a comparison is asked.
    fn ask_as_other(&mut self, predicate: &Predicate) {
        match predicate {
            Predicate::CompareLevel { with_scale, .. } => self.scale(with_scale).is_compared = true,
            Predicate::CompareText { attribute, .. } => self.texts.entry(attribute.as_str()).or_default().1 = true,
            Predicate::CompareVersion { with_of, .. } => self.compare_version(with_of),
            _ => {}
        }
    }

    fn scale(&mut self, scale: &Scale) -> &mut Tests {
        match scale {
            Scale::Level => self.level.get_or_insert_default(),
            Scale::Os => self.os.get_or_insert_default(),
            Scale::Component(name) => self.components.entry(name.clone()).or_default(),
        }
    }

    fn compare_version(&mut self, of: &VersionOf) {
        self.versions(of);
        if *of == VersionOf::Build {
            self.scale(&Scale::Level).is_compared = true;
        }
    }

    fn versions(&mut self, of: &VersionOf) -> &mut Vec<Build> {
        match of {
            VersionOf::Build => {
                self.level.get_or_insert_default();
                self.builds.get_or_insert_default()
            }
            VersionOf::File(file) => self.files.entry(file.clone()).or_default(),
        }
    }
}

/// An atom over one list that looks at its rows one by one.
#[derive(Debug)]
pub(in crate::tree::proof) struct RowByRow {
    /// The test of one row: whether some row fulfils it decides the atom.
    pub(in crate::tree::proof) probe: Expr,
    /// How.
    pub(in crate::tree::proof) sense: Sense,
}

/// How the rows that fulfil a test decide an atom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tree::proof) enum Sense {
    /// It holds if some row does.
    Some,
    /// It holds if none does.
    None,
    /// Their number decides.
    Count,
}

impl RowByRow {
    /// Reads an atom so; `None` where its quantifiers stand inside each other, or where it is no test of a list.
    pub(in crate::tree::proof) fn of(expr: &Expr) -> Option<Self> {
        let (range, body, sense) = match expr {
            Expr::Quantified { how: Quantifier::Some, rows, body } => (rows, body.as_ref().clone(), Sense::Some),
            Expr::Quantified { how: Quantifier::No, rows, body } => (rows, body.as_ref().clone(), Sense::None),
            // What fails every is a row that belongs and does not fit.
            Expr::Quantified { how: Quantifier::Every, rows, body } => (rows, Expr::Not(body.clone()), Sense::None),
            Expr::Count { rows, body, .. } => (rows, body.as_ref().clone(), Sense::Count),
            _ => return None,
        };
        let is_flat = range.who == Who::Everyone && is_flat(&body) && range.filter.as_deref().is_none_or(is_flat);
        is_flat.then(|| Self { probe: Expr::Quantified { how: Quantifier::Some, rows: range.clone(), body: Box::new(body) }, sense })
    }
}

/// Whether no quantifier stands in it.
fn is_flat(expr: &Expr) -> bool {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().all(is_flat),
        Expr::Not(part) => is_flat(part),
        Expr::Quantified { .. } | Expr::Count { .. } => false,
        Expr::Row(_) | Expr::Messages { .. } | Expr::Records(_) | Expr::Code(_) | Expr::Compare { .. } | Expr::Has { .. } => true,
    }
}
