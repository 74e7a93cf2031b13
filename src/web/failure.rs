//! The one error type of handlers. What a visitor may read is here; what only the log may know is in `cause`.

use std::{error::Error, fmt, sync::Arc, time::Duration};

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::{FieldErrors, Fields};

/// A way on, shown as a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Address, from [`super::Urls`].
    pub href: String,
    /// What the visitor finds there.
    pub text: String,
}

/// Why a request is not answered as asked. Handlers return it; [`super::layers`] turns it into a page or a problem document.
#[derive(Debug)]
pub enum Failure {
    /// Nothing there, or not for this visitor: both look the same, so that nobody can probe.
    NotFound,
    /// It was there and is not any more.
    Gone {
        /// What is gone and why, in one sentence.
        what: String,
    },
    /// The request does not fit the present state.
    Conflict {
        /// What no longer fits, in one sentence.
        what: String,
        /// Where the visitor can go on.
        ways_on: Vec<Link>,
        /// What the visitor sent, to be shown and sent again.
        typed: Option<Fields>,
    },
    /// The same for a program, which gets the present state with the refusal.
    Stale {
        /// What no longer fits, in one sentence.
        what: String,
        /// The present state, as the program would read it.
        current: serde_json::Value,
    },
    /// The request itself is wrong; the text says what to change.
    BadInput(String),
    /// The request can be read, but not all of it can be taken. Programs get it as a list; a form comes back as a page of its own instead.
    Invalid(FieldErrors),
    /// The body is of another type than the address takes.
    WrongType {
        /// The type that is taken.
        expected: &'static str,
    },
    /// More was sent than is taken.
    TooLarge,
    /// Not allowed; the text says why.
    Forbidden(&'static str),
    /// Whoever asks must first say who it is; the text says how.
    SignInFirst(&'static str),
    /// The address exists but not for this method.
    MethodNotAllowed,
    /// Too many requests from one address.
    TooMany {
        /// When the next one is taken.
        retry_after: Duration,
    },
    /// Something we depend on does not work now; nothing was stored.
    Unavailable {
        /// For the log.
        cause: Cause,
        /// What the visitor sent, to be shown and sent again.
        typed: Option<Fields>,
    },
    /// A mistake of the program.
    Internal(Cause),
}

/// The inner error, kept for the log. Its text never reaches a page.
pub type Cause = Box<dyn Error + Send + Sync>;

impl Failure {
    /// A wrong request; the text is shown and says what to change.
    #[must_use]
    pub fn bad_input(text: impl Into<String>) -> Self {
        Self::BadInput(text.into())
    }

    /// A mistake of the program; the cause is logged.
    #[must_use]
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    /// Something we depend on does not work; the cause is logged.
    #[must_use]
    pub fn unavailable(cause: impl Into<Cause>) -> Self {
        Self::Unavailable { cause: cause.into(), typed: None }
    }

    /// The same failure; if it is [`Failure::Unavailable`] or [`Failure::Conflict`], its page shows these fields and offers to send them again.
    #[must_use]
    pub fn keeping(self, fields: &Fields) -> Self {
        match self {
            Self::Unavailable { cause, .. } => Self::Unavailable { cause, typed: Some(fields.clone()) },
            Self::Conflict { what, ways_on, .. } => Self::Conflict { what, ways_on, typed: Some(fields.clone()) },
            other => other,
        }
    }

    /// The status code.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone { .. } => StatusCode::GONE,
            Self::Conflict { .. } | Self::Stale { .. } => StatusCode::CONFLICT,
            Self::BadInput(_) => StatusCode::BAD_REQUEST,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::WrongType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::SignInFirst(_) => StatusCode::UNAUTHORIZED,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The page's heading: what happened, in a few words.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::NotFound => "There is no such page",
            Self::Gone { .. } => "This is no longer here",
            Self::Conflict { .. } | Self::Stale { .. } => "This no longer fits",
            Self::BadInput(_) | Self::WrongType { .. } => "This could not be read",
            Self::Invalid(_) => "This could not be taken",
            Self::TooLarge => "That was too much at once",
            Self::Forbidden(_) => "This is not allowed",
            Self::SignInFirst(_) => "Sign in first",
            Self::MethodNotAllowed => "This address does not take that",
            Self::TooMany { .. } => "Too many requests in a short time",
            Self::Unavailable { .. } => "Fixpath cannot do this right now",
            Self::Internal(_) => "Fixpath made a mistake",
        }
    }

    /// What happened and what to do, in whole sentences.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::NotFound => "The link may be incomplete, or it belongs to another browser: a diagnosis opens only in the browser that made it. \
                               Ask its owner for a share link, or start from the guides."
                .to_owned(),
            Self::Gone { what } | Self::Conflict { what, .. } | Self::Stale { what, .. } => what.clone(),
            Self::BadInput(text) => text.clone(),
            Self::Invalid(errors) => {
                let texts: Vec<&str> = errors.iter().map(|error| error.text.as_str()).collect();
                format!("Nothing was stored. {}", texts.join(" "))
            }
            Self::WrongType { expected } => format!("Nothing was stored. Send the body as {expected}, and say so in its Content-Type."),
            Self::TooLarge => "Nothing was stored. Send less text or fewer rows at once: the part around the error is enough.".to_owned(),
            Self::Forbidden(why) | Self::SignInFirst(why) => (*why).to_owned(),
            Self::MethodNotAllowed => "The address is right, but not for this kind of request. Open it from its page.".to_owned(),
            Self::TooMany { retry_after } => format!("Wait {} seconds and try again. Nothing you stored is lost.", retry_after.as_secs().max(1)),
            Self::Unavailable { .. } => "Nothing was stored, and nothing stored before is lost. Wait a moment, then try again. \
                                         If it lasts, tell whoever runs this site: the log names the cause."
                .to_owned(),
            Self::Internal(_) => "Nothing was stored. Trying again may help; if not, tell whoever runs this site the reference below: \
                                  the log has the cause under it."
                .to_owned(),
        }
    }

    /// What only the log may know.
    #[must_use]
    pub fn cause(&self) -> Option<&Cause> {
        match self {
            Self::Unavailable { cause, .. } | Self::Internal(cause) => Some(cause),
            _ => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.title(), self.detail())
    }
}

/// Carries a failure from a handler to the layer that renders it.
#[derive(Debug, Clone)]
pub(super) struct Carried(pub(super) Arc<Failure>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Carried(Arc::new(self)));
        response
    }
}
