//! HTML as a browser without JavaScript reads it: elements, attributes and text.

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// Elements that have no end tag.
const VOID: [&str; 8] = ["br", "col", "hr", "img", "input", "link", "meta", "wbr"];
/// Elements whose end tag may be left out before one of the same name, and where the element around them ends.
const OPEN_ENDED: [&str; 3] = ["option", "li", "p"];

/// An element with everything in it.
#[derive(Debug, Clone, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    children: Vec<Child>,
}

#[derive(Debug, Clone)]
enum Child {
    Element(Element),
    Text(String),
}

/// Reads a document. A mistake that a browser would have to guess about is a failure: an unknown character reference, an end tag too many.
pub fn read(text: &str) -> Element {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut open = vec![Element { name: "document".to_owned(), ..Element::default() }];
    for token in Tokenizer::new_with_emitter(text, emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = utf8(&tag.name.0);
                if OPEN_ENDED.contains(&name.as_str()) && open.last().is_some_and(|element| element.name == name) {
                    close(&mut open);
                }
                let attributes = tag.attributes.iter().map(|(name, value)| (utf8(&name.0), utf8(&value.value.0))).collect();
                let ends_here = tag.self_closing || VOID.contains(&name.as_str());
                open.push(Element { name, attributes, children: Vec::new() });
                if ends_here {
                    close(&mut open);
                }
            }
            Token::EndTag(tag) => {
                let name = utf8(&tag.name.0);
                if open.last().is_some_and(|element| element.name != name && OPEN_ENDED.contains(&element.name.as_str())) {
                    close(&mut open);
                }
                let last = open.last().map_or("nothing", |element| element.name.as_str());
                assert_eq!(last, name, "</{name}> stands where </{last}> is expected");
                close(&mut open);
            }
            Token::String(text) => open.last_mut().unwrap().children.push(Child::Text(utf8(&text.value.0))),
            Token::Comment(_) | Token::Doctype(_) => {}
            Token::Error(error) => panic!("the HTML has a mistake: {error:?}"),
        }
    }
    assert_eq!(open.len(), 1, "<{}> is never closed", open.last().unwrap().name);
    open.pop().unwrap()
}

fn close(open: &mut Vec<Element>) {
    let element = open.pop().unwrap();
    open.last_mut().expect("an end tag too many").children.push(Child::Element(element));
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub fn has(&self, name: &str) -> bool {
        self.attributes.contains_key(name)
    }

    /// Every element in this one, in the order of the document.
    pub fn all(&self) -> Vec<&Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if let Child::Element(element) = child {
                found.push(element);
                found.extend(element.all());
            }
        }
        found
    }

    /// Every element of one of these names in this one.
    pub fn named<'a>(&'a self, names: &[&str]) -> Vec<&'a Element> {
        self.all().into_iter().filter(|element| names.contains(&element.name.as_str())).collect()
    }

    pub fn with_id(&self, id: &str) -> Option<&Element> {
        self.all().into_iter().find(|element| element.attribute("id") == Some(id))
    }

    /// The text as it stands in the source.
    pub fn raw_text(&self) -> String {
        self.children
            .iter()
            .map(|child| match child {
                Child::Text(text) => text.clone(),
                Child::Element(element) => element.raw_text(),
            })
            .collect()
    }

    /// The text with every run of white space as one blank. Text of neighbouring blocks does not run together.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.push_text(&mut text);
        one_blank(&text)
    }

    fn push_text(&self, out: &mut String) {
        const INLINE: [&str; 8] = ["a", "b", "code", "em", "span", "strong", "button", "label"];
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(text),
                Child::Element(element) => {
                    let apart = !INLINE.contains(&element.name.as_str());
                    if apart {
                        out.push(' ');
                    }
                    element.push_text(out);
                    if apart {
                        out.push(' ');
                    }
                }
            }
        }
    }
}

/// `text` with every run of white space as one blank.
pub fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
