//! Authors in each other's way, sessions that end too early, and posts that are not the author's: no text is lost, and none is slipped in.

use axum::body::Body;
use axum::http::Method;
use fixpath::tree::model::{NodeKind, Question};
use fixpath::web::Role;
use futures_util::future::join_all;

use crate::page::Page;
use crate::site::{PASSWORD, Site, on_both, tree};
use crate::visitor::{HOST, Visitor, encoded};

const NODE: &str = "/editor/trees/kinds?node=colour";
/// Longest that a session lasts without being used, in milliseconds.
const IDLE: i64 = 8 * 60 * 60 * 1000;
const HAND: &str = "part-1-field-1-take";
const TEXT: &str = "part-1-field-1-text";

/// The question that everybody edits, as it is stored.
async fn stored(site: &Site) -> Question {
    let draft = site.app().visits().shelf.open_draft("kinds").await.unwrap();
    let NodeKind::Question(question) = &draft.tree.node("colour").unwrap().kind else { panic!("it is no question any more") };
    Question::clone(question)
}

/// Authors with these names, each with the form of the question open.
async fn at_one_form<'a, const N: usize>(site: &'a Site, names: [&str; N]) -> [Visitor<'a>; N] {
    site.publish(&tree("kinds")).await;
    let mut authors = Vec::new();
    for name in names {
        let mut author = site.sign_in_as(name, &[Role::Author]).await;
        author.get(NODE).await.has_status(200);
        authors.push(author);
    }
    authors.try_into().unwrap_or_else(|_| panic!("an author is missing"))
}

/// The texts of the first field that is disputed: the author's own, and the others'.
fn sides(page: &Page) -> [String; 2] {
    let quotes = page.named(&["div"]).into_iter().filter(|part| part.attribute("class") == Some("quote"));
    let texts: Vec<String> = quotes.take(2).map(|quote| quote.raw_text()).collect();
    texts.try_into().unwrap_or_else(|_| panic!("the page shows no two versions:\n{}", page.text()))
}

/// Adds a line to the prompt and, as long as others were quicker, to what they wrote; answers how often they were.
async fn add_a_line(author: &mut Visitor<'_>, line: &str) -> usize {
    author.get(NODE).await;
    let before = author.page().value("prompt");
    // Everybody has the form before anybody sends it.
    tokio::task::yield_now().await;
    author.submit("Save draft", &[("prompt", &format!("{before}\n{line}"))]).await;
    for outrun in 0..100 {
        if author.page().status == 200 {
            return outrun;
        }
        author.page().has_status(409);
        let [mine, theirs] = sides(author.page());
        assert!(mine.contains(line), "{mine}");
        author.submit("Save what I chose", &[(HAND, "hand"), (TEXT, &format!("{theirs}\n{line}"))]).await;
    }
    panic!("{line} is never stored");
}

#[tokio::test]
async fn authors_who_save_one_node_at_the_same_time_lose_no_line() {
    on_both(async |site: &Site| {
        let mut authors = at_one_form(site, ["Ada", "Bob", "Cleo", "Dan", "Eva"]).await;
        let mut outrun = 0;
        for round in 0..4 {
            let adding = (1..).zip(&mut authors).map(async |(number, author)| add_a_line(author, &format!("line {number} of round {round}")).await);
            outrun += join_all(adding).await.into_iter().sum::<usize>();
        }
        assert!(outrun >= 8, "they were in each other's way only {outrun} times");
        let stored = stored(site).await.prompt;
        let mut lines: Vec<&str> = stored.lines().filter(|line| line.starts_with("line")).collect();
        assert_eq!(lines.len(), 20, "{stored}");
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), 20, "{stored}");
    })
    .await;
}

#[tokio::test]
async fn what_is_written_by_hand_is_kept_where_others_save_again() {
    on_both(async |site: &Site| {
        let [mut ada, mut bob] = at_one_form(site, ["Ada", "Bob"]).await;
        ada.submit("Save draft", &[("prompt", "Ada's first")]).await.has_status(200);
        bob.submit("Save draft", &[("prompt", "Bob's"), ("hint", "Bob's hint")]).await.has_status(409);
        ada.submit("Save draft", &[("prompt", "Ada's second")]).await.has_status(200);
        bob.submit("Save what I chose", &[(HAND, "hand"), (TEXT, "Bob's, after Ada's first")]).await.has_status(409);
        assert_eq!(sides(bob.page()), ["Bob's, after Ada's first", "Ada's second"]);
        // A second window of Bob's, and a choice that was forgotten: nothing of it is lost either.
        bob.submit("Save what I chose", &[(TEXT, "Bob's, after both")]).await.has_status(422);
        assert_eq!(bob.page().value(TEXT), "Bob's, after both");
        // What she saves elsewhere in the meantime is in nobody's way.
        ada.submit("Save draft", &[("help", "Ada's help")]).await.has_status(200);
        bob.submit("Save what I chose", &[(HAND, "hand")]).await.has_status(200);
        let stored = stored(site).await;
        let texts = (stored.prompt.as_str(), stored.hint.as_deref(), stored.help.as_deref());
        assert_eq!(texts, ("Bob's, after both", Some("Bob's hint"), Some("Ada's help")));
    })
    .await;
}

