//! The outcome page: what it is, why, what to do, whether it helped.

use askama::Template;
use askama_web::WebTemplate;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::hand_over::{self, Grounds, HandOver};
use super::opened::Chosen;
use super::rail::Rail;
use super::share::Link as SharedLink;
use super::{Desk, access, words};
use crate::map::Shape;
use crate::record::Tick;
use crate::tree::closure::NodeRef;
use crate::tree::model::{Helped, Per, Risk, Verdict};
use crate::tree::resolution::{self, Resolution, Way, Words};
use crate::tree::walk::{End, How};
use crate::tree::why::{RuledOut, RuledOutBy, why, why_not};
use crate::visit::{Refusal, Visit};
use crate::web::{Failure, Form, Page, Path, Visitor, markdown, time};

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
    withdrawn: Option<String>,
    headline: String,
    verdict: Verdict,
    cause: String,
    /// `None` where nothing is left to try and the author wrote nothing for it.
    outcome: Option<Shown>,
    because: Vec<Reason>,
    ruled_out: Vec<Reason>,
    /// Those that do not fit beside the reasons.
    also_ruled_out: Vec<Reason>,
    tried: Vec<String>,
    ways: Vec<WayCard>,
    steps: Option<StepList>,
    references: Vec<(String, String)>,
    solved: bool,
    /// The result differs from what it was when the walk first ended.
    result_changed: bool,
    contact: Option<String>,
    hand_over: HandOver,
    shared: Option<SharedLink>,
    urls: Addresses,
    rail: Rail,
}

impl OutcomePage {
    /// What "Did this fix it?" needs, where it is asked: not of a hand-over, and not of whoever may only look.
    fn answerable(&self) -> Option<&Shown> {
        self.outcome.as_ref().filter(|_| self.shared.is_none() && self.verdict != Verdict::HandOver)
    }
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
}

/// A statement and what is behind it.
pub struct Reason {
    /// The statement.
    pub title: String,
    /// What is behind it.
    pub detail: String,
}

/// One alternative.
pub struct WayCard {
    title: String,
    applies: String,
    risk: (&'static str, &'static str),
    time: String,
    rights: String,
    href: String,
    on: bool,
}

/// The steps of the chosen alternative.
pub struct StepList {
    title: String,
    steps: Vec<StepLine>,
    done: usize,
    verify: String,
    way_back: String,
    tick_action: String,
    procedure: String,
}

/// One step.
pub struct StepLine {
    number: usize,
    title: String,
    text: Option<String>,
    command: Option<(String, Vec<String>)>,
    done: bool,
}

/// The page for `node`, or for hand-over where nothing is left to try. `chosen` says what of it is shown.
pub fn page(desk: &Desk, visit: &Visit, node: Option<&NodeRef>, chosen: Chosen<'_>, shared: Option<&SharedLink>) -> Result<OutcomePage, Failure> {
    let at = node.cloned().or_else(|| visit.hand_over());
    let found = at.as_ref().and_then(|node| visit.outcome(node).map(|(part, outcome)| resolution::resolve(part, outcome, &visit.sheet)));
    let urls = desk.site.urls();
    let id = visit.diagnosis.id.as_str();
    let base = shared.map_or_else(|| urls.diagnosis(id), |link| link.href.clone());
    let ways = found.as_ref().map_or(&[][..], |resolution| &resolution.procedures);
    let shown_way = chosen.way.and_then(|key| ways.iter().position(|way| way.key == key)).unwrap_or_default();
    let headline = found.as_ref().map_or_else(|| "Nothing we know is left to try".to_owned(), |resolution| resolution.headline.plain());
    let may_change = shared.is_none();
    let (because, tried) = (reasons(visit), tried(visit));
    let mut ruled_out = ruled_out(visit);
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
        withdrawn: words::withdrawn(visit),
        headline,
        verdict: found.as_ref().map_or(Verdict::HandOver, |resolution| resolution.verdict),
        cause: found.as_ref().map_or_else(String::new, |resolution| markdown::render_words(&resolution.cause)),
        outcome: at.as_ref().map(|node| Shown { helped_action: urls.outcome(id, &node.written_in(visit.slug())), mark: visit.diagnosis.mark_of_outcome(node) }),
        because,
        ruled_out,
        also_ruled_out,
        tried,
        hand_over,
        ways: ways.iter().enumerate().map(|(index, way)| card(way, index == shown_way, &base)).collect(),
        steps: at.as_ref().zip(ways.get(shown_way)).map(|(node, way)| step_list(visit, node, way, urls.ticks(id, &node.written_in(visit.slug())))),
        references: found.as_ref().map_or_else(Vec::new, references),
        solved: matches!(visit.walk.end, End::Outcome { solved: true, .. }),
        result_changed: visit.result_changed(),
        contact: desk.site.contact().map(str::to_owned),
        urls: Addresses { share: urls.share(id), delete: urls.delete(id), map: shared.map_or_else(|| urls.diagnosis_map(id), |link| link.map.clone()) },
        shared: shared.cloned(),
        rail: Rail::new(visit, urls, may_change),
    })
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

