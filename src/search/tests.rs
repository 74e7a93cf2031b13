use super::*;
use crate::tree::file;

fn tree(slug: &str, title: &str, symptoms: &str) -> Tree {
    let text = format!(
        "{{format: fixpath/1, slug: {slug}, title: {title}, summary: For tests., products: [Exchange Server], applies_to: all, ladder: exchange, \
         symptoms: {symptoms}, start: end, nodes: [{{key: end, title: End, outcome: {{verdict: hand_over, headline: End, cause: End}}}}]}}"
    );
    file::read(&text).unwrap()
}

fn shelf() -> [Tree; 3] {
    [
        tree(
            "extension",
            "An extension could not be loaded",
            "{texts: [\"Extension 'SMTP' could not be loaded.\"], events: [{source: MSExchangeSA, id: 2037}]}",
        ),
        tree("queue", "Messages stay in the queue", "{texts: [The message could not be delivered.], events: [{source: MSExchangeMTA, id: 2037}]}"),
        tree("store", "The information store does not start", "{}"),
    ]
}

fn slugs(wanted: &Wanted) -> Vec<String> {
    find(&shelf(), wanted).into_iter().map(|found| found.slug).collect()
}

fn text(text: &str) -> Wanted {
    Wanted { text: text.to_owned(), ..Wanted::default() }
}

#[test]
fn a_symptom_text_is_found_however_it_was_copied() {
    for pasted in ["Extension 'SMTP' could not be loaded.", "  extension \u{2018}smtp\u{2019}\r\n could   not be LOADED. ID no: c1030ad1"] {
        assert_eq!(slugs(&text(pasted)).first().map(String::as_str), Some("extension"), "{pasted}");
    }
}

#[test]
fn a_source_decides_between_events_of_one_number() {
    let event = |source: Option<&str>| Wanted { event_id: Some(2037), event_source: source.map(str::to_owned), ..Wanted::default() };
    assert_eq!(slugs(&event(Some("msexchange sa"))), ["extension"]);
    assert_eq!(slugs(&event(Some("MSExchangeMTA"))), ["queue"]);
    assert_eq!(slugs(&event(Some("Print"))), [] as [&str; 0]);
    // Without a source both fit, the same much: by slug then.
    assert_eq!(slugs(&event(None)), ["extension", "queue"]);
}

#[test]
fn an_event_that_stands_in_the_text_counts_with_its_source_only() {
    let found = find(&shelf(), &text("Event ID: 2037 Source: MSExchangeMTA"));
    assert_eq!(found.iter().map(|found| (found.slug.as_str(), found.score)).collect::<Vec<_>>(), [("queue", EVENT)]);
    assert_eq!(slugs(&text("2037")), [] as [&str; 0]);
}

#[test]
fn the_reasons_are_said() {
    let found = find(&shelf(), &Wanted { text: "messages stay in the queue".to_owned(), event_id: Some(2037), event_source: Some("MSExchangeMTA".to_owned()) });
    let because = &found.first().unwrap().because;
    assert!(because.contains(&"event 2037 from MSExchangeMTA".to_owned()) && because.contains(&"the guide's title".to_owned()), "{because:?}");
}

#[test]
fn everyday_words_and_words_shared_by_chance_are_no_match() {
    for pasted in ["", "the error could not be", "Exchange Server", "could not be loaded message"] {
        assert_eq!(slugs(&text(pasted)), [] as [&str; 0], "{pasted}");
    }
    assert_eq!(slugs(&text("my information about the store: it will not start up")), ["store"]);
}
