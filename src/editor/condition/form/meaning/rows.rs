//! Servers and clients, and tests of one row.

use super::super::part::Part;
use super::super::{Field, Kind, SAME_ROW, name};
use super::Reading;
use crate::tree::condition::ast::{Attribute, Expr, List, Predicate, Quantifier, Range, RowTest, Scale, VersionOf, Who};
use crate::tree::condition::{is_fact, is_key, is_reserved};
use crate::tree::ladder::Build;

impl Reading<'_, '_> {
    /// Servers or clients, and what is said of each.
    pub(super) fn rows(&mut self, part: &Part<'_>) -> Option<Expr> {
        let (filters, tests): (Vec<Part<'_>>, Vec<Part<'_>>) = part.parts().into_iter().partition(|inner| inner.kind() == Kind::Where);
        let range = self.range(part, &filters);
        let body = self.joined(part, tests, Self::expr).map(Box::new);
        let how = part.get(Field::How);
        if let Some(how) = Quantifier::ALL.into_iter().find(|known| known.as_str() == how) {
            return Some(Expr::Quantified { how, rows: range?, body: body? });
        }
        if how != "count" {
            return self.wrong(part, Field::How, "Choose how many of them.");
        }
        let op = self.op(part);
        let Ok(number) = part.get(Field::Value).trim().parse() else {
            return self.wrong(part, Field::Value, "Enter a whole number, such as 2.");
        };
        Some(Expr::Count { rows: range?, body: body?, op: op?, number })
    }

    fn range(&mut self, part: &Part<'_>, filters: &[Part<'_>]) -> Option<Range> {
        let list =
            List::ALL.into_iter().find(|list| list.row() == part.get(Field::List)).or_else(|| self.wrong(part, Field::List, "Choose servers or clients."));
        let who = match part.get(Field::Who) {
            "" => Some(Who::Everyone),
            "other" => Some(Who::Others),
            row if is_row_name(row) => Some(Who::OthersOf(row.to_owned())),
            row => self.wrong(part, Field::Who, format!("\u{201c}{row}\u{201d} is no name of a server or client.")),
        };
        let var = match part.get(Field::Var).trim() {
            "" => Some(None),
            name if is_row_name(name) => Some(Some(name.to_owned())),
            _ => self.wrong(part, Field::Var, "Use a-z, 0-9 and _ for the name, and no word of the condition language, such as a."),
        };
        let filters: Vec<Option<Expr>> = filters.iter().map(|filter| self.joined(filter, filter.parts(), Self::expr)).collect();
        let filters: Option<Vec<Expr>> = filters.into_iter().collect();
        let filter = filters.map(|filters| (!filters.is_empty()).then(|| Box::new(Expr::all(filters))));
        Some(Range { list: list?, who: who?, var: var?, filter: filter? })
    }

    pub(super) fn row_test(&mut self, part: &Part<'_>) -> Option<RowTest> {
        let subject = match part.get(Field::Of) {
            "" => Some(None),
            _ => self.machine(part, Field::Of).map(Some),
        };
        let predicate = match part.kind() {
            Kind::Compare => self.two_levels(part),
            Kind::Attribute => self.attribute(part),
            Kind::Version => self.version(part),
            Kind::HasFile => self.named(part, Field::Value, "the file\u{2019}s name").map(Predicate::HasFile),
            Kind::Hotfix => self.named(part, Field::Value, "the hotfix, such as Q254805").map(Predicate::Hotfix),
            Kind::Role => self.named(part, Field::Value, "the role, such as bridgehead").map(Predicate::Role),
            Kind::History => self.history(part),
            _ => self.level_test(part),
        };
        Some(RowTest { subject: subject?, predicate: predicate? })
    }

    /// The name of a file, role, hotfix, component or source, or an attribute's text.
    pub(super) fn named(&mut self, part: &Part<'_>, field: Field, what: &str) -> Option<String> {
        match name::read(part.get(field)) {
            Some(name) => Some(name.to_owned()),
            None => self.wrong(part, field, format!("Enter {what}.")),
        }
    }

    /// A row's name, `admin`, or a subject fact.
    fn machine(&mut self, part: &Part<'_>, field: Field) -> Option<String> {
        let name = part.get(field);
        if name == "admin" || (is_fact(name) && !is_reserved(name)) {
            return Some(name.to_owned());
        }
        let message = if name.is_empty() {
            "Choose with which one it is compared.".to_owned()
        } else {
            format!("\u{201c}{name}\u{201d} is no machine: choose one of the list.")
        };
        self.wrong(part, field, message)
    }

    fn two_levels(&mut self, part: &Part<'_>) -> Option<Predicate> {
        let scale = self.scale(part, Field::What, Field::Name);
        let op = self.op(part);
        let with = self.machine(part, Field::With);
        let with_scale = self.scale(part, Field::WithWhat, Field::WithName);
        let (scale, with_scale) = (scale?, with_scale?);
        if (scale == Scale::Os) != (with_scale == Scale::Os) {
            return self.wrong(part, Field::WithWhat, "Windows compares with Windows only.");
        }
        Some(Predicate::CompareLevel { scale, op: op?, with: with?, with_scale })
    }

    fn scale(&mut self, part: &Part<'_>, what: Field, name: Field) -> Option<Scale> {
        match part.get(what) {
            "level" => Some(Scale::Level),
            "os" => Some(Scale::Os),
            "component" => self.named(part, name, "the component\u{2019}s name").map(Scale::Component),
            _ => self.wrong(part, what, "Choose what is compared."),
        }
    }

    fn attribute(&mut self, part: &Part<'_>) -> Option<Predicate> {
        let attribute = Attribute::ALL.into_iter().find(|known| known.as_str() == part.get(Field::What));
        let attribute = attribute.or_else(|| self.wrong(part, Field::What, "Choose what is tested."));
        let differs = match part.get(Field::Op) {
            "=" => Some(false),
            "!=" => Some(true),
            _ => self.wrong(part, Field::Op, "Choose whether it is the same or another one."),
        };
        if !part.get(Field::With).is_empty() {
            let with = self.machine(part, Field::With);
            return Some(Predicate::CompareText { attribute: attribute?, differs: differs?, with: with? });
        }
        let value = self.named(part, Field::Value, "the text that it is compared with");
        Some(Predicate::Text { attribute: attribute?, differs: differs?, value: value? })
    }

    fn version(&mut self, part: &Part<'_>) -> Option<Predicate> {
        let of = self.version_of(part, Field::What, Field::Name);
        let op = self.op(part);
        let with = match part.get(Field::With) {
            "" => {
                let Some(number) = Build::parse(part.get(Field::Value)) else {
                    return self.wrong(part, Field::Value, "Enter two to four numbers joined by dots, such as 5.5.2651.32.");
                };
                return Some(Predicate::Version { of: of?, op: op?, number });
            }
            SAME_ROW => Some(None),
            _ => self.machine(part, Field::With).map(Some),
        };
        let with_of = self.version_of(part, Field::WithWhat, Field::WithName);
        Some(Predicate::CompareVersion { of: of?, op: op?, with: with?, with_of: with_of? })
    }

    fn version_of(&mut self, part: &Part<'_>, what: Field, name: Field) -> Option<VersionOf> {
        match part.get(what) {
            "build" => Some(VersionOf::Build),
            "file" => self.named(part, name, "the file\u{2019}s name").map(VersionOf::File),
            _ => self.wrong(part, what, "Choose what is compared."),
        }
    }
}

fn is_row_name(name: &str) -> bool {
    is_key(name) && !is_reserved(name)
}
