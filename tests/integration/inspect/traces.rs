//! What curl says of its own work, and what a line leaves to a file.

use heygen_doctor::record::cause::Cause;
use heygen_doctor::record::class::Class;
use heygen_doctor::record::heard::{Flaw, Slip};

use super::judged::judged;
use crate::binary::KEY;

const METER: &str =
    "100   216    0   216    0     0  20793      0 --:--:-- --:--:-- --:--:-- 21600";

#[test]
fn the_meter_is_no_part_of_an_answer() {
    for meter in [
        format!("\r{METER}\n"),
        format!("{METER}\n"),
        format!(
            "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0\r{METER}\n"
        ),
    ] {
        let trace = format!(
            "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n> GET /v3/users/me HTTP/1.1\r\n> Host: api.heygen.com\r\n> X-Api-Key: {KEY}\r\n> \r\n{{ [5 bytes data]\n< HTTP/1.1 200 OK\r\n< content-type: application/json\r\n< \r\n{{ [216 bytes data]\n{meter}* Connection #0 to host api.heygen.com left intact\n{{\"data\":{{\"username\":\"synthetic\"}}}}"
        );
        let record = judged(KEY, &trace);
        let heard = &record.heard.as_ref().unwrap()[0];
        assert_eq!(heard.answered.as_ref().unwrap().class, Some(Class::Ok), "{meter:?}");
        assert_eq!(record.diagnosis.cause, Cause::Healthy, "{meter:?}");
    }
}

#[test]
fn a_body_without_a_line_end_ends_before_what_curl_says() {
    let trace = format!(
        "> GET /v3/users/me HTTP/1.1\n> Host: api.heygen.com\n> X-Api-Key: {KEY}\n> \n< HTTP/1.1 200 OK\n< content-type: application/json\n< \n{{\"data\":{{}}}}* Connection #0 to host api.heygen.com left intact\n"
    );
    assert_eq!(judged(KEY, &trace).diagnosis.cause, Cause::Healthy);
}

#[test]
fn a_trace_that_came_to_no_request_is_no_error() {
    for why in [
        "(6) Could not resolve host: api.heygen.com",
        "(60) SSL certificate problem\n\ncurl failed to verify the legitimacy of the server",
    ] {
        let record = judged(
            KEY,
            &format!("* Trying 127.0.0.1:443...\n* Closing connection 0\ncurl: {why}\n"),
        );
        assert_eq!(record.diagnosis.cause, Cause::Inconclusive, "{why}");
        assert_eq!(record.heard.as_deref(), Some(&[][..]), "{why}");
    }
}

/// A row of sixteen bytes may end between the two bytes of a line break.
#[test]
fn a_dump_in_numbers_is_read_wherever_its_rows_end() {
    for padding in 0..16 {
        let head = format!(
            "GET /v3/users/me?{} HTTP/1.1\r\nHost: api.heygen.com\r\nX-Api-Key: {KEY}\r\n\r\n",
            "x".repeat(padding)
        );
        let rows = head.as_bytes().chunks(16).enumerate().map(|(at, row)| {
            let numbers: Vec<String> = row.iter().map(|byte| format!("{byte:02x} ")).collect();
            let numbers = numbers.concat();
            let text: String = row
                .iter()
                .map(|byte| if byte.is_ascii_graphic() { char::from(*byte) } else { '.' })
                .collect();
            format!("{:04x}: {numbers:<48}{text}\n", at * 16)
        });
        let trace = format!(
            "=> Send header, {} bytes (0x{:x})\n{}",
            head.len(),
            head.len(),
            rows.collect::<String>()
        );
        let record = judged(KEY, &trace);
        let heard = &record.heard.as_ref().unwrap()[0];
        assert_eq!(
            (heard.host.as_str(), heard.credentials.len()),
            ("api.heygen.com", 1),
            "{trace}"
        );
    }
}

#[test]
fn what_a_file_may_hold_is_not_called_missing() {
    for option in ["-K curlrc", "-H @headers.txt", "-n", "--netrc-file login"] {
        let record = judged(KEY, &format!("curl {option} https://api.heygen.com/v3/users/me"));
        assert_eq!(record.diagnosis.cause, Cause::Inconclusive, "{option}");
        let heard = &record.heard.as_ref().unwrap()[0];
        assert_eq!(heard.findings, [Flaw::Request(Slip::OutsideTheLine)], "{option}");
    }
    let record = judged(KEY, "curl https://api.heygen.com/v3/users/me");
    assert_eq!(record.diagnosis.cause, Cause::KeyMissing);
}

#[test]
fn a_page_of_the_web_app_is_no_request_without_a_key() {
    let page = "GET /home HTTP/1.1\nHost: app.heygen.com\nCookie: heygen_session=synthetic\n\n";
    assert_eq!(judged(KEY, page).diagnosis.cause, Cause::Inconclusive);
    let api = "GET /v2/avatars HTTP/1.1\nHost: app.heygen.com\nAccept: */*\n\n";
    assert_eq!(judged(KEY, api).diagnosis.cause, Cause::KeyMissing);
}
