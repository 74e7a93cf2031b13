//! What an author waits for: the pages of the editor, an edit and a publication, for guides of three sizes.
//!
//! The limit beside them is the page that a visitor starts on, asked in the same way in the same round.

use std::time::Instant;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use fixpath::tree::file;
use http_body_util::BodyExt;
use serde_json::{Value as Json, json};
use tower::ServiceExt;

use crate::figures::{median, median_ratio};
use crate::site::{Site, on_sqlite};
use crate::visitor::{HOST, Visitor, encoded};

const ROUNDS: usize = 7;
/// Odd, so that every question has two nodes below it.
const SIZES: [usize; 3] = [21, 201, 999];
/// The guide that is measured, and one of its nodes.
const TREE: &str = "/editor/trees/made-up";
const NODE: &str = "/editor/trees/made-up?node=n8";

/// Measures and prints.
pub fn measure() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    for nodes in SIZES {
        runtime.block_on(on_sqlite(async |site| measure_with(site, nodes).await));
    }
}

/// A guide that can be published: questions in the shape of a heap, each with a fact of its own, and outcomes below them.
fn tree(nodes: usize) -> Json {
    let key = |at: usize| format!("n{at}");
    let outcome = json!({"verdict": "nothing_wrong", "headline": "H", "cause": "C"});
    let question = |at: usize| {
        let (left, right) = (key(2 * at + 1), key(2 * at + 2));
        let branches = json!([{"when": format!("c{at} = yes"), "to": left}]);
        json!({"fact": format!("c{at}"), "ask": "yes_no", "prompt": "Is it?", "branches": branches, "otherwise": right, "unknown": right, "meant": ["otherwise"]})
    };
    let body = |at: usize| if at < nodes / 2 { ("question", question(at)) } else { ("outcome", outcome.clone()) };
    let node = |at: usize| {
        let (kind, body) = body(at);
        json!({"key": key(at), "title": key(at), kind: body})
    };
    let nodes: Vec<Json> = (0..nodes).map(node).collect();
    json!({"format": "fixpath/1", "slug": "made-up", "title": "T", "summary": "S", "products": ["P"], "applies_to": "A", "ladder": "exchange", "start": key(0), "nodes": nodes})
}

async fn measure_with(site: &Site, nodes: usize) {
    let tree = file::read(&tree(nodes).to_string()).unwrap();
    site.app().visits().shelf.load_draft(tree).await.unwrap();
    let mut author = site.author().await;
    let pages = [
        ("start page for visitors", "/".to_owned()),
        ("outline, map and form of the guide", TREE.to_owned()),
        ("outline, map and form of a node", NODE.to_owned()),
        ("checks", format!("{TREE}/checks")),
        ("cases", format!("{TREE}/cases")),
        ("sign-off", format!("{TREE}/sign-off")),
        ("before publishing", format!("{TREE}/publish")),
    ];
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); pages.len() + 2];
    let mut sizes = vec![0; pages.len()];
    for round in 0..ROUNDS {
        // An edit makes what is kept of the checks out of date, as it does while somebody works.
        let (path, fields) = filled(&mut author, NODE, "Save draft", &[("title", &format!("Title {round}"))]).await;
        times[pages.len()].push(ask(site, &author, Method::POST, &path, &fields).await.0);
        for (at, (_, path)) in pages.iter().enumerate() {
            let (ms, size) = ask(site, &author, Method::GET, path, &[]).await;
            times[at].push(ms);
            sizes[at] = size;
        }
        let accepted = format!("{TREE}/publish");
        let (path, fields) = filled(&mut author, &accepted, "Publish now", &[("summary", "Another title")]).await;
        times[pages.len() + 1].push(ask(site, &author, Method::POST, &path, &fields).await.0);
    }
    println!("\nA guide of {nodes} nodes in the editor, {ROUNDS} rounds; medians");
    let names = pages.iter().map(|(name, _)| *name).chain(["save one node", "publish"]);
    for (at, (name, times_of)) in names.zip(&times).enumerate() {
        let size = sizes.get(at).map_or_else(String::new, |bytes| format!("{:>7.0} KiB", *bytes as f64 / 1024.0));
        println!("{name:<46} {:>9.1} ms {:>8.1} {size}", median(times_of), median_ratio(times_of, &times[0]));
    }
}

/// What a button of the page would send.
async fn filled(author: &mut Visitor<'_>, page: &str, button: &str, typed: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
    author.get(page).await.has_status(200);
    author.filled(button, typed)
}

/// Milliseconds until the whole answer is there, and its bytes.
async fn ask(site: &Site, author: &Visitor<'_>, method: Method, path: &str, fields: &[(String, String)]) -> (f64, usize) {
    let cookies: Vec<String> = author.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let request = Request::builder().method(method.clone()).uri(path).header(header::HOST, HOST).header(header::COOKIE, cookies.join("; "));
    let request = request.header(header::ORIGIN, format!("http://{HOST}")).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let (router, request) = (site.router(), request.body(Body::from(encoded(&fields))).unwrap());
    let start = Instant::now();
    let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
    let size = body.collect().await.unwrap().to_bytes().len();
    let ms = start.elapsed().as_secs_f64() * 1e3;
    let expected = if method == Method::GET { StatusCode::OK } else { StatusCode::SEE_OTHER };
    assert_eq!(parts.status, expected, "{path}");
    (ms, size)
}
