use super::*;

/// A small ladder of operating systems for tests.
pub(crate) fn windows() -> Ladder {
    let text = "family,kind,line,update,level,build,released,kb\n\
        NT 4.0,service_packs,RTM,,RTM,4.0.1381,1996-08,\n\
        NT 4.0,service_packs,SP3,,SP3,,1997-05,\n\
        NT 4.0,service_packs,SP4,,SP4,,1998-10,\n\
        2000,service_packs,RTM,,RTM,5.0.2195,2000-02-17,\n\
        2000,service_packs,SP1,,SP1,,2000-08,\n\
        Server 2003,service_packs,RTM,,RTM,5.2.3790,2003-04-24,\n";
    Ladder::from_csv(WINDOWS, "Windows", text).unwrap()
}

/// The shipped ladder of Exchange Server.
pub(crate) fn exchange() -> Ladder {
    Ladder::from_csv("exchange", "Exchange Server", include_str!("../../../trees/ladders/exchange.csv")).unwrap()
}

fn names(ladder: &Ladder, standing: &Standing) -> Vec<String> {
    standing
        .places()
        .iter()
        .map(|place| {
            let family = &ladder.families()[place.family];
            match place.slot {
                Slot::Older => format!("{} older", family.name),
                Slot::At(slot) => format!("{} {}", family.name, family.releases[slot].level),
                Slot::Newer => format!("{} newer", family.name),
            }
        })
        .collect()
}

fn stands(level: Option<&str>, build: Option<&str>, in_list: bool) -> Vec<String> {
    let ladder = exchange();
    names(&ladder, &ladder.standing(level, build, in_list))
}

#[test]
fn the_table_round_trips() {
    let text = include_str!("../../../trees/ladders/exchange.csv");
    assert_eq!(exchange().to_csv(), text);
    assert_eq!(exchange().families().len(), 11);
    assert_eq!(exchange().family("2003").unwrap().kind, FamilyKind::ServicePacks);
    assert_eq!(exchange().family("se").unwrap().kind, FamilyKind::Updates);
    assert_eq!(windows(), Ladder::from_csv(WINDOWS, "Windows", &windows().to_csv()).unwrap());
}

#[test]
fn mistakes_in_the_table_are_named_with_their_line() {
    let head = "family,kind,line,update,level,build,released,kb\n5.0,service_packs,RTM,,RTM,5.0.1457,1997-05-23,\n";
    for (line, expected) in [
        ("5.0,packs,SP1,,SP1,,,", "line 3: the kind is service_packs or updates"),
        ("5.0,updates,SP1,,SP1,,,", "line 3: family \"5.0\" is service_packs"),
        ("5.0,service_packs,RTM,,rtm,,,", "line 3: level \"rtm\""),
        ("5.0,service_packs,SP1,,,,,", "line 3: the level is missing"),
        ("5.0,service_packs,SP1,,SP1,x,,", "line 3: the build"),
        ("5.0,service_packs,SP1,,SP1,,May 1998,", "line 3: the release date"),
        (",service_packs,SP1,,SP1,,,", "line 3: the family"),
        ("5.0,service_packs,SP1", "line 3: 3 fields"),
        ("5.5,service_packs,,,RTM,,,\n5.0,service_packs,,,SP1,,,", "line 4: the levels of family \"5.0\" must stand together"),
    ] {
        let error = Ladder::from_csv("x", "X", &format!("{head}{line}\n")).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{line}: {error}");
    }
    let error = Ladder::from_csv("x", "X", "family,kind\n5.0,updates\n").unwrap_err().to_string();
    assert!(error.contains("missing field"), "{error}");
    assert!(Ladder::from_csv("x", "X", "").is_err());
}

#[test]
fn a_level_stands_in_one_place() {
    assert_eq!(stands(Some("5.0 SP2"), None, true), ["5.0 SP2"]);
    assert_eq!(stands(Some("5.0 sp2"), None, true), ["5.0 SP2"]);
    assert_eq!(stands(Some("2019 CU15 Aug26SU"), None, true), ["2019 CU15 Aug26SU"]);
    assert!(stands(Some("7.0 SP2"), None, true).is_empty());
    assert!(stands(None, None, true).is_empty());
}

#[test]
fn a_family_alone_is_the_first_release_in_lists_of_service_packs_only() {
    assert_eq!(stands(Some("5.0"), None, true), ["5.0 RTM"]);
    assert_eq!(stands(Some("5.0"), None, false), ["5.0 RTM", "5.0 SP1", "5.0 SP2", "5.0 newer"]);
    let se = stands(Some("SE"), None, true);
    assert_eq!((se.first().unwrap().as_str(), se.last().unwrap().as_str()), ("SE RTM", "SE newer"));
    assert_eq!(stands(Some("5.0 SP9"), None, false), ["5.0 RTM", "5.0 SP1", "5.0 SP2", "5.0 newer"], "an unknown level still names its family");
}

