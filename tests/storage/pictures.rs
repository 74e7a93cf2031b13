//! Pictures beside the trees: kept once, added to trees, published with a version, and deleted when nothing uses them.

use std::io::Cursor;

use fixpath::audit::By;
use fixpath::clock::Clock;
use fixpath::db::Db;
use fixpath::shelf::{Error, Shelf};
use fixpath::tree::model::{NodeKind, Tree};
use fixpath::tree::picture::{self, Size};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::databases::{NOW, both};
use crate::shelf::{full_tree, ladder};

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// A PNG of one colour, 20 pixels wide and 10 high.
pub fn png(shade: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::from_pixel(20, 10, Rgb([shade, 0, 0]))).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn by() -> By {
    By { name: "ann".to_owned(), address: "192.0.2.1".to_owned() }
}

/// The tree with this cause of its first outcome.
fn because(tree: &Tree, cause: &str) -> Tree {
    let mut tree = tree.clone();
    let outcome = tree.nodes.iter_mut().find_map(|node| if let NodeKind::Outcome(outcome) = &mut node.kind { Some(outcome) } else { None });
    outcome.unwrap().cause = cause.to_owned();
    tree
}

#[tokio::test]
async fn a_picture_is_kept_once_copied_with_its_tree_and_published_with_a_version() {
    both(async |db: Db| {
        let shelf = Shelf::open(db, Clock::fixed(NOW)).await.unwrap();
        shelf.load_ladders(vec![ladder("exchange"), ladder("windows")]).await.unwrap();
        let one = shelf.create(full_tree("one"), &by()).await.unwrap();
        let digest = shelf.add_image("one", png(1), "A dialog", &by()).await.unwrap();
        assert_eq!(shelf.add_image("one", png(1), "Again", &by()).await.unwrap(), digest);
        let other = shelf.add_image("one", png(2), "Another", &by()).await.unwrap();
        let added: Vec<_> = shelf.images_of(one.tree_id).await.unwrap().into_iter().map(|added| (added.digest, added.words, added.by)).collect();
        assert_eq!(added.len(), 2);
        assert!(added.contains(&(digest.clone(), "A dialog".to_owned(), "ann".to_owned())), "{added:?}");
        let image = shelf.image(&digest).await.unwrap().unwrap();
        assert_eq!((image.media_type.as_str(), image.width, image.height, picture::digest(&image.bytes)), ("image/png", 20, 10, digest.clone()));
        assert_eq!(shelf.image("none").await.unwrap(), None);
        assert_eq!(shelf.image_sizes().get(&digest), Some(&Size { width: 20, height: 10 }));
        assert!(matches!(shelf.add_image("nobody", png(1), "x", &by()).await, Err(Error::NoTree(_))));

        let copy = shelf.copy("one", "two", "Second", &by()).await.unwrap();
        assert_eq!(shelf.images_of(copy.tree_id).await.unwrap().len(), 2);
        let shows = because(&one.tree, &picture::written("A dialog", &digest));
        shelf.replace("one", 1, shows.clone(), &by()).await.unwrap();
        assert!(!shelf.is_image_published(&digest));
        shelf.publish_draft("one", 2, "First", &by()).await.unwrap();
        assert!(shelf.is_image_published(&digest) && !shelf.is_image_published(&other));
        let packed = shelf.packed(&shows).await.unwrap();
        assert_eq!(packed.pictures.keys().collect::<Vec<_>>(), [&digest]);
    })
    .await;
}

#[tokio::test]
async fn a_picture_that_nothing_uses_is_deleted_after_a_day_and_no_other() {
    both(async |db: Db| {
        let clock = Clock::fixed(NOW);
        let shelf = Shelf::open(db, clock.clone()).await.unwrap();
        shelf.load_ladders(vec![ladder("exchange"), ladder("windows")]).await.unwrap();
        let one = shelf.create(full_tree("one"), &by()).await.unwrap();
        let mut digests = Vec::new();
        for shade in 1..=4 {
            digests.push(shelf.add_image("one", png(shade), "A dialog", &by()).await.unwrap());
        }
        let [unused, added, published, undone] = digests.try_into().unwrap();
        shelf.replace("one", 1, because(&one.tree, &picture::written("x", &undone)), &by()).await.unwrap();
        shelf.replace("one", 2, because(&one.tree, &picture::written("x", &published)), &by()).await.unwrap();
        assert!(matches!(shelf.remove_image("one", &published, &by()).await, Err(Error::PictureInUse)));
        shelf.publish_draft("one", 3, "First", &by()).await.unwrap();
        shelf.replace("one", 3, Tree::clone(&one.tree), &by()).await.unwrap();
        for digest in [&unused, &published, &undone] {
            shelf.remove_image("one", digest, &by()).await.unwrap();
        }
        assert_eq!(shelf.delete_unused_images().await.unwrap(), 0, "nothing is a day old");
        clock.advance(DAY + 1);
        assert_eq!(shelf.delete_unused_images().await.unwrap(), 1);
        let mut there = Vec::new();
        for digest in [&unused, &added, &published, &undone] {
            there.push(shelf.image(digest).await.unwrap().is_some());
        }
        assert_eq!(there, [false, true, true, true]);
    })
    .await;
}

#[tokio::test]
async fn what_came_with_a_file_is_stored_with_it_or_not_at_all() {
    both(async |db: Db| {
        let shelf = Shelf::open(db, Clock::fixed(NOW)).await.unwrap();
        let image = png(7);
        let digest = picture::digest(&image);
        let tree = picture::packed(&because(&full_tree("one"), &picture::written("x", &digest)), [(digest.as_str(), image.as_slice())]);
        let draft = shelf.create(tree.clone(), &by()).await.unwrap();
        assert_eq!((draft.tree.pictures.len(), shelf.packed(&draft.tree).await.unwrap()), (0, tree));
        assert_eq!(shelf.images_of(draft.tree_id).await.unwrap()[0].words, "x");
        // Something behind the end of the picture.
        let longer = [image, b"who made it".to_vec()].concat();
        let digest = picture::digest(&longer);
        let tree = picture::packed(&because(&full_tree("two"), &picture::written("x", &digest)), [(digest.as_str(), longer.as_slice())]);
        assert!(matches!(shelf.create(tree, &by()).await, Err(Error::PictureInFile(_))));
        assert!(matches!(shelf.open_draft("two").await, Err(Error::NoTree(_))));
        assert_eq!(shelf.image(&digest).await.unwrap(), None);
    })
    .await;
}
