#!/usr/bin/env python3
"""mcp_client.py - asks a server of tools as the reference client of the Model Context Protocol does.

Needs the package `mcp`, which `make agents` puts into .agents/venv.

    python mcp_client.py [--ask METHOD]... [--call TOOL JSON]... -- COMMAND [ARGUMENT]...

Starts COMMAND, greets it, lists its tools, asks for what METHODs list (`ping`, `resources`, `templates`, `prompts`), and makes
the calls one after the other. Prints one JSON object: {"server": {...}, "tools": [...], "asked": {...}, "answers": [...]};
an answer that is an error of the protocol is {"code": ..., "message": ...}. Ends with 0 unless the server cannot be spoken with.
"""
import argparse
import asyncio
import json
import os
import sys

from mcp import ClientSession, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client


def plain(model):
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


async def ask(session, method):
    calls = {
        "ping": session.send_ping,
        "resources": session.list_resources,
        "templates": session.list_resource_templates,
        "prompts": session.list_prompts,
    }
    return plain(await calls[method]())


async def call(session, name, arguments):
    try:
        return plain(await session.call_tool(name, json.loads(arguments)))
    except MCPError as error:
        return {"code": error.error.code, "message": error.error.message}


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ask", action="append", default=[])
    parser.add_argument("--call", nargs=2, action="append", default=[], metavar=("TOOL", "JSON"))
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    server = StdioServerParameters(command=options.command[0], args=options.command[1:], env=dict(os.environ))
    async with stdio_client(server) as (incoming, outgoing), ClientSession(incoming, outgoing) as session:
        greeting = plain(await session.initialize())
        tools = plain(await session.list_tools())["tools"]
        asked = {method: await ask(session, method) for method in options.ask}
        answers = [await call(session, name, arguments) for name, arguments in options.call]
    json.dump({"server": greeting, "tools": tools, "asked": asked, "answers": answers}, sys.stdout)


asyncio.run(main())
