use super::tests::{exchange, windows as small_windows};
use super::*;

fn windows() -> Ladder {
    Ladder::from_csv(WINDOWS, "Windows", include_str!("../../../trees/ladders/windows.csv")).unwrap()
}

#[test]
fn visitors_words_are_found() {
    let exchange = exchange();
    for (typed, level) in [
        ("5.5 SP3", "5.5 SP3"),
        ("5.5sp3", "5.5 SP3"),
        ("Exchange Server 5.5 Service Pack 3", "5.5 SP3"),
        ("Microsoft Exchange 5.5, Enterprise Edition, SP 3", "5.5 SP3"),
        ("5.0", "5.0"),
        ("exchange server 5.0", "5.0"),
        ("5.0 rtm", "5.0 RTM"),
        ("2019 CU13 Oct23SU", "2019 CU13 Oct23SU"),
        ("Exchange Server 2019 Cumulative Update 14", "2019 CU14"),
        ("Exchange Server Subscription Edition", "SE"),
        ("Exchange 2010 SP3 Update Rollup 32", "2010 SP3 RU32"),
        ("2000 post-SP3 Sep03", "2000 post-SP3 Sep03"),
    ] {
        assert_eq!(exchange.find(typed), Ok(Found::Level(level.to_owned())), "{typed}");
    }
    for (typed, build) in [
        ("5.5.2653.23", "5.5.2653.23"),
        ("Version 15.2 (Build 1118.7)", "15.2.1118.7"),
        ("Version 5.5 (Build 2653.23: Service Pack 4)", "5.5.2653.23"),
        ("15.02.1118.007", "15.2.1118.7"),
        ("Build 5.5.2653", "5.5.2653"),
    ] {
        assert_eq!(exchange.find(typed), Ok(Found::Build(build.to_owned())), "{typed}");
    }
    let windows = small_windows();
    for (typed, level) in [
        ("Windows NT 4.0 SP4", "NT 4.0 SP4"),
        ("Windows Server 2003", "Server 2003"),
        ("Windows 2000 Advanced Server Service Pack 1", "2000 SP1"),
        ("nt4.0sp3", "NT 4.0 SP3"),
    ] {
        assert_eq!(windows.find(typed), Ok(Found::Level(level.to_owned())), "{typed}");
    }
}

#[test]
fn what_is_not_found_gets_the_nearest_levels() {
    let error = exchange().find("5.5 SP5").unwrap_err();
    assert_eq!(error.nearest.len(), 3);
    assert!(error.nearest.iter().all(|name| name.starts_with("5.5 SP")), "{error:?}");
    assert!(error.message.contains("5.5 SP5") && error.message.contains("Did you mean"), "{error}");
    let error = exchange().find("a mainframe of some kind").unwrap_err();
    assert!(error.nearest.is_empty() && error.message.contains("Write it as \"4.0 SP1\""), "{error}");
    assert!(exchange().find("").is_err());
    assert!(exchange().find(&"5.5 ".repeat(1000)).is_err());
}

