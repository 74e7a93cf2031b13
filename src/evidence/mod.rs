//! What a visitor brings: pasted text and files, read into facts that he may confirm. Pure.

mod decode;
mod file_kind;
mod paste;
mod reading;
mod server_list;

pub use decode::{Decoded, Encoding, decode};
pub use file_kind::{FileKind, Unfit, file_kind};
pub use paste::{MAX_BYTES, MAX_LINE, MAX_LINES, read};
pub use reading::{Item, Proposal, Reading};
pub use server_list::{ServerList, read_server_list};
