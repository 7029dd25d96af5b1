/// Turns as `copilot` 1.0.57 reported them, an event a line.
///
/// Events and members that say nothing here are left out; ids and paths are replaced.
enum CopilotTranscript {
    /// An answer in three words.
    static let answer = #"""
        {"type":"user.message","data":{"content":"[[think: hm well]] [[say: one two three]]",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000002-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":"one"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":" two"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":" three"},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"one two \#
        three","toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// A command that was allowed once.
    static let command = #"""
        {"type":"user.message","data":{"content":"[[sh: echo hi > b.txt; cat b.txt]]",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_225e73e95493","name":"bash","arguments":{"command":"echo hi > b.txt; \#
        cat b.txt","description":"run a command"}}],"interactionId":"00000001-0000-4000-8000-000000000000",\#
        "turnId":"0"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_225e73e95493","toolName":"bash",\#
        "arguments":{"command":"echo hi > b.txt; cat b.txt","description":"run a command"},"turnId":"0"}}
        {"type":"permission.requested","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "permissionRequest":{"kind":"shell","toolCallId":"call_225e73e95493","fullCommandText":"echo hi > b.txt; \#
        cat b.txt","intention":"run a command","commands":[{"identifier":"echo hi > b.txt; cat b.txt",\#
        "readOnly":false}],"possiblePaths":[],"possibleUrls":[],"hasWriteFileRedirection":false,\#
        "canOfferSessionApproval":false},"promptRequest":{"kind":"commands","fullCommandText":"echo hi > b.txt; \#
        cat b.txt","intention":"run a command","commandIdentifiers":["echo hi > b.txt; cat b.txt"],\#
        "canOfferSessionApproval":false,"toolCallId":"call_225e73e95493"}}}
        {"type":"permission.completed","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "toolCallId":"call_225e73e95493","result":{"kind":"approved"}}}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_225e73e95493","success":true,\#
        "result":{"content":"hi\n<exited with exit code 0>","detailedContent":"hi\n<exited with exit code 0>"},\#
        "turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"assistant.turn_start","data":{"turnId":"1","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000004-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000004-0000-4000-8000-000000000000",\#
        "deltaContent":"Done."},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000004-0000-4000-8000-000000000000","content":"Done.",\#
        "toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"1"}}
        {"type":"assistant.turn_end","data":{"turnId":"1"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// A command that was denied with words, after which the agent goes on.
    static let denied = #"""
        {"type":"user.message","data":{"content":"[[say: trying]] [[sh: touch q1]] [[say: as you wish]]",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000002-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":"trying"},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"trying",\#
        "toolRequests":[{"toolCallId":"call_28f2c4b7b2aa","name":"bash","arguments":{"command":"touch q1",\#
        "description":"run a command"}}],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_28f2c4b7b2aa","toolName":"bash",\#
        "arguments":{"command":"touch q1","description":"run a command"},"turnId":"0"}}
        {"type":"permission.requested","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "permissionRequest":{"kind":"shell","toolCallId":"call_28f2c4b7b2aa","fullCommandText":"touch q1",\#
        "intention":"run a command","commands":[{"identifier":"touch q1","readOnly":false}],"possiblePaths":[],\#
        "possibleUrls":[],"hasWriteFileRedirection":false,"canOfferSessionApproval":false},\#
        "promptRequest":{"kind":"commands","fullCommandText":"touch q1","intention":"run a command",\#
        "commandIdentifiers":["touch q1"],"canOfferSessionApproval":false,"toolCallId":"call_28f2c4b7b2aa"}}}
        {"type":"permission.completed","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "toolCallId":"call_28f2c4b7b2aa","result":{"kind":"denied-interactively-by-user","feedback":"not today"}}}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_28f2c4b7b2aa","success":false,\#
        "error":{"message":"The user rejected this tool call. User feedback: not today","code":"denied"},\#
        "turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"assistant.turn_start","data":{"turnId":"1","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000004-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000004-0000-4000-8000-000000000000",\#
        "deltaContent":"as"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000004-0000-4000-8000-000000000000",\#
        "deltaContent":" you"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000004-0000-4000-8000-000000000000",\#
        "deltaContent":" wish"},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000004-0000-4000-8000-000000000000","content":"as you \#
        wish","toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"1"}}
        {"type":"assistant.turn_end","data":{"turnId":"1"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// Two commands asked for at once; the second was denied without a word, which ends the turn.
    static let twoCommands = #"""
        {"type":"user.message","data":{"content":"[[sh: touch a1]] [[and]] [[sh: touch a2]]",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_7ec571b68b99","name":"bash","arguments":{"command":"touch a1",\#
        "description":"run a command"}},{"toolCallId":"call_e41c3d20f1bc","name":"bash",\#
        "arguments":{"command":"touch a2","description":"run a command"}}],\#
        "interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_7ec571b68b99","toolName":"bash",\#
        "arguments":{"command":"touch a1","description":"run a command"},"turnId":"0"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_e41c3d20f1bc","toolName":"bash",\#
        "arguments":{"command":"touch a2","description":"run a command"},"turnId":"0"}}
        {"type":"permission.requested","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "permissionRequest":{"kind":"shell","toolCallId":"call_7ec571b68b99","fullCommandText":"touch a1",\#
        "intention":"run a command","commands":[{"identifier":"touch a1","readOnly":false}],"possiblePaths":[],\#
        "possibleUrls":[],"hasWriteFileRedirection":false,"canOfferSessionApproval":false},\#
        "promptRequest":{"kind":"commands","fullCommandText":"touch a1","intention":"run a command",\#
        "commandIdentifiers":["touch a1"],"canOfferSessionApproval":false,"toolCallId":"call_7ec571b68b99"}}}
        {"type":"permission.requested","data":{"requestId":"00000004-0000-4000-8000-000000000000",\#
        "permissionRequest":{"kind":"shell","toolCallId":"call_e41c3d20f1bc","fullCommandText":"touch a2",\#
        "intention":"run a command","commands":[{"identifier":"touch a2","readOnly":false}],"possiblePaths":[],\#
        "possibleUrls":[],"hasWriteFileRedirection":false,"canOfferSessionApproval":false},\#
        "promptRequest":{"kind":"commands","fullCommandText":"touch a2","intention":"run a command",\#
        "commandIdentifiers":["touch a2"],"canOfferSessionApproval":false,"toolCallId":"call_e41c3d20f1bc"}}}
        {"type":"permission.completed","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "toolCallId":"call_7ec571b68b99","result":{"kind":"approved"}}}
        {"type":"permission.completed","data":{"requestId":"00000004-0000-4000-8000-000000000000",\#
        "toolCallId":"call_e41c3d20f1bc","result":{"kind":"denied-interactively-by-user"}}}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_e41c3d20f1bc","success":false,\#
        "error":{"message":"The user rejected this tool call.","code":"rejected"},"turnId":"0",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_7ec571b68b99","success":true,\#
        "result":{"content":"\n<exited with exit code 0>","detailedContent":"\n<exited with exit code 0>"},\#
        "turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// A file created, then edited.
    static let files = #"""
        {"type":"user.message","data":{"content":"[[write: /project/new.txt hello world]] [[edit: \#
        /project/new.txt world moon]]","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_550dc0baa6ef","name":"create","arguments":{"path":"/project/new.txt",\#
        "file_text":"hello world\n"}}],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_550dc0baa6ef","toolName":"create",\#
        "arguments":{"path":"/project/new.txt","file_text":"hello world\n"},"turnId":"0"}}
        {"type":"permission.requested","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "permissionRequest":{"kind":"write","toolCallId":"call_550dc0baa6ef","intention":"Create file",\#
        "fileName":"/project/new.txt","diff":"\ndiff --git a/project/new.txt b/project/new.txt\ncreate file mode \#
        100644\nindex 0000000..0000000\n--- a/dev/null\n+++ b/project/new.txt\n@@ -1,0 +1,2 @@\n+hello \#
        world\n+\n","newFileContents":"hello world\n","canOfferSessionApproval":true},\#
        "promptRequest":{"kind":"write","toolCallId":"call_550dc0baa6ef","intention":"Create file",\#
        "fileName":"/project/new.txt","diff":"\ndiff --git a/project/new.txt b/project/new.txt\ncreate file mode \#
        100644\nindex 0000000..0000000\n--- a/dev/null\n+++ b/project/new.txt\n@@ -1,0 +1,2 @@\n+hello \#
        world\n+\n","newFileContents":"hello world\n","canOfferSessionApproval":true}}}
        {"type":"permission.completed","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "toolCallId":"call_550dc0baa6ef","result":{"kind":"approved"}}}
        {"type":"session.info","data":{"infoType":"file_created","message":"/project/new.txt"},"ephemeral":true}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_550dc0baa6ef","success":true,\#
        "result":{"content":"Created file /project/new.txt with 12 characters","detailedContent":"\ndiff --git \#
        a/project/new.txt b/project/new.txt\ncreate file mode 100644\nindex 0000000..0000000\n--- a/dev/null\n+++ \#
        b/project/new.txt\n@@ -1,0 +1,2 @@\n+hello world\n+\n"},"turnId":"0",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"assistant.turn_start","data":{"turnId":"1","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000004-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_a26ac2dcfbbd","name":"edit","arguments":{"path":"/project/new.txt",\#
        "old_str":"world","new_str":"moon"}}],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"1"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_a26ac2dcfbbd","toolName":"edit",\#
        "arguments":{"path":"/project/new.txt","old_str":"world","new_str":"moon"},"turnId":"1"}}
        {"type":"permission.requested","data":{"requestId":"00000005-0000-4000-8000-000000000000",\#
        "permissionRequest":{"kind":"write","toolCallId":"call_a26ac2dcfbbd","intention":"Edit file",\#
        "fileName":"/project/new.txt","diff":"\ndiff --git a/project/new.txt b/project/new.txt\nindex \#
        0000000..0000000 100644\n--- a/project/new.txt\n+++ b/project/new.txt\n@@ -1,2 +1,2 @@\n-hello \#
        world\n+hello moon\n \n","newFileContents":"hello moon\n","canOfferSessionApproval":true},\#
        "promptRequest":{"kind":"write","toolCallId":"call_a26ac2dcfbbd","intention":"Edit file",\#
        "fileName":"/project/new.txt","diff":"\ndiff --git a/project/new.txt b/project/new.txt\nindex \#
        0000000..0000000 100644\n--- a/project/new.txt\n+++ b/project/new.txt\n@@ -1,2 +1,2 @@\n-hello \#
        world\n+hello moon\n \n","newFileContents":"hello moon\n","canOfferSessionApproval":true}}}
        {"type":"permission.completed","data":{"requestId":"00000005-0000-4000-8000-000000000000",\#
        "toolCallId":"call_a26ac2dcfbbd","result":{"kind":"approved"}}}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_a26ac2dcfbbd","success":true,\#
        "result":{"content":"File /project/new.txt updated with changes.","detailedContent":"\ndiff --git \#
        a/project/new.txt b/project/new.txt\nindex 0000000..0000000 100644\n--- a/project/new.txt\n+++ \#
        b/project/new.txt\n@@ -1,2 +1,2 @@\n-hello world\n+hello moon\n \n"},"turnId":"1",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"1"}}
        {"type":"assistant.turn_start","data":{"turnId":"2","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000006-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000006-0000-4000-8000-000000000000",\#
        "deltaContent":"Done."},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000006-0000-4000-8000-000000000000","content":"Done.",\#
        "toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"2"}}
        {"type":"assistant.turn_end","data":{"turnId":"2"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// Two tools of a server; the second one declares to change nothing, and is not asked for.
    static let servedTools = #"""
        {"type":"session.mcp_server_status_changed","data":{"serverName":"demo","status":"connected"},\#
        "ephemeral":true}
        {"type":"user.message","data":{"content":"[[tool: demo-add {\"a\":1}]] [[tool: demo-look {}]]",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_5fe05ad071e3","name":"demo-add","arguments":{"a":1}}],\#
        "interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_5fe05ad071e3","toolName":"demo-add",\#
        "arguments":{"a":1},"mcpServerName":"demo","mcpToolName":"add","turnId":"0"}}
        {"type":"permission.requested","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "permissionRequest":{"kind":"mcp","toolCallId":"call_5fe05ad071e3","serverName":"demo",\#
        "toolName":"demo-add","toolTitle":"Add","args":{"a":1},"readOnly":false},"promptRequest":{"kind":"mcp",\#
        "serverName":"demo","toolName":"add","toolTitle":"Add","args":{"a":1},"toolCallId":"call_5fe05ad071e3"}}}
        {"type":"permission.completed","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "toolCallId":"call_5fe05ad071e3","result":{"kind":"approved"}}}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_5fe05ad071e3","success":true,\#
        "result":{"content":"42","detailedContent":"42","contents":[{"type":"text","text":"42"}]},"turnId":"0",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"assistant.turn_start","data":{"turnId":"1","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000004-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_6691ecf0179d","name":"demo-look","arguments":{}}],\#
        "interactionId":"00000001-0000-4000-8000-000000000000","turnId":"1"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_6691ecf0179d","toolName":"demo-look",\#
        "arguments":{},"mcpServerName":"demo","mcpToolName":"look","turnId":"1"}}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_6691ecf0179d","success":true,\#
        "result":{"content":"42","detailedContent":"42","contents":[{"type":"text","text":"42"}]},"turnId":"1",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"1"}}
        {"type":"assistant.turn_start","data":{"turnId":"2","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000005-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000005-0000-4000-8000-000000000000",\#
        "deltaContent":"Done."},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000005-0000-4000-8000-000000000000","content":"Done.",\#
        "toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"2"}}
        {"type":"assistant.turn_end","data":{"turnId":"2"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// A command, a tool, an edit that fail, and a search.
    static let failures = #"""
        {"type":"user.message","data":{"content":"[[sh: exit 3]] [[tool: nonsense {\"a\":1}]] [[tool: edit \#
        {\"path\":\"/project/missing\",\"old_str\":\"a\",\"new_str\":\"b\"}]] [[tool: grep {\"pattern\":\"hello\",\#
        \"path\":\"/project\"}]]","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_a61f576260ac","name":"bash","arguments":{"command":"exit 3",\#
        "description":"run a command"}}],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_a61f576260ac","toolName":"bash",\#
        "arguments":{"command":"exit 3","description":"run a command"},"turnId":"0"}}
        {"type":"permission.requested","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "permissionRequest":{"kind":"shell","toolCallId":"call_a61f576260ac","fullCommandText":"exit 3",\#
        "intention":"run a command","commands":[{"identifier":"exit 3","readOnly":false}],"possiblePaths":[],\#
        "possibleUrls":[],"hasWriteFileRedirection":false,"canOfferSessionApproval":false},\#
        "promptRequest":{"kind":"commands","fullCommandText":"exit 3","intention":"run a command",\#
        "commandIdentifiers":["exit 3"],"canOfferSessionApproval":false,"toolCallId":"call_a61f576260ac"}}}
        {"type":"permission.completed","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "toolCallId":"call_a61f576260ac","result":{"kind":"approved"}}}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_a61f576260ac","success":true,\#
        "result":{"content":"exit\n<exited with exit code 3>","detailedContent":"exit\n<exited with exit code \#
        3>"},"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"assistant.turn_start","data":{"turnId":"1","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000004-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_8016140cbaa0","name":"nonsense","arguments":{"a":1}}],\#
        "interactionId":"00000001-0000-4000-8000-000000000000","turnId":"1"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_8016140cbaa0","toolName":"nonsense",\#
        "arguments":{"a":1},"turnId":"1"}}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_8016140cbaa0","success":false,\#
        "error":{"message":"Tool 'nonsense' does not exist.","code":"failure"},"turnId":"1",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"1"}}
        {"type":"assistant.turn_start","data":{"turnId":"2","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000005-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_114a54aad5d4","name":"edit","arguments":{"path":"/project/missing",\#
        "old_str":"a","new_str":"b"}}],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"2"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_114a54aad5d4","toolName":"edit",\#
        "arguments":{"path":"/project/missing","old_str":"a","new_str":"b"},"turnId":"2"}}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_114a54aad5d4","success":false,\#
        "error":{"message":"Unhandled error: Error: ENOENT: no such file or directory, open '/project/missing'",\#
        "code":"failure"},"turnId":"2","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"2"}}
        {"type":"assistant.turn_start","data":{"turnId":"3","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000006-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_ec60fd9956a9","name":"grep","arguments":{"pattern":"hello",\#
        "path":"/project"}}],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"3"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_ec60fd9956a9","toolName":"grep",\#
        "arguments":{"pattern":"hello","path":"/project"},"turnId":"3"}}
        {"type":"permission.requested","data":{"requestId":"00000007-0000-4000-8000-000000000000",\#
        "permissionRequest":{"kind":"read","toolCallId":"call_ec60fd9956a9","intention":"Search in directory: \#
        /project","path":"/project"},"promptRequest":{"kind":"read","intention":"Search in directory: /project",\#
        "path":"/project","toolCallId":"call_ec60fd9956a9"}}}
        {"type":"permission.completed","data":{"requestId":"00000007-0000-4000-8000-000000000000",\#
        "toolCallId":"call_ec60fd9956a9","result":{"kind":"approved"}}}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_ec60fd9956a9","success":true,\#
        "result":{"content":"No matches found.","detailedContent":"No matches found."},"turnId":"3",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"3"}}
        {"type":"assistant.turn_start","data":{"turnId":"4","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000008-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000008-0000-4000-8000-000000000000",\#
        "deltaContent":"Done."},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000008-0000-4000-8000-000000000000","content":"Done.",\#
        "toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"4"}}
        {"type":"assistant.turn_end","data":{"turnId":"4"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// A question with choices.
    static let question = #"""
        {"type":"user.message","data":{"content":"[[ask: which colour? | red | blue]] [[say: fine]]",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_1b924d6b50ac","name":"ask_user","arguments":{"question":"which \#
        colour?","choices":["red","blue"]}}],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_1b924d6b50ac","toolName":"ask_user",\#
        "arguments":{"question":"which colour?","choices":["red","blue"]},"turnId":"0"}}
        {"type":"user_input.requested","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "question":"which colour?","choices":["red","blue"],"allowFreeform":true,\#
        "toolCallId":"call_1b924d6b50ac"},"ephemeral":true}
        {"type":"user_input.completed","data":{"answer":"blue","wasFreeform":false,\#
        "requestId":"00000003-0000-4000-8000-000000000000"},"ephemeral":true}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_1b924d6b50ac","success":true,\#
        "result":{"content":"User selected: blue","detailedContent":"User selected: blue"},"turnId":"0",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"assistant.turn_start","data":{"turnId":"1","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000004-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000004-0000-4000-8000-000000000000",\#
        "deltaContent":"fine"},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000004-0000-4000-8000-000000000000","content":"fine",\#
        "toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"1"}}
        {"type":"assistant.turn_end","data":{"turnId":"1"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// A helper that the agent asks something.
    static let helper = #"""
        {"type":"user.message","data":{"content":"[[tool: task {\"agent_type\":\"general-purpose\",\#
        \"prompt\":\"say hi\",\"description\":\"a subtask\",\"name\":\"sub\"}]] [[say: end]]",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_c285d1510c68","name":"task",\#
        "arguments":{"agent_type":"general-purpose","prompt":"say hi","description":"a subtask","name":"sub"}}],\#
        "interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_c285d1510c68","toolName":"task",\#
        "arguments":{"agent_type":"general-purpose","prompt":"say hi","description":"a subtask","name":"sub"},\#
        "turnId":"0"}}
        {"type":"subagent.started","data":{"toolCallId":"call_c285d1510c68","agentName":"general-purpose"},\#
        "agentId":"call_c285d1510c68"}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true,"agentId":"call_c285d1510c68"}
        {"type":"assistant.message","data":{"messageId":"00000003-0000-4000-8000-000000000000","content":"You \#
        said: say hi","toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000",\#
        "parentToolCallId":"call_c285d1510c68"},"agentId":"call_c285d1510c68"}
        {"type":"subagent.completed","data":{"toolCallId":"call_c285d1510c68","agentName":"general-purpose",\#
        "agentDisplayName":"General Purpose Agent"},"agentId":"call_c285d1510c68"}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_c285d1510c68","success":true,\#
        "result":{"content":"You said: say hi","detailedContent":"You said: say hi"},"turnId":"0",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"assistant.turn_start","data":{"turnId":"1","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000004-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000004-0000-4000-8000-000000000000",\#
        "deltaContent":"end"},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000004-0000-4000-8000-000000000000","content":"end",\#
        "toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"1"}}
        {"type":"assistant.turn_end","data":{"turnId":"1"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// What the agent is about to do.
    static let intent = #"""
        {"type":"user.message","data":{"content":"[[tool: report_intent {\"intent\":\"Looking around\"}]] [[say: \#
        fine]]","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.intent","data":{"intent":"Looking around"},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_8a99e07d5794","name":"report_intent","arguments":{"intent":"Looking \#
        around"}}],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_8a99e07d5794","toolName":"report_intent",\#
        "arguments":{"intent":"Looking around"},"turnId":"0"}}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_8a99e07d5794","success":true,\#
        "result":{"content":"Intent logged","detailedContent":"Looking around"},"turnId":"0",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"assistant.turn_start","data":{"turnId":"1","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000003-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000003-0000-4000-8000-000000000000",\#
        "deltaContent":"fine"},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000003-0000-4000-8000-000000000000","content":"fine",\#
        "toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"1"}}
        {"type":"assistant.turn_end","data":{"turnId":"1"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// A word put in while a command runs.
    static let steered = #"""
        {"type":"user.message","data":{"content":"[[sh: sleep 1.5]] [[say: done first]]",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"",\#
        "toolRequests":[{"toolCallId":"call_8220db8df79e","name":"bash","arguments":{"command":"sleep 1.5",\#
        "description":"run a command"}}],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"tool.execution_start","data":{"toolCallId":"call_8220db8df79e","toolName":"bash",\#
        "arguments":{"command":"sleep 1.5","description":"run a command"},"turnId":"0"}}
        {"type":"permission.requested","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "permissionRequest":{"kind":"shell","toolCallId":"call_8220db8df79e","fullCommandText":"sleep 1.5",\#
        "intention":"run a command","commands":[{"identifier":"sleep 1.5","readOnly":false}],"possiblePaths":[],\#
        "possibleUrls":[],"hasWriteFileRedirection":false,"canOfferSessionApproval":false},\#
        "promptRequest":{"kind":"commands","fullCommandText":"sleep 1.5","intention":"run a command",\#
        "commandIdentifiers":["sleep 1.5"],"canOfferSessionApproval":false,"toolCallId":"call_8220db8df79e"}}}
        {"type":"permission.completed","data":{"requestId":"00000003-0000-4000-8000-000000000000",\#
        "toolCallId":"call_8220db8df79e","result":{"kind":"approved"}}}
        {"type":"tool.execution_complete","data":{"toolCallId":"call_8220db8df79e","success":true,\#
        "result":{"content":"\n<exited with exit code 0>","detailedContent":"\n<exited with exit code 0>"},\#
        "turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"assistant.turn_start","data":{"turnId":"1","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"user.message","data":{"content":"also do this","interactionId":"00000004-0000-4000-8000-000000000\#
        000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000005-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000005-0000-4000-8000-000000000000",\#
        "deltaContent":"You"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000005-0000-4000-8000-000000000000",\#
        "deltaContent":" said:"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000005-0000-4000-8000-000000000000",\#
        "deltaContent":" also"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000005-0000-4000-8000-000000000000",\#
        "deltaContent":" do"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000005-0000-4000-8000-000000000000",\#
        "deltaContent":" this"},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000005-0000-4000-8000-000000000000","content":"You \#
        said: also do this","toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"1"}}
        {"type":"assistant.turn_end","data":{"turnId":"1"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#

    /// A word put in while the agent speaks: it is answered after that.
    static let steeredLate = #"""
        {"type":"user.message","data":{"content":"[[count: 30]] [[delay: 0.05]]",\#
        "interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000001-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000002-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":"You"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":" said:"},"ephemeral":true}
        {"type":"assistant.message_delta","data":{"messageId":"00000002-0000-4000-8000-000000000000",\#
        "deltaContent":" word2"},"ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000002-0000-4000-8000-000000000000","content":"You \#
        said: word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word16 \#
        word17 word18 word19 word20 word21 word22 word23 word24 word25 word26 word27 word28 word29",\#
        "toolRequests":[],"interactionId":"00000001-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"user.message","data":{"content":"also do this","interactionId":"00000003-0000-4000-8000-000000000\#
        000"}}
        {"type":"assistant.turn_start","data":{"turnId":"0","interactionId":"00000003-0000-4000-8000-000000000000"}}
        {"type":"assistant.message_start","data":{"messageId":"00000004-0000-4000-8000-000000000000"},\#
        "ephemeral":true}
        {"type":"assistant.usage","data":{"model":"fake-model","inputTokens":100,"outputTokens":20},\#
        "ephemeral":true}
        {"type":"assistant.message","data":{"messageId":"00000004-0000-4000-8000-000000000000","content":"You \#
        said: also do this","toolRequests":[],"interactionId":"00000003-0000-4000-8000-000000000000","turnId":"0"}}
        {"type":"assistant.turn_end","data":{"turnId":"0"}}
        {"type":"session.idle","data":{},"ephemeral":true}
        """#
}
