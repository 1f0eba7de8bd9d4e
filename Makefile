# make demo [ROLE=member]   the console on a mock server
# make test                 all tests
# make install [PREFIX=DIR]  DIR/bin/masker-tui
# make screenshots          the pictures in screenshots/, taken anew
PREFIX ?= /usr/local
ROLE ?= admin
USER_admin = ada
USER_member = grace
RELEASE = swift build -c release --static-swift-stdlib

.PHONY: demo test build install screenshots set-up

demo: build
	.build/release/masker-mock exec --sessions 20000 --as $(USER_$(ROLE)) -- .build/release/masker-tui

build: set-up
	$(RELEASE) --product masker-tui
	$(RELEASE) --product masker-mock

test:
	scripts/set-up tmux curl openssl procps poppler-utils socat
	swift build --build-tests
	swift test --skip-build

install: set-up
	$(RELEASE) --product masker-tui
	install -D -s -m 755 .build/release/masker-tui $(DESTDIR)$(PREFIX)/bin/masker-tui

screenshots: build
	scripts/set-up tmux python3-pil fonts-dejavu-core
	scripts/screenshots

set-up:
	scripts/set-up
