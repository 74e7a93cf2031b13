//! Doors: start links, monitoring systems and Event Viewer bring facts, and nothing is stored before a button is pressed.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::Method;
use fixpath::tree::fact::{Source, Value};

use crate::page::Page;
use crate::site::{Site, on_both, on_both_with, tree};
use crate::visitor::Visitor;

const GUIDE: &str = "An extension could not be loaded";
const SLUG: &str = "extension-not-loaded";
const FACTS: &str = "event=2037&source=MSExchangeSA&text=Extension%20%27SMTP%27%20could%20not%20be%20loaded.&servers=EX01:5.0,EX02:5.0%20SP2";
const HOSTILE: &str = "%3C/title%3E%3Cscript%3Ealert(1)%3C/script%3E%22'%7B%7B7*7%7D%7D";

/// Whoever only opened links left nothing behind.
async fn stored_nothing(visitor: &mut Visitor<'_>) {
    assert!(visitor.cookies.is_empty(), "a link needs no cookie");
    visitor.get("/diagnoses").await.has_status(200);
    assert!(visitor.page().named(&["a"]).iter().all(|link| !link.attribute("href").unwrap_or_default().contains("/diagnoses/")));
}

/// What every page behind a link has: it belongs to its visitor alone, and its title says nothing of him.
fn is_private(page: &Page) {
    assert_eq!((page.header("cache-control"), page.header("referrer-policy")), ("no-store", "same-origin"), "{}", page.path);
    let robots = page.named(&["meta"]).into_iter().find(|meta| meta.attribute("name") == Some("robots"));
    assert_eq!(robots.and_then(|robots| robots.attribute("content")), Some("noindex"), "{}", page.path);
    assert!(page.title().trim_start_matches("Error: ").starts_with("This is what "), "{}", page.title());
}

#[tokio::test]
async fn a_start_link_shows_its_facts_and_its_button_begins_the_guide() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get(&format!("/guides/{SLUG}?{FACTS}&utm_source=x")).await.has_status(200);
        is_private(ada.page());
        ada.page().says("This is what the link says").says("EX02:5.0 SP2").says("event=2037 source=MSExchangeSA");
        assert_eq!(["event-id-1", "event-source-1", "name-2"].map(|name| ada.page().value(name)), ["2037", "MSExchangeSA", "EX02"]);
        stored_nothing(&mut ada).await;
        ada.get(&format!("/guides/{SLUG}?{FACTS}")).await;
        ada.submit("Remove server 1", &[]).await.has_status(200).says("This is what the link says").does_not_say("EX01");
        is_private(ada.page());
        ada.submit("Start the guide", &[]).await.has_status(200);
        let stored = site.stored(ada.page()).await;
        assert!(stored.statements.iter().all(|statement| statement.source == Source::Confirmed), "{stored:?}");
        let servers = stored.statements.iter().find(|statement| statement.key.as_str() == "servers").unwrap();
        let Some(Value::Rows(rows)) = &servers.value else { panic!("{servers:?}") };
        assert_eq!((rows.rows.len(), rows.rows[0].level.as_deref()), (1, Some("5.0 SP2")));
        assert_eq!(servers.line.as_deref(), Some("the link: EX02:5.0 SP2"));
        ada.page().says("from the link, confirmed by you").does_not_say("from what you pasted");
    })
    .await;
}

#[tokio::test]
async fn a_link_without_facts_is_the_guide_and_a_former_address_keeps_the_facts() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get(&format!("/guides/{SLUG}?utm_source=x&event=&text=%20")).await.has_status(200).says("You are right here if you see");
        site.publish(&tree("detour")).await;
        site.app().visits().shelf.rename_slug("detour", "lamp").await.unwrap();
        ada.get("/guides/detour?event=7").await.goes_to("/guides/lamp?event=7").says("This is what the link says");
        ada.get(&format!("/guides/{SLUG}?event=1&event=2")).await.has_status(400).says("was sent more than once");
        ada.get("/guides/nothing?event=1").await.has_status(404);
    })
    .await;
}

