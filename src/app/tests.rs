use std::net::SocketAddr;

use axum::{
    body::Body,
    http::{Request, Response, StatusCode},
};
use http_body_util::BodyExt;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tower::ServiceExt;

use super::*;

async fn app(public_url: Option<&str>) -> Router {
    let mut settings = Settings::test().unwrap();
    settings.public_url = public_url.map(|url| url.parse().unwrap());
    App::open(settings, Clock::fixed(0), Random::seeded(1)).await.unwrap().router()
}

async fn get(router: Router, path: &str) -> (StatusCode, String) {
    let response: Response<Body> = router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status();
    (status, String::from_utf8_lossy(&response.into_body().collect().await.unwrap().to_bytes()).into_owned())
}

/// The addresses that a page loads.
fn loaded(page: &str) -> Vec<&str> {
    let after = |mark| page.split(mark).skip(1).filter_map(|rest: &str| rest.split('"').next());
    after("<link rel=\"stylesheet\" href=\"").chain(after("<script type=\"module\" src=\"")).chain(after("image/svg+xml\" href=\"")).collect()
}

#[tokio::test]
async fn a_page_loads_its_files_from_here_also_below_a_sub_path() {
    for (public_url, base) in [(None, ""), (Some("https://fix.example/help"), "/help")] {
        let (_, page) = get(app(public_url).await, &format!("{base}/nowhere")).await;
        let files = loaded(&page);
        assert_eq!(files.len(), 3, "{page}");
        for file in files {
            assert!(file.starts_with(&format!("{base}/static/")), "{file}");
            assert_eq!(get(app(public_url).await, file).await.0, 200, "{file}");
        }
        assert!(page.contains(&format!("href=\"{base}/diagnoses\"")), "{page}");
    }
}

#[tokio::test]
async fn a_sub_path_works_whether_or_not_the_proxy_takes_it_off() {
    for path in ["/help/healthz", "/healthz"] {
        assert_eq!(get(app(Some("http://fix.example/help")).await, path).await, (StatusCode::OK, "ok\n".to_owned()), "{path}");
    }
    assert_eq!(get(app(None).await, "/help/healthz").await.0, 404);
}

#[tokio::test]
async fn readiness_follows_the_check_while_the_process_counts_as_alive() {
    let broken: health::ReadyCheck = std::sync::Arc::new(|| Box::pin(async { Err("no database".into()) }));
    assert_eq!(get(health::router(std::sync::Arc::clone(&broken)), "/healthz").await.0, 200);
    let (status, text) = get(health::router(broken), "/readyz").await;
    assert_eq!(status, 503);
    assert!(!text.contains("no database"), "{text}");
    assert_eq!(get(app(None).await, "/readyz").await.0, 200);
}

#[tokio::test]
async fn a_port_in_use_is_reported_with_the_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut settings = Settings::test().unwrap();
    settings.listen = taken.local_addr().unwrap();
    let error = App::open(settings, Clock::fixed(0), Random::seeded(1)).await.unwrap().serve(std::future::pending()).await.unwrap_err();
    assert!(error.to_string().contains("--listen"), "{error}");
}

async fn read(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// The one test that measures: a process has one recorder.
#[tokio::test]
async fn requests_are_counted_by_pattern_on_a_listener_of_its_own() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let _tasks = measure::serve(listener, &Clock::fixed(5000)).unwrap();
    let site = app(None).await;
    get(site.clone(), "/static/secret-name.css").await;
    get(site.clone(), "/nowhere").await;
    let metrics = read(address, "/metrics").await;
    assert!(metrics.contains("fixpath_http_requests_total{route=\"/static/{file}\",method=\"GET\",status=\"404\"}"), "{metrics}");
    assert!(metrics.contains("fixpath_http_request_seconds_bucket{route=\"(none)\""), "{metrics}");
    assert!(metrics.contains("fixpath_start_time_seconds 5"), "{metrics}");
    assert!(!metrics.contains("secret-name"), "{metrics}");
    assert_eq!(get(site, "/metrics").await.0, 404);
}
