#[path = "../tests/integration/samples.rs"]
mod samples;
use heygen_doctor::render::{Format, Options, render};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let r = match a[1].as_str() {
        "t" => samples::support_ticket(),
        "h" => samples::healthy(),
        "d" => samples::dns_failure(),
        _ => samples::hostile(),
    };
    let f = match a[2].as_str() {
        "m" => Format::Markdown,
        "j" => Format::Json,
        _ => Format::Human,
    };
    let has = |s: &str| a.iter().any(|x| x == s);
    let o = Options {
        width: a[3].parse().unwrap(),
        colour: has("colour"),
        unicode: !has("ascii"),
        verbose: if has("vv") {
            2
        } else if has("v") {
            1
        } else {
            0
        },
        quiet: has("q"),
        ..Options::default()
    };
    print!("{}", render(f, &r, &o));
}
