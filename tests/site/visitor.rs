//! A person with a browser: cookies, and the verbs of somebody who reads pages and presses buttons.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tower::ServiceExt;

use crate::html::Element;
use crate::page::{Page, fields};
use crate::site::Site;

/// The host that every visitor types.
pub const HOST: &str = "fixpath.test";

/// The most redirects that a browser follows here; one is what our pages need.
const MOST_REDIRECTS: usize = 3;

/// A browser without JavaScript, with its cookies and the page it shows.
pub struct Visitor<'a> {
    site: &'a Site,
    pub cookies: BTreeMap<String, String>,
    page: Option<Page>,
    /// `Set-Cookie` as it was sent last.
    pub last_cookie: Option<String>,
}

impl<'a> Visitor<'a> {
    pub fn new(site: &'a Site) -> Self {
        Self { site, cookies: BTreeMap::new(), page: None, last_cookie: None }
    }

    /// A second window of the same browser.
    pub fn other_window(&self) -> Self {
        Self { site: self.site, cookies: self.cookies.clone(), page: self.page.clone(), last_cookie: None }
    }

    /// The page on the screen.
    #[track_caller]
    pub fn page(&self) -> &Page {
        self.page.as_ref().expect("no page was opened yet")
    }

    /// Opens an address.
    pub async fn get(&mut self, path: &str) -> &Page {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    /// Opens the link with these words.
    pub async fn follow(&mut self, words: &str) -> &Page {
        let path = self.page().link(words);
        self.get(&path).await
    }

    /// Presses the button with these words, after filling in `typed`: text fields by name, options and ticks by name and value. A name that begins with
    /// `-` takes the tick off. The page must have each of them.
    pub async fn submit(&mut self, button: &str, typed: &[(&str, &str)]) -> &Page {
        if self.page().form_of(button).0.attribute("enctype") == Some("multipart/form-data") {
            return self.upload(button, typed, &[]).await;
        }
        let (action, sent) = self.filled(button, typed);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&action, &sent).await
    }

    /// The same with files, by the name of the field, of the file, and its contents.
    pub async fn upload(&mut self, button: &str, typed: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> &Page {
        let form = self.page().form_of(button).0;
        for (name, _, _) in files {
            let takes = |control: &&Element| control.attribute("type") == Some("file") && control.attribute("name") == Some(name);
            assert!(form.named(&["input"]).iter().any(takes), "the form takes no files as \"{name}\"");
        }
        let (action, sent) = self.filled(button, typed);
        let origin = format!("http://{HOST}");
        let headers = [("content-type", "multipart/form-data; boundary=BOUNDARY"), ("origin", origin.as_str())];
        self.send(Method::POST, &action, &headers, Body::from(parts(&sent, files))).await
    }

    /// Says "I don't know", also after reading how to find out.
    pub async fn does_not_know(&mut self) -> &Page {
        let has_card = self.page().has_button("I still don’t know, go on");
        self.submit("I don’t know", &[]).await;
        if has_card {
            self.submit("I still don’t know, go on", &[]).await;
        }
        self.page()
    }

    /// What pressing the button would send, and where.
    pub fn filled(&self, button: &str, typed: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
        let (form, pressed) = self.page().form_of(button);
        assert_eq!(form.attribute("method"), Some("post"), "the form of \"{button}\" would put what it sends into the address");
        let mut sent = fields(form);
        for (name, value) in typed {
            fill(form, &mut sent, name, value);
        }
        sent.extend(pressed.attribute("name").map(|name| (name.to_owned(), pressed.attribute("value").unwrap_or_default().to_owned())));
        (pressed.attribute("formaction").or(form.attribute("action")).unwrap().to_owned(), sent)
    }

    /// Sends a form as a browser would, whether or not a page has it.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> &Page {
        let body = encoded(fields);
        self.post_body(path, body).await
    }

    /// Sends these bytes as a form.
    pub async fn post_body(&mut self, path: &str, body: impl Into<Body>) -> &Page {
        let origin = format!("http://{HOST}");
        self.send(Method::POST, path, &[("content-type", "application/x-www-form-urlencoded"), ("origin", &origin)], body.into()).await
    }

