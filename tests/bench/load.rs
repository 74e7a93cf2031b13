//! Clients that keep their connections and ask as fast as they are answered.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// What one client asks next, given how often it has asked; the answer must begin with the status it names.
pub trait Script: Send + 'static {
    /// The bytes of the next request.
    fn next(&mut self) -> &[u8];
}

/// One request, over and over.
#[derive(Clone)]
pub struct Same(pub Vec<u8>);

impl Script for Same {
    fn next(&mut self) -> &[u8] {
        &self.0
    }
}

/// What came of a load.
pub struct Done {
    /// Seconds that each request took.
    pub seconds: Vec<f64>,
    /// Seconds that the load took.
    pub elapsed: f64,
}

impl Done {
    /// Requests in a second.
    pub fn rate(&self) -> f64 {
        self.seconds.len() as f64 / self.elapsed
    }
}

/// Lets one client per script ask for `time`. Every answer must have the status `expected`. Returns the scripts to go on with.
pub fn run<S: Script>(address: SocketAddr, scripts: Vec<S>, time: Duration, expected: &'static str) -> (Done, Vec<S>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut clients = JoinSet::new();
        let started = Instant::now();
        for (number, script) in scripts.into_iter().enumerate() {
            clients.spawn(async move { (number, client(address, script, started + time, expected).await) });
        }
        let mut finished = clients.join_all().await;
        let elapsed = started.elapsed().as_secs_f64();
        finished.sort_by_key(|(number, _)| *number);
        let (mut seconds, mut scripts) = (Vec::new(), Vec::new());
        for (_, (took, script)) in finished {
            seconds.extend(took);
            scripts.push(script);
        }
        (Done { seconds, elapsed }, scripts)
    })
}

async fn client<S: Script>(address: SocketAddr, mut script: S, until: Instant, expected: &str) -> (Vec<f64>, S) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut buffer = vec![0; 64 * 1024];
    let mut seconds = Vec::new();
    while Instant::now() < until {
        let asked = Instant::now();
        stream.write_all(script.next()).await.unwrap();
        let length = answer(&mut stream, &mut buffer).await;
        assert!(buffer.starts_with(expected.as_bytes()), "{}", String::from_utf8_lossy(&buffer[..length]));
        seconds.push(asked.elapsed().as_secs_f64());
    }
    (seconds, script)
}

/// Reads one whole answer into `buffer`; answers its length.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> usize {
    let (mut filled, mut whole) = (0, None);
    loop {
        if filled == buffer.len() {
            buffer.resize(filled * 2, 0);
        }
        let read = stream.read(&mut buffer[filled..]).await.unwrap();
        assert!(read > 0, "the server hung up: {}", String::from_utf8_lossy(&buffer[..filled]));
        filled += read;
        whole = whole.or_else(|| length(&buffer[..filled]));
        if whole.is_some_and(|whole| filled >= whole) {
            return filled;
        }
    }
}

/// The length of the answer whose headers are all in `bytes`.
fn length(bytes: &[u8]) -> Option<usize> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let name = b"content-length: ";
    let at = bytes[..end].windows(name.len()).position(|window| window == name)? + name.len();
    let digits = bytes[at..end].iter().take_while(|byte| byte.is_ascii_digit());
    Some(end + digits.fold(0, |length, digit| length * 10 + usize::from(digit - b'0')))
}

/// Asks once; the answer's headers and body.
pub fn ask(address: SocketAddr, request: &[u8]) -> (String, Vec<u8>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request).await.unwrap();
        let mut buffer = vec![0; 64 * 1024];
        let filled = answer(&mut stream, &mut buffer).await;
        let end = buffer.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
        (String::from_utf8_lossy(&buffer[..end]).into_owned(), buffer[end..filled].to_vec())
    })
}

/// A request for a page, as a browser with this cookie sends it.
pub fn get(path: &str, cookie: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: bench.test\r\nCookie: {cookie}\r\n\r\n").into_bytes()
}

/// A posted form.
pub fn post(path: &str, cookie: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench.test\r\nOrigin: http://bench.test\r\nCookie: {cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
