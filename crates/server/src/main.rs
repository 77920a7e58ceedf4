//! The `wherewithal` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    wherewithal_server::cli::main()
}
