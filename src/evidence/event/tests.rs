//! Every form on samples as people paste them.

use super::*;
use crate::evidence::read;
use crate::tree::ladder::Ladders;

/// Id, source and description of an event; none is an empty text.
type Expected<'a> = (u32, &'a str, &'a str);

fn proposals(paste: &str) -> Vec<Proposal> {
    read(paste, &Ladders::default()).proposals.into_iter().filter(|proposal| matches!(proposal.item, Item::Event(_))).collect()
}

#[track_caller]
fn check(paste: &str, expected: &[Expected]) {
    let events: Vec<_> = proposals(paste)
        .into_iter()
        .filter_map(|proposal| match proposal.item {
            Item::Event(event) => Some((event.id.unwrap_or_default(), event.source.unwrap_or_default(), event.text.unwrap_or_default())),
            _ => None,
        })
        .collect();
    let expected: Vec<_> = expected.iter().map(|(id, source, text)| (*id, (*source).to_owned(), (*text).to_owned())).collect();
    assert_eq!(events, expected, "{paste}");
}

const OLD_DLL: Expected = (2037, "MSExchangeSA", "The file version of x.dll is not current.");

#[test]
fn labels_are_read_in_any_order_and_notation() {
    for paste in [
        "Event ID: 2037\nSource: MSExchangeSA\nType: Error\nDescription: The file version of x.dll is not current.",
        "   Source:   MSExchangeSA\n   Event ID - 2037\n   Description:\n\n   The file version of x.dll is not current.",
        "- EventID=2037\n- Source - MSExchangeSA\n- Cateogory: General\n\nThe file version of x.dll is not current.",
        "Event 2037; Source: MSExchangeSA, Type: Error, Category General\nThe file version of x.dll is not current.",
        "Event ID # 2037\nSource MSExchangeSA\nDescription The file version of x.dll is not current.",
        "[3/14/2000 9:12:33 AM] Event Type: Error Event Source: MSExchangeSA Event Category: None Event ID: 2037 Date: 3/4/2000 Time: 9:12:33 AM User: N/A Computer: EX01 Description: The file version of x.dll is not current.",
        "event id 2037 source MSExchangeSA on EX01: The file version of x.dll is not current.",
        "Event ID: 2037 Source:\nMSExchangeSA Description: The file version of x.dll is not current.",
        "> Event ID: 2037\n> Source: MSExchangeSA\n> Description: The file version of x.dll is not current.\n> Data:\n> 0000: ff ff 00 00   ....",
        "Event ID: 2037\nDescription: The file version of x.dll is not current.\nSource: MSExchangeSA\nType: Error",
    ] {
        check(paste, &[OLD_DLL]);
    }
}

#[test]
fn descriptions_go_over_paragraphs_up_to_the_next_record_or_a_persons_words() {
    let paste = "Log Name: Application\nSource: MSExchangeTransport\nEvent ID: 15006\nLevel: Warning\nComputer: ex01.contoso.com\nDescription:\nThe resource pressure is High.\n\n\
                 Back pressure disabled the following components:\nInbound mail\n\nEvent ID:2171\nSource: MSExchangeMTA\nStopped, error code: 2127.\n\nThanks, we are lost.";
    let text = "The resource pressure is High.\n\nBack pressure disabled the following components:\nInbound mail";
    check(paste, &[(15006, "MSExchangeTransport", text), (2171, "MSExchangeMTA", "Stopped, error code: 2127.")]);
    let lines: Vec<_> = proposals(paste).into_iter().map(|proposal| proposal.lines).collect();
    assert_eq!(lines, [0..10, 11..14]);
}

#[test]
fn xml_is_read_alone_in_numbers_below_labels_and_cut_off() {
    let event = |source: &str, id: u32, rest: &str| {
        format!("<Event xmlns='e'><System><Provider Name='{source}'/><EventID Qualifiers='49'>{id}</EventID></System>{rest}</Event>")
    };
    let message = event("ESE", 474, "<RenderingInfo><Message>Page &lt;5&gt; of &#x41; is bad.</Message></RenderingInfo>");
    let data = event("ESE", 475, "<EventData><Data>A</Data><Data Name='n'>B</Data><Binary>00</Binary></EventData>");
    check(&format!("<Events>{message}\n{data}</Events>"), &[(474, "ESE", "Page <5> of A is bad."), (475, "ESE", "A\nB")]);
    check(&format!("Event ID: 475\nSource: ESE\nDescription: Bad page.\nEvent Xml:\n{data}"), &[(475, "ESE", "Bad page.")]);
    check("<Event xmlns='e'>\n<System>\n<Provider Na\nme='ESE'/><EventID>476</EventID></System></Event>", &[(476, "ESE", "")]);
    check("<Event>\n<System><Provider Name='ESE'/>\n<EventID>477</EventID>\n<Lev", &[(477, "ESE", "")]);
}

