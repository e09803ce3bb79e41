#!/usr/bin/env bash
#
# Runs the contract suite against the stack that STACK names, with keys that live an hour at most and are revoked at the end.
# Everything that it creates is in accounts of its own.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# function_name LOGICAL_ID: what CloudFormation called that function
function_name() {
  aws cloudformation describe-stack-resource --stack-name "$STACK" --logical-resource-id "$1" --output text \
    --query StackResourceDetail.PhysicalResourceId
}

# invoke FUNCTION JSON: the function's answer
invoke() {
  local answer
  answer=$(mktemp)
  aws lambda invoke --function-name "$1" --qualifier live --cli-binary-format raw-in-base64-out \
    --payload "$2" --query FunctionError --output text "$answer" | grep --quiet --line-regexp None || {
    echo "$1 failed" >&2
    return 1
  }
  cat "$answer"
  rm "$answer"
}

keys=()
revoke_keys() {
  for id in "${keys[@]}"; do
    invoke "$revoker" "{\"id\": \"$id\"}" >/dev/null
  done
}

# issue VARIABLE ACCOUNT LIVEMODE SCOPE: exports the secret of a new key, and keeps it out of the log
issue() {
  local key
  key=$(invoke "$issuer" "$(jq --null-input --compact-output --arg account "$2" --argjson livemode "$3" --arg scope "$4" \
    --arg expires "$(date --utc --date '+1 hour' +%Y-%m-%dT%H:%M:%SZ)" \
    '{account: $account, livemode: $livemode, scope: $scope, expires_at: $expires, name: "contract suite"}')")
  keys+=("$(jq --raw-output .id <<<"$key")")
  local secret
  secret=$(jq --raw-output .secret <<<"$key")
  if [ -n "${GITHUB_ACTIONS:-}" ]; then echo "::add-mask::$secret"; fi
  export "$1=$secret"
}

API_URL=$(aws cloudformation describe-stacks --stack-name "$STACK" --output text \
  --query "Stacks[0].Outputs[?OutputKey=='ApiUrl'].OutputValue")
export API_URL
issuer=$(function_name IssueApiKeyFunction)
revoker=$(function_name RevokeApiKeyFunction)
trap revoke_keys EXIT
issue API_KEY acct_contract false read_write
issue API_KEY_READ_ONLY acct_contract false read_only
issue API_KEY_LIVE acct_contract true read_write
issue API_KEY_OTHER_ACCOUNT acct_contractother false read_write

mvn -B -pl tests -am verify -Dtest='dev.overplane.crm.contract.*Test' -Dsurefire.failIfNoSpecifiedTests=false
