//! Ladders: a product's families and their levels in order, so that versions and service packs compare.
//!
//! A ladder is a table (`trees/ladders/*.csv`); the order of its lines is the order of the levels, whatever their builds.
//! A machine's level and build give its [`Standing`]: every place on the ladder where it may be.

mod build;
mod csv_file;
mod difference;
mod find;
#[cfg(test)]
mod find_tests;
mod lag;
#[cfg(test)]
mod lag_tests;
mod spelling;
mod standing;
mod words;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub use build::Build;
pub use csv_file::LadderError;
pub use difference::difference;
pub use find::{FindError, Found};
pub use standing::{Place, Slot, Standing};
pub use words::day_in_words;

/// The key of the ladder that every `os` belongs to.
pub const WINDOWS: &str = "windows";

/// A product's families and levels, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    key: String,
    product: String,
    families: Vec<Family>,
    /// Where each canonical level text stands, in lower case; families without a level included.
    places: HashMap<String, (usize, Option<usize>)>,
    /// The builds that are known, in ladder order.
    builds: Vec<(Place, Build)>,
    /// What has come out after each release, by family.
    lags: Vec<Vec<lag::Lag>>,
    /// How families and levels are spelled.
    spellings: Vec<spelling::Spelling>,
    /// The positions of the spellings by their simple form.
    by_spelling: HashMap<String, usize>,
}

/// A family of releases that share a service pack or update line, such as `5.5`.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// The family's name.
    pub name: String,
    /// How the family is brought up to date.
    pub kind: FamilyKind,
    /// The levels, lowest first.
    pub releases: Vec<Release>,
}

/// How a family is brought up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FamilyKind {
    /// By service packs: a server in a list without one named is taken to run the first release.
    ServicePacks,
    /// By cumulative updates: a server without one named may run any.
    Updates,
}

impl FamilyKind {
    /// The word in the table.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ServicePacks => "service_packs",
            Self::Updates => "updates",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::ServicePacks, Self::Updates].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// One level of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The service pack or cumulative update that it belongs to, such as `CU14`.
    pub line: String,
    /// The update on that line, such as `Aug26SU`.
    pub update: Option<String>,
    /// The level's name inside the family, such as `SP2` or `CU14 Aug26SU`; `RTM` is the first release.
    pub level: String,
    /// The build, as the table writes it.
    pub build: Option<String>,
    /// The day or month it came out, `YYYY-MM-DD` or `YYYY-MM`.
    pub released: Option<String>,
    /// The article about it, such as `KB5121573`.
    pub kb: Option<String>,
}

impl Ladder {
    /// The ladder of the families, which are known to be well formed.
    fn new(key: &str, product: &str, families: Vec<Family>) -> Self {
        let mut places = HashMap::new();
        let mut builds = Vec::new();
        for (at, family) in families.iter().enumerate() {
            places.insert(family.name.to_lowercase(), (at, None));
            for (slot, release) in family.releases.iter().enumerate() {
                places.insert(canonical(&family.name, &release.level).to_lowercase(), (at, Some(slot)));
                let place = Place { family: at, slot: Slot::At(slot) };
                builds.extend(release.build.as_deref().and_then(Build::parse).map(|build| (place, build)));
            }
        }
        let lags = families.iter().map(lag::lags).collect();
        let spellings = spelling::spellings(product, &families);
        // Of two names that are spelled alike the first one is meant.
        let by_spelling = spellings.iter().enumerate().rev().map(|(at, spelling)| (spelling.simple.clone(), at)).collect();
        Self { key: key.to_owned(), product: product.to_owned(), families, places, builds, lags, spellings, by_spelling }
    }

    /// The name by which trees choose the ladder.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The product as people know it.
    #[must_use]
    pub fn product(&self) -> &str {
        &self.product
    }

    /// The families, oldest first.
    #[must_use]
    pub fn families(&self) -> &[Family] {
        &self.families
    }

    /// The family called `name`, in any case.
    #[must_use]
    pub fn family(&self, name: &str) -> Option<&Family> {
        self.families.get(self.family_at(name)?)
    }

    /// Every level in ladder order: its family, its canonical text (`5.0 SP2`) and its release.
    pub fn levels(&self) -> impl Iterator<Item = (&Family, String, &Release)> {
        self.families.iter().flat_map(|family| family.releases.iter().map(move |release| (family, canonical(&family.name, &release.level), release)))
    }

    /// Where the level of a family stands; `None` if the ladder does not know it.
    #[must_use]
    pub fn place(&self, family: &str, level: &str) -> Option<Place> {
        let at = self.family_at(family)?;
        let slot = self.families.get(at)?.releases.iter().position(|release| release.level.eq_ignore_ascii_case(level))?;
        Some(Place { family: at, slot: Slot::At(slot) })
    }

    /// The position of the family called `name`.
    #[must_use]
    pub fn family_at(&self, name: &str) -> Option<usize> {
        self.families.iter().position(|family| family.name.eq_ignore_ascii_case(name))
    }
}

/// The canonical text of a level.
fn canonical(family: &str, level: &str) -> String {
    format!("{family} {level}")
}

/// The ladders by key.
#[derive(Debug, Clone, Default)]
pub struct Ladders {
    by_key: BTreeMap<String, Arc<Ladder>>,
}

impl Ladders {
    /// Collects ladders; of two with one key the last one counts.
    pub fn new(ladders: impl IntoIterator<Item = Arc<Ladder>>) -> Self {
        Self { by_key: ladders.into_iter().map(|ladder| (ladder.key.clone(), ladder)).collect() }
    }

    /// The ladders of products, by key: all but that of operating systems.
    #[must_use]
    pub fn products(&self) -> Vec<&Arc<Ladder>> {
        let mut products: Vec<&Arc<Ladder>> = self.by_key.values().filter(|ladder| ladder.key != WINDOWS).collect();
        products.sort_by(|a, b| a.key.cmp(&b.key));
        products
    }

    /// The ladder with `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Arc<Ladder>> {
        self.by_key.get(key)
    }

    /// Every ladder, in order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = &Ladder> {
        self.by_key.values().map(Arc::as_ref)
    }
}

#[cfg(test)]
pub(crate) mod tests;
