#!/usr/bin/env bash
# Coverage-guided fuzzing of one reader with AFL++: ./coverage.sh READER [SECONDS] [MORE OPTIONS OF afl-fuzz]
#
# READER is npy, csv, gz, raw, kaldi, htk, npz, json or gmm; without SECONDS it runs until Ctrl-C. Needs afl-fuzz (Debian: apt-get install afl++) and network for the
# tool that instruments. Everything is made in artifacts/fuzz, from a copy of its own: the normal build stays as it is.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
reader=${1:?reader: npy, csv, gz, raw, kaldi, htk, npz, json or gmm}
seconds=${2:-}
shift $(($# < 2 ? $# : 2))
version=2.3.0
folder=$PWD/artifacts/fuzz

if [ ! -x "$folder/tool/sharpfuzz" ]; then
    dotnet tool install SharpFuzz.CommandLine --version $version --tool-path "$folder/tool"
fi
rm -rf "$folder/program"
dotnet publish tests/GmmNative.Fuzz -c Release -o "$folder/program" -nologo -v quiet
"$folder/tool/sharpfuzz" "$folder/program/GmmNative.dll"

# A path that is already there is gone on with.
input=tests/GmmNative.Fuzz/corpus/$reader
if [ -d "$folder/$reader" ]; then input=-; fi
export AFL_SKIP_BIN_CHECK=1 AFL_AUTORESUME=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 DOTNET_TieredPGO=0
exec afl-fuzz -i "$input" -o "$folder/$reader" -t 10000 -m none ${seconds:+-V "$seconds"} "$@" -- \
    dotnet "$folder/program/GmmNative.Fuzz.dll" coverage "$reader"
