//! The house rules that the compiler does not know: which room may import which, where SQL and web crates may stand, how long a file may be,
//! that every template is used, and that no page loads anything from elsewhere. The table of rooms is the one in the README.
//!
//! Each rule is a function from text to complaints, so that the tests at the end can show that it is able to complain.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use regex::Regex;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// Longest source file. The aim is 300; between the two a reviewer decides.
const MOST_LINES: usize = 400;

/// One row of the README's table.
#[derive(Debug, PartialEq, Eq)]
struct Room {
    name: String,
    imports: BTreeSet<String>,
}

/// A file with its path below the folder it was found in, with `/`.
struct File {
    path: String,
    text: String,
}

// The rules

/// Reads the table. A row may name several rooms; "every room" means every room above it; nothing may be imported from below.
fn rooms(readme: &str) -> Result<Vec<Room>, String> {
    let mut rooms: Vec<Room> = Vec::new();
    let rows = readme.lines().skip_while(|line| *line != "| room | holds | imports |").skip(2).take_while(|line| line.starts_with('|'));
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [names, _, imports] = cells[..] else { return Err(format!("this row does not have three cells: {row}")) };
        let above: BTreeSet<String> = rooms.iter().map(|room| room.name.clone()).collect();
        let imports: BTreeSet<String> = match imports {
            "-" => BTreeSet::new(),
            "every room" => above.clone(),
            list => list.split(',').map(|name| name.trim().to_owned()).collect(),
        };
        if let Some(unknown) = imports.difference(&above).next() {
            return Err(format!("{names} may import `{unknown}`, which is no room above it"));
        }
        let named = names.split(',').map(|name| name.trim().trim_matches('`').trim_end_matches('/').to_owned());
        rooms.extend(named.map(|name| Room { name, imports: imports.clone() }));
    }
    if rooms.is_empty() { Err("the README has no table with the heading | room | holds | imports |".to_owned()) } else { Ok(rooms) }
}

/// Arrows between rooms that the table does not name, and rooms it does not have.
fn forbidden_imports(file: &File, rooms: &[Room]) -> Vec<String> {
    let name = room_of(&file.path);
    let Some(room) = rooms.iter().find(|room| room.name == name) else {
        return vec![format!("{}: `{name}` is not in the README's table of rooms", file.path)];
    };
    let used = imported_rooms(&file.path, &file.text);
    // What else stands at the crate's root are exported macros; a room without a row is reported by its own files.
    let others = used.into_iter().filter(|other| *other != room.name && rooms.iter().any(|room| room.name == *other));
    let wrong = others.filter(|other| !room.imports.contains(other));
    wrong.map(|other| format!("{}: `{name}` may not import `{other}`", file.path)).collect()
}

/// SQL outside `db` and stores; web crates in rooms below `web`.
fn misplaced_crates(file: &File, rooms: &[Room]) -> Vec<String> {
    let (name, code) = (room_of(&file.path), without_comments(&file.text));
    let mut complaints = Vec::new();
    if name != "db" && !file.path.ends_with("/store.rs") && names_crate(&code, "sqlx") {
        complaints.push(format!("{}: SQL belongs into `db` and files named store.rs", file.path));
    }
    let below_web = rooms.iter().take_while(|room| room.name != "web").any(|room| room.name == name);
    for web in ["axum", "askama"] {
        if below_web && names_crate(&code, web) {
            complaints.push(format!("{}: `{name}` lies below `web` and may not know {web}", file.path));
        }
    }
    complaints
}

fn too_long(file: &File) -> Option<String> {
    let lines = file.text.lines().count();
    (lines > MOST_LINES).then(|| format!("{}: {lines} lines are more than {MOST_LINES}; split it by purpose", file.path))
}

/// Templates that no page names and no other template includes.
fn unused_templates(templates: &[File], sources: &[File]) -> Vec<String> {
    let named_by_page = |path: &str| sources.iter().any(|file| file.text.contains(&format!("path = \"{path}\"")));
    let used_by_other = |path: &str| {
        let uses = ["include", "extends", "import"].map(|word| format!("{word} \"{path}\""));
        templates.iter().filter(|other| other.path != path).any(|other| uses.iter().any(|used| other.text.contains(used)))
    };
    let unused = templates.iter().filter(|file| !named_by_page(&file.path) && !used_by_other(&file.path));
    unused.map(|file| format!("templates/{} is not used", file.path)).collect()
}

