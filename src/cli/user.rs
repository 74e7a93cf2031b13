//! `fixpath user`: accounts, also beside a running server.

use clap::{Args, Subcommand, ValueEnum};

use super::database::{failed, with_database};
use super::{Failed, print};
use crate::account::{Account, Accounts, Cost, read_name};
use crate::audit::By;
use crate::clock::{Clock, Random};
use crate::secret::Secret;
use crate::settings::Settings;
use crate::web::{Role, Site};

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Make an account and print a link that sets its password
    Add(Add),
    /// Print a link that sets a new password; the present one and all sessions end
    Passwd(Named),
    /// List the accounts
    List,
    /// Keep an account from signing in, and end its sessions
    Disable(Named),
}

/// The account to make.
#[derive(Debug, Args)]
#[command(after_help = "The link works once and for 24 hours. Without a role the account walks guides where visitors must sign in.")]
pub(super) struct Add {
    /// The name, as the person writes it
    name: String,
    /// What the account may do; repeat the flag for several roles
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<RoleFlag>,
}

/// Which account.
#[derive(Debug, Args)]
pub(super) struct Named {
    /// The account's name
    name: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum RoleFlag {
    /// Edits drafts
    Author,
    /// Also publishes and withdraws
    Publisher,
    /// Keeps the accounts
    Admin,
}

impl RoleFlag {
    fn role(self) -> Role {
        match self {
            Self::Author => Role::Author,
            Self::Publisher => Role::Publisher,
            Self::Admin => Role::Admin,
        }
    }
}

impl UserCommand {
    /// Runs the command.
    pub(super) fn run(&self, settings: &Settings) -> Result<(), Failed> {
        let text = with_database(settings, |db| async move {
            let accounts = Accounts::new(db, Site::new(settings), Clock::system(), Random::system(), Cost::FULL);
            match self {
                Self::Add(command) => command.run(&accounts, settings).await,
                Self::Passwd(command) => {
                    let account = accounts.named(&command.name).await.map_err(failed)?;
                    let token = accounts.reset(account.id, &By::command_line()).await.map_err(failed)?;
                    Ok(link_text(settings, &account, &token))
                }
                Self::List => Ok(accounts.all().await.map_err(failed)?.iter().map(line).collect()),
                Self::Disable(command) => {
                    let account = accounts.named(&command.name).await.map_err(failed)?;
                    accounts.set_disabled(account.id, true, &By::command_line()).await.map_err(failed)?;
                    Ok(format!("{} cannot sign in any more\n", account.name))
                }
            }
        })?;
        print(&text)
    }
}

impl Add {
    async fn run(&self, accounts: &Accounts, settings: &Settings) -> Result<String, Failed> {
        let name = read_name(&self.name).map_err(|text| Failed::Usage(text.to_owned()))?;
        let roles = self.roles.iter().map(|flag| flag.role()).collect();
        let (account, token) = accounts.add(&name, roles, &By::command_line()).await.map_err(failed)?;
        Ok(link_text(settings, &account, &token))
    }
}

fn link_text(settings: &Settings, account: &Account, token: &Secret) -> String {
    format!("{} sets a password at this address, once and within 24 hours:\n{}\n", account.name, set_up_address(settings, token))
}

/// Name, roles and state, one account a line.
fn line(account: &Account) -> String {
    let roles: Vec<&str> = account.roles.given().map(Role::as_str).collect();
    let state = match (account.disabled_at, account.has_password) {
        (Some(_), _) => "disabled",
        (None, false) => "no password yet",
        (None, true) => "",
    };
    format!("{}\t{}\t{state}\n", account.name, roles.join(","))
}

/// The address that a set-up link has on this machine, or below the public URL if there is one.
pub(super) fn set_up_address(settings: &Settings, token: &Secret) -> String {
    let urls = Site::new(settings).urls().clone();
    let address = urls.absolute(&urls.set_up(&token.reveal()));
    if address.starts_with('/') { format!("http://{}{address}", settings.listen) } else { address }
}
