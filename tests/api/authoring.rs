//! Drafts through the API: put, read, checked and published by a program with an author's token.

use axum::body::Body;
use axum::http::{Method, Request, header};
use fixpath::account::Scope;
use fixpath::audit::By;
use fixpath::tree::file;
use fixpath::tree::model::{Node, NodeKind, Tree};
use fixpath::web::{Role, Roles, Viewer};
use serde_json::{Value as Json, json};

use crate::client::{Answer, Site, on_both};

const TREE: &str = include_str!("../site/trees/elsewhere.yaml");
const DRAFT: &str = "/api/v1/trees/elsewhere/draft";
const CHECKS: &str = "/api/v1/trees/elsewhere/checks";
const PUBLISH: &str = "/api/v1/trees/elsewhere/publish";

/// A token of this scope, of a new account with these roles.
async fn token(site: &Site, name: &str, roles: &[Role], scope: Scope) -> String {
    let accounts = site.app.accounts();
    let roles: Roles = roles.iter().copied().collect();
    let (account, _) = accounts.add(name, roles, &By::command_line()).await.unwrap();
    let viewer = Viewer { account: account.id, name: name.to_owned(), roles, address: String::new() };
    format!("fpt_{}", accounts.make_token(&viewer, "build".to_owned(), scope, 30).await.unwrap().reveal())
}

async fn publisher(site: &Site) -> String {
    token(site, "Ada", &[Role::Author, Role::Publisher], Scope::Publish).await
}

/// The tree without its jump, so that it can be published alone, with another title.
fn tree(title: &str) -> Tree {
    let mut tree = file::read(&TREE.replace("to: lamps", "to: night")).unwrap();
    tree.nodes.retain(|node| node.key != "lamps");
    tree.title = title.to_owned();
    tree
}

async fn put(site: &Site, token: &str, tree: &Tree, if_match: Option<i64>) -> Answer {
    let mut request = Request::put(DRAFT).header(header::AUTHORIZATION, format!("Bearer {token}")).header(header::CONTENT_TYPE, "application/yaml");
    if let Some(revision) = if_match {
        request = request.header(header::IF_MATCH, format!("\"{revision}\""));
    }
    site.send(request.body(Body::from(file::write(tree).unwrap())).unwrap()).await
}

fn revision(answer: &Answer) -> i64 {
    let revision = answer.json["revision"].as_i64().unwrap();
    assert_eq!(answer.headers[header::ETAG], format!("\"{revision}\""));
    revision
}

#[tokio::test]
async fn a_tree_is_made_replaced_and_published_from_a_build() {
    on_both(async |site| {
        let token = publisher(site).await;
        let made = put(site, &token, &tree("One"), None).await.has_status(201);
        assert_eq!((made.json["version"].as_i64(), made.json["checks"]["verdict"].as_str()), (Some(1), Some("warn")), "{}", made.json);
        let first = revision(&made);
        let json = serde_json::to_vec(&tree("Two")).unwrap();
        let request = Request::put(format!("{DRAFT}?revision={first}")).header(header::AUTHORIZATION, format!("Bearer {token}"));
        let replaced = site.send(request.header(header::CONTENT_TYPE, "application/json").body(Body::from(json)).unwrap()).await.has_status(200);
        let second = revision(&replaced);
        assert!(second > first);
        let read = site.ask(Method::GET, DRAFT, Some(&token), None).await.has_status(200);
        assert_eq!((read.json["title"].as_str(), read.headers[header::ETAG].to_str().unwrap()), (Some("Two"), format!("\"{second}\"").as_str()));
        let checks = site.ask(Method::GET, CHECKS, Some(&token), None).await.has_status(200).json;
        assert_eq!((checks["publishable"].as_bool(), checks["revision"].as_i64()), (Some(true), Some(second)));

        let new = |revision: i64, summary: &str| json!({"revision": revision, "summary": summary});
        site.ask(Method::POST, PUBLISH, Some(&token), Some(&new(first, "Old."))).await.has_status(409);
        let refused = site.ask(Method::POST, PUBLISH, Some(&token), Some(&new(second, " "))).await.has_status(422);
        assert_eq!(refused.wrong(), ["/summary"]);
        let published = site.ask(Method::POST, PUBLISH, Some(&token), Some(&new(second, "From a build."))).await.has_status(200).json;
        assert_eq!(published, json!({"slug": "elsewhere", "version": 1}));
        assert_eq!(site.get("/api/v1/trees/elsewhere").await.has_status(200).json["title"], "Two");
    })
    .await;
}

#[tokio::test]
async fn another_revision_gets_the_difference_and_stores_nothing() {
    on_both(async |site| {
        let token = publisher(site).await;
        let first = revision(&put(site, &token, &tree("One"), None).await.has_status(201));
        put(site, &token, &tree("Two"), Some(first)).await.has_status(200);
        for named in [None, Some(first), Some(999)] {
            let stale = put(site, &token, &tree("Three"), named).await.has_status(409).json;
            assert_eq!(stale["current"]["revision"], first + 1);
            let said = stale["current"]["difference"].as_array().unwrap();
            assert!(said.iter().any(|text| text.as_str().unwrap().contains("Three")), "{stale}");
        }
        assert_eq!(site.ask(Method::GET, DRAFT, Some(&token), None).await.json["title"], "Two");
    })
    .await;
}

