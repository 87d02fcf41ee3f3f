//! One binary for all integration tests.

#![expect(clippy::unwrap_used, reason = "a test that can't go on says where")]

/// How often the diagnosis is right.
mod accuracy;
/// What comes of the next step, for whoever takes it.
mod advice;
/// What is said beside the documents, and before anything is sent.
mod asides;
/// The program under test.
mod binary;
/// Files that would hold the program up.
#[cfg(target_os = "linux")]
mod bounds;
/// Pages in a real browser.
mod browser;
/// New and kept connections, and how long it takes to make one.
mod ci;
/// Real programs behind `listen`.
#[cfg(unix)]
mod clients;
/// Records beside each other.
mod compare;
mod connections;
/// The generated pages.
mod controls;
/// Curl lines repeat what they stand for, and no line runs what it should not.
mod curl;
/// Chance that is the same in every run.
mod dice;
mod docs;
/// Offline explanations.
mod elsewhere;
mod explain;
/// Every kind of fault on real sockets.
mod faults;
/// Public reports, and what the doctor says to each.
mod field_cases;
/// A first try without a command.
mod first;
/// Many keys, a line for each.
mod fleet;
/// Which module may know of which.
mod flow;
mod formats;
/// Parsers under fire.
mod fuzz;
/// Servers that mean harm.
mod hostile;
/// Bad input, and what becomes of files.
mod inputs;
/// What people paste, and what it comes to.
mod inspect;
mod interruption;
/// The words and the advice of `key`.
mod key;
/// Many keys at one site, and what is sent when.
mod lab;
/// Links in a terminal.
#[cfg(unix)]
mod links;
/// What a program really sends.
mod listen;
mod live;
/// Servers and certificates for the tests that need them.
mod loopback;
/// Pages as a strict parser reads them.
mod markup;
/// Every rule over every answer.
mod matrix;
/// No number is finer than what was measured.
mod measures;
/// Plain words on every page of every scenario.
mod picture;
mod plain;
/// Wave 1 against servers and proxies on loopback.
mod preflight;
/// Changes that must not change a diagnosis.
mod properties;
/// Where a key can go.
mod reach;
/// The outputs that the README shows.
mod readme;
mod records;
/// `redact` as a filter.
mod redact;
/// Every format of every sample.
mod render;
/// The same story told by another server, or of another key.
mod retold;
/// Records to render.
mod samples;
/// Every scenario through the real binary.
mod scenarios;
/// Sentences, and what they say of the key.
mod sentences;
/// The HTTP server core.
mod serve;
mod settings;
mod shell;
/// The embedded double.
mod simulate;
/// Whether what is stated of simulated servers holds.
mod simulated;
/// Everything that is ever written.
mod sinks;
/// The tables are whole: nothing that was added is forgotten elsewhere.
mod steps;
mod tables;
/// Wave 1 through proxies on loopback.
mod tunnels;
/// Requests that may have been sent, where no answer came.
mod unanswered;
/// Verdicts that no scenario can play.
mod verdicts;
/// A key that is asked again and again.
mod watch;
/// The raw bytes of requests.
mod wire;
/// The texts that people read.
mod words;
