//! The program as an operator meets it: exit codes, messages, the configuration, starting and stopping.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Output, Stdio},
};

use tempfile::TempDir;

/// The program in an empty folder with an empty environment.
fn fixpath(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fixpath"));
    command.args(arguments).current_dir(folder.path()).env_clear().stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    fixpath(&TempDir::new().unwrap(), arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn help_and_version_go_to_standard_output() {
    for arguments in [&["--help"][..], &["--version"], &["serve", "--help"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(text(&output.stdout).contains("fixpath") && output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_wrong_call_and_a_wrong_configuration_exit_with_two_and_say_what_to_do() {
    for (arguments, hint) in [
        (&["--listen", "80"][..], "0.0.0.0:8080"),
        (&["--nonsense"], "--help"),
        (&["--visitors", "everybody"], "anyone or signed-in"),
        (&["--log", "a=b=c"], "info,fixpath::db=debug"),
        (&["--config", "absent.toml"], "absent.toml"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(hint) && output.stdout.is_empty(), "{}", text(&output.stderr));
    }
}

#[test]
fn the_printed_configuration_names_each_source_and_hides_passwords() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("fixpath.toml"), "contact = \"the messaging team\"\n").unwrap();
    let mut command = fixpath(&folder, &["--print-config", "--log", "debug"]);
    let output = command.env("FIXPATH_DATABASE", "postgres://fix:w0rd@db.example/fixpath").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let printed = text(&output.stdout);
    for line in [
        "contact = \"the messaging team\"  # the file fixpath.toml",
        "log = \"debug\"  # the flag --log",
        "database = \"postgres://fix:***@db.example/fixpath\"  # the environment variable FIXPATH_DATABASE",
    ] {
        assert!(printed.contains(line), "{printed}");
    }
    assert!(!printed.contains("w0rd"));
}

/// A running site; killed when the test ends, however it ends.
struct Site {
    child: Child,
    log: BufReader<std::process::ChildStderr>,
    address: String,
}

impl Site {
    /// Starts on a free port, which the first line of the log names.
    fn start(folder: &TempDir) -> Self {
        let mut child = fixpath(folder, &["--listen", "127.0.0.1:0", "--log-format", "json"]).stderr(Stdio::piped()).spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut site_line = String::new();
        while !site_line.contains("serving at") {
            site_line.clear();
            assert_ne!(log.read_line(&mut site_line).unwrap(), 0, "the program ended before it served");
        }
        let line: serde_json::Value = serde_json::from_str(&site_line).unwrap();
        let message = line.get("message").unwrap().as_str().unwrap().to_owned();
        let address = message.trim_start_matches("serving at http://").trim_end_matches('/').to_owned();
        Self { child, log, address }
    }

    fn get(&self, path: &str) -> String {
        self.exchange(&format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
    }

    fn post(&self, path: &str, json: &str) -> String {
        let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}", json.len());
        self.exchange(&format!("{head}\r\n\r\n{json}"))
    }

    fn exchange(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_site_serves_and_logs_the_pattern_but_never_the_query() {
    let folder = TempDir::new().unwrap();
    let mut site = Site::start(&folder);
    assert!(site.get("/healthz").ends_with("ok\n"));
    assert!(site.get("/nowhere?servers=EX01-secret").starts_with("HTTP/1.1 404"));
    let mut line = String::new();
    site.log.read_line(&mut line).unwrap();
    assert!(line.contains("\"status\":404") && !line.contains("secret"), "{line}");
}

#[cfg(unix)]
#[test]
fn the_site_stops_in_order_when_asked() {
    for signal in ["-TERM", "-INT"] {
        let folder = TempDir::new().unwrap();
        let mut site = Site::start(&folder);
        let sent = Command::new("kill").args([signal, &site.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        assert_eq!(site.child.wait().unwrap().code(), Some(0), "{signal}");
    }
}

#[test]
fn a_port_in_use_exits_with_one() {
    let folder = TempDir::new().unwrap();
    let site = Site::start(&folder);
    let output = fixpath(&TempDir::new().unwrap(), &["--listen", &site.address]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("--listen"), "{}", text(&output.stderr));
}

const STARTER: &str = include_str!("../trees/extension-not-loaded.yaml");

const SMALL: &str = "format: fixpath/1
slug: small
title: A small guide
summary: For tests.
products: [Test]
applies_to: all
ladder: exchange
start: there
nodes:
  - key: there
    title: There?
    question:
      fact: there
      ask: yes_no
      prompt: Is it there?
      branches:
        - when: there = yes
          to: end
      otherwise: end
      unknown: end
      meant: [otherwise]
  - key: end
    title: The end
    outcome:
      verdict: nothing_wrong
      headline: All is well
      cause: Nothing happened.
cases:
  - name: It is there
    facts:
      there: true
    expect: end
";

/// An empty folder with files of these names and texts.
fn folder_with(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Exit code, standard output, standard error.
fn ends(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let output = fixpath(folder, arguments).output().unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// Standard output of a command that must succeed.
fn done(folder: &TempDir, arguments: &[&str]) -> String {
    let (code, out, error) = ends(folder, arguments);
    assert_eq!(code, 0, "{arguments:?}: {error}{out}");
    out
}

/// Standard output and error of a command that must fail with `code`.
fn fails(folder: &TempDir, code: i32, arguments: &[&str]) -> String {
    let (found, out, error) = ends(folder, arguments);
    assert_eq!(found, code, "{arguments:?}: {error}{out}");
    assert!(error.contains("fixpath: ") || code == 2, "{error}");
    format!("{out}{error}")
}

#[test]
fn every_command_explains_itself() {
    for command in [
        &["tree"][..],
        &["tree", "check"],
        &["tree", "load"],
        &["tree", "export"],
        &["tree", "rename"],
        &["tree", "list"],
        &["find"],
        &["backup"],
        &["restore"],
        &["doctor"],
    ] {
        let output = run(&[command, &["--help"]].concat());
        assert!(output.status.success() && text(&output.stdout).contains("Usage: fixpath"), "{command:?}");
    }
}

#[test]
fn checking_names_file_line_and_node_and_exits_with_one_on_errors_only() {
    let broken = SMALL.replace("otherwise: end", "otherwise: nowhere");
    let warned = SMALL.replace("title: There?", "title: Is it really, really there?");
    let unreadable = SMALL.replace("when: there = yes", "when: there =");
    let failing = SMALL.replace("expect: end", "expect: hand_over");
    let folder =
        folder_with(&[("small.yaml", SMALL), ("broken.yaml", &broken), ("warned.yaml", &warned), ("unreadable.yaml", &unreadable), ("failing.yaml", &failing)]);
    assert_eq!(done(&folder, &["tree", "check", "small.yaml"]), "");
    assert!(done(&folder, &["tree", "check", "warned.yaml"]).starts_with("warned.yaml:10: warning: there: The title has"));
    assert!(fails(&folder, 1, &["tree", "check", "broken.yaml"]).contains("broken.yaml:10: error: there: \"otherwise\" leads to \"nowhere\""));
    assert!(
        fails(&folder, 1, &["tree", "check", "unreadable.yaml"]).contains("unreadable.yaml:17:17: error: in the condition that begins here, line 1, column 8")
    );
    assert!(fails(&folder, 1, &["tree", "check", "failing.yaml"]).contains("failing.yaml: error: Case \"It is there\" expects hand_over and comes to end"));
    assert!(fails(&folder, 1, &["tree", "check", "small.yaml", "warned.yaml"]).contains("small.yaml has the slug \"small\" too"));
    assert!(fails(&folder, 2, &["tree", "check", "absent.yaml"]).contains("cannot read absent.yaml"));
    fails(&folder, 2, &["tree", "check"]);
    let (_, json, _) = ends(&folder, &["tree", "check", "--json", "broken.yaml", "unreadable.yaml"]);
    let found: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    let places: Vec<_> = found.iter().map(|found| (found["file"].as_str().unwrap(), found["line"].as_u64(), found["severity"].as_str().unwrap())).collect();
    assert_eq!(places, [("unreadable.yaml", Some(17), "error"), ("broken.yaml", Some(10), "error")]);
}

#[test]
fn a_file_beyond_a_limit_is_not_loaded() {
    let node = "  - key: end\n";
    let (head, end) = SMALL.split_at(SMALL.find(node).unwrap());
    let end = end.split("cases:").next().unwrap();
    let many: String = (0..1001).map(|number| end.replacen("key: end", &format!("key: end_{number}"), 1)).collect();
    let folder = folder_with(&[("large.yaml", &" ".repeat(5 * 1024 * 1024)), ("many.yaml", &format!("{head}{many}"))]);
    let large = fails(&folder, 1, &["tree", "load", "large.yaml"]);
    assert!(large.contains("nothing was loaded") && large.contains("large.yaml: error: The file has 5120 KiB; 2048 KiB is the limit."), "{large}");
    let many = fails(&folder, 1, &["tree", "load", "many.yaml"]);
    assert!(many.contains("nothing was loaded") && many.contains("nodes; 1000 is the limit."), "{many}");
}

#[test]
fn the_shipped_tree_is_sound() {
    assert_eq!(done(&folder_with(&[("tree.yaml", STARTER)]), &["tree", "check", "tree.yaml"]), "");
}

#[test]
fn a_tree_file_with_a_picture_is_loaded_and_exported_byte_for_byte() {
    let folder = TempDir::new().unwrap();
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::from(image::RgbImage::new(3, 2)).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let (bytes, digest) = (png.get_ref().as_slice(), fixpath::tree::picture::digest(png.get_ref()));
    let mut bare = fixpath::tree::file::read(STARTER).unwrap();
    let outcomes =
        bare.nodes.iter_mut().filter_map(|node| if let fixpath::tree::model::NodeKind::Outcome(outcome) = &mut node.kind { Some(outcome) } else { None });
    for outcome in outcomes.take(1) {
        outcome.cause = format!("{}\n\n{}", outcome.cause, fixpath::tree::picture::written("A dialog", &digest));
    }
    let file = fixpath::tree::file::write(&fixpath::tree::picture::packed(&bare, [(digest.as_str(), bytes)])).unwrap();
    std::fs::write(folder.path().join("with.yaml"), &file).unwrap();
    std::fs::write(folder.path().join("without.yaml"), fixpath::tree::file::write(&bare).unwrap()).unwrap();
    assert!(fails(&folder, 1, &["tree", "check", "without.yaml"]).contains("1 error"));
    assert!(!done(&folder, &["tree", "check", "with.yaml"]).contains("error:"));
    done(&folder, &["tree", "load", "with.yaml"]);
    assert_eq!(done(&folder, &["tree", "export", "extension-not-loaded", "--draft"]), file);
    done(&folder, &["tree", "load", "with.yaml"]);
}

#[test]
fn exporting_gives_the_bytes_that_were_loaded() {
    let folder = folder_with(&[("starter.yaml", STARTER), ("small.yaml", SMALL)]);
    assert_eq!(done(&folder, &["tree", "load", "starter.yaml", "small.yaml"]), "extension-not-loaded: draft loaded\nsmall: draft loaded\n");
    assert_eq!(done(&folder, &["tree", "export", "extension-not-loaded", "--draft"]), STARTER);
    assert!(fails(&folder, 1, &["tree", "export", "small"]).contains("add --draft"));
    assert_eq!(done(&folder, &["tree", "load", "small.yaml", "--publish", "--summary", "First."]), "small: version 1 published\n");
    done(&folder, &["tree", "export", "small", "-o", "again.yaml"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("again.yaml")).unwrap(), SMALL);
    assert_eq!(done(&folder, &["tree", "load", "again.yaml", "--publish", "--summary", "Again."]), "small: version 2 published\n");
    assert!(fails(&folder, 1, &["tree", "export", "small", "--draft"]).contains("leave out --draft"));
    assert!(fails(&folder, 1, &["tree", "export", "nobody"]).contains("fixpath tree list"));
    assert_eq!(
        done(&folder, &["tree", "list"]),
        "extension-not-loaded\tnot published\tdraft\tAn extension could not be loaded\nsmall\tversion 2\t\tA small guide\n"
    );
}

#[test]
fn a_file_replaces_unpublished_edits_only_if_it_names_their_revision() {
    let (newer, newest) = (SMALL.replace("A small guide", "A newer guide"), SMALL.replace("A small guide", "The newest guide"));
    let folder = folder_with(&[("small.yaml", SMALL), ("newer.yaml", &newer), ("newest.yaml", &newest)]);
    done(&folder, &["tree", "load", "small.yaml", "--publish", "--summary", "First."]);
    done(&folder, &["tree", "load", "newer.yaml"]);
    let refused = fixpath(&folder, &["tree", "load", "newest.yaml"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stdout).contains("The newest guide"), "the difference: {}", text(&refused.stdout));
    let errors = text(&refused.stderr);
    let revision = errors.split("--revision ").nth(1).unwrap().trim().to_owned();
    assert!(fails(&folder, 1, &["tree", "load", "newest.yaml", "--revision", "99"]).contains("nothing was loaded"));
    fails(&folder, 2, &["tree", "load", "newest.yaml", "newer.yaml", "--revision", &revision]);
    assert_eq!(done(&folder, &["tree", "export", "small", "--draft"]), newer);
    assert_eq!(done(&folder, &["tree", "load", "newest.yaml", "--revision", &revision]), "small: draft loaded\n");
    assert_eq!(done(&folder, &["tree", "export", "small", "--draft"]), newest);
    assert_eq!(done(&folder, &["tree", "export", "small", "--revision", &revision]), newer);
}

#[test]
fn one_file_with_a_mistake_loads_nothing_of_any() {
    let other = |from: &str, to: &str| SMALL.replace("slug: small", "slug: other").replace(from, to);
    let (unreadable, dangling, failing) =
        (other("ask: yes_no", "ask: maybe"), other("otherwise: end", "otherwise: nowhere"), other("expect: end", "expect: hand_over"));
    let folder = folder_with(&[("small.yaml", SMALL), ("unreadable.yaml", &unreadable), ("dangling.yaml", &dangling), ("failing.yaml", &failing)]);
    for (second, hint) in [("unreadable.yaml", "unreadable.yaml:14:12: error: unknown variant `maybe`"), ("dangling.yaml", "leads to \"nowhere\"")] {
        assert!(fails(&folder, 1, &["tree", "load", "small.yaml", second]).contains(hint), "{second}");
    }
    for second in ["dangling.yaml", "failing.yaml"] {
        assert!(fails(&folder, 1, &["tree", "load", "--publish", "--summary", "Try.", "small.yaml", second]).contains("try again"), "{second}");
    }
    assert_eq!(done(&folder, &["tree", "list"]), "");
    fails(&folder, 2, &["tree", "load", "small.yaml", "--publish"]);
    fails(&folder, 2, &["tree", "load", "small.yaml", "--publish", "--summary", " "]);
}

#[test]
fn trees_that_jump_to_one_another_are_published_together() {
    let away = "  - key: away\n    title: Away\n    jump:\n      tree: small\ncases:";
    let jumping = SMALL.replace("slug: small", "slug: first").replace("otherwise: end", "otherwise: away").replace("cases:", away);
    let folder = folder_with(&[("first.yaml", &jumping), ("small.yaml", SMALL)]);
    let alone = fails(&folder, 1, &["tree", "load", "first.yaml", "--publish", "--summary", "Alone."]);
    assert!(alone.contains("No version of \"small\" is published"), "{alone}");
    let published = done(&folder, &["tree", "load", "first.yaml", "small.yaml", "--publish", "--summary", "Both."]);
    assert!(published.ends_with("small: version 1 published\nfirst: version 1 published\n"), "{published}");
}

/// Asks until the page answers as wanted: the server looks for changes twice a second.
fn comes_to(site: &mut Site, path: &str, start: &str) {
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !site.get(path).starts_with(start) {
        assert!(std::time::Instant::now() < until, "{path} never answers {start}");
        // Every request logs a line; a full pipe would stop the server.
        site.log.read_line(&mut String::new()).unwrap();
    }
}

#[test]
fn a_running_server_shows_what_commands_publish_and_rename() {
    let folder = folder_with(&[("small.yaml", SMALL)]);
    let mut site = Site::start(&folder);
    assert!(site.get("/guides/small").starts_with("HTTP/1.1 404"));
    done(&folder, &["tree", "load", "small.yaml", "--publish", "--summary", "First."]);
    comes_to(&mut site, "/guides/small", "HTTP/1.1 200");
    assert_eq!(done(&folder, &["tree", "rename", "small", "tiny"]), "small is now tiny\n");
    comes_to(&mut site, "/guides/tiny", "HTTP/1.1 200");
    comes_to(&mut site, "/guides/small", "HTTP/1.1 30");
    assert_eq!(done(&folder, &["tree", "export", "small"]), SMALL);
    assert!(fails(&folder, 1, &["tree", "rename", "tiny", "extension-not-loaded"]).contains("belongs to another tree"));
    assert!(fails(&folder, 1, &["tree", "rename", "nobody", "somebody"]).contains("no tree \"nobody\""));
    fails(&folder, 2, &["tree", "rename", "tiny", "Not A Slug"]);
}

/// Changes the database of the folder behind the program's back.
fn tamper(folder: &TempDir, statements: &str) {
    use sqlx::{Connection, SqliteConnection};
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut connection = SqliteConnection::connect(&format!("sqlite:{}", folder.path().join("fixpath.db").display())).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(statements.to_owned())).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

#[test]
fn the_doctor_names_changed_results_and_changed_versions() {
    let folder = folder_with(&[("small.yaml", SMALL)]);
    done(&folder, &["tree", "load", "small.yaml", "--publish", "--summary", "First."]);
    let site = Site::start(&folder);
    let begun = site.post("/api/v1/diagnoses", r#"{"tree": "small", "facts": {"there": true}}"#);
    assert!(begun.starts_with("HTTP/1.1 201") && begun.contains(r#""state":"outcome""#), "{begun}");
    drop(site);
    assert_eq!(done(&folder, &["doctor"]), "nothing is wrong\n");

    tamper(&folder, "UPDATE diagnosis SET ended_digest = 'another' WHERE ended_digest IS NOT NULL");
    let said = fails(&folder, 1, &["doctor"]);
    assert!(said.contains("comes to another result than when it ended") && said.contains("1 finding"), "{said}");

    tamper(&folder, "DROP TRIGGER tree_case_update; UPDATE tree_case SET expect = 'hand_over' WHERE name = 'It is there'");
    assert!(fails(&folder, 1, &["doctor"]).contains("tree_case_update: the trigger is missing"));
    let trigger =
        include_str!("../migrations/0002_triggers.sqlite.sql").split_inclusive("END;\n").find(|text| text.contains("TRIGGER tree_case_update")).unwrap();
    tamper(&folder, trigger);
    let said = fails(&folder, 1, &["doctor"]);
    assert!(said.contains("is not the tree that was published") && said.contains("1 finding"), "{said}");
}

#[test]
fn guides_are_found_for_a_text() {
    let folder = TempDir::new().unwrap();
    let found = done(&folder, &["find", "Extension", "SMTP could not be loaded."]);
    assert!(found.starts_with("extension-not-loaded\t") && found.ends_with("phrase \"Extension 'SMTP' could not be loaded.\"\n"), "{found}");
    assert_eq!(done(&folder, &["find", "cucumber salad"]), "nothing we know matches\n");
    fails(&folder, 2, &["find"]);
    fails(&folder, 2, &["find", "--jsonl", "text"]);
    // Nothing is loaded into a database that has trees of its own.
    let own = folder_with(&[("small.yaml", SMALL)]);
    done(&own, &["tree", "load", "small.yaml", "--publish", "--summary", "First."]);
    assert_eq!(done(&own, &["find", "event 2037 from MSExchangeSA"]), "nothing we know matches\n");
}

#[test]
fn queries_are_answered_line_by_line_and_a_bad_line_stops_none() {
    let folder = TempDir::new().unwrap();
    let queries = [
        r#"{"id": "L1", "query": "Event ID: 2037\nSource: MSExchangeSA", "kind": "event_raw"}"#,
        r#"{"id": "L2"}"#,
        "",
        r#"{"id": 3, "query": "cucumber salad"}"#,
        "not JSON",
        r#"{"id": "L6", "query": "c1030ad1 c1030ad1"}"#,
    ];
    std::fs::write(folder.path().join("queries.jsonl"), queries.join("\n")).unwrap();
    let ask = |name: &str| fixpath(&folder, &["find", "--jsonl"]).stdin(std::fs::File::open(folder.path().join(name)).unwrap()).output().unwrap();
    let output = ask("queries.jsonl");
    let answers: Vec<serde_json::Value> = text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ranked = |id: serde_json::Value, slugs: &[&str]| serde_json::json!({"id": id, "ranked": slugs});
    assert_eq!(answers, [ranked("L1".into(), &["extension-not-loaded"]), ranked(3.into(), &[]), ranked("L6".into(), &["extension-not-loaded"])]);
    let errors = text(&output.stderr);
    assert!(errors.contains("line 2 of standard input: missing field `query`") && errors.contains("line 5 of standard input"), "{errors}");
    assert!(errors.ends_with("fixpath: 2 lines could not be read; see above\n"), "{errors}");
    assert_eq!(output.status.code(), Some(1));
    std::fs::write(folder.path().join("good.jsonl"), queries[0]).unwrap();
    assert_eq!(ask("good.jsonl").status.code(), Some(0));
}

#[test]
fn a_backup_is_restored_into_an_empty_database_only() {
    let folder = folder_with(&[("small.yaml", SMALL)]);
    done(&folder, &["tree", "load", "small.yaml", "--publish", "--summary", "First."]);
    assert!(done(&folder, &["backup", "copy.gz"]).ends_with("rows written to copy.gz\n"));
    assert!(fails(&folder, 1, &["restore", "copy.gz"]).contains("is not empty"));
    assert!(done(&folder, &["restore", "copy.gz", "--database", "sqlite:other.db"]).ends_with("rows restored from copy.gz\n"));
    assert_eq!(done(&folder, &["tree", "export", "small", "--database", "sqlite:other.db"]), SMALL);
    assert_eq!(done(&folder, &["doctor", "--database", "sqlite:other.db"]), "nothing is wrong\n");
    assert!(fails(&folder, 1, &["restore", "small.yaml", "--database", "sqlite:third.db"]).contains("the backup is damaged at line 1"));
    assert!(fails(&folder, 1, &["restore", "absent.gz", "--database", "sqlite:third.db"]).contains("absent.gz"));
}

#[test]
fn accounts_are_made_listed_reset_and_disabled_from_the_command_line() {
    let folder = TempDir::new().unwrap();
    let user = |arguments: &[&str]| fixpath(&folder, &[&["user"], arguments].concat()).output().unwrap();
    let added = user(&["add", "Ada", "--role", "author", "--role", "admin"]);
    assert_eq!(added.status.code(), Some(0), "{}", text(&added.stderr));
    let link = |output: &std::process::Output| text(&output.stdout).lines().nth(1).unwrap().to_owned();
    assert!(link(&added).starts_with("http://127.0.0.1:8080/set-up/"), "{}", text(&added.stdout));
    assert!(text(&user(&["list"]).stdout).starts_with("Ada\tauthor,admin\tno password yet\n"));
    assert_ne!(link(&user(&["passwd", "ada"])), link(&added));
    for (arguments, code, hint) in [
        (&["add", "ADA"][..], 1, "with this name already"),
        (&["add", "(x)"], 2, "bracket"),
        (&["add", "Bob", "--role", "king"], 2, "publisher"),
        (&["passwd", "Bob"], 1, "fixpath user list"),
        (&["disable", "Ada"], 1, "last administrator"),
    ] {
        let output = user(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(text(&output.stderr).contains(hint) && output.stdout.is_empty(), "{}", text(&output.stderr));
    }
    user(&["add", "Bob"]);
    assert_eq!(user(&["disable", "Bob"]).status.code(), Some(0));
    assert!(text(&user(&["list"]).stdout).contains("Bob\t\tdisabled\n"));
}
