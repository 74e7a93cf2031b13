//! What lines and places are called.

use super::super::form::{Kind, Line};
use super::Surroundings;

/// What a line is, and what an author may not know about it.
pub(super) fn of_line(line: &Line, number: usize, row: Option<&'static str>) -> (&'static str, Option<&'static str>) {
    match line.kind {
        Kind::Group if number == 1 && row.is_some() => ("Only those for which", Some("Without a test all of them are meant.")),
        Kind::Group if number == 1 => ("This branch is taken when", None),
        Kind::Group => ("Group", None),
        Kind::Rows => (
            "Servers or clients",
            Some("\u{201c}Every\u{201d} and \u{201c}no\u{201d} also hold where none is listed. What stands below, further in, is said of each one."),
        ),
        Kind::Where => ("Only those", Some("The others are not looked at.")),
        Kind::Messages => ("Message", Some("What stands below, further in, must hold for one and the same message.")),
        Kind::Event => ("Event", Some("What stands below, further in, must hold for one and the same event.")),
        Kind::Level => (
            "Version",
            Some(
                "\u{201c}Below\u{201d}, \u{201c}at least\u{201d} and the like compare inside one family, \u{201c}older\u{201d} and \u{201c}newer\u{201d} over all families.",
            ),
        ),
        Kind::Os => ("Windows version", None),
        Kind::Component => ("Version of a component", None),
        Kind::Compare => ("Versions of two machines", None),
        Kind::Attribute => ("Name, site, platform, edition or language", None),
        Kind::Version => ("Build or file version", Some("A number of fewer parts stands for all that begin with it: 5.5.2650 for 5.5.2650.24 too.")),
        Kind::HasFile => ("File", None),
        Kind::Hotfix => ("Hotfix", None),
        Kind::Role => ("Role", None),
        Kind::History => {
            ("What was done", Some("What was done once stays done: \u{201c}applied SP1\u{201d} is not \u{201c}runs SP1\u{201d}. Without a version any counts."))
        }
        Kind::Code => ("Error code", Some("In any notation: -528, 4294966768, 0xFFFFFDF0, c1030ad1.")),
        Kind::Fact => ("Answer", None),
        Kind::Said => ("Text", None),
    }
}

/// What is added to at a place.
pub(super) fn of_place(line: &Line, number: usize, around: &Surroundings) -> &'static str {
    match (line.kind, around.record, around.row) {
        (Kind::Group, None, _) if number == 1 => "Add to the condition",
        (Kind::Rows, _, Some("client")) => "Add about these clients",
        (Kind::Rows, ..) => "Add about these servers",
        (Kind::Where, ..) => "Add to \u{201c}only those\u{201d}",
        (Kind::Messages, ..) => "Add about this message",
        (Kind::Event, ..) => "Add about this event",
        _ => "Add to this group",
    }
}