fn references(resolution: &Resolution) -> Vec<(String, String)> {
    let title = |title: &Option<String>| title.clone().unwrap_or_else(|| "Microsoft Knowledge Base".to_owned());
    resolution.references.iter().map(|reference| (reference.article.clone(), title(&reference.title))).collect()
}

fn card(way: &Way, on: bool, base: &str) -> WayCard {
    let risk = match way.risk {
        Risk::Low => ("ok", "Low risk"),
        Risk::Medium => ("warn", "Medium risk"),
        Risk::High => ("bad", "High risk"),
    };
    WayCard {
        title: way.title.plain(),
        applies: markdown::render_words(&way.applies),
        risk,
        time: duration(way.minutes, way.per),
        rights: way.rights.clone(),
        href: format!("{base}?way={}#steps", way.key),
        on,
    }
}

fn duration(minutes: u32, per: Per) -> String {
    let time = match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    if per == Per::Each { format!("{time} each") } else { time }
}

fn step_list(visit: &Visit, node: &NodeRef, way: &Way, tick_action: String) -> StepList {
    let is_done = |index: usize| {
        let step = u32::try_from(index).unwrap_or(u32::MAX);
        visit.diagnosis.ticks.contains(&Tick { node: node.clone(), procedure: way.key.clone(), step })
    };
    let steps: Vec<StepLine> = way
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| StepLine {
            number: index + 1,
            title: step.title.plain(),
            text: step.text.as_ref().map(markdown::render_words),
            command: step.command.as_ref().map(|command| (command.lines.join("\n"), command.notes.clone())),
            done: is_done(index),
        })
        .collect();
    StepList {
        title: way.title.plain(),
        done: steps.iter().filter(|step| step.done).count(),
        steps,
        verify: markdown::render_words(&way.verify),
        way_back: markdown::render_words(&way.way_back),
        tick_action,
        procedure: way.key.clone(),
    }
}

/// The branches that led here, each with the fact behind it.
fn reasons(visit: &Visit) -> Vec<Reason> {
    why(visit.closure(), visit.decided_by(), &visit.walk)
        .into_iter()
        .filter_map(|because| {
            let part = visit.closure().part(&because.node.slug)?;
            let title = words::sentence(part, &because.parts);
            let sources = because.facts.iter().filter_map(|key| Some(format!("{}: {}", words::fact_name(part, key), words::source(visit.sheet.get(key)?))));
            let mut sources: Vec<String> = sources.collect();
            sources.dedup();
            (!title.is_empty()).then(|| Reason { title, detail: sources.join(" · ") })
        })
        .collect()
}

fn ruled_out(visit: &Visit) -> Vec<Reason> {
    let is_shown = |ruled_out: &RuledOut| {
        let verdict = visit.outcome(&ruled_out.outcome).map(|(_, outcome)| outcome.verdict);
        verdict.is_some_and(|verdict| verdict != Verdict::HandOver) && !matches!(ruled_out.by, RuledOutBy::Tried(_))
    };
    why_not(visit.closure(), visit.decided_by(), &visit.walk)
        .iter()
        .filter(|ruled_out| is_shown(ruled_out))
        .filter_map(|ruled_out| reason_against(visit, ruled_out))
        .collect()
}

fn reason_against(visit: &Visit, ruled_out: &RuledOut) -> Option<Reason> {
    let title = words::title(visit.closure(), &ruled_out.outcome);
    let detail = match &ruled_out.by {
        RuledOutBy::False { at, parts } => {
            let part = visit.closure().part(&at.slug)?;
            format!("Not so: {}.", words::sentence(part, parts))
        }
        RuledOutBy::Earlier { at, branch } => {
            let (part, node) = visit.closure().node(at)?;
            let taken = node.kind.fork()?.branches.get(*branch)?;
            let what = taken.label.clone().unwrap_or_else(|| words::sentence(part, std::slice::from_ref(&taken.when)));
            format!("Not asked: {what} at \u{201c}{}\u{201d} already explains it.", node.title)
        }
        RuledOutBy::Undecided { at } => format!("Could not be told at \u{201c}{}\u{201d}.", words::title(visit.closure(), at)),
        RuledOutBy::Tried(_) => return None,
    };
    Some(Reason { title, detail })
}

/// Outcomes that were tried before this one.
fn tried(visit: &Visit) -> Vec<String> {
    let tried = visit.walk.path.iter().filter_map(|stop| match &stop.how {
        How::Tried(helped) => Some((&stop.node, *helped)),
        _ => None,
    });
    tried
        .map(|(node, helped)| format!("{} ({})", words::title(visit.closure(), node), if helped == Helped::Worse { "made it worse" } else { "did not help" }))
        .collect()
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
    let resolution = resolution::resolve(part, outcome, &visit.sheet);
    let words = |words: &Words| markdown::render_words(words);
    let urls = desk.site.urls();
    Ok(WorsePage {
        page: desk.site.page("The way back").hidden(),
        headline: resolution.headline.plain(),
        ways: resolution.procedures.iter().map(|way| (way.title.plain(), words(&way.way_back))).collect(),
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
