//! What a visitor brings: pasted text and files, read into facts that he may confirm. Pure.

mod paste;
mod reading;
mod server_list;

pub use paste::{MAX_BYTES, MAX_LINE, MAX_LINES, read};
pub use reading::{Item, Proposal, Reading};
pub use server_list::{ServerList, read_server_list};
