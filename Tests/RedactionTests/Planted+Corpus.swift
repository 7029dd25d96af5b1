import TestSupport

extension Planted {
    /// Three of each kind, drawn at random from the same seed in each run.
    static let corpus: [Planted] = (0..<3).flatMap { round in
        var draw = Draw(generator: SeededGenerator(seed: 7 + UInt64(round)))
        return tokens(&draw) + assignments(&draw) + headers(&draw) + addresses(&draw) + blocks(&draw)
    }

    /// Known by themselves.
    private static func tokens(_ draw: inout Draw) -> [Planted] {
        let openAI = "sk" + "-", gitHub = "github" + "_pat_"
        var planted = [
            Planted(name: "OpenAI", secret: openAI + draw.word(48)),
            Planted(name: "OpenAI project", secret: openAI + "proj-" + draw.url(124)),
            Planted(name: "OpenAI service account", secret: openAI + "svcacct-" + draw.url(60)),
            Planted(name: "OpenAI admin", secret: openAI + "admin-" + draw.url(60)),
            Planted(name: "Anthropic", secret: openAI + "ant-api03-" + draw.url(93) + "AA"),
            Planted(name: "OpenRouter", secret: openAI + "or-v1-" + draw.hex(64)),
            Planted(name: "DeepSeek", secret: openAI + draw.hex(32)),
            Planted(name: "GitHub fine-grained", secret: gitHub + draw.word(22) + "_" + draw.word(59)),
            Planted(name: "GitLab", secret: "glp" + "at-" + draw.url(20)),
            Planted(name: "Google", secret: "AI" + "za" + draw.url(35)),
            Planted(name: "Google secret", secret: "GOC" + "SPX-" + draw.url(28)),
            Planted(name: "Google token", secret: "ya" + "29." + draw.url(120)),
            Planted(name: "AWS", secret: "AK" + "IA" + draw.upper(16)),
            Planted(name: "AWS session", secret: "AS" + "IA" + draw.upper(16)),
            Planted(name: "Hugging Face", secret: "h" + "f_" + draw.word(34)),
            Planted(name: "Stripe", secret: "sk" + "_live_" + draw.word(24)),
            Planted(name: "Stripe restricted", secret: "rk" + "_live_" + draw.word(99)),
            Planted(name: "npm", secret: "np" + "m_" + draw.word(36)),
            Planted(name: "PyPI", secret: "py" + "pi-AgEIcHlwaS5vcmc" + draw.url(120)),
            Planted(name: "SendGrid", secret: "S" + "G." + draw.url(22) + "." + draw.url(43)),
            Planted(name: "Groq", secret: "gs" + "k_" + draw.word(52)),
            Planted(name: "xAI", secret: "xa" + "i-" + draw.word(80)),
            Planted(name: "NVIDIA", secret: "nv" + "api-" + draw.url(64)),
            Planted(name: "Docker", secret: "dckr" + "_pat_" + draw.url(27)),
            Planted(name: "Vault", secret: "hv" + "s." + draw.url(90)),
            Planted(name: "age", secret: "AGE-SECRET" + "-KEY-1" + draw.upper(58)),
            Planted(
                name: "web token", secret: "ey" + "J" + draw.url(33) + ".ey" + "J" + draw.url(90) + "." + draw.url(43)),
            Planted(name: "Telegram", secret: draw.number(10) + ":AA" + draw.url(33)),
            Planted(name: "Telegram, older", secret: draw.number(8) + ":AA" + draw.url(33)),
        ]
        planted += "pousr".map { Planted(name: "GitHub gh\($0)", secret: "gh\($0)" + "_" + draw.word(36)) }
        planted += "bpas".map { kind in
            let secret = "xo" + "x\(kind)-" + draw.number(11) + "-" + draw.number(12) + "-" + draw.word(24)
            return Planted(name: "Slack xox\(kind)", secret: secret)
        }
        return planted
    }

