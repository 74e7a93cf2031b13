//! Markdown of authors as HTML. What authors write is not trusted: HTML in it becomes text, links go to web, mail and own pages only,
//! pictures that are not kept here become their description, and headings start at level four, below those of the page.

use std::sync::Arc;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};

use super::Urls;
use crate::tree::condition::LevelLine;
use crate::tree::markdown::{OPTIONS, is_safe_link, words_of_image};
use crate::tree::picture::{self, Sizes};
use crate::tree::resolution::{Words, level_line};
use crate::tree::wording::{Filled, Piece, listed};

/// The pictures that texts can show.
#[derive(Debug, Clone)]
pub struct Pictures {
    urls: Urls,
    sizes: Arc<Sizes>,
}

impl Pictures {
    /// Those with these sizes; all others become their description.
    #[must_use]
    pub fn new(urls: &Urls, sizes: Arc<Sizes>) -> Self {
        Self { urls: urls.clone(), sizes }
    }

    /// A picture as HTML, which leaves it the room that it will take; `words` say what it shows.
    fn push(&self, out: &mut String, address: &str, words: &str) {
        let known = picture::named(address).and_then(|digest| Some((digest, self.sizes.get(digest)?)));
        match known {
            Some((digest, size)) => {
                let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
                let (src, width, height) = (self.urls.image(digest), size.width, size.height);
                out.push_str(&format!("<img src=\"{src}\" alt=\"{words}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\">"));
            }
            None => html::push_html(out, std::iter::once(Event::Text(CowStr::from(words)))),
        }
    }
}

/// Renders a text of several paragraphs.
#[must_use]
pub fn render(text: &str, pictures: &Pictures) -> String {
    to_html(text, &|_| None, pictures)
}

/// Renders a text; `filled` says in words what stands at a mark of [`render_words`].
fn to_html(text: &str, filled: &dyn Fn(usize) -> Option<String>, pictures: &Pictures) -> String {
    let mut out = String::with_capacity(text.len() * 3 / 2);
    html::push_html(
        &mut out,
        Tame::new(
            text,
            Some(&|address, words| {
                let mut image = String::new();
                pictures.push(&mut image, address, &unmarked(words, filled));
                image
            }),
        ),
    );
    out
}

/// The words with what stands at their marks: an attribute has no room for elements.
fn unmarked(words: &str, filled: &dyn Fn(usize) -> Option<String>) -> String {
    let mut parts = words.split(OPEN);
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, after) = part.split_once(CLOSE).unwrap_or((part, ""));
        plain.push_str(&number.parse().ok().and_then(filled).unwrap_or_default());
        plain.push_str(after);
    }
    plain
}

/// Renders the inside of one line, without a paragraph around it. There is no room for pictures: they become their description.
#[must_use]
pub fn render_inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3 / 2);
    let blockless = Tame::new(text, None).filter(|event| match event {
        Event::Start(tag) => is_inline(&tag.to_end()),
        Event::End(tag) => is_inline(tag),
        Event::Rule => false,
        _ => true,
    });
    html::push_html(&mut out, blockless);
    out
}