/// Addresses of other hosts in what browsers get. The name of the SVG language looks like one and is none.
fn outside_addresses(file: &File) -> Vec<String> {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"(?:https?:)?//[a-zA-Z0-9-]+\.[a-zA-Z][^\s"'<>)]*"#).unwrap());
    let found = ADDRESS.find_iter(&file.text).map(|found| found.as_str()).filter(|address| !address.starts_with("http://www.w3.org/"));
    found.map(|address| format!("{} speaks of {address}: pages load nothing from elsewhere", file.path)).collect()
}

// Reading Rust, as far as the rules need it

/// `web/page.rs` and `web.rs` both belong to `web`.
fn room_of(path: &str) -> &str {
    path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// The code without line comments; what a comment links to is not imported.
fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code)).collect::<Vec<_>>().join("\n")
}

fn names_crate(code: &str, name: &str) -> bool {
    Regex::new(&format!(r"\b{name}(?:_web)?::|\buse {name}\b")).unwrap().is_match(code)
}

/// Every room named after `crate::`, after the crate's own name, in a group after them, or by climbing up with `super::`.
fn imported_rooms(path: &str, text: &str) -> BTreeSet<String> {
    static START: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bcrate::|\bfixpath::|(?:\bsuper::)+").unwrap());
    let code = without_comments(text);
    let tests_begin = code.find("\nmod tests {").unwrap_or(code.len());
    let mut rooms = BTreeSet::new();
    for start in START.find_iter(&code) {
        // Elsewhere the crate's own name stands in log filters only.
        if start.as_str() == "fixpath::" && path != "main.rs" {
            continue;
        }
        let climbed = start.as_str().matches("super::").count();
        let depth = depth_of(path) + usize::from(start.start() > tests_begin);
        if climbed == 0 || climbed >= depth {
            rooms.extend(first_names(&code[start.end()..]));
        }
    }
    rooms
}

/// How many `super::` lead from the file's module to the crate's root.
fn depth_of(path: &str) -> usize {
    let parts = path.matches('/').count() + 1;
    if path.ends_with("/mod.rs") { parts - 1 } else { parts }
}

/// The first name of a path, or of each path in a `{group}`.
fn first_names(code: &str) -> Vec<String> {
    let name = |code: &str| code.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = code.strip_prefix('{') else { return vec![name(code)] };
    let (mut names, mut depth, mut item_start) = (Vec::new(), 0_usize, 0);
    for (position, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' | ',' if depth == 0 => {
                names.push(name(&group[item_start..position]));
                item_start = position + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

// The house as it stands

fn files(folder: &str) -> Vec<File> {
    let base = Path::new(ROOT).join(folder);
    let mut open: Vec<PathBuf> = vec![base.clone()];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let name = path.strip_prefix(&base).unwrap().to_str().unwrap().replace('\\', "/");
            files.push(File { path: name, text: fs::read_to_string(&path).unwrap() });
        }
    }
    assert!(!files.is_empty(), "{folder} is empty");
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
}

/// The sources that belong to a room: `lib.rs` only lists the rooms.
fn sources() -> Vec<File> {
    files("src").into_iter().filter(|file| file.path.ends_with(".rs") && file.path != "lib.rs").collect()
}

fn table() -> Vec<Room> {
    rooms(&fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap()).unwrap()
}

#[track_caller]
fn none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn rooms_import_only_what_the_table_names() {
    let (rooms, sources) = (table(), sources());
    none(sources.iter().flat_map(|file| forbidden_imports(file, &rooms)).collect());
    let empty = rooms.iter().filter(|room| !sources.iter().any(|file| room_of(&file.path) == room.name));
    none(empty.map(|room| format!("the README's table has `{}`, which does not exist", room.name)).collect());
}

#[test]
fn sql_and_web_crates_stand_where_they_belong() {
    let rooms = table();
    none(sources().iter().flat_map(|file| misplaced_crates(file, &rooms)).collect());
}

#[test]
fn source_files_stay_readable() {
    none(sources().iter().filter_map(too_long).collect());
}

#[test]
fn every_template_is_used() {
    none(unused_templates(&files("templates"), &sources()));
}

