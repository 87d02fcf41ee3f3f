//! The value has a base64 layer too many or too few.

use super::{Hypothesis, Support};
use crate::judge::case::Case;
use crate::judge::experiment::Opened;
use crate::judge::group::Group;
use crate::judge::weighed::Weighed;
use crate::record::cause::{Side, Verdict};
use crate::record::class::Class;
use crate::record::exit::Exit;
use crate::record::facts::About;
use crate::record::probe::variant;

pub(super) const HYPOTHESIS: Hypothesis = Hypothesis {
    side: Some(Side::Caller),
    verdict: Verdict::Broken,
    exit: Exit::Key,
    title: "Key in the wrong base64 form",
    headline: "the key is in the wrong base64 form",
    meaning: "HeyGen's older keys were handed out as base64 text, and that text is the key. Some programs decode it before they send it; others encode a key once more. HeyGen knows only the form that it handed out.",
    told_apart: "The key is sent in both forms, beside a made-up key of the same shape. It is confirmed only if one form is accepted where the other is refused.",
    next_step: "Send the key exactly as HeyGen's dashboard showed it: remove the base64 step from the program or the script that stores it.",
    for_support: Support::Nothing(
        "Nothing is needed from HeyGen if one form is accepted. If both are refused, please say whether the key in the base64 form is known.",
    ),
    doc_url: None,
    weigh: Some(weigh),
};

/// A form of the key, with the commands that put it in the variable and show it to nobody.
struct Form {
    name: &'static str,
    shell: &'static str,
    powershell: &'static str,
}

const ENCODED: Form = Form {
    name: "base64-encoded",
    shell: r#"export HEYGEN_API_KEY="$(printf %s "$HEYGEN_API_KEY" | base64 | tr -d '\n')""#,
    powershell: "$env:HEYGEN_API_KEY = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($env:HEYGEN_API_KEY))",
};
const DECODED: Form = Form {
    name: "base64-decoded",
    shell: r#"export HEYGEN_API_KEY="$(printf %s "$HEYGEN_API_KEY" | openssl base64 -d -A)""#,
    powershell: "$env:HEYGEN_API_KEY = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($env:HEYGEN_API_KEY))",
};

impl Form {
    /// The step to this form, for the system that the run is on.
    fn step(&self, case: &Case<'_>) -> String {
        let name = self.name;
        match case.facts.environment.os.as_str() {
            // The scenario's key stands in no setting of the reader's.
            _ if case.facts.run.simulated.is_some() => format!("Send the {name} form of the key."),
            "windows" => format!("Send the {name} form: `{}`", self.powershell),
            _ => format!("Send the {name} form: `{}`", self.shell),
        }
    }
}

/// 1. Accepted as given: ruled out.
/// 2. Refused as given and accepted with one base64 layer more or less, where a made-up key is
///    refused: confirmed. Without such a control, or with no refusal as given: likely.
/// 3. The shape is one layer off: likely, even if the other form is refused, for damage stays damage.
///    It is not, and the other form is refused: ruled out.
/// 4. No experiment was made: untested.
fn weigh(case: &Case<'_>) -> Weighed {
    let real = case.real();
    if real.any_of(&[Class::Ok]) {
        return case.ruled_out(&real.of(&[Class::Ok]), "The key is accepted as it is.");
    }
    let encoded = case.opened_by(variant::BASE64);
    let decoded = case.opened_by(variant::DECODED);
    for (experiment, form) in [(&encoded, ENCODED), (&decoded, DECODED)] {
        if let Some(weighed) = experiment.weigh(&real, &format!("The {} key", form.name)) {
            return weighed.next(form.step(case));
        }
    }
    let forms = [(&encoded, ENCODED), (&decoded, DECODED)];
    let refused = forms.into_iter().find(|(experiment, _)| experiment.outcome == Opened::No);
    match (case.looks(&[About::Layers]), refused) {
        (Some(message), Some((experiment, form))) => Weighed::likely()
            .because(&Group::default(), message)
            .against(
                &experiment.asked,
                "The other form is refused as well: the key may be unknown, too.",
            )
            .next(form.step(case)),
        (None, Some((experiment, _))) => Weighed::ruled_out(
            &experiment.asked,
            "One base64 layer more or less is refused as well.",
        ),
        (Some(message), None) if case.has_key() => {
            Weighed::likely().because(&Group::default(), message)
        }
        _ if case.cut_off() => Weighed::untested("No answer to another encoding came."),
        _ => Weighed::untested("The shape suggests no other encoding, so none was tried."),
    }
}
