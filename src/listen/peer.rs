//! Which process is at the other end of a connection on this machine: Linux tells it in `/proc`.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared};

use crate::record::heard::Client;

/// The process behind a connection, as far as it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Peer {
    /// Its id and name.
    pub(super) client: Option<Client>,
    /// True if it is the program that is listened to; none where the system doesn't tell.
    pub(super) is_ours: Option<bool>,
}

/// A look-up under way, which everybody who is interested may wait for.
pub(super) type Looking = Shared<BoxFuture<'static, Peer>>;

/// Who counts as the program that is listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ours {
    /// Whatever this process started, and what that started.
    Descendants,
    /// All programs of this user.
    SameUser,
}

/// Looks processes up, one at a time: each look-up reads the whole table of connections.
#[derive(Debug)]
pub(super) struct Peers {
    ours: Ours,
    one_at_a_time: Arc<Mutex<()>>,
}

impl Peers {
    /// With these for the program that is listened to.
    pub(super) fn new(ours: Ours) -> Self {
        Self { ours, one_at_a_time: Arc::default() }
    }

    /// Begins to look for the process at `theirs`, whose connection ends at `here`. It goes on by itself.
    pub(super) fn look(&self, theirs: SocketAddr, here: SocketAddr) -> Looking {
        let (ours, turn) = (self.ours, Arc::clone(&self.one_at_a_time));
        let found = tokio::task::spawn_blocking(move || {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            look(ours, theirs, here)
        });
        let looking = found.map(Result::unwrap_or_default).boxed().shared();
        tokio::spawn(looking.clone());
        looking
    }
}

/// The programs that descend from this process and run, as far as the system tells.
pub(super) fn running() -> Vec<Client> {
    #[cfg(target_os = "linux")]
    return linux::running();
    #[cfg(not(target_os = "linux"))]
    Vec::new()
}

#[cfg(not(target_os = "linux"))]
fn look(_: Ours, _: SocketAddr, _: SocketAddr) -> Peer {
    Peer::default()
}

#[cfg(target_os = "linux")]
use linux::look;

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::HashMap;
    use std::fs;
    use std::net::SocketAddr;
    use std::path::Path;

    use super::{Ours, Peer};
    use crate::record::heard::Client;

    /// A connection in the system's table.
    struct Row {
        user: u32,
        inode: String,
    }

    pub(super) fn look(ours: Ours, theirs: SocketAddr, here: SocketAddr) -> Peer {
        // IPv4 stands in the other table where a program opened an IPv6 socket for it, as Java does.
        let tables = ["/proc/net/tcp", "/proc/net/tcp6"];
        let Some(row) = tables.into_iter().find_map(|table| row(table, theirs, here)) else {
            return Peer { client: None, is_ours: Some(false) };
        };
        let (descendants, others) = processes();
        let socket = format!("socket:[{}]", row.inode);
        let holder = |pids: &[u32]| pids.iter().copied().find(|pid| holds(*pid, &socket));
        let descendant = holder(&descendants);
        let is_ours = match ours {
            Ours::Descendants => descendant.is_some(),
            Ours::SameUser => row.user == rustix::process::getuid().as_raw(),
        };
        let pid = descendant.or_else(|| holder(&others));
        Peer { client: pid.map(|pid| Client { pid, name: name(pid) }), is_ours: Some(is_ours) }
    }

    /// The row of a connection, seen from its other end. Only the ports are compared: both together are
    /// those of one connection to a port of ours.
    fn row(table: &str, theirs: SocketAddr, here: SocketAddr) -> Option<Row> {
        let text = fs::read_to_string(table).ok()?;
        let ends = [theirs, here].map(|end| format!(":{:04X}", end.port()));
        text.lines().skip(1).find_map(|line| {
            let mut words = line.split_ascii_whitespace().skip(1);
            let is_it = ends.iter().all(|end| words.next().is_some_and(|word| word.ends_with(end)));
            let user = words.nth(4)?.parse().ok()?;
            is_it.then_some(Row { user, inode: words.nth(1)?.to_owned() })
        })
    }

    /// The descendants of this process, and all others.
    fn processes() -> (Vec<u32>, Vec<u32>) {
        let own = std::process::id();
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let parents: HashMap<u32, u32> = pids.filter_map(|pid| Some((pid, parent(pid)?))).collect();
        parents.keys().copied().filter(|pid| *pid != own).partition(|pid| {
            let mut above = std::iter::successors(Some(*pid), |pid| parents.get(pid).copied());
            // A chain is short; a pid that is used anew could make it a circle.
            above.by_ref().take(64).any(|pid| pid == own)
        })
    }

    /// What ended, and was waited for by nobody, doesn't run.
    pub(super) fn running() -> Vec<Client> {
        let all = processes().0.into_iter();
        let runs = |pid: &u32| stat(*pid).is_some_and(|stat| !stat.starts_with('Z'));
        all.filter(runs).map(|pid| Client { pid, name: name(pid) }).collect()
    }

    fn parent(pid: u32) -> Option<u32> {
        stat(pid)?.split(' ').nth(1)?.parse().ok()
    }

    /// The state of a process, and what is told behind it.
    fn stat(pid: u32) -> Option<String> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name in brackets may hold anything, brackets as well.
        Some(stat.rsplit_once(") ")?.1.to_owned())
    }

    fn holds(pid: u32, socket: &str) -> bool {
        let files = fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
        files.filter_map(|file| fs::read_link(file.path()).ok()).any(|to| to == Path::new(socket))
    }

    /// The name of its file: programs name their threads as they like, and arguments may hold a key.
    fn name(pid: u32) -> String {
        let file = fs::read_link(format!("/proc/{pid}/exe")).unwrap_or_default();
        file.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}