#[test]
fn pages_load_nothing_from_elsewhere() {
    none(files("templates").iter().chain(&files("static")).flat_map(outside_addresses).collect());
}

// Each rule can fail

const SAMPLE: &str = "words\n\n| room | holds | imports |\n|---|---|---|\n| `clock`, `settings` | values | - |\n| `tree/` | core | - |\n\
                      | `db` | SQL | clock |\n| `web` | pages | settings, tree |\n| `app` | all | every room |\n| `main` | starts | app |\n\nmore words";

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

#[test]
fn the_table_is_read_and_may_not_point_down() {
    let rooms = rooms(SAMPLE).unwrap();
    assert_eq!(rooms.iter().map(|room| room.name.as_str()).collect::<Vec<_>>(), ["clock", "settings", "tree", "db", "web", "app", "main"]);
    assert_eq!(rooms[5].imports.len(), 5);
    assert!(table_error("| `clock` | x | web |").contains("no room above"));
    assert!(table_error("| `clock` | x |").contains("three cells"));
    assert!(table_error("").contains("no table"));
}

fn table_error(row: &str) -> String {
    rooms(&format!("| room | holds | imports |\n|---|---|---|\n{row}\n")).unwrap_err()
}

#[test]
fn every_way_to_write_a_forbidden_import_is_found() {
    let rooms = rooms(SAMPLE).unwrap();
    let bad = [
        ("tree/walk.rs", "use crate::web::Page;"),
        ("tree/walk.rs", "fn f() { crate::web::x() }"),
        ("tree/walk.rs", "use crate::{\n    clock::{Clock, Random},\n};"),
        ("tree/walk.rs", "use super::super::web;"),
        ("tree/mod.rs", "use super::web;"),
        ("web/page.rs", "use crate::{tree::Walk, db};"),
        ("web/page.rs", "mod x;\nmod tests {\n    use super::super::super::app;\n}"),
        ("main.rs", "fn main() { fixpath::tree::run() }"),
        ("kitchen/mod.rs", ""),
    ];
    for (path, text) in bad {
        assert_eq!(forbidden_imports(&file(path, text), &rooms).len(), 1, "{path}: {text}");
    }
    let good = [
        ("tree/walk.rs", "// crate::web is above\nuse super::{model, fact};\nuse crate::tree::fact;"),
        ("tree/walk.rs", "mod x;\nmod tests {\n    use super::super::fact;\n}"),
        ("web/page.rs", "use crate::{settings::{Settings, web}, tree};"),
        ("app.rs", "use crate::{db, web};"),
        ("db/mod.rs", "use crate::sql;\ncrate::sql!(x);"),
    ];
    for (path, text) in good {
        assert_eq!(forbidden_imports(&file(path, text), &rooms), [""; 0], "{path}: {text}");
    }
}

#[test]
fn misplaced_crates_long_files_unused_templates_and_outside_addresses_are_found() {
    let rooms = rooms(SAMPLE).unwrap();
    assert_eq!(misplaced_crates(&file("web/page.rs", "sqlx::query(\"\")"), &rooms).len(), 1);
    assert_eq!(misplaced_crates(&file("tree/walk.rs", "use axum::Router;\nuse askama::Template;"), &rooms).len(), 2);
    assert_eq!(misplaced_crates(&file("db/store.rs", "use sqlx::Row;"), &rooms), [""; 0]);
    assert_eq!(misplaced_crates(&file("web/page.rs", "use axum::Router;"), &rooms), [""; 0]);

    assert!(too_long(&file("a.rs", &"x\n".repeat(MOST_LINES + 1))).is_some());
    assert!(too_long(&file("a.rs", &"x\n".repeat(MOST_LINES))).is_none());

    let templates = [file("a.html", "{% extends \"b.html\" %}{% include \"a.html\" %}"), file("b.html", "")];
    assert_eq!(unused_templates(&templates, &[]), ["templates/a.html is not used"]);
    assert_eq!(unused_templates(&templates, &[file("x.rs", "#[template(path = \"a.html\")]")]), [""; 0]);

    for bad in ["<script src=\"https://cdn.example/x.js\">", "<link href='//cdn.example/x.css'>", "url(http://fonts.example)"] {
        assert_eq!(outside_addresses(&file("a.html", bad)).len(), 1, "{bad}");
    }
    assert_eq!(outside_addresses(&file("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"> // a comment")), [""; 0]);
}
