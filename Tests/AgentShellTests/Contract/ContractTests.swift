import Testing

/// The contract, checked against the agents that are part of the program or of the tests.
///
/// The same promises are checked against the released agents in ``RealAgentContractTests``.
@Suite(.timeLimit(.minutes(1))) struct ContractTests {
    @Test(arguments: ShellUnderTest.all)
    func `an answer is exact, whole and in pieces`(agent: ShellUnderTest) async throws {
        try await Contract(agent: agent).answersExactly()
    }

    @Test(arguments: ShellUnderTest.all)
    func `an answer is streamed, and stopped when nobody reads on`(agent: ShellUnderTest) async throws {
        try await Contract(agent: agent).streams()
    }

    @Test(arguments: ShellUnderTest.all)
    func `a command is done and told of`(agent: ShellUnderTest) async throws {
        try await Contract(agent: agent).tellsOfCommands()
    }

    @Test(arguments: ShellUnderTest.all)
    func `a file is changed and told of`(agent: ShellUnderTest) async throws {
        try await Contract(agent: agent).tellsOfChangedFiles()
    }

    @Test(arguments: ShellUnderTest.all)
    func `messages wait for turns of their own`(agent: ShellUnderTest) async throws {
        try await Contract(agent: agent).worksOffTheQueue()
    }

    @Test(arguments: ShellUnderTest.all)
    func `a text for the running turn reaches it or waits`(agent: ShellUnderTest) async throws {
        try await Contract(agent: agent).takesTextIntoTheTurn()
    }

    @Test(arguments: ShellUnderTest.all, Contract.Reply.allCases)
    func `a command waits for an approval`(agent: ShellUnderTest, reply: Contract.Reply) async throws {
        try await Contract(agent: agent).asksBeforeCommands(reply)
    }

    @Test(arguments: ShellUnderTest.all, Contract.Reply.allCases)
    func `a changed file waits for an approval`(agent: ShellUnderTest, reply: Contract.Reply) async throws {
        try await Contract(agent: agent).asksBeforeChangedFiles(reply)
    }

    @Test(arguments: ShellUnderTest.all)
    func `what is allowed for the session is asked once`(agent: ShellUnderTest) async throws {
        try await Contract(agent: agent).remembersWhatIsAllowedForTheSession()
    }

    @Test(arguments: ShellUnderTest.all, Phase.allCases)
    func `an interrupt ends a turn and nothing else`(agent: ShellUnderTest, phase: Phase) async throws {
        try await Contract(agent: agent).endsWhenInterrupted(at: phase)
    }

    @Test(arguments: ShellUnderTest.all, Phase.busy)
    func `nothing is left at the end of the shell`(agent: ShellUnderTest, phase: Phase) async throws {
        try await Contract(agent: agent).leavesNothing(at: phase)
    }

    @Test(arguments: ShellUnderTest.all, ProviderFailure.allCases)
    func `a failure of the provider has its kind`(agent: ShellUnderTest, failure: ProviderFailure) async throws {
        try await Contract(agent: agent).tellsOfFailures(failure)
    }

    @Test(arguments: ShellUnderTest.all, Phase.allCases)
    func `a process that is killed is replaced`(agent: ShellUnderTest, phase: Phase) async throws {
        try await Contract(agent: agent).survivesKills(at: phase)
    }

    @Test(arguments: ShellUnderTest.all)
    func `a conversation goes on after a restart`(agent: ShellUnderTest) async throws {
        try await Contract(agent: agent).goesOnAfterARestart()
    }

    @Test(arguments: ShellUnderTest.all)
    func `a thread that is unknown is replaced by a new one`(agent: ShellUnderTest) async throws {
        try await Contract(agent: agent).replacesUnknownThreads()
    }

    @Test(arguments: ShellUnderTest.all)
    func `an errand is only looked at, and forgotten`(agent: ShellUnderTest) async throws {
        try await Contract(agent: agent).onlyLooksOnErrands()
    }

    @Test(arguments: ShellUnderTest.all)
    func `an errand that is closed while it runs harms nothing`(agent: ShellUnderTest) async throws {
        try await Contract(agent: agent).endsErrandsThatAreClosed()
    }

    @Test(arguments: ShellUnderTest.all)
    func `a conversation gets the tools, an errand does not`(agent: ShellUnderTest) async throws {
        try await Contract(agent: agent).givesToolsToConversations()
    }

    @Test(arguments: ShellUnderTest.all)
    func `a thread works in the directory it is opened for`(agent: ShellUnderTest) async throws {
        try await Contract(agent: agent).worksInOtherPlaces()
    }
}
