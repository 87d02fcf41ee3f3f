//! Results of several runs, joined: each key once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{Decided, hash};

/// The place of a line: which file, and which line of it.
type Place = (usize, usize);

/// Takes in the lines of all files, and says afterwards which of them count.
#[derive(Debug, Default)]
pub struct Joining {
    places: HashMap<u64, Place>,
    /// Names that more than one file decides, a few of them.
    pub twice: Vec<String>,
    /// How many there are of those.
    pub twice_in_all: usize,
}

/// Which lines count.
#[derive(Debug)]
pub struct Joined(HashMap<u64, Place>);

/// The most names that are told.
const TOLD: usize = 20;

impl Joining {
    /// Takes in a line. In one file the later line of a name counts; of two files it is the first one,
    /// and that is told.
    pub fn add(&mut self, line: &Decided, place: Place) {
        match self.places.entry(hash(&line.name)) {
            Entry::Vacant(free) => {
                free.insert(place);
            }
            Entry::Occupied(mut taken) if taken.get().0 == place.0 => {
                taken.insert(place);
            }
            Entry::Occupied(_) => {
                self.twice_in_all += 1;
                if self.twice.len() < TOLD && !self.twice.contains(&line.name) {
                    self.twice.push(line.name.clone());
                }
            }
        }
    }

    /// True if some file decides this name.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.places.contains_key(&hash(name))
    }

    /// All lines are in.
    #[must_use]
    pub fn finish(self) -> Joined {
        Joined(self.places)
    }
}

impl Joined {
    /// True for the line that counts.
    #[must_use]
    pub fn counts(&self, line: &Decided, place: Place) -> bool {
        self.0.get(&hash(&line.name)) == Some(&place)
    }
}
