#!/usr/bin/env bash
#
# A release of the stack that STACK names, around `sam deploy`, which gives the stack the tag `commit`:
#
#   release.sh check-descent COMMIT   fails unless that commit descends from the one that is deployed
#   release.sh save FOLDER            keeps what is deployed: template, parameters and tags
#   release.sh smoke-test             uses every route of what is deployed, by the canary
#   release.sh restore FOLDER         deploys what was kept, all at once, and uses it as the smoke test does
#
# Needs the AWS CLI 2 and jq; CLOUDFORMATION_ROLE_ARN and ARTIFACTS_BUCKET to restore.
set -euo pipefail

# The stack as CloudFormation describes it; null if there is none yet.
stack() {
  aws cloudformation describe-stacks --output json --query \
    "Stacks[?StackName=='$STACK' && StackStatus!='REVIEW_IN_PROGRESS'] | [0]"
}

deployed_commit() {
  stack | jq --raw-output '(.Tags // [])[] | select(.Key == "commit").Value'
}

check_descent() {
  local deployed
  deployed=$(deployed_commit)
  if [ -z "$deployed" ]; then
    echo "No commit is known to be deployed to $STACK."
  elif git merge-base --is-ancestor "$deployed" "$1"; then
    echo "$1 descends from $deployed, which is deployed to $STACK."
  else
    echo "$1 does not descend from $deployed, which is deployed to $STACK: a later run has overtaken this one." >&2
    return 1
  fi
}

save() {
  mkdir -p "$1"
  stack >"$1/stack.json"
  if [ "$(cat "$1/stack.json")" = null ]; then
    echo "There is no $STACK yet."
    return
  fi
  aws cloudformation get-template --stack-name "$STACK" --template-stage Original --output json --query TemplateBody |
    jq --raw-output 'if type == "string" then . else tojson end' >"$1/template.yaml"
  jq '[.Parameters // [] | .[] | {ParameterKey, ParameterValue}]' "$1/stack.json" >"$1/parameters.json"
}

smoke_test() {
  local canary answer error
  canary=$(aws cloudformation describe-stack-resource --stack-name "$STACK" --logical-resource-id CanaryFunction --output text \
    --query StackResourceDetail.PhysicalResourceId)
  answer=$(mktemp)
  error=$(aws lambda invoke --function-name "$canary" --qualifier live --cli-binary-format raw-in-base64-out --payload '{}' \
    --query FunctionError --output text "$answer")
  cat "$answer"
  rm "$answer"
  if [ "$error" != None ]; then
    echo "The smoke test of $STACK has failed." >&2
    return 1
  fi
}

restore() {
  if [ "$(cat "$1/stack.json")" = null ]; then
    echo "There is nothing before the first deployment of $STACK to go back to." >&2
    return 1
  fi
  # Not by steps: what has failed has set CanaryFailedAlarm off, and an alarm ends a gradual deployment.
  jq 'map(if .ParameterKey == "GradualDeployment" then .ParameterValue = "false" else . end)' "$1/parameters.json" >"$1/at-once.json"
  local tags
  mapfile -t tags < <(jq --raw-output '(.Tags // [])[] | "\(.Key)=\(.Value)"' "$1/stack.json")
  aws cloudformation deploy --stack-name "$STACK" --template-file "$1/template.yaml" --s3-bucket "$ARTIFACTS_BUCKET" \
    --role-arn "$CLOUDFORMATION_ROLE_ARN" --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND \
    --parameter-overrides "file://$1/at-once.json" --tags "${tags[@]}"
  # The alarm stays on until the canary succeeds, and would stop the next release.
  smoke_test
}

case "${1:-} $#" in
  "check-descent 2") check_descent "$2" ;;
  "save 2") save "$2" ;;
  "smoke-test 1") smoke_test ;;
  "restore 2") restore "$2" ;;
  *)
    echo "usage: release.sh check-descent COMMIT | save FOLDER | smoke-test | restore FOLDER" >&2
    exit 2
    ;;
esac
