//! What Markdown of authors must not have: HTML, and links that lead where no page of ours leads. Pages show neither; here authors are told.

use pulldown_cmark::{Event, Options, Parser, Tag};

/// What of Markdown authors write: tables and struck-out words beside the common kinds.
pub const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// The most characters of a tag or an address that a message shows.
const LONGEST_SHOWN: usize = 60;

/// What a page would not show as it is written, in sentences; empty if nothing is.
#[must_use]
pub fn problems(text: &str) -> Vec<String> {
    let wrong = Parser::new_ext(text, OPTIONS).into_offset_iter().filter_map(|(event, range)| {
        let line = text.get(..range.start).unwrap_or_default().matches('\n').count() + 1;
        match event {
            Event::Html(html) | Event::InlineHtml(html) if !html.trim().is_empty() => Some(format!(
                "line {line} has HTML, \"{}\", and HTML is not shown. Write Markdown, such as **bold**; put `backticks` around it if visitors are to read it as it stands.",
                shown(&html)
            )),
            Event::Start(Tag::Link { dest_url, .. }) if !is_safe_link(&dest_url) => Some(format!(
                "line {line} links to \"{}\". Links lead to web addresses (https://...), mail addresses (mailto:...) and pages of this site (/guides/...).",
                shown(&dest_url)
            )),
            _ => None,
        }
    });
    let mut wrong: Vec<String> = wrong.collect();
    wrong.dedup();
    wrong
}

fn shown(text: &str) -> String {
    let mut shown: String = text.trim().chars().take(LONGEST_SHOWN).collect();
    if text.trim().chars().count() > LONGEST_SHOWN {
        shown.push('\u{2026}');
    }
    shown
}

/// Whether a link may lead there: web and mail addresses, and paths of this site. Browsers drop control characters and turn `\` into `/`, so neither is
/// let through.
#[must_use]
pub fn is_safe_link(url: &str) -> bool {
    if url.chars().any(|c| c.is_control() || c == '\\') || url.starts_with("//") {
        return false;
    }
    let before_path = url.split(['/', '?', '#']).next().unwrap_or_default();
    match before_path.split_once(':') {
        Some((scheme, _)) => ["http", "https", "mailto"].iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed)),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_and_links_elsewhere_are_said_with_their_line() {
        for (text, part) in [
            ("One.\n\nA <b onclick=x>bold</b> word.", "line 3 has HTML, \"<b onclick=x>\""),
            ("<script>alert(1)</script>", "line 1 has HTML, \"<script>alert(1)</script>\""),
            ("[word](javascript:alert)", "line 1 links to \"javascript:alert\""),
            ("Two\n[word]\n\n[word]: data:text/html,x", "line 2 links to \"data:text/html,x\""),
            ("<javascript:x>", "javascript:x"),
        ] {
            let found = problems(text);
            assert!(found.first().is_some_and(|first| first.contains(part)), "{text}: {found:?}");
        }
        for text in
            ["**Bold**, a < b and c > d, `<b>`", "[word](https://example.com/a:b) <mailto:a@example.com> [x](/guides) \\<b>", "    <indented code>", "AT&amp;T"]
        {
            assert_eq!(problems(text), [] as [String; 0], "{text}");
        }
    }
}
