#!/usr/bin/env bash
# Makes the target wasm32-unknown-unknown available, and prints the name of the rustup toolchain that has it:
#
#     cargo "+$(xtask/setup-wasm.sh)" build --target wasm32-unknown-unknown …
#
# The ordinary way is `rustup target add` on the active toolchain. Where rustup's servers are out of reach, a Debian
# machine has what is needed in its own packages: rustc-web (a compiler for this target) and rust-web-src (the sources
# of std). Std is then compiled once, about 45 s, into a toolchain of its own that is linked into rustup.
#
#   FOOTFALL_WASM_DIR       where that toolchain lives   (default: ~/.cache/footfall-wasm)
#   FOOTFALL_WASM_NAME      what rustup calls it         (default: footfall-wasm)
#   FOOTFALL_WASM_FALLBACK  1: do not ask rustup first
set -euo pipefail

target=wasm32-unknown-unknown
dir=${FOOTFALL_WASM_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/footfall-wasm}
name=${FOOTFALL_WASM_NAME:-footfall-wasm}
fallback=${FOOTFALL_WASM_FALLBACK:-0}
rustc=/usr/bin/rustc
rustdoc=/usr/bin/rustdoc
sources=/usr/lib/rustlib/src/rust/library

say() { printf 'setup-wasm: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
has_std() { compgen -G "$1/lib/rustlib/$target/lib/libstd-*.rlib" >/dev/null; }

command -v rustup >/dev/null || fail "rustup is missing; see https://rustup.rs"
unset RUSTUP_TOOLCHAIN
active=$(rustup show active-toolchain 2>/dev/null | awk '{ print $1; exit }')
[ -n "$active" ] || fail "rustup has no active toolchain; run: rustup default stable"
sysroot=$(rustc "+$active" --print sysroot)
host=$(rustc "+$active" -vV | sed -n 's/^host: //p')

# What the linked toolchain was made from: another compiler or cargo means making it again.
recipe() { "$rustc" -vV; echo "cargo of $sysroot"; echo "recipe 1"; }
is_made() { [ -x "$rustc" ] && has_std "$dir" && [ "$(cat "$dir/recipe" 2>/dev/null)" = "$(recipe)" ]; }
is_linked() { [ "$(readlink -f "${RUSTUP_HOME:-$HOME/.rustup}/toolchains/$name" 2>/dev/null)" = "$(readlink -f "$dir")" ]; }
is_ready() { is_made && { is_linked || rustup toolchain link "$name" "$dir" >&2; }; }

# 1. All done?
if [ "$fallback" != 1 ] && has_std "$sysroot"; then echo "$active"; exit 0; fi
if is_ready; then echo "$name"; exit 0; fi

# 2. The ordinary way.
if [ "$fallback" != 1 ]; then
    if timeout 120 rustup target add --toolchain "$active" "$target" >&2 && has_std "$sysroot"; then echo "$active"; exit 0; fi
    say "rustup could not add $target; trying Debian's packages"
fi

# 3. A compiler and the sources of std from Debian.
if ! [ -x "$rustc" ] || ! [ -d "$sources/std" ]; then
    command -v apt-get >/dev/null || fail "no apt-get here; run where rustup target add $target works"
    as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo -n)
    install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 "$@" >&2; }
    install update
    install install -y --no-install-recommends rustc-web rust-web-src
fi
[ -x "$rustc" ] && [ -d "$sources/std" ] || fail "rustc-web and rust-web-src did not bring what is needed"
linker=$sysroot/lib/rustlib/$host/bin/rust-lld
[ -x "$linker" ] || fail "no rust-lld in $sysroot"

# 4. Std, compiled once. One at a time: two would write into the same folder.
exec 9>"${TMPDIR:-/tmp}/.footfall-setup-wasm.$(id -u).lock"
flock 9
if is_ready; then echo "$name"; exit 0; fi
mkdir -p "$dir"
work=$(mktemp -d "$dir/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
: > "$work/src/lib.rs"
cat > "$work/Cargo.toml" <<'TOML'
[package]
name = "only-std"
version = "0.0.0"
edition = "2021"

[workspace]

[profile.release]
codegen-units = 1
TOML
say "compiling std for $target by $("$rustc" -V)"
# Bitcode, so that crates with fat LTO can use it; a seed of its own, so that std's hashbrown is not taken for ours.
(
    cd "$work"
    env -u CARGO_ENCODED_RUSTFLAGS -u CARGO_BUILD_TARGET -u RUSTC_WRAPPER \
        RUSTC="$rustc" RUSTC_BOOTSTRAP=1 __CARGO_DEFAULT_LIB_METADATA=onlystd \
        RUSTFLAGS="-C embed-bitcode=yes -C linker=$linker" CARGO_TARGET_DIR="$work/target" \
        cargo "+$active" build --release --target "$target" -Z build-std=std,panic_abort,proc_macro,test >&2
)

# 5. Laid out as rustup wants it. Debian's compiler would take /usr for its sysroot, even through a link: hence wrappers.
rm -rf "$dir/recipe" "$dir/bin" "$dir/lib"
lib=$dir/lib/rustlib
mkdir -p "$dir/bin" "$lib/$host" "$lib/$target/lib"
find "$work/target/$target/release/deps" -name 'lib*.rlib' ! -name 'libonly_std*' -exec cp -t "$lib/$target/lib" {} +
ln -s "/usr/lib/rustlib/$host/lib" "$lib/$host/lib"
ln -s "$sysroot/lib/rustlib/$host/bin" "$lib/$host/bin"
ln -s /usr/lib/rustlib/src "$lib/src"
ln -s "$sysroot/bin/cargo" "$dir/bin/cargo"
for program in "$rustc" "$rustdoc"; do
    wrapper=$dir/bin/$(basename "$program")
    printf '#!/bin/sh\nexec %s --sysroot "%s" "$@"\n' "$program" "$dir" > "$wrapper"
    chmod +x "$wrapper"
done
rustup toolchain link "$name" "$dir" >&2
has_std "$dir" || fail "std was compiled but is not where it should be"
recipe > "$dir/recipe"
say "the toolchain $name is ready in $dir"
echo "$name"
