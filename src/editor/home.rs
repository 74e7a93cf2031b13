//! All trees, and what is due.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;

use super::{Editor, refusal};
use crate::shelf::TreeRow;
use crate::web::{Failure, Nav, Page, Query, Urls, Viewer, time};

/// How long before a review is due it is named, in milliseconds.
const SOON: i64 = 30 * 24 * 60 * 60 * 1000;
/// From how many trees on they can be searched.
const MANY: usize = 12;

/// The list of all trees.
#[derive(Template, WebTemplate)]
#[template(path = "editor/home.html")]
pub struct HomePage {
    page: Page,
    due: Vec<Due>,
    trees: Vec<TreeLine>,
    /// What the list was searched for; none where there are too few trees to search.
    words: Option<String>,
}

/// Something that waits for somebody.
struct Due {
    title: String,
    href: String,
    what: String,
    /// Whether it is late.
    late: bool,
}

/// A tree of the list.
struct TreeLine {
    title: String,
    href: String,
    products: String,
    live: Option<i64>,
    draft: Option<String>,
    owner: String,
    review_by: Option<String>,
}

/// The list of all trees.
pub async fn show(State(editor): State<Editor>, viewer: Viewer, Query(query): Query) -> Result<HomePage, Failure> {
    let urls = editor.site.urls();
    let rows = editor.shelf.trees_overview().await.map_err(refusal)?;
    let (today, soon) = (time::iso_day(editor.clock.now_ms()), time::iso_day(editor.clock.now_ms() + SOON));
    let sought = query.get("words")?.unwrap_or_default().trim().to_owned();
    let found = rows.iter().filter(|row| is_found(row, &sought));
    Ok(HomePage {
        page: editor.site.page("Editor").at(Nav::Editor).seen_by(&viewer).hidden(),
        due: rows.iter().flat_map(|row| due(row, urls, &today, &soon)).collect(),
        trees: found.map(|row| line(row, urls)).collect(),
        words: (rows.len() >= MANY || !sought.is_empty()).then_some(sought),
    })
}

/// Whether each of the words stands somewhere in what the list shows of the tree.
fn is_found(row: &TreeRow, sought: &str) -> bool {
    let shown = [&row.title, &row.slug, row.owner.as_ref().unwrap_or(&String::new()), &row.products.join(" ")].map(|text| text.to_lowercase()).join(" ");
    sought.to_lowercase().split_whitespace().all(|word| shown.contains(word))
}

fn due(row: &TreeRow, urls: &Urls, today: &str, soon: &str) -> Vec<Due> {
    let entry = |what: String, late: bool| Due { title: row.title.clone(), href: urls.editor_tree(&row.slug), what, late };
    let mut due = Vec::new();
    if let Some(day) = row.review_by.as_deref().filter(|day| *day <= soon) {
        let late = day < today;
        let shown = time::written_day(day);
        due.push(entry(if late { format!("Review was due on {shown}") } else { format!("Review is due on {shown}") }, late));
    }
    if let Some(who) = &row.review_asked {
        due.push(entry(format!("{who} asks for somebody to look at the draft"), false));
    }
    if let Some(schedule) = &row.schedule {
        let at = time::moment(schedule.at);
        due.push(match &schedule.failed {
            Some(why) => entry(format!("Could not be published at {at}: {why}"), true),
            None if schedule.stale => entry(format!("Was to be published at {at}, but the draft has been edited since"), true),
            None => entry(format!("Will be published at {at}"), false),
        });
    }
    due
}

fn line(row: &TreeRow, urls: &Urls) -> TreeLine {
    let saved = row.saved_at.map(|at| match &row.saved_by {
        Some(name) => format!("{} by {name}", time::day(at)),
        None => time::day(at),
    });
    TreeLine {
        title: row.title.clone(),
        href: urls.editor_tree(&row.slug),
        products: row.products.join(", "),
        live: row.live,
        draft: row.has_draft.then(|| saved.unwrap_or_else(|| "changed".to_owned())),
        owner: row.owner.clone().unwrap_or_default(),
        review_by: row.review_by.as_deref().map(time::written_day),
    }
}
