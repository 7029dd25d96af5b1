import Processes
import Testing

@testable import Changes

@Suite struct GitReasonTests {
    @Test(arguments: [
        (
            "fatal: detected dubious ownership in repository at '/x'\nTo add an exception for this directory, call:\n\n\tgit config",
            "fatal: detected dubious ownership in repository at '/x'"
        ),
        ("warning: slow\nfatal: bad object", "fatal: bad object"), ("one; two\nthree", "one; two"), ("", ""),
    ])
    func `of what git complains about the line that says what is wrong is told`(complaint: String, reason: String) {
        #expect(Git.Outcome(output: [], status: .exited(128), complaint: complaint).reason == reason)
    }
}
