//! The `fixpath` program. Everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    fixpath::cli::run(std::env::args_os())
}
