//! Every form of a paste: what is read off it, and what can't be.

use heygen_doctor::pasted::{Form, read, recognised, text};

use super::{requests, told};

/// A paste with its form, and the requests in it.
const PASTES: &[(&str, Form, &[&str])] = &[
    (
        "$ curl -sS 'https://api.heygen.com/v3/users/me' \\\n  -H 'X-Api-Key: abc'   # a comment\n",
        Form::Curl,
        &["GET api.heygen.com/v3/users/me [X-Api-Key: abc]"],
    ),
    (
        "export KEY=abc\nsudo /usr/bin/curl -H \"X-Api-Key: $KEY\" https://h/ | jq . && curl https://h/2",
        Form::Curl,
        &["GET h/ [X-Api-Key: abc]", "GET h/2"],
    ),
    (
        "curl --unknown-flag -H 'X-Api-Key: a' --also-unknown value https://h/ > out 2>&1",
        Form::Curl,
        &["GET h/ [X-Api-Key: a]"],
    ),
    (
        "curl -d @- https://h/ <<EOF\n{\"it's\": 1}\nEOF\ncurl https://h/2",
        Form::Curl,
        &[
            "POST h/ [Content-Length: 0] [Content-Type: application/x-www-form-urlencoded]",
            "GET h/2",
        ],
    ),
    (
        "curl ^\"https://api.heygen.com/v3/users/me?a=1^&b=^%^41^\" ^\r\n  -H ^\"X-Api-Key: a^^b^\" ^\r\n  --data-raw ^\"^{^\\^\"k^\\^\":1^}^\"",
        Form::Cmd,
        &[
            "POST api.heygen.com/v3/users/me?a=1&b=%41 [X-Api-Key: a^b] [Content-Length: 7] [Content-Type: application/x-www-form-urlencoded]",
        ],
    ),
    ("curl \"https://h/\" ^\n  -H \"X-Api-Key: %KEY%\"", Form::Cmd, &["GET h/ [X-Api-Key: %KEY%]"]),
    (
        "$headers = @{\n  'X-Api-Key' = 'abc'\n  \"Accept\"=\"x\"; Other = \"it`\"s\" }\n$r = Invoke-RestMethod -Uri \"https://h/p\" `\n -Method Post -Headers $headers -Body '{}' -ContentType 'application/json'",
        Form::Powershell,
        &["POST h/p [X-Api-Key: abc] [Other: it\"s] [Content-Type: application/json]"],
    ),
    (
        "$headers = New-Object \"System.Collections.Generic.Dictionary[[String],[String]]\"\n$headers.Add(\"X-Api-Key\", \"abc\")\n\n$response = Invoke-RestMethod 'https://h/p' -Method 'GET' -Headers $headers\n$response | ConvertTo-Json",
        Form::Powershell,
        &["GET h/p [X-Api-Key: abc]"],
    ),
    (
        "curl.exe -H \"X-Api-Key: $env:HEYGEN_API_KEY\" `\n  https://h/p?a=1",
        Form::Powershell,
        &["GET h/p?a=1 [X-Api-Key: $env:HEYGEN_API_KEY]"],
    ),
    (
        "GET /v3/users/me HTTP/1.1\r\nHost: api.heygen.com\r\nx-api-key: abc\r\n\r\n",
        Form::Http,
        &["GET api.heygen.com/v3/users/me [x-api-key: abc]"],
    ),
    (
        "### first\nPOST https://api.heygen.com/v3/videos\nX-Api-Key: {{key}}\n\n{\"a\": 1}\n\n### second\nGET https://api.heygen.com/v3/videos\n",
        Form::Http,
        &["POST api.heygen.com/v3/videos [X-Api-Key: {{key}}]", "GET api.heygen.com/v3/videos"],
    ),
    (
        "12:34:56.789012 [0-0] > GET /x HTTP/2\n[0-0] > Host: h\n[0-0] > x-api-key: abc\n[0-0] >\n* noise\n",
        Form::Trace,
        &["GET h/x [x-api-key: abc]"],
    ),
    (
        "== Info:   Trying\n=> Send header, 99 bytes (0x63)\n0000: POST /x HTTP/1.1\n0012: Host: h\n001b: X-Api-Key: abc\n0000: =\n=> Send data, 2 bytes (0x2)\n0000: {}\n<= Recv header, 24 bytes (0x18)\n0000: HTTP/1.1 401 Unauthorized\n",
        Form::Trace,
        &["POST h/x [X-Api-Key: abc]"],
    ),
    (
        "Request URL\nhttps://api.heygen.com/v3/users/me\nRequest Method\nPOST\nStatus Code\n401 Unauthorized\nResponse Headers\nserver\ngunicorn\nRequest Headers\n:authority\napi.heygen.com\nx-api-key\nabc\n",
        Form::Headers,
        &["POST api.heygen.com/v3/users/me [x-api-key: abc]"],
    ),
    (
        ":method: GET\n:scheme: https\n:path: /v3/users/me\n:authority: api.heygen.com\nx-api-key: abc\n",
        Form::Headers,
        &["GET api.heygen.com/v3/users/me [x-api-key: abc]"],
    ),
    (
        ":authority:\napi.heygen.com\n:method:\nPOST\n:path:\n/v3/videos\nx-api-key:\nabc\n",
        Form::Headers,
        &["POST api.heygen.com/v3/videos [x-api-key: abc]"],
    ),
    (
        "It's this:\n```bash\ncurl -H 'X-Api-Key: abc' https://h/\n```\nand I don't know why\n",
        Form::Curl,
        &["GET h/ [X-Api-Key: abc]"],
    ),
    (
        "C:\\Users\\me>curl -H \"X-Api-Key: abc\" https://h/\r\nC:\\Users\\me>C:\\Windows\\System32\\curl.exe https://h/2\r\n",
        Form::Cmd,
        &["GET h/ [X-Api-Key: abc]", "GET h/2"],
    ),
    ("\"C:\\Program Files\\curl\\curl.exe\" \"https://h/\"", Form::Cmd, &["GET h/"]),
    (
        "C:\\>curl https://h/ ^\nMore? -H \"X-Api-Key: abc\"",
        Form::Cmd,
        &["GET h/ [X-Api-Key: abc]"],
    ),
    (
        "PS C:\\Users\\me> $h = @{\n>> 'X-Api-Key' = 'abc'\n>> }\nPS C:\\Users\\me> irm https://h/ -Headers $h\n",
        Form::Powershell,
        &["GET h/ [X-Api-Key: abc]"],
    ),
    (
        "& 'C:\\tools\\curl.exe' -H \"X-Api-Key: $env:K\" https://h/",
        Form::Powershell,
        &["GET h/ [X-Api-Key: $env:K]"],
    ),
    ("$ curl https://h/ \\\n> -H 'X-Api-Key: abc'\n", Form::Curl, &["GET h/ [X-Api-Key: abc]"]),
    ("curl -H $'X-Api-Key: abc\\n' https://h/", Form::Curl, &["GET h/ [X-Api-Key: abc\n]"]),
    ("Try this: curl https://h/{a,b}", Form::Curl, &["GET h/a", "GET h/b"]),
    (
        "POST /a HTTP/1.1\nHost: h\nContent-Length: 16\n\nGET / HTTP/1.1\n\nPOST /b HTTP/1.1\nHost: h\nContent-Length: 2\n\n{}GET /c HTTP/1.1\nHost: h\n\n",
        Form::Http,
        &["POST h/a [Content-Length: 16]", "POST h/b [Content-Length: 2]", "GET h/c"],
    ),
    (
        "fetch(\"https://api.heygen.com/v3/users/me\", {\n  \"headers\": {\"x-api-key\": \"abc\"},\n  \"method\": \"GET\"\n});",
        Form::Fetch,
        &["GET api.heygen.com/v3/users/me [x-api-key: abc]"],
    ),
];

