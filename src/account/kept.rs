//! A form that came without a session. It travels through the sign-in page and is then offered to be sent as it was, so that nothing typed is lost.

use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use serde::{Deserialize, Serialize};

use super::own_path::own_path;
use crate::web::upload::UPLOAD_LIMIT;
use crate::web::{Failure, Fields, Site, Upload};

/// Most bytes of the sign-in form: what it carries is encoded once more, which makes a character of text at most nine bytes.
pub const SIGN_IN_LIMIT: usize = 16 * 1024 * 1024;
/// Most bytes of a form without files that is carried.
const KEPT_LIMIT: usize = 2 * 1024 * 1024;

/// A posted form and where it was going.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The address with its query, below the sub-path.
    pub action: String,
    /// Names and values in the order sent.
    fields: Vec<(String, String)>,
    /// Names of files that were sent along. They cannot be carried: a page cannot choose a file.
    pub files: Vec<String>,
}

impl Kept {
    /// Keeps the form of `request`, which was going to `action`.
    ///
    /// # Errors
    /// As for any form that cannot be read or is too large.
    pub async fn of(mut request: Request, action: String) -> Result<Self, Failure> {
        let has_files = request.headers().get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
        DefaultBodyLimit::max(if has_files { UPLOAD_LIMIT } else { KEPT_LIMIT }).apply(&mut request);
        let upload = Upload::from_request(request, &()).await?;
        let fields = upload.fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(Self { action, fields, files: upload.files.into_iter().map(|file| file.name).collect() })
    }

    /// Reads what [`Kept::text`] wrote; none if it leads elsewhere or no form of ours made it.
    #[must_use]
    pub fn read(text: &str, site: &Site) -> Option<Self> {
        let kept: Self = serde_json::from_str(text).ok()?;
        own_path(site, &kept.action)?;
        Fields::checked(kept.fields.clone()).ok()?;
        Some(kept)
    }

    /// The value of the one hidden field that carries it.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Names and values in the order sent.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
