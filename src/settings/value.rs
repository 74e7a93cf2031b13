//! Values that are more than a number or a text.

use std::{fmt, str::FromStr};

/// A value that does not parse; the caller knows the setting and says the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One readable line per event.
    Text,
    /// One JSON object per line.
    Json,
}

impl FromStr for LogFormat {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(Unreadable),
        }
    }
}

/// Who may use the guides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visitors {
    /// Whoever reaches the site.
    Anyone,
    /// Whoever has an account.
    SignedIn,
}

impl FromStr for Visitors {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        match text {
            "anyone" => Ok(Self::Anyone),
            "signed-in" => Ok(Self::SignedIn),
            // Nobody must believe the site closed that is open: any other word is refused.
            _ => Err(Unreadable),
        }
    }
}

/// Address of the database. It may hold a password, so `Debug` and `Display` mask it; only [`MaskedUrl::reveal`] shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct MaskedUrl(String);

impl MaskedUrl {
    /// The address with its password, for the driver alone.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for MaskedUrl {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let scheme_fits = ["postgres://", "postgresql://", "sqlite:"].iter().any(|scheme| text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
        if scheme_fits { Ok(Self(text.to_owned())) } else { Err(Unreadable) }
    }
}

impl fmt::Display for MaskedUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&mask(&self.0))
    }
}

impl fmt::Debug for MaskedUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// Replaces the password of a URL, in the part before `@` and in a `password=` parameter, by `***`.
pub(super) fn mask(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    // The last `@` ends the credentials, whatever characters a password that was not encoded holds.
    let (user, rest) = rest.rsplit_once('@').map_or((None, rest), |(user, rest)| (Some(user), rest));
    let user = user.map(|user| user.split_once(':').map_or_else(|| format!("{user}@"), |(name, _)| format!("{name}:***@"))).unwrap_or_default();
    let (address, query) = rest
        .split_once('?')
        .map_or((rest, String::new()), |(address, query)| (address, format!("?{}", query.split('&').map(mask_parameter).collect::<Vec<_>>().join("&"))));
    format!("{scheme}://{user}{address}{query}")
}

fn mask_parameter(parameter: &str) -> String {
    match parameter.split_once('=') {
        Some((name, _)) if name.to_ascii_lowercase().contains("password") => format!("{name}=***"),
        _ => parameter.to_owned(),
    }
}

/// The address under which visitors reach the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    https: bool,
    authority: String,
    path: String,
}

impl PublicUrl {
    /// Whether visitors come over TLS: cookies are then secure and browsers are told to insist on it.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Host and, where it is not the usual one, port.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The sub-path below which the site lives: empty, or starting with `/` and not ending with one.
    #[must_use]
    pub fn base_path(&self) -> &str {
        &self.path
    }

    /// Scheme and authority, such as `https://fixpath.example`.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("{}://{}", if self.https { "https" } else { "http" }, self.authority)
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.origin(), self.path)
    }
}

impl FromStr for PublicUrl {
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let (https, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return Err(Unreadable),
        };
        let (authority, path) = rest.split_once('/').map_or((rest, ""), |(authority, path)| (authority, path.trim_end_matches('/')));
        let host_fits = !authority.is_empty() && authority.chars().all(|c| c.is_ascii_alphanumeric() || "-._:[]".contains(c));
        // The path becomes part of links, of the cookie's Path and of routing: only characters that mean the same in all three.
        let path_fits = path.split('/').all(|part| part != "." && part != "..") && path.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/".contains(c));
        if !host_fits || !path_fits || path.contains("//") {
            return Err(Unreadable);
        }
        let path = if path.is_empty() { String::new() } else { format!("/{path}") };
        Ok(Self { https, authority: authority.to_ascii_lowercase(), path })
    }
}
