//! What is known of one server, before several outputs about it are joined.

use std::collections::HashMap;
use std::ops::Range;

use super::Known;
use crate::evidence::{Item, Proposal};
use crate::tree::fact::Row;
use crate::tree::ladder::Build;

/// One server, as one output speaks of it.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) row: Row,
    /// The build that the directory shows.
    pub(super) display: Option<String>,
    /// The build of the program's file.
    pub(super) file: Option<String>,
    pub(super) remarks: Vec<String>,
    lines: Range<usize>,
}

impl Draft {
    pub(super) fn new(row: Row, lines: Range<usize>) -> Self {
        Self { row, display: None, file: None, remarks: Vec::new(), lines }
    }

    pub(super) fn says_build(&self) -> bool {
        self.row.build.is_some() || self.display.is_some() || self.file.is_some()
    }

    /// Whether the two name different versions: then both stay, for the visitor to choose.
    fn contradicts(&self, other: &Self) -> bool {
        let differ = |one: &Option<String>, other: &Option<String>| matches!((one, other), (Some(one), Some(other)) if one != other);
        differ(&self.row.level, &other.row.level) || differ(&self.row.build, &other.row.build)
    }

    /// Adds what another output says of the same server; what is known stays.
    fn join(&mut self, more: Self) {
        let (row, more_row) = (&mut self.row, more.row);
        row.level = row.level.take().or(more_row.level);
        row.build = row.build.take().or(more_row.build);
        row.site = row.site.take().or(more_row.site);
        row.os = row.os.take().or(more_row.os);
        row.edition = row.edition.take().or(more_row.edition);
        row.platform = row.platform.take().or(more_row.platform);
        row.language = row.language.take().or(more_row.language);
        if row.roles.is_silent() {
            row.roles = more_row.roles;
        }
        self.display = self.display.take().or(more.display);
        self.file = self.file.take().or(more.file);
        self.remarks.extend(more.remarks);
    }

    /// The proposal: the file's build counts before what the directory shows, which knows nothing of security updates.
    fn proposal(mut self, known: Known<'_>) -> Proposal {
        if let Some(file) = self.file {
            if let Some(other) = self.display.as_ref().or(self.row.build.as_ref()).filter(|other| !same_build(other, &file)) {
                self.remarks.push(format!("The directory shows {other}, the file says {file}. The file counts."));
            }
            self.row.build = Some(file);
        } else if self.row.build.is_none() {
            self.row.build = self.display;
        }
        if self.row.build.is_none() && self.row.level.as_deref().is_some_and(|level| known.lacks_service_pack(level)) {
            self.remarks.push("No service pack is named: RTM?".to_owned());
        }
        Proposal { item: Item::Server(Box::new(self.row)), lines: self.lines, remarks: self.remarks }
    }
}

/// Whether two builds are one number.
fn same_build(one: &str, other: &str) -> bool {
    Build::parse(one).is_some_and(|one| Build::parse(other) == Some(one))
}

/// The servers, in order of their first lines. Several outputs about servers of one name make one server, unless they contradict each other.
pub(super) fn join(mut drafts: Vec<Draft>, known: Known<'_>) -> Vec<Proposal> {
    drafts.sort_by_key(|draft| draft.lines.start);
    let mut joined: Vec<Draft> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for draft in drafts {
        let name = draft.row.name.as_deref().map(str::to_lowercase);
        let earlier = name.as_ref().and_then(|name| by_name.get(name)).and_then(|at| joined.get_mut(*at));
        match earlier.filter(|earlier| !earlier.contradicts(&draft)) {
            Some(earlier) => earlier.join(draft),
            None => {
                by_name.extend(name.map(|name| (name, joined.len())));
                joined.push(draft);
            }
        }
    }
    joined.into_iter().map(|draft| draft.proposal(known)).collect()
}
