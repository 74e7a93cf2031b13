//! Fixpath: a self-hosted troubleshooting wizard.

pub mod app;
pub mod cli;
pub mod clock;
pub mod settings;
pub mod web;
