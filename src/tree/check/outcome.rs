//! Checks of one outcome and its procedures.

use super::node::Report;
use super::{MAX_PROCEDURES, Place, What, is_key, repeated};
use crate::tree::condition::Scope;
use crate::tree::model::{Outcome, Procedure, Tree};
use crate::tree::wording::Room;

impl Report<'_> {
    pub(super) fn outcome(&mut self, tree: &Tree, outcome: &Outcome, scope: &Scope<'_>) {
        self.at("headline").filled("headline", &outcome.headline);
        self.wording("headline", &outcome.headline, Room::Line, scope);
        self.at("cause");
        if outcome.verdict.has_remedy() {
            self.filled("cause", &outcome.cause);
        }
        self.wording("cause", &outcome.cause, Room::Markdown, scope);
        self.at("procedures");
        if outcome.verdict.has_remedy() && outcome.procedures.is_empty() {
            self.error(What::NoProcedure, "The outcome has no procedure: say what to do, or choose the verdict \"hand over\".");
        }
        if outcome.procedures.len() > MAX_PROCEDURES {
            self.error(What::Procedures, format!("The outcome has {} procedures; {MAX_PROCEDURES} alternatives are the limit.", outcome.procedures.len()));
        }
        for message in repeated("procedure", outcome.procedures.iter().map(|procedure| procedure.key.as_str())) {
            self.error(What::KeyTwice, message);
        }
        for procedure in &outcome.procedures {
            self.procedure(procedure, outcome.procedures.len() > 1, scope);
        }
        self.at("references");
        for reference in &outcome.references {
            let number = reference.article.strip_prefix("KB").or_else(|| reference.article.strip_prefix('Q')).unwrap_or_default();
            if number.is_empty() || !number.chars().all(|c| c.is_ascii_digit()) {
                self.error(What::BadReference, format!("\"{}\" is no article number: write it as Q247773 or KB5121573.", reference.article));
            }
        }
        if let Some(target) = &outcome.did_not_help {
            self.at("did_not_help").target(tree, "\"did_not_help\"", target);
        }
    }

    /// `is_chosen` where visitors choose it from several.
    fn procedure(&mut self, procedure: &Procedure, is_chosen: bool, scope: &Scope<'_>) {
        let of = |what: &str| format!("{what} of procedure \"{}\"", procedure.key);
        self.at_place(Place::Procedure(procedure.key.clone()));
        if !is_key(&procedure.key) {
            self.error(What::BadKey, format!("\"{}\" cannot be the key of a procedure.", procedure.key));
        }
        for (what, text, room, is_needed) in [
            ("title", &procedure.title, Room::Line, true),
            ("\"when to choose this way\"", &procedure.applies, Room::Markdown, is_chosen),
            ("way back", &procedure.way_back, Room::Markdown, true),
            ("rights", &procedure.rights, Room::Line, false),
        ] {
            if is_needed {
                self.filled(&of(what), text);
            }
            self.wording(&of(what), text, room, scope);
        }
        if procedure.verify.trim().is_empty() {
            self.warning(What::NoVerify, format!("Procedure \"{}\" does not say how to see that it worked.", procedure.key));
        }
        self.wording(&of("\"verify\""), &procedure.verify, Room::Markdown, scope);
        if procedure.steps.is_empty() {
            self.error(What::NoSteps, format!("Procedure \"{}\" has no steps.", procedure.key));
        }
        for (index, step) in procedure.steps.iter().enumerate() {
            let of_step = |what: &str| format!("{what} of step {} of procedure \"{}\"", index + 1, procedure.key);
            self.filled(&of_step("title"), &step.title);
            self.wording(&of_step("title"), &step.title, Room::Line, scope);
            self.wording(&of_step("text"), step.text.as_deref().unwrap_or_default(), Room::Markdown, scope);
            if let Some(command) = &step.command {
                self.filled(&of_step("command"), &command.text);
                self.wording(&of_step("command"), &command.text, Room::Line, scope);
            }
        }
    }
}
