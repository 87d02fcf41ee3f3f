//! Nothing of a key may get out when the program itself fails.

/// Makes panics name the place only: their message could hold anything.
pub fn harden() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(|place| format!(" at {}:{}", place.file(), place.line()))
            .unwrap_or_default();
        crate::output::to_stderr(&format!(
            "error: heygen-doctor failed{place}; the details are held back because they could contain the key.\n\nhint: Please report this, with the place and the command."
        ));
    }));
}
