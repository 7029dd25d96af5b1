import Testing

@testable import AgentShell

@Suite struct ShellInvocationTests {
    @Test(arguments: [
        ("/bin/bash -lc 'ls -a'", "ls -a"), ("/usr/bin/zsh -c 'x'", "x"), ("/bin/sh -lc ''", ""),
    ])
    func `the script of a shell of the system is what is shown`(line: String, script: String) {
        #expect(ShellInvocation.script(in: line) == script)
    }

    @Test(arguments: [
        "rm -rf /home/x sh -lc 'ls -a'", "/project/evil/bash -lc 'git push'", "evil.sh -lc 'ls'", "bash -lc 'ls'",
        "/bin/bash -lc 'a' 'b'", "/bin/bash -x -lc 'ls'", "/bin/bash -lc ls", "/bin/bash  -lc 'ls'",
    ])
    func `anything else is shown whole`(line: String) {
        #expect(ShellInvocation.script(in: line) == nil)
    }

    @Test func `words are told apart`() {
        #expect(ShellInvocation.script(in: ["/bin/bash", "-lc", "ls"]) == "ls")
        #expect(ShellInvocation.script(in: ["./evil.sh", "-c", "ls"]) == nil)
        #expect(ShellInvocation.line(of: ["rm", "a b"]) == "rm 'a b'")
        #expect(ShellInvocation.line(of: ["rm", "a", "b"]) == "rm a b")
        #expect(ShellInvocation.line(of: ["echo", "it's", ""]) == #"echo 'it'\''s' ''"#)
    }
}