#[test]
fn builds_stand_where_they_are_possible() {
    assert_eq!(stands(None, Some("5.5.2653.23"), true), ["5.5 SP4"], "a three-part row equals every build that begins with it");
    assert_eq!(stands(None, Some("15.02.1118.007"), true), ["2019 CU12"], "leading zeros do not count");
    assert_eq!(stands(None, Some("5.5.2651.32"), true), ["5.5 SP3", "5.5 SP4"], "between two rows both are possible");
    assert_eq!(stands(None, Some("5.5.2654.1"), true), ["5.5 newer"]);
    assert_eq!(stands(None, Some("5.5.1900"), true), ["5.5 older"]);
    assert_eq!(stands(None, Some("6.5.7700"), true), ["2003 newer"], "above the highest build, wherever it stands");
    assert_eq!(stands(None, Some("6.5.7654.4"), true), ["2003 post-SP2 Aug08"]);
    assert_eq!(
        stands(None, Some("6.5.7654.1"), true),
        ["2003 SP1", "2003 SP2", "2003 post-SP2 Mar08", "2003 post-SP2 Aug08"],
        "where builds do not rise every possible row is covered"
    );
    assert_eq!(stands(None, Some("15.2.2000.1"), true), ["2019 CU15 Aug26SU", "2019 newer", "SE older", "SE RTM"]);
    assert_eq!(stands(None, Some("6.0.6620"), true), ["2000 post-SP3 Mar08", "2000 post-SP3 Aug08"], "a short build may be any row that begins with it");
    assert!(stands(None, Some("99.1.2.3"), true).is_empty());
    assert!(stands(None, Some("nonsense"), true).is_empty());
}

#[test]
fn level_and_build_are_one_value() {
    assert_eq!(stands(Some("5.5 SP3"), Some("5.5.2651.32"), true), ["5.5 SP3"]);
    assert_eq!(stands(Some("5.5"), Some("5.5.2653.23"), true), ["5.5 SP4"], "the build says more than the missing service pack");
    assert_eq!(stands(Some("5.5 SP1"), Some("5.5.2653.23"), true), ["5.5 SP1", "5.5 SP4"], "a contradiction leaves both");
}

#[test]
fn newer_than_known_is_above_every_level_of_its_family() {
    let ladder = exchange();
    let standing = ladder.standing(None, Some("5.5.2654.1"), true);
    assert!(standing.is_newer_than_known());
    let last = ladder.place("5.5", "SP4").unwrap();
    assert_eq!(standing.test(|place| place > last), Some(true));
    assert_eq!(standing.test_with(&standing, |here, there| here == there), None, "two machines beyond the ladder may differ");
}

#[test]
fn levels_come_in_ladder_order() {
    let ladder = exchange();
    let texts: Vec<String> = ladder.levels().map(|(_, text, _)| text).take(8).collect();
    assert_eq!(texts, ["4.0 RTM", "4.0 SP1", "4.0 SP2", "4.0 SP3", "4.0 SP4", "4.0 SP5", "5.0 RTM", "5.0 SP1"]);
    let ladders = Ladders::new([Arc::new(ladder)]);
    assert!(ladders.get("exchange").is_some() && ladders.get(WINDOWS).is_none());
}

#[test]
fn a_table_from_elsewhere_may_lack_the_kinds() {
    let shipped = exchange();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut reader = csv::Reader::from_reader(include_str!("../../../trees/ladders/exchange.csv").as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, cell)| cell.to_owned()).collect::<Vec<_>>();
    writer.write_record(cells(&reader.headers().unwrap().clone())).unwrap();
    for record in reader.records() {
        writer.write_record(cells(&record.unwrap())).unwrap();
    }
    let table = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    assert_eq!(Ladder::import_csv("exchange", "Exchange Server", &table, None).unwrap(), shipped, "the levels tell the kinds");
    let head = "\u{feff}family,line,update,level,build,released,kb\n";
    let known = Ladder::import_csv("x", "X", &format!("{head}2019,RTM,,RTM,,,\n"), Some(&shipped)).unwrap();
    assert_eq!(known.families()[0].kind, FamilyKind::Updates, "the stored ladder knows the kind");
    let error = Ladder::import_csv("x", "X", &format!("{head}\n\n2019,RTM,,RTM,1,,\n"), None).unwrap_err();
    assert_eq!((error.line, error.column), (4, Some("build")), "blank lines count");
}

#[test]
fn families_make_a_ladder_or_name_the_mistake() {
    let shipped = exchange();
    assert_eq!(Ladder::from_families("exchange", "Exchange Server", shipped.families()).unwrap(), shipped);
    let mut families = windows().families().to_vec();
    families[1].releases[1].level = "rtm".to_owned();
    let error = Ladder::from_families(WINDOWS, "Windows", &families).unwrap_err();
    assert_eq!((error.line, error.column), (6, Some("level")));
}
