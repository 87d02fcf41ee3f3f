//! The program: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    heygen_doctor::hardening::harden();
    let args: Vec<_> = std::env::args_os().collect();
    ExitCode::from(heygen_doctor::command::main(&args).code())
}
