//! "Event Log Online Help" of Event Viewer, led here by a value of the registry: the page it opens, how to set the value, and files that do.

use std::time::Instant;

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::percent_decode_str;

use super::super::Desk;
use super::page::Door;
use super::{Link, NEVER_CACHED, address, short_enough};
use crate::web::{ClientAddress, Failure, Fields, Nav, Page};
use crate::words;

/// Where the value lies.
const KEY: &str = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Event Viewer";
/// The value that holds the address.
const VALUE: &str = "MicrosoftRedirectionURL";
/// What Windows has there.
const WINDOWS_DEFAULT: &str = "http://go.microsoft.com/fwlink/events.asp";
/// The longest hint that is shown, in characters.
const LONGEST_HINT: usize = 120;

/// What Event Viewer says about the program that logged the event. None of it is a fact: a version of a file is no level of a server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// Product, with its version if that is known.
    pub product: String,
    /// File that has the event's text, with its version if that is known.
    pub file: String,
}

impl Hints {
    /// The hints that travelled with a form.
    ///
    /// # Errors
    /// A field was sent twice.
    pub fn sent(fields: &Fields) -> Result<Self, Failure> {
        let hint = |name: &str| Ok::<_, Failure>(shortened(fields.get(name)?.unwrap_or_default()));
        Ok(Self { product: hint("hint-product")?, file: hint("hint-file")? })
    }
}

/// What Event Viewer asked.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    link: Link,
    hints: Hints,
}

impl Asked {
    /// Reads what stands behind the `?`. Windows has sent the names in several cases and the values in several encodings; of what is there twice, the
    /// first counts.
    fn read(query: &str) -> Self {
        let field = |wanted: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let value = pairs.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map_or("", |(_, value)| value);
            percent_decode_str(&value.replace('+', " ")).decode_utf8_lossy().trim().to_owned()
        };
        let with_version = |name: &str, version: &str| shortened(format!("{} {}", field(name), field(version)).trim());
        Self {
            link: Link { event: field("EvtID"), source: field("EvtSrc"), ..Link::default() },
            hints: Hints { product: with_version("ProdName", "ProdVer"), file: with_version("FileName", "FileVer") },
        }
    }
}

fn shortened(hint: &str) -> String {
    hint.chars().take(LONGEST_HINT).collect()
}

/// Shows the event that Event Viewer asks about, and where it leads. Nothing is stored.
pub async fn show(State(desk): State<Desk>, client: ClientAddress, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let asked = Asked::read(short_enough(query.as_deref().unwrap_or_default())?);
    if asked.link.is_empty() {
        return Ok(Redirect::to(&desk.site.urls().event_viewer_setup()).into_response());
    }
    desk.finds.take(client, Instant::now())?;
    let form = asked.link.form(desk.visits.shelf.catalog().ladders(), words::EVENT_VIEWER);
    Ok(Door::EventViewer(asked.hints).page(&desk, form).opened())
}

/// The page that explains the setting.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/event_viewer.html")]
struct SetupPage {
    page: Page,
    /// The address that the value gets.
    target: String,
}

/// Explains the setting.
pub async fn setup(State(desk): State<Desk>, headers: HeaderMap) -> Result<Response, Failure> {
    let target = target(&desk, &headers)?;
    let page = desk.site.page("Event Viewer leads here").at(Nav::Guides);
    Ok((NEVER_CACHED, SetupPage { page, target }).into_response())
}

/// The file that leads Event Viewer here.
pub async fn reg_file(State(desk): State<Desk>, headers: HeaderMap) -> Result<Response, Failure> {
    Ok(download("attachment; filename=\"fixpath.reg\"", reg(&target(&desk, &headers)?)))
}

/// The file that leads it to Microsoft again.
pub async fn undo_file() -> Response {
    download("attachment; filename=\"fixpath-undo.reg\"", reg(WINDOWS_DEFAULT))
}

fn target(desk: &Desk, headers: &HeaderMap) -> Result<String, Failure> {
    let urls = address::own(desk, headers)?;
    Ok(urls.absolute(&urls.event_viewer()))
}

/// A file for the Registry Editor that sets the value to `address`, which is one line of ASCII.
///
/// `REGEDIT4` is the form that every Registry Editor reads, from NT 4.0 to today's; the newer one, in UTF-16, is not understood by NT 4.0.
/// It is in the code page of the machine that reads it, which ASCII is the same in.
fn reg(address: &str) -> String {
    let quoted = address.replace('\\', r"\\").replace('"', "\\\"");
    format!("REGEDIT4\r\n\r\n[{KEY}]\r\n\"{VALUE}\"=\"{quoted}\"\r\n\r\n")
}

fn download(disposition: &'static str, file: String) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/octet-stream"), (header::CONTENT_DISPOSITION, disposition)];
    (headers, NEVER_CACHED, file).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_case_and_values_in_any_encoding() {
        let query = "CoName=Microsoft%20Corporation&PRODNAME=Microsoft%ae+Exchange&ProdVer=6.5.7638.1&evtid=9542&EvtSrc=MSExchangeSA&FileName=madmsg.dll&LCID=1033&EvtID=7";
        let asked = Asked::read(query);
        assert_eq!((asked.link.event.as_str(), asked.link.source.as_str()), ("9542", "MSExchangeSA"));
        assert_eq!((asked.hints.product.as_str(), asked.hints.file.as_str()), ("Microsoft\u{fffd} Exchange 6.5.7638.1", "madmsg.dll"));
        assert_eq!(Asked::read("ProdName=Microsoft%C2%AE&&=&x").hints.product, "Microsoft\u{ae}");
        assert_eq!(Asked::read(""), Asked::default());
        assert_eq!(Asked::read(&format!("ProdName={}", "x".repeat(500))).hints.product.len(), LONGEST_HINT);
    }

    #[test]
    fn a_registry_file_sets_one_value_and_quotes_it() {
        let expected = "REGEDIT4\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Event Viewer]\r\n\
                        \"MicrosoftRedirectionURL\"=\"https://fix.example/event-viewer\"\r\n\r\n";
        assert_eq!(reg("https://fix.example/event-viewer"), expected);
        assert!(reg(r#"a\b"c"#).contains(r#"="a\\b\"c""#));
    }
}