/// Renders a text whose selections are filled. What is filled in is the visitor's and never read as Markdown or HTML; what is not known
/// stays visible as a blank.
#[must_use]
pub fn render_words(words: &Words, pictures: &Pictures) -> String {
    let mut source = String::new();
    for (index, piece) in words.0.iter().enumerate() {
        match piece {
            Piece::Text(text) => source.extend(text.chars().filter(|c| !matches!(*c, OPEN | CLOSE))),
            // A list is a paragraph of its own.
            Piece::Filled(Filled::Levels(_)) => source.push_str(&format!("\n\n{OPEN}{index}{CLOSE}\n\n")),
            Piece::Filled(_) => source.push_str(&format!("{OPEN}{index}{CLOSE}")),
        }
    }
    let mut out = String::new();
    let filled = |index: usize| match words.0.get(index) {
        Some(Piece::Filled(filled)) => Some(filled.plain()),
        _ => None,
    };
    let html = to_html(&source, &filled, pictures);
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (number, after) = after.split_once(CLOSE).unwrap_or((after, ""));
        rest = after;
        let Some(Piece::Filled(filled)) = number.parse::<usize>().ok().and_then(|index| words.0.get(index)) else {
            out.push_str(before);
            continue;
        };
        match (filled, before.strip_suffix("<p>"), after.strip_prefix("</p>")) {
            (Filled::Levels(lines), Some(before), Some(after)) if !lines.is_empty() => {
                out.push_str(before);
                push_list(&mut out, lines);
                rest = after;
            }
            _ => {
                out.push_str(before);
                push_filled(&mut out, filled);
            }
        }
    }
    out.push_str(rest);
    out
}

/// Letters of the private use area that mark the place of a filled selection while Markdown is read; authors' own are dropped.
const OPEN: char = '\u{e000}';
const CLOSE: char = '\u{e001}';

fn push_filled(out: &mut String, filled: &Filled) {
    match filled {
        Filled::Names { names, maybe } if maybe.is_empty() && !names.is_empty() => push_marked(out, "b", "name", &listed(names)),
        Filled::Answer(answer) => push_marked(out, "b", "name", answer),
        Filled::Names { .. } | Filled::Levels(_) | Filled::Blank(_) => push_marked(out, "span", "blank", &filled.plain()),
    }
}

/// One item for each machine; those of which it is not known whether they belong are blanks.
fn push_list(out: &mut String, lines: &[LevelLine]) {
    out.push_str("<ul>\n");
    for line in lines {
        out.push_str("<li>");
        if line.belongs {
            html::push_html(out, std::iter::once(Event::Text(CowStr::from(line.text.as_str()))));
        } else {
            push_marked(out, "span", "blank", &level_line(line));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>");
}

fn push_marked(out: &mut String, element: &str, class: &str, text: &str) {
    out.push_str(&format!("<{element} class=\"{class}\">"));
    html::push_html(out, std::iter::once(Event::Text(CowStr::from(text))));
    out.push_str(&format!("</{element}>"));
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

/// Makes the HTML of a picture out of its address and its words.
type Draw<'d> = dyn Fn(&str, &str) -> String + 'd;

/// The parser's events with everything dangerous taken out.
struct Tame<'a, 'd> {
    events: Parser<'a>,
    /// Draws pictures; without it they become their description.
    draw: Option<&'d Draw<'d>>,
    /// For each open link, whether it was kept.
    links: Vec<bool>,
}

impl<'a, 'd> Tame<'a, 'd> {
    fn new(text: &'a str, draw: Option<&'d Draw<'d>>) -> Self {
        Self { events: Parser::new_ext(text, OPTIONS), draw, links: Vec::new() }
    }
}

impl<'a> Iterator for Tame<'a, '_> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            return Some(match self.events.next()? {
                Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
                Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => continue,
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let words = words_of_image(self.events.by_ref());
                    match self.draw {
                        Some(draw) => Event::InlineHtml(draw(&dest_url, &words).into()),
                        None => Event::Text(words.into()),
                    }
                }
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    let kept = is_safe_link(&dest_url);
                    self.links.push(kept);
                    if !kept {
                        continue;
                    }
                    Event::Start(Tag::Link { link_type, dest_url, title, id })
                }
                Event::End(TagEnd::Link) => {
                    if self.links.pop() != Some(true) {
                        continue;
                    }
                    Event::End(TagEnd::Link)
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    Event::Start(Tag::Heading { level: demote(level), id: None, classes: Vec::new(), attrs: Vec::new() })
                }
                Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(demote(level))),
                other => other,
            });
        }
    }
}

fn demote(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H4,
        HeadingLevel::H2 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests;
