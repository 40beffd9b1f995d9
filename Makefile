# Two commands do everything: `make demo` shows the program, `make test` proves it.
SHELL := /bin/bash
# One build for both: what the tests build is what the demo runs.
BUILD := swift build --explicit-target-dependency-import-check error
# The shells read their completions, mandoc the manual, shellcheck a sample, jq what the documentation pipes into it.
# python3, its libraries and LibreOffice only read and fill in what the tests wrote, as people's programs would.
TEST_PACKAGES := curl openssl openssh-client procps unzip zsh fish mandoc bsdextrautils shellcheck jq python3 python3-openpyxl python3-jsonschema python3-yaml libreoffice-calc
# libxml2 is what the Swift package manager itself is linked with.
PACKAGES := git make pkg-config ca-certificates tzdata libxml2 libsqlite3-dev zlib1g-dev libxlsxwriter-dev libzip-dev libexpat1-dev nettle-dev libsimdjson-dev libcurl4-openssl-dev

.PHONY: demo build test lint setup release install uninstall deb check-install check-container size soak simulate sanitize fuzz bench bench-growth bench-tools clean

demo: build
	.build/debug/rollcall invite samples/invites.csv --sandbox --yes

build: setup
	$(BUILD)

# As many tests as keep all cores busy. If all of them began at once, the first step of each would come before the second
# of any, and what is about time would be late by minutes.
FEW_AT_ONCE := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=$(shell echo $$((8 * $$(getconf _NPROCESSORS_ONLN))))
test: PACKAGES += $(TEST_PACKAGES)
test: setup lint
	$(BUILD) --build-tests
	$(FEW_AT_ONCE) swift test --skip-build

lint:
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks

# Ten thousand rows, an API that loses a tenth of its answers, and thirty kills at random moments; and what `make test`
# tries in part: spoilt bytes, edited evidence, seeds of the simulation, a million rows in every format.
soak: build
	$(BUILD) --build-tests
	SOAK_SPOILT=8000 SIMULATE_SEEDS=4000 SOAK_ROWS=1048576 swift test --skip-build \
	  --filter 'HostileBytesTests|SimulationTests|ConformanceTests'
	SOAK_EDITS=10000 swift test --skip-build --filter 'EditedByteTests'
	SOAK_ROWS=10000 SOAK_KILLS=30 swift test --skip-build --filter 'CrashTests'
	SOAK_ROWS=600 SOAK_KILLS=20 swift test --skip-build --filter 'EvidenceTests/.*kills'

# Simulations from seed FROM on, for SECONDS; optimized, which is ten times as many. A failing seed prints its trace.
FROM ?= 100000
simulate: setup
	$(BUILD) --build-tests --scratch-path .build-simulate -Xswiftc -O
	SIMULATE_FROM=$(FROM) SIMULATE_SECONDS=$(SECONDS) swift test --skip-build --scratch-path .build-simulate \
	  -Xswiftc -O --filter SimulationTests

# The targets that hold memory or threads in their hands, under the address and the thread sanitizer.
SANITIZED := ReadersTests|JSONReadingTests|HostileBytes|WorkspaceAPITests|ExecutionTests|LedgerTests|PopulationsTests|ReportsTests
sanitize: setup
	# What Foundation's Process never frees is not ours to find.
	SOAK_SPOILT=8000 ASAN_OPTIONS=detect_leaks=0 swift test --sanitize address --disable-xctest --scratch-path .build-address --filter '$(SANITIZED)'
	swift test --sanitize thread --disable-xctest --scratch-path .build-thread --filter '$(SANITIZED)'

# Bytes from outside, by libFuzzer; what it finds is kept in .build-fuzz/found, and SECONDS says how long.
SECONDS ?= 300
fuzz: setup
	ROLLCALL_FUZZ=1 swift build --product fuzz --scratch-path .build-fuzz
	mkdir -p .build-fuzz/corpus .build-fuzz/found
	ASAN_OPTIONS=detect_leaks=0 .build-fuzz/debug/fuzz -max_total_time=$(SECONDS) -timeout=10 -artifact_prefix=.build-fuzz/found/ .build-fuzz/corpus

# No search path for libraries, which the package manager would set to the folder of the program; and the C of the
# dependencies as Package.swift has our own, without the names of folders on this machine in its messages. From its caches,
# the package manager would take the commit of an earlier build.
RELEASE := --static-swift-stdlib --disable-local-rpath --manifest-cache none --disable-build-manifest-caching \
  $(addprefix -Xcc ,-fstack-protector-strong -fstack-clash-protection -ffile-prefix-map=$(CURDIR)=.)
RELEASE_BUILD = icu=$$(Packaging/reduce-icu .build/icu) && $(BUILD) -c release $(RELEASE) $$icu
release: PACKAGES += python3
release: setup
	$(RELEASE_BUILD)
	@head=$$(git rev-parse HEAD 2>/dev/null) || exit 0; $(PROGRAM) version --output json | grep -q "$$head" || \
	  { echo "$(PROGRAM) states another commit than $$head, on which evidence would depend." >&2; exit 1; }

