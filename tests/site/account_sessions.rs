//! Sessions: when they end, and what becomes of a form that comes without one.

use fixpath::web::Role;

use crate::site::{PASSWORD, Site, on_both, on_both_with, tree};
use crate::visitor::Visitor;

/// An hour in milliseconds.
const HOUR: i64 = 60 * 60 * 1000;
/// Where somebody without a session lands who asks for `/account`.
const SIGN_IN: &str = "/sign-in?next=%2Faccount";

async fn sign_in<'a>(site: &'a Site, name: &str) -> Visitor<'a> {
    let mut visitor = site.visitor();
    visitor.get("/sign-in").await;
    visitor.submit("Sign in", &[("name", name), ("password", PASSWORD)]).await.goes_to("/account");
    visitor
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_in_any_case_after_a_week() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        site.clock.advance(8 * HOUR - 1);
        ada.get("/account").await.goes_to("/account");
        site.clock.advance(8 * HOUR - 1);
        ada.get("/account").await.goes_to("/account");
        site.clock.advance(8 * HOUR);
        ada.get("/account").await.goes_to(SIGN_IN);

        let mut ada = sign_in(site, "Ada").await;
        for _ in 0..7 * 24 / 6 - 1 {
            site.clock.advance(6 * HOUR);
            ada.get("/account").await.goes_to("/account");
        }
        site.clock.advance(6 * HOUR);
        ada.get("/account").await.goes_to(SIGN_IN);
    })
    .await;
}

#[tokio::test]
async fn an_old_cookie_opens_nothing_after_signing_in_again_or_out_or_after_a_new_password() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        let cookie = ada.last_cookie.clone().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/;") && !cookie.contains("Secure"), "{cookie}");

        let mut stolen = ada.other_window();
        ada.get("/sign-in").await;
        ada.submit("Sign in", &[("name", "Ada"), ("password", PASSWORD)]).await.goes_to("/account");
        stolen.get("/account").await.goes_to(SIGN_IN);

        let (mut stolen, mut elsewhere) = (ada.other_window(), sign_in(site, "Ada").await);
        ada.submit("Change the password", &[("old", "not the password"), ("new", "a new long password"), ("again", "a new long password")])
            .await
            .has_status(422);
        assert_eq!(ada.page().fields_with_errors(), ["old"]);
        ada.submit("Change the password", &[("old", PASSWORD), ("new", "a new long password"), ("again", "a new long password")]).await.goes_to("/account");
        for other in [&mut stolen, &mut elsewhere] {
            other.get("/account").await.goes_to(SIGN_IN);
        }

        let mut stolen = ada.other_window();
        ada.submit("Sign out everywhere", &[]).await.goes_to(SIGN_IN);
        stolen.get("/account").await.goes_to(SIGN_IN);
        ada.submit("Sign in", &[("name", "Ada"), ("password", "a new long password")]).await.goes_to("/account");
        let mut stolen = ada.other_window();
        ada.submit("Sign out", &[]).await.goes_to("/");
        assert!(ada.last_cookie.as_ref().unwrap().contains("Max-Age=0"));
        stolen.get("/account").await.goes_to(SIGN_IN);
    })
    .await;
}

#[tokio::test]
async fn pages_for_visitors_name_whoever_is_signed_in() {
    on_both(async |site: &Site| {
        site.publish(&tree("detour")).await;
        let mut ada = site.author().await;
        let mut bob = site.sign_in_as("Bob", &[]).await;
        for path in ["/", "/guides/detour", "/guides/detour/map", "/diagnoses", "/guides/nowhere"] {
            ada.get(path).await.says("Ada").does_not_say("Sign in");
            assert!(ada.page().has_button("Sign out") && ada.page().link("Editor") == "/editor", "{path}");
            let caching = ada.page().header("cache-control");
            assert!(caching.contains("private") || caching == "no-store", "{path}: {caching}");
            bob.get(path).await.says("Bob").does_not_say("Editor");
            site.visitor().get(path).await.says("Sign in").does_not_say("Sign out");
        }

        // The page of a question is kept, and must not be one with a name on it, nor lack the name.
        ada.get("/guides/detour").await;
        let question = ada.submit("Start", &[]).await.says("Which way did you come?").says("Ada").path.clone();
        let mut same_browser = ada.other_window();
        ada.submit("Sign out", &[]).await;
        same_browser.get(&question).await.says("Which way did you come?").does_not_say("Ada");
        same_browser.get(&question).await.does_not_say("Ada");
        same_browser.get("/sign-in").await;
        same_browser.submit("Sign in", &[("name", "Ada"), ("password", PASSWORD)]).await.says("Another browser");
        same_browser.get(&question).await.says("Which way did you come?").says("Ada");
    })
    .await;
}

#[tokio::test]
async fn the_cookie_is_bound_to_the_installation() {
    on_both_with(
        |settings| settings.public_url = Some("https://fix.example/help".parse().unwrap()),
        async |site: &Site| {
            let mut ada = site.author().await;
            let cookie = ada.last_cookie.clone().unwrap();
            assert!(cookie.contains("; Path=/help;") && cookie.ends_with("; Secure"), "{cookie}");
            ada.get("/help/editor").await.has_status(200);
            site.visitor().get("/help/editor").await.goes_to("/help/sign-in?next=%2Fhelp%2Feditor");
        },
    )
    .await;
}

