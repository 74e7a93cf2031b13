//! What both drawings are made of.

/// What a node is, and so which shape it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Asks.
    Question,
    /// Answers itself from what is known.
    Route,
    /// Ends the walk.
    Outcome,
    /// Goes on in another guide.
    Jump,
    /// Stands for several nodes that are not drawn one by one.
    More,
}

/// How a node or edge stands to the walk; the stylesheet knows these words as classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Can no longer be reached without "it did not help".
    Out,
    /// Still possible, or no walk is shown.
    Next,
    /// Travelled.
    Past,
    /// The question or outcome that the visitor sees.
    Here,
}

impl State {
    /// The class in the stylesheet.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::Next => "next",
            Self::Past => "past",
            Self::Here => "here",
        }
    }
}

/// A shape in pixels of the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A circle around a point.
    Circle {
        /// Centre.
        cx: usize,
        /// Centre.
        cy: usize,
        /// Radius.
        r: usize,
    },
    /// A box.
    Rect {
        /// Left.
        x: usize,
        /// Top.
        y: usize,
        /// Width.
        width: usize,
        /// Height.
        height: usize,
        /// Corner radius.
        rx: usize,
    },
    /// A closed outline, as path data.
    Outline(String),
}

/// A line between two nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Class in the stylesheet: `past`, `next` or `out`.
    pub state: State,
    /// Path data.
    pub d: String,
}
