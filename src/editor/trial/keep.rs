//! "Keep as a case": the walk becomes a test of the tree.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::super::Editor;
use super::super::save::{self, Attempt, saved};
use super::beside::Typed;
use super::renamed::renamed;
use super::standing::{self, Standing};
use super::start;
use crate::tree::case::{self, HAND_OVER};
use crate::tree::model::{Case, Tree};
use crate::tree::walk::End;
use crate::web::{Failure, FieldErrors, Form, Path, Urls, Viewer};
use crate::words::title;

/// The id and name of the case's name.
const NAME: &str = "case-name";
/// The id and name of "with other names".
const RENAMED: &str = "renamed";
/// The longest name of a case, in characters.
pub const LONGEST_NAME: usize = 200;

/// The form.
pub struct KeepForm {
    /// Where it is posted to.
    pub action: String,
    /// The revision that it was made from.
    pub revision: i64,
    /// What stands in the name.
    pub name: String,
    /// Whether "with other names" is ticked.
    pub renamed: bool,
    /// What the case will expect, in words; `None` while the walk has not ended.
    pub expects: Option<String>,
    /// Whether the draft has a case of the name that the walk was opened from, which can be replaced.
    pub replaces: bool,
}

impl KeepForm {
    /// The form for `standing`, with what was typed if it comes back.
    pub fn new(standing: &Standing, urls: &Urls, typed: Option<(String, bool)>) -> Self {
        let expects = match &standing.walk.end {
            End::Question { .. } => None,
            End::Outcome { node, .. } => Some(title(&standing.closure, node)),
            End::HandOver => Some("Nothing is left to try".to_owned()),
        };
        let (name, renamed) = typed.unwrap_or_else(|| (proposed(standing, expects.as_deref()), false));
        Self {
            action: urls.editor_try_keep(standing.slug()),
            revision: standing.draft.revision,
            name,
            renamed,
            expects,
            replaces: has_case(&standing.draft.tree, &standing.case.name),
        }
    }
}

/// The name of the case that the walk was opened from; else what the walk came to, with a number behind it where cases have that name.
fn proposed(standing: &Standing, expects: Option<&str>) -> String {
    let of_case = Some(standing.case.name.as_str()).filter(|name| !name.is_empty());
    let Some(name) = of_case.or(expects) else { return String::new() };
    let tree = &standing.draft.tree;
    if of_case.is_some() || !has_case(tree, name) {
        return name.to_owned();
    }
    // One of as many numbers as there are cases, and one more, is free.
    (2..=tree.cases.len() + 2).map(|number| format!("{name} ({number})")).find(|name| !has_case(tree, name)).unwrap_or_default()
}

fn has_case(tree: &Tree, name: &str) -> bool {
    tree.cases.iter().any(|case| case.name == name)
}

