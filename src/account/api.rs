//! Programs that work for an account.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::{header, request::Parts};

use super::Accounts;
use super::token::{self, Scope};
use crate::web::{ClientAddress, Failure, Role, Viewer};

/// A program that showed a token which works: `Authorization: Bearer fpt_...`. Its viewer has those of the account's roles that the token reaches.
#[derive(Debug, Clone)]
pub struct ApiAuthor {
    /// The account, with the roles of the token.
    pub viewer: Viewer,
    /// What the token may do.
    pub scope: Scope,
}

impl ApiAuthor {
    /// Goes on only if the token and its account have the role.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] with what would help.
    pub fn require(&self, role: Role) -> Result<(), Failure> {
        if self.viewer.roles.allow(role) {
            return Ok(());
        }
        Err(Failure::Forbidden(match role {
            Role::Author => "The token may not change drafts. Make one with the scope \"drafts\" or \"publish\", with an account that has the role \"author\".",
            Role::Publisher => "The token may not publish. Make one with the scope \"publish\", with an account that has the role \"publisher\".",
            Role::Admin => "No token may manage accounts. Sign in for that.",
        }))
    }
}

const NO_TOKEN: &str = "Send an API token as `Authorization: Bearer fpt_...`. It must be neither expired nor revoked; its owner makes one at /account/tokens.";

impl<S: Send + Sync> FromRequestParts<S> for ApiAuthor
where
    Accounts: FromRef<S>,
{
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let accounts = Accounts::from_ref(state);
        let Ok(address) = ClientAddress::from_request_parts(parts, &accounts).await;
        let sent = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
        let secret = sent.and_then(|sent| token::read(sent.trim())).ok_or(Failure::SignInFirst(NO_TOKEN))?;
        let token = accounts.token(&secret).await?.ok_or(Failure::SignInFirst(NO_TOKEN))?;
        let roles = token.scope.within(token.roles);
        let viewer = Viewer { account: token.account, name: token.name, roles, address: address.0.to_string() };
        Ok(Self { viewer, scope: token.scope })
    }
}