#[tokio::test]
async fn a_session_is_ended_by_its_owner_alone() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        let mut bob = site.sign_in_as("Bob", &[]).await;
        let of_bob = bob.get("/account").await.values("session").pop().unwrap();
        ada.post("/account/sessions", &[("session", &of_bob)]).await.has_status(404);
        bob.get("/account").await.goes_to("/account");
        ada.post("/account/sessions", &[("session", "x")]).await.has_status(404);

        let mut elsewhere = sign_in(site, "Ada").await;
        let of_elsewhere = elsewhere.page().values("session").into_iter().max_by_key(|id| id.parse::<i64>().unwrap()).unwrap();
        ada.post("/account/sessions", &[("session", &of_elsewhere)]).await.goes_to("/account");
        elsewhere.get("/account").await.goes_to(SIGN_IN);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_comes_without_a_session_is_sent_after_signing_in_as_it_was() {
    on_both(async |site: &Site| {
        let mut ada = site.author().await;
        ada.get("/account/tokens").await;
        site.clock.advance(9 * HOUR);
        ada.submit("Make a token", &[("name", "für <b>\"die Nacht\"</b> & mehr"), ("scope", "drafts"), ("days", "30")]).await.has_status(401);
        ada.page().says("What you had written is not lost");
        // A mistyped password loses nothing either. Whoever signs in may send it.
        ada.submit("Sign in", &[("name", "Ada"), ("password", "mistyped password")]).await.has_status(422).says("not lost");
        ada.submit("Sign in", &[("password", PASSWORD)]).await.has_status(200).says("Signed in. What you had written is still here");
        ada.page().says("für <b>\"die Nacht\"</b> & mehr");
        ada.submit("Send it now", &[]).await.has_status(200).says("The token is made");
        let tokens = ada.get("/account/tokens").await;
        tokens.says("für <b>\"die Nacht\"</b> & mehr").says("put drafts");
    })
    .await;
}

#[tokio::test]
async fn every_field_is_kept_in_order_with_its_lines() {
    on_both(async |site: &Site| {
        site.author().await;
        let mut ada = site.visitor();
        let long = "a line of text, \"quoted\" & more\r\n".repeat(6_000);
        let sent = [("name", "one"), ("name", "two"), ("password", "p"), ("kept", "k"), ("next", "//evil.example"), ("text", long.as_str()), ("empty", "")];
        ada.post("/account/users/change?x=1", &sent).await.has_status(401);
        ada.submit("Sign in", &[("name", "Ada"), ("password", PASSWORD)]).await.has_status(200);
        let (action, kept) = ada.filled("Send it now", &[]);
        assert_eq!(action, "/account/users/change?x=1");
        let lines = |text: &str| text.replace("\r\n", "\n");
        let kept: Vec<(String, String)> = kept.into_iter().map(|(name, value)| (name, lines(&value))).collect();
        assert_eq!(kept, sent.map(|(name, value)| (name.to_owned(), lines(value))));
    })
    .await;
}

#[tokio::test]
async fn files_must_be_chosen_again_and_the_fields_beside_them_are_kept() {
    on_both(async |site: &Site| {
        site.author().await;
        let mut ada = site.visitor();
        let body = "--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nbeside it\r\n--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tree.yaml\"\r\n\r\nformat\r\n--B--\r\n";
        let headers = [("content-type", "multipart/form-data; boundary=B"), ("origin", "http://fixpath.test")];
        ada.send(axum::http::Method::POST, "/account/tokens", &headers, axum::body::Body::from(body)).await.has_status(401);
        ada.submit("Sign in", &[("name", "Ada"), ("password", PASSWORD)]).await.says("tree.yaml").says("choose them once more");
        assert_eq!(ada.filled("Send it now", &[]).1, [("note".to_owned(), "beside it".to_owned())]);
    })
    .await;
}

#[tokio::test]
async fn a_crafted_form_cannot_be_sent_elsewhere() {
    on_both(async |site: &Site| {
        site.author().await;
        let mut ada = site.visitor();
        for kept in [r#"{"action":"https://evil.example/","fields":[["a","b"]],"files":[]}"#, r#"{"action":"//evil.example/","fields":[],"files":[]}"#, "x"] {
            ada.post("/sign-in", &[("name", "Ada"), ("password", PASSWORD), ("kept", kept)]).await.goes_to("/account");
        }
    })
    .await;
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once() {
    on_both(async |site: &Site| {
        let mut grace = site.sign_in_as("Grace", &[Role::Admin]).await;
        let mut ada = site.author().await;
        grace.get("/account/users").await;
        grace.submit("Disable Ada", &[]).await.says("Disabled");
        ada.get("/editor").await.goes_to("/sign-in?next=%2Feditor");
        ada.submit("Sign in", &[("name", "Ada"), ("password", PASSWORD)]).await.has_status(422);
        assert!(ada.page().field_error("password").contains("not right"));
    })
    .await;
}
