//! The program: everything is in the library.

fn main() -> std::process::ExitCode {
    heygen_doctor::command::main(&std::env::args_os().collect::<Vec<_>>())
}
