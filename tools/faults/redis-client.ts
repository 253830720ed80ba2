import { connect } from "node:net";
import { once } from "node:events";

export interface RedisClient {
  /** For commands whose answer is one line: a status, a number or an error, which throws. */
  ask(command: readonly string[]): Promise<string>;
  close(): void;
}

/** Just enough of the protocol for the suite, so that it depends on nothing that it tests. */
export async function createClientOf(port: number): Promise<RedisClient> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.setTimeout(3_000, () => socket.destroy(new Error("Redis did not answer")));
  return {
    ask: async (command) => {
      socket.write(`*${command.length}\r\n${command.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`);
      const [data] = (await once(socket, "data")) as [Buffer];
      const line = data.toString("utf8").split("\r\n")[0] ?? "";
      if (line.startsWith("-")) throw new Error(line.slice(1));
      return line.slice(1);
    },
    close: () => void socket.destroy(),
  };
}