#[test]
fn every_form_is_recognised_and_read() {
    for (paste, form, expected) in PASTES {
        assert_eq!(recognised(paste), *form, "{paste}");
        let read: Vec<String> = requests(paste).iter().map(told).collect();
        assert_eq!(&read, expected, "{paste}");
    }
}

#[test]
fn a_variable_whose_value_is_not_there_is_told() {
    for (paste, unexpanded) in [
        ("curl -H \"X-Api-Key: ${KEY:-}\" https://h/", "${KEY:-}"),
        ("curl -H \"X-Api-Key: $(cat key)\" https://h/", "$(cat key)"),
        ("curl -u \"$KEY:\" https://h/", "JEtFWTo="),
        ("curl ^\"https://h/^\" -H \"X-Api-Key: %KEY%\"", "%KEY%"),
        ("iwr https://h/ -Headers @{ 'X-Api-Key' = $env:KEY }", "$env:KEY"),
        ("GET https://h/\nX-Api-Key: {{key}}\n", "{{key}}"),
    ] {
        assert_eq!(requests(paste)[0].unexpanded, [unexpanded], "{paste}");
    }
    // Single quotes keep a shell from it: this text is what is sent.
    assert!(requests("curl -H 'X-Api-Key: $KEY' https://h/")[0].unexpanded.is_empty());
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    for (paste, form, place, wanted) in [
        ("curl \\\n  -H 'X-Api-Key: a", Form::Curl, (2, 6), "a closing '"),
        ("curl -H \"a", Form::Curl, (1, 9), "a closing \""),
        ("curl $(cat", Form::Curl, (1, 6), "a closing )"),
        ("\nhello world", Form::Curl, (2, 1), "begins with `curl`"),
        ("curl -H 'a: b'", Form::Curl, (1, 1), "a URL"),
        ("curl 'https://h/{a'", Form::Curl, (1, 1), "a URL"),
        ("Try\u{a0}it:\ncurl -H 'a: b'\u{a0}https://h/", Form::Curl, (2, 15), "a plain space"),
        ("curl\u{a0}https://h/", Form::Curl, (1, 5), "a plain space"),
        ("curl \"https://h/\" ^\n\u{a0}-I", Form::Cmd, (2, 1), "a plain space"),
        ("curl ^\"x", Form::Cmd, (1, 7), "a closing \""),
        ("iwr https://h/ -Headers @{ 'a' = 'b'", Form::Powershell, (1, 25), "a closing }"),
        ("GET / HTTP/1.1\nHost: h\nno header", Form::Http, (3, 1), "a header"),
        ("{\"log\": {\"entries\": [", Form::Har, (1, 21), "the rest"),
        ("{\"log\": {}}", Form::Har, (1, 1), "`entries`"),
        ("fetch(\"https://h/\", {headers: 1})", Form::Fetch, (1, 20), "JSON"),
    ] {
        let problem = read(paste, form, &mut drop).unwrap_err();
        assert_eq!((problem.line, problem.column), place, "{paste}: {problem}");
        assert!(problem.wanted.contains(wanted), "{paste}: {problem}");
    }
}

#[test]
fn files_of_windows_programs_are_read() {
    let line = "curl https://h/";
    let utf16: Vec<u8> = line.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(text(&[&[0xFF, 0xFE], utf16.as_slice()].concat()), line);
    assert_eq!(text(format!("\u{feff}{line}").as_bytes()), line);
}
