//! API tokens, and sites whose visitors must sign in.

use axum::body::Body;
use axum::http::Method;
use fixpath::settings::Visitors;
use fixpath::web::Role;

use crate::page::Page;
use crate::site::{Site, on_both, on_both_with};
use crate::visitor::Visitor;

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

async fn closed(story: impl AsyncFn(&Site)) {
    on_both_with(|settings| settings.visitors = Visitors::SignedIn, story).await;
}

/// What a program without a cookie gets that sends this token.
async fn trees(site: &Site, token: &str) -> Page {
    let bearer = format!("Bearer {token}");
    site.visitor().request(Method::GET, "/api/v1/trees", &[("authorization", &bearer), ("accept", "application/json")], Body::empty()).await
}

async fn make(visitor: &mut Visitor<'_>, typed: &[(&str, &str)]) -> String {
    visitor.get("/account/tokens").await;
    visitor.submit("Make a token", typed).await.has_status(200).says("shown only now");
    visitor.page().with_id("token").unwrap().attribute("value").unwrap().to_owned()
}

#[tokio::test]
async fn a_token_works_until_it_ends_is_revoked_or_its_account_is_disabled() {
    closed(async |site: &Site| {
        let mut ada = site.author().await;
        let token = make(&mut ada, &[("name", "nightly"), ("scope", "publish"), ("days", "2")]).await;
        assert!(token.starts_with("fpt_"), "{token}");
        assert_eq!(trees(site, &token).await.status, 200);
        for wrong in ["", "fpt_", token.trim_start_matches("fpt_"), &format!("{token}x")] {
            let answer = trees(site, wrong).await;
            assert_eq!(
                (answer.status.as_u16(), answer.header("content-type"), answer.header("www-authenticate")),
                (401, "application/problem+json", "Bearer"),
                "{wrong}"
            );
        }
        ada.get("/account/tokens").await.says("nightly").says("last used").does_not_say(&token);
        ada.submit("Revoke nightly", &[]).await.does_not_say("nightly");
        assert_eq!(trees(site, &token).await.status, 401);

        let token = make(&mut ada, &[("name", "short"), ("days", "1")]).await;
        let other = make(&mut ada, &[("name", "long"), ("days", "365")]).await;
        site.clock.advance(DAY);
        assert_eq!((trees(site, &token).await.status.as_u16(), trees(site, &other).await.status.as_u16()), (401, 200));
        let id = site.app().accounts().named("Ada").await.unwrap().id;
        site.app().accounts().set_disabled(id, true, &fixpath::audit::By::command_line()).await.unwrap();
        assert_eq!(trees(site, &other).await.status, 401);
    })
    .await;
}

#[tokio::test]
async fn a_token_is_refused_that_would_work_too_long_or_may_more_than_its_account() {
    on_both(async |site: &Site| {
        let mut bob = site.sign_in_as("Bob", &[Role::Author]).await;
        bob.get("/account/tokens").await;
        assert_eq!(bob.page().options("scope"), ["guides", "drafts"]);
        bob.submit("Make a token", &[("name", "  "), ("days", "366")]).await.has_status(422);
        assert_eq!(bob.page().fields_with_errors(), ["name", "days"]);
        assert_eq!(bob.page().value("days"), "366");
        bob.post("/account/tokens", &[("name", "x"), ("scope", "publish"), ("days", "1")]).await.has_status(422);
        assert_eq!(bob.page().fields_with_errors(), ["scope"]);
    })
    .await;
}

#[tokio::test]
async fn a_token_is_revoked_by_its_owner_alone() {
    closed(async |site: &Site| {
        let mut ada = site.author().await;
        let token = make(&mut ada, &[("name", "nightly")]).await;
        let id = ada.page().values("token").pop().unwrap();
        let mut bob = site.sign_in_as("Bob", &Role::ALL).await;
        bob.post("/account/tokens/revoke", &[("token", &id)]).await.has_status(404);
        assert_eq!(trees(site, &token).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_closed_site_shows_nothing_to_whoever_is_not_signed_in() {
    closed(async |site: &Site| {
        let mut stranger = site.visitor();
        stranger.get("/").await.goes_to("/sign-in?next=%2F");
        stranger.get("/guides/extension-not-loaded").await.goes_to("/sign-in?next=%2Fguides%2Fextension-not-loaded");
        stranger.get("/shared/x").await.goes_to("/sign-in?next=%2Fshared%2Fx");
        stranger.get("/healthz").await.has_status(200);
        let answer = stranger.request(Method::POST, "/api/v1/find", &[("content-type", "application/json")], Body::from(r#"{"text":"x"}"#)).await;
        answer.has_status(401);

        let mut vera = site.sign_in_as("Vera", &[]).await;
        vera.get("/guides/extension-not-loaded").await.has_status(200);
        vera.get("/editor").await.has_status(403);
    })
    .await;
}

#[tokio::test]
async fn the_owner_of_a_diagnosis_needs_no_other_token_for_it() {
    closed(async |site: &Site| {
        let mut vera = site.sign_in_as("Vera", &[]).await;
        let token = make(&mut vera, &[("name", "script")]).await;
        let json = ("content-type", "application/json");
        let bearer = format!("Bearer {token}");
        let body = r#"{"tree":"extension-not-loaded"}"#;
        let begun = site.visitor().request(Method::POST, "/api/v1/diagnoses", &[json, ("authorization", &bearer)], Body::from(body)).await;
        begun.has_status(201);
        let document: serde_json::Value = serde_json::from_str(&begun.body).unwrap();
        let path = format!("/api/v1/diagnoses/{}", document["id"].as_str().unwrap());
        let owner = format!("Bearer {}", document["owner_token"].as_str().unwrap());
        for (sent, status) in [(owner.as_str(), 200), ("Bearer fpt_x", 401), ("", 401)] {
            assert_eq!(site.visitor().request(Method::GET, &path, &[("authorization", sent)], Body::empty()).await.status, status, "{sent}");
        }
    })
    .await;
}
