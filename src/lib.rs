//! Fixpath: a self-hosted troubleshooting wizard.

pub mod map;
pub mod tree;
