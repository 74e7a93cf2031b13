//! Pictures in steps: uploaded, refused beside the field, hidden from visitors until they are published, and carried by tree files.

use std::io::Cursor;

use fixpath::tree::file;
use fixpath::tree::model::{NodeKind, Tree};
use fixpath::tree::picture;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::site::{Site, on_both, tree};
use crate::visitor::Visitor;

const PAGE: &str = "/editor/trees/detour/pictures";

/// A PNG of one colour.
fn png(shade: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::from_pixel(40, 30, Rgb([shade, 0, 0]))).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The tree `detour` whose first step has this text.
fn with_text(text: &str) -> Tree {
    let mut tree = tree("detour");
    let outcome = tree.nodes.iter_mut().find_map(|node| if let NodeKind::Outcome(outcome) = &mut node.kind { Some(outcome) } else { None });
    outcome.unwrap().procedures[0].steps[0].text = Some(text.to_owned());
    tree
}

/// Uploads a picture, and answers what the page says to write for it.
async fn upload(ada: &mut Visitor<'_>, file: &[u8], words: &str) -> String {
    ada.get(PAGE).await.has_status(200);
    ada.upload("Upload the picture", &[("words", words)], &[("file", "dialog.png", file)]).await.has_status(200).goes_to(PAGE);
    ada.page().with_id("markdown-1").unwrap().attribute("value").unwrap().to_owned()
}

/// The address of the picture that is written like this.
fn address(markdown: &str) -> String {
    format!("/images/{}", markdown.split("image:").nth(1).unwrap().trim_end_matches(')'))
}

/// Puts the text into the draft of the guide.
async fn put(site: &Site, text: &str) {
    let shelf = &site.app().visits().shelf;
    let draft = shelf.open_draft("detour").await.unwrap();
    shelf.replace("detour", draft.revision, with_text(text), &fixpath::audit::By::command_line()).await.unwrap();
}

/// Walks to the outcome with the picture.
async fn to_the_outcome(bob: &mut Visitor<'_>) {
    bob.get("/guides/detour").await;
    bob.submit("Start", &[]).await;
    bob.submit("Continue", &[("answer", "lift")]).await;
    bob.submit("Continue", &[("answer", "1")]).await;
}

#[tokio::test]
async fn a_picture_is_uploaded_and_seen_by_visitors_once_it_is_published() {
    on_both(async |site: &Site| {
        site.publish(&tree("detour")).await;
        let mut ada = site.author().await;
        ada.get("/editor/trees/detour").await;
        ada.follow("Pictures").await.goes_to(PAGE).says("There are none yet");
        let markdown = upload(&mut ada, &png(1), "The [red] lamp").await;
        assert!(markdown.starts_with("![The \\[red\\] lamp](image:"), "{markdown}");
        ada.page().says("40 × 30 pixels").says("No text of the draft shows it.");
        let image = address(&markdown);
        put(site, &format!("Look:\n\n{markdown}")).await;
        ada.get(PAGE).await.says("Shown in: Change the bulb, text of step 1 of procedure \"screw\"");
        assert!(!ada.page().has_button("Remove The [red] lamp"));
        ada.get(&image).await.has_status(200);
        assert_eq!(ada.page().header("content-type"), "image/png");
        assert_eq!(ada.page().header("cache-control"), "private, max-age=31536000, immutable");

        let mut bob = site.visitor();
        bob.get(&image).await.has_status(404).says("There is no such page");
        to_the_outcome(&mut bob).await;
        assert!(!bob.page().body.contains("<img"), "a visitor sees no part of a draft");
        ada.get("/editor/trees/detour/sign-off").await;
        assert!(ada.page().body.contains(&format!("<img src=\"{image}\" alt=\"The [red] lamp\" width=\"40\" height=\"30\" loading=\"lazy\">")));

        site.app().visits().shelf.publish("detour", "With a picture").await.unwrap();
        let mut bob = site.visitor();
        bob.get(&image).await.has_status(200);
        to_the_outcome(&mut bob).await;
        assert!(bob.page().body.contains(&format!("<img src=\"{image}\" alt=\"The [red] lamp\"")), "{}", bob.page().text());
        bob.follow("Share").await;
        bob.submit("Make a link", &[]).await;
        let link = bob.page().with_id("link").unwrap().attribute("value").unwrap().to_owned();
        let mut carol = site.visitor();
        carol.get(&link).await;
        assert!(carol.page().body.contains(&image));
        put(site, "No picture any more.").await;
        site.app().visits().shelf.publish("detour", "Without it").await.unwrap();
        carol.get(&image).await.has_status(200);
        carol.get("/images/none").await.has_status(404);
        carol.get(PAGE).await.goes_to("/sign-in");
    })
    .await;
}

