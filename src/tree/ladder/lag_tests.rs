use super::tests::{exchange, windows};
use super::*;

fn place(ladder: &Ladder, level: &str) -> Place {
    let (family, level) = level.split_once(' ').unwrap();
    ladder.place(family, level).unwrap_or_else(|| panic!("{family} {level}"))
}

#[test]
fn lines_that_security_updates_pass_over_have_ended() {
    let ladder = exchange();
    for (level, is_behind, has_ended) in [
        ("2019 CU15 Aug26SU", false, false),
        ("2019 CU15 Jul26SU", true, false),
        ("2019 CU14 Aug26SU", false, false),
        ("2019 CU14", true, false),
        ("2019 CU13 Nov24SUv2", true, true),
        ("2019 CU12", true, true),
        ("2016 CU23 Aug26SU", false, false),
        ("2016 CU23 Sep25HU", true, false),
        ("2016 CU22 Nov22SU", true, true),
        ("SE RTM", true, false),
        ("SE RTM Aug26SU", false, false),
        ("2013 CU23 Mar23SU", false, false),
        ("2013 CU22 Mar21SU", true, true),
        ("2010 SP3 RU32", false, false),
        ("2010 SP2 RU8", false, false),
        ("2010 SP2 RU7", true, false),
        ("2003 SP2", true, false),
        ("2003 post-SP2 Aug08", false, false),
        ("5.0 RTM", true, false),
        ("5.0 SP2", false, false),
    ] {
        let place = place(&ladder, level);
        assert_eq!((ladder.is_behind(place), ladder.is_on_ended_line(place)), (is_behind, has_ended), "{level}");
    }
    assert!(ladder.has_security_updates() && !windows().has_security_updates());
}

#[test]
fn families_that_security_updates_pass_over_have_ended() {
    let ladder = exchange();
    for (level, has_ended) in
        [("5.5 SP4", true), ("2010 SP3 RU32", true), ("2013 CU23 Mar23SU", true), ("2016 CU22", false), ("2019 CU15", false), ("SE RTM", false)]
    {
        assert_eq!(ladder.is_in_ended_family(place(&ladder, level)), has_ended, "{level}");
    }
    let later =
        Ladder::from_csv("exchange", "Exchange Server", &format!("{}SE,updates,RTM,Oct26SU,RTM Oct26SU,15.2.2562.48,2026-10-13,\n", ladder.to_csv())).unwrap();
    assert!(later.is_in_ended_family(place(&later, "2019 CU15 Aug26SU")), "the next update came for another family only");
    assert!(!windows().is_in_ended_family(Place { family: 0, slot: Slot::At(0) }), "no security updates at all");
}

#[test]
fn days_and_months_compare_and_a_second_edition_ends_nothing() {
    let table = |rows: &[(&str, &str, &str)]| {
        let lines = rows.iter().map(|(line, update, day)| format!("1,updates,{line},{update},{line} {update},,{day},\n"));
        Ladder::from_csv("x", "X", &format!("family,kind,line,update,level,build,released,kb\n{}", lines.collect::<String>())).unwrap()
    };
    let ended = |ladder: &Ladder| ladder.is_on_ended_line(Place { family: 0, slot: Slot::At(0) });
    assert!(ended(&table(&[("CU1", "Jan", "2026-01-31"), ("CU2", "FebSU", "2026-02-01")])));
    assert!(!ended(&table(&[("CU1", "FebSU", "2026-02-01"), ("CU2", "FebSU", "2026-02-01")])), "on the same day");
    assert!(!ended(&table(&[("CU1", "Feb", "2026-02"), ("CU2", "FebSU", "2026-02-20")])), "perhaps later in the same month");
    assert!(ended(&table(&[("CU1", "Jan", "2026-01"), ("CU2", "FebSU", "2026-02")])));
    assert!(!ended(&table(&[("CU1", "FebSU", "2026-02-01"), ("CU2", "FebSU", "2026-02-01"), ("CU2", "FebSUv2", "2026-02-09")])));
    assert!(!ended(&table(&[("CU1", "", "2026-01-31"), ("CU2", "", "2026-02-01")])), "no security update at all");
}

