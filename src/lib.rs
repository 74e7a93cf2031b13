//! Fixpath: a self-hosted troubleshooting wizard.

pub mod clock;
pub mod db;
pub mod shelf;
pub mod tree;
