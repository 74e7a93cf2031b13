//! Every form on samples as people paste them.
#![expect(clippy::panic, reason = "a test that cannot go on has failed")]

use super::*;
use crate::evidence::{Reading, read};
use crate::tree::ladder::Ladders;

#[test]
fn dump() {
    let Ok(path) = std::env::var("DUMP") else { return };
    let text = std::fs::read_to_string(path).unwrap_or_default();
    for sample in text.split("\n%%%%\n") {
        println!("=================\n{sample}\n-----------------");
        let reading: Reading = read(sample, &Ladders::default());
        for proposal in reading.proposals {
            match proposal.item {
                Item::Event(event) => println!("EVENT {:?} {:?} {:?} {:?} {:?}", event.id, event.source, event.text, proposal.lines, proposal.remarks),
                other => println!("OTHER {other:?}"),
            }
        }
        println!("cut {:?}", reading.cut);
    }
}
