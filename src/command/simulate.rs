//! `simulate`: the embedded double, for other programs.

use std::fmt::Write as _;

use anyhow::Context;
use tokio::runtime::Runtime;

use crate::cli::SimulateArgs;
use crate::error::Usage;
use crate::exit::Exit;
use crate::output::{to_stderr, to_stdout};
use crate::simulate::{Scenario, Server, load, names};

pub(super) fn run(args: &SimulateArgs) -> anyhow::Result<Exit> {
    match &args.scenario {
        Some(name) if !args.list => serve(&load(name)?, args),
        Some(name) => to_stdout(&story(&load(name)?)).map(|_| Exit::Works),
        None => list(),
    }
}

fn list() -> anyhow::Result<Exit> {
    let scenarios = names().map(load).collect::<Result<Vec<_>, Usage>>()?;
    let widest = scenarios.iter().map(|scenario| scenario.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for scenario in &scenarios {
        writeln!(text, "{:widest$}  {}", scenario.name, scenario.title)?;
    }
    to_stdout(&text)?;
    to_stderr(
        "\nTry one: heygen-doctor check --simulate NAME\nServe one: heygen-doctor simulate NAME --listen 127.0.0.1:8787",
    );
    Ok(Exit::Works)
}

fn story(scenario: &Scenario) -> String {
    let expect = &scenario.expect;
    format!(
        "{}: {}\n\n{}\n\nTo be found: {} (exit code {})\n",
        scenario.name,
        scenario.title,
        scenario.story.trim(),
        expect.cause,
        expect.exit_code
    )
}

fn serve(scenario: &Scenario, args: &SimulateArgs) -> anyhow::Result<Exit> {
    let runtime = Runtime::new().context("The runtime can't be started")?;
    runtime.block_on(async {
        let server = Server::start(scenario, args.listen).await.map_err(|error| {
            Usage::new(
                format!("{} can't be listened on: {error}.", args.listen),
                "Choose another port: `--listen 127.0.0.1:0` takes a free one.",
            )
        })?;
        to_stdout(&format!("{}\n", server.base_url()))?;
        to_stderr(&format!(
            "Serving `{}`: {}\nPress Ctrl-C to stop.",
            scenario.name, scenario.title
        ));
        if let Some(key) = &scenario.key {
            to_stderr(&format!("Its key is synthetic: {key}"));
        }
        tokio::select! {
            () = server.serve_forever() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        Ok(Exit::Works)
    })
}