#[tokio::test]
async fn a_way_that_is_chosen_while_its_node_is_deleted_is_chosen_again_and_the_rest_is_kept() {
    on_both(async |site: &Site| {
        let [mut ada, mut bob] = at_one_form(site, ["Ada", "Bob"]).await;
        let add = [("kind", "outcome"), ("title", "Short lived")];
        ada.follow("Add a node").await;
        ada.submit("Add it", &add).await.has_status(200);
        bob.get(NODE).await;
        ada.follow("Delete outcome").await;
        ada.submit("Delete it", &[]).await.has_status(200);
        bob.submit("Save draft", &[("prompt", "Bob's prompt"), ("otherwise", "short_lived")]).await.has_status(409).says("Bob's prompt").says("short_lived");
        // Where nothing is known the way is the same as "otherwise" here, and it was chosen with it.
        let [prompt, way, unknown] = ["part-1-field-1-take", "part-1-field-2-take", "part-1-field-3-take"];
        bob.submit("Save what I chose", &[(prompt, "mine"), (way, "mine"), (unknown, "mine")]).await.has_status(422);
        assert!(bob.page().field_error(prompt).contains("a node that is deleted"));
        bob.submit("Save what I chose", &[(way, "theirs"), (unknown, "theirs")]).await.has_status(200);
        let stored = stored(site).await;
        assert_eq!((stored.prompt.as_str(), stored.fork.otherwise.as_str()), ("Bob's prompt", "signs"));
    })
    .await;
}

#[tokio::test]
async fn a_session_that_ends_while_a_long_form_is_open_takes_no_text_with_it() {
    let long = "A line with **signs** & \"quotes\", {servers} and \u{fc}mlauts.\n\n".repeat(500);
    on_both(async |site: &Site| {
        let [mut ada, mut bob] = at_one_form(site, ["Ada", "Bob"]).await;
        site.clock.advance(IDLE + 1);
        ada.submit("Save draft", &[("help", &long), ("title", "Ada's title")]).await.has_status(401).says("What you had written is not lost");
        assert_ne!(stored(site).await.help.as_deref(), Some(long.as_str()), "it is stored without a session");
        ada.submit("Sign in", &[("name", "Ada"), ("password", PASSWORD)]).await.has_status(200).says("still here");
        ada.submit("Send it now", &[]).await.has_status(200).says("Ada's title");
        assert_eq!(stored(site).await.help.as_deref(), Some(long.as_str()));

        // Bob's form is as old, and the text that it would change is no longer the one that it was made from.
        bob.submit("Save draft", &[("help", "Bob's help")]).await.has_status(401);
        bob.submit("Sign in", &[("name", "Bob"), ("password", PASSWORD)]).await;
        bob.submit("Send it now", &[]).await.has_status(409);
        assert_eq!(sides(bob.page()), ["Bob's help", &long]);
        site.clock.advance(IDLE + 1);
        bob.submit("Save what I chose", &[(HAND, "hand"), (TEXT, "Bob's help, and Ada's")]).await.has_status(401);
        bob.submit("Sign in", &[("name", "Bob"), ("password", PASSWORD)]).await;
        bob.submit("Send it now", &[]).await.has_status(200);
        assert_eq!(stored(site).await.help.as_deref(), Some("Bob's help, and Ada's"));
    })
    .await;
}

#[tokio::test]
async fn a_post_from_another_site_or_with_a_stolen_old_cookie_saves_nothing() {
    on_both(async |site: &Site| {
        let [mut ada] = at_one_form(site, ["Ada"]).await;
        let (action, sent) = ada.filled("Save draft", &[("prompt", "Slipped in")]);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let form = ("content-type", "application/x-www-form-urlencoded");
        for from in [("origin", "http://evil.test"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
            ada.request(Method::POST, &action, &[form, from], Body::from(encoded(&sent))).await.has_status(403).says("from another site");
        }
        // Who signs in again, or out, has another cookie; the old one opens nothing.
        let own = format!("http://{HOST}");
        let mut stolen = ada.other_window();
        ada.get("/account").await;
        ada.submit("Sign out", &[]).await;
        stolen.request(Method::POST, &action, &[form, ("origin", &own)], Body::from(encoded(&sent))).await.has_status(401);
        stolen.get(NODE).await.goes_to("/sign-in?next=%2Feditor%2Ftrees%2Fkinds%3Fnode%3Dcolour");
        assert_ne!(stored(site).await.prompt, "Slipped in");
    })
    .await;
}
