//! Input from a file or from standard input, and output to a file in one step.

use std::{
    fs::File,
    io::{self, IsTerminal as _, Read, Write as _},
    path::Path,
};

use wherewithal_contract::wire::MAX_INPUT_BYTES;

use crate::error::{Code, Error, Result};

/// Reads a file, or standard input if there is none or its name is `-`. At most one byte more than the limit of
/// operations is read.
pub(super) fn read(file: Option<&Path>) -> Result<Vec<u8>> {
    let unreadable = |name: &str, error: io::Error| {
        Error::new(Code::FileUnreadable, format!("{name} cannot be read: {error}")).caused_by(error)
    };
    match file.filter(|file| *file != Path::new("-")) {
        Some(file) => {
            let name = file.display().to_string();
            let opened = File::open(file).map_err(|error| unreadable(&name, error))?;
            bounded(opened).map_err(|error| unreadable(&name, error))
        }
        None => {
            let input = io::stdin().lock();
            if input.is_terminal() {
                let _ = writeln!(io::stderr(), "reading JSON from the keyboard; end it with Ctrl-D");
            }
            bounded(input).map_err(|error| unreadable("standard input", error))
        }
    }
}

fn bounded(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MAX_INPUT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Writes a file atomically: into a temporary file in the same folder, which is then renamed.
pub(super) fn write_atomically(file: &Path, bytes: &[u8]) -> Result<()> {
    let unwritable = |error: io::Error| {
        Error::new(Code::FileUnwritable, format!("{} cannot be written: {error}", file.display()))
            .caused_by(error)
    };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new()
        .prefix(".wherewithal-")
        .permissions_of_new_file()
        .tempfile_in(folder)
        .map_err(unwritable)?;
    new.write_all(bytes).and_then(|()| new.as_file().sync_all()).map_err(unwritable)?;
    new.persist(file).map_err(|refused| unwritable(refused.error))?;
    Ok(())
}

/// Temporary files are private; the finished file has the permissions of any new file of the user.
trait NewFilePermissions {
    fn permissions_of_new_file(&mut self) -> &mut Self;
}

impl NewFilePermissions for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_of_new_file(&mut self) -> &mut Self {
        use std::os::unix::fs::PermissionsExt as _;
        // The system removes the permissions in the user's mask.
        self.permissions(std::fs::Permissions::from_mode(0o666))
    }

    #[cfg(not(unix))]
    fn permissions_of_new_file(&mut self) -> &mut Self {
        self
    }
}
