//! What a visitor brings: pasted text and files, read into facts that he may confirm. Pure.

mod reading;
mod redact;
mod server_list;

pub use reading::{Item, Proposal, Reading};
pub use redact::Redactor;
pub use server_list::{ServerList, read_server_list};

use crate::tree::ladder::Ladders;

/// Reads whatever was pasted: messages, events, codes and lists of servers, several in any order, with chatter around them.
///
/// `ladders` tell which versions and builds exist.
#[must_use]
pub fn read(text: &str, _ladders: &Ladders) -> Reading {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let message = text.trim();
    let proposals =
        if message.is_empty() { Vec::new() } else { vec![Proposal { item: Item::Message(message.to_owned()), lines: 0..lines.len(), remarks: Vec::new() }] };
    Reading { lines, proposals, not_understood: Vec::new(), cut: Vec::new() }
}
