//! Random conditions, in the one shape that each text has.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::Condition;
use super::action::Action;
use super::ast::{Attribute, Bound, Expr, LevelName, LevelTest, List, Op, Pattern, Predicate, Quantifier, Range, RowTest, Scale, TextExpr, VersionOf, Who};
use crate::tree::code::Code;
use crate::tree::ladder::Build;
use crate::tree::message::{Glob, Phrase};

/// Any condition; it need not mean anything in a tree.
pub(crate) fn condition() -> impl Strategy<Value = Condition> {
    expr().prop_map(Condition)
}

fn expr() -> BoxedStrategy<Expr> {
    atom()
        .prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                vec(inner.clone(), 2..4).prop_map(Expr::all),
                vec(inner.clone(), 2..4).prop_map(Expr::any),
                inner.prop_map(|part| Expr::Not(Box::new(part))),
                (select(&Quantifier::ALL[..]), range(), body()).prop_map(|(how, rows, body)| Expr::Quantified { how, rows, body }),
                (range(), body(), op(), any::<u32>()).prop_map(|(rows, body, op, number)| Expr::Count { rows, body, op, number }),
            ]
        })
        .boxed()
}

/// What stands inside rows: no more than two quantifiers inside each other.
fn body() -> BoxedStrategy<Box<Expr>> {
    let inner = (select(&Quantifier::ALL[..]), plain_range(), atom()).prop_map(|(how, rows, body)| Expr::Quantified { how, rows, body: Box::new(body) });
    prop_oneof![3 => atom(), 1 => atom().prop_map(|part| Expr::Not(Box::new(part))), 1 => inner, 1 => vec(atom(), 2..4).prop_map(Expr::all), 1 => vec(atom(), 2..4).prop_map(Expr::any)]
        .prop_map(Box::new)
    .boxed()
}

fn plain_range() -> BoxedStrategy<Range> {
    let who = prop_oneof![Just(Who::Everyone), Just(Who::Others), row_name().prop_map(Who::OthersOf)];
    (select(&List::ALL[..]), who, option::of(row_name())).prop_map(|(list, who, var)| Range { list, who, var, filter: None }).boxed()
}

fn range() -> BoxedStrategy<Range> {
    (plain_range(), option::of(body())).prop_map(|(range, filter)| Range { filter, ..range }).boxed()
}

fn atom() -> BoxedStrategy<Expr> {
    let word = prop_oneof![fact_word(), Just("0x80040000".to_owned()), Just("-5.5".to_owned()), Just("no".to_owned())];
    prop_oneof![
        4 => (option::of(subject()), predicate()).prop_map(|(subject, predicate)| Expr::Row(RowTest { subject, predicate })),
        1 => (prop_oneof![Just("text".to_owned()), fact()], text_expr(false)).prop_map(|(fact, test)| Expr::Messages { fact, test }),
        1 => text_expr(true).prop_map(Expr::Records),
        1 => code().prop_map(Expr::Code),
        1 => (fact(), op(), word).prop_map(|(fact, op, value)| Expr::Compare { fact, op, value }),
        1 => (fact(), fact_word()).prop_map(|(fact, option)| Expr::Has { fact, option }),
    ]
    .boxed()
}

fn predicate() -> BoxedStrategy<Predicate> {
    let same = (attribute(), any::<bool>());
    prop_oneof![
        (scale(), level_test()).prop_map(|(scale, is)| Predicate::Level { scale, is }),
        compared_levels(),
        (same.clone(), text()).prop_map(|((attribute, differs), value)| Predicate::Text { attribute, differs, value }),
        (same, subject()).prop_map(|((attribute, differs), with)| Predicate::CompareText { attribute, differs, with }),
        (version_of(), op(), build()).prop_map(|(of, op, number)| Predicate::Version { of, op, number }),
        (version_of(), op(), option::of(subject()), version_of()).prop_map(|(of, op, with, with_of)| Predicate::CompareVersion { of, op, with, with_of }),
        text().prop_map(Predicate::HasFile),
        name().prop_map(Predicate::Hotfix),
        name().prop_map(Predicate::Role),
        action().prop_map(Predicate::Did),
        action().prop_map(Predicate::Doing),
        (action(), action()).prop_map(|(first, then)| Predicate::Before(first, then)),
    ]
    .boxed()
}

fn compared_levels() -> BoxedStrategy<Predicate> {
    let levels = prop_oneof![
        Just((Scale::Os, Scale::Os)),
        Just((Scale::Level, Scale::Level)),
        text().prop_map(|name| (Scale::Level, Scale::Component(name))),
        (text(), text()).prop_map(|(one, other)| (Scale::Component(one), Scale::Component(other))),
    ];
    (levels, op(), subject()).prop_map(|((scale, with_scale), op, with)| Predicate::CompareLevel { scale, op, with, with_scale }).boxed()
}

