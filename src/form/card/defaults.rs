//! The cards that come with the kinds of questions, for authors who give none of their own.
//!
//! Commands only look. Names and numbers in the samples are ours.

use crate::tree::check::MAX_LOOKUPS;
use crate::tree::event_source;
use crate::tree::model::{Ask, Column, Command, Lookup, NodeKind, Question, Shell, Tree};

/// The ladder whose families have an age here.
const EXCHANGE: &str = "exchange";

/// One entry of the tables below.
struct Way {
    /// The ages of servers that it is for.
    ages: &'static [Age],
    place: &'static str,
    command: Option<(Shell, &'static str)>,
    steps: Option<&'static str>,
    looks_like: &'static str,
}

/// Families of Exchange that are looked at in the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Age {
    /// 4.0, 5.0 and 5.5, with the Administrator program.
    Administrator,
    /// 2000 and 2003, with System Manager.
    SystemManager,
    /// 2007 and later, with the Exchange Management Shell.
    Shell,
}

use Age::{Administrator, Shell as ManagementShell, SystemManager};

const ANY: &[Age] = &[Administrator, SystemManager, ManagementShell];

const LEVELS: [Way; 5] = [
    Way {
        ages: &[Administrator],
        place: "Administrator program",
        command: None,
        steps: Some(
            "Open *Configuration*, then *Servers*. Choose a server, then *File*, *Properties*: the *General* page shows its version, build and service pack. \
             (*Help*, *About* is about the program itself.)",
        ),
        looks_like: "EX01 Version 5.5 (Build 2653.23: Service Pack 4)",
    },
    Way {
        ages: &[SystemManager],
        place: "Exchange System Manager",
        command: None,
        steps: Some("Open *Servers*, right-click a server and choose *Properties*: the *General* page shows its version, build and service pack."),
        looks_like: "EX01 Version 6.5 (Build 7638.2: Service Pack 2)",
    },
    Way {
        ages: &[ManagementShell],
        place: "Exchange Management Shell, for all servers at once",
        command: Some((Shell::Powershell, "Get-ExchangeServer | Format-Table Name, AdminDisplayVersion, Edition, ServerRole")),
        steps: None,
        looks_like: "\
Name AdminDisplayVersion          Edition  ServerRole
---- -------------------          -------  ----------
EX01 Version 15.2 (Build 1118.7)  Standard Mailbox
EX02 Version 15.2 (Build 1544.4)  Standard Mailbox",
    },
    Way {
        ages: &[ManagementShell],
        place: "On each server, for the build with its security update",
        command: Some((Shell::Powershell, "Get-Command ExSetup.exe | ForEach-Object {{ $_.FileVersionInfo }}")),
        steps: None,
        looks_like: "\
ProductVersion   FileVersion      FileName
--------------   -----------      --------
15.02.1544.014   15.02.1544.014   C:\\Program Files\\Microsoft\\Exchange Server\\V15\\bin\\ExSetup.exe",
    },
    Way {
        ages: &[Administrator],
        place: "On the server, in the registry",
        command: Some((Shell::Cmd, "reg query HKLM\\SOFTWARE\\Microsoft\\Exchange\\Setup")),
        steps: Some("The build is hexadecimal: `0xa5d` is 2653. Without `reg`, look at the same key in `regedit`."),
        looks_like: "    NewestBuild    REG_DWORD    0xa5d",
    },
];

/// The program by which the servers are administered, which has a version of its own.
const ADMINISTRATOR: Way = Way {
    ages: &[Administrator],
    place: "Administrator program",
    command: None,
    steps: Some("On the machine where you run it choose *Help*, then *About Microsoft Exchange Administrator*."),
    looks_like: "Microsoft Exchange Administrator\nVersion 5.5 (Build 2653.23: Service Pack 4)",
};

const SYSTEMS: [Way; 2] = [
    Way {
        ages: &[Administrator, SystemManager],
        place: "Operating system, on each server",
        command: Some((Shell::Cmd, "ver")),
        steps: Some("Or run `winver`: its window names the service pack as well."),
        looks_like: "Microsoft Windows 2000 [Version 5.00.2195]",
    },
    Way {
        ages: &[ManagementShell],
        place: "Operating system, on each server",
        command: Some((Shell::Cmd, "systeminfo | findstr /B /C:\"Host Name\" /C:\"OS Name\" /C:\"OS Version\"")),
        steps: Some("Or run `winver`."),
        looks_like: "\
Host Name:                 EX01
OS Name:                   Microsoft Windows Server 2019 Standard
OS Version:                10.0.17763 N/A Build 17763",
    },
];

/// What reads the log of today's servers; `{FILTER}` stands for the events that the tree looks for.
const EVENTS: [Way; 4] = [
    Way {
        ages: &[ManagementShell],
        place: "PowerShell, on the server",
        command: Some((
            Shell::Powershell,
            "Get-WinEvent -FilterHashtable @{{LogName='Application'; {FILTER}}} -MaxEvents 20 | Format-List TimeCreated, ProviderName, Id, Message",
        )),
        steps: None,
        looks_like: "\
TimeCreated  : 11/22/2026 9:14:07 AM
ProviderName : MSExchangeSA
Id           : 1005
Message      : Unexpected error while starting the service on EX01.",
    },
    Way {
        ages: &[ManagementShell],
        place: "Event Viewer on Windows Server 2008 and later",
        command: None,
        steps: Some("Open *Windows Logs*, *Application*, choose the event, then *Copy*, *Copy Details as Text*."),
        looks_like: "\
Log Name:      Application
Source:        MSExchangeSA
Event ID:      1005
Level:         Error
Computer:      EX01
Description:
Unexpected error while starting the service on EX01.",
    },
    Way {
        ages: &[Administrator, SystemManager],
        place: "Event Viewer on Windows 2000 and 2003",
        command: None,
        steps: Some("Open *Application Log* and double-click the event. The button with two sheets of paper, below the arrows, copies all of it."),
        looks_like: "\
Event Type:     Error
Event Source:   MSExchangeSA
Event ID:       1005
Computer:       EX01
Description:
Unexpected error while starting the service on EX01.",
    },
    Way {
        ages: &[Administrator],
        place: "Event Viewer on Windows NT",
        command: None,
        steps: Some(
            "Choose *Log*, *Application*, and double-click the event. Mark the description with the mouse and press Ctrl+C; write down *Event ID* \
             and *Source*.",
        ),
        looks_like: "\
Event ID: 1005
Source: MSExchangeSA
Description: Unexpected error while starting the service on EX01.",
    },
];

