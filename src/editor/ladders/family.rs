//! One family of a ladder as a form: its levels in order. Rows are added, moved and removed without storing anything; "Save" stores the family.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use super::{Newest, levels_in_use, newest};
use crate::editor::save::{refusal, revision};
use crate::editor::{Editor, by};
use crate::shelf;
use crate::tree::ladder::{Family, FamilyKind, Ladder, LadderError, Release};
use crate::web::{Failure, FieldErrors, Fields, Form, Nav, Page, Path, Viewer};

/// What stands in the address in place of a family that does not exist yet.
pub const NEW: &str = "+";
/// The most levels of one family in a form.
const MOST_ROWS: usize = 500;
/// The cells of a row, in the order of the table, with their labels.
const CELLS: [(&str, &str); 6] = [("level", "Level"), ("line", "Line"), ("update", "Update"), ("build", "Build"), ("released", "Released"), ("kb", "Article")];

/// The form of a family.
#[derive(Template, WebTemplate)]
#[template(path = "editor/ladders/family.html")]
pub struct FamilyPage {
    page: Page,
    errors: FieldErrors,
    product: String,
    is_new: bool,
    typed: Typed,
    action: String,
    back: String,
}

/// What stands in the form.
#[derive(Debug, Clone, Default, PartialEq)]
struct Typed {
    revision: i64,
    name: String,
    kind: String,
    rows: Vec<Row>,
}

/// A row of the form: its cells in the order of [`CELLS`].
#[derive(Debug, Clone, Default, PartialEq)]
struct Row([String; 6]);

impl Row {
    fn new(release: &Release) -> Self {
        let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
        Self([release.level.clone(), release.line.clone(), text(&release.update), text(&release.build), text(&release.released), text(&release.kb)])
    }

    /// The level; one without a line is a line of its own.
    fn release(&self) -> Release {
        let [level, line, update, build, released, kb] = self.0.clone();
        let some = |cell: String| Some(cell).filter(|cell| !cell.is_empty());
        let line = if line.is_empty() { level.clone() } else { line };
        Release { line, update: some(update), level, build: some(build), released: some(released), kb: some(kb) }
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(String::is_empty)
    }

    /// The cells with their names and labels.
    fn cells(&self) -> impl Iterator<Item = (&'static str, &'static str, &str)> {
        CELLS.into_iter().zip(&self.0).map(|((name, label), text)| (name, label, text.as_str()))
    }
}

impl Typed {
    fn of(family: &Family, revision: i64) -> Self {
        Self { revision, name: family.name.clone(), kind: family.kind.as_str().to_owned(), rows: family.releases.iter().map(Row::new).collect() }
    }

    fn read(fields: &Fields) -> Result<Self, Failure> {
        let text = |name: &str| Ok::<_, Failure>(fields.get(name)?.unwrap_or_default().trim().to_owned());
        let mut rows = Vec::new();
        while fields.get(&format!("level-{}", rows.len() + 1))?.is_some() && rows.len() < MOST_ROWS {
            let number = rows.len() + 1;
            let mut row = Row::default();
            for ((name, _), cell) in CELLS.into_iter().zip(&mut row.0) {
                *cell = text(&format!("{name}-{number}"))?;
            }
            rows.push(row);
        }
        Ok(Self { revision: revision(fields)?, name: text("name")?, kind: text("kind")?, rows })
    }

    /// Does what a button beside the rows asks for; answers whether it was one of them.
    fn arrange(&mut self, wish: &str) -> bool {
        let count = self.rows.len();
        let (what, at) = wish.split_once('-').map_or((wish, 0), |(what, number)| (what, number.parse::<usize>().unwrap_or(0)));
        match (what, at) {
            ("add", _) if count < MOST_ROWS => self.rows.insert(if at == 0 { count } else { at.min(count) }, Row::default()),
            ("up", 2..) if at <= count => self.rows.swap(at - 2, at - 1),
            ("down", 1..) if at < count => self.rows.swap(at - 1, at),
            ("remove", 1..) if at <= count => drop(self.rows.remove(at - 1)),
            _ => return false,
        }
        true
    }

    /// The family, without empty rows.
    fn family(&self) -> Option<Family> {
        let releases = self.rows.iter().filter(|row| !row.is_empty()).map(Row::release).collect();
        Some(Family { name: self.name.clone(), kind: FamilyKind::parse(&self.kind)?, releases })
    }

    /// The control that a mistake in the table of the whole ladder is about; the family's first level stands in the line `first` of it.
    fn control(&self, error: &LadderError, first: u64) -> String {
        let mut filled = self.rows.iter().enumerate().filter(|(_, row)| !row.is_empty()).map(|(at, _)| at + 1);
        let number = error.line.checked_sub(first).and_then(|nth| filled.nth(usize::try_from(nth).ok()?));
        match (error.column, number) {
            (Some("family"), _) | (_, None) => "name".to_owned(),
            (Some("kind"), _) => "kind".to_owned(),
            (Some(column), Some(number)) => format!("{column}-{number}"),
            (None, Some(number)) => format!("level-{number}"),
        }
    }
}

/// Shows the form.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Path((key, family)): Path<(String, String)>) -> Result<FamilyPage, Failure> {
    let newest = newest(&editor, &key).await?;
    let typed = if family == NEW {
        Typed { revision: newest.revision, kind: FamilyKind::Updates.as_str().to_owned(), rows: vec![Row::default(); 3], ..Typed::default() }
    } else {
        Typed::of(newest.ladder.family(&family).ok_or(Failure::NotFound)?, newest.revision)
    };
    Ok(page(&editor, &viewer, &newest.ladder, &family, typed))
}