# `make release` first, as yourself; `sudo make install` then builds nothing. DESTDIR goes before all of it, for who
# packages the program; Debian's own packages have their completions for zsh in `vendor-completions`.
PREFIX ?= /usr/local
ZSH_FOLDER ?= site-functions
PROGRAM := .build/release/rollcall
SHARE = $(DESTDIR)$(PREFIX)/share
SCRIPTS = $(SHARE)/bash-completion/completions/rollcall $(SHARE)/zsh/$(ZSH_FOLDER)/_rollcall \
  $(SHARE)/fish/vendor_completions.d/rollcall.fish

install:
	@test -x $(PROGRAM) || { echo "There is no $(PROGRAM) yet: run 'make release' first."; exit 1; }
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man $(dir $(SCRIPTS))
	install -m 755 -s $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/rollcall
	umask 022 && $(PROGRAM) man-pages $(SHARE)/man
	umask 022 && $(PROGRAM) completion bash > $(word 1,$(SCRIPTS))
	umask 022 && $(PROGRAM) completion zsh > $(word 2,$(SCRIPTS))
	umask 022 && $(PROGRAM) completion fish > $(word 3,$(SCRIPTS))

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/rollcall $(SCRIPTS)
	rm -f $(SHARE)/man/man1/rollcall.1 $(SHARE)/man/man1/rollcall-*.1 $(SHARE)/man/man7/rollcall-*.7

# The Debian package, .build/deb/rollcall_VERSION_ARCHITECTURE.deb.
DEB := .build/deb
deb: PACKAGES += binutils dpkg-dev
deb: release
	Packaging/build-deb $(DEB)

# Installs the package on a Debian 12 that has nothing else, uses it, and removes it: some hundred MB from Debian's mirror,
# and root for the chroot.
check-install: PACKAGES += debootstrap
check-install: deb
	$$([ "$$(id -u)" = 0 ] || echo sudo) Packaging/check-install $(DEB)/rollcall_*.deb

# The image of the Containerfile, whose steps buildah executes on the same Debian 12; no registry is asked.
check-container: PACKAGES += debootstrap buildah
check-container: deb
	$$([ "$$(id -u)" = 0 ] || echo sudo) Packaging/check-container $(DEB)/rollcall_*.deb

# What each part contributes to the size of the program.
size: PACKAGES += python3 binutils
size: setup
	$(RELEASE_BUILD) -Xlinker -Map=$(CURDIR)/.build/rollcall.map
	strip -o .build/rollcall.stripped $(PROGRAM)
	Packaging/size-report .build/rollcall.map .build/rollcall.stripped

# This program and what people use instead, in turns, as one table; BENCH="--quick --only invites" for a first look.
BENCH_PACKAGES := gcc libc6-dev libcurl4-openssl-dev libxlsxwriter-dev wrk curl python3 python3-venv
BENCH_TOOLS := $(addprefix .bench/,launch gqlserver invite_libcurl export_xlsx venv/installed)
BENCH ?=
bench bench-growth bench-tools: PACKAGES += $(BENCH_PACKAGES)
bench: release bench-tools
	python3 Benchmarks/run.py $(BENCH)

# How rows a second and memory go with the number of rows; draws Benchmarks/growth.svg.
bench-growth: release bench-tools
	python3 Benchmarks/run.py --only growth $(BENCH)

# The parts by themselves, as far as there are any.
bench-tools: setup $(BENCH_TOOLS)
	@if [ -d Benchmarks/parts ]; then ROLLCALL_BENCH=1 $(BUILD) -c release --product parts --scratch-path .build-bench; fi

vpath %.c Benchmarks Benchmarks/server Benchmarks/peers
.bench/invite_libcurl: BENCH_LIBRARY := -lcurl
.bench/export_xlsx: BENCH_LIBRARY := -lxlsxwriter
.bench/%: %.c | setup
	@mkdir -p .bench
	$(CC) -Wall -Wextra -O2 -o $@ $< $(BENCH_LIBRARY)

.bench/venv/installed: Benchmarks/peers/requirements.txt | setup
	python3 -m venv .bench/venv
	.bench/venv/bin/pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

# Installs the Debian packages that are missing, and only those; elsewhere it says what is needed.
setup:
	@if command -v dpkg-query >/dev/null; then \
	  missing=$$(for package in $(PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || echo $$package; done); \
	  if [ -n "$$missing" ]; then \
	    sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	    $$sudo apt-get update -q && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $$missing; \
	  fi; \
	else echo "Not Debian: make sure that these are installed: $(PACKAGES)"; fi
	@command -v swift >/dev/null || { echo "Swift 6.3 is needed: https://www.swift.org/install"; exit 1; }

clean:
	rm -rf .build .build-* .bench
