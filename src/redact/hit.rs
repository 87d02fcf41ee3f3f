//! Where something must go, and what goes with it.

/// What stands for everything taken out.
pub(super) const MASK: &str = "[redacted]";

/// One place, and the form it was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) form: &'static str,
    /// Whether it is a secret of the run, and not only looks like someone's.
    pub(super) is_value: bool,
}

impl Hit {
    /// What names a merged hit: a known secret before a suspected one, then the longer one.
    fn rank(&self) -> (bool, usize) {
        (self.is_value, self.end - self.start)
    }
}

/// Hits that overlap or touch become one.
pub(super) fn merged(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_unstable_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    let mut groups: Vec<(Hit, Hit)> = Vec::new();
    for hit in hits {
        match groups.last_mut() {
            Some((whole, first)) if hit.start <= whole.end => {
                whole.end = whole.end.max(hit.end);
                if hit.rank() > first.rank() {
                    *first = hit;
                }
            }
            _ => groups.push((hit, hit)),
        }
    }
    groups
        .into_iter()
        .map(|(whole, first)| Hit { start: whole.start, end: whole.end, ..first })
        .collect()
}