    /// Known by the name that stands before.
    private static func assignments(_ draw: inout Draw) -> [Planted] {
        [
            Planted(name: ".env", before: "FOO_API_KEY=", secret: draw.word(24)),
            Planted(name: ".env, quoted", before: "DB_PASSWORD=\"", secret: draw.password(14), after: "\""),
            Planted(
                name: ".env, with signs", before: "export APP_SECRET=", secret: draw.word(5) + "#,)" + draw.word(6)),
            Planted(name: ".env, digits at the end", before: "DB_PASS=", secret: "hunter" + draw.number(3)),
            Planted(name: "JSON", before: #"{"user": "bob", "password": ""#, secret: draw.password(12), after: "\"}"),
            Planted(name: "JSON, short", before: #""password":""#, secret: "hunter" + draw.number(2), after: "\","),
            Planted(name: "TOML", before: "token = \"", secret: draw.word(32), after: "\"\n"),
            Planted(name: "YAML", before: "  secret: ", secret: draw.word(28)),
            Planted(name: "YAML, single quotes", before: "clientSecret: '", secret: draw.url(34), after: "'"),
            Planted(name: "Swift", before: "let password: String = \"", secret: draw.password(10), after: "\""),
            Planted(name: "Python", before: "config['api_key'] = '", secret: draw.hex(32), after: "'"),
            Planted(name: "Ruby", before: ":auth_token => \"", secret: draw.word(20), after: "\""),
            Planted(name: "Go", before: "accessToken := \"", secret: draw.word(20), after: "\""),
            Planted(name: "option", before: "deploy --token ", secret: draw.word(20), after: " --force"),
            Planted(name: "option with =", before: "deploy --api-key=", secret: draw.word(20), after: " --force"),
            Planted(
                name: "AWS secret", before: "aws_secret_access_key = ",
                secret: draw.word(19) + "/" + draw.word(10) + "+" + draw.word(9)),
            Planted(name: "AWS secret, JSON", before: "\"SecretAccessKey\": \"", secret: draw.word(40), after: "\""),
            Planted(
                name: "Azure", before: "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=",
                secret: draw.word(86) + "==", after: ";EndpointSuffix=core.windows.net"),
            Planted(name: "Azure service bus", before: "SharedAccessKey=", secret: draw.word(43) + "="),
            Planted(name: "npmrc", before: "//registry.npmjs.org/:_authToken=", secret: draw.uuid()),
            Planted(
                name: "netrc", before: "machine github.com login bob password ", secret: draw.word(20), after: "\n"),
            Planted(
                name: "Docker", before: #"{"auths":{"ghcr.io":{"auth":""#, secret: draw.word(30) + "==", after: "\"}}}"),
            Planted(name: "XML", before: "<password>", secret: draw.word(12), after: "</password>"),
            Planted(
                name: "passphrase", before: #""passphrase": ""#, secret: "correct \(draw.word(10))7x staple",
                after: "\""),
        ]
    }

    private static func headers(_ draw: inout Draw) -> [Planted] {
        [
            Planted(name: "bearer", before: "Authorization: Bearer ", secret: draw.word(40)),
            Planted(name: "bearer, JSON", before: #""Authorization":"Bearer "#, secret: draw.url(40), after: "\""),
            Planted(name: "bearer, alone", before: "curl -H 'x: Bearer ", secret: draw.word(30), after: "' host"),
            Planted(name: "basic", before: "authorization: Basic ", secret: draw.word(30) + "=="),
            Planted(name: "token", before: "Authorization: token ", secret: draw.hex(40)),
            Planted(name: "no scheme", before: "Authorization: ", secret: draw.hex(40)),
            Planted(name: "api-key", before: "api-key: ", secret: draw.hex(32)),
            Planted(name: "x-api-key", before: "-H 'x-api-key: ", secret: draw.word(40), after: "'"),
            Planted(name: "private token", before: "PRIVATE-TOKEN: ", secret: draw.url(20)),
            Planted(name: "subscription", before: "Ocp-Apim-Subscription-Key: ", secret: draw.hex(32)),
        ]
    }

    private static func addresses(_ draw: inout Draw) -> [Planted] {
        let bot = draw.number(10) + ":AA" + draw.url(33)
        return [
            Planted(name: "URL", before: "https://bob:", secret: draw.word(16), after: "@example.org/a/b.git"),
            Planted(name: "token as user", before: "https://oauth2:", secret: draw.hex(40), after: "@gitlab.com/a.git"),
            Planted(
                name: "database", before: "DATABASE=postgres://app:", secret: draw.word(12), after: "@db:5432/main"),
            Planted(name: "words", before: "mysql://app:", secret: "letmein" + "now", after: "@db/main"),
            Planted(name: "no user", before: "redis://:", secret: draw.word(20), after: "@cache:6379/0"),
            Planted(name: "with @", before: "amqp://u:", secret: draw.word(5) + "@" + draw.word(6), after: "@mq/v"),
            Planted(name: "PHP", before: #"https:\/\/bob:"#, secret: draw.word(16), after: #"@example.org\/a"#),
            Planted(name: "bot", before: "https://api.telegram.org/bot", secret: bot, after: "/getUpdates?offset=1"),
            Planted(
                name: "bot, encoded", before: "url=https%3A%2F%2Fapi.telegram.org%2Fbot",
                secret: bot.replacing(":", with: "%3A"), after: "%2FgetMe"),
            Planted(name: "key", before: "https://a.org/v1?alt=json&key=", secret: draw.word(30), after: "&x=1"),
            Planted(name: "signature", before: "https://b.org/c?se=2026&sig=", secret: draw.word(40) + "%3D"),
            Planted(name: "api_key", before: "GET /v1?api_key=", secret: draw.hex(20), after: "&page=1"),
            Planted(name: "password", before: "POST /login?user=a&password=", secret: draw.word(12), after: "&x=1"),
            Planted(
                name: "Slack hook", before: "https://hooks.slack.com/services/",
                secret: "T" + draw.upper(8) + "/B" + draw.upper(8) + "/" + draw.word(24)),
        ]
    }

    private static func blocks(_ draw: inout Draw) -> [Planted] {
        func block(_ label: String, lines: Int, end: Bool = true, head: String = "") -> String {
            let dashes = String(repeating: "-", count: 5)
            let body = (0..<lines).map { _ in draw.word(64) } + [draw.word(31) + "="]
            return "\(dashes)BEGIN \(label)\(dashes)\n\(head)" + body.joined(separator: "\n")
                + (end ? "\n\(dashes)END \(label)\(dashes)" : "")
        }
        let rsa = "RSA PRIVATE" + " KEY", plain = "PRIVATE" + " KEY", ssh = "OPENSSH PRIVATE" + " KEY"
        let pgp = "PGP PRIVATE" + " KEY BLOCK"
        return [
            Planted(name: "RSA", secret: block(rsa, lines: 24)),
            Planted(name: "PKCS #8", secret: block(plain, lines: 3)),
            Planted(name: "SSH", before: "IdentityFile:\n", secret: block(ssh, lines: 6)),
            Planted(name: "EC without end", secret: block("EC " + plain, lines: 2, end: false)),
            Planted(name: "PGP", secret: block(pgp, lines: 20, head: "Version: GnuPG v2\n\n")),
            Planted(
                name: "encrypted",
                secret: block(rsa, lines: 12, head: "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B2C3D\n\n")),
        ]
    }
}

/// Draws what secrets are made of.
struct Draw {
    var generator: SeededGenerator

    mutating func word(_ count: Int) -> String {
        mixed(count, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    }
    mutating func url(_ count: Int) -> String {
        mixed(count, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
    }
    mutating func password(_ count: Int) -> String {
        mixed(count, "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%+=?@^~")
    }
    mutating func hex(_ count: Int) -> String { mixed(count, "0123456789abcdef") }
    mutating func upper(_ count: Int) -> String { string(count, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") }
    mutating func number(_ count: Int) -> String { string(1, "123456789") + string(count - 1, "0123456789") }
    mutating func uuid() -> String { [8, 4, 4, 4, 12].map { hex($0) }.joined(separator: "-") }

    private mutating func string(_ count: Int, _ alphabet: String) -> String {
        let alphabet = Array(alphabet)
        return String((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
    }

    /// With a letter and a digit in it, as all but one of thousands have.
    private mutating func mixed(_ count: Int, _ alphabet: String) -> String {
        while true {
            let drawn = string(count, alphabet)
            if count < 8
                || drawn.dropLast(2).contains(where: \.isNumber) && drawn.dropFirst(2).contains(where: \.isLetter)
            {
                return drawn
            }
        }
    }
}
