// The table. Of two rules that begin alike the more particular one comes first.
extension Rule {
    /// All rules but those for known secrets.
    static let builtIn: [Rule] =
        tokens.map(Rule.token)
        + [
            .webToken(WebTokenRule()), .telegram(TelegramRule()),
            .privateKey(PrivateKeyRule("-----BEGIN ")), .privateKey(PrivateKeyRule("---- BEGIN ")),
            .user(UserRule()),
            .scheme(SchemeRule("credentials", "bearer")), .scheme(SchemeRule("credentials", "basic")),
        ] + names.map(Rule.name)

    /// Tokens with a beginning of their own, as their makers document them.
    private static let tokens: [TokenRule] =
        [
            TokenRule("Anthropic key", "sk-ant-", .base64URL, 20),
            TokenRule("OpenAI key", "sk-proj-", .base64URL, 20, mix: .mixed),
            TokenRule("OpenAI key", "sk-svcacct-", .base64URL, 20, mix: .mixed),
            TokenRule("OpenAI key", "sk-admin-", .base64URL, 20, mix: .mixed),
            TokenRule("OpenAI key", "sk-None-", .base64URL, 20, mix: .mixed),
            TokenRule("OpenRouter key", "sk-or-", .base64URL, 20, mix: .mixed),
            TokenRule("API key", "sk-", .alphanumerics, 20, mix: .mixed),
            TokenRule("GitHub token", "github_pat_", .word, 22),
            TokenRule("Google key", "AIza", .base64URL, 30, mix: .mixed),
            TokenRule("Google secret", "GOCSPX-", .base64URL, 20, mix: .mixed),
            TokenRule("Google token", "ya29.", .base64URL, 20, mix: .mixed),
            TokenRule("Hugging Face token", "hf_", .alphanumerics, 30, mix: .mixed),
            TokenRule("npm token", "npm_", .alphanumerics, 30, mix: .mixed),
            TokenRule("PyPI token", "pypi-", .base64URL, 32, mix: .mixed),
            TokenRule("Docker token", "dckr_pat_", .base64URL, 20, mix: .mixed),
            TokenRule("SendGrid key", "SG.", .base64URL + ".", 40, mix: .mixed),
            TokenRule("Stripe secret", "whsec_", .alphanumerics, 24, mix: .mixed),
            TokenRule("Groq key", "gsk_", .alphanumerics, 30, mix: .mixed),
            TokenRule("xAI key", "xai-", .alphanumerics, 30, mix: .mixed),
            TokenRule("Perplexity key", "pplx-", .alphanumerics, 30, mix: .mixed),
            TokenRule("NVIDIA key", "nvapi-", .base64URL, 30, mix: .mixed),
            TokenRule("Replicate token", "r8_", .alphanumerics, 30, mix: .mixed),
            TokenRule("Vault token", "hvs.", .base64URL, 24, mix: .mixed),
            TokenRule("Linear key", "lin_api_", .alphanumerics, 30, mix: .mixed),
            TokenRule("DigitalOcean token", "dop_v1_", .alphanumerics, 40, mix: .mixed),
            TokenRule("age key", "AGE-SECRET-KEY-1", .uppercaseOrDigits, 40),
            TokenRule("Slack webhook", "hooks.slack.com/services/", .alphanumerics + "/", 20, keepsPrefix: true),
            TokenRule("Slack webhook", "hooks.slack.com/workflows/", .alphanumerics + "/", 20, keepsPrefix: true),
            TokenRule("Discord webhook", "discord.com/api/webhooks/", .base64URL + "/", 40, keepsPrefix: true),
        ]
        + "pousr".map { TokenRule("GitHub token", "gh\($0)_", .alphanumerics, 30, mix: .mixed) }
        + ["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glsoat-", "glft-"]
        .map { TokenRule("GitLab token", $0, .base64URL + ".", 20, mix: .mixed) }
        + ["xoxa-", "xoxb-", "xoxc-", "xoxd-", "xoxe-", "xoxe.", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xapp-"]
        .map { TokenRule("Slack token", $0, .base64URL + ".%", 16, mix: .numbered) }
        + ["AKIA", "ASIA", "ABIA", "ACCA"]
        .map { TokenRule("AWS key", $0, .uppercaseOrDigits, 16, isExact: true) }
        + ["sk_live_", "rk_live_", "sk_test_", "rk_test_"]
        .map { TokenRule("Stripe key", $0, .alphanumerics, 16, mix: .mixed) }
        + ["key=", "sig=", "auth=", "code=", "X-Amz-Signature=", "X-Goog-Signature=", "signature="].flatMap { name in
            // In a URL, in one inside of HTML, and in one inside of JSON.
            ["?", "&", "&amp;", "\\u0026"].map {
                TokenRule("key", $0 + name, .base64URL + "%+/=.~", 16, mix: .mixed, keepsPrefix: true)
            }
        }

    /// What secrets are called.
    private static let names: [NameRule] =
        ["password", "passwd", "passphrase", "passcode"].map { NameRule("password", $0, isPassword: true) }
        + ["pass", "pwd"].map { NameRule("password", $0, isPassword: true, isWord: true) }
        + ["secret"].map { NameRule("secret", $0, isPassword: true) }
        + ["token", "sharedaccesssignature"].map { NameRule("token", $0) }
        + ["authorization"].map { NameRule("credentials", $0, isPassword: true) }
        + ["auth", "jwt"].map { NameRule("credentials", $0, isWord: true) }
        + ["credential", "credentials"].map { NameRule("credentials", $0) }
        + [
            "api", "access", "account", "private", "secret", "signing", "encryption", "master", "auth", "subscription",
            "shared", "sharedaccess", "functions", "service", "session", "storage", "deploy", "license",
        ].flatMap { owner in ["_", "-", ""].map { NameRule("key", owner + $0 + "key") } }
        + ["api key", "access key", "secret key"].map { NameRule("key", $0) }
}