#[tokio::test]
async fn a_bad_value_is_named_beside_its_field_and_the_rest_stays() {
    on_both(async |site: &Site| {
        for address in [format!("/guides/{SLUG}"), "/start".to_owned(), "/find".to_owned()] {
            let mut ada = site.visitor();
            ada.get(&format!("{address}?event=many&source=MSExchangeSA&text=Kwyjibo.&servers=EX01:9.9,EX02:5.0%20SP2")).await.has_status(200);
            is_private(ada.page());
            assert_eq!(ada.page().fields_with_errors(), ["event-id-1", "level-1"]);
            assert_eq!(["event-id-1", "level-1", "level-2", "message-1"].map(|name| ada.page().value(name)), ["many", "9.9", "5.0 SP2", "Kwyjibo."]);
            let button = if address == format!("/guides/{SLUG}") { "Start the guide" } else { "Find the fix" };
            ada.submit(button, &[("event-id-1", "2037")]).await.has_status(422);
            is_private(ada.page());
            assert_eq!(ada.page().fields_with_errors(), ["level-1"]);
            assert!(ada.cookies.is_empty());
            ada.submit(button, &[("level-1", "5.0")]).await.has_status(200);
            assert_eq!(site.stored(ada.page()).await.statements.len(), 3);
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_without_a_guide_says_where_it_leads() {
    on_both(async |site: &Site| {
        for address in ["/start", "/find"] {
            let mut ada = site.visitor();
            ada.get(&format!("{address}?{FACTS}")).await.has_status(200).says(&format!("Leads to {GUIDE}"));
            is_private(ada.page());
            stored_nothing(&mut ada).await;
            ada.get(&format!("{address}?{FACTS}")).await;
            let mut other = ada.other_window();
            ada.submit("Find the fix", &[]).await;
            assert_eq!(site.stored(ada.page()).await.statements.len(), 3);
            other.submit(&format!("Start with these facts: {GUIDE}"), &[]).await;
            assert_eq!(site.stored(other.page()).await.statements.len(), 3);
            ada.get(&format!("{address}?text=qwertz")).await.says("Leads nowhere yet").says("qwertz");
            ada.submit("Find the fix", &[]).await.says("Nothing we know matches");
            ada.submit("Correct what we read", &[]).await.says("This is what the link says");
        }
    })
    .await;
}

#[tokio::test]
async fn several_guides_are_offered_with_the_facts_of_the_link() {
    on_both(async |site: &Site| {
        for name in ["kinds", "detour"] {
            let mut tree = tree(name);
            tree.symptoms.texts = vec!["The lamp could not be started.".to_owned()];
            site.publish(&tree).await;
        }
        let mut ada = site.visitor();
        ada.get("/find?text=The+lamp+could+not+be+started.").await.says("Fits 2 guides:");
        ada.submit("Start with these facts: A lamp stays dark", &[]).await;
        assert_eq!(site.stored(ada.page()).await.statements.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn whatever_a_link_says_is_text() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        let facts = format!("event={HOSTILE}&source={HOSTILE}&text={HOSTILE}&servers={HOSTILE}:{HOSTILE}");
        for address in
            [format!("/guides/{SLUG}?{facts}"), format!("/start?{facts}"), format!("/event-viewer?EvtID={HOSTILE}&EvtSrc={HOSTILE}&ProdName={HOSTILE}")]
        {
            ada.get(&address).await.has_status(200).says("</title><script>alert(1)</script>\"'{{7*7}}");
            is_private(ada.page());
            assert!(!ada.page().body.contains("<script>alert"));
        }
        ada.get("/start?text=%FF").await.has_status(400).says("not valid UTF-8");
        ada.get(&format!("/find?text={}", "x".repeat(17 * 1024))).await.has_status(400).says("longer than 16 KiB");
        ada.get(&format!("/guides/{SLUG}?text={}", "x".repeat(17 * 1024))).await.has_status(400);
        ada.get(&format!("/event-viewer?EvtID={}", "1".repeat(17 * 1024))).await.has_status(400);
        stored_nothing(&mut ada).await;
    })
    .await;
}

#[tokio::test]
async fn a_link_behind_the_hash_needs_the_script_and_the_page_says_so() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/start").await.has_status(200).says("This link needs its other form");
        is_private(ada.page());
        ada.submit("Read it", &[("evidence", "Extension 'SMTP' could not be loaded."), ("event-id", "2037")]).await.says("This is what we read");
        stored_nothing(&mut ada).await;
    })
    .await;
}

#[tokio::test]
async fn event_viewer_shows_its_event_and_what_it_hints_at() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        let sent = "CoName=Microsoft%20Corporation&ProdName=Microsoft%c2%ae%20Exchange&ProdVer=5.5.2653.23&EvtID=2037&evtsrc=MSExchangeSA&FileName=m.dll&FileVer=1.2&LCID=1033";
        ada.get(&format!("/event-viewer?{sent}")).await.has_status(200);
        is_private(ada.page());
        ada.page().says("This is what Event Viewer says").says("Product: Microsoft\u{ae} Exchange 5.5.2653.23").says("File: m.dll 1.2").says("Leads to");
        assert_eq!((ada.page().value("event-id-1"), ada.page().value("event-source-1")), ("2037".to_owned(), "MSExchangeSA".to_owned()));
        assert!(ada.page().named(&["mark"]).iter().all(|mark| !mark.text().contains("5.5")), "a product's version is no fact");
        stored_nothing(&mut ada).await;
        ada.get(&format!("/event-viewer?{sent}")).await;
        ada.submit("Add a server", &[]).await.says("Product: Microsoft\u{ae} Exchange 5.5.2653.23");
        ada.submit("Find the fix", &[]).await;
        assert_eq!(site.stored(ada.page()).await.statements.len(), 1);
        ada.get("/event-viewer?ProdName=Windows").await.goes_to("/event-viewer/setup").says("fixpath.test/event-viewer");
    })
    .await;
}