const MESSAGES: [Way; 2] = [
    Way {
        ages: ANY,
        place: "Message box, on Windows 2000 and later",
        command: None,
        steps: Some(
            "Press Ctrl+C while the message is in front. That copies its title, its text and the names of its buttons; nothing on the screen shows it.",
        ),
        looks_like: "\
---------------------------
Exchange
---------------------------
The operation failed on EX01.
ID no: 80040115
---------------------------
OK
---------------------------",
    },
    Way {
        ages: ANY,
        place: "Message box, on Windows NT",
        command: None,
        steps: Some("It cannot be copied: type it off, with the title and, at the end, the number behind *ID no*."),
        looks_like: "The operation failed on EX01.\nID no: 80040115",
    },
];

/// The card of `question`, a question of `tree`; empty where its kind has none.
pub fn card(tree: &Tree, question: &Question) -> Vec<Lookup> {
    let ages = ages(tree);
    let fits = |way: &&Way| way.ages.iter().any(|age| ages.contains(age));
    let ways: Vec<&Way> = match question.ask {
        Ask::Servers => of_machines(tree, question).filter(fits).take(MAX_LOOKUPS).collect(),
        Ask::Event => EVENTS.iter().filter(fits).collect(),
        Ask::Text if question.fact == "text" => MESSAGES.iter().collect(),
        Ask::Code => MESSAGES.iter().collect(),
        Ask::Text | Ask::Choice | Ask::Choices | Ask::YesNo | Ask::Number => Vec::new(),
    };
    ways.into_iter().map(|way| way.lookup(tree)).collect()
}

/// The ways for a table, the most useful first.
fn of_machines<'a>(tree: &Tree, question: &'a Question) -> impl Iterator<Item = &'static Way> + use<'a> {
    let asks = |column| question.columns.contains(&column);
    let levels = tree.ladder == EXCHANGE && (asks(Column::Level) || asks(Column::Build)) && question.fact != "clients";
    let is_program = question.fact == "admin";
    let os = asks(Column::Os);
    let (first, more) = LEVELS.split_at(3);
    let levels_of = move |ways: &'static [Way]| ways.iter().filter(move |_| levels && !is_program);
    let program = std::iter::once(&ADMINISTRATOR).filter(move |_| levels && is_program);
    levels_of(first).chain(program).chain(SYSTEMS.iter().filter(move |_| os)).chain(levels_of(more))
}

/// The ages of the servers that the tree is about: those of the families that its questions offer; all of them where none names any.
fn ages(tree: &Tree) -> Vec<Age> {
    let questions = tree.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Question(question) => Some(question),
        _ => None,
    });
    let families: Vec<&String> = questions.flat_map(|question| &question.families).collect();
    if families.is_empty() || tree.ladder != EXCHANGE {
        return ANY.to_vec();
    }
    families
        .into_iter()
        .map(|family| match family.as_str() {
            "4.0" | "5.0" | "5.5" => Administrator,
            "2000" | "2003" => SystemManager,
            _ => ManagementShell,
        })
        .collect()
}

impl Way {
    fn lookup(&self, tree: &Tree) -> Lookup {
        Lookup {
            place: self.place.to_owned(),
            command: self.command.map(|(shell, text)| Command { shell, text: text.replace("{FILTER}", &filter(tree)) }),
            steps: self.steps.map(str::to_owned),
            looks_like: Some(self.looks_like.to_owned()),
        }
    }
}

/// The part of an event filter that says which events are wanted: those of the one source that the tree looks for, else all errors.
fn filter(tree: &Tree) -> String {
    let forks = tree.nodes.iter().filter_map(|node| node.kind.fork());
    let (mut sources, mut ids): (Vec<&str>, Vec<u32>) = tree.symptoms.events.iter().map(|event| (event.source.as_str(), event.id)).unzip();
    for branch in forks.flat_map(|fork| &fork.branches) {
        let (more_sources, more_ids) = branch.when.event_names();
        sources.extend(more_sources);
        ids.extend(more_ids);
    }
    let Some(source) = sources.first().filter(|first| sources.iter().all(|source| event_source::same(first, source)) && is_plain(first)) else {
        return "Level=2".to_owned();
    };
    ids.sort_unstable();
    ids.dedup();
    let ids: Vec<String> = ids.iter().map(u32::to_string).collect();
    let of_ids = if ids.is_empty() { String::new() } else { format!("; Id={}", ids.join(",")) };
    format!("ProviderName='{source}'{of_ids}")
}

/// Whether a source can stand between quotes of a command, whatever an author wrote.
fn is_plain(source: &str) -> bool {
    !source.is_empty() && source.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_'))
}
