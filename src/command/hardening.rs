//! Nothing of a key may get out when the program itself fails.

/// Switches core dumps off, and makes panics name the place only: their message could hold anything.
pub(super) fn harden() {
    no_core_dumps();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(|place| format!(" at {}:{}", place.file(), place.line()))
            .unwrap_or_default();
        crate::command::output::to_stderr(&format!(
            "error: heygen-doctor failed{place}; the details are held back because they could contain the key.\n\nhint: Please report this, with the place and the command."
        ));
    }));
}

/// Fails as the tests ask it to, with the key in the message. In no release is any of this.
#[cfg(debug_assertions)]
pub(crate) fn panic_if_asked(keyring: &crate::key::source::Keyring) {
    if crate::config::surroundings::is_set("HEYGEN_DOCTOR_TEST_PANIC") {
        let key = keyring.used().map(|key| String::from_utf8_lossy(key.bytes()).into_owned());
        panic!("the key is {key:?}");
    }
}

/// Switches core dumps off.
///
/// The key is in this process's memory and in its environment. A crash would write both to a file,
/// or hand them to a crash reporter that may send them off. On Linux the process is also marked as not
/// dumpable: the kernel then ignores dump handlers, and other programs of the same user can neither
/// attach to the process nor read its environment in `/proc`. Elsewhere on Unix only the limit on the
/// size of a core file is there. On Windows nothing is done.
///
/// Only the soft limit is set: a program that the doctor starts inherits it and may raise it again.
/// The mark is not inherited at all. A refusal is ignored, because a system that won't have its limits
/// changed is no reason to withhold a diagnosis.
pub(super) fn no_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let maximum = getrlimit(Resource::Core).maximum;
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum });
    }
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use rustix::process::{Resource, getrlimit};

    use super::*;

    #[test]
    fn no_core_is_dumped_and_what_is_started_may_choose() {
        let allowed = getrlimit(Resource::Core).maximum;
        no_core_dumps();
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), allowed));
        #[cfg(target_os = "linux")]
        assert_eq!(
            rustix::process::dumpable_behavior().ok(),
            Some(rustix::process::DumpableBehavior::NotDumpable)
        );
    }
}
