//! The page kit: what every page, form and API answer needs, without features and without application state.
//!
//! A room above writes a page as struct, template and handler side by side; the handler returns `Result<impl IntoResponse, Failure>`.
//! Everything that must hold for each request (headers, limits, the check for forged requests, error pages, logs, metrics) is done by
//! [`layers::layers`], so that no handler can forget it. This room must never import a room with features, nor hold their state:
//! it sees a request only through [`Site`], which rooms hand out with `FromRef`.

pub mod address;
pub mod assets;
pub mod compress;
pub mod error_page;
pub mod errors;
pub mod extract;
pub mod failure;
pub mod fields;
pub mod guard;
pub mod headers;
pub mod layers;
pub mod markdown;
pub mod mount;
pub mod observe;
pub mod owner;
pub mod page;
pub mod rate;
pub mod server;
pub mod site;
pub mod time;
pub mod upload;
pub mod urls;
pub mod viewer;

pub use address::ClientAddress;
pub use errors::{FieldError, FieldErrors};
pub use extract::{Form, Json, Path, Query, TakesGzip};
pub use failure::{Failure, Link};
pub use fields::Fields;
pub use owner::{Visitor, bearer};
pub use page::{Nav, Page};
pub use rate::RateLimit;
pub use site::Site;
pub use upload::Upload;
pub use urls::Urls;
pub use viewer::{Role, Roles, Viewer};
