//! What the checks say of a draft, as the list below the map.

use crate::tree::check::Finding;
use crate::tree::model::Tree;
use crate::tree::report::Report;
use crate::web::Urls;

/// The most findings that the desk lists; the page of the checks has all of them.
const LISTED: usize = 12;

/// A line of the list.
pub struct CheckLine {
    /// `yes`, `warn` or `bad`.
    pub class: &'static str,
    /// The title of the node that it is about, with the quotes around it.
    pub title: Option<String>,
    /// Where that is put right.
    pub href: String,
    /// What is found.
    pub text: String,
}

/// The findings, errors first, and what passed.
pub fn lines(tree: &Tree, report: &Report, urls: &Urls, slug: &str) -> Vec<CheckLine> {
    let line = |finding: &Finding| CheckLine {
        class: if finding.is_error() { "bad" } else { "warn" },
        title: finding.node.as_deref().map(|key| format!("\u{201c}{}\u{201d}", tree.node(key).map_or(key, |node| node.title.as_str()))),
        href: finding.node.as_deref().map_or_else(|| urls.editor_tree(slug), |key| urls.editor_node(slug, key)),
        text: finding.message.clone(),
    };
    let mut lines: Vec<CheckLine> = report.findings.iter().take(LISTED).map(line).collect();
    if report.findings.len() > LISTED {
        let text = format!("{} more findings.", report.findings.len() - LISTED);
        lines.push(CheckLine { class: "warn", title: None, href: String::new(), text });
    }
    lines.extend(report.passed.iter().map(|text| CheckLine { class: "yes", title: None, href: String::new(), text: text.clone() }));
    lines
}
