//! What Markdown of authors must not have: HTML, links that lead where no page of ours leads, and pictures from elsewhere. Pages show none of them; here
//! authors are told.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};

use super::picture;

/// What of Markdown authors write: tables and struck-out words beside the common kinds.
pub const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// The most characters of a tag or an address that a message shows.
const LONGEST_SHOWN: usize = 60;

/// What a page would not show as it is written, in sentences; empty if nothing is.
#[must_use]
pub fn problems(text: &str) -> Vec<String> {
    let line_of = |range: &Range<usize>| text.get(..range.start).unwrap_or_default().matches('\n').count() + 1;
    let wrong = Parser::new_ext(text, OPTIONS).into_offset_iter().filter_map(|(event, range)| {
        let line = line_of(&range);
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
    // The two tags of an element on one line are one mistake.
    wrong.dedup_by(|later, first| later.split(" has HTML").next() == first.split(" has HTML").next());
    wrong.extend(images(text).into_iter().filter_map(|image| {
        let line = line_of(&image.range);
        if picture::named(&image.address).is_none() {
            return Some(format!(
                "line {line} shows a picture from \"{}\". Only pictures of this site are shown: upload it on the page \"Pictures\" of the guide, which says what to write.",
                shown(&image.address)
            ));
        }
        let is_silent = image.words.trim().is_empty();
        is_silent.then(|| format!("line {line} has a picture without words: write between its square brackets what it shows, for whoever cannot see it."))
    }));
    wrong.dedup();
    wrong
}

/// The pictures of this site that a text shows: the digest of each, and the words for it.
#[must_use]
pub fn pictures(text: &str) -> Vec<(String, String)> {
    images(text).into_iter().filter_map(|image| Some((picture::named(&image.address)?.to_owned(), image.words))).collect()
}

/// A picture of any origin in a text.
struct Image<'a> {
    address: CowStr<'a>,
    words: String,
    range: Range<usize>,
}

fn images(text: &str) -> Vec<Image<'_>> {
    let mut images = Vec::new();
    let mut events = Parser::new_ext(text, OPTIONS).into_offset_iter();
    while let Some((event, range)) = events.next() {
        if let Event::Start(Tag::Image { dest_url, .. }) = event {
            images.push(Image { address: dest_url, words: words_of_image(events.by_ref().map(|(event, _)| event)), range });
        }
    }
    images
}

/// The words of a picture whose start was the last event, as plain text; goes on to its end.
pub fn words_of_image<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let mut words = String::new();
    // A picture inside the words of another one is words, too.
    let mut depth = 1;
    for event in events {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    words
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
            ("One.\n\n![a dialog](https://elsewhere.example/x.png)", "line 3 shows a picture from \"https://elsewhere.example/x.png\""),
            ("![a dialog](image:short)", "line 1 shows a picture from \"image:short\""),
            ("![ ](image:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881)", "line 1 has a picture without words"),
        ] {
            let found = problems(text);
            assert!(found.first().is_some_and(|first| first.contains(part)), "{text}: {found:?}");
        }
        let picture = format!("![a dialog](image:{})", picture::digest(b"x"));
        assert_eq!(problems(&picture), [] as [String; 0]);
        for text in
            ["**Bold**, a < b and c > d, `<b>`", "[word](https://example.com/a:b) <mailto:a@example.com> [x](/guides) \\<b>", "    <indented code>", "AT&amp;T"]
        {
            assert_eq!(problems(text), [] as [String; 0], "{text}");
        }
    }
}
