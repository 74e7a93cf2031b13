//! Pictures in steps. A tree names one as `image:DIGEST` in its Markdown; the files are kept beside the trees, each once.
//!
//! Authors see every picture. Visitors see those that a published version shows, for as long as diagnoses may rest on it, and no others.

mod bare;
mod encode;
pub(super) mod store;

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::{Error, Result, Shelf, store as trees};
use crate::audit::{self, Action, By};
use crate::db::Write;
use crate::tree::model::Tree;
use crate::tree::picture::{self, MAX_TOTAL, Size, Sizes};

pub use encode::{MAX_HEIGHT, MAX_PIXELS, MAX_UPLOAD, MAX_WIDTH, Refused};

/// Pictures that are decoded at once: each may take as much memory as [`MAX_PIXELS`] need.
static DECODING: Semaphore = Semaphore::const_new(2);
/// How long a picture that nothing uses is kept, in milliseconds.
const KEPT_UNUSED: i64 = 24 * 60 * 60 * 1000;

/// A picture as it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// `image/png` or `image/jpeg`.
    pub media_type: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A picture that an author added to a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// The SHA-256 of its file, in hexadecimal.
    pub digest: String,
    /// What it shows.
    pub words: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub at: i64,
    /// Who added it.
    pub by: String,
}

/// What is known of a picture without its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub size: Size,
    /// Whether a published version shows it.
    pub is_published: bool,
}

/// The pictures that came with a tree, ready to be stored.
pub(super) type Unpacked = Vec<(String, Image)>;

impl Shelf {
    /// Encodes an uploaded PNG or JPEG anew and adds it to the tree at `slug`, with words for what it shows; answers its digest. An equal one is kept once.
    ///
    /// # Errors
    /// [`Error::Picture`] for a file that is not taken, [`Error::TooManyPictures`], [`Error::NoTree`]; or if the database cannot store it.
    pub async fn add_image(&self, slug: &str, file: Vec<u8>, words: &str, by: &By) -> Result<String> {
        let image = decoding(move || encode::encode_anew(&file)).await?.map_err(Error::Picture)?;
        let digest = picture::digest(&image.bytes);
        let (name, slug, words, by, now) = (digest.clone(), slug.to_owned(), words.to_owned(), by.clone(), self.0.clock.now_ms());
        self.change(move |write| {
            Box::pin(async move {
                let tree = trees::find_tree(write, &slug).await?.ok_or(Error::NoTree(slug))?;
                store::insert(write, &name, &image, &by.name, now).await?;
                store::add(write, tree.id, &name, &words, &by.name, now).await?;
                if store::base64_bytes(write, tree.id).await? > i64::try_from(MAX_TOTAL).unwrap_or(i64::MAX) {
                    return Err(Error::TooManyPictures);
                }
                Ok(audit::note(write, now, &by, Action::Edit, &tree.slug, &format!("Uploaded the picture {name}")).await?)
            })
        })
        .await?;
        Ok(digest)
    }

