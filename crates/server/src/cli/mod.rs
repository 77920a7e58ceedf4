//! The `wherewithal` command: its arguments and error messages.

mod call;
mod completions;
mod example;
mod files;
mod openapi;
mod operations;
mod output;
mod plan;
mod schema;
mod serve;

use std::{io::Write as _, process::ExitCode};

use clap::{Parser, Subcommand, ValueEnum};

use crate::{
    error::{Error, Kind, Result},
    render::text::printable,
};

const EXIT_STATUSES: &str = "\
Exit status:
    0  success
    1  a defect of this program
    2  the input or the command line is not valid
    3  the input is valid, but the question has no answer
    4  the input is larger than the limit
    5  there is no such operation
    6  a file, a port or a database cannot be reached
  130  cancelled

Errors go to standard error as `path: message [code]`; the code is stable.";

/// An embeddable wealth engine: the same results, to the bit, in every language.
#[derive(Debug, Parser)]
#[command(name = "wherewithal", version, after_help = EXIT_STATUSES)]
struct Arguments {
    /// The format of errors on standard error.
    #[arg(long, global = true, value_enum, default_value_t = ErrorFormat::Text)]
    error_format: ErrorFormat,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ErrorFormat {
    /// `path: message [code]`.
    Text,
    /// One JSON object with `code`, `message` and `path`.
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the REST server.
    Serve(serve::Serve),
    /// Print the plan of a household: where it stands, whether its money lasts, and what to do about it.
    Plan(plan::Plan),
    /// Run one operation: JSON in, JSON out.
    Call(call::Call),
    /// List the operations.
    Operations(operations::Operations),
    /// Print an example of the input of one operation.
    Example(example::Example),
    /// Describe one operation: its documentation, its JSON Schemas and its examples, as JSON. Or print the JSON Schema of a
    /// type, such as Household.
    Schema(schema::Schema),
    /// Print the OpenAPI document of the server.
    Openapi,
    /// Print a script that completes the commands of a shell.
    Completions(completions::Completions),
}

/// Runs the command of this process.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match arguments.command {
        Command::Serve(serve) => serve.run(),
        Command::Plan(plan) => plan.run(),
        Command::Call(call) => call.run(),
        Command::Operations(operations) => operations.run(),
        Command::Example(example) => example.run(),
        Command::Schema(schema) => schema.run(),
        Command::Openapi => openapi::run(),
        Command::Completions(completions) => completions.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error, arguments.error_format);
            ExitCode::from(error.kind().exit_status())
        }
    }
}

fn report(error: &Error, format: ErrorFormat) {
    let line = match format {
        ErrorFormat::Text => printable(&error.to_string()),
        ErrorFormat::Json => {
            serde_json::json!({ "code": error.code(), "message": error.message(), "path": error.path() })
                .to_string()
        }
    };
    // If standard error is closed, there is no other place to report to.
    let mut target = std::io::stderr().lock();
    let _ = writeln!(target, "{line}");
    if matches!(format, ErrorFormat::Text)
        && error.kind() == Kind::Internal
        && let Some(cause) = std::error::Error::source(error)
    {
        let _ = writeln!(target, "caused by: {}", printable(&cause.to_string()));
    }
}

/// Runs `work` on a new asynchronous runtime.
fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::internal(&error))?;
    let done = runtime.block_on(work);
    // A cancelled calculation may take a moment to stop.
    runtime.shutdown_timeout(std::time::Duration::from_secs(2));
    done
}
