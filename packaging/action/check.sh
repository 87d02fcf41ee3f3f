#!/usr/bin/env bash
# Runs the check, with one annotation and the ticket in the job's summary, and tells what it came to.
set -euo pipefail

record=$RUNNER_TEMP/heygen-doctor.json
# An earlier step's record must not answer for this one.
rm -f "$record"
args=(check --profile "$DOCTOR_PROFILE" --format github "--json=$record" "--markdown=$DOCTOR_REPORT")
if [[ -n $DOCTOR_REQUIRE ]]; then args+=(--require "$DOCTOR_REQUIRE"); fi
if [[ $DOCTOR_STRICT == true ]]; then args+=(--strict); fi
if [[ -n $DOCTOR_FAIL_ON ]]; then args+=(--fail-on "$DOCTOR_FAIL_ON"); fi
if [[ -n $DOCTOR_SIMULATE ]]; then args+=(--simulate "$DOCTOR_SIMULATE"); fi
code=0
"$DOCTOR_PROGRAM" "${args[@]}" || code=$?
brief=""
if [[ -s $record ]]; then brief=$("$DOCTOR_PROGRAM" check --from "$record" --brief || true); fi
field() {
  sed -n "s/.*\"$1\":\"\([a-z_]*\)\".*/\1/p" <<< "$brief"
}
{
  printf 'verdict=%s\n' "$(field verdict)"
  printf 'cause=%s\n' "$(field cause)"
  printf 'exit-code=%s\n' "$code"
  printf 'report=%s\n' "$DOCTOR_REPORT"
} >> "$GITHUB_OUTPUT"
exit "$code"
