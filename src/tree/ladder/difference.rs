//! Two revisions of a ladder compared, in sentences.

use super::{Family, FamilyKind, Ladder, Release};

/// What is different in `after`, in the order of its table; empty if nothing is.
#[must_use]
pub fn difference(before: &Ladder, after: &Ladder) -> Vec<String> {
    let mut said = Vec::new();
    if before.product != after.product {
        said.push(format!("The product is called \"{}\" instead of \"{}\".", after.product, before.product));
    }
    for family in &after.families {
        match before.family(&family.name) {
            Some(old) => compare_families(old, family, &mut said),
            None => said.push(added(family)),
        }
    }
    for gone in before.families.iter().filter(|family| after.family(&family.name).is_none()) {
        said.push(format!("Family \"{}\" with its {} is gone.", gone.name, levels(gone.releases.len())));
    }
    let names = |ladder: &Ladder, other: &Ladder| kept(ladder.families.iter().map(|family| &family.name), |name| other.family(name).is_some());
    let order = names(after, before);
    if order != names(before, after) {
        said.push(format!("The families stand in another order: {}.", order.join(", ")));
    }
    said
}

fn added(family: &Family) -> String {
    let kind = match family.kind {
        FamilyKind::ServicePacks => "service packs",
        FamilyKind::Updates => "cumulative updates",
    };
    format!("Family \"{}\" is new, with {}, kept by {kind}.", family.name, levels(family.releases.len()))
}

fn compare_families(before: &Family, after: &Family, said: &mut Vec<String>) {
    let name = &after.name;
    if before.name != after.name {
        said.push(format!("Family \"{}\" is written \"{name}\".", before.name));
    }
    if before.kind != after.kind {
        let kind = if after.kind == FamilyKind::Updates { "cumulative updates" } else { "service packs" };
        said.push(format!("Family \"{name}\" is kept by {kind}."));
    }
    let mut above: Option<&Release> = None;
    for release in &after.releases {
        match find(before, release) {
            Some(old) => said.extend(changed(old, release).map(|changes| format!("{name} {}: {changes}.", release.level))),
            None => {
                let place = above.map_or_else(|| "first of its family".to_owned(), |above| format!("after {}", above.level));
                said.push(format!("{name} {} is new, {place}.", release.level));
            }
        }
        above = Some(release);
    }
    said.extend(before.releases.iter().filter(|release| find(after, release).is_none()).map(|gone| format!("{name} {} is gone.", gone.level)));
    let shared = |family: &Family, other: &Family| -> Vec<String> {
        family.releases.iter().filter(|release| find(other, release).is_some()).map(|release| release.level.to_lowercase()).collect()
    };
    if shared(after, before) != shared(before, after) {
        said.push(format!("The levels of family \"{name}\" stand in another order."));
    }
}

fn find<'a>(family: &'a Family, release: &Release) -> Option<&'a Release> {
    family.releases.iter().find(|other| other.level.eq_ignore_ascii_case(&release.level))
}

/// What is different about one level.
fn changed(before: &Release, after: &Release) -> Option<String> {
    fn text(cell: &Option<String>) -> &str {
        cell.as_deref().unwrap_or_default()
    }
    let cells = [
        ("name", before.level.as_str(), after.level.as_str()),
        ("line", &before.line, &after.line),
        ("update", text(&before.update), text(&after.update)),
        ("build", text(&before.build), text(&after.build)),
        ("release date", text(&before.released), text(&after.released)),
        ("article", text(&before.kb), text(&after.kb)),
    ];
    let changes: Vec<String> = cells
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(cell, before, after)| match (before, after) {
            ("", _) => format!("{cell} {after} was added"),
            (_, "") => format!("{cell} {before} was taken out"),
            _ => format!("{cell} {after} instead of {before}"),
        })
        .collect();
    (!changes.is_empty()).then(|| changes.join(", "))
}

fn kept<'a>(names: impl Iterator<Item = &'a String>, is_kept: impl Fn(&str) -> bool) -> Vec<String> {
    names.filter(|name| is_kept(name)).map(|name| name.to_lowercase()).collect()
}

fn levels(count: usize) -> String {
    if count == 1 { "one level".to_owned() } else { format!("{count} levels") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "family,kind,line,update,level,build,released,kb\n";

    fn ladder(lines: &str) -> Ladder {
        Ladder::from_csv("x", "X", &format!("{HEAD}{lines}")).unwrap()
    }

    #[test]
    fn the_same_ladder_has_no_difference() {
        let one = ladder("5.0,service_packs,RTM,,RTM,,,\n");
        assert_eq!(difference(&one, &one), [] as [&str; 0]);
    }

    #[test]
    fn every_kind_of_difference_is_said() {
        let before = ladder(
            "5.0,service_packs,RTM,,RTM,,,\n5.0,service_packs,SP1,,SP1,5.0.1,1999-01,\n5.0,service_packs,SP2,,SP2,,,\n\
             5.5,service_packs,RTM,,RTM,,,\n6.0,service_packs,RTM,,RTM,,,\n",
        );
        let after = ladder(
            "5.5,updates,RTM,,RTM,,,KB1\n5.0,service_packs,RTM,,RTM,,,\n5.0,service_packs,SP2,,SP2,,,\n\
             5.0,service_packs,SP1,,SP1,5.0.2,,\n5.0,service_packs,SP3,,SP3,,,\n2000,updates,RTM,,RTM,,,\n",
        );
        assert_eq!(
            difference(&before, &after),
            [
                "Family \"5.5\" is kept by cumulative updates.",
                "5.5 RTM: article KB1 was added.",
                "5.0 SP1: build 5.0.2 instead of 5.0.1, release date 1999-01 was taken out.",
                "5.0 SP3 is new, after SP1.",
                "The levels of family \"5.0\" stand in another order.",
                "Family \"2000\" is new, with one level, kept by cumulative updates.",
                "Family \"6.0\" with its one level is gone.",
                "The families stand in another order: 5.5, 5.0.",
            ]
        );
        assert_eq!(difference(&after, &before).iter().filter(|said| said.as_str() == "5.0 SP3 is gone.").count(), 1);
    }
}