#[tokio::test]
async fn registry_files_lead_event_viewer_here_and_back() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/event-viewer/setup").await.has_status(200);
        ada.follow("Download fixpath.reg").await.has_status(200);
        assert!(ada.page().body.starts_with("REGEDIT4\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\"));
        assert!(ada.page().body.contains("\r\n\"MicrosoftRedirectionURL\"=\"http://fixpath.test/event-viewer\"\r\n"), "{}", ada.page().body);
        assert_eq!(ada.page().header("content-disposition"), "attachment; filename=\"fixpath.reg\"");
        ada.get("/event-viewer/undo.reg").await.has_status(200);
        assert!(ada.page().body.contains("=\"http://go.microsoft.com/fwlink/events.asp\"\r\n"));
        for host in ["evil\"x", "evil\\x", "a b", "a/b", "", "a%0d%0a"] {
            for path in ["/event-viewer/fixpath.reg", "/event-viewer/setup", "/links"] {
                ada.request(Method::GET, path, &[("host", host)], Body::empty()).await.has_status(400).says("under which name this site is reached");
            }
        }
    })
    .await;
    let public = |settings: &mut fixpath::settings::Settings| settings.public_url = Some("https://fix.example/help".parse().unwrap());
    on_both_with(public, async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/help/event-viewer/fixpath.reg").await;
        assert!(ada.page().body.contains("\"https://fix.example/help/event-viewer\""), "the address is not the visitor's to choose: {}", ada.page().body);
        ada.get("/help/event-viewer").await.goes_to("/help/event-viewer/setup");
        ada.get("/help/links").await.says("https://fix.example/help/start?event=2037").says("https://fix.example/help/find?event=EVENT");
        ada.get(&format!("/help/guides/{SLUG}?event=2037")).await;
        ada.submit("Start the guide", &[]).await.has_status(200).says("from the link, confirmed by you");
    })
    .await;
}

#[tokio::test]
async fn the_builder_makes_a_link_that_says_what_was_typed() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        ada.get("/").await;
        ada.follow("Links into Fixpath").await.has_status(200).says("http://fixpath.test/start?event=2037").says("http://fixpath.test/find?event=EVENT");
        let typed = [("guide", SLUG), ("event", "many"), ("source", "MSExchangeSA"), ("text", "a&b=c\n#d"), ("servers", "EX01:9.9")];
        ada.submit("Make the link", &typed).await.has_status(422);
        assert_eq!(ada.page().fields_with_errors(), ["event", "servers"]);
        assert_eq!(["event", "text", "servers"].map(|name| ada.page().value(name)), ["many", "a&b=c\n#d", "EX01:9.9"]);
        ada.submit("Make the link", &[("event", "2037"), ("servers", "EX01:5.0")]).await.has_status(200);
        let link = |id: &str| ada.page().with_id(id).unwrap().attribute("value").unwrap().trim_start_matches("http://fixpath.test").to_owned();
        let (plain, unsent) = (link("plain"), link("unsent"));
        assert_eq!(unsent, plain.replace(&format!("/guides/{SLUG}?"), "/start#"));
        ada.get(&plain).await.says("This is what the link says");
        assert_eq!(["event-id-1", "event-source-1", "message-1", "name-1"].map(|name| ada.page().value(name)), ["2037", "MSExchangeSA", "a&b=c\n#d", "EX01"]);
        ada.get("/links").await;
        ada.submit("Make the link", &[]).await.has_status(422).says("Enter an event, a text or a server");
        stored_nothing(&mut ada).await;
    })
    .await;
}

#[tokio::test]
async fn the_log_has_the_route_and_nothing_of_the_link() {
    on_both(async |site: &Site| {
        let log = Log::default();
        let kept = log.clone();
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_max_level(tracing::Level::TRACE).with_writer(move || kept.clone()).finish();
        let guard = tracing::subscriber::set_default(subscriber);
        let mut ada = site.visitor();
        for address in [format!("/guides/{SLUG}"), "/start".to_owned(), "/find".to_owned(), "/event-viewer".to_owned()] {
            ada.get(&format!("{address}?EvtID=77003311&text=zyzzyva&event=77003311")).await.has_status(200);
            ada.get(&format!("{address}?text=zyzzyva{}", "x".repeat(17 * 1024))).await.has_status(400);
        }
        drop(guard);
        let log = log.text();
        for route in ["/guides/{slug}", "/start", "/find", "/event-viewer"] {
            assert!(log.contains(&format!("route=\"{route}\"")), "{route} is not in the log:\n{log}");
        }
        assert!(!log.contains("zyzzyva") && !log.contains("77003311"), "{log}");
    })
    .await;
}

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn links_are_limited_as_finding_is() {
    on_both(async |site: &Site| {
        let mut ada = site.visitor();
        for path in ["/find?event=1", "/start?event=1", "/event-viewer?EvtID=1"] {
            let mut tries = 0;
            while ada.get(path).await.status == 200 && tries < 500 {
                tries += 1;
            }
            ada.page().has_status(429);
        }
    })
    .await;
}
