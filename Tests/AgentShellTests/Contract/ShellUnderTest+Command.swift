import AgentShell
import Foundation

extension ShellUnderTest {
    /// A command, here a script that does what it is told by the first word.
    static let command = ShellUnderTest(
        name: "custom", abilities: [.streams, .acts, .process], memory: .none
    ) {
        let place = try ContractPlace(), script = place.file("agent"), told = place.file("told")
        try """
        #!/bin/sh
        cat > '\(told)'
        read -r verb rest < '\(told)'
        case $verb in
        TALK) while :; do printf 'word '; sleep 0.1; done ;;
        CHAT) for word in one two three four; do printf '%s ' $word; sleep 0.3; done; printf five ;;
        COMMAND) echo x >> "$rest"; printf 'it is done' ;;
        FILE) echo CONTENT > "$rest"; printf 'it is done' ;;
        WORK) echo on > working; sleep 60 ;;
        FAIL) echo 'no luck' >&2; exit 3 ;;
        *) printf 'You said: '; cat '\(told)' ;;
        esac
        """.write(toFile: script, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
        return ContractWorld(place: place) { _ in
            var options = CommandOptions(
                command: [script], environment: place.environment, workingDirectory: place.workspace)
            options.custody = place.custody
            let shell = CommandShell(options: options)
            return (shell, { await shell.run() })
        } errand: { deed in
            switch deed {
            case .say(let text): Errand(prompt: text, answer: "You said: \(text)")
            case .talk: Errand(prompt: "TALK")
            case .chat: Errand(prompt: "CHAT", answer: "one two three four five")
            case .command(let file): Errand(prompt: "COMMAND \(file)", answer: "it is done", title: "agent")
            case .file(let file): Errand(prompt: "FILE \(file)", answer: "it is done", title: "agent")
            case .work: Errand(prompt: "WORK", title: "agent")
            case .fail: Errand(prompt: "FAIL")
            case .tool: nil
            }
        } told: {
            try String(contentsOfFile: told, encoding: .utf8)
        }
    }
}
