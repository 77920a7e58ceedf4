//! Standard output.

use std::io::{self, Write};

use crate::error::{Code, Error, Result};

/// Writes all of `bytes`. A reader that stops early, such as `head`, is not an error.
pub(super) fn write(bytes: &[u8]) -> Result<()> {
    done(write_to(&mut io::stdout().lock(), bytes))
}

/// Writes text, with its colours only on a terminal.
pub(super) fn write_coloured(text: &str) -> Result<()> {
    done(write_to(&mut anstream::stdout().lock(), text.as_bytes()))
}

fn write_to(target: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    target.write_all(bytes)?;
    target.flush()
}

fn done(written: io::Result<()>) -> Result<()> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::new(Code::FileUnwritable, format!("standard output cannot be written: {error}"))
                .caused_by(error))
        }
        _ => Ok(()),
    }
}

/// The width of the output: that of the terminal, or of `COLUMNS`, or 80.
pub(super) fn width() -> usize {
    terminal_size::terminal_size()
        .map(|(terminal_size::Width(width), _)| usize::from(width))
        .or_else(crate::config::columns)
        .unwrap_or(80)
        .clamp(40, 200)
}
