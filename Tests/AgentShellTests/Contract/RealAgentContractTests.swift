import Testing

/// The promises of ``ContractTests``, checked against the released agents.
///
/// A few at a time: each keeps the machine busy.
@Suite(.enabled(if: ReleasedAgents.areThere, ReleasedAgents.reason), .timeLimit(.minutes(3)))
struct RealAgentContractTests {
    /// Turns that end well.
    @Suite(.serialized) struct Turns {
        @Test(arguments: ShellUnderTest.released)
        func `an answer is exact, whole and in pieces`(agent: ShellUnderTest) async throws {
            try await Contract(agent: agent).answersExactly()
        }

        @Test(arguments: ShellUnderTest.released)
        func `an answer is streamed, and stopped when nobody reads on`(agent: ShellUnderTest) async throws {
            try await Contract(agent: agent).streams()
        }

        @Test(arguments: ShellUnderTest.released)
        func `a command is done and told of`(agent: ShellUnderTest) async throws {
            try await Contract(agent: agent).tellsOfCommands()
        }

        @Test(arguments: ShellUnderTest.released)
        func `a file is changed and told of`(agent: ShellUnderTest) async throws {
            try await Contract(agent: agent).tellsOfChangedFiles()
        }

        @Test(arguments: ShellUnderTest.released)
        func `messages wait for turns of their own`(agent: ShellUnderTest) async throws {
            try await Contract(agent: agent).worksOffTheQueue()
        }

        @Test(arguments: ShellUnderTest.released)
        func `a text for the running turn reaches it or waits`(agent: ShellUnderTest) async throws {
            try await Contract(agent: agent).takesTextIntoTheTurn()
        }
    }

    /// What an agent asks.
    @Suite(.serialized) struct Approvals {
        @Test(arguments: ShellUnderTest.released, Contract.Reply.allCases)
        func `a command waits for an approval`(agent: ShellUnderTest, reply: Contract.Reply) async throws {
            try await Contract(agent: agent).asksBeforeCommands(reply)
        }

        @Test(arguments: ShellUnderTest.released, Contract.Reply.allCases)
        func `a changed file waits for an approval`(agent: ShellUnderTest, reply: Contract.Reply) async throws {
            try await Contract(agent: agent).asksBeforeChangedFiles(reply)
        }

        @Test(arguments: ShellUnderTest.released)
        func `what is allowed for the session is asked once`(agent: ShellUnderTest) async throws {
            try await Contract(agent: agent).remembersWhatIsAllowedForTheSession()
        }
    }

    /// Turns that are cut off by people, and conversations by restarts.
    @Suite(.serialized) struct Interrupts {
        @Test(arguments: ShellUnderTest.released, Phase.allCases)
        func `an interrupt ends a turn and nothing else`(agent: ShellUnderTest, phase: Phase) async throws {
            try await Contract(agent: agent).endsWhenInterrupted(at: phase)
        }

        @Test(arguments: ShellUnderTest.released, Phase.busy)
        func `nothing is left at the end of the shell`(agent: ShellUnderTest, phase: Phase) async throws {
            try await Contract(agent: agent).leavesNothing(at: phase)
        }

        @Test(arguments: ShellUnderTest.released)
        func `a conversation goes on after a restart`(agent: ShellUnderTest) async throws {
            try await Contract(agent: agent).goesOnAfterARestart()
        }

        @Test(arguments: ShellUnderTest.released)
        func `a thread that is unknown is replaced by a new one`(agent: ShellUnderTest) async throws {
            try await Contract(agent: agent).replacesUnknownThreads()
        }
    }

    /// Providers that fail, and processes that are killed.
    @Suite(.serialized) struct Failures {
        @Test(arguments: ShellUnderTest.released, ProviderFailure.allCases)
        func `a failure of the provider has its kind`(agent: ShellUnderTest, failure: ProviderFailure) async throws {
            try await Contract(agent: agent).tellsOfFailures(failure)
        }

        @Test(arguments: ShellUnderTest.released, Phase.allCases)
        func `a process that is killed is replaced`(agent: ShellUnderTest, phase: Phase) async throws {
            try await Contract(agent: agent).survivesKills(at: phase)
        }
    }

    /// Threads for roles and for other places.
    @Suite(.serialized) struct Errands {
        @Test(arguments: ShellUnderTest.released)
        func `an errand is only looked at, and forgotten`(agent: ShellUnderTest) async throws {
            try await Contract(agent: agent).onlyLooksOnErrands()
        }

        @Test(arguments: ShellUnderTest.released)
        func `an errand that is closed while it runs harms nothing`(agent: ShellUnderTest) async throws {
            try await Contract(agent: agent).endsErrandsThatAreClosed()
        }

        @Test(arguments: ShellUnderTest.released)
        func `a conversation gets the tools, an errand does not`(agent: ShellUnderTest) async throws {
            try await Contract(agent: agent).givesToolsToConversations()
        }

        @Test(arguments: ShellUnderTest.released)
        func `a thread works in the directory it is opened for`(agent: ShellUnderTest) async throws {
            try await Contract(agent: agent).worksInOtherPlaces()
        }
    }
}
