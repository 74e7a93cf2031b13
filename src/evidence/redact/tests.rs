use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::tree::fact::Source;

static LADDER: LazyLock<Ladder> =
    LazyLock::new(|| Ladder::from_csv("exchange", "Microsoft Exchange", include_str!("../../../trees/ladders/exchange.csv")).unwrap());

fn said(key: &str, value: Value, line: Option<&str>) -> Statement {
    Statement { key: FactKey::within("t", key), value: Some(value), source: Source::Pasted, line: line.map(str::to_owned) }
}

fn machines(names: &[&str]) -> Statement {
    let rows = names.iter().map(|name| Row { name: Some((*name).to_owned()), ..Row::default() }).collect();
    said("servers", Value::Rows(Rows { rows, more: false }), None)
}

fn message(text: &str) -> Statement {
    said("text", Value::Messages(vec![text.to_owned()]), None)
}

/// The text after redaction in a diagnosis that has these servers and just this text.
fn redacted(servers: &[&str], text: &str) -> String {
    let statements = [machines(servers), message(text)];
    Redactor::of(&statements, [&*LADDER]).text(text)
}

/// What is shown for each text, in a diagnosis with the servers EX01, london, MAIL and SMTP. `=` means that nothing changes.
const SAMPLES: &[(&str, &str)] = &[
    // Servers, in every form.
    ("The store on EX01 is stopped.", "The store on SERVER-1 is stopped."),
    ("the store on ex01 is stopped", "the store on SERVER-1 is stopped"),
    (r"\\EX01\Add-ins is not there", r"\\SERVER-1\Add-ins is not there"),
    (r"net view \\ex01", r"net view \\SERVER-1"),
    ("EX01's queue grows", "SERVER-1's queue grows"),
    ("ex01.corp.contoso.com does not answer", "SERVER-1 does not answer"),
    ("EX01.contoso.local:25", "SERVER-1:25"),
    ("EX01, LONDON and London", "SERVER-1, SERVER-2 and SERVER-2"),
    ("EX011 is another machine", "="),
    ("EX01$ could not log on", "SERVER-1$ could not log on"),
    ("EX01_Store.log", "SERVER-1_Store.log"),
    ("<Computer>HUB7</Computer>", "<Computer>SERVER-5</Computer>"),
    ("Computer: HUB7\nHUB7 restarted", "Computer: SERVER-5\nSERVER-5 restarted"),
    ("MachineName : HUB7", "MachineName : SERVER-5"),
    ("the connection to server HUB7 was lost", "the connection to server SERVER-5 was lost"),
    ("server \"PARIS\" cannot be reached", "server \"SERVER-5\" cannot be reached"),
    (r"\\FILESRV\public\setup.exe, FILESRV", r"\\SERVER-5\public\setup.exe, SERVER-5"),
    ("http://owa.contoso.com/exchange/", "http://SERVER-5/exchange/"),
    ("dc1.contoso.com and dc2.contoso.com", "SERVER-5 and SERVER-6"),
    ("the domain contoso.com", "the domain DOMAIN-1"),
    // Servers that are called like everyday words.
    ("The mail could not be delivered by SMTP.", "="),
    (r"\\MAIL\queue", r"\\SERVER-3\queue"),
    ("mail.contoso.com refused the mail", "SERVER-3 refused the mail"),
    ("Computer: SMTP", "Computer: SERVER-4"),
    ("The mail stays on server MAIL.", "The mail stays on server SERVER-3."),
    ("Extension 'SMTP' could not be loaded.", "="),
    // Accounts.
    (r"CONTOSO\jdoe has no rights", r"DOMAIN-1\ACCOUNT-1 has no rights"),
    ("User: CONTOSO\\jdoe\njdoe again", "User: DOMAIN-1\\ACCOUNT-1\nACCOUNT-1 again"),
    (r"CONTOSO\EX02$ failed", r"DOMAIN-1\SERVER-5$ failed"),
    (r"EX01\Administrator", r"SERVER-1\Administrator"),
    (r"NT AUTHORITY\SYSTEM", "="),
    (r"BUILTIN\Administrators", "="),
    ("runs as LocalSystem", "="),
    ("User: N/A", "="),
    ("User name: jdoe", "User name: ACCOUNT-1"),
    ("mailbox \"John Doe\" is full; John Doe wrote", "mailbox \"ACCOUNT-1\" is full; ACCOUNT-1 wrote"),
    // Addresses.
    ("to john.doe@contoso.com.", "to ADDRESS-1."),
    ("<a@b.com> and A@B.COM", "<ADDRESS-1> and ADDRESS-1"),
    ("jdoe@contoso.com; jdoe", "ADDRESS-1; ACCOUNT-1"),
    ("IMCEAEX-_O=CONTOSO_OU=X_CN=RECIPIENTS_CN=JDOE@contoso.com", "ADDRESS-1"),
    ("c=US;a= ;p=Contoso;o=North;s=Doe;g=John; was refused", "ADDRESS-1 was refused"),
    ("/o=Contoso/ou=North/cn=Recipients/cn=jdoe was not found", "/o=ORGANISATION-1/ou=SITE-1/cn=Recipients/cn=ACCOUNT-1 was not found"),
    (
        "/o=Contoso/ou=North/cn=Configuration/cn=Servers/cn=EX01/cn=Microsoft MTA",
        "/o=ORGANISATION-1/ou=SITE-1/cn=Configuration/cn=Servers/cn=SERVER-1/cn=Microsoft MTA",
    ),
    ("CN=EX09,CN=Servers,DC=contoso,DC=com", "CN=SERVER-5,CN=Servers,DC=DOMAIN-1"),
    // Networks.
    ("from 10.1.2.3 to 10.1.2.4, then 10.1.2.3", "from IP-1 to IP-2, then IP-1"),
    ("[192.168.0.12]:25", "[IP-1]:25"),
    ("fe80::1ff:fe23:4567:890a%12", "IP-1%12"),
    ("00-0C-29-AB-CD-EF and 00:0c:29:ab:cd:ee", "MAC-1 and MAC-2"),
    ("127.0.0.1 and ::1", "="),
    // Versions are no addresses.
    ("Store.exe 5.5.2653.23", "="),
    ("version 5.5.1.2", "="),
    ("Version 8.3 (Build 83.6)", "="),
    ("8.3.106.2", "="),
    ("imcadmin.dll 4.0.1.7 is older", "="),
    ("build 10.0.0.5", "="),
    ("the file version is 14.1.2.3", "="),
    ("15.02.0005.003", "="),
    ("server 10.0.0.5", "server IP-1"),
    // Identifiers.
    ("S-1-5-21-1004336348-1177238915-682003330-512", "SID-1"),
    ("S-1-5-18 and S-1-5-32-544", "="),
    ("{6B29FC40-CA47-1067-B31D-00DD010662DA}", "{GUID-1}"),
    // Paths.
    (r"C:\Users\jdoe\AppData\x.pst", r"C:\Users\ACCOUNT-1\AppData\x.pst"),
    (r"C:\Documents and Settings\John Doe\Desktop", r"C:\Documents and Settings\ACCOUNT-1\Desktop"),
    (r"C:\Documents and Settings\All Users\Desktop", "="),
    ("/home/jdoe/mail", "/home/ACCOUNT-1/mail"),
    (r"C:\exchsrvr\bin\store.exe", "="),
    (r"exchsrvr\mdbdata", "="),
    (r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\MSExchangeIS\ParametersSystem", "="),
    // What must stay readable.
    ("Error -1018 (0xfffffc06) JET_errReadVerifyFailure, c1041724", "="),
    ("Event ID: 2037 Source: MSExchangeSA Category: General", "="),
    ("The Microsoft Exchange Information Store service terminated with service-specific error 4294966292.", "="),
    ("Unable to initialize the Microsoft Exchange Information Store service. Error 0x8004010f.", "="),
    ("Run ISINTEG -patch, then start MSExchangeIS. See http://support.microsoft.com/?id=185577 and Q185577.", "="),
    ("5.0 SP2, 5.5 SP4, 2016 CU23 Aug26SU at 12:34:56 on 22.11.2026", "="),
    ("Get-ExchangeServer | Format-Table Name, AdminDisplayVersion", "="),
    ("The message transfer agent (MTA) failed to bind [EFFE 10 9 1 2] (14)", "="),
    ("System.Net.Sockets.SocketException: Microsoft.Exchange.Data.dll", "="),
];

#[test]
fn names_are_replaced_and_everything_else_stays() {
    assert!(SAMPLES.len() >= 60);
    let shown = SAMPLES.iter().map(|(text, expected)| (redacted(&["EX01", "london", "MAIL", "SMTP"], text), if *expected == "=" { text } else { expected }));
    let wrong: Vec<(String, &&str)> = shown.filter(|(shown, expected)| shown != *expected).collect();
    assert!(wrong.is_empty(), "shown and expected: {wrong:#?}");
}

#[test]
fn every_pattern_compiles() {
    assert!(shapes::ALL.iter().chain(&accounts::ALL).all(|pattern| pattern.compiles()));
}

#[test]
fn redacting_twice_is_redacting_once() {
    for (text, _) in SAMPLES {
        let statements = [machines(&["EX01", "london", "MAIL", "SMTP"]), message(text)];
        let redactor = Redactor::of(&statements, [&*LADDER]);
        let once = redactor.text(text);
        assert_eq!(redactor.text(&once), once);
        let again: Vec<Statement> = statements.iter().map(|statement| redactor.statement(statement)).collect();
        let anew = Redactor::of(&again, [&*LADDER]);
        assert_eq!(again.iter().map(|statement| anew.statement(statement)).collect::<Vec<_>>(), again, "{text}");
    }
}

#[test]
fn a_machine_has_one_placeholder_in_every_fact() {
    let row = |name: &str, site: &str| Row { name: Some(name.to_owned()), site: Some(site.to_owned()), level: Some("5.0 SP2".to_owned()), ..Row::default() };
    let event = Event { id: Some(2037), source: Some("MSExchangeSA".to_owned()), text: Some("EX01 could not reach ex02.contoso.com.".to_owned()) };
    let statements = [
        said("events", Value::Events(vec![event]), Some("2037 MSExchangeSA EX01")),
        said(
            "servers",
            Value::Rows(Rows { rows: vec![row("ex02", "North"), row("EX01", "north"), row("MAIL", "South")], more: true }),
            Some("ex02 5.0\nEX01,5.0\nMAIL 5.0 mail"),
        ),
        said("clients", Value::Rows(Rows { rows: vec![row("PC7", "North")], more: false }), None),
        said("admin", Value::Subject(Box::new(row("Ex01", "North"))), None),
    ];
    let redactor = Redactor::of(&statements, [&*LADDER]);
    let shown: Vec<Statement> = statements.iter().map(|statement| redactor.statement(statement)).collect();
    let whole = format!("{shown:?}");
    for name in ["EX01", "ex02", "Ex01", "North", "north", "South", "contoso", "MAIL", "PC7"] {
        assert!(!whole.contains(name), "{name}: {whole}");
    }
    let names = |at: usize| rows_of(&shown[at]).iter().map(|row| (row.name.clone().unwrap(), row.site.clone().unwrap())).collect::<Vec<_>>();
    let pair = |name: &str, site: &str| (name.to_owned(), site.to_owned());
    assert_eq!(names(1), [pair("SERVER-1", "SITE-1"), pair("SERVER-2", "SITE-1"), pair("SERVER-3", "SITE-2")]);
    assert_eq!((names(2), names(3)), (vec![pair("CLIENT-1", "SITE-1")], vec![pair("SERVER-2", "SITE-1")]));
    assert_eq!(shown[1].line.as_deref(), Some("SERVER-1 5.0\nSERVER-2,5.0\nSERVER-3 5.0 mail"));
    assert!(whole.contains("SERVER-2 could not reach SERVER-1.") && whole.contains("2037") && whole.contains("MSExchangeSA") && whole.contains("5.0 SP2"));
}

#[test]
fn a_machine_that_is_called_like_a_placeholder_does_not_mix_with_another() {
    let text = "EX01 and SERVER-1";
    assert_eq!(redacted(&["EX01", "SERVER-1"], text), "SERVER-2 and SERVER-1");
}

#[test]
fn two_domains_may_have_a_machine_of_one_name() {
    assert_eq!(redacted(&["ex.a.com", "ex.b.com"], "ex.a.com, ex.b.com"), "SERVER-1, SERVER-2");
}

#[test]
fn hostile_text_takes_time_in_proportion() {
    let time = |text: &str| {
        let statements = [machines(&["a1b2 c3d4 e5f6 g7h8"]), message(text)];
        let before = std::time::Instant::now();
        let _ = Redactor::of(&statements, []).text(text);
        before.elapsed()
    };
    let pieces = [
        "a",
        "a@",
        "a.",
        "1.",
        ":",
        "\\\\a",
        "a\\b ",
        "/o=a/ou=b/cn=c",
        "c=a;a=b;",
        "\u{e4}@\u{e4}.de ",
        "a1b2 c3d4 ",
        "Computer: ",
        "-",
        "C:\\Users\\",
        "dc=a,",
        "user 'a",
        "User: Aa Bb ",
    ];
    for piece in pieces {
        let (small, large) = (piece.repeat(2 * 1024 / piece.len()), piece.repeat(16 * 1024 / piece.len()));
        let (small, large) = (time(&small), time(&large));
        // Eight times the text; four times that for a busy machine. Its square would be 64.
        assert!(large < small * 32 + std::time::Duration::from_millis(200), "{piece:?}: {small:?}, {large:?}");
    }
    let mixed = pieces.concat();
    assert!(time(&mixed.repeat(64 * 1024 / mixed.len())) < std::time::Duration::from_secs(60));
}

fn name() -> impl Strategy<Value = String> {
    "[A-Za-z]{2}[a-zA-Z0-9-]{1,8}[0-9]".prop_filter("no placeholder, level or code", |name| own_shape(name).is_none() && !everyday::is_everyday(name))
}

fn stands_in(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    text.match_indices(&name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_learned_name_is_left(names in prop::collection::vec(name(), 1..5), filler in "[ -~\n]{0,80}", frames in prop::collection::vec(0..9usize, 1..12)) {
        let mut text = filler.clone();
        for (at, frame) in frames.iter().enumerate() {
            let name = &names[at % names.len()];
            text.push_str(&match frame {
                0 => format!(" {name} "),
                1 => format!(" \\\\{name}\\share "),
                2 => format!(" {}.contoso.com ", name.to_lowercase()),
                3 => format!(" {}'s ", name.to_uppercase()),
                4 => format!("\nComputer: {name}\n"),
                5 => format!(" CONTOSO\\{name} "),
                6 => format!(" {name}@contoso.com "),
                7 => format!("/o=Org/ou=Site/cn=Servers/cn={name} "),
                _ => format!("({name}) {filler} "),
            });
        }
        let servers: Vec<&str> = names.iter().map(String::as_str).collect();
        let statements = [message(&text), machines(&servers)];
        let redactor = Redactor::of(&statements, []);
        let shown = redactor.text(&text);
        for name in &names {
            prop_assert!(!stands_in(&shown, name), "{name} in {shown}");
        }
        prop_assert_eq!(redactor.text(&shown), shown.clone());
        prop_assert_eq!(Redactor::of(&statements, []).text(&text), shown);
    }

    #[test]
    fn a_text_without_names_stays_as_it_is(words in prop::collection::vec(prop::sample::select(vec!["the", "store", "could", "not", "be", "started", "error", "-1018", "0x80040115", "c1041724", "5.5.2653.23", "MSExchangeIS", "2037", "\n", "\"MAPI\"", "store.exe", "SP2", "100%"]), 0..60)) {
        let text = words.join(" ");
        prop_assert_eq!(redacted(&["EX01"], &text), text);
    }

    #[test]
    fn nothing_that_is_pasted_stops_it(text in "\\PC{0,200}", name in "\\PC{0,20}") {
        let statements = [machines(&[&name]), message(&text)];
        let redactor = Redactor::of(&statements, []);
        let once = redactor.text(&text);
        prop_assert_eq!(once.lines().count(), text.lines().count());
    }
}