fn level_test() -> BoxedStrategy<LevelTest> {
    let bound = select(&Bound::ALL[..]);
    prop_oneof![
        level_name().prop_map(LevelTest::Is),
        (name(), bound, name()).prop_map(|(family, bound, level)| LevelTest::Within { family, bound, level }),
        level_name().prop_map(LevelTest::OlderThan),
        level_name().prop_map(LevelTest::NewerThan),
        select(vec![LevelTest::NewerThanKnown, LevelTest::Behind, LevelTest::OnEndedLine, LevelTest::InEndedFamily]),
    ]
    .boxed()
}

fn level_name() -> impl Strategy<Value = LevelName> {
    (name(), option::of(name())).prop_map(|(family, level)| LevelName { family, level })
}

fn action() -> BoxedStrategy<Action> {
    let with_level = (select(vec!["apply", "install", "reinstall"]), option::of(level_name())).prop_map(|(verb, to)| Action { verb, from: None, to });
    let upgrade = (option::of(level_name()), option::of(level_name())).prop_map(|(from, to)| Action { verb: "upgrade", from, to });
    let bare = select(vec!["add to site", "move", "remove", "restore"]).prop_map(|verb| Action { verb, from: None, to: None });
    prop_oneof![with_level, upgrade, bare].boxed()
}

fn text_expr(of_record: bool) -> BoxedStrategy<TextExpr> {
    let phrase = || text().prop_filter_map("a word", |text| Phrase::new(&text));
    let of_texts = prop_oneof![
        phrase().prop_map(TextExpr::Contains),
        phrase().prop_map(TextExpr::Words),
        text().prop_filter_map("no empty pattern", |text| Glob::new(&text)).prop_map(TextExpr::Like),
        text().prop_map(|text| regex::escape(&text)).prop_filter_map("a small pattern", |text| Pattern::new(&text).ok()).prop_map(TextExpr::Matches),
        code().prop_map(TextExpr::Code),
    ];
    let of_records = prop_oneof![name().prop_map(TextExpr::Source), any::<u32>().prop_map(TextExpr::Id)];
    let atom = if of_record { prop_oneof![of_texts, of_records].boxed() } else { of_texts.boxed() };
    atom.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(TextExpr::all),
            vec(inner.clone(), 2..4).prop_map(TextExpr::any),
            inner.prop_map(|part| TextExpr::Not(Box::new(part)))
        ]
    })
    .boxed()
}

fn op() -> impl Strategy<Value = Op> {
    select(&Op::ALL[..])
}

fn attribute() -> impl Strategy<Value = Attribute> + Clone {
    select(&Attribute::ALL[..])
}

fn scale() -> impl Strategy<Value = Scale> {
    prop_oneof![Just(Scale::Level), Just(Scale::Os), text().prop_map(Scale::Component)]
}

fn version_of() -> impl Strategy<Value = VersionOf> {
    prop_oneof![Just(VersionOf::Build), text().prop_map(VersionOf::File)]
}

fn build() -> impl Strategy<Value = Build> {
    "[0-9]{1,6}(\\.[0-9]{1,6}){1,3}".prop_filter_map("a build", |text| Build::parse(&text))
}

fn code() -> impl Strategy<Value = Code> {
    prop_oneof!["0x[0-9a-fA-F]{1,8}", "[cC8][0-9a-f]{7}", "-[0-9]{1,9}", "[0-9]{1,9}"].prop_filter_map("a code", |text| Code::parse(&text).ok())
}

/// A row's name: never a word of the language.
fn row_name() -> impl Strategy<Value = String> {
    "[abcx][0-9_]{0,2}"
}

fn fact_word() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9_]{0,8}"
}

fn fact() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z][a-z0-9_]{0,4}_f", "[a-z][a-z0-9-]{0,4}-t\\.[a-z]{1,4}_f"]
}

fn subject() -> impl Strategy<Value = String> {
    prop_oneof![row_name(), Just("admin".to_owned()), fact()]
}

/// What stands in quotes.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9 .\\\\\"*']{1,12}", "\\PC{0,12}"]
}

/// What stands in quotes only if it has to, and words of the language among it.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("5.5".to_owned()),
        Just("SP2".to_owned()),
        Just("NT 4.0".to_owned()),
        select(vec!["below", "is", "behind", "on", "known"]).prop_map(str::to_owned),
        text()
    ]
}
