//! What a visitor brings: reading lists of servers from pasted text. Pure.

mod server_list;

pub use server_list::{ServerList, read_server_list};
