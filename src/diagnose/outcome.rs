//! The outcome page: what it is, why, what to do, whether it helped.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::hand_over::{self, Grounds, HandOver};
use super::opened::{self, Chosen, WithdrawnVersion};
use super::rail::{Rail, walked};
use super::share::Link as SharedLink;
use super::{Desk, access};
use crate::form::carried_over;
use crate::map::Shape;
use crate::record::Tick;
use crate::tree::closure::NodeRef;
use crate::tree::model::{Helped, Verdict};
use crate::tree::walk::End;
use crate::visit::{Refusal, Visit};
use crate::web::{Failure, Form, Page, Path, Urls, Visitor, time};
use crate::words::{OutcomeWords, ProcedureWords, Reason};

/// Outcomes that were ruled out and stand beside the reasons; more of them are folded.
const RULED_OUT_SHOWN: usize = 5;

/// The page of an outcome, or of the end of everything that can be tried.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/outcome.html")]
pub struct OutcomePage {
    page: Page,
    guide: String,
    spoken: String,
    changed_at: String,
    version: i64,
    kept_until: String,
    newer: Option<i64>,
    withdrawn: Option<WithdrawnVersion>,
    /// That authors withdrew this very outcome.
    withdrawn_answer: Option<WithdrawnAnswer>,
    headline: String,
    verdict: Verdict,
    /// `None` where nothing is left to try and the author wrote nothing for it.
    words: Option<OutcomeWords>,
    /// The alternative whose steps are shown, by its place among them.
    shown_way: usize,
    /// The page's own address, behind which an alternative is chosen.
    base: String,
    ticks: Option<Ticks>,
    /// What "Did this fix it?" is posted with.
    outcome: Option<Shown>,
    because: Vec<Reason>,
    ruled_out: Vec<Reason>,
    /// Those that do not fit beside the reasons.
    also_ruled_out: Vec<Reason>,
    tried: Vec<String>,
    solved: bool,
    /// The result differs from what it was when the walk first ended.
    result_changed: bool,
    contact: Option<String>,
    hand_over: HandOver,
    shared: Option<SharedLink>,
    /// `None` where nothing is known that another guide would understand.
    known: Option<Known>,
    urls: Addresses,
    rail: Rail,
}

impl OutcomePage {
    fn ways(&self) -> &[ProcedureWords] {
        self.words.as_ref().map_or(&[], |words| &words.procedures)
    }

    /// The alternative whose steps are shown.
    fn way(&self) -> Option<&ProcedureWords> {
        self.ways().get(self.shown_way)
    }

    /// What "Did this fix it?" needs, where it is asked: not of a hand-over, and not of whoever may only look.
    fn answerable(&self) -> Option<&Shown> {
        self.outcome.as_ref().filter(|_| self.shared.is_none() && self.verdict != Verdict::HandOver)
    }
}

/// That authors withdrew the outcome, whatever the version says.
pub struct WithdrawnAnswer {
    day: String,
    reason: String,
}

/// The outcome's own addresses and state.
pub struct Shown {
    helped_action: String,
    mark: String,
}

/// The addresses of the page's other actions.
pub struct Addresses {
    share: String,
    delete: String,
    map: String,
    find: String,
}

/// What another guide may be found with.
pub struct Known {
    /// The facts that every guide understands.
    facts: String,
    /// The guide that was walked.
    except: String,
}

/// Ticks of the procedure that is shown.
pub struct Ticks {
    /// Where they are posted to.
    action: String,
    /// For each step whether it is done.
    done: Vec<bool>,
}

impl Ticks {
    fn new(visit: &Visit, node: &NodeRef, way: &ProcedureWords, urls: &Urls) -> Self {
        let is_done = |step: u32| visit.diagnosis.ticks.contains(&Tick { node: node.clone(), procedure: way.key.clone(), step });
        Self {
            action: urls.ticks(visit.diagnosis.id.as_str(), &node.written_in(visit.slug())),
            done: (0..).zip(&way.steps).map(|(step, _)| is_done(step)).collect(),
        }
    }

    /// How many steps are done.
    fn count(&self) -> usize {
        self.done.iter().filter(|done| **done).count()
    }

    /// Whether the step `index`, from 0, is done.
    fn is_done(&self, index: &usize) -> bool {
        self.done.get(*index).copied().unwrap_or_default()
    }
}