#[test]
fn xml_with_entities_of_its_own_is_left_alone() {
    let event = "<Event><System><Provider Name='&a;'/><EventID>474</EventID></System></Event>";
    check(event, &[]);
    check(&format!("<!DOCTYPE x [<!ENTITY a 'b'>]>\n{event}"), &[]);
}

#[test]
fn output_of_powershell_is_read_as_table_and_as_list() {
    let table = "\n   ProviderName: MSExchangeIS\n\nTimeCreated                     Id LevelDisplayName Message\n-----------                     -- ---------------- -------\n\
                 11/20/2021 3:04:05 PM         9518 Error            Error 0xfffffb4a starting storage...\n\
                 11/20/2021 3:03:05 PM          445 Warning          The database file has reached its\n                                                    limit.";
    check(table, &[(9518, "MSExchangeIS", "Error 0xfffffb4a starting storage..."), (445, "MSExchangeIS", "The database file has reached its\nlimit.")]);
    let old = "   Index Time          EntryType   Source                 InstanceID Message\n   ----- ----          ---------   ------                 ---------- -------\n   \
               12345 Mar 04 10:11  Error       MSExchangeSA           3221226477 Unexpected error occurred.";
    check(old, &[(1005, "MSExchangeSA", "Unexpected error occurred.")]);
    assert_eq!(
        proposals(old).into_iter().flat_map(|proposal| proposal.remarks).collect::<Vec<_>>(),
        ["The id 1005 is the lower part of the instance id 3221226477."]
    );
    let list = "Index         : 7\nInstanceId    : 3221226477\nMessage       : Unexpected error.\n                Second line.\n\n                Third.\nSource        : MSExchangeSA\n\n\
                ProviderName : ESE\nId           : 474\nMessage      : Bad page.";
    check(list, &[(1005, "MSExchangeSA", "Unexpected error.\nSecond line.\n\nThird."), (474, "ESE", "Bad page.")]);
}

#[test]
fn rows_are_read_with_and_without_column_names() {
    for paste in [
        "12/10/1999\t9:15:22 AM\tMSExchangeSA\tError\tGeneral\t2037\tN/A\tEX01\tThe file version of x.dll is not current.",
        "12/10/99 9:15:22 AM MSExchangeSA Error General 2037 N/A EX01 The file version of x.dll is not current.",
        "Error\t3/4/2021 10:11:12 AM\tMSExchangeSA\t2037\tNone\tThe file version of x.dll is not current.",
        "Level,Date and Time,Source,Event ID,Task Category\nError,3/4/2021 10:11:12 AM,MSExchangeSA,2037,None,\"The file version of x.dll is not current.\"",
        "Date;Time;Source;Severity;Category;Event;User;Computer;Description\n4.3.99;10:11:12;MSExchangeSA;Error;None;2037;N/A;EX01;The file version of x.dll is not current.",
    ] {
        check(paste, &[OLD_DLL]);
    }
    let quoted = "Level,Date and Time,Source,Event ID,Task Category\nError,3/4/2021 1:2:3 AM,ESE,474,None,\"Bad \"\"page\"\",\nsecond line.\"\nError,3/4/2021 1:2:3 AM,ESE,475,None,Next.";
    check(quoted, &[(474, "ESE", "Bad \"page\",\nsecond line."), (475, "ESE", "Next.")]);
}

#[test]
fn mentioned_events_are_read_and_other_numbers_are_not() {
    check(
        "It logs event 2037 from MSExchangeSA and Event ID 9175 (MSExchangeSA), then MSExchangeIS event 1005.",
        &[(2037, "MSExchangeSA", ""), (9175, "MSExchangeSA", ""), (1005, "MSExchangeIS", "")],
    );
    check("2037 MSExchangeSA", &[(2037, "MSExchangeSA", "")]);
    check("Event ID 1097, Event ID 2124, or Event ID 2171 may appear.", &[(1097, "", ""), (2124, "", ""), (2171, "", "")]);
    for paste in
        ["The event is in room 2037.", "Our summer event 2026 was fine.", "Event 2026: the big party", "event 3.5 of the plan", "There were 2037 events."]
    {
        check(paste, &[]);
    }
    check("Event ID: 2037\nSource: MSExchangeSA\nDescription: Old.\n\nWe see event 2037 every day.", &[(2037, "MSExchangeSA", "Old.")]);
}

#[test]
fn many_records_are_capped_and_repeated_ones_are_one() {
    let many: String = (0..300).map(|id| format!("Event ID: {id}\nSource: ESE\n")).collect();
    let reading = read(&many, &Ladders::default());
    assert_eq!(
        (reading.proposals.len(), reading.cut),
        (MOST_EVENTS, vec!["Only the first 200 different events are shown; 100 more were left out.".to_owned()])
    );
    let same = "Event ID: 5\nSource: ESE\nDescription: Bad.\n".repeat(3);
    assert_eq!(proposals(&same).into_iter().map(|proposal| proposal.remarks).collect::<Vec<_>>(), [["It occurs 3 times; its first record is shown."]]);
}
