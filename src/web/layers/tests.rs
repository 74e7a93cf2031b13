use std::time::Duration;

use axum::{
    Router,
    body::Body,
    http::{Request, header},
    response::{Html, Response},
    routing::{get, post},
};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::{BODY_LIMIT, layers_with_timeout};
use crate::{
    clock::Random,
    settings::Settings,
    web::{Failure, FieldErrors, Form, Json, Link, Path, Query, Site},
};

/// A site with one route per way to fail.
fn app() -> Router {
    let conflict = || async {
        let ways_on = vec![Link { href: "/d/1".to_owned(), text: "The current question".to_owned() }];
        Err::<(), _>(Failure::Conflict { what: "This question is not on the path.".to_owned(), ways_on, typed: None })
    };
    let store = |Form(fields): Form| async move { Err::<(), _>(Failure::unavailable("disk full at sector 7").keeping(&fields)) };
    let router = Router::new()
        .route("/page", get(|| async { Html("<p>words</p>".repeat(500)) }))
        .route("/conflict", get(conflict))
        .route("/api/v1/conflict", get(conflict))
        .route("/store/{id}", post(store))
        .route(
            "/panic",
            get(|| async {
                if true {
                    panic!("secret inner text")
                }
            }),
        )
        .route("/slow", get(std::future::pending::<()>))
        .route("/number/{id}", get(|Path(id): Path<u32>| async move { id.to_string() }))
        .route("/often", get(|| async { Err::<(), _>(Failure::TooMany { retry_after: Duration::from_secs(7) }) }))
        .route("/gone", get(|| async { Err::<(), _>(Failure::Gone { what: "Its owner deleted it.".to_owned() }) }))
        .route("/api/v1/stale", get(|| async { Err::<(), _>(Failure::Stale { what: "Changed.".to_owned(), current: serde_json::json!({"a": 1}) }) }))
        .route(
            "/api/v1/invalid",
            get(|| async {
                let mut errors = FieldErrors::default();
                errors.add("/rows/1/name", "Give a name.");
                Err::<(), _>(Failure::Invalid(errors))
            }),
        )
        .route("/json", post(|Json(number): Json<u32>| async move { number.to_string() }))
        .route("/query", get(|Query(fields): Query| async move { fields.get("a").map(|value| value.unwrap_or_default().to_owned()) }));
    let mut settings = Settings::test().unwrap();
    settings.contact = Some("the messaging team".to_owned());
    layers_with_timeout(router, &Site::new(&settings), &Random::seeded(1), Duration::from_millis(50))
}

async fn ask(request: axum::http::request::Builder, body: impl Into<Body>) -> (Response<()>, String) {
    let response = app().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    (Response::from_parts(parts, ()), String::from_utf8_lossy(&bytes).into_owned())
}

async fn get_page(path: &str) -> (Response<()>, String) {
    ask(Request::get(path), "").await
}

