"""A terminal over asyncssh: PORT KEY TERM [NAME=VALUE...]. Keys and sizes of its own terminal go to the box."""
import asyncio
import os
import signal
import sys
import tty

import asyncssh


def size():
    columns, rows = os.get_terminal_size(0)
    return (columns, rows, 0, 0)


async def main(port, key, term, *variables):
    env = dict(variable.split("=", 1) for variable in variables)
    # No name but one: the box does not go by it.
    async with asyncssh.connect(
        "127.0.0.1", int(port), username="anybody", client_keys=[key], known_hosts=None, config=None, agent_path=None
    ) as connection:
        process = await connection.create_process(
            term_type=term, term_size=size(), env=env, encoding=None, stderr=asyncssh.STDOUT
        )
        loop = asyncio.get_running_loop()
        loop.add_reader(0, lambda: process.stdin.write(os.read(0, 4096)))
        loop.add_signal_handler(signal.SIGWINCH, lambda: process.change_terminal_size(*size()))
        while data := await process.stdout.read(4096):
            os.write(1, data)
        await process.wait_closed()
        return process.exit_status or 0


tty.setraw(0)
sys.exit(asyncio.run(main(*sys.argv[1:])))
