//! The frame of every page: what `templates/web/layout.html` shows around the content.

use std::borrow::Cow;

use super::{Site, Urls, Viewer, assets::Asset};

/// Entries of the site's navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    /// Start page and guides.
    Guides,
    /// The diagnoses of this browser.
    MyDiagnoses,
    /// The trees, for authors.
    Editor,
    /// Account, users, tokens.
    Account,
}

/// What a page's frame needs. A page struct embeds it in a field named `page`; [`Site::page`] makes one.
#[derive(Debug, Clone)]
pub struct Page {
    /// Text for the browser's title bar, without the product's name.
    pub title: Cow<'static, str>,
    /// Entry of the navigation shown as current.
    pub nav: Option<Nav>,
    /// Whether search engines must not list the page.
    pub noindex: bool,
    /// Who is signed in, if anybody is.
    pub viewer: Option<Viewer>,
    /// The installation.
    pub site: Site,
}

impl Page {
    /// The same page with this entry of the navigation marked.
    #[must_use]
    pub fn at(mut self, nav: Nav) -> Self {
        self.nav = Some(nav);
        self
    }

    /// The same page with this person's name and navigation.
    #[must_use]
    pub fn seen_by(mut self, viewer: &Viewer) -> Self {
        self.viewer = Some(viewer.clone());
        self
    }

    /// The same page, hidden from search engines.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.noindex = true;
        self
    }

    /// The same page with a title that starts with "Error:", for a form shown again with messages.
    #[must_use]
    pub fn with_error(mut self) -> Self {
        self.title = format!("Error: {}", self.title).into();
        self
    }

    /// Every address of the site.
    #[must_use]
    pub fn urls(&self) -> &Urls {
        self.site.urls()
    }

    /// The program's version, for the foot.
    #[must_use]
    pub fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// Whether this entry of the navigation is the current one.
    #[must_use]
    pub fn is_at(&self, nav: Nav) -> bool {
        self.nav == Some(nav)
    }

    /// Address of the stylesheet.
    #[must_use]
    pub fn stylesheet(&self) -> String {
        self.urls().asset(Asset::Stylesheet)
    }

    /// Address of the script.
    #[must_use]
    pub fn script(&self) -> String {
        self.urls().asset(Asset::Script)
    }

    /// Address of what the authors' pages have on top of the stylesheet.
    #[must_use]
    pub fn editor_stylesheet(&self) -> String {
        self.urls().asset(Asset::EditorStylesheet)
    }

    /// Address of what they have on top of the script.
    #[must_use]
    pub fn editor_script(&self) -> String {
        self.urls().asset(Asset::EditorScript)
    }

    /// Address of the icon in the browser's tab.
    #[must_use]
    pub fn icon(&self) -> String {
        self.urls().asset(Asset::Icon)
    }
}
