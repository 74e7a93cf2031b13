use super::super::paste::Lines;
use super::*;

fn messages(text: &str) -> Vec<String> {
    let mut cut = Vec::new();
    let proposals = read(&mut Lines::of(text), &mut cut);
    assert_eq!(cut, [] as [&str; 0]);
    proposals.into_iter().filter_map(|proposal| if let Item::Message(text) = proposal.item { Some(text) } else { None }).collect()
}

const SMTP: &str = "Extension SMTP could not be loaded.\n\nAn error occurred during file replication.\n\nID no: c1030ad1";

#[test]
fn a_dialog_is_one_message_however_it_was_copied() {
    for text in [
        SMTP.to_owned(),
        format!("---------------------------\nMicrosoft Exchange Administrator\n---------------------------\n{SMTP}\n---------------------------\nOK   \n---------------------------\n")
            .replace("Microsoft Exchange Administrator\n", ""),
        SMTP.lines().map(|line| format!("> {line}\n")).collect(),
        format!("Hi all,\n\nsince Monday we see this:\n\n{SMTP}\n\nAny ideas?\n\nThanks\nThe messaging team\n"),
    ] {
        assert_eq!(messages(&text), [SMTP], "{text}");
    }
    assert_eq!(messages("Microsoft Exchange\nThe name could not be resolved."), ["Microsoft Exchange\nThe name could not be resolved."]);
}

#[test]
fn rules_and_buttons_around_a_message_are_understood() {
    let mut lines = Lines::of("Look at this:\n-----\nIt failed.\n-----\nOK\n-----\nBye then");
    read(&mut lines, &mut Vec::new());
    assert_eq!(lines.free(), [0..1, 6..7]);
}

#[test]
fn two_dialogs_are_two_messages() {
    let two = ["First error.\nID no: c1030ad1", "Second failure."];
    for text in [two.join("\nOK\n"), two.join("\n-or-\n"), two.join("\n\n")] {
        assert_eq!(messages(&text), two, "{text}");
    }
}

#[test]
fn what_people_write_is_no_message_but_what_they_quote_is() {
    for text in [
        "Hello everybody,",
        "We moved the mailboxes last week and my boss is not happy.",
        "milk, bread, 2 apples",
        "The meeting is in room 2037 at ten.",
        "Subject: not working",
        "Can anyone help?",
        "PS C:\\> Get-Error",
        "OK",
        "",
    ] {
        assert_eq!(messages(text), [] as [&str; 0], "{text}");
    }
    for text in ["Yesterday I got \"The server is not available.\" again", "I get this error: The server is not available."] {
        assert_eq!(messages(text), ["The server is not available."], "{text}");
    }
}

#[test]
fn the_time_before_a_line_of_a_log_is_no_part_of_it() {
    assert_eq!(messages("2026-11-20 10:31:02 ERROR The queue is full."), ["The queue is full."]);
    assert_eq!(messages("[3/14/2000 9:12:33 AM] Error 2140: An internal Windows..."), ["Error 2140: An internal Windows..."]);
    assert_eq!(messages("0x80004005\n-1018"), [] as [&str; 0]);
}

#[test]
fn a_message_longer_than_any_dialog_is_cut_and_says_so() {
    let proposals = read(&mut Lines::of(&"It failed again and again.\n".repeat(2_000)), &mut Vec::new());
    let [Proposal { item: Item::Message(text), remarks, .. }] = proposals.as_slice() else { unreachable!("{}", proposals.len()) };
    assert!(text.len() == MAX_MESSAGE && remarks.len() == 1);
}
