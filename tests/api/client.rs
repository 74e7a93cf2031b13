//! A program that uses the API, and the installation it talks to.

use std::net::SocketAddr;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use fixpath::app::App;
use fixpath::clock::{Clock, Random};
use fixpath::settings::Settings;
use fixpath::web::address::Peer;
use http_body_util::BodyExt;
use serde_json::{Value as Json, json};
use tower::ServiceExt;

use crate::databases::{NOW, PostgresSchema};
use crate::description::Description;

/// The slug of the tree that ships with the program.
pub const TREE: &str = "extension-not-loaded";

/// An installation of its own for one test.
pub struct Site {
    pub app: App,
    pub clock: Clock,
    description: Description,
}

/// An answer, read.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub json: Json,
}

/// A diagnosis that the program began.
pub struct Owned<'a> {
    site: &'a Site,
    pub id: String,
    pub token: String,
    /// The document that its creation answered.
    pub created: Json,
}

/// Runs `story` on SQLite and on PostgreSQL.
pub async fn on_both(story: impl AsyncFn(&Site)) {
    on_both_with(|_| {}, story).await;
}

/// The same with other settings.
pub async fn on_both_with(set: impl Fn(&mut Settings), story: impl AsyncFn(&Site)) {
    story(&Site::open("sqlite::memory:", &set).await).await;
    if let Some(schema) = PostgresSchema::new().await {
        story(&Site::open(&schema.address(), &set).await).await;
        schema.remove().await;
    }
}

impl Site {
    async fn open(database: &str, set: &impl Fn(&mut Settings)) -> Self {
        let mut settings = Settings::test().unwrap();
        settings.database = database.parse().unwrap();
        set(&mut settings);
        let clock = Clock::fixed(NOW);
        let app = App::open(settings, clock.clone(), Random::seeded(7)).await.unwrap();
        let request = Request::get("/api/v1/openapi.json").body(Body::empty()).unwrap();
        let description = Description::new(send(&app, request).await.json);
        Self { app, clock, description }
    }

    /// Sends a request as it is.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let answer = send(&self.app, request).await;
        if path.starts_with("/api/") {
            self.description.examine_answer(&method, &path, &answer);
        }
        answer
    }

    /// Sends `body` as JSON, with a bearer token if there is one.
    pub async fn ask(&self, method: Method, path: &str, token: Option<&str>, body: Option<&Json>) -> Answer {
        let mut request = Request::builder().method(&method).uri(path);
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let bytes = body.map_or_else(Vec::new, |body| serde_json::to_vec(body).unwrap());
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let answer = self.send(request.body(Body::from(bytes)).unwrap()).await;
        if let (Some(body), true) = (body, answer.status.is_success()) {
            self.description.examine_request(&method, path, body);
        }
        answer
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, None, None).await
    }

    pub async fn post(&self, path: &str, body: &Json) -> Answer {
        self.ask(Method::POST, path, None, Some(body)).await
    }

    /// Begins a diagnosis of the shipped tree with these facts.
    pub async fn begin(&self, facts: Json) -> Owned<'_> {
        self.begin_with(&json!({"tree": TREE, "facts": facts})).await
    }

    pub async fn begin_with(&self, body: &Json) -> Owned<'_> {
        let answer = self.post("/api/v1/diagnoses", body).await.has_status(201);
        let text = |name: &str| answer.json[name].as_str().unwrap().to_owned();
        let (id, token) = (text("id"), text("owner_token"));
        assert_eq!(answer.headers[header::LOCATION], format!("/api/v1/diagnoses/{id}"));
        Owned { site: self, id, token, created: answer.json }
    }
}

async fn send(app: &App, request: Request<Body>) -> Answer {
    let response = app.router().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes().to_vec();
    let json = serde_json::from_slice(&bytes).unwrap_or_default();
    Answer { status: parts.status, headers: parts.headers, bytes, json }
}

impl Answer {
    #[track_caller]
    pub fn has_status(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }

    /// The JSON Pointers of what is wrong.
    pub fn wrong(&self) -> Vec<&str> {
        self.json["errors"].as_array().map(|errors| errors.iter().map(|error| error["at"].as_str().unwrap()).collect()).unwrap_or_default()
    }
}

impl Owned<'_> {
    /// A request about this diagnosis, by its owner.
    pub async fn ask(&self, method: Method, below: &str, body: Option<&Json>) -> Answer {
        self.site.ask(method, &format!("/api/v1/diagnoses/{}{below}", self.id), Some(&self.token), body).await
    }

    pub async fn get(&self) -> Answer {
        self.ask(Method::GET, "", None).await.has_status(200)
    }

    pub async fn put(&self, below: &str, body: &Json) -> Answer {
        self.ask(Method::PUT, below, Some(body)).await
    }

    /// Answers a question or outcome and returns the document.
    pub async fn answer(&self, node: &str, value: Json) -> Json {
        self.put(&format!("/answers/{node}"), &json!({"value": value})).await.has_status(200).json
    }

    pub async fn delete(&self, below: &str) -> Answer {
        self.ask(Method::DELETE, below, None).await
    }
}

/// A request that comes from `address`.
pub fn from_address(mut request: Request<Body>, address: &str) -> Request<Body> {
    request.extensions_mut().insert(Peer(SocketAddr::new(address.parse().unwrap(), 4711)));
    request
}

/// Servers called EX01, EX02 and so on, of these levels.
pub fn servers(levels: &[&str]) -> Json {
    levels.iter().enumerate().map(|(index, level)| json!({"name": format!("EX{:02}", index + 1), "version": level})).collect()
}
