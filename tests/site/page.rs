//! What a visitor has on the screen.

use std::collections::BTreeSet;

use axum::http::{HeaderMap, StatusCode, header};

use crate::html::{self, Element, one_blank};

/// An answer of the site, read.
#[derive(Debug, Clone)]
pub struct Page {
    /// The address that was answered, after redirects.
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    document: Element,
}

impl Page {
    /// Reads an answer. Whatever a test is about, its pages must hold together, so every one of them is examined; `base` is the sub-path.
    pub fn read(path: String, status: StatusCode, headers: HeaderMap, body: String, base: &str) -> Self {
        let is_html = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.to_str().unwrap().starts_with("text/html"));
        let document = if is_html { html::read(&body) } else { Element::default() };
        let page = Self { path, status, headers, body, document };
        page.examine_headers();
        if is_html {
            page.examine_ids();
            page.examine_addresses(base);
            page.examine_policy();
        }
        page
    }

    /// The title bar's text without the product's name.
    pub fn title(&self) -> String {
        let titles = self.document.named(&["title"]);
        titles.first().map(|title| title.text()).unwrap_or_default().trim_end_matches(" - Fixpath").to_owned()
    }

    /// The main heading.
    pub fn heading(&self) -> String {
        self.document.named(&["h1"]).first().map(|heading| heading.text()).unwrap_or_default()
    }

    /// Everything that can be read on the page.
    pub fn text(&self) -> String {
        self.document.named(&["body"]).first().map(|body| body.text()).unwrap_or_default()
    }

    /// The elements of one of these names, in order.
    pub fn named(&self, names: &[&str]) -> Vec<&Element> {
        self.document.named(names)
    }

    pub fn with_id(&self, id: &str) -> Option<&Element> {
        self.document.with_id(id)
    }

    pub fn has_text(&self, text: &str) -> bool {
        self.text().contains(&one_blank(text))
    }

    /// Fails unless the page says `text`.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(self.has_text(text), "{} ({}) does not say \"{text}\", but:\n{}", self.path, self.status, self.text());
        self
    }

    /// Fails if the page says `text`.
    #[track_caller]
    pub fn does_not_say(&self, text: &str) -> &Self {
        assert!(!self.has_text(text), "{} ({}) says \"{text}\":\n{}", self.path, self.status, self.text());
        self
    }

    /// Fails unless the page came with this status.
    #[track_caller]
    pub fn has_status(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}:\n{}", self.path, self.text());
        self
    }

    /// The message beside the control `id`. The summary above the form must link to the control, and the control must name its message.
    #[track_caller]
    pub fn field_error(&self, id: &str) -> String {
        let Some(message) = self.with_id(&format!("{id}-e")) else { panic!("{} has no message about \"{id}\":\n{}", self.path, self.text()) };
        let links = self.named(&["a"]);
        assert!(links.iter().any(|link| link.attribute("href") == Some(&format!("#{id}"))), "the summary does not link to \"{id}\"");
        let control = self.with_id(id).unwrap_or_else(|| panic!("the message about \"{id}\" is about no control"));
        let described_by = control.attribute("aria-describedby").unwrap_or_default();
        assert!(described_by.split(' ').any(|other| other == format!("{id}-e")), "the control \"{id}\" does not name its message");
        message.text()
    }

    /// The controls that have a message.
    pub fn fields_with_errors(&self) -> Vec<String> {
        let messages = self.document.all().into_iter().filter(|element| element.name == "p" && element.attribute("class") == Some("error"));
        messages.filter_map(|message| message.attribute("id")?.strip_suffix("-e").map(str::to_owned)).collect()
    }

    /// What stands in the field `name`: of a select the chosen value, of radio buttons the chosen one.
    #[track_caller]
    pub fn value(&self, name: &str) -> String {
        let values = self.values(name);
        assert!(values.len() <= 1, "\"{name}\" has several values: {values:?}");
        values.into_iter().next().unwrap_or_default()
    }

    /// Everything that the fields `name` of all forms would send.
    pub fn values(&self, name: &str) -> Vec<String> {
        let fields = self.named(&["form"]).into_iter().flat_map(fields);
        fields.filter(|(field, _)| field == name).map(|(_, value)| value).collect()
    }

    /// The values that the select `name` offers.
    #[track_caller]
    pub fn options(&self, name: &str) -> Vec<String> {
        let select =
            self.named(&["select"]).into_iter().find(|select| select.attribute("name") == Some(name)).unwrap_or_else(|| panic!("no select \"{name}\""));
        select.named(&["option"]).iter().map(|option| option.attribute("value").unwrap_or_default().to_owned()).collect()
    }

    /// The form that the button with these words belongs to, with the button.
    #[track_caller]
    pub fn form_of(&self, button: &str) -> (&Element, &Element) {
        let forms = self.named(&["form"]);
        let all = || forms.iter().flat_map(|form| form.named(&["button"]).into_iter().map(move |button| (*form, button)));
        // What stands for the visible button when Enter is pressed is not what a visitor presses.
        let seen = |(_, found): &(&Element, &Element)| found.text() == button && found.attribute("aria-hidden").is_none();
        all().find(seen).unwrap_or_else(|| {
            let texts: Vec<String> = all().map(|(_, button)| button.text()).collect();
            panic!("{} ({}) has no button \"{button}\", but {texts:?}:\n{}", self.path, self.status, self.text())
        })
    }

    pub fn has_button(&self, words: &str) -> bool {
        self.named(&["button"]).iter().any(|button| button.text() == words)
    }

    /// The address of the link with these words.
    #[track_caller]
    pub fn link(&self, words: &str) -> String {
        let links = self.named(&["a"]);
        let found = links.iter().find(|link| link.text() == words).unwrap_or_else(|| {
            let texts: Vec<String> = links.iter().map(|link| link.text()).collect();
            panic!("{} ({}) has no link \"{words}\", but {texts:?}", self.path, self.status)
        });
        found.attribute("href").unwrap_or_else(|| panic!("the link \"{words}\" leads nowhere")).to_owned()
    }

    /// Fails unless the visitor came to `path`, perhaps by a redirect.
    #[track_caller]
    pub fn goes_to(&self, path: &str) -> &Self {
        assert_eq!(self.path, path, "the page says:\n{}", self.text());
        self
    }

    /// The section whose heading is `heading`.
    #[track_caller]
    pub fn section(&self, heading: &str) -> String {
        let sections = self.named(&["section", "div"]);
        let is_it = |section: &&&Element| {
            let first = section.all().into_iter().find(|element| matches!(element.name.as_str(), "h2" | "h3"));
            first.is_some_and(|first| first.text() == heading)
        };
        sections
            .iter()
            .filter(is_it)
            .map(|section| section.text())
            .min_by_key(String::len)
            .unwrap_or_else(|| panic!("{} has no section \"{heading}\":\n{}", self.path, self.text()))
    }

    pub fn has_section(&self, heading: &str) -> bool {
        self.named(&["h2", "h3"]).iter().any(|found| found.text() == heading)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn examine_headers(&self) {
        let policy = self.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{}: {policy}", self.path);
        assert_eq!(self.header("x-content-type-options"), "nosniff", "{}", self.path);
        assert!(["no-referrer", "same-origin"].contains(&self.header("referrer-policy")), "{}", self.path);
        assert!(self.headers.contains_key("x-request-id"), "{}", self.path);
        assert!(self.headers.contains_key("cache-control"), "{}", self.path);
    }

    fn examine_ids(&self) {
        let mut ids = BTreeSet::new();
        for id in self.document.all().iter().filter_map(|element| element.attribute("id")) {
            assert!(ids.insert(id), "{} has the id \"{id}\" twice", self.path);
        }
        for element in self.document.all() {
            for attribute in ["for", "aria-labelledby", "aria-describedby", "list"] {
                for id in element.attribute(attribute).unwrap_or_default().split_whitespace() {
                    assert!(ids.contains(id), "{}: {attribute}=\"{id}\" names no element", self.path);
                }
            }
            if let Some(id) = element.attribute("href").and_then(|href| href.strip_prefix('#')) {
                assert!(ids.contains(id), "{}: the link #{id} leads nowhere", self.path);
            }
        }
    }

    /// Every address on the page is one of the installation's own.
    fn examine_addresses(&self, base: &str) {
        for element in self.document.all() {
            for attribute in ["href", "src", "action"] {
                let Some(address) = element.attribute(attribute) else { continue };
                let own = address.strip_prefix(base).is_some_and(|rest| rest.starts_with('/'));
                assert!(own || address.starts_with('#'), "{}: <{} {attribute}=\"{address}\"> leads out of the site", self.path, element.name);
            }
        }
    }

    /// Nothing that the content security policy would keep from working.
    fn examine_policy(&self) {
        for element in self.document.all() {
            assert!(element.name != "style", "{} has a style element", self.path);
            assert!(element.name != "script" || element.has("src") && element.raw_text().is_empty(), "{} has an inline script", self.path);
            let inline = element.attributes.keys().find(|name| *name == "style" || name.starts_with("on"));
            assert!(inline.is_none(), "{} has <{} {inline:?}>", self.path, element.name);
        }
    }
}

/// What a form would send if it were submitted now, without any button: names and values in the order of the document.
pub fn fields(form: &Element) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for control in form.named(&["input", "select", "textarea"]) {
        let Some(name) = control.attribute("name").filter(|_| !control.has("disabled")) else { continue };
        let value = match (control.name.as_str(), control.attribute("type").unwrap_or("text")) {
            ("textarea", _) => Some(control.raw_text().strip_prefix('\n').map_or_else(|| control.raw_text(), str::to_owned)),
            ("select", _) => chosen(control),
            // A choice of files is made by the visitor alone.
            (_, "file") => None,
            (_, "checkbox" | "radio") => control.has("checked").then(|| control.attribute("value").unwrap_or("on").to_owned()),
            _ => Some(control.attribute("value").unwrap_or_default().to_owned()),
        };
        fields.extend(value.map(|value| (name.to_owned(), value)));
    }
    fields
}

fn chosen(select: &Element) -> Option<String> {
    let options = select.named(&["option"]);
    let option = options.iter().find(|option| option.has("selected")).or(options.first())?;
    Some(option.attribute("value").map_or_else(|| option.text(), str::to_owned))
}
