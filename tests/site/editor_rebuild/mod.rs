//! A starter tree, built again by an author who has nothing but the pages: no import, no API, no script.
//!
//! The author copies the shipped guide from paper, so to say: [`Rebuild`] knows what is to be typed, finds each control on the page by its name, and
//! presses buttons and follows links by their words. What the forms cannot say would be missing in the file that is exported at the end.

mod nodes;
mod outlines;

use fixpath::tree::file;
use fixpath::tree::model::{Given, NodeKind, Tree};

use crate::page::Page;
use crate::site::{Site, on_both, on_sqlite};
use crate::visitor::Visitor;

/// What is typed: names of controls and their values.
type Typed = Vec<(String, String)>;

#[tokio::test]
async fn the_first_starter_tree_is_built_by_the_forms_alone() {
    let shipped = include_str!("../../../trees/extension-not-loaded.yaml");
    on_sqlite(async |site: &Site| assert_eq!(rebuilt(site, &file::read(shipped).unwrap()).await, shipped)).await;
}

#[tokio::test]
async fn a_tree_that_reads_the_ladder_is_built_by_the_forms_alone() {
    let shipped = include_str!("../../../trees/exchange-update-levels.yaml");
    on_sqlite(async |site: &Site| assert_eq!(rebuilt(site, &file::read(shipped).unwrap()).await, shipped)).await;
}

#[tokio::test]
async fn a_tree_with_every_kind_of_question_is_built_by_the_forms_alone() {
    let tree = file::read(include_str!("../../browser/trees/every-kind.yaml")).unwrap();
    on_both(async |site: &Site| assert_eq!(rebuilt(site, &tree).await, file::write(&tree).unwrap())).await;
}

/// The file that is exported once an author has built the tree again.
async fn rebuilt(site: &Site, shipped: &Tree) -> String {
    // An address is never used again, and the shipped guide has its own: this one differs from it in nothing else.
    let wanted = Tree { slug: format!("{}-again", shipped.slug), ..shipped.clone() };
    let mut author = Rebuild::begin(site, &wanted).await;
    author.add_nodes().await;
    author.fill_head().await;
    for node in &wanted.nodes {
        author.fill_node(node).await;
    }
    author.put_in_order().await;
    author.build_conditions().await;
    author.write_cases().await;
    let exported = author.export().await;
    exported.replacen(&format!("\nslug: {}\n", wanted.slug), &format!("\nslug: {}\n", shipped.slug), 1)
}

/// An author at work.
struct Rebuild<'a> {
    author: Visitor<'a>,
    /// The address of the guide's desk.
    desk: String,
    /// What the guide is to be.
    wanted: &'a Tree,
}

impl<'a> Rebuild<'a> {
    /// Makes the guide, which begins with a question and a hand-over.
    async fn begin(site: &'a Site, wanted: &'a Tree) -> Self {
        let mut author = site.author().await;
        author.get("/editor").await;
        author.follow("New guide").await;
        let mut rebuild = Self { author, desk: format!("/editor/trees/{}", wanted.slug), wanted };
        let typed = [
            ("title", wanted.title.clone()),
            ("slug", wanted.slug.clone()),
            ("products", wanted.products.join("\n")),
            ("applies_to", wanted.applies_to.clone()),
            ("ladder", wanted.ladder.clone()),
        ];
        rebuild.press("Make the guide", &typed.map(|(name, value)| (name.to_owned(), value))).await.says("Draft 1");
        rebuild
    }

    /// Fills the controls in and presses the button. The page that comes back has nothing to complain about.
    async fn press(&mut self, button: &str, typed: &[(String, String)]) -> &Page {
        let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let page = self.author.submit(button, &typed).await.has_status(200);
        assert_eq!(page.fields_with_errors(), [] as [String; 0], "after {button} with {typed:?}");
        page
    }

    async fn open(&mut self, key: &str) {
        let address = format!("{}?node={key}", self.desk);
        self.author.get(&address).await.has_status(200);
    }

    /// Adds every node behind the one before it. A key is made from the title that a node begins with, and stays when the title changes.
    async fn add_nodes(&mut self) {
        for node in self.wanted.nodes.iter().filter(|node| !["first_question", "hand_over"].contains(&node.key.as_str())) {
            self.author.follow("Add a node").await;
            let typed = [("kind".to_owned(), node.kind.name().to_owned()), ("title".to_owned(), node.key.replace('_', " "))];
            self.press("Add it", &typed).await.says(&format!("Key {}, which never changes.", node.key));
        }
    }

    async fn fill_head(&mut self) {
        let wanted = self.wanted;
        self.author.follow("About this guide").await;
        for _ in &wanted.symptoms.events {
            self.press("Add an event", &[]).await;
        }
        let mut typed: Typed = [
            ("title", wanted.title.clone()),
            ("summary", wanted.summary.clone()),
            ("products", wanted.products.join("\n")),
            ("owner", wanted.owner.clone().unwrap_or_default()),
            ("reviewed", wanted.reviewed.clone().unwrap_or_default()),
            ("review_by", wanted.review_by.clone().unwrap_or_default()),
            ("start", wanted.start.clone()),
            ("texts", wanted.symptoms.texts.join("\n")),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        for (number, event) in (1..).zip(&wanted.symptoms.events) {
            typed.push((format!("event-{number}-source"), event.source.clone()));
            typed.push((format!("event-{number}-id"), event.id.to_string()));
        }
        self.press("Save draft", &typed).await;
    }

    /// Deletes what the guide began with and is not to have, and puts the hand-over in its place.
    async fn put_in_order(&mut self) {
        for (key, kind) in [("first_question", "question"), ("hand_over", "outcome")] {
            self.open(key).await;
            match self.wanted.nodes.iter().position(|node| node.key == key) {
                Some(position) => {
                    self.author.follow("Arrange").await;
                    self.press("Move there", &[("position".to_owned(), (position + 1).to_string())]).await;
                }
                None => {
                    self.author.follow(&format!("Delete {kind}")).await.says("Nothing leads here");
                    self.press("Delete it", &[]).await;
                }
            }
        }
    }

    /// Builds the conditions of the routes line by line, without typing one.
    async fn build_conditions(&mut self) {
        for node in &self.wanted.nodes {
            if let NodeKind::Route(fork) = &node.kind {
                self.open(&node.key).await;
                for branch in &fork.branches {
                    self.build_branch(branch).await;
                }
            }
        }
    }

    async fn write_cases(&mut self) {
        self.open("").await;
        self.author.follow("Cases").await;
        for case in &self.wanted.cases {
            self.author.follow("Write a case").await;
            let given = file::write_given(&Given::of(case)).unwrap();
            let typed = [("name", case.name.clone()), ("given", given), ("expect", case.expect.clone())];
            self.press("Save the case", &typed.map(|(name, value)| (name.to_owned(), value))).await;
        }
    }

    async fn export(&mut self) -> String {
        self.open("").await;
        self.author.follow("Versions").await;
        self.author.follow("Draft as a file").await.has_status(200).body.clone()
    }
}
