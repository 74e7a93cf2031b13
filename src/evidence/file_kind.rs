//! What an uploaded file is, told by its first bytes; its name only helps to say what to do.

use super::decode::unmarked_utf16;

/// How many bytes at the beginning tell whether a file is text.
const SAMPLE: usize = 8192;

/// Files that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// An event log of Windows Vista or newer (`.evtx`).
    EventLog,
    /// Text of any sort: messages, XML, CSV, the output of a command.
    Text,
}

/// Why a file cannot be read: what it is, and what to do instead, in sentences.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unfit(String);

/// Documents that are mostly ASCII characters and all the same not what their author sees.
const MARKED_UP: [(&[u8], &str); 2] = [
    (b"%PDF", "This is a PDF document. Copy the text out of it, and paste that."),
    (b"{\\rtf", "This is a rich text document. Save it as plain text, or copy the text out of it and paste that."),
];

/// Other files by their first bytes, and what to do with them.
const BINARIES: [(&[u8], &str); 17] = [
    (b"PK\x03\x04", "This is a ZIP archive. Unpack it, and upload the file that is in it."),
    (b"PK\x05\x06", "This is an empty ZIP archive."),
    (b"\x1F\x8B", "This is a gzip archive. Unpack it, and upload the file that is in it."),
    (b"7z\xBC\xAF\x27\x1C", "This is a 7-Zip archive. Unpack it, and upload the file that is in it."),
    (b"Rar!\x1A\x07", "This is a RAR archive. Unpack it, and upload the file that is in it."),
    (b"MSCF", "This is a cabinet archive. Unpack it (expand, or open it in Explorer), and upload the file that is in it."),
    (b"MZ", "This is a program or a library. Programs are not read; upload a log, or paste what the program says."),
    (b"\x7FELF", "This is a program. Programs are not read; upload a log, or paste what the program says."),
    (b"\x89PNG", PICTURE),
    (b"\xFF\xD8\xFF", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"\xD0\xCF\x11\xE0", "This is a document of an older Office program or a saved message. Save it as text or CSV, and upload that."),
    (b"SQLite format 3\0", "This is a database. Databases are not read; upload a log, or paste the message."),
    (b"regf", "This is a part of the registry. Export the key as a .reg file (it is text), and upload that."),
    (b"MDMP", MEMORY_DUMP),
    (b"PAGEDU", MEMORY_DUMP),
];

const PICTURE: &str = "This is a picture, and pictures are not read. Type or paste the text of the message; in most dialog boxes Ctrl+C copies it.";
const MEMORY_DUMP: &str = "This is a memory dump. Dumps are not read; upload the event log, or paste the stop message.";
const OLD_EVENT_LOG: &str = "This is an event log in the format of Windows NT, 2000, XP and Server 2003 (.evt), which can be read on Windows only. Open it in Event \
                             Viewer and save it as .evtx or as text, or copy the events and paste them.";
const OFFICE_DOCUMENT: &str = "This is a document of an Office program. Save a table as CSV and other text as plain text, and upload that.";
const DAMAGED_EVENT_LOG: &str = "This file is named like an event log and does not begin like one. Open it in Event Viewer and save it again; if Event Viewer \
                                 cannot open it either, it is damaged.";
const BINARY: &str = "This file holds no text that could be read. Event logs (.evtx), XML, CSV and text files are.";

/// Tells what a file is. `name` is what the visitor's browser called it.
///
/// # Errors
/// The file is nothing that can be read; the sentence says what to do.
pub fn file_kind(name: &str, bytes: &[u8]) -> Result<FileKind, Unfit> {
    let unfit = |sentence: &str| Err(Unfit(sentence.to_owned()));
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if bytes.is_empty() {
        return unfit("This file is empty.");
    }
    if bytes.starts_with(b"ElfFile\0") {
        return Ok(FileKind::EventLog);
    }
    if bytes.get(4..8) == Some(b"LfLe") {
        return unfit(OLD_EVENT_LOG);
    }
    if let Some((_, sentence)) = MARKED_UP.iter().find(|(start, _)| bytes.starts_with(start)) {
        return unfit(sentence);
    }
    if is_text(bytes) {
        return Ok(FileKind::Text);
    }
    if let Some((_, sentence)) = BINARIES.iter().find(|(start, _)| bytes.starts_with(start)) {
        let document = bytes.starts_with(b"PK") && ["xlsx", "xlsm", "docx", "pptx", "ods", "odt"].contains(&ending.as_str());
        return unfit(if document { OFFICE_DOCUMENT } else { sentence });
    }
    unfit(if ending == "evtx" { DAMAGED_EVENT_LOG } else { BINARY })
}

/// Whether the beginning is text in any of the encodings that [`super::decode()`] knows: hardly any control characters.
fn is_text(bytes: &[u8]) -> bool {
    if [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"].iter().any(|mark| bytes.starts_with(mark)) || unmarked_utf16(bytes).is_some() {
        return true;
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let control = sample.iter().filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace()).count();
    !sample.contains(&0) && control * 50 <= sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(name: &str, bytes: &[u8]) -> String {
        file_kind(name, bytes).unwrap_err().to_string()
    }

    #[test]
    fn content_counts_before_the_name() {
        assert_eq!(file_kind("notes.txt", b"ElfFile\0\0\0"), Ok(FileKind::EventLog));
        assert_eq!(file_kind("system.evtx", b"Event ID: 2037"), Ok(FileKind::Text));
        assert_eq!(file_kind("", b"<Event xmlns='x'/>"), Ok(FileKind::Text));
    }

    #[test]
    fn text_is_text_in_every_encoding() {
        for bytes in [&b"Gr\xF6\xDFe\r\n"[..], "Größe".as_bytes(), b"\xFF\xFEA\0\r\0\n\0", b"A\0B\0C\0", b"\0A\0B\0C", b"\x0C\tpage", b"MZ-EX01 5.0 SP2", b"PK"]
        {
            assert_eq!(file_kind("log", bytes), Ok(FileKind::Text), "{bytes:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_what_it_is_and_what_to_do() {
        for (name, bytes, hint) in [
            ("System.evt", &b"\x30\0\0\0LfLe\x01\0\0\0"[..], "save it as .evtx or as text"),
            ("logs.zip", b"PK\x03\x04\x14\0\0\0", "Unpack it"),
            ("servers.XLSX", b"PK\x03\x04\x14\0\0\0", "CSV"),
            ("servers.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "CSV"),
            ("store.exe", b"MZ\x90\0\x03\0\0\0", "not read"),
            ("screen.png", b"\x89PNG\r\n\x1A\n\0\0", "Ctrl+C"),
            ("screen.jpg", b"\xFF\xD8\xFF\xE0\0\x10JFIF", "Ctrl+C"),
            ("System.evtx", b"\0\0\0\0\0\0\0\0\x01\x02", "damaged"),
            ("report.pdf", b"%PDF-1.4\n1 0 obj", "paste that"),
            ("report.txt", b"{\\rtf1\\ansi", "plain text"),
            ("priv.edb", b"\x12\x34\0\0\xEF\xCD\xAB\x89\x20\x06", "no text"),
            ("empty.txt", b"", "empty"),
        ] {
            assert!(refusal(name, bytes).contains(hint), "{name}: {}", refusal(name, bytes));
        }
    }
}