    /// The pictures of a tree, in the order of adding.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn images_of(&self, tree_id: i64) -> Result<Vec<Added>> {
        Ok(store::of_tree(&mut self.0.db.read().await?, tree_id).await?)
    }

    /// Takes a picture from the tree at `slug`; its draft must not show it.
    ///
    /// # Errors
    /// [`Error::PictureInUse`] if it does, [`Error::NoTree`]; or if the database cannot store it.
    pub async fn remove_image(&self, slug: &str, digest: &str, by: &By) -> Result<()> {
        let (shelf, slug, digest, by, now) = (self.clone(), slug.to_owned(), digest.to_owned(), by.clone(), self.0.clock.now_ms());
        self.change(move |write| {
            Box::pin(async move {
                let present = super::drafts::Present::read(write, &shelf, &slug).await?;
                if picture::shown(&present.tree).iter().any(|shown| shown.digest == digest) {
                    return Err(Error::PictureInUse);
                }
                if store::remove(write, present.row.id, &digest).await? > 0 {
                    audit::note(write, now, &by, Action::Edit, &present.row.slug, &format!("Removed the picture {digest}")).await?;
                }
                Ok(())
            })
        })
        .await
    }

    /// The picture with this digest.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn image(&self, digest: &str) -> Result<Option<Image>> {
        Ok(store::find(&mut self.0.db.read().await?, digest).await?)
    }

    /// Whether visitors may see the picture with this digest: a published version shows it, or did.
    #[must_use]
    pub fn is_image_published(&self, digest: &str) -> bool {
        self.catalog().is_image_published(digest)
    }

    /// The sizes of all pictures.
    #[must_use]
    pub fn image_sizes(&self) -> Arc<Sizes> {
        Arc::clone(self.catalog().image_sizes())
    }

    /// Whether the pictures that a tree carries can be stored.
    ///
    /// # Errors
    /// [`Error::PictureInFile`] if not.
    pub async fn check_pictures(&self, tree: &Tree) -> Result<()> {
        unpack(&mut tree.clone()).await.map(drop)
    }

    /// A copy of `tree` with the files of the pictures that it shows, as it travels. One that is not there is left out.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn packed(&self, tree: &Tree) -> Result<Tree> {
        let mut files = BTreeMap::new();
        for shown in picture::shown(tree) {
            if let Some(image) = self.image(&shown.digest).await? {
                files.insert(shown.digest, image.bytes);
            }
        }
        Ok(picture::packed(tree, files.iter().map(|(digest, bytes)| (digest.as_str(), bytes.as_slice()))))
    }

    /// Deletes the pictures older than a day that nothing uses: no tree has them, no version shows them, and no edit of a draft, which could be undone,
    /// speaks of them. Answers how many.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn delete_unused_images(&self) -> Result<usize> {
        let before = self.0.clock.now_ms() - KEPT_UNUSED;
        if store::unused(&mut self.0.db.read().await?, before).await?.is_empty() {
            return Ok(0);
        }
        self.change(move |write| {
            Box::pin(async move {
                let unused = store::unused(write, before).await?;
                for digest in &unused {
                    store::delete(write, digest).await?;
                }
                Ok(unused.len())
            })
        })
        .await
    }
}

/// Takes out of a tree the files that it carries. Each must be as this program has written it, so that its name stays right.
///
/// # Errors
/// [`Error::PictureInFile`] for one that is not.
pub(super) async fn unpack(tree: &mut Tree) -> Result<Unpacked> {
    let files = picture::files(tree).map_err(Error::PictureInFile)?;
    tree.pictures.clear();
    let mut unpacked = Vec::new();
    for (digest, bytes) in files {
        let image = decoding(move || encode::as_kept(bytes)).await?;
        let image = image.map_err(|refused| Error::PictureInFile(format!("the picture \"{digest}\" is not taken: {refused}")))?;
        unpacked.push((digest, image));
    }
    Ok(unpacked)
}

/// Stores the pictures that came with a tree.
pub(super) async fn keep(write: &mut Write, unpacked: &Unpacked, by: &By, now: i64) -> Result<()> {
    for (digest, image) in unpacked {
        store::insert(write, digest, image, &by.name, now).await?;
    }
    Ok(())
}

/// Adds the pictures that the tree shows to those of the tree with this id.
pub(super) async fn add_shown(write: &mut Write, tree_id: i64, tree: &Tree, by: &By, now: i64) -> Result<()> {
    for shown in picture::shown(tree) {
        store::add(write, tree_id, &shown.digest, &shown.words, &by.name, now).await?;
    }
    Ok(())
}

/// Notes that visitors may see what the tree shows.
pub(super) async fn publish_shown(write: &mut Write, tree: &Tree, now: i64) -> Result<()> {
    for shown in picture::shown(tree) {
        store::publish(write, &shown.digest, now).await?;
    }
    Ok(())
}

/// Runs `decode`, which takes time and memory, beside the requests and not many at once.
async fn decoding<T: Send + 'static>(decode: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _turn = DECODING.acquire().await;
    spawn_blocking(decode).await.map_err(|error| Error::Examination(error.to_string()))
}