#[tokio::test]
async fn what_is_no_picture_is_refused_beside_its_field_and_the_words_stay() {
    on_both(async |site: &Site| {
        site.publish(&tree("detour")).await;
        let mut ada = site.author().await;
        ada.get(PAGE).await;
        ada.upload("Upload the picture", &[("words", "")], &[]).await.has_status(422);
        assert_eq!(ada.page().field_error("file"), "Choose a picture.");
        assert!(ada.page().field_error("words").starts_with("Say in a few words what the picture shows"));
        let good = png(2);
        let large = [good.clone(), vec![0; 9 * 1024 * 1024]].concat();
        for (file, says) in [
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>".as_slice(), "The file is no PNG or JPEG."),
            (&good[..good.len() / 2], "the file breaks off or is damaged"),
            (&large, "8192 KiB is the limit"),
        ] {
            ada.upload("Upload the picture", &[("words", "A lamp")], &[("file", "lamp.png", file)]).await.has_status(422);
            let error = ada.page().field_error("file");
            assert!(error.contains(says), "{error}");
            assert_eq!(ada.page().value("words"), "A lamp");
        }
        ada.upload("Upload the picture", &[("words", &"x".repeat(201))], &[("file", "lamp.png", &good)]).await.has_status(422);
        assert!(ada.page().field_error("words").contains("200 are the limit"));
        ada.get(PAGE).await.says("There are none yet");
    })
    .await;
}

#[tokio::test]
async fn pictures_from_elsewhere_and_those_that_are_not_there_keep_a_draft_from_being_published() {
    on_both(async |site: &Site| {
        site.publish(&tree("detour")).await;
        let mut ada = site.author().await;
        put(site, &picture::written("A lamp", &picture::digest(b"nothing"))).await;
        ada.get("/editor/trees/detour/publish").await.says("shows a picture that is not there");
        put(site, "![A lamp](https://elsewhere.example/lamp.png)").await;
        ada.get("/editor/trees/detour/publish").await.says("Only pictures of this site are shown");
        let markdown = upload(&mut ada, &png(3), "A lamp").await;
        put(site, &markdown).await;
        ada.get("/editor/trees/detour/publish").await.says("The tree has no errors");
    })
    .await;
}

#[tokio::test]
async fn a_picture_that_no_text_shows_is_removed_and_one_in_use_is_not() {
    on_both(async |site: &Site| {
        site.publish(&tree("detour")).await;
        let mut ada = site.author().await;
        let markdown = upload(&mut ada, &png(4), "A lamp").await;
        let mut other = ada.other_window();
        put(site, &markdown).await;
        other.submit("Remove A lamp", &[]).await.has_status(409).says("take it out of the text first");
        put(site, "Nothing.").await;
        ada.get(PAGE).await;
        ada.submit("Remove A lamp", &[]).await.goes_to(PAGE).says("There are none yet");
    })
    .await;
}

#[tokio::test]
async fn a_tree_file_carries_its_pictures_to_another_site() {
    on_both(async |site: &Site| {
        site.publish(&tree("detour")).await;
        let mut ada = site.author().await;
        let markdown = upload(&mut ada, &png(5), "A lamp").await;
        upload(&mut ada, &png(6), "Shown nowhere").await;
        put(site, &markdown).await;
        let exported = ada.get("/editor/trees/detour/export").await.body.clone();
        let digest = address(&markdown).replace("/images/", "");
        assert_eq!(exported.matches(&digest).count(), 2, "in the text, and in \"pictures\":\n{exported}");
        assert_eq!(file::write(&file::read(&exported).unwrap()).unwrap(), exported);
        on_both(async |other: &Site| {
            let mut eve = other.author().await;
            eve.get("/editor/import").await;
            let damaged = exported.replace("iVBORw0KGgo", "iVBORw0KGgp");
            eve.submit("Read what is pasted", &[("text", &damaged)]).await.has_status(422);
            assert!(eve.page().field_error("text").contains("is damaged"), "{}", eve.page().field_error("text"));
            eve.submit("Read what is pasted", &[("text", &exported)]).await.goes_to("/editor/trees/detour");
            assert_eq!(eve.get("/editor/trees/detour/export").await.body, exported);
            eve.get(PAGE).await.says("A lamp");
            eve.get(&address(&markdown)).await.has_status(200);
        })
        .await;
    })
    .await;
}