#[test]
fn short_names_of_products_are_found() {
    let windows = windows();
    for (typed, level) in [
        ("NT4", "NT 4.0"),
        ("NT 4", "NT 4.0"),
        ("NT4 SP6a", "NT 4.0 SP6a"),
        ("WinNT4 SP6", "NT 4.0 SP6"),
        ("Windows NT4.0 Service Pack 6a", "NT 4.0 SP6a"),
        ("NT 3.51 SP5", "NT 3.51 SP5"),
        ("W2K", "2000"),
        ("W2K SP4", "2000 SP4"),
        ("Win2000", "2000"),
        ("win2k sp3", "2000 SP3"),
        ("Windows 2000 Server, SP 4", "2000 SP4"),
        ("W2K3 SP2", "Server 2003 SP2"),
        ("Server 2003 R2", "Server 2003 SP1"),
        ("2003 R2 SP2", "Server 2003 SP2"),
        ("Windows Server\u{ae} 2003 R2, Standard Edition, Service Pack 2", "Server 2003 SP2"),
        ("W2K8 R2 SP1", "Server 2008 R2 SP1"),
        ("Windows Server 2012 R2", "Server 2012 R2"),
        ("W2K19", "Server 2019"),
        ("WS2022", "Server 2022"),
        ("Windows Server 2003 R2 x64 Edition SP2", "Server 2003 SP2"),
        ("WinXP SP3", "XP SP3"),
        ("Win7 SP1", "7 SP1"),
        ("Windows 10 22H2", "10 22H2"),
        ("w10", "10"),
    ] {
        assert_eq!(windows.find(typed), Ok(Found::Level(level.to_owned())), "{typed}");
    }
    let exchange = exchange();
    for (typed, level) in [
        ("E2K7 SP3", "2007 SP3"),
        ("E2K", "2000"),
        ("E2K3 SP2", "2003 SP2"),
        ("Ex2010 SP3 RU32", "2010 SP3 RU32"),
        ("Exchange2010 SP3 Rollup 32", "2010 SP3 RU32"),
        ("Exch 5.5 SP4", "5.5 SP4"),
        ("Ex5.5sp4", "5.5 SP4"),
        ("Exchange v5.5 SP4.", "5.5 SP4"),
        ("Exchange 4 SP5", "4.0 SP5"),
        ("Exchange 2019 CU14 Aug26SU", "2019 CU14 Aug26SU"),
        ("Exchange Server 2019 CU14 + August 2026 SU", "2019 CU14 Aug26SU"),
        ("E2019 Cumulative Update 14 Aug 2026 Security Update", "2019 CU14 Aug26SU"),
        ("EX2016 CU23 Nov24SUv2", "2016 CU23 Nov24SUv2"),
        ("Exchange SE RTM Aug26SU", "SE RTM Aug26SU"),
    ] {
        assert_eq!(exchange.find(typed), Ok(Found::Level(level.to_owned())), "{typed}");
    }
}

#[test]
fn articles_name_levels_where_they_are_about_one() {
    let exchange = exchange();
    for (typed, level) in [
        ("2016 CU23 (KB5121576)", "2016 CU23 Aug26SU"),
        ("KB5121573", "SE RTM Aug26SU"),
        ("kb 5121573", "SE RTM Aug26SU"),
        ("Exchange SE, KB5121573", "SE RTM Aug26SU"),
        ("Exchange 2019 (KB5121575)", "2019 CU14 Aug26SU"),
        ("2016 CU23 KB5011155", "2016 CU23"),
        ("2019 CU13 Oct23SU (KB5030877)", "2019 CU13 Oct23SU"),
        ("2019 CU13 (KB5030877)", "2019 CU13 Oct23SU"),
    ] {
        assert_eq!(exchange.find(typed), Ok(Found::Level(level.to_owned())), "{typed}");
    }
    assert_eq!(exchange.find("15.1.2507.72 (KB5121576)"), Ok(Found::Build("15.1.2507.72".to_owned())));
    for (typed, part) in [
        ("2016 CU23 (KB5121573)", "KB5121573 is SE RTM Aug26SU"),
        ("KB5030877", "KB5030877 is 2016 CU23 Oct23SU, 2019 CU12 Oct23SU, 2019 CU13 Oct23SU"),
        ("2019 KB5030877", "KB5030877 is 2019 CU12 Oct23SU, 2019 CU13 Oct23SU"),
        ("a printer KB5121573", "\"a printer\" is no version"),
        ("2016 CU23 (KB9999999)", "KB9999999 is no update of Exchange Server"),
    ] {
        let error = exchange.find(typed).unwrap_err();
        assert!(error.message.contains(part), "{typed}: {error}");
    }
}

#[test]
fn nothing_is_found_that_is_not_meant() {
    for typed in [
        "",
        "5",
        "E5",
        "exchange",
        "NT4",
        "W2K SP4",
        "Win2000",
        "2003 R2 SP2",
        "SP3",
        "5.5 SP3+",
        "5.5 > SP3",
        "2K SP9",
        "E2K73",
        "E",
        "CU14",
        "KB",
        "KB12",
        "2019 CU14 Aug",
        "2019 Aug26SU",
        "4.5",
        "40 SP5",
        "20",
        "2 k 7 k",
        "5.5 SP3 or SP4",
        "older than 5.5",
        "2019 CU1 4",
    ] {
        if let Ok(found) = exchange().find(typed) {
            panic!("{typed} is taken for {found:?}");
        }
    }
    for typed in ["", "NT", "4", "40", "NT5", "E2K7", "SP4", "2003 R2 SP9", "R2", "W", "win", "2008 R3", "NT 4.1", "W2K25H2", "Exchange 2000", "10.0"] {
        if let Ok(found) = windows().find(typed) {
            panic!("{typed} is taken for {found:?}");
        }
    }
}
