use std::path::Path;

use super::{CATALOGUE, Effective, Flags, LogFormat, Settings};

fn flags(pairs: &[(&'static str, &str)]) -> Flags {
    pairs.iter().map(|(key, value)| (*key, vec![(*value).to_owned()])).collect()
}

fn file(text: &str) -> Option<(&Path, &str)> {
    Some((Path::new("fixpath.toml"), text))
}

fn error_of(flags: &Flags, file: Option<(&Path, &str)>) -> String {
    match Effective::gather(flags, |_| None, file).and_then(|effective| effective.settings()) {
        Ok(settings) => panic!("{settings:?} should not have been accepted"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_flag_beats_the_environment_beats_the_file_beats_the_default() {
    let text = Some("listen = \"127.0.0.1:3\"\ncontact = \"from the file\"\nlog_format = \"json\"");
    let environment = |name: &str| match name {
        "FIXPATH_LISTEN" => Some("127.0.0.1:2".to_owned()),
        "FIXPATH_CONTACT" => Some("from the environment".to_owned()),
        _ => None,
    };
    let effective = Effective::gather(&flags(&[("listen", "127.0.0.1:1")]), environment, text.and_then(file)).unwrap();
    let settings = effective.settings().unwrap();
    assert_eq!(settings.listen.port(), 1);
    assert_eq!(settings.contact.as_deref(), Some("from the environment"));
    assert_eq!(settings.log_format, LogFormat::Json);
    assert_eq!(settings.live_memory, 64);
    let printed = effective.to_string();
    assert!(printed.contains("listen = \"127.0.0.1:1\"  # the flag --listen"), "{printed}");
    assert!(printed.contains("# the environment variable FIXPATH_CONTACT"), "{printed}");
    assert!(printed.contains("# the file fixpath.toml"), "{printed}");
    assert!(printed.contains("# metrics is not set"), "{printed}");
}

#[test]
fn what_is_printed_is_a_file_that_gives_the_same_settings() {
    let given = flags(&[("trusted_proxy", "10.0.0.0/8,::1/128"), ("contact", "say \"hello\""), ("public_url", "https://fix.example/help/")]);
    let first = Effective::gather(&given, |_| None, None).unwrap();
    let printed = first.to_string();
    let second = Effective::gather(&Flags::new(), |_| None, file(&printed)).unwrap();
    assert_eq!(format!("{:?}", first.settings().unwrap()), format!("{:?}", second.settings().unwrap()));
}

#[test]
fn passwords_of_a_database_are_masked_wherever_they_are_shown() {
    let url = "postgres://fix:p@ss:w0rd@db.example:5432/fixpath?sslmode=require&password=w0rd";
    let effective = Effective::gather(&flags(&[("database", url)]), |_| None, None).unwrap();
    let settings = effective.settings().unwrap();
    let shown = format!("{effective} {settings:?} {}", settings.database);
    assert!(!shown.contains("w0rd") && !shown.contains("p@ss"), "{shown}");
    assert!(shown.contains("postgres://fix:***@db.example:5432/fixpath?sslmode=require&password=***"), "{shown}");
    assert_eq!(settings.database.reveal(), url);
    let error = error_of(&flags(&[("database", "mysql://fix:w0rd@db/fixpath")]), None);
    assert!(!error.contains("w0rd"), "{error}");
}

#[test]
fn an_error_names_the_setting_its_source_the_value_and_a_good_one() {
    let error = error_of(&flags(&[("listen", "8080")]), None);
    for part in ["`listen`", "\"8080\"", "the flag --listen", "0.0.0.0:8080"] {
        assert!(error.contains(part), "{part} is missing in: {error}");
    }
    assert!(error_of(&Flags::new(), file("listen = true")).contains("listen = \"0.0.0.0:8080\""));
    assert!(error_of(&Flags::new(), file("lisen = \"x\"")).contains("`lisen`, which is no setting"));
    assert!(error_of(&Flags::new(), file("listen = ")).contains("not valid TOML"));
    assert!(error_of(&flags(&[("trusted_proxy", "10.0.0.0/8,proxy")]), None).contains("\"proxy\""));
    assert!(error_of(&flags(&[("log_format", "xml")]), None).contains("text or json"));
}

#[test]
fn an_empty_required_value_is_an_error_and_an_empty_optional_one_means_not_set() {
    assert!(error_of(&flags(&[("database", "")]), None).contains("`database`"));
    let settings = Effective::gather(&flags(&[("contact", " ")]), |_| None, None).unwrap().settings().unwrap();
    assert_eq!(settings.contact, None);
}

#[test]
fn a_public_url_gives_scheme_host_and_sub_path() {
    let url = |text: &str| text.parse::<super::PublicUrl>();
    let full = url("https://Fix.example:8443/a/b/").unwrap();
    assert!(full.is_https());
    assert_eq!((full.authority(), full.base_path(), full.origin().as_str()), ("fix.example:8443", "/a/b", "https://fix.example:8443"));
    assert_eq!(url("http://fix.example/").unwrap().base_path(), "");
    for bad in ["fix.example", "ftp://fix.example", "https://", "https://x/a?b", "https://x/../b", "https://x/a//b", "https://u@x/", "https://x/a;b"] {
        assert!(url(bad).is_err(), "{bad} was accepted");
    }
}

#[test]
fn every_example_and_every_default_is_itself_valid() {
    for setting in CATALOGUE {
        let settings = Effective::gather(&flags(&[(setting.key, setting.example)]), |_| None, None).unwrap().settings();
        assert!(settings.is_ok(), "{}: {settings:?}", setting.key);
    }
    assert_eq!(Settings::test().unwrap().listen.port(), 0);
}

#[test]
fn the_readme_explains_every_setting() {
    let readme = include_str!("../../README.md");
    for setting in CATALOGUE {
        let row = format!("| `{}` | `--{}` | `{}` |", setting.key, setting.flag(), setting.variable());
        assert!(readme.contains(&row), "README.md has no row that starts with: {row}");
    }
}
