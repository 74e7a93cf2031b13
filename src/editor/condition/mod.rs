//! Conditions, built in a form by authors who are not programmers.
//!
//! [`form`] is the form without its page: an outline of lines that is made from a condition, read from fields, changed by buttons, and turned into
//! a condition again. Every condition of the language has such an outline, and the outline means that condition.

pub mod form;
pub mod view;