fn page(editor: &Editor, viewer: &Viewer, ladder: &Ladder, family: &str, typed: Typed) -> FamilyPage {
    let urls = editor.site.urls();
    let is_new = family == NEW;
    let title = if is_new { "A new family".to_owned() } else { format!("Family {family}") };
    FamilyPage {
        page: editor.site.page(title).at(Nav::Editor).seen_by(viewer).hidden(),
        errors: FieldErrors::default(),
        product: ladder.product().to_owned(),
        is_new,
        typed,
        action: urls.editor_family(ladder.key(), family),
        back: urls.editor_ladder(ladder.key()),
    }
}

/// Adds, moves or removes a row, or saves the family.
pub async fn edit(State(editor): State<Editor>, viewer: Viewer, Path((key, family)): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let newest = newest(&editor, &key).await?;
    let mut typed = Typed::read(&fields)?;
    if typed.arrange(fields.get("do")?.unwrap_or_default()) {
        return Ok(page(&editor, &viewer, &newest.ladder, &family, typed).into_response());
    }
    let mut errors = FieldErrors::default();
    let saved = save(&editor, &viewer, &newest, &family, &typed, &mut errors).await.map_err(|failure| failure.keeping(&fields))?;
    if saved {
        return Ok(Redirect::to(&editor.site.urls().editor_ladder(&key)).into_response());
    }
    let page = page(&editor, &viewer, &newest.ladder, &family, typed);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, FamilyPage { page: page.page.clone().with_error(), errors, ..page }).into_response())
}

/// Saves the family in its ladder; what keeps it from being saved is said in `errors`. Other people's changes to other families stay.
async fn save(editor: &Editor, viewer: &Viewer, newest: &Newest, name: &str, typed: &Typed, errors: &mut FieldErrors) -> Result<bool, Failure> {
    let ladder = &newest.ladder;
    if typed.revision != newest.revision {
        let seen = editor.shelf.ladder_at(ladder.key(), typed.revision).await.map_err(refusal)?;
        if seen.family(name) != ladder.family(name) {
            errors.add(
                "name",
                "Somebody else changed this family meanwhile. Open it in another window, compare it with what is typed here, and send it from there.",
            );
            return Ok(false);
        }
    }
    let Some(family) = typed.family() else {
        errors.add("kind", "Choose how the family is kept up to date.");
        return Ok(false);
    };
    if family.releases.is_empty() {
        errors.add("name", "A family needs at least one level. To take it away, remove it on the ladder's page.");
        return Ok(false);
    }
    let mut families = ladder.families().to_vec();
    let at = ladder.family_at(name).unwrap_or(families.len());
    let above: usize = families.iter().take(at).map(|family| family.releases.len()).sum();
    match families.get_mut(at) {
        Some(before) => *before = family,
        None => families.push(family),
    }
    let changed = match Ladder::from_families(ladder.key(), ladder.product(), &families) {
        Ok(changed) => changed,
        Err(error) => {
            errors.add(typed.control(&error, u64::try_from(above).unwrap_or_default() + 2), capitalised(&error.message));
            return Ok(false);
        }
    };
    match editor.shelf.save_ladder(changed, newest.revision, &by(viewer)).await {
        Ok(_) => Ok(true),
        Err(shelf::Error::Stale { .. }) => {
            errors.add("name", "Somebody else changed the ladder at the same moment. Send it again.");
            Ok(false)
        }
        Err(error) => levels_in_use(error, "name", errors).map(|()| false),
    }
}

/// A message of the table as a sentence.
fn capitalised(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(levels: &[&str]) -> Typed {
        let row = |level: &&str| Row([(*level).to_owned(), String::new(), String::new(), String::new(), String::new(), String::new()]);
        Typed { kind: "updates".to_owned(), rows: levels.iter().map(row).collect(), ..Typed::default() }
    }

    #[test]
    fn rows_are_added_moved_and_removed() {
        let levels = |typed: &Typed| typed.rows.iter().map(|row| row.0[0].clone()).collect::<Vec<_>>().join(" ");
        let mut form = typed(&["a", "b", "c"]);
        for (wish, after) in [("up-2", "b a c"), ("down-2", "b c a"), ("remove-1", "c a"), ("add-1", "c  a"), ("add", "c  a ")] {
            assert!(form.arrange(wish), "{wish}");
            assert_eq!(levels(&form), after, "{wish}");
        }
        for wish in ["up-1", "down-4", "remove-9", "up-x", "save", ""] {
            assert!(!form.arrange(wish), "{wish}");
        }
    }

    #[test]
    fn a_mistake_is_shown_at_its_row_also_behind_empty_ones() {
        let form = typed(&["", "a", "", "b"]);
        let error = |line, column| LadderError { line, column, message: String::new() };
        assert_eq!(form.control(&error(12, Some("build")), 11), "build-4");
        assert_eq!(form.control(&error(11, None), 11), "level-2");
        assert_eq!(form.control(&error(11, Some("kind")), 11), "kind");
        assert_eq!(form.control(&error(3, Some("level")), 11), "name");
        assert_eq!(form.family().unwrap().releases.iter().map(|release| release.line.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }
}
