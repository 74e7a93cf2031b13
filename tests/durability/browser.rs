//! A visitor's browser, as far as it matters here: one kept connection, one cookie, one diagnosis.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// The guide that visitors walk; its first question asks for a text.
const GUIDE: &str = "/guides/extension-not-loaded";
/// Longest wait for one answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// An answer of the server.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub cookie: Option<String>,
    pub body: String,
}

/// One kept connection.
#[derive(Debug)]
struct Connection(BufReader<TcpStream>);

impl Connection {
    fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        stream.set_write_timeout(Some(TIMEOUT))?;
        Ok(Self(BufReader::new(stream)))
    }

    fn ask(&mut self, request: &str) -> io::Result<Answer> {
        self.0.get_mut().write_all(request.as_bytes())?;
        let status_line = self.line()?;
        let status = status_line.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(|| io::Error::other(status_line.clone()))?;
        let mut answer = Answer { status, location: None, cookie: None, body: String::new() };
        let mut length = 0;
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(": ") else { break };
            match name {
                "content-length" => length = value.parse().map_err(io::Error::other)?,
                "location" => answer.location = Some(value.to_owned()),
                "set-cookie" => answer.cookie = value.split(';').next().map(str::to_owned),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        answer.body = String::from_utf8(body).map_err(io::Error::other)?;
        Ok(answer)
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.0.read_line(&mut line)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(line.trim_end().to_owned()),
        }
    }
}

/// A visitor with a diagnosis. What he typed last is a number, so that it is plain which of his answers is there.
#[derive(Debug)]
pub struct Visitor {
    connection: Connection,
    address: SocketAddr,
    cookie: String,
    diagnosis: String,
    mark: String,
    /// The newest answer that was acknowledged; 0 if only the diagnosis itself was.
    pub acknowledged: u64,
    /// The newest answer that was sent.
    pub sent: u64,
}

impl Visitor {
    /// Begins a diagnosis.
    pub fn begin(address: SocketAddr) -> io::Result<Self> {
        let mut connection = Connection::open(address)?;
        let answer = connection.ask(&post(GUIDE, "", ""))?;
        let (303, Some(diagnosis), Some(cookie)) = (answer.status, answer.location, answer.cookie) else {
            return Err(io::Error::other(format!("a diagnosis could not be begun: {} {}", answer.status, answer.body)));
        };
        Ok(Self { connection, address, cookie, diagnosis, mark: "unsaid".to_owned(), acknowledged: 0, sent: 0 })
    }

    /// What names the diagnosis in the database.
    pub fn diagnosis_id(&self) -> &str {
        self.diagnosis.rsplit('/').next().unwrap()
    }

    /// The same browser at a server that has been started anew.
    pub fn at(&mut self, address: SocketAddr) -> io::Result<()> {
        self.address = address;
        self.connection = Connection::open(address)?;
        Ok(())
    }

    /// The request that gives the next answer.
    pub fn next_answer(&mut self) -> String {
        self.sent += 1;
        let body = format!("mark={}&text-1=message+{}+of+mine", self.mark, self.sent);
        post(&self.question(), &self.cookie, &body)
    }

    /// Gives the next answer; acknowledged if the status is 303. The form must be read again before the one after it.
    pub fn answer(&mut self) -> io::Result<Answer> {
        let request = self.next_answer();
        let answer = self.connection.ask(&request)?;
        if answer.status == 303 {
            self.acknowledged = self.sent;
        }
        Ok(answer)
    }

    /// Reads the form, with the number of the answer that it shows: 0 for none.
    pub fn read(&mut self) -> io::Result<u64> {
        let request = format!("GET {} HTTP/1.1\r\nHost: fixpath.test\r\nCookie: {}\r\n\r\n", self.question(), self.cookie);
        let answer = self.connection.ask(&request)?;
        if answer.status != 200 {
            return Err(io::Error::other(format!("the question answers {}: {}", answer.status, answer.body)));
        }
        let mark = between(&answer.body, "name=\"mark\" value=\"", "\"").ok_or_else(|| io::Error::other("the form has no mark"))?;
        self.mark = mark.to_owned();
        let shown = between(&answer.body, "spellcheck=\"false\">", "</textarea>").ok_or_else(|| io::Error::other("the form has no text"))?;
        Ok(number_in(shown))
    }

    /// Answers until the server is gone, reading the form before each answer. What the server cannot store (503) is typed anew.
    pub fn answer_until_gone(&mut self, acknowledged: impl Fn(&Self)) {
        while let Ok(answer) = self.answer() {
            match answer.status {
                303 => acknowledged(self),
                503 => {}
                status => panic!("{status}: {}", answer.body),
            }
            if self.read().is_err() {
                return;
            }
        }
    }

    fn question(&self) -> String {
        format!("{}/questions/error_text", self.diagnosis)
    }
}

/// The number in a text of [`Visitor::next_answer`]; 0 if there is none.
pub fn number_in(text: &str) -> u64 {
    between(text, "message ", " of mine").map_or(0, |number| number.parse().unwrap())
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}

fn post(path: &str, cookie: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: fixpath.test\r\nOrigin: http://fixpath.test\r\nCookie: {cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}
