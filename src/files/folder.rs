//! A folder for files that other programs read while this one runs.

use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};

/// A new folder that only this user can enter; dropping it removes it with everything in it.
#[derive(Debug)]
pub struct PrivateFolder(PathBuf);

impl PrivateFolder {
    /// Makes one where the system keeps temporary files.
    ///
    /// # Errors
    /// When none can be made there.
    pub fn new() -> io::Result<Self> {
        // A name that can't be foreseen; a folder that is there already is refused.
        let name = format!("heygen-doctor-{:016x}", rand::random::<u64>());
        let path = std::env::temp_dir().join(name);
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path)?;
        Ok(Self(path))
    }

    /// Writes a file, with the folders on the way to it.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn write(&self, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&self.0))?;
        fs::write(&path, bytes)?;
        Ok(path)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for PrivateFolder {
    fn drop(&mut self) {
        // What can't be removed holds no secret.
        let _ = fs::remove_dir_all(&self.0);
    }
}