#[test]
fn the_ladder_knows_its_own_date() {
    let ladder = exchange();
    assert_eq!(ladder.newest_date(None), Some("2026-08-11"));
    assert_eq!(ladder.newest_date(Some("2013")), Some("2023-03-14"));
    assert_eq!(ladder.newest_date(Some("2007")), Some("2017-03-21"));
    assert_eq!(ladder.newest_date(Some("12")), None);
    assert_eq!(
        (day_in_words("2026-08-11").as_str(), day_in_words("2003-09").as_str(), day_in_words("soon").as_str()),
        ("11 August 2026", "September 2003", "soon")
    );
}

#[test]
fn a_machine_is_told_what_it_runs_and_what_it_lacks() {
    let ladder = exchange();
    for (level, build, words) in [
        ("2019 CU14 Jul26SU", "", "EX01 runs 2019 CU14 Jul26SU (15.2.1544.43); CU14 Aug26SU has been out since 11 August 2026 (KB5121575)"),
        ("", "15.02.1544.043", "EX01 runs 2019 CU14 Jul26SU (15.02.1544.043); CU14 Aug26SU has been out since 11 August 2026 (KB5121575)"),
        (
            "2019 CU14 Feb26SU",
            "",
            "EX01 runs 2019 CU14 Feb26SU (15.2.1544.39), behind since 9 June 2026; CU14 Aug26SU has been out since 11 August 2026 (KB5121575)",
        ),
        (
            "2019 CU12 Nov23SU",
            "",
            "EX01 runs 2019 CU12 Nov23SU (15.2.1118.40), behind since 12 March 2024; 2019 CU12 has had no update since 14 November 2023, CU15 Aug26SU has been out since 11 August 2026 (KB5121574)",
        ),
        (
            "2016 CU22",
            "",
            "EX01 runs 2016 CU22 (15.1.2375.7), behind since 12 October 2021; 2016 CU22 has had no update since 8 November 2022, CU23 Aug26SU has been out since 11 August 2026 (KB5121576)",
        ),
        ("2019 CU14 Aug26SU", "", "EX01 runs 2019 CU14 Aug26SU (15.2.1544.44), the newest of 2019 CU14 in the table"),
        ("SE RTM Aug26SU", "", "EX01 runs SE RTM Aug26SU (15.2.2562.46), the newest of SE in the table"),
        ("5.5 SP4", "", "EX01 runs 5.5 SP4 (5.5.2653), the newest of 5.5 in the table"),
        ("5.5 SP3", "", "EX01 runs 5.5 SP3 (5.5.2650); SP4 has been out since 1 November 2000"),
        ("2000 SP3", "", "EX01 runs 2000 SP3 (6.0.6249), behind since September 2003; post-SP3 Aug08 has been out since August 2008"),
        ("", "15.2.2562.99", "EX01 runs SE, newer than the table knows (15.2.2562.99)"),
        ("", "15.1.1.1", "EX01 runs 2016, older than the table knows (15.1.1.1)"),
        ("2019", "", "EX01 runs 2019, exact level not known"),
        (
            "",
            "15.2.1544.40",
            "EX01 runs 2019 CU14 Feb26SU or 2019 CU14 Jun26SU (15.2.1544.40), exact level not known; CU14 Aug26SU has been out since 11 August 2026 (KB5121575)",
        ),
        ("", "15.2.1544.50", "EX01 runs 2019 CU14 Aug26SU or 2019 CU15 (15.2.1544.50), exact level not known"),
        ("", "15.2.2000.1", "EX01 runs something from 2019 CU15 Aug26SU to SE RTM (15.2.2000.1), exact level not known"),
        ("", "99.1.2.3", "EX01: level not known, and build 99.1.2.3 is in no family of the table"),
        ("", "", "EX01: level not known"),
    ] {
        let said = |text: &'static str| (!text.is_empty()).then_some(text);
        let standing = ladder.standing(said(level), said(build), true);
        assert_eq!(ladder.in_words("EX01", &standing, said(build)), words);
    }
}
