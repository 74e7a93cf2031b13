//! Good event logs.

use std::time::Duration;

use fixpath::evidence::Item;
use fixpath::intake::Limits;
use fixpath::tree::fact::Event;

use crate::Desk;
use crate::evtx_file::{CHUNK, Entry, FILE_HEADER, error, evtx_file, large_log};

#[tokio::test]
async fn events_become_proposals_and_the_newest_comes_first() {
    let entries = [
        error(0, &["SMTP", "c1030ad1"]),
        Entry { id: 1000, level: 4, ..error(1, &["started"]) },
        Entry { source: "MSExchangeIS".to_owned(), id: 9518, level: 3, ..error(31, &[]) },
        Entry { source: "Größe".to_owned(), id: 1, level: 0, ..error(32, &["line one\r\nline two"]) },
    ];
    let reading = Desk::new().read(evtx_file(&entries)).await.unwrap();
    assert_eq!(
        reading.lines,
        [
            "2026-11-20 10:32Z Größe 1: line one line two",
            "2026-11-20 10:31Z Warning MSExchangeIS 9518",
            "2026-11-20 10:00Z Error MSExchangeSA 2037: SMTP; c1030ad1",
        ]
    );
    let last = &reading.proposals[2];
    let event = Event { id: Some(2037), source: Some("MSExchangeSA".to_owned()), text: Some("SMTP; c1030ad1".to_owned()) };
    assert_eq!((&last.item, last.lines.clone()), (&Item::Event(event), 2..3));
    assert_eq!(last.remarks, ["Logged on EX01.", "The event file holds only the record's values, not its sentence."]);
    assert_eq!(reading.cut, ["1 informational event was left out."]);
}

#[tokio::test]
async fn equal_events_are_one_proposal_that_counts_them() {
    let entries: Vec<Entry> = (0..300).map(|minute| error(minute, &[if minute % 3 == 0 { "SMTP" } else { "X400" }])).collect();
    let reading = Desk::new().read(evtx_file(&entries)).await.unwrap();
    assert_eq!(reading.lines, ["2026-11-20 14:59Z Error MSExchangeSA 2037: X400", "2026-11-20 14:57Z Error MSExchangeSA 2037: SMTP"]);
    assert_eq!(reading.proposals[1].remarks[0], "It is in the log 100 times, the oldest is of 2026-11-20 10:00Z.");
}

#[tokio::test]
async fn a_log_that_began_again_at_its_start_is_read_from_its_newest_chunk() {
    let entries: Vec<Entry> = (0..1000).map(|minute| error(minute, &[&format!("value {minute}"), &"x".repeat(300)])).collect();
    let mut file = evtx_file(&entries);
    let chunks = file.split_off(FILE_HEADER);
    let (first, rest) = chunks.split_at(CHUNK);
    assert!(!rest.is_empty());
    let turned = [&file, rest, first].concat();
    let reading = Desk::new().read(turned).await.unwrap();
    assert!(reading.lines[0].contains("value 999;"), "{}", reading.lines[0]);
    assert_eq!(reading.proposals.len(), 200);
    assert_eq!(reading.cut, ["Only the newest 200 different events are listed; 800 older records were left out."]);
}

#[tokio::test]
async fn a_log_of_more_than_twenty_mebibytes_is_read() {
    // The benchmark measures the time, which means nothing without optimisation and beside other tests.
    let desk = Desk::with(Limits { time: Duration::from_secs(300), ..Limits::default() });
    let reading = desk.read(large_log()).await.unwrap();
    assert_eq!(reading.proposals.len(), 200);
    assert!(reading.lines[0].contains("mailbox 995"), "{}", reading.lines[0]);
    assert_eq!(reading.cut, ["36800 informational events were left out."]);
}
