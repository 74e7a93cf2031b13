//! What a visitor brings: pasted text and files, read into facts that he may confirm. Pure.

mod code;
mod decode;
mod event;
mod file_kind;
mod message;
mod paste;
mod reading;
mod redact;
mod server;
mod server_list;

pub use code::{code_of, name_of};
pub use decode::{Decoded, Encoding, decode};
pub use file_kind::{FileKind, Unfit, file_kind};
pub use paste::{MAX_BYTES, MAX_LINE, MAX_LINES, read};
pub use reading::{Item, Proposal, Reading};
pub use redact::Redactor;
pub use server_list::{ServerList, read_server_list};
