import TestSupport

/// More than a thousand lines of what agents print, none of which has a secret.
enum HarmlessLines {
    static let all: [String] = {
        var draw = Draw(generator: SeededGenerator(seed: 11))
        return fixed + (0..<40).flatMap { generated(&draw, number: $0) }
    }()

    /// What looks like a secret, or is called like one.
    static let fixed: [String] =
        code + configuration + prose + output

    private static let code = #"""
        let token = nextToken()
        token = nextToken()
        let password: String
        var password: String?
        func login(user: String, password: String) async throws -> Session
        func login(password: String = "", secret: Secret? = nil)
        let secret = try Secret(from: decoder)
        self.token = token
        self.password = password.trimmingCharacters(in: .whitespaces)
        guard let token = lexer.next() else { return nil }
        case token(Token), secret(String), password
        if token == .identifier { return parseExpression() }
        if token.kind == "string" && token.value != expected { continue }
        static let apiKey: String = ProcessInfo.processInfo.environment["API_KEY"] ?? ""
        public init(apiKey: String, accessToken: Token, secretKey: SymmetricKey)
        let apiKey = Environment.get("API_KEY")
        api_key = os.environ["OPENAI_API_KEY"]
        api_key=os.getenv("OPENAI_API_KEY", None)
        client = OpenAI(api_key=settings.openai_api_key, timeout=30.0)
        password = getpass.getpass("Password: ")
        def authenticate(self, username: str, password: str) -> bool:
        token: Optional[str] = None
        token: str = Field(default="", description="the token")
        tokens: 1234
        tokens = tokenizer.encode(text)
        "token": null,
        "token": true, "secret": false
        "prompt_tokens": 1234, "completion_tokens": 567, "total_tokens": 1801
        "max_tokens": 4096, "token_count": 77
        max_output_tokens = 16384
        const token = await getToken({ audience: 'api' });
        const { token, secret } = req.body;
        const password = req.body.password;
        const apiKey = process.env.API_KEY;
        headers: { Authorization: `Bearer ${token}` },
        headers["Authorization"] = "Bearer " + token
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        req.Header.Set("Authorization", "Bearer "+token)
        Authorization: Bearer $TOKEN
        Authorization: Bearer <token>
        Authorization: Bearer {access_token}
        curl -H "Authorization: Bearer $OPENAI_API_KEY" https://api.openai.com/v1/models
        curl -H "x-api-key: ${ANTHROPIC_API_KEY}" https://api.anthropic.com/v1/messages
        password := os.Getenv("PASSWORD")
        secret, err := client.Secrets.Get(ctx, name)
        token := strings.TrimPrefix(header, "Bearer ")
        type Token struct { Kind TokenKind; Value string }
        private static final String TOKEN = "token";
        private String password;
        this.password = Objects.requireNonNull(password, "password");
        @Value("${app.jwt.secret}") private String jwtSecret;
        string password = Console.ReadLine();
        let secret_key = generate_secret_key(&mut rng);
        pub fn verify(token: &str, secret: &[u8]) -> Result<Claims>
        token::String => Token::parse(input)?,
        if (password !== confirmPassword) throw new Error('passwords differ');
        <input type="password" name="password" placeholder="Password" autocomplete="current-password">
        <label for="password">Password</label>
        <password>${env.PASSWORD}</password>
        .password-field { color: #1f2328; } .sk-circle-fade-dot { width: 100% }
        .sk-folding-cube .sk-cube2:before { transform: scale(1.1) rotateZ(90deg); }
        keyof typeof tokens; key=value; key: value; sort(key=lambda item: item.name)
        dict.get(key="name", default=None)
        for key, value in sorted(table.items(), key=itemgetter(1)):
        switch (token.type) { case TokenType.Identifier: break; }
        authorization: z.string().startsWith('Bearer ')
        XCTAssertEqual(token, "expected")
        secret = secrets.token_urlsafe(32)
        const hash = crypto.createHash('sha256').update(password).digest('hex');
        password: hash(password, salt)
        token=token, password=password, secret=secret
        auth = HTTPBasicAuth(user, password)
        pass = true; compass: 270 degrees; bypass=enabled
        return pass == fail ? 1 : 0
        risk-assessment-of-the-new-network-configuration-for-all-tenants
        """#.split(separator: "\n").map { String($0.drop { $0 == " " }) }

    private static let configuration = #"""
        OPENAI_API_KEY=
        OPENAI_API_KEY=<your-key>
        OPENAI_API_KEY=your-api-key-here
        OPENAI_API_KEY=sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
        OPENAI_API_KEY=sk-...
        OPENAI_API_KEY="$OPENAI_API_KEY"
        api_key=$API_KEY
        API_KEY=${API_KEY:-}
        API_KEY=$(cat /run/secrets/api_key)
        TOKEN=***
        GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}
        token: ${{ github.token }}
        password: xxxx
        password: "********"
        password: <redacted>
        "password": "<redacted: password>",
        "api_key": "{{ .Values.apiKey }}",
        "secret": "%(secret)s",
        "token": "%TOKEN%",
        DB_PASSWORD_FILE=/run/secrets/db_password
        POSTGRES_PASSWORD_FILE: /run/secrets/postgres-passwd
        token_file = "/var/run/secrets/kubernetes.io/serviceaccount/token"
        token = "/var/run/secrets/token"
        secretName: registry-credentials
        secretKeyRef: { name: database, key: password }
        "password": { "type": "string", "minLength": 8 },
        "password": "string",
        "token": "string",
        "token_type": "bearer", "expires_in": 3600
        "tokenizer": "cl100k_base", "passwordPolicy": "strict"
        DATABASE_URL=postgres://user:password@localhost:5432/app
        DATABASE_URL=postgres://$USER:$PASSWORD@localhost:5432/app
        DATABASE_URL=postgres://localhost:5432/app?sslmode=disable
        REDIS_URL=redis://localhost:6379/0
        proxy=http://<user>:<password>@proxy:8080
        //registry.npmjs.org/:_authToken=${NPM_TOKEN}
        registry=https://registry.npmjs.org/
        env_key = "OPENAI_API_KEY"
        env:CODEX_API_KEY
        persist-credentials: false
        credentials: include
        permissions: { id-token: write, contents: read }
        key: ${{ runner.os }}-spm-${{ hashFiles('Package.resolved') }}
        sig=none; key=build; ?key=name&sort=asc
        https://example.com/list?key=name&token=next&page=2
        https://github.com/apple/swift-log/archive/refs/tags/1.6.2.tar.gz
        git@github.com:apple/swift-argument-parser.git
        ssh://git@github.com:22/apple/swift.git
        https://localhost:8080/path@2x.png
        http://127.0.0.1:3000/assets/icon@3x.png?v=12
        https://medium.com/@someone/an-article-about-tokens-1a2b3c4d5e6f
        npm install @types/node@20.11.5 typescript@5.4.2
        image: ghcr.io/owner/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
        -----BEGIN CERTIFICATE-----
        -----BEGIN PUBLIC KEY-----
        ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGk2b3V0aGVyZXB1YmxpY2tleXRoaXNpc25vdGhpbmc someone@host
        | token | string | yes | The token to use |
        --token <token>   The token to use
        --password string   Password for the registry
        --api-key KEY     key of the provider
          -t, --token TOKEN  token of the bot (default: $TOKEN)
        """#.split(separator: "\n").map(String.init)

    private static let prose = """
        The token: a short text that is given to the bot.
        Password: at least eight characters, please.
        Enter password:
        The password is never written to the log.
        A bearer token is sent in the Authorization header.
        Basic authentication is not supported; use Bearer authentication instead.
        authorization: required for all requests
        Secret: nobody reads the documentation.
        He passed the token to the next function: it was refused.
        Tokens used: 12,345 (cached: 10,000), cost: $0.0123
        token usage: input=12345 output=678 reasoning=90
        The secret of success: work.
        The API key is missing; set OPENAI_API_KEY or run `codex login`.
        Error: Incorrect API key provided.
        api key: see the settings
        fatal: could not read Password for 'https://github.com': terminal prompts disabled
        Das Passwort: bitte nicht weitergeben. Das Token ist abgelaufen.
        Le mot de passe : huit caractères au moins, s’il vous plaît.
        El token caducó; vuelva a iniciar la sesión.
        Пароль: не меньше восьми символов. Токен: истёк.
        パスワード: 八文字以上で入力してください。
        密码：至少八个字符。令牌已过期。
        🔑 token: 🤷 secret: 🙈 password: 🙊
        Password reset requested by user 42 at 12:30:45.
        The risk-based approach; task-oriented, desk-bound, ask-me-anything-about-it-later-today
        12:34:56 the bot started; 100%3 is odd
        sk-learn and hf_hub are libraries; npm_config_registry is a variable
        npm_config_userconfig_and_everything_else_that_is_long=1
        npm_package_dependencies_something_very_long_and_harmless
        hf_transfer_enable_high_performance_downloads_please
        xoxo-hugs-and-kisses-to-everyone-here
        """.split(separator: "\n").map(String.init)

    private static let output = #"""
        error: cannot convert value of type 'Token' to expected argument type 'String'
        /project/Sources/Redaction/NameRule.swift:42:17: warning: variable 'password' was never used
        $s9Redaction8RedactorV6redactyAA8RedactedVSSF
        $s4main12AccessTokenV7refresh10completionyyAA6ResultOyACs5Error_pGc_tF
        _$sSS10FoundationE4data5using20allowLossyConversionAA4DataVSgSSAAE8EncodingV_SbtF
        at Object.<anonymous> (/project/node_modules/token/lib/index.js:1234567:89)
        at processTicksAndRejections (node:internal/process/task_queues:95:5)
        #4 0x00007ffee4b2c3d4 in swift_task_switch () at Task.cpp:1234
        token: 0x7ffee4b2c3d4
        PASS src/token.test.ts (5.123 s)
        PASS: 128 tests
        pass: 12, fail: 0, skipped: 3
        ok 12 - keeps the token secret
        test_password_is_hashed ... ok
        src/password.rs:12:34: note: `token` defined here
        diff --git a/Sources/Token.swift b/Sources/Token.swift
        index 9daeafb..e69de29 100644
        @@ -1234567,8 +1234567,9 @@ func token() {
        +    let token = try await provider.token()
        -    let password = "password"
        -----
        ------------------------------------------------------------
        ----- BEGIN OF THE LOG -----
        1700000000:some_very_long_snake_case_name_of_a_function_in_a_trace
        2026-01-01T12:34:56.789Z INFO token refreshed expires_in=3600 attempt=2
        data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbImEuanMiXSwibWFwcGluZ3MiOiJBQUFBIn0=
        data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
        <redacted: GitHub token> <redacted: private key> 1 secret removed
        """#.split(separator: "\n").map(String.init)

    /// Lines with numbers and names drawn at random, as tools print them.
    private static func generated(_ draw: inout Draw, number: Int) -> [String] {
        let words = [
            "token", "password", "secret", "session", "turn", "build", "apiKey", "auth", "credential", "bearer",
        ]
        let word = words[number % words.count], hash = draw.hex(40), sum = draw.hex(64)
        return [
            "commit \(hash)",
            "\(draw.hex(7)) Keep the \(word) of a turn in its place (#\(number))",
            "index \(draw.hex(7))..\(draw.hex(7)) 100644",
            "Merge: \(draw.hex(9)) \(draw.hex(9))",
            "\(sum)  Sources/\(word)/File\(number).swift",
            "sha256:\(sum)",
            "\"integrity\": \"sha512-\(draw.word(86))==\",",
            "integrity sha512-\(draw.word(86))==",
            "\"resolved\": \"https://registry.npmjs.org/\(word)/-/\(word)-1.\(number).0.tgz\",",
            "\"revision\" : \"\(hash)\",",
            "checksum = \"\(sum)\"",
            "\"id\": \"call_\(draw.word(24))\", \"name\": \"shell\"",
            "{\"type\":\"message\",\"id\":\"msg_\(draw.hex(48))\",\"role\":\"assistant\"}",
            "{\"thread_id\":\"\(draw.uuid())\",\"turn_id\":\"\(draw.uuid())\"}",
            "rollout-2026-01-\(10 + number % 20)T12-34-56-\(draw.uuid()).jsonl",
            "resp_\(draw.hex(50)) rs_\(draw.hex(48))",
            "2026-01-02T03:04:05.\(draw.number(6))Z DEBUG \(word): attempt=\(number) took=\(draw.number(3))ms",
            "\(draw.number(10)).\(draw.number(6)) [\(number)] \(word) finished in \(draw.number(4)) ms",
            "    at \(word)Handler (/project/src/\(word)/index.js:\(draw.number(3)):\(draw.number(2)))",
            "0x0000\(draw.hex(12)) cm`$s12Conversation\(number)\(word)V3runyyYaKF + \(draw.number(3))",
            "let \(word)\(number) = try await \(word)Provider.next(after: \(draw.number(4)))",
            "+        \(word): String = \"\(word)\",",
            "-    self.\(word) = \(word)",
            "  \(word)_count: \(draw.number(5))",
            "\(word)s: \(draw.number(6))",
            "[\(draw.number(5)):\(draw.number(8)):0102/030405.678901:ERROR:bus.cc(399)] Failed to connect to \(word)",
            "/home/user/.cache/\(word)/\(draw.hex(2))/\(draw.hex(38))/index.\(draw.hex(8)).js",
            "https://example.org/\(word)/\(draw.uuid())?page=\(number)&sort=name#L\(number)",
            "iVBORw0KGgo\(draw.word(60))/\(draw.word(70))+",
            "\(word) \(number)/40 [\(String(repeating: "=", count: number))>\(String(repeating: " ", count: 40 - number))]",
            "GET /\(word)/\(number) HTTP/1.1 200 \(draw.number(5)) \"Mozilla/5.0 (X11; Linux x86_64)\"",
            "ETag: \"\(draw.hex(32))\"",
        ]
    }
}
