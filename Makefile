# The few verbs of this project; `make` lists them.
PREFIX ?= /usr/local
DESTDIR ?=
ARGS ?=
# A toolchain that was unpacked by hand counts too; one that is on PATH comes first.
export PATH := $(PATH):/opt/swift/usr/bin:/usr/local/swift/usr/bin

BINARY = $(shell swift build -c release --show-bin-path)/perftop
SOURCES = Package.swift Sources Tests Benchmarks examples

# Those who work on it have no warnings; those who only use it are not stopped by a newer compiler's.
build run test golden faults: export PERFTOP_STRICT = 1

.PHONY: help demo run build test golden lint format bench bench-live install uninstall deb check \
	release portability faults soak setup

help: ## list these verbs
	@sed -n 's/^\([a-z-]*\):.* ## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

demo: release ## watch a simulated robot and collector
	@$(BINARY) demo $(ARGS)

run: build ## run perftop: make run ARGS="-p 1"
	@.build/debug/perftop $(ARGS)

build: setup ## build for development
	@swift build --product perftop
	@swift build --product perftop-deliver

test: setup ## build without a warning and run every test
	@scripts/test

golden: setup ## write the goldens anew (and fail, so that no one does it unseen)
	@RECORD_GOLDENS=1 swift test --filter perftopTests

lint: setup ## check format and style
	@swift format lint --strict --recursive $(SOURCES)

format: setup ## put the sources in format
	@swift format format --in-place --recursive $(SOURCES)

check: test lint ## what must pass before a commit: test and lint

bench: release ## measure perftop, and htop, btop and top beside it where they are installed
	@scripts/bench $(ARGS)

bench-live: release ## watch six programs for 45 minutes, and see which of them is said to leak
	@python3 Benchmarks/live/live.py $(BINARY) $(ARGS)

faults: release ## the long fault tests: sweeps, storms, stalls, on the binary that is installed
	@PERFTOP_LONG=1 PERFTOP_BINARY=$(BINARY) scripts/test --filter SessionTests

soak: release ## ten thousand accelerated ticks: memory, descriptors and threads must not grow
	@scripts/soak $(ARGS)

release: setup ## build the binary that is installed
	@scripts/release

install: release ## install it: make install PREFIX=/usr/local DESTDIR=
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' scripts/install '$(BINARY)'

uninstall: ## remove what install installed, and nothing that was recorded since
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' scripts/install --remove

deb: release ## make a Debian package of it, in .build
	@scripts/deb '$(BINARY)'

portability: ## build and test in a fresh Debian 13, for amd64 and where possible arm64
	@scripts/portability $(ARGS)

setup:
	@scripts/setup
