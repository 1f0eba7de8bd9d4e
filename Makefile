# make demo [ROLE=member]   runs the console with a mock server
# make test                 runs all tests: the three layers below, one after the other
# make test-unit            tests of models, text, update and view; takes seconds
# make test-api             tests of the client and the mock server over sockets
# make test-terminal        tests of the built programs in terminals
# make guards [GUARDS="…"]  takes each guard of docs/promises.md away; its tests must fail. 20 minutes; runs before a release
# make soak                 the same tests with the larger numbers of docs/promises.md; takes an hour
# make fuzz [SECONDS=N]     libFuzzer on the parsers of data from outside, then tests with random data and keys
# make bench                compares the console with other programs; writes Benchmarks/RESULTS.md
# make bench-quick          compares instructions, bytes and size with Benchmarks/quick/figures.tsv; RECORD=1 REASON="why" writes it
# make install [PREFIX=DIR]  installs DIR/bin/masker-tui, its manual pages and shell completions
# make deb                  makes a Debian package of the same files
# make check-deb            installs that package in a minimal Debian and uses it there; needs root
# make docs                 writes docs/keys.md, manual pages and completions from the declarations in the code
# make check-contract       checks the mock server against Tests/ContractServer/openapi.json with schemathesis, from pip
# make screenshots          takes the pictures in screenshots/
PREFIX ?= /usr/local
ZSH_FOLDER ?= site-functions
ROLE ?= admin
USER_admin = ada
USER_member = grace
TEST_PACKAGES = tmux curl openssl procps poppler-utils socat tinyproxy openssh-server openssh-client strace util-linux zsh fish mandoc dash faketime gcc libc6-dev python3
BENCH_PACKAGES = tig htop ncdu mc curl git gcc libc6-dev python3-venv openssh-server openssh-client
# Without a run path: the program must not load a library from its own folder in place of the system's.
RELEASE = swift build -c release --static-swift-stdlib --disable-local-rpath

.PHONY: demo test test-unit test-api test-terminal guards soak fuzz bench bench-quick build install deb check-deb check-contract docs screenshots set-up

demo: build
	.build/release/masker-mock exec --sessions 20000 --as $(USER_$(ROLE)) -- .build/release/masker-tui

build: set-up
	$(RELEASE) --product masker-tui
	$(RELEASE) --product masker-mock

test:
	scripts/set-up $(TEST_PACKAGES)
	swift build --build-tests
	scripts/test

test-unit test-api test-terminal: test-%:
	scripts/set-up $(TEST_PACKAGES)
	swift build --build-tests
	scripts/test $*

# GUARDS: names, or parts of names, of those to try; all without it.
guards:
	scripts/set-up $(TEST_PACKAGES) patch
	scripts/guards $(GUARDS)

soak:
	scripts/set-up $(TEST_PACKAGES)
	swift build --build-tests
	MASKER_SOAK=1 scripts/test

SECONDS ?= 120
fuzz: set-up
	mkdir -p Fuzz/corpus
	cd Fuzz && swift build --sanitize fuzzer && .build/debug/fuzz -max_total_time=$(SECONDS) -max_len=4000 corpus
	swift build --build-tests
	MASKER_SOAK=1 scripts/test --filter 'Property|randomBytes'

bench: build
	scripts/set-up $(BENCH_PACKAGES)
	Benchmarks/run

# make passes RECORD and REASON on in the environment.
bench-quick:
	scripts/set-up valgrind binutils python3
	cd Benchmarks && python3 -m quick

install: set-up
	$(RELEASE) --product masker-tui
	install -D -s -m 755 .build/release/masker-tui $(DESTDIR)$(PREFIX)/bin/masker-tui
	install -D -m 644 docs/man/masker-tui.1 $(DESTDIR)$(PREFIX)/share/man/man1/masker-tui.1
	install -D -m 644 docs/man/masker-tui.5 $(DESTDIR)$(PREFIX)/share/man/man5/masker-tui.5
	install -D -m 644 docs/completions/masker-tui.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/masker-tui
	install -D -m 644 docs/completions/_masker-tui $(DESTDIR)$(PREFIX)/share/zsh/$(ZSH_FOLDER)/_masker-tui
	install -D -m 644 docs/completions/masker-tui.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/masker-tui.fish

check-deb: deb build
	scripts/set-up debootstrap tmux binutils
	scripts/check-deb .build/deb/masker-tui_*.deb

deb: set-up
	scripts/set-up dpkg-dev binutils
	scripts/make-deb

docs:
	scripts/set-up $(TEST_PACKAGES)
	swift build --build-tests
	RECORD_DOCS=1 scripts/test --filter GeneratedFileTests

check-contract:
	scripts/set-up python3 python3-venv
	scripts/check-contract

screenshots: build
	scripts/set-up tmux python3-pil fonts-dejavu-core
	scripts/screenshots

set-up:
	scripts/set-up
