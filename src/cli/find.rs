//! `fixpath find`: which guides a text is about.

use std::io::{self, BufRead};

use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::database::{failed, open_shelf, with_database};
use super::{Failed, complain, print};
use crate::app::content;
use crate::db::Db;
use crate::evidence;
use crate::search::{Evidence, Finder, Found};
use crate::settings::Settings;
use crate::shelf::Catalog;
use crate::tree::fact::Source;

/// What to find guides for.
#[derive(Debug, Args)]
#[command(after_help = "Prints the guides that match, best first, a line each: address, score, title, why. A database on which no server ever started is \
    filled with the starter trees first. With --jsonl, each line of standard input is {\"id\": ..., \"query\": \"...\"} and is answered by \
    {\"id\": ..., \"ranked\": [\"address\", ...]}, best first, [] if nothing matches; a line that cannot be read is reported, the others are \
    answered, and the exit code is 1.")]
pub(super) struct Find {
    /// The text of a message or event
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    text: Vec<String>,
    /// Answer queries from standard input, one JSON object a line
    #[arg(long)]
    jsonl: bool,
}

/// A line of standard input. Other members are of no interest.
#[derive(Deserialize)]
struct Asked {
    id: Json,
    query: String,
}

/// A line of standard output.
#[derive(Serialize)]
struct Answered {
    id: Json,
    ranked: Vec<String>,
}

impl Find {
    /// Prints what was found.
    pub(super) fn run(&self, settings: &Settings) -> Result<(), Failed> {
        let guides = with_database(settings, Guides::read)?;
        if self.jsonl { guides.answer(io::stdin().lock()) } else { guides.show(&self.text.join(" ")) }
    }
}

/// The guides, ready to be searched.
struct Guides {
    catalog: std::sync::Arc<Catalog>,
    finder: Finder,
}

impl Guides {
    async fn read(db: Db) -> Result<Self, Failed> {
        let shelf = open_shelf(&db).await?;
        if shelf.list().await.map_err(failed)?.is_empty() {
            content::load(&shelf).await.map_err(failed)?;
        }
        Ok(Self { catalog: shelf.catalog(), finder: Finder::default() })
    }

    fn find(&self, text: &str) -> Found {
        let reading = evidence::read(text, self.catalog.ladders());
        self.finder.index(&self.catalog).find(&Evidence::new(text, &reading.statements(Source::Pasted)))
    }

    fn show(&self, text: &str) -> Result<(), Failed> {
        let found = self.find(text);
        if found.matches.is_empty() {
            return print("nothing we know matches\n");
        }
        for found in found.matches {
            let title = self.catalog.guide(&found.slug).map_or("", |guide| guide.tree.title.as_str());
            print(&format!("{}\t{}\t{title}\t{}\n", found.slug, found.score, found.because.join("; ")))?;
        }
        Ok(())
    }

    /// Answers each line, and reports those that cannot be read.
    fn answer(&self, mut input: impl BufRead) -> Result<(), Failed> {
        let mut unreadable = 0_usize;
        let mut line = Vec::new();
        for number in 1_usize.. {
            line.clear();
            if input.read_until(b'\n', &mut line).map_err(failed)? == 0 {
                break;
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice::<Asked>(&line) {
                Ok(asked) => {
                    let ranked = self.find(&asked.query).matches.into_iter().map(|found| found.slug).collect();
                    let answer = serde_json::to_string(&Answered { id: asked.id, ranked }).map_err(failed)?;
                    print(&format!("{answer}\n"))?;
                }
                Err(error) => {
                    unreadable += 1;
                    complain(&format!("line {number} of standard input: {error}. Write {{\"id\": \"1\", \"query\": \"the text\"}} on one line"));
                }
            }
        }
        match unreadable {
            0 => Ok(()),
            1 => Err(Failed::Command("1 line could not be read; see above".to_owned())),
            lines => Err(Failed::Command(format!("{lines} lines could not be read; see above"))),
        }
    }
}
