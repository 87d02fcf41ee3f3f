//! Counts in tests how many bytes are looked at: time is not the same twice, this is.

#[cfg(test)]
thread_local! {
    static LOOKED: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts bytes that were looked at.
#[inline]
pub(super) fn looked(bytes: usize) {
    #[cfg(test)]
    LOOKED.set(LOOKED.get() + bytes as u64);
    #[cfg(not(test))]
    let _ = bytes;
}

/// The bytes that some work looked at.
#[cfg(test)]
pub(super) fn of(work: impl FnOnce()) -> u64 {
    let before = LOOKED.get();
    work();
    LOOKED.get() - before
}