/// Keeps the walk as a case of the draft, and begins the next one.
pub async fn keep(State(editor): State<Editor>, viewer: Viewer, Path(slug): Path<String>, Form(fields): Form) -> Result<Response, Failure> {
    let standing = standing::open(&editor, &viewer, &slug).await.map_err(|failure| failure.keeping(&fields))?;
    let (revision, base) = save::base(&editor, &slug, &fields).await?;
    let name = fields.get(NAME)?.unwrap_or_default().trim().to_owned();
    let with_other_names = fields.get(RENAMED)?.is_some();
    let replaced = fields.get("instead")?.filter(|old| has_case(&base, old));
    let kept = made(&standing, &name, with_other_names).and_then(|case| {
        let taken = base.cases.iter().any(|other| other.name == case.name && Some(other.name.as_str()) != replaced);
        if taken { Err((NAME, "The draft has a case of this name. Choose another name, or say that this one takes its place.".to_owned())) } else { Ok(case) }
    });
    let case = match kept {
        Ok(case) => case,
        Err((field, problem)) => {
            let mut errors = FieldErrors::default();
            errors.add(field, problem);
            let typed = Typed { keep: Some((name, with_other_names)), ..Typed::default() };
            let page = start::page(&editor, &viewer, &standing, None, typed, errors)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let mut tree = Tree::clone(&base);
    match replaced.and_then(|old| tree.cases.iter_mut().find(|case| case.name == old)) {
        Some(old) => *old = case,
        None => tree.cases.push(case),
    }
    let next = editor.site.urls().editor_try_kept(&slug, &name, standing.unfit.len());
    let answer = saved(&editor, &viewer, Attempt { slug, revision, tree, next }).await.map_err(|failure| failure.keeping(&fields))?;
    if answer.status().is_redirection() {
        standing::put(&editor, &viewer, &standing, standing::nothing()).await?;
    }
    Ok(answer)
}

/// The case, without what the draft does not understand, or what must change and where.
fn made(standing: &Standing, name: &str, with_other_names: bool) -> Result<Case, (&'static str, String)> {
    if name.is_empty() {
        return Err((NAME, "Say in a few words what the case shows.".to_owned()));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err((NAME, format!("The name has more than {LONGEST_NAME} characters. Shorten it.")));
    }
    let expect = match &standing.walk.end {
        End::Question { .. } => return Err((NAME, "The walk has not ended. Answer the question first.".to_owned())),
        End::Outcome { node, .. } => standing.written(node),
        End::HandOver => HAND_OVER.to_owned(),
    };
    let case = if with_other_names { renamed(standing) } else { standing.understood.clone() };
    let case = Case { name: name.to_owned(), expect, ..case };
    match case::run(&standing.closure, &case) {
        Ok(ran) if ran.passed => Ok(case),
        Ok(ran) => Err((RENAMED, format!("With other names the walk comes to {}, since a name is also a word of the text. Untick this.", ran.got))),
        Err(problem) => Err((RENAMED, problem)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::standing::{nothing, tests::standing};
    use super::*;

    #[test]
    fn a_walk_that_ended_is_kept_with_what_it_came_to() {
        let first = standing(nothing()).draft.tree.cases[0].clone();
        let ended = standing(Case { name: String::new(), expect: String::new(), ..first.clone() });
        let kept = made(&ended, "mine", false).unwrap();
        assert_eq!(kept, Case { name: "mine".to_owned(), ..first });
        assert_eq!(made(&ended, "mine", true).unwrap().expect, kept.expect);
    }

    #[test]
    fn what_cannot_be_kept_is_refused_at_its_field() {
        let nameless = made(&standing(nothing()), "", false).unwrap_err();
        assert!(nameless.0 == NAME && nameless.1.contains("few words"));
        assert!(made(&standing(nothing()), "open", false).unwrap_err().1.contains("not ended"));
    }

    #[test]
    fn what_the_draft_does_not_understand_is_left_out() {
        let first = standing(nothing()).draft.tree.cases[0].clone();
        let mut stale = first.clone();
        stale.facts.insert("colour".to_owned(), "red".into());
        let standing = standing(stale);
        for with_other_names in [false, true] {
            let kept = made(&standing, "kept", with_other_names).unwrap();
            assert!(!kept.facts.contains_key("colour") && kept.expect == first.expect);
        }
    }

    #[test]
    fn a_taken_name_is_proposed_with_a_number() {
        let mut ended = standing(nothing());
        assert_eq!(proposed(&ended, Some("Fix it")), "Fix it");
        let mut tree = Tree::clone(&ended.draft.tree);
        tree.cases.extend(["Fix it", "Fix it (2)"].map(|name| Case { name: name.to_owned(), ..nothing() }));
        ended.draft.tree = std::sync::Arc::new(tree);
        assert_eq!(proposed(&ended, Some("Fix it")), "Fix it (3)");
        assert_eq!(proposed(&ended, None), "");
        ended.case.name = "Fix it".to_owned();
        assert_eq!(proposed(&ended, Some("Other")), "Fix it", "the walk of a case keeps its name");
    }
}