    /// Sends a request with these headers and follows where it leads.
    pub async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> &Page {
        let mut page = self.request(method, path, headers, body).await;
        for _ in 0..MOST_REDIRECTS {
            if !page.status.is_redirection() {
                break;
            }
            let location = page.header("location").split('#').next().unwrap().to_owned();
            assert!(location.starts_with('/'), "{path} redirects to {location}");
            page = self.request(Method::GET, &location, &[], Body::empty()).await;
        }
        self.page.insert(page)
    }

    /// One request and its answer as it came, redirects included.
    pub async fn request(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Page {
        let path = path.strip_prefix(&format!("http://{HOST}")).unwrap_or(path);
        let path = path.split('#').next().unwrap().to_owned();
        let mut request = Request::builder().method(method).uri(&path).header(header::ACCEPT, "text/html");
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header(header::HOST, HOST);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let (parts, body) = self.site.router().oneshot(request.body(body).unwrap()).await.unwrap().into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let is_image = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.to_str().unwrap().starts_with("image/"));
        let body = if is_image { String::from_utf8_lossy(&bytes).into_owned() } else { String::from_utf8(bytes.to_vec()).unwrap() };
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep_cookie(cookie.to_str().unwrap());
        }
        if parts.status == StatusCode::INTERNAL_SERVER_ERROR {
            self.site.note_mistake(format!("{path} answered 500"));
        }
        Page::read(path, parts.status, parts.headers, body, self.site.base())
    }

    fn keep_cookie(&mut self, cookie: &str) {
        let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
        self.cookies.insert(name.to_owned(), value.to_owned());
        self.last_cookie = Some(cookie.to_owned());
    }
}

/// Fields as the body of a form.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| utf8_percent_encode(&text.replace("\r\n", "\n").replace('\n', "\r\n"), NON_ALPHANUMERIC).to_string();
    fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect::<Vec<_>>().join("&")
}

/// Fields and files as the body of a form that takes files.
fn parts(fields: &[(String, String)], files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    let mut part = |head: String, contents: &[u8]| {
        body.extend_from_slice(format!("--BOUNDARY\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(contents);
        body.extend_from_slice(b"\r\n");
    };
    for (name, value) in fields {
        part(format!("name=\"{name}\""), value.replace("\r\n", "\n").replace('\n', "\r\n").as_bytes());
    }
    for (name, file, contents) in files {
        part(format!("name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream"), contents);
    }
    body.extend_from_slice(b"--BOUNDARY--\r\n");
    body
}

/// Fills one control of the form in, as a person could.
fn fill(form: &Element, sent: &mut Vec<(String, String)>, name: &str, value: &str) {
    if let Some(ticked) = name.strip_prefix('-') {
        let before = sent.len();
        sent.retain(|(field, was)| field != ticked || was != value);
        assert_ne!(before, sent.len(), "\"{ticked}\" has no tick \"{value}\" to take off");
        return;
    }
    let controls: Vec<&Element> = form.named(&["input", "select", "textarea"]).into_iter().filter(|control| control.attribute("name") == Some(name)).collect();
    let Some(first) = controls.first() else { panic!("the form has no field \"{name}\"") };
    match (first.name.as_str(), first.attribute("type").unwrap_or("text")) {
        ("input", kind @ ("checkbox" | "radio")) => {
            assert!(controls.iter().any(|control| control.attribute("value") == Some(value)), "\"{name}\" offers no \"{value}\"");
            if kind == "radio" {
                sent.retain(|(field, _)| field != name);
            }
            if !sent.iter().any(|(field, was)| field == name && was == value) {
                sent.push((name.to_owned(), value.to_owned()));
            }
        }
        (kind, _) => {
            assert!(
                kind != "select" || first.named(&["option"]).iter().any(|option| option.attribute("value") == Some(value)),
                "\"{name}\" offers no \"{value}\""
            );
            let field = sent.iter_mut().find(|(field, _)| field == name).unwrap_or_else(|| panic!("the field \"{name}\" cannot be filled in"));
            field.1 = value.to_owned();
        }
    }
}
