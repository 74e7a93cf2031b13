//! Fixpath: a self-hosted troubleshooting wizard.

pub mod clock;
pub mod settings;
pub mod web;
