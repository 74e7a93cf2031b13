//! The rail beside a question or outcome: what is known and from where, and the map of the path.

use crate::map::{self, LaneMap, LaneOptions};
use crate::tree::closure::NodeRef;
use crate::tree::fact::FactKey;
use crate::visit::Visit;
use crate::web::Urls;
use crate::words::{Known, Links, Walked};

/// What stands beside the page's content.
#[derive(Debug)]
pub struct Rail {
    /// What holds, and from where.
    pub known: Known,
    /// The path and what is still possible.
    pub map: LaneMap,
    /// The map in words, for those who do not see it.
    pub in_words: String,
}

impl Rail {
    /// The rail of `visit`; without links where the visitor may only look.
    pub fn new(visit: &Visit, urls: &Urls, may_change: bool) -> Self {
        let walked = walked(visit);
        let answers = |node: &NodeRef| walked.short_answer(node);
        Self {
            known: Known::new(&walked, &Changes { visit, urls, may_change }),
            map: map::lane(visit.closure(), &visit.walk, &answers, LaneOptions::default()),
            in_words: map::in_words(visit.closure(), &visit.walk, &answers),
        }
    }
}

/// What is told of `visit` in words.
pub fn walked(visit: &Visit) -> Walked<'_> {
    Walked { closure: visit.closure(), shown: &visit.sheet, decided_by: visit.decided_by(), walk: &visit.walk }
}

/// Where the facts of a diagnosis are changed, by its owner.
struct Changes<'a> {
    visit: &'a Visit,
    urls: &'a Urls,
    may_change: bool,
}

impl Changes<'_> {
    fn id(&self) -> &str {
        self.visit.diagnosis.id.as_str()
    }
}

impl Links for Changes<'_> {
    fn question(&self, node: &NodeRef) -> Option<String> {
        self.may_change.then(|| self.urls.question(self.id(), &node.written_in(self.visit.slug())))
    }

    fn fact(&self, key: &FactKey) -> Option<String> {
        self.may_change.then(|| self.urls.fact(self.id(), key.as_str()))
    }

    fn remove(&self, key: &FactKey) -> Option<String> {
        self.may_change.then(|| self.urls.remove_fact(self.id(), key.as_str()))
    }
}
