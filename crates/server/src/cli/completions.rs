//! `wherewithal completions`.

use clap::{Args, CommandFactory as _, builder::PossibleValuesParser};
use clap_complete::Shell;
use wherewithal_contract::registry;

use super::{Arguments, output};
use crate::error::Result;

/// The commands whose argument is the name of an operation.
const OF_OPERATIONS: [&str; 3] = ["call", "example", "schema"];

/// Print a script that completes the commands of a shell: `source <(wherewithal completions bash)`.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self) -> Result<()> {
        let mut command = Arguments::command();
        for name in OF_OPERATIONS {
            // Only here: a command line with another name is refused with the code and the status of such an operation.
            let names = registry().operations().iter().map(|operation| operation.name());
            let values = PossibleValuesParser::new(names.collect::<Vec<_>>());
            command = command
                .mut_subcommand(name, |of| of.mut_arg("operation", |argument| argument.value_parser(values)));
        }
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "wherewithal", &mut script);
        output::write(&script)
    }
}