/// The page for `node`, or for hand-over where nothing is left to try. `chosen` says what of it is shown.
pub fn page(desk: &Desk, visit: &Visit, node: Option<&NodeRef>, chosen: Chosen<'_>, shared: Option<&SharedLink>) -> Result<OutcomePage, Failure> {
    let at = node.cloned().or_else(|| visit.hand_over());
    let words = at.as_ref().and_then(|node| visit.outcome(node)).map(|(part, outcome)| OutcomeWords::new(part, outcome, &visit.sheet, &desk.pictures()));
    let urls = desk.site.urls();
    let id = visit.diagnosis.id.as_str();
    let base = shared.map_or_else(|| urls.diagnosis(id), |link| link.href.clone());
    let ways = words.as_ref().map_or(&[][..], |words| &words.procedures);
    let shown_way = chosen.way.and_then(|key| ways.iter().position(|way| way.key == key)).unwrap_or_default();
    let may_change = shared.is_none();
    let told = walked(visit);
    let (because, tried, mut ruled_out) = (told.because(), told.tried(), told.ruled_out());
    let chosen = Chosen { way: chosen.way.and(ways.get(shown_way)).map(|way| way.key.as_str()), ..chosen };
    let hand_over = hand_over(desk, visit, chosen, shared, &Grounds { because: &because, ruled_out: &ruled_out, tried: &tried });
    let also_ruled_out = ruled_out.split_off(ruled_out.len().min(RULED_OUT_SHOWN));
    Ok(OutcomePage {
        page: desk.site.page(visit.closure().tree.title.clone()).hidden(),
        guide: visit.closure().tree.title.clone(),
        spoken: visit.diagnosis.id.spoken(),
        changed_at: time::moment(visit.diagnosis.changed_at),
        version: visit.version.number,
        kept_until: desk.site.kept_until(visit.diagnosis.opened_at),
        newer: newer(desk, visit),
        withdrawn: opened::withdrawn(visit),
        withdrawn_answer: at
            .as_ref()
            .and_then(|node| visit.version.withdrawn_outcomes.get(node))
            .map(|withdrawn| WithdrawnAnswer { day: time::day(withdrawn.at), reason: withdrawn.reason.clone() }),
        headline: words.as_ref().map_or_else(|| "Nothing we know is left to try".to_owned(), |words| words.headline.clone()),
        verdict: words.as_ref().map_or(Verdict::HandOver, |words| words.verdict),
        ticks: at.as_ref().zip(ways.get(shown_way)).map(|(node, way)| Ticks::new(visit, node, way, urls)),
        outcome: at.as_ref().map(|node| Shown { helped_action: urls.outcome(id, &node.written_in(visit.slug())), mark: visit.diagnosis.mark_of_outcome(node) }),
        because,
        ruled_out,
        also_ruled_out,
        tried,
        hand_over,
        shown_way,
        base,
        solved: matches!(visit.walk.end, End::Outcome { solved: true, .. }),
        result_changed: visit.result_changed(),
        contact: desk.site.contact().map(str::to_owned),
        known: Some(carried_over(visit.sheet.iter()))
            .filter(|facts| may_change && !facts.is_empty())
            .map(|facts| Known { facts, except: present_slug(desk, visit) }),
        urls: Addresses {
            share: urls.share(id),
            delete: urls.delete(id),
            map: shared.map_or_else(|| urls.diagnosis_map(id), |link| link.map.clone()),
            find: urls.find(),
        },
        shared: shared.cloned(),
        rail: Rail::new(visit, urls, may_change),
        words,
    })
}

/// The address of the guide, which may have another one than when the diagnosis began.
fn present_slug(desk: &Desk, visit: &Visit) -> String {
    desk.visits.shelf.slug_moved(visit.slug()).unwrap_or_else(|| visit.slug().to_owned())
}

/// The block "To hand over". Its owner may see it with names; whoever came by a link sees what the link shows.
fn hand_over(desk: &Desk, visit: &Visit, chosen: Chosen<'_>, shared: Option<&SharedLink>, grounds: &Grounds<'_>) -> HandOver {
    let urls = desk.site.urls();
    let names = shared.map_or(chosen.names, |link| !link.redacted);
    let text = if names || shared.is_some() { hand_over::text(visit, urls, grounds) } else { hand_over::text(&visit.redacted(), urls, grounds) };
    let other = shared.is_none().then(|| {
        let way = chosen.way.map(|way| format!("way={way}"));
        let names = (!names).then(|| "names=1".to_owned());
        let query: Vec<String> = way.into_iter().chain(names).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{mark}{}#to-hand-over", urls.diagnosis(visit.diagnosis.id.as_str()), query.join("&"))
    });
    HandOver { text, names, other }
}

