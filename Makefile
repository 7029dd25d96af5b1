# Build, run and check `cm`. Everything is done by SwiftPM; these targets only spell the commands.

# Colour, which SwiftPM uses on a terminal only, is an argument of the compiler: with it, going from a terminal to a pipe
# or back would build everything anew.
BUILD = swift build --no-color-diagnostics

# Fails when a target imports a target that Package.swift does not give it. On in every debug build: it costs about
# a second, and changing it rebuilds nothing.
CHECK = --explicit-target-dependency-import-check error

# The released program carries the Swift libraries in itself: it starts twice as fast, takes 6 MB less memory, and runs
# where Swift is not installed. macOS has them in the system.
RELEASE = -c release
ifeq ($(shell uname -s),Linux)
RELEASE += --static-swift-stdlib -Xlinker --strip-all
# The linker of the Swift toolchain packs what the loader adjusts at each start from 2.6 MB into 0.1 MB, which takes
# glibc 2.36 (Debian 12), and leaves out the names of functions, which nobody looks up: 6 MB less memory.
RELEASE += -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --no-export-dynamic
endif

# Arguments of `make chat`, as in: make chat ARGS="--session work --mode single"
ARGS =

.NOTPARALLEL:
# Swift Testing starts all tests of a run at once; beside two thousand others, one that waits would wait for longer than
# its limit. Two at a time keep two processors busy, also when both only compute. Tests with child processes and of the
# built program run on their own.
TEST = SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=2 swift test --disable-xctest --skip-build
# The suites of real agents say themselves what goes one after the other.
TEST_AGENTS = SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=4 swift test --disable-xctest --skip-build
CHILDREN = AgentShellTests|ProcessesTests

.PHONY: chat test lint bench chaos agents test-agents build clean deps swift

# What the build says goes to stderr and stdin is left alone, so that `make chat` can stand in a pipe.
chat: deps
	@$(BUILD) $(RELEASE) --product cm </dev/null >&2
	@exec .build/release/cm chat $(ARGS)

test: deps
	$(BUILD) --build-tests $(CHECK)
	@# What the build has written would hold up tests that wait for the disk.
	sync
	$(TEST) --skip '($(CHILDREN)|ProgramTests)\.'
	$(TEST) --filter '($(CHILDREN))\.'
	$(TEST) --filter 'ProgramTests\.'

lint: deps
	swift format lint --strict --recursive --parallel Package.swift Sources Tests prompts
	Scripts/check-imports
	for script in .ci/run $$(grep -l '^#!.*sh$$' Scripts/*); do bash -n $$script || exit; done
	$(BUILD) --build-tests $(CHECK)

bench: deps
	@command -v python3 >/dev/null || Scripts/install-libraries python3
	$(BUILD) $(RELEASE) --product cm
	$(BUILD) $(RELEASE) --product standin
	$(BUILD) $(RELEASE) --product shellbench
	$(BUILD) $(RELEASE) --product redactbench
	$(BUILD) $(RELEASE) --product markdownbench
	$(BUILD) $(RELEASE) --product planbench
	$(BUILD) $(RELEASE) --product tracebench
	$(BUILD) $(RELEASE) --product controlbench
	$(BUILD) $(RELEASE) --product httpbench
	$(BUILD) $(RELEASE) --product telegrambench
	@Scripts/bench

agents:
	@Scripts/fetch-agents

# The suites that drive the real agents, which `make test` skips.
test-agents: deps agents
	$(BUILD) --build-tests $(CHECK)
	CM_TEST_AGENTS="$(CURDIR)/.agents" $(TEST_AGENTS) --filter '(AgentShellTests|ControlTests)\..*RealAgent'
	CM_TEST_AGENTS="$(CURDIR)/.agents" $(TEST) --filter 'ProgramTests\..*RealAgent'

# Kills N times at random: cm, its agent, the agent's guard; N times more cm with a bot, while Telegram breaks; and that
# at steps of its journal, before the step and after it: at all of them from N=1000 on, else at some by chance. SEED
# repeats a run.
N = 1000
SEED =
chaos: deps
	$(BUILD) --build-tests $(CHECK)
	CM_CHAOS=$(N) $(if $(SEED),CM_TEST_SEED=$(SEED)) $(TEST) --filter "BuiltProgramTests.(Telegram)?(Chaos|Step)Tests"

build: deps
	$(BUILD) $(CHECK)

clean:
	rm -rf .build .build-*

deps: swift
	@Scripts/install-libraries </dev/null >&2

swift:
	@Scripts/check-swift >&2
