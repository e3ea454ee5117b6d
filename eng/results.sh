# shellcheck shell=bash
# To be sourced by test.sh: runs tests and counts them in $passed and $failed.

passed=0 failed=0
missing=() excluded=()

# left_out WHAT [TRAIT]: records what is not tested, and excludes the tests that need it.
left_out() {
    missing+=("$1")
    if [ $# -gt 1 ]; then excluded+=(-trait- "Requires=$2"); fi
}

print_left_out() {
    if [ ${#missing[@]} -gt 0 ]; then printf 'test.sh: left out, not installed: the tests on %s\n' "${missing[@]}"; fi
}

# stop MESSAGE: ends the run, as failed.
stop() {
    echo "test.sh: $1"
    echo "0 passed, 0 failed"
    exit 1
}

# run_tests NAME COMMAND...: runs a test program and counts its tests.
run_tests() {
    local name=$1 started=${tests_started:-$SECONDS} output code total errors bad skipped good
    shift
    # A skipped test counts as failed: nothing is left out silently.
    output=$("$@" 2>&1)
    code=$?
    output=${output//$'\r'/}
    # A command may run several programs, each with its own summary.
    read -r total errors bad skipped < <(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' <<<"$output" | tr -dc '0-9 \n' |
        awk '{ for (i = 1; i <= 4; i++) sum[i] += $i } END { print sum[1] + 0, sum[2] + 0, sum[3] + 0, sum[4] + 0 }')
    bad=$((errors + bad))
    if [ "$skipped" -gt 0 ] && [ "$bad" -lt "$skipped" ]; then bad=$((bad + skipped)); fi
    # A process that ended without a summary, or with a failure after it, failed too.
    if [ "$bad" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$total" -eq 0 ]; }; then bad=1; fi
    good=$((total > bad ? total - bad : 0))
    if [ "$bad" -gt 0 ]; then
        grep -vE '^ +(Discovering|Discovered|Starting|Finished): ' <<<"$output" | head -n 400
    fi
    echo "$name: $good passed, $bad failed, $((SECONDS - started)) s"
    passed=$((passed + good)) failed=$((failed + bad))
}

# start_tests COMMAND...: starts a test program beside others. It ignores Ctrl-C: tests of signals cannot run in it.
start_tests() {
    started_log=$(mktemp) started_at=$SECONDS
    "$@" >"$started_log" 2>&1 &
    started_process=$!
}

# finish_tests NAME: waits for the program that start_tests started, and counts its tests.
finish_tests() {
    local code tests_started=$started_at
    wait "$started_process"
    code=$?
    run_tests "$1" replay "$started_log" "$code"
    rm -f "$started_log"
}

# replay FILE CODE: the output and the exit code of a program that has ended.
replay() {
    cat "$1"
    return "$2"
}

# check NAME COMMAND...: a command that succeeds or fails, as one test.
check() {
    local name=$1 output started=$SECONDS
    shift
    if output=$("$@" 2>&1); then
        echo "$name: checked, $((SECONDS - started)) s"
        passed=$((passed + 1))
    else
        tail -n 40 <<<"$output"
        echo "$name: the check failed"
        failed=$((failed + 1))
    fi
}
