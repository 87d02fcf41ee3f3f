//! `simulate`: the embedded double, for other programs.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;

use anyhow::Context;
use futures_util::future::select;
use tokio::runtime::Runtime;

use crate::cli::SimulateArgs;
use crate::command::output::{to_stderr, to_stdout};
use crate::error::{Usage, why};
use crate::record::exit::Exit;
use crate::serve::Guests;
use crate::simulate::{Scenario, Server, load, names};
use crate::text::shell_word;

/// Said where a flag names a file that comes with the source.
const FILES: &str = "in the folder of heygen-doctor's source, where that file is.\n";

pub(super) fn run(args: &SimulateArgs) -> anyhow::Result<Exit> {
    match (&args.scenario, args.listen) {
        (Some(name), listen) if !args.list => {
            let listen = listen.unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
            serve(&load(name)?, listen, guests(listen, args.allow_remote)?)
        }
        (_, Some(_)) => Err(Usage::new(
            "`--listen` says where to serve a scenario, and none is to be served.",
            "Name one and leave `--list` out: heygen-doctor simulate healthy --listen 127.0.0.1:8787",
        )
        .into()),
        (Some(name), None) => to_stdout(&story(&load(name)?)).map(|_| Exit::Works),
        (None, None) => list(),
    }
}

fn list() -> anyhow::Result<Exit> {
    let mut scenarios = names().map(load).collect::<Result<Vec<_>, Usage>>()?;
    scenarios.sort_by_key(|scenario| scenario.expect.cause);
    let widest = scenarios.iter().map(|scenario| scenario.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for scenario in &scenarios {
        let flags: Vec<String> = scenario.expect.flags().into_iter().map(shell_word).collect();
        let with = if flags.is_empty() { String::new() } else { format!(" [{}]", flags.join(" ")) };
        writeln!(text, "{:widest$}  {}{with}", scenario.name, scenario.title)?;
    }
    to_stdout(&text)?;
    to_stderr(
        "\nTry one: heygen-doctor check --simulate NAME, with the flags in brackets where there are any\nServe one: heygen-doctor simulate NAME --listen 127.0.0.1:8787",
    );
    Ok(Exit::Works)
}

fn story(scenario: &Scenario) -> String {
    let expect = &scenario.expect;
    format!(
        "{}: {}\n\n{}\n\nTo be found: {} (exit code {}), with\n  {}\n{}",
        scenario.name,
        scenario.title,
        scenario.story.trim(),
        expect.cause,
        expect.exit_code,
        scenario.command(),
        if expect.args.iter().any(|arg| arg.starts_with("fixtures/")) { FILES } else { "" }
    )
}

pub(super) fn guests(listen: SocketAddr, allow_remote: bool) -> Result<Guests, Usage> {
    if allow_remote {
        return Ok(Guests::Anyone);
    }
    if listen.ip().to_canonical().is_loopback() {
        return Ok(Guests::Local);
    }
    Err(Usage::new(
        format!("Other machines could connect to {listen}, and that wasn't allowed."),
        format!(
            "Listen on this machine only: `--listen 127.0.0.1:{}`; or add `--allow-remote`.",
            listen.port()
        ),
    ))
}

fn serve(scenario: &Scenario, listen: SocketAddr, guests: Guests) -> anyhow::Result<Exit> {
    if scenario.base_url_override().is_some() && !scenario.is_proxy() {
        return Err(Usage::new(
            format!(
                "`{}` can't be served: it is a story of an address where no server is.",
                scenario.name
            ),
            format!("`{}` plays it.", scenario.command()),
        )
        .into());
    }
    let runtime = Runtime::new().context("The runtime can't be started")?;
    runtime.block_on(async {
        let server = Server::start_for(scenario, listen, guests).await.map_err(|error| {
            Usage::new(
                format!("{listen} can't be listened on: {}.", why(&error)),
                "Choose another port: `--listen 127.0.0.1:0` takes a free one.",
            )
        })?;
        to_stdout(&format!("{}\n", server.base_url()))?;
        to_stderr(&format!(
            "Serving `{}`: {}\nPress Ctrl-C to stop.",
            scenario.name, scenario.title
        ));
        if let (true, Some(url)) = (scenario.is_proxy(), scenario.base_url_override()) {
            to_stderr(&format!(
                "It plays a proxy: heygen-doctor check --proxy {} --base-url {}",
                shell_word(server.base_url()),
                shell_word(url)
            ));
        }
        if let Some(key) = &scenario.key {
            to_stderr(&format!("Its key is synthetic: {key}"));
        }
        select(pin!(server.serve_forever()), pin!(tokio::signal::ctrl_c())).await;
        Ok(Exit::Works)
    })
}
