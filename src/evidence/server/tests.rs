use std::sync::Arc;

use super::super::Item;
use super::super::paste::Lines;
use super::*;
use crate::tree::fact::Row;
use crate::tree::ladder::tests::{exchange, windows};

fn shipped() -> Ladders {
    Ladders::new([Arc::new(exchange()), Arc::new(windows())])
}

fn rows(text: &str) -> Vec<Row> {
    let mut cut = Vec::new();
    let proposals = read(&mut Lines::of(text), &shipped(), &mut cut);
    assert_eq!(cut, [] as [&str; 0]);
    proposals.into_iter().filter_map(|proposal| if let Item::Server(row) = proposal.item { Some(*row) } else { None }).collect()
}

/// Name and level, or build where there is no level.
fn read_as(text: &str) -> Vec<String> {
    rows(text).into_iter().map(|row| format!("{} {}", row.name.unwrap_or_default(), row.level.or(row.build).unwrap_or_default())).collect()
}

#[test]
fn delimited_lists_are_read_with_and_without_headings() {
    for text in [
        "EX01,5.0,1,IMS\nEX02,5.0,none,\nEX03,5.0,SP2,",
        "Server;Version;Service Pack\nEX01;5.0;1\nEX02;5.0;0\nEX03;5.0;SP 2",
        "Name\tSP\tVersion\r\nEX01\tService Pack 1\t5.0\r\nEX02\t-\t5.0\r\nEX03\tsp2\t5.0\r\n",
        "EX01 5.0 SP1\n\nEX02 5.0 RTM\nEX03 5.0 SP2\n",
        "\"EX01\",\"5.0\",\"1\"\n\"EX02\",\"5.0\",\"none\"\n\"EX03\",\"5.0\",\"2\"",
        "EX01: 5.0 SP1, EX02: 5.0 RTM; EX03 = 5.0 SP2",
        "- EX01 runs Exchange Server 5.0 Service Pack 1\n- EX02 - 5.0 (no SP)\n3. EX03 has Exchange 5.0 SP2.",
    ] {
        assert_eq!(read_as(text), ["EX01 5.0 SP1", "EX02 5.0 RTM", "EX03 5.0 SP2"], "{text}");
    }
}

#[test]
fn output_of_powershell_is_read_in_every_format() {
    let builds = ["EX01 15.2.1118.7", "EX02 15.1.2507.6"];
    for text in [
        "Name  AdminDisplayVersion             Edition    ServerRole\n----  -------------------             -------    ----------\nEX01  Version 15.2 (Build 1118.7)     Enterprise Mailbox\nEX02  Version 15.1 (Build 2507.6)     Standard   Mailbox, ClientAccess\n",
        "Name                : EX01\nAdminDisplayVersion : Version 15.2 (Build 1118.7)\nSite                : example.org/Configuration/Sites/NORTH\n\nName                : EX02\nAdminDisplayVersion : Version 15.1 (Build 2507.6)\n",
        "#TYPE Microsoft.Exchange.Data.Directory.Management.ExchangeServer\n\"Name\",\"AdminDisplayVersion\"\n\"EX01\",\"Version 15.2 (Build 1118.7)\"\n\"EX02\",\"Version 15.1 (Build 2507.6)\"",
    ] {
        assert_eq!(read_as(text), builds, "{text}");
    }
    let first = rows("Name Site Edition AdminDisplayVersion\n---- ---- ------- -------------------\nEX01 a/b/NORTH Enterprise Version 15.2 (Build 1118.7)");
    assert_eq!(first.first().and_then(|row| row.site.as_deref()), Some("NORTH"));
}

#[test]
fn the_file_counts_before_what_the_directory_shows() {
    let display = "Name AdminDisplayVersion\n---- -------------------\nEX01 Version 15.2 (Build 1118.7)\n\n";
    let file = "Name FileVersion\n---- -----------\nEX01 15.02.1118.040\n\n";
    for text in [format!("{display}{file}"), format!("{file}{display}")] {
        let proposals = read(&mut Lines::of(&text), &shipped(), &mut Vec::new());
        let [Proposal { item: Item::Server(row), remarks, .. }] = proposals.as_slice() else { unreachable!("{proposals:?}") };
        assert_eq!(row.build.as_deref(), Some("15.2.1118.40"));
        assert!(remarks.iter().any(|remark| remark.contains("15.2.1118.7") && remark.contains("The file counts")), "{remarks:?}");
    }
}

#[test]
fn systems_roles_and_sentences_are_read() {
    let row = rows("EX01, EX02 and EX03: Exchange 5.5 SP4 on NT 4.0 SP4 bridgehead").pop().unwrap();
    assert_eq!((row.name.as_deref(), row.level.as_deref(), row.os.as_deref()), (Some("EX03"), Some("5.5 SP4"), Some("NT 4.0 SP4")));
    assert_eq!(row.roles.stated, ["bridgehead"]);
    assert_eq!(read_as("Yesterday we added EX03, which runs Exchange 5.0 SP2, to the site."), ["EX03 5.0 SP2"]);
}

#[test]
fn what_is_no_server_is_not_read() {
    for text in [
        "Exchange 5.5 SP3",
        "The update 5.5 SP3 is installed",
        "Room 2037",
        "TOTAL 5.5",
        "milk 2\nbread 3",
        "Error 5.0 occurred",
        "On 2019-04-01 the server stopped",
        "Meeting 2019",
        "we upgraded 5.5 SP3 last week",
        "",
    ] {
        assert_eq!(read_as(text), [] as [&str; 0], "{text}");
    }
}

#[test]
fn what_is_guessed_or_not_known_is_said() {
    let remarks = |text: &str| read(&mut Lines::of(text), &shipped(), &mut Vec::new()).into_iter().flat_map(|proposal| proposal.remarks).collect::<Vec<_>>();
    assert_eq!(remarks("EX01 5.0"), ["No service pack is named: RTM?"]);
    assert_eq!(remarks("EX01 2019"), [] as [&str; 0]);
    assert_eq!(remarks("Name,Version\nEX01,5.0 SP77"), ["\u{201c}5.0 SP77\u{201d} is no version that we know."]);
}

#[test]
fn more_servers_than_a_diagnosis_holds_are_left_out_and_said() {
    let text: String = (0..502).map(|number| format!("EX{number:03},5.5,4,\n")).collect();
    let mut cut = Vec::new();
    let servers = read(&mut Lines::of(&text), &shipped(), &mut cut);
    assert_eq!((servers.len(), cut), (500, vec!["2 servers were left out: 500 is the limit.".to_owned()]));
}
