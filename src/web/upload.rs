//! Forms that may bring files along.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::layers::BODY_LIMIT;
use super::{Failure, Fields, Form};

/// Most bytes of a request that brings files: the route sets it as its `DefaultBodyLimit`.
pub const UPLOAD_LIMIT: usize = 32 * 1024 * 1024;
/// Most files of one request.
const MOST_FILES: usize = 10;
/// Longest name of a file that is kept, in characters.
const LONGEST_FILE_NAME: usize = 100;
/// How many requests may hold more than [`BODY_LIMIT`] bytes of files at a time; the others wait, and no memory is spent on them.
static LARGE: Semaphore = Semaphore::const_new(4);

/// A file as it was sent.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name without folders, for the visitor to recognise it by.
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// A posted form with its files, or one without any.
#[derive(Debug)]
pub struct Upload {
    /// The fields that are text, [`BODY_LIMIT`] bytes of them at most.
    pub fields: Fields,
    /// The files that were chosen, in the order sent.
    pub files: Vec<File>,
    /// Held as long as the files are.
    _slot: Option<SemaphorePermit<'static>>,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data") {
            let Form(fields) = Form::from_request(request, state).await?;
            return Ok(Self { fields, files: Vec::new(), _slot: None });
        }
        let parts = Multipart::from_request(request, state).await.map_err(|_| Failure::bad_input(BROKEN))?;
        Collected::default().collect(parts).await
    }
}

const BROKEN: &str = "The form with its files cannot be read: it broke off, or a program in between changed it. Send it again.";

#[derive(Default)]
struct Collected {
    fields: Vec<(String, String)>,
    files: Vec<File>,
    text_bytes: usize,
    file_bytes: usize,
    slot: Option<SemaphorePermit<'static>>,
}

impl Collected {
    async fn collect(mut self, mut parts: Multipart) -> Result<Upload, Failure> {
        while let Some(part) = parts.next_field().await.map_err(|error| refused(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(bare_name) {
                Some(file_name) => self.file(file_name, part).await?,
                None => {
                    let value = self.text(part).await?;
                    self.fields.push((name, value));
                }
            }
        }
        Ok(Upload { fields: Fields::checked(self.fields)?, files: self.files, _slot: self.slot })
    }

    async fn text(&mut self, mut part: Field<'_>) -> Result<String, Failure> {
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|error| refused(&error))? {
            self.text_bytes += chunk.len();
            if self.text_bytes > BODY_LIMIT {
                return Err(Failure::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        String::from_utf8(bytes).map_err(|_| Failure::bad_input("The text is not valid UTF-8. Copy it again from its source, or upload it as a file."))
    }

    /// Reads a file. A file input without a choice sends one without a name and without contents.
    async fn file(&mut self, name: String, mut part: Field<'_>) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|error| refused(&error))? {
            self.file_bytes += chunk.len();
            if self.slot.is_none() && self.file_bytes > BODY_LIMIT {
                self.slot = Some(LARGE.acquire().await.map_err(Failure::unavailable)?);
            }
            bytes.extend_from_slice(&chunk);
        }
        if name.is_empty() && bytes.is_empty() {
            return Ok(());
        }
        if self.files.len() == MOST_FILES {
            return Err(Failure::bad_input(format!("More than {MOST_FILES} files were sent. Send those that show the error.")));
        }
        self.files.push(File { name, bytes });
        Ok(())
    }
}

fn refused(error: &MultipartError) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Failure::TooLarge } else { Failure::bad_input(BROKEN) }
}

/// The name without folders, which some browsers send along, and without what cannot be shown.
fn bare_name(sent: &str) -> String {
    let name = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(LONGEST_FILE_NAME).collect()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    async fn sent(kind: &str, body: impl Into<Body>) -> Result<Upload, Failure> {
        let request = Request::builder().method("POST").header(header::CONTENT_TYPE, kind).body(body.into()).unwrap();
        Upload::from_request(request, &()).await
    }

    fn part(head: &str, body: &str) -> String {
        format!("--b\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    }

    async fn multipart(parts: &[String]) -> Result<Upload, Failure> {
        sent("multipart/form-data; boundary=b", parts.concat() + "--b--\r\n").await
    }

    #[tokio::test]
    async fn fields_and_files_are_told_apart_and_an_empty_choice_is_no_file() {
        let upload = multipart(&[
            part("name=\"evidence\"", "a\r\nb"),
            part("name=\"file\"; filename=\"\"", ""),
            part("name=\"file\"; filename=\"C:\\logs\\app.txt\"", "x"),
        ])
        .await
        .unwrap();
        assert_eq!(upload.fields.get("evidence").unwrap(), Some("a\r\nb"));
        assert_eq!(upload.files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect::<Vec<_>>(), [("app.txt", b"x".as_slice())]);
    }

    #[tokio::test]
    async fn a_plain_form_is_taken_as_well() {
        let upload = sent("application/x-www-form-urlencoded", "evidence=a%0Ab").await.unwrap();
        assert_eq!((upload.fields.get("evidence").unwrap(), upload.files.len()), (Some("a\nb"), 0));
        assert!(matches!(sent("text/plain", "a").await, Err(Failure::WrongType { .. })));
    }

    #[tokio::test]
    async fn too_much_text_too_many_files_and_broken_bodies_are_refused() {
        assert!(matches!(multipart(&[part("name=\"a\"", &"x".repeat(BODY_LIMIT + 1))]).await, Err(Failure::TooLarge)));
        let file = |number: usize| part(&format!("name=\"file\"; filename=\"{number}.txt\""), "x");
        assert!(multipart(&(0..MOST_FILES).map(file).collect::<Vec<_>>()).await.is_ok());
        assert!(matches!(multipart(&(0..=MOST_FILES).map(file).collect::<Vec<_>>()).await, Err(Failure::BadInput(_))));
        assert!(matches!(sent("multipart/form-data", "x").await, Err(Failure::BadInput(_))));
        assert!(matches!(sent("multipart/form-data; boundary=b", part("name=\"a\"", "x")).await, Err(Failure::BadInput(_))));
        assert!(matches!(multipart(&[part(&format!("name=\"{}\"", "n".repeat(65)), "x")]).await, Err(Failure::BadInput(_))));
        let bytes: Vec<u8> = [b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xFF\r\n--b--\r\n".as_slice()].concat();
        assert!(matches!(sent("multipart/form-data; boundary=b", bytes).await, Err(Failure::BadInput(_))));
    }
}
