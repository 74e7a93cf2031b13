//! What no form of ours sends, and what is too much: a clear message, and nothing stored.

use axum::body::Body;
use axum::http::Method;

use crate::changes::in_the_dark;
use crate::kinds::at;
use crate::site::{Site, on_both, on_both_with};
use crate::visitor::{HOST, encoded};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn a_post_from_another_site_changes_nothing() {
    on_both(async |site: &Site| {
        let mut ada = in_the_dark(site).await;
        let before = site.stored(ada.page()).await;
        let (action, sent) = ada.filled("Continue", &[("answer", "lift")]);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let own = format!("http://{HOST}");
        for headers in [
            vec![FORM, ("origin", "http://evil.test")],
            vec![FORM, ("origin", "null")],
            vec![FORM, ("sec-fetch-site", "cross-site")],
            vec![FORM, ("sec-fetch-site", "same-site"), ("origin", own.as_str())],
        ] {
            ada.send(Method::POST, &action, &headers, Body::from(encoded(&sent))).await.has_status(403).says("The request came from another site");
            assert_eq!(site.find_stored(&before_page(&ada, &action)).await, Some(before.clone()), "{headers:?}");
        }
        ada.send(Method::POST, &action, &[FORM, ("sec-fetch-site", "same-origin")], Body::from(encoded(&sent))).await.has_status(200);
        assert_eq!(ada.page().heading(), "On which floor are you?");
    })
    .await;
}

fn before_page(ada: &crate::visitor::Visitor<'_>, action: &str) -> crate::page::Page {
    let mut page = ada.page().clone();
    page.path = action.to_owned();
    page
}

#[tokio::test]
async fn forged_and_repeated_fields_are_named() {
    on_both(async |site: &Site| {
        let mut ada = in_the_dark(site).await;
        let page = ada.page().clone();
        let (action, _) = ada.filled("Continue", &[]);
        let mark = ada.page().value("mark");
        ada.post(&action, &[("mark", &mark), ("answer", "ladder")]).await.has_status(400).says("an option that this question does not have");
        ada.post(&action, &[("mark", &mark), ("answer", "lift"), ("answer", "stairs")]).await.has_status(400).says("\"answer\" was sent more than once");
        ada.post(&action, &[("mark", &mark), ("mark", &mark), ("answer", "lift")]).await.has_status(400).says("\"mark\" was sent more than once");
        ada.post(&action, &[("mark", &mark), ("do", "unknown"), ("do", "take-back")]).await.has_status(400).says("\"do\" was sent more than once");
        ada.post(&action, &[("mark", &mark), (&"n".repeat(65), "1")]).await.has_status(400).says("no form of this site has such a field");
        ada.post(&action, &[("mark", &mark), ("do", "something"), ("answer", "lift")]).await.has_status(200);
        assert!(site.stored(&page).await.statements.is_empty());
        ada.post(&action, &[("mark", "forged"), ("answer", "lift")]).await.has_status(409);
        assert!(site.stored(&page).await.statements.is_empty());
        ada.post(&action, &[("mark", &mark), ("answer", "lift"), ("fact", "kinds.colour"), ("source", "confirmed")]).await.has_status(200);
        assert_eq!(site.stored(&page).await.statements.len(), 1, "fields that the form does not have mean nothing");
    })
    .await;
}

#[tokio::test]
async fn bytes_that_are_no_text_and_bodies_that_are_no_form() {
    on_both(async |site: &Site| {
        let mut ada = in_the_dark(site).await;
        let page = ada.page().clone();
        let (action, _) = ada.filled("Continue", &[]);
        ada.post_body(&action, "mark=unsaid&answer=%FF%FE").await.has_status(400).says("not valid UTF-8");
        ada.post_body(&action, b"mark=unsaid&answer=\xff\xfe".to_vec()).await.has_status(400).says("not valid UTF-8");
        ada.send(Method::POST, &action, &[("content-type", "text/plain")], Body::from("answer=lift")).await.has_status(400).says("Content-Type");
        ada.post_body(&action, "x".repeat(257 * 1024)).await.has_status(413).says("That was too much at once");
        ada.post_body(&action, "a=1&".repeat(8001)).await.has_status(400).says("more than 8000 fields");
        ada.get(&format!("{}?way=%FF", page.path)).await.has_status(400);
        ada.send(Method::PUT, &action, &[FORM], Body::empty()).await.has_status(405);
        assert!(site.stored(&page).await.statements.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_text_over_64_kib_comes_back_whole() {
    on_both(async |site: &Site| {
        let mut ada = at(site, "What does it say?").await;
        let long = "é".repeat(32 * 1024) + "\nend";
        ada.submit("Continue", &[("text-1", &long)]).await.has_status(422);
        assert!(ada.page().field_error("text-1").contains("64 KiB is the limit"));
        assert_eq!(ada.page().value("text-1"), long);
        ada.submit("Add another message", &[("text-1", &"a".repeat(40 * 1024))]).await;
        ada.submit("Continue", &[("text-2", &"b".repeat(40 * 1024))]).await.has_status(422);
        assert!(ada.page().field_error("text-1").contains("80 KiB together"));
        assert_eq!(ada.page().value("text-2").len(), 40 * 1024);
        assert!(site.stored(ada.page()).await.statements.iter().all(|statement| statement.key.as_str() != "text"));
        ada.submit("Continue", &[("text-2", "")]).await.has_status(200);
    })
    .await;
}

#[tokio::test]
async fn the_cookie_is_bound_to_the_installation_and_out_of_reach() {
    for (public_url, path, secure) in [(None, "; Path=/; ", false), (Some("https://fixpath.test/help"), "; Path=/help; ", true)] {
        let set = |settings: &mut fixpath::settings::Settings| settings.public_url = public_url.map(|url: &str| url.parse().unwrap());
        on_both_with(set, async |site: &Site| {
            let mut ada = site.visitor();
            ada.get(&format!("{}/guides/extension-not-loaded", site.base())).await;
            assert!(ada.last_cookie.is_none(), "looking at a guide needs no cookie");
            ada.submit("Start", &[]).await;
            let cookie = ada.last_cookie.clone().unwrap();
            assert!(cookie.contains(path) && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
            assert_eq!(cookie.contains("Secure"), secure, "{cookie}");
            assert_eq!(ada.page().headers.contains_key("strict-transport-security"), secure);
            let secret = ada.cookies.values().next().unwrap().clone();
            assert!(!ada.page().body.contains(&secret) && !ada.page().path.contains(&secret));
        })
        .await;
    }
}