#[tokio::test]
async fn a_failed_gate_names_what_is_wrong_and_publishes_nothing() {
    on_both(async |site| {
        let token = publisher(site).await;
        let broken = Tree { summary: " ".to_owned(), ..tree("Broken") };
        let made = put(site, &token, &broken, None).await.has_status(201);
        assert_eq!((made.json["checks"]["verdict"].as_str(), made.json["checks"]["publishable"].as_bool()), (Some("fail"), Some(false)));
        let refused = site.ask(Method::POST, PUBLISH, Some(&token), Some(&json!({"revision": revision(&made), "summary": "Try."}))).await.has_status(422);
        assert_eq!(refused.wrong(), ["/revision"]);
        assert!(refused.json["errors"][0]["message"].as_str().unwrap().contains("summary"), "{}", refused.json);
        site.get("/api/v1/trees/elsewhere").await.has_status(404);
    })
    .await;
}

#[tokio::test]
async fn tokens_reach_as_far_as_their_scope() {
    on_both(async |site| {
        let drafts = token(site, "Cleo", &[Role::Author, Role::Publisher], Scope::Drafts).await;
        let guides = token(site, "Dan", &[Role::Author], Scope::Guides).await;
        site.ask(Method::GET, DRAFT, None, None).await.has_status(401);
        site.ask(Method::GET, DRAFT, Some("fpt_wrong"), None).await.has_status(401);
        put(site, &guides, &tree("One"), None).await.has_status(403);
        let made = put(site, &drafts, &tree("One"), None).await.has_status(201);
        let new = json!({"revision": revision(&made), "summary": "Try."});
        site.ask(Method::POST, PUBLISH, Some(&drafts), Some(&new)).await.has_status(403);
        site.ask(Method::GET, CHECKS, Some(&drafts), None).await.has_status(200);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_taken_is_refused_with_the_place() {
    on_both(async |site| {
        let token = publisher(site).await;
        let send = async |kind: &str, body: String| {
            let request = Request::put(DRAFT).header(header::AUTHORIZATION, format!("Bearer {token}")).header(header::CONTENT_TYPE, kind);
            site.send(request.body(Body::from(body)).unwrap()).await
        };
        let wrong = send("application/yaml", "format: fixpath/1\nwhat: 1\n".to_owned()).await.has_status(422);
        assert!(wrong.json["errors"][0]["message"].as_str().unwrap().starts_with("line 2"), "{}", wrong.json);
        let other = send("application/yaml", TREE.replace("slug: elsewhere", "slug: other")).await.has_status(422);
        assert_eq!(other.wrong(), ["/slug"]);
        send("text/plain", TREE.to_owned()).await.has_status(415);
        let large = send("application/yaml", " ".repeat(5 * 1024 * 1024)).await.has_status(422);
        assert!(large.json["errors"][0]["message"].as_str().unwrap().contains("2048 KiB is the limit"), "{}", large.json);
        // What is larger than a tree with all its pictures is not even read.
        send("application/yaml", " ".repeat(9 * 1024 * 1024)).await.has_status(413);
        let mut many = tree("Many");
        let outcome = many.node("night").unwrap().clone();
        many.nodes.extend((0..1001 - many.nodes.len()).map(|number| Node { key: format!("more_{number}"), ..outcome.clone() }));
        let many = send("application/yaml", file::write(&many).unwrap()).await.has_status(422);
        assert_eq!(many.json["errors"][0]["message"], "The tree has 1001 nodes; 1000 is the limit. Split it and join the parts by jumps.");
        let read: Json = site.ask(Method::GET, DRAFT, Some(&token), None).await.has_status(404).json;
        assert_eq!(read["status"], 404);
    })
    .await;
}

#[tokio::test]
async fn texts_that_no_page_would_show_and_edges_to_nowhere_are_refused_at_their_node() {
    on_both(async |site| {
        let token = publisher(site).await;
        let night = tree("One").nodes.iter().position(|node| node.key == "night").unwrap();
        for (cause, part) in [
            ("<script>alert(1)</script>", "has HTML"),
            ("[x](javascript:alert(1))", "links to \"javascript:alert(1)\""),
            ("Ask {nobody}.", "nobody"),
            ("Ask {servers: is", "not closed"),
        ] {
            let mut tree = tree("One");
            let NodeKind::Outcome(outcome) = &mut tree.nodes[night].kind else { panic!("no outcome") };
            outcome.cause = cause.to_owned();
            let refused = put(site, &token, &tree, None).await.has_status(422);
            assert_eq!(refused.wrong(), [format!("/nodes/{night}")]);
            let said = refused.json["errors"][0]["message"].as_str().unwrap();
            assert!(said.starts_with("The cause: ") && said.contains(part), "{said}");
        }
        let mut tree = tree("One");
        tree.nodes.remove(night);
        let refused = put(site, &token, &tree, None).await.has_status(422);
        assert!(refused.json["errors"][0]["message"].as_str().unwrap().contains("which does not exist"), "{}", refused.json);
        site.ask(Method::GET, DRAFT, Some(&token), None).await.has_status(404);
    })
    .await;
}