fn form(path: &str) -> axum::http::request::Builder {
    Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

#[tokio::test]
async fn every_answer_carries_the_headers_and_an_id() {
    for path in ["/page", "/nowhere", "/panic"] {
        let (response, _) = get_page(path).await;
        for name in ["content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy", "cache-control"] {
            assert!(response.headers().contains_key(name), "{path} has no {name}");
        }
        assert_eq!(response.headers()["x-request-id"].len(), 16);
    }
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_method_get_pages_with_ways_on() {
    let (response, page) = get_page("/nowhere").await;
    assert_eq!(response.status(), 404);
    assert!(page.contains("<h1>There is no such page</h1>") && page.contains("href=\"/\"") && page.contains("the messaging team"), "{page}");
    let (response, page) = ask(Request::put("/page"), "").await;
    assert_eq!(response.status(), 405);
    assert!(page.contains("<h1>"), "{page}");
    assert_eq!(get_page("/number/abc").await.0.status(), 404);
    assert_eq!(get_page("/number/%ff").await.0.status(), 404);
}

#[tokio::test]
async fn a_program_gets_a_problem_document() {
    let by_address = get_page("/api/v1/conflict").await;
    let by_accept = ask(Request::get("/conflict").header(header::ACCEPT, "application/json"), "").await;
    for (response, body) in [by_address, by_accept] {
        assert_eq!(response.status(), 409);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        let document: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(document["status"], 409);
        assert_eq!(document["detail"], "This question is not on the path.");
        assert_eq!(document["ways_on"][0], "/d/1");
    }
    let browser = Request::get("/conflict").header(header::ACCEPT, "text/html,application/json;q=0.9");
    let (_, page) = ask(browser, "").await;
    assert!(page.contains("<a class=\"btn btn-2\" href=\"/d/1\">The current question</a>"), "{page}");
}

#[tokio::test]
async fn an_answer_that_could_not_be_stored_is_shown_and_can_be_sent_again() {
    let request = form("/store/7?way=2").header(header::ACCEPT, "text/html");
    let (response, page) = ask(request, "name-1=EX01&text=%3Cb%3E+%22quoted%22").await;
    assert_eq!(response.status(), 503);
    assert!(response.headers().contains_key(header::RETRY_AFTER));
    assert!(page.contains("method=\"post\" action=\"/store/7?way=2\""), "{page}");
    assert!(page.contains("name=\"name-1\" value=\"EX01\""), "{page}");
    assert!(!page.contains("<b>") && !page.contains("sector 7"), "{page}");
}

#[tokio::test]
async fn a_panic_and_a_handler_without_end_become_pages_that_tell_nothing_inside() {
    let (response, page) = get_page("/panic").await;
    assert_eq!(response.status(), 500);
    let id = response.headers()["x-request-id"].to_str().unwrap();
    assert!(page.contains(id) && !page.contains("secret inner text"), "{page}");
    assert_eq!(get_page("/slow").await.0.status(), 503);
}

#[tokio::test]
async fn too_long_a_body_wrong_bytes_and_foreign_posts_are_refused() {
    let (response, page) = ask(form("/store/7"), format!("a={}", "x".repeat(BODY_LIMIT))).await;
    assert_eq!(response.status(), 413);
    assert!(page.contains("too much"), "{page}");
    assert_eq!(ask(form("/store/7"), format!("a={}", "x".repeat(BODY_LIMIT - 2))).await.0.status(), 503);
    assert_eq!(ask(form("/store/7"), "a=%ff").await.0.status(), 400);
    assert_eq!(ask(Request::post("/store/7"), "a=1").await.0.status(), 415);
    assert_eq!(ask(form("/store/7").header("sec-fetch-site", "cross-site"), "a=1").await.0.status(), 403);
    assert_eq!(get_page("/query?a=1&a=2").await.0.status(), 400);
    assert_eq!(get_page("/query?a=%ff").await.0.status(), 400);
}

#[tokio::test]
async fn a_page_is_packed_for_clients_that_take_it() {
    let request = || Request::get("/page").header(header::ACCEPT_ENCODING, "gzip");
    assert_eq!(ask(request(), "").await.0.headers()[header::CONTENT_ENCODING], "gzip");
    assert!(!get_page("/page").await.0.headers().contains_key(header::CONTENT_ENCODING));
}

#[tokio::test]
async fn a_client_that_asks_too_often_learns_when_to_come_back() {
    let (response, page) = get_page("/often").await;
    assert_eq!((response.status().as_u16(), response.headers()[header::RETRY_AFTER].to_str().unwrap()), (429, "7"));
    assert!(page.contains("Wait 7 seconds"), "{page}");
    let (response, page) = get_page("/gone").await;
    assert_eq!(response.status(), 410);
    assert!(page.contains("Its owner deleted it."), "{page}");
}

#[tokio::test]
async fn a_json_document_that_cannot_be_read_is_answered_with_its_place() {
    let post = |kind| Request::post("/json").header(header::CONTENT_TYPE, kind).header(header::ACCEPT, "application/json");
    assert_eq!(ask(post("application/json; charset=utf-8"), "41").await.1, "41");
    let (response, body) = ask(post("application/json"), "\n  oops").await;
    assert_eq!(response.status(), 400);
    assert!(body.contains("line 2 column"), "{body}");
    assert_eq!(ask(post("text/plain"), "41").await.0.status(), 415);
}

#[tokio::test]
async fn a_program_learns_what_must_change_and_what_is_there_now() {
    let (response, body) = get_page("/api/v1/invalid").await;
    let document: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(response.status(), 422);
    assert_eq!(document["errors"], serde_json::json!([{"at": "/rows/1/name", "message": "Give a name."}]));
    let (response, body) = get_page("/api/v1/stale").await;
    let document: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!((response.status().as_u16(), &document["current"]["a"]), (409, &serde_json::json!(1)));
    assert!(document.get("errors").is_none(), "{body}");
    let (_, body) = get_page("/api/v1/nowhere").await;
    assert!(body.contains("bearer token") && !body.contains("browser"), "{body}");
}