/// The number of the version that visitors walk now, if it is newer. The guide may have another address by now.
fn newer(desk: &Desk, visit: &Visit) -> Option<i64> {
    let shelf = &desk.visits.shelf;
    let current = shelf.current(visit.slug()).or_else(|| shelf.current(&shelf.slug_moved(visit.slug())?))?;
    (current.tree_id == visit.version.tree_id && current.number > visit.version.number).then_some(current.number)
}

/// What to undo, after something made it worse.
#[derive(Template, WebTemplate)]
#[template(path = "diagnose/worse.html")]
pub struct WorsePage {
    page: Page,
    headline: String,
    ways: Vec<(String, String)>,
    go_on: String,
    take_back_action: String,
    mark: String,
}

/// Shows the way back of an outcome that made things worse.
pub async fn show(State(desk): State<Desk>, visitor: Visitor, Path((id, node)): Path<(String, String)>) -> Result<Response, Failure> {
    let visit = access::own(&desk, &visitor, &id).await?;
    let node = access::node(&visit, &node);
    let (part, outcome) = visit.outcome(&node).ok_or(Failure::NotFound)?;
    if !visit.walk.has(&node) {
        return Err(access::refused(&desk.site, Refusal::NotOnPath(visit.into())));
    }
    if visit.diagnosis.tried.get(&node) != Some(&Helped::Worse) {
        return Ok(Redirect::to(&desk.site.urls().diagnosis(&id)).into_response());
    }
    let words = OutcomeWords::new(part, outcome, &visit.sheet, &desk.pictures());
    let urls = desk.site.urls();
    Ok(WorsePage {
        page: desk.site.page("The way back").hidden(),
        headline: words.headline,
        ways: words.procedures.into_iter().map(|way| (way.title, way.way_back)).collect(),
        go_on: urls.diagnosis(visit.diagnosis.id.as_str()),
        take_back_action: urls.outcome(visit.diagnosis.id.as_str(), &node.written_in(visit.slug())),
        mark: visit.diagnosis.mark_of_outcome(&node),
    }
    .into_response())
}

/// Stores the answer to "Did this fix it?".
pub async fn helped(State(desk): State<Desk>, visitor: Visitor, Path((id, node)): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let visit = access::own(&desk, &visitor, &id).await.map_err(|failure| failure.keeping(&fields))?;
    let node = access::node(&visit, &node);
    let helped = match fields.get("fixed")? {
        Some("take-back") => None,
        Some(word) => {
            Some(Helped::parse(word).ok_or_else(|| Failure::bad_input("The answer must be yes, no or worse. Go back and press one of the buttons."))?)
        }
        None => return Err(Failure::bad_input("The answer is missing. Go back and press one of the buttons.")),
    };
    let mark = Some(fields.get("mark")?.unwrap_or("unsaid"));
    let stored = desk.visits.helped(&visit.diagnosis.id, &node, helped, mark).await;
    stored.map_err(|refusal| access::refused(&desk.site, refusal).keeping(&fields))?;
    let urls = desk.site.urls();
    let next = if helped == Some(Helped::Worse) { urls.outcome(&id, &node.written_in(visit.slug())) } else { urls.diagnosis(&id) };
    Ok(Redirect::to(&next).into_response())
}

/// Stores the ticks of one procedure.
pub async fn tick(State(desk): State<Desk>, visitor: Visitor, Path((id, node)): Path<(String, String)>, Form(fields): Form) -> Result<Response, Failure> {
    let visit = access::own(&desk, &visitor, &id).await.map_err(|failure| failure.keeping(&fields))?;
    let node = access::node(&visit, &node);
    let procedure = fields.get("procedure")?.ok_or(Failure::NotFound)?;
    let number = |text: &str| text.parse::<u32>().ok().and_then(|number| number.checked_sub(1));
    let steps: Option<Vec<u32>> = fields.all("step").map(number).collect();
    let steps = steps.ok_or_else(|| Failure::bad_input("A step of the form has no number. Reload the page and tick again."))?;
    let ticked = desk.visits.tick(&visit.diagnosis.id, &node, procedure, &steps).await;
    ticked.map_err(|refusal| access::refused(&desk.site, refusal).keeping(&fields))?;
    Ok(Redirect::to(&format!("{}?way={procedure}#steps", desk.site.urls().diagnosis(&id))).into_response())
}
